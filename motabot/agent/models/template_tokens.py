"""Removes what a model's chat template left in an answer: tokens, roles, and turns written for others."""

from __future__ import annotations

import re

from motabot.text.regex import regex

_TOKEN = regex(r"<\|[^<>|\n]{0,60}\|?>|<\|[^<>\s]{0,40}\Z|<[a-z_]{3,20}\|>|</?(?:s|bos|eos|pad|unk|sop|eop|mask|end|stop|done|eom|turn|unused\d+|extra_id_\d+|start_of_turn|end_of_turn"
                    r"|start_of_image|end_of_utterance|eot|eod)>|\[/?INST\]|<</?SYS>>|\[(?:UNK|PAD|CLS|SEP|BOS|EOS|EOT|END|DONE|STOP)\]|\|im_(?:start|end)\|")  # fmt: skip
_STARTERS = regex(r"im_start|start_header|<start_of_turn|role_start|\|start\|", re.IGNORECASE)
_ENDERS = regex(
    r"im_end|eot|eom|end_of|endof|end▁of|\|end\||end_|return|</s>|<eos>|<eod>|<eop>|/INST|EOS|END|DONE|STOP|<end>|<stop>|<done>|<turn>|header_id",
    re.IGNORECASE,
)
_ROLE_TOKEN = regex(
    r"<\|(?:start_of_role\|>)?\s*(assistant|user|system|bot|model|human|observation|tool|ipython|prompter)\W*\|?>",
    re.IGNORECASE,
)
_OURS = frozenset({"", "assistant", "model", "bot", "ai", "gpt", "final", "chatbot"})
_LABEL_OURS = (
    r"assistant|(?:chat)?gpt(?:-[\w.]+)?|claude|gemini|llama|qwen|mistral|deepseek|ai(?: assistant)?|bot|mota ?bot|chat ?bot|model|agent|budtender|asistente|response|reply|answer|output|sms"
    r"|(?:text )?message|text|draft|respuesta|final(?: answer| response| reply| output| message| text)?|bot reply"
)
_LEAD = regex(
    rf"\A\s*(?:[#>*\-\[<(]{{1,4}}\s*)?(?:(?:the|my|here(?:'|’)?s(?: the| my| a)?|here is(?: the| my| a)?|sure,? here(?:'|’)?s(?: the| my| a)?)\s+)?"
    rf"(?:suggested |final |sms |text |customer )?(?:{_LABEL_OURS})(?:\s+to (?:the )?(?:user|customer|client))?\s*[*\]>)]{{0,3}}\s*:\s*\**\s*",
    re.IGNORECASE,
)
_LEAD_LINE = regex(
    r"\A\s*(?:#{1,4}\s*)?\**(?:assistant|model|final|response|reply|answer|<assistant>)\**:?\s*\n+|\Aassistant(?=[A-Z¡¿])"
    r"|\A\s*(?:sure|certainly|of course|okay|ok|absolutely|great)?[!,.]?\s*(?:here(?:'|’)?s|here is|this is)\b[^\n:]{0,60}\b(?:reply|response|message|sms|text|draft|answer)\b[^\n:]{0,40}:\s*\n+",
    re.IGNORECASE,
)
#: Where a model continues the conversation by itself.
RUNAWAY = regex(
    r"(?:\A|\n\s*|(?<=[.!?…\"”)])\s+)(?:#{1,4}\s*)?\**(?:(?:Human|User|USER|HUMAN|SYSTEM|System|Instruction|Humano|Usuario|Assistant|ASSISTANT|AI"
    r"|Observation|Question)\**\s*:|(?:human|user|customer|assistant|system|bot|ai):|###\s*(?:Human|User|Instruction|Input|System|Assistant)\b"
    r"|(?:Customer|Client|Cliente)\**\s*:[^\n]*\n\s*(?:Assistant|AI|Bot|Agent|MotaBot)\s*:)"
)
_THEIR_LABEL = regex(r"\A\s*[#*]*\s*(?:human|user|customer|question|instruction)\b[*\s]*:", re.IGNORECASE)
_OUR_LABEL = regex(r"(?:\n|\s)[#*]*\s*(?:assistant|ai|bot|answer|response|reply)[*\s]*:\s*", re.IGNORECASE)


def first_turn(text: str) -> str:
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


def without_roles(text: str) -> str:
    if _THEIR_LABEL.match(text) and (ours := _OUR_LABEL.search(text)):
        text = text[ours.end() :]
    for pattern in (_LEAD_LINE, _LEAD):
        text = pattern.sub("", text, count=1)
    cut = next((found.start() for found in RUNAWAY.finditer(text) if text[: found.start()].strip()), None)
    return text if cut is None else text[:cut].rstrip()
