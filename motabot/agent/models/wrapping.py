"""Opens what a reply is wrapped in: fences, JSON, quotation marks and tags."""

from __future__ import annotations

import re

from motabot.agent.models import loose_json
from motabot.agent.models.call_shapes import calls_in
from motabot.agent.models.textual_calls import WRAPPER
from motabot.boundary import Json, JsonObject
from motabot.text.regex import regex

_PAIR = regex(
    r"\{?\s*[\"']?(?:reply|response|answer|text|message|content|output|sms)[\"']?\s*[=:]\s*([\"'])(?P<said>.+)\1\s*[,;}]?",
    re.DOTALL | re.IGNORECASE,
)
_BOXED = regex(r"\$*\\boxed\{(?:\\text\{)?(?P<said>[^{}]*)\}+\$*")
_TAG = regex(r"<(?P<close>/?)(?P<name>[A-Za-z_][\w:.|-]*)(?:\s+[\w:-]+\s*=[^<>]*|\s*)?(?P<alone>/?)>")
_ANSWER_TAG = regex(
    r"(?:final_?|sms_?|customer_?)?(?:answer|response|reply|output|message|result|text|sms|content|speak|say|assistant|final|completion|body)(?:_text)?",
    re.IGNORECASE,
)
_HTML = frozenset(
    "a b i u p em strong br hr ul ol li span div h1 h2 h3 h4 h5 h6 code pre table tr td th tbody thead small sub sup s del mark font html body q".split()
)
_TEXT_KEYS = (
    "reply", "response", "answer", "final_answer", "final_response", "final_reply", "output", "text", "message",
    "content", "final", "result", "body", "sms", "reply_text", "response_text", "customer_reply", "output_text",
    "assistant", "action_input", "say", "respuesta", "completion", "generated_text",
)  # fmt: skip
_REPLY_ACTIONS = frozenset(
    {"finalanswer", "finalresponse", "respond", "answer", "reply", "final", "respondtouser", "message"}
)


def unwrapped(text: str) -> str:
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


def said_in(value: Json) -> str | None:
    """The words for people in a piece of JSON; None if there are none."""
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


def without_tags(text: str) -> str:
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
