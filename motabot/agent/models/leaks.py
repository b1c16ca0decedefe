"""Takes a model's internals out of what it wrote: thinking, template tokens, roles, wrappers, notes, calls as text.

The loop runs every answer through `clean` before anything else reads it, whichever model wrote it and whoever it
is for; `has_leftovers` lets a check refuse what slipped through.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from motabot.agent.models.template_tokens import RUNAWAY, first_turn, without_roles
from motabot.agent.models.textual_calls import find_calls
from motabot.agent.models.thinking import harmony, unglued, without_thinking
from motabot.agent.models.wrapping import unwrapped, without_tags
from motabot.text.regex import regex

#: Without one of these an answer is taken as it is: markup, a label with a colon, or the beginning of a channel.
_SUSPECT = regex(
    r"[<>{}`|\[【◁＜｜「Ġ▁&\\]|\w\(|\A\W*(?:null|none|undefined|n/a)?\W*\Z|\A\s*[\"'(*>#]|(?:^|\s|\*)[A-Za-zÁ-ú'’_ ]{1,40}\*{0,2}:"
    r"|\A[\W_]*(?:assistant|analysis|commentary|final|model|think|thought)|\A\W*\w+\s*=|assistantfinal|assistantanalysis"
    r"|\A\W*(?:okay|ok|alright|hmm|so|well|first|let me|let's|we|i|the)\b",
    re.IGNORECASE,
)
#: A call that nobody could read: something follows its mark.
_UNREAD_CALL = regex(
    r"(?:<\|?(?:[\w-]+[|:])?(?:tool_calls?|function_calls?|tool|invoke|python_tag|function)\b[^<>]*>|<function=|\[TOOL_CALLS?\])\s*(?!</|<\||\Z)\S",
    re.IGNORECASE,
)
_DONE_THINKING = regex(
    r"\A[\W_]*thinking\b[\W_]*\n.*?(?<![A-Za-z])done thinking\b[\W_]*\n", re.DOTALL | re.IGNORECASE
)
_THINK_HEAD = regex(
    r"\A[\W_]*(?:the )?(?:thinking|thoughts?|thought process|thinking process|reasoning|reasoning process|analysis|scratchpad|plan|planning"
    r"|internal (?:monologue|thoughts?|reasoning|notes?|analysis)|inner (?:monologue|thoughts?)|chain[- ]of[- ]thoughts?|step[- ]by[- ]step[^\n:]{0,30}"
    r"|my (?:thought process|thinking|reasoning|thoughts)|here(?:'|’)?s? (?:is )?(?:my|a|the) (?:thinking|thought|reasoning)[^\n:]{0,30}"
    r"|let(?:'|’)?s think[^\n:]{0,30}|pensamiento|razonamiento|an[aá]lisis)[\W_]*?[:\n]",
    re.IGNORECASE,
)
#: Headings that an answer for staff may also have.
_ORDINARY_HEAD = regex(r"\A[\W_]*(?:the )?(?:analysis|plan|planning|thoughts|an[aá]lisis)\b", re.IGNORECASE)
_ANSWER_HEAD = regex(
    r"(?:\A|\n|[\s*#>.])(?:the |my |here(?:'|’)?s? (?:is )?(?:my |the )?|so,? (?:the |my )?)?(?:final |actual )?(?:answer|response|reply|output|message|sms|text"
    r"|draft|respuesta(?: final)?|conclusion)(?: (?:to|for) (?:the )?(?:user|customer|client))?(?: is)?[*_\s]*(?::[*_\s]*|(?<=[a-z*])[ \t]*\n+)",
    re.IGNORECASE,
)
_FINAL_HEAD = regex(
    r"(?:\A|[\s*#>])final (?:answer|response|reply|output|message|text)[*_ ]*(?::[*_\s]*|\n+)", re.IGNORECASE
)
_NOTE = regex(
    r"<!--.*?(?:-->|\Z)|【[^】]*】|[\[(*]+\s*(?:internal|developer|dev|system|thinking|thought|thoughts|reasoning|thinks|editor|assistant|implementation"
    r"|debug|todo|note to (?:self|the )?(?:dev|developers?|system|team|operator)?)\b[^\])\n]*?(?::|\bnote|monologue)[^\])]*[\])*]+"
    r"|(?:\A|\n|(?<=[.!?])\s)\W{0,3}(?:(?:note|message|comment|memo|nota) (?:to|for) (?:the )?(?:self|myself|developers?|dev(?:elopment)? team|devs?|system|team|staff|operator|admin"
    r"|reviewer|engineers?|prompt)|(?:developer|dev|internal|system|implementation|assistant|debug|ai|model|technical)(?:'s)? (?:notes?|comment|info|message|log))"
    r"\b[^\n]*(?:\n(?!\n)[^\n]*)*|(?:\A|\n)\s*(?://|internal(?: only)?\s*:)[^\n]*"
    r"|(?:\A|\n|(?<=[.!?])\s)[\[(*_]{0,3}note\b[^\n]{0,200}?\b(?:tools?|functions?|the system|database|api|prompt|instructions?|json|as an ai|language model)\b[^\n]*",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_BYTES = regex(r"(?:<0x[0-9A-Fa-f]{2}>)+")
#: What nobody may read, whatever it means: markup and the words of a model's machinery.
_LEFTOVER = regex(
    r"<\|?/?[A-Za-z_|!][\w:.|-]*(?:\s+[\w:-]+=[^<>]*)?\s*/?\|?>|<\||\|>|</|<!--|\[/?(?:INST|TOOL_|ARGS|THINK)|◁|▷|\bassistantfinal\b"
    r"|\A\s*(?:analysis|commentary)\s*(?:\n|to=|[A-Z:])|\bto=functions|\bfunctions?\.\w+|\bdefault_api\.|\"(?:arguments|parameters|tool_calls|function_call|tool_input)\"\s*:"
    r"|\{\s*\"\w+\"\s*:|\breasoning_content\b|\bcall_[A-Za-z0-9]{8,}|\bim_(?:start|end)\b|^\s*(?:Thought|Observation|Action(?: Input)?|Human|User|Assistant)\s*:"
    r"|\bThinking Process\b|\bFinal Answer\s*:|<0x[0-9A-F]{2}>|[Ġ▁Ċ]",
    re.MULTILINE,
)  # fmt: skip
#: What says nothing.
_NOTHING = regex(r"\W*(?:null|none|undefined|n/a)?\W*", re.IGNORECASE)
#: A tool's result that a model repeats or makes up.
_RESULT = regex(
    r"<\|?(tool_responses?|tool_results?|tool_outputs?|function_results?|function_response|observation|ipython)\|?>.*?(?:</?\|?/?\1\|?>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
#: Thinking without any mark: about the person in the third person, and what "I" or "we" should do.
_MUSING = regex(
    r"\A\W*(?:okay|ok|alright|hmm+|so|well|first|now|let me|let's|we (?:need|have|should|must|are asked)|i (?:need|should|must|have) to|the (?:user|customer|question|person)|"
    r"looking at|according to|user (?:is|wants|asks|asked|says))\b.{0,240}?\b(?:the (?:user|customer|question|system prompt|instructions?|policy|guidelines|tool|person)|user|we (?:need|should|must)"
    r"|i (?:need to|should|must)|i'll (?:respond|reply|answer|call|use))\b.{0,400}?\b(?:should|need to|must|let me|let's|wants?|asks?|asking|asked|respond|reply|answer|says?|call(?:ing)?|looks? like)\b",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_SELF = regex(
    r"\b(?:i|we|let me|let's) (?:should|need to|must|will|can|could|have to|'ll)?\s*(?:respond|reply|answer|craft|compose|draft|call the|use the|check the (?:tool|prompt|instruction)|follow the"
    r"|comply|ask(?:ed)? (?:for|to)|mention|keep it|be (?:brief|concise)|say)\b|\bthe (?:user|customer) (?:is|wants|asks?|asked|said|says|has|might|may|seems|just|greeted|needs)\b"
    r"|\b(?:system prompt|the instructions|guidelines|tool call|my instructions)\b|\buser (?:asks?|wants|says|said)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Cleaned:
    """What is left of an answer.

    Attributes:
        text: What people may read.
        calls: Tool calls that were in the text, as (name, arguments).
        leftover: Something is left that nobody may read, so the text is not to be used.
        thought: There was thinking in it, perhaps nothing but thinking.
    """

    text: str
    calls: tuple[tuple[str, str], ...] = ()
    leftover: bool = False
    thought: bool = False


def clean(text: str, tools: Iterable[str] = ()) -> Cleaned:
    """Take everything out that is not meant for people.

    Args:
        text: A whole answer.
        tools: Names of tools, so that calls to them are recognized.
    """
    if not _SUSPECT.search(text):
        return Cleaned(text.strip())
    written, names = _plain_brackets(text), tuple(tools)
    written, thought = without_thinking(harmony(written))
    calls, rest = find_calls(unglued(written), names)
    is_broken_call = not calls and bool(_UNREAD_CALL.search(rest))
    for _ in range(4):
        before = rest
        rest = _one_pass(rest)
        if rest == before:
            break
    is_musing = not calls and _muses(rest)
    found = tuple((call.name, call.arguments) for call in calls)
    if (calls and _LEFTOVER.search(rest)) or _NOTHING.fullmatch(rest):
        rest = ""
    is_leftover = is_musing or is_broken_call or bool(_LEFTOVER.search(rest))
    return Cleaned(rest, found, is_leftover, thought or is_musing)


def strip(text: str) -> str:
    """A text without a model's internals: of an argument that people will read."""
    cleaned = clean(text)
    return text if cleaned.calls else cleaned.text


