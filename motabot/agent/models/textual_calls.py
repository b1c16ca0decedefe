"""Finds tool calls that a model wrote as text, in whatever format its training taught it.

Formats and where they come from: Hermes and Qwen (`<tool_call>` with JSON), Llama (`<|python_tag|>`, `<function=...>`,
bare JSON, Python calls in a list), Mistral (`[TOOL_CALLS]`, `[ARGS]`), DeepSeek (`<|tool_call_begin|>`, DSML), Kimi, GLM
(`<arg_key>`), Granite, Phi, Cohere, gpt-oss (`to=functions.name`), Anthropic's XML (`<invoke name=...>`), Qwen-Coder
(`<parameter=...>`), Gemma (`tool_code`, `call:name{...}`), ReAct (`Action:`), and JSON in a fence. The templates on
Hugging Face and the parsers of vLLM and SGLang document them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from motabot.agent.models import loose_json
from motabot.agent.models.call_shapes import bare_name, calls_in
from motabot.agent.models.written_arguments import (
    ARG_KEY,
    TAG,
    as_json,
    attributes_of,
    body_of,
    escaped,
    from_python,
    parenthesized,
)
from motabot.text.regex import regex

_INVOKE = regex(
    rf"{TAG}(?:invoke|function|tool|call|tool_call|function_call|tool_use)\s+name\s*=\s*[\"']?([\w.:/-]+)[\"']?([^<>]*)>"
    rf"(.*?)(?=</(?:\|?[\w-]+[|:])?(?:invoke|function|tool|call|tool_call|function_call|tool_use)>|{TAG}invoke\s|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_FUNCTION = regex(
    r"<function[=/(:]\s*[\"']?([\w.-]+)[\"']?\)?>?(.*?)(?:</function>|(?=<function[=/(:])|(?=</tool_call>)|\Z)",
    re.DOTALL,
)
_NAMED_TAG = regex(
    r"<(?:tool_name|function_name|name|tool)>\s*([\w.-]+)\s*</(?:tool_name|function_name|name|tool)>"
    r"(.*?)(?=</(?:invoke|tool_call|function_call|tool_use|call)>|<(?:tool_name|function_name)>|\Z)",
    re.DOTALL,
)
#: What may stand between a tool's name and its arguments.
_BETWEEN = (
    r"(?:\s|<[^<>{}]*>|\[ARGS\]|\[CALL_ID\]\w*|```\w*|json\b|code\b|with\b|action[ _]?input|arguments?|parameters?|args?"
    r"|input|params?|[:=>*`\"',✿])*"
)
#: ReAct's input without JSON.
_PLAIN_INPUT = regex(r"[ \t]*\n\s*action[ _]input\s*:[ \t]*([^\n{]+)|\[([^\[\]\n]+)\]", re.IGNORECASE)
#: What may stand on the line before a call in Python's syntax: in the middle of prose it is only mentioned.
_BEFORE_CALL = regex(
    r"(?:^|[\[>,;@$/!]|```\w*|\bprint\(|\bcall:?|\btool(?:[ _]call)?s?:?|\baction:|\bfunction(?:[ _]call)?s?:?|=|\bawait|\d\.)\s*$",
    re.IGNORECASE,
)
#: Tags and tokens that wrap calls, which go with them.
WRAPPER = regex(
    r"</?(?:\|?[\w-]+[|:])?(?:tool_calls?|function_calls?|functioncalls?|toolcalls?|tool_use|tools?|invoke|function|action"
    r"|start_function_call|end_function_call|tool_response|tool_result|parameters?|arguments?|call)\b[^<>]*>"
    r"|<\|?/?[\w ]*(?:tool|function|python|action|plugin|call|DSML)[\w ]*\|?>|\[/?(?:TOOL_CALLS?|ARGS|TOOL_RESULTS?|AVAILABLE_TOOLS"
    r"|CALL_ID|TOOL_REQUEST|END_TOOL_REQUEST)\]\w*|```(?:json|tool_call|tool_code|python|xml|function)?\s*```?|\bfunctools\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WrittenCall:
    """A call in a text: its place, the name and the arguments as written."""

    start: int
    end: int
    name: str
    arguments: str


def find_calls(text: str, names: Iterable[str]) -> tuple[list[WrittenCall], str]:
    """The calls in a text, in order, and what is left of the text without them.

    Args:
        text: What a model wrote, without its thinking and in plain brackets.
        names: Tools that exist. Another name counts only where the format leaves no doubt.
    """
    known = tuple(names)
    found: list[WrittenCall] = []
    for call in sorted(_candidates(text, known), key=lambda each: (each.start, -each.end)):
        if not found or call.start >= found[-1].end:
            found.append(call)
        elif call.start == found[-1].start and call.end == found[-1].end:
            found.append(call)  # several calls in one list
    if not found:
        return [], text
    rest, at = [], 0
    for call in found:
        rest.append(text[at : call.start])
        at = max(at, call.end)
    rest.append(text[at:])
    return found, WRAPPER.sub(" ", " ".join(rest)).strip(" \n\t;,[]()`")


def _candidates(text: str, names: tuple[str, ...]) -> Iterator[WrittenCall]:
    by_name = {bare_name(name): name for name in names}
    for pattern in (_INVOKE, _FUNCTION, _NAMED_TAG):
        for found in pattern.finditer(text):
            name = by_name.get(bare_name(found[1]))
            if name or pattern is not _NAMED_TAG:
                body = attributes_of(found[2]) or body_of(found[3]) if pattern is _INVOKE else body_of(found[2])
                yield WrittenCall(found.start(), found.end(), name or found[1], body)
    if names:
        yield from _by_name(text, names, by_name)
    for start, end, value in loose_json.objects(text):
        for name, arguments in calls_in(value, names):
            yield WrittenCall(start, end, name, as_json(arguments))


def _by_name(text: str, names: tuple[str, ...], by_name: dict[str, str]) -> Iterator[WrittenCall]:
    """A known name, and what follows it: JSON, keys and values, a call in Python's syntax, or nothing."""
    for found in _named(names).finditer(text):
        name, at = by_name[bare_name(found["name"])], found.end()
        head = text[at : at + 1]
        line = text[: found.start()].rpartition("\n")[2]
        if head == "{":
            try:
                value, end = escaped(text, at) if "<escape>" in text else loose_json.read_at(text, at)
            except loose_json.NotJson:
                continue
            yield WrittenCall(found.start(), end, name, as_json(value))
        elif head == "(":
            if _BEFORE_CALL.search(line) or found["prefix"]:
                inside, end = parenthesized(text, at)
                yield WrittenCall(found.start(), end, name, from_python(inside))
        elif pairs := ARG_KEY.match(text, at):
            end = pairs.end()
            while more := re.compile(r"\s*" + ARG_KEY.pattern, re.DOTALL).match(text, end):
                end = more.end()
            yield WrittenCall(found.start(), end, name, body_of(text[at:end]))
        elif given := _PLAIN_INPUT.match(text, at):
            yield WrittenCall(found.start(), given.end(), name, given[1] or given[2])
        elif _is_bare_call(text, found.start(), at):
            yield WrittenCall(found.start(), found.end(), name, "{}")
    tagged = rf"<({'|'.join(map(re.escape, names))})(\s[^<>]*?)?(?:/>|>(.*?)(?:</\1>|\Z))"
    for found in re.finditer(tagged, text, re.DOTALL):
        yield WrittenCall(
            found.start(), found.end(), found[1], attributes_of(found[2] or "") or body_of(found[3] or "")
        )


def _is_bare_call(text: str, start: int, end: int) -> bool:
    """A name alone is a call only right after a marker of calls."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    opened = re.search(
        r"(?:<tool_call>|\[TOOL_CALLS?\]|call_begin\|>|to=|action:|python_tag\|>)$", before, re.IGNORECASE
    )
    return bool(opened) and (not after or after[0] in "<[")


@lru_cache(maxsize=16)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    spelled = "|".join(
        re.escape(name).replace("_", r"(?:_|\\_|-| )") for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(
        rf"(?<![\w\"'])(?P<prefix>(?:to=)?(?:(?:functions?|default_api|tools?|api|call)[.:/])?)(?P<name>{spelled})(?![\w])(?::\d+)?"
        rf"(?:{_BETWEEN}(?={{)|{_BETWEEN}(?=<arg_key>)|(?:\.(?:call|invoke|run))?\s*(?=\()|)",
        re.IGNORECASE,
    )
