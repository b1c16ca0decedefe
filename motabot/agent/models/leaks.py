"""Takes a model's internals out of what it wrote: thinking, template tokens, roles, wrappers, notes, calls as text.

The loop runs every answer through `clean` before anything else reads it, whichever model wrote it and whoever it is
for; `has_leftovers` lets a check refuse what slipped through.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from motabot.agent.models import loose_json
from motabot.agent.models.textual_calls import WRAPPER, calls_in, find_calls
from motabot.agent.models.thinking import harmony, unglued, without_thinking
from motabot.boundary import JsonObject

#: Without one of these an answer is taken as it is: markup, a label with a colon, or the beginning of a channel.
_SUSPECT = re.compile(
    r"[<>{}`|\[【◁＜｜「Ġ▁&\\]|\w\(|\A\W*(?:null|none|undefined|n/a)?\W*\Z|\A\s*[\"'(*>#]|(?:^|\s|\*)[A-Za-zÁ-ú'’_ ]{1,40}\*{0,2}:"
    r"|\A[\W_]*(?:assistant|analysis|commentary|final|model|think|thought)|\A\W*\w+\s*=|assistantfinal|assistantanalysis"
    r"|\A\W*(?:okay|ok|alright|hmm|so|well|first|let me|let's|we|i|the)\b",
    re.IGNORECASE,
)
#: A call that nobody could read: something stands behind its mark.
_UNREAD_CALL = re.compile(
    r"(?:<\|?(?:[\w-]+[|:])?(?:tool_calls?|function_calls?|tool|invoke|python_tag|function)\b[^<>]*>|<function=|\[TOOL_CALLS?\])\s*(?!</|<\||\Z)\S",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"<\|[^<>|\n]{0,60}\|?>|<\|[^<>\s]{0,40}\Z|<[a-z_]{3,20}\|>|</?(?:s|bos|eos|pad|unk|sop|eop|mask|end|stop|done|eom|turn|unused\d+|extra_id_\d+|start_of_turn|end_of_turn"
                    r"|start_of_image|end_of_utterance|eot|eod)>|\[/?INST\]|<</?SYS>>|\[(?:UNK|PAD|CLS|SEP|BOS|EOS|EOT|END|DONE|STOP)\]|\|im_(?:start|end)\|")  # fmt: skip
_STARTERS = re.compile(r"im_start|start_header|<start_of_turn|role_start|\|start\|", re.IGNORECASE)
_ENDERS = re.compile(
    r"im_end|eot|eom|end_of|endof|end▁of|\|end\||end_|return|</s>|<eos>|<eod>|<eop>|/INST|EOS|END|DONE|STOP|<end>|<stop>|<done>|<turn>|header_id",
    re.IGNORECASE,
)
_ROLE_TOKEN = re.compile(
    r"<\|(?:start_of_role\|>)?\s*(assistant|user|system|bot|model|human|observation|tool|ipython|prompter)\W*\|?>",
    re.IGNORECASE,
)
_OURS = frozenset({"", "assistant", "model", "bot", "ai", "gpt", "final", "chatbot"})
_LABEL_OURS = (
    r"assistant|(?:chat)?gpt(?:-[\w.]+)?|claude|gemini|llama|qwen|mistral|deepseek|ai(?: assistant)?|bot|mota ?bot|chat ?bot|model|agent|budtender|asistente|response|reply|answer|output|sms"
    r"|(?:text )?message|text|draft|respuesta|final(?: answer| response| reply| output| message| text)?|bot reply"
)
_LEAD = re.compile(
    rf"\A\s*(?:[#>*\-\[<(]{{1,4}}\s*)?(?:(?:the|my|here(?:'|’)?s(?: the| my| a)?|here is(?: the| my| a)?|sure,? here(?:'|’)?s(?: the| my| a)?)\s+)?"
    rf"(?:suggested |final |sms |text |customer )?(?:{_LABEL_OURS})(?:\s+to (?:the )?(?:user|customer|client))?\s*[*\]>)]{{0,3}}\s*:\s*\**\s*",
    re.IGNORECASE,
)
_LEAD_LINE = re.compile(
    r"\A\s*(?:#{1,4}\s*)?\**(?:assistant|model|final|response|reply|answer|<assistant>)\**:?\s*\n+|\Aassistant(?=[A-Z¡¿])"
    r"|\A\s*(?:sure|certainly|of course|okay|ok|absolutely|great)?[!,.]?\s*(?:here(?:'|’)?s|here is|this is)\b[^\n:]{0,60}\b(?:reply|response|message|sms|text|draft|answer)\b[^\n:]{0,40}:\s*\n+",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"\{?\s*[\"']?(?:reply|response|answer|text|message|content|output|sms)[\"']?\s*[=:]\s*([\"'])(?P<said>.+)\1\s*[,;}]?",
    re.DOTALL | re.IGNORECASE,
)
_BOXED = re.compile(r"\$*\\boxed\{(?:\\text\{)?(?P<said>[^{}]*)\}+\$*")
_DONE_THINKING = re.compile(
    r"\A[\W_]*thinking\b[\W_]*\n.*?(?<![A-Za-z])done thinking\b[\W_]*\n", re.DOTALL | re.IGNORECASE
)
#: Where a model goes on with the conversation by itself.
_RUNAWAY = re.compile(
    r"(?:\A|\n\s*|(?<=[.!?…\"”)])\s+)(?:#{1,4}\s*)?\**(?:(?:Human|User|USER|HUMAN|SYSTEM|System|Instruction|Humano|Usuario|Assistant|ASSISTANT|AI"
    r"|Observation|Question)\**\s*:|(?:human|user|customer|assistant|system|bot|ai):|###\s*(?:Human|User|Instruction|Input|System|Assistant)\b"
    r"|(?:Customer|Client|Cliente)\**\s*:[^\n]*\n\s*(?:Assistant|AI|Bot|Agent|MotaBot)\s*:)"
)
_THEIR_LABEL = re.compile(r"\A\s*[#*]*\s*(?:human|user|customer|question|instruction)\b[*\s]*:", re.IGNORECASE)
_OUR_LABEL = re.compile(r"(?:\n|\s)[#*]*\s*(?:assistant|ai|bot|answer|response|reply)[*\s]*:\s*", re.IGNORECASE)
_THINK_HEAD = re.compile(
    r"\A[\W_]*(?:the )?(?:thinking|thoughts?|thought process|thinking process|reasoning|reasoning process|analysis|scratchpad|plan|planning"
    r"|internal (?:monologue|thoughts?|reasoning|notes?|analysis)|inner (?:monologue|thoughts?)|chain[- ]of[- ]thoughts?|step[- ]by[- ]step[^\n:]{0,30}"
    r"|my (?:thought process|thinking|reasoning|thoughts)|here(?:'|’)?s? (?:is )?(?:my|a|the) (?:thinking|thought|reasoning)[^\n:]{0,30}"
    r"|let(?:'|’)?s think[^\n:]{0,30}|pensamiento|razonamiento|an[aá]lisis)[\W_]*?[:\n]",
    re.IGNORECASE,
)
#: Headings that an answer for staff may have as well.
_ORDINARY_HEAD = re.compile(r"\A[\W_]*(?:the )?(?:analysis|plan|planning|thoughts|an[aá]lisis)\b", re.IGNORECASE)
_ANSWER_HEAD = re.compile(
    r"(?:\A|\n|[\s*#>.])(?:the |my |here(?:'|’)?s? (?:is )?(?:my |the )?|so,? (?:the |my )?)?(?:final |actual )?(?:answer|response|reply|output|message|sms|text"
    r"|draft|respuesta(?: final)?|conclusion)(?: (?:to|for) (?:the )?(?:user|customer|client))?(?: is)?[*_\s]*(?::[*_\s]*|(?<=[a-z*])[ \t]*\n+)",
    re.IGNORECASE,
)
_FINAL_HEAD = re.compile(
    r"(?:\A|[\s*#>])final (?:answer|response|reply|output|message|text)[*_ ]*(?::[*_\s]*|\n+)", re.IGNORECASE
)
_NOTE = re.compile(
    r"<!--.*?(?:-->|\Z)|【[^】]*】|[\[(*]+\s*(?:internal|developer|dev|system|thinking|thought|thoughts|reasoning|thinks|editor|assistant|implementation"
    r"|debug|todo|note to (?:self|the )?(?:dev|developers?|system|team|operator)?)\b[^\])\n]*?(?::|\bnote|monologue)[^\])]*[\])*]+"
    r"|(?:\A|\n|(?<=[.!?])\s)\W{0,3}(?:(?:note|message|comment|memo|nota) (?:to|for) (?:the )?(?:self|myself|developers?|dev(?:elopment)? team|devs?|system|team|staff|operator|admin"
    r"|reviewer|engineers?|prompt)|(?:developer|dev|internal|system|implementation|assistant|debug|ai|model|technical)(?:'s)? (?:notes?|comment|info|message|log))"
    r"\b[^\n]*(?:\n(?!\n)[^\n]*)*|(?:\A|\n)\s*(?://|internal(?: only)?\s*:)[^\n]*"
    r"|(?:\A|\n|(?<=[.!?])\s)[\[(*_]{0,3}note\b[^\n]{0,200}?\b(?:tools?|functions?|the system|database|api|prompt|instructions?|json|as an ai|language model)\b[^\n]*",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z_][\w:.|-]*)(?:\s+[\w:-]+\s*=[^<>]*|\s*)?(?P<alone>/?)>")
_ANSWER_TAG = re.compile(
    r"(?:final_?|sms_?|customer_?)?(?:answer|response|reply|output|message|result|text|sms|content|speak|say|assistant|final|completion|body)(?:_text)?",
    re.IGNORECASE,
)
_HTML = frozenset(
    "a b i u p em strong br hr ul ol li span div h1 h2 h3 h4 h5 h6 code pre table tr td th tbody thead small sub sup s del mark font html body q".split()
)
_BYTES = re.compile(r"(?:<0x[0-9A-Fa-f]{2}>)+")
_TEXT_KEYS = (
    "reply", "response", "answer", "final_answer", "final_response", "final_reply", "output", "text", "message",
    "content", "final", "result", "body", "sms", "reply_text", "response_text", "customer_reply", "output_text",
    "assistant", "action_input", "say", "respuesta", "completion", "generated_text",
)  # fmt: skip
_REPLY_ACTIONS = frozenset(
    {"finalanswer", "finalresponse", "respond", "answer", "reply", "final", "respondtouser", "message"}
)
#: What nobody may read, whatever it means: markup and the words of a model's machinery.
_LEFTOVER = re.compile(
    r"<\|?/?[A-Za-z_|!][\w:.|-]*(?:\s+[\w:-]+=[^<>]*)?\s*/?\|?>|<\||\|>|</|<!--|\[/?(?:INST|TOOL_|ARGS|THINK)|◁|▷|\bassistantfinal\b"
    r"|\A\s*(?:analysis|commentary)\s*(?:\n|to=|[A-Z:])|\bto=functions|\bfunctions?\.\w+|\bdefault_api\.|\"(?:arguments|parameters|tool_calls|function_call|tool_input)\"\s*:"
    r"|\{\s*\"\w+\"\s*:|\breasoning_content\b|\bcall_[A-Za-z0-9]{8,}|\bim_(?:start|end)\b|^\s*(?:Thought|Observation|Action(?: Input)?|Human|User|Assistant)\s*:"
    r"|\bThinking Process\b|\bFinal Answer\s*:|<0x[0-9A-F]{2}>|[Ġ▁Ċ]",
    re.MULTILINE,
)  # fmt: skip
#: What says nothing.
_NOTHING = re.compile(r"\W*(?:null|none|undefined|n/a)?\W*", re.IGNORECASE)
#: A tool's result that a model repeats or makes up.
_RESULT = re.compile(
    r"<\|?(tool_responses?|tool_results?|tool_outputs?|function_results?|function_response|observation|ipython)\|?>.*?(?:</?\|?/?\1\|?>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
#: Thinking without any mark: about the person in the third person, and what "I" or "we" should do.
_MUSING = re.compile(
    r"\A\W*(?:okay|ok|alright|hmm+|so|well|first|now|let me|let's|we (?:need|have|should|must|are asked)|i (?:need|should|must|have) to|the (?:user|customer|question|person)|"
    r"looking at|according to|user (?:is|wants|asks|asked|says))\b.{0,240}?\b(?:the (?:user|customer|question|system prompt|instructions?|policy|guidelines|tool|person)|user|we (?:need|should|must)"
    r"|i (?:need to|should|must)|i'll (?:respond|reply|answer|call|use))\b.{0,400}?\b(?:should|need to|must|let me|let's|wants?|asks?|asking|asked|respond|reply|answer|says?|call(?:ing)?|looks? like)\b",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_SELF = re.compile(
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
        calls: Tool calls that stood in the text, as (name, arguments).
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
    """Whether something of a model's machinery stands in a text that people are about to read."""
    written = _plain_brackets(text)
    return (
        bool(_NOTHING.fullmatch(written))
        or bool(_LEFTOVER.search(written))
        or bool(_RUNAWAY.search("\n" + written.strip()))
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
    text = unglued(_first_turn(text))
    text = re.sub(r"\A\s*(?:---+|===+)\s*\n|\n\s*(?:---+|\*\*\*+|===+)\s*\Z", "", text)
    text = _DONE_THINKING.sub("", _RESULT.sub(" ", _NOTE.sub(" ", text)))
    text = _unwrapped(text.strip())
    text = _after_headings(text)
    text = _without_roles(text)
    return _without_tags(text).strip()


def _first_turn(text: str) -> str:
    """The assistant's first words between template tokens; what a model goes on to write for others is dropped."""
    if not _TOKEN.search(text):
        return text
    turns: list[tuple[str, str]] = []
    role, at = "", 0
    ended = False
    for token in _TOKEN.finditer(text):
        turns.append((role, text[at : token.start()]))
        at = token.end()
        named = _ROLE_TOKEN.match(token[0])
        if named:
            role, ended = named[1].casefold(), False
        elif _STARTERS.search(token[0]):
            header = re.compile(r"\s*(\w+)").match(text, at)
            role, ended = (header[1].casefold() if header else ""), False
            at = header.end() if header else at
        elif token[0] == "[INST]":
            role = "user"
        elif token[0] in ("[/INST]",):
            role = ""
        elif _ENDERS.search(token[0]) and "header" not in token[0]:
            ended = any(said.strip() for who, said in turns if who in _OURS)
        if ended:
            role = "after"
    turns.append((role, text[at:]))
    joined = [(who, said) for who, said in turns if who in _OURS]
    whole: list[str] = []
    previous = None
    for who, said in joined:
        if whole and previous is not None and who != previous and "".join(whole).strip():
            break
        whole.append(said)
        previous = who
    return "".join(whole).strip()


def _without_roles(text: str) -> str:
    if _THEIR_LABEL.match(text) and (ours := _OUR_LABEL.search(text)):
        text = text[ours.end() :]
    for pattern in (_LEAD_LINE, _LEAD):
        text = pattern.sub("", text, count=1)
    cut = next((found.start() for found in _RUNAWAY.finditer(text) if text[: found.start()].strip()), None)
    return text if cut is None else text[:cut].rstrip()


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


def _unwrapped(text: str) -> str:
    """A reply inside a fence, a JSON object, a list of parts, or quotation marks."""
    for pattern in (_PAIR, _BOXED):
        if found := pattern.fullmatch(text):
            return found["said"]
    fence = re.fullmatch(r"```[\w-]*[ \t]*\n(.*?)\n?\s*```", text, re.DOTALL)
    if fence and "```" not in fence[1] and not re.match(r"\s*(?:select|with)\b", fence[1], re.IGNORECASE):
        return fence[1].strip()
    if text[:1] in "{[\"'“" and len(text) > 1 and not re.match(r"\[[a-z]+\d", text):
        try:
            value, end = loose_json.read_at(text, 0)
        except loose_json.NotJson:
            value, end = None, 0
        said = said_in(value) if end >= len(text) - 1 and not calls_in(value, ()) else None
        if said is not None:
            return said
    for start, end, value in list(loose_json.objects(text)):
        if isinstance(value, dict) and value and re.match(r"\{\s*[\"'“]", text[start:end]):
            outside = (text[:start].rstrip("`jsonJSON \n") + " " + text[end:].lstrip("` \n")).strip()
            said = said_in(value)
            return said if said and len(said) > 3 else outside
    return text


def said_in(value: Any) -> str | None:
    """The words for people in a piece of JSON; None where there are none."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [said_in(each) for each in value if not (isinstance(each, dict) and _is_thinking_part(each))]
        return (
            "".join(part for part in parts if part) if value and all(part is not None for part in parts) else None
        )
    if not isinstance(value, dict):
        return None
    action = value.get("action")
    if isinstance(action, str) and re.sub(r"\W|_", "", action).casefold() in _REPLY_ACTIONS:
        return said_in(value.get("action_input"))
    by_fold = {str(key).casefold(): each for key, each in value.items()}
    for key in (*_TEXT_KEYS, "choices", "parts", "data", "payload", "delta"):
        if key in by_fold and (said := said_in(by_fold[key])) is not None:
            return said
    if len(value) == 1:
        [only] = value.values()
        return only if isinstance(only, str) and " " in only.strip() else None
    return None


def _is_thinking_part(part: JsonObject) -> bool:
    return str(part.get("type", "")).casefold() in ("thinking", "reasoning", "thought", "redacted_thinking")


def _without_tags(text: str) -> str:
    """Tags: those around a reply are opened, HTML's are dropped, a foreign block beside a reply goes with its words."""
    text = WRAPPER.sub(" ", text) if "tool" in text or "function" in text or "[" in text else text
    opened = [tag for tag in _TAG.finditer(text) if _ANSWER_TAG.fullmatch(tag["name"]) and not tag["close"]]
    if opened:
        start = opened[-1].end()
        end = re.compile(rf"</{re.escape(opened[-1]['name'])}\s*>", re.IGNORECASE).search(text, start)
        return text[start : end.start() if end else len(text)].strip()
    text = _TAG.sub(
        lambda tag: "" if tag["name"].casefold() in _HTML or _ANSWER_TAG.fullmatch(tag["name"]) else tag[0], text
    )
    block = re.search(r"<([A-Za-z_][\w:.-]*)(?:\s[^<>]*)?>(.*?)</\1\s*>", text, re.DOTALL)
    if block:
        outside = (text[: block.start()] + " " + text[block.end() :]).strip()
        return outside or block[2].strip()
    return re.sub(r"<[A-Za-z_][\w:.-]*\s*/>", "", text)


def _muses(text: str) -> bool:
    """Whether it begins as thinking does and speaks of the person and of what to answer."""
    head = text[:700]
    signs = {found[0].casefold() for found in _SELF.finditer(head)}
    return (
        bool(_MUSING.match(head))
        and len(signs) >= 2
        and any(not sign.startswith("the customer") for sign in signs)
    )