def has_leftovers(text: str) -> bool:
    """Whether something of a model's machinery is in a text that people are about to read."""
    written = _plain_brackets(text)
    return (
        bool(_NOTHING.fullmatch(written))
        or bool(_LEFTOVER.search(written))
        or bool(RUNAWAY.search("\n" + written.strip()))
        or _muses(written)
    )


def _plain_brackets(text: str) -> str:
    """One spelling of brackets, spaces and tokens, so that one pattern finds each."""
    if "&" in text and re.search(r"&(?:lt|gt|#60|#62|#x3[ce]);", text, re.IGNORECASE):
        text = html.unescape(text)
    text = re.sub(r"\\u003[cC]", "<", re.sub(r"\\u003[eE]", ">", text))
    text = text.translate(
        {0xFF1C: "<", 0xFF1E: ">", 0xFF5C: "|", 0x2039: "<", 0x203A: ">", 0x2758: "|", 0xFEFF: None}
    )
    text = re.sub("[\u200b-\u200d\u2060]", "", text).replace("<\\/", "</")
    text = text.replace('<|"|>', '"')
    text = re.sub(r"<(/?)\s*\|\s*([^<>|\n]{1,60}?)\s*\|\s*>", r"<|\1\2|>", text) if "<" in text else text
    text = re.sub(r"<unused94>\s*thought", "<think>", text).replace("<unused95>", "</think>")
    if "Ġ" in text:
        text = text.replace("Ġ", " ").replace("Ċ", "\n")
    if "<0x" in text:
        text = _BYTES.sub(
            lambda found: bytes.fromhex(re.sub(r"<0x|>", "", found[0])).decode("utf-8", "ignore"), text
        )
    if "▁" in text:
        text = re.sub(r"<\|[^<>\n]*?\|>", lambda found: found[0].replace("▁", "_"), text).replace("▁", " ")
    return text


