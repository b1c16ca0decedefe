"""Takes thinking out of what a model wrote: tags of every kind, fences, and gpt-oss's channels."""

from __future__ import annotations

import re

from motabot.text.regex import regex

_THINK = r"[\w:.|-]*(?:think|thought|reason|reflect|scratch|monolog|deliberat|ponder|rationale|introspect|analysis|planning|internal|cot_)[\w:.|-]*"
_THINK_TAG = regex(
    rf"(?:<\|?|◁|\[|\{{|<<)\s*(?P<close>/?)\s*(?P<name>{_THINK})(?:\s+[\w:-]+=[^<>\]]*)?\s*/?\s*(?:\|?>{{1,2}}|▷|\]|\}})",
    re.IGNORECASE,
)
_THINK_FENCE = regex(rf"```\s*{_THINK}[^\n]*\n.*?(?:```|\Z)", re.DOTALL | re.IGNORECASE)
_EMPTY_THINK = regex(rf"<\|?{_THINK}\s*/\|?>", re.IGNORECASE)
_ENDED = regex(r"^<?\|?(?:end|close|stop)", re.IGNORECASE)
_CALL_MARK = regex(r"<tool_call|<function[=_]|<\|tool|\[TOOL_CALLS|<\|python_tag|<invoke", re.IGNORECASE)
#: gpt-oss ("harmony"): a channel, perhaps a recipient, then the message.
_CHANNEL = regex(
    r"(?:<\|?start\|?>\s*)?(?:assistant)?\s*(?P<to1>\bto=[\w.-]+)?\s*<\|?channel\|?>\s*(?P<channel>\w+)\s*(?P<to2>to=[\w.-]+)?[^<{]{0,40}?"
    r"(?:<\|?constrain\|?>\s*\w*)?\s*(?:<\|?message\|?>)",
    re.IGNORECASE,
)
#: A channel whose message token is missing.
_BARE_CHANNEL = regex(
    r"<\|?channel\|?>\s*(analysis|commentary|final)\b(?:\s*(to=[\w.-]++)(?:\s+json)?+)?+(?!\s*to=)(?=\s*+(?!<\|?(?:message|constrain))\S)",
    re.IGNORECASE,
)
_HARMONY_END = regex(r"<\|?(?:end|return|call|start)\|?>")
#: The same with its tokens already dropped by the server.
_GLUED = regex(
    r"\A\W*(?:assistant)?(?:analysis|commentary)(?=[\W_]|[A-Z]|we\b|the\b|user\b|need\b).*?"
    r"(?:assistant\s*final|\n\s*final(?=\W))\W*(?P<final>.*)\Z",
    re.DOTALL,
)
_GLUED_CALL = regex(r"\A\W*(?:assistant)?(?:analysis.*?)?(?:assistant)?\s*commentary\s*(?=to=)", re.DOTALL)
_GLUED_FINAL = regex(r"\A\W*(?:assistant\s*)?(?:<\|message\|>)?(?:assistantfinal|final(?=[A-Z¡¿])|final\s*\n)\W*")


def harmony(text: str) -> str:
    """Of gpt-oss's channels the final one; calls are left for `find_calls`."""
    if "channel" not in text:
        return text
    text = _BARE_CHANNEL.sub(r"<|channel|>\1 \2<|message|>", text)
    marks = list(_CHANNEL.finditer(text))
    if not marks:
        return text
    finals: list[str] = []
    calls: list[str] = []
    said: list[str] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : following.start() if following else len(text)]
        end = _HARMONY_END.search(body)
        body = body[: end.start()] if end else body
        to = mark["to1"] or mark["to2"]
        if to:
            calls.append(f"{to} {body.strip() or '{}'}")
        elif mark["channel"].casefold() == "final":
            finals.append(body)
        elif mark["channel"].casefold() == "commentary":
            said.append(body)
    if calls:
        return "\n".join(calls)
    return finals[-1] if finals else (said[-1] if said else "<think>")


def unglued(text: str) -> str:
    """gpt-oss's channels after a server dropped their tokens: `analysis...assistantfinal...`."""
    if found := _GLUED.match(text):
        return found["final"]
    if found := _GLUED_CALL.match(text):
        return text[found.end() :]
    return _GLUED_FINAL.sub("", text)


def without_thinking(text: str) -> tuple[str, bool]:
    """A text without thinking in tags of any kind, and whether there was some."""
    text, fences = _THINK_FENCE.subn("", _EMPTY_THINK.sub("", text))
    tags = list(_THINK_TAG.finditer(text))
    if not tags:
        return text, bool(fences)
    closes = [bool(tag["close"]) or bool(_ENDED.match(tag["name"])) for tag in tags]
    if len(tags) > 1 and not any(closes):
        closes[1::2] = [True] * len(closes[1::2])  # the closing tag lacks its slash
    kept: list[str] = []
    depth, at = 0, 0
    for tag, is_close in zip(tags, closes, strict=True):
        if depth == 0:
            kept.append(text[at : tag.start()])
        if is_close:
            if depth == 0:
                kept.clear()  # the opening tag was in the prompt
            depth = max(0, depth - 1)
        else:
            depth += 1
        at = tag.end()
    if depth == 0:
        kept.append(text[at:])
    elif mark := _CALL_MARK.search(text, at):
        kept.append(text[mark.start() :])
    return "".join(kept), True