def _one_pass(text: str) -> str:
    text = unglued(first_turn(text))
    text = re.sub(r"\A\s*(?:---+|===+)\s*\n|\n\s*(?:---+|\*\*\*+|===+)\s*\Z", "", text)
    text = _DONE_THINKING.sub("", _RESULT.sub(" ", _NOTE.sub(" ", text)))
    text = unwrapped(text.strip())
    text = _after_headings(text)
    text = without_roles(text)
    return without_tags(text).strip()


def _after_headings(text: str) -> str:
    """What follows "Final Answer:", and after a heading of thinking what follows any heading of an answer."""
    heads = list(_FINAL_HEAD.finditer(text))
    head = _THINK_HEAD.match(text)
    if head:
        heads = [found for found in _ANSWER_HEAD.finditer(text) if found.start() >= head.end() - 1] or heads
        if not heads:
            parts = re.split(r"\n\s*(?:---+|\*\*\*+|===+)\s*\n", text)
            if len(parts) > 1:
                return parts[-1]
            return text if _ORDINARY_HEAD.match(text) else "<thought>"
    if heads and text[heads[-1].end() :].strip():
        return text[heads[-1].end() :]
    quoted = re.match(r"\A(?:\s*>[^\n]*\n)+\s*(?=\S)", text)
    return text[quoted.end() :] if quoted else text


def _muses(text: str) -> bool:
    """Whether it begins like thinking and is about the person and what to answer."""
    head = text[:700]
    signs = {found[0].casefold() for found in _SELF.finditer(head)}
    return (
        bool(_MUSING.match(head))
        and len(signs) >= 2
        and any(not sign.startswith("the customer") for sign in signs)
    )
