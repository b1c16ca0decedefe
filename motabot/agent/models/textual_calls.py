"""Finds tool calls that a model wrote as text, in whatever format its training taught it.

Formats and where they come from: Hermes and Qwen (`<tool_call>` with JSON), Llama (`<|python_tag|>`, `<function=...>`,
bare JSON, Python calls in a list), Mistral (`[TOOL_CALLS]`, `[ARGS]`), DeepSeek (`<|tool_call_begin|>`, DSML), Kimi, GLM
(`<arg_key>`), Granite, Phi, Cohere, gpt-oss (`to=functions.name`), Anthropic's XML (`<invoke name=...>`), Qwen-Coder
(`<parameter=...>`), Gemma (`tool_code`, `call:name{...}`), ReAct (`Action:`), and JSON in a fence. The templates on
Hugging Face and the parsers of vLLM and SGLang document them.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from motabot.agent.models import loose_json
from motabot.boundary import Json

_NAME_KEYS = (
    "name",
    "tool_name",
    "tool",
    "function",
    "function_name",
    "action",
    "recipient_name",
    "call",
    "method",
)
_ARGUMENT_KEYS = (
    "arguments", "parameters", "args", "tool_input", "action_input", "input", "params", "kwargs", "tool_arguments",
    "tool_args", "tool_parameters", "payload",
)  # fmt: skip
_LIST_KEYS = ("tool_calls", "tool_uses", "function_calls", "calls", "toolCalls", "actions", "tools")
_NEST_KEYS = (
    "function_call",
    "tool_call",
    "function",
    "tool_use",
    "call",
    "toolCall",
    "functionCall",
    "tool",
    "action",
)
_META = frozenset(
    {*_NAME_KEYS, "id", "type", "index", "tool_call_id", "call_id", "thought", "reasoning", "status"}
)
#: What a tag may be called that wraps a call; a prefix like `minimax:` or `|DSML|` may stand before it.
_TAG = r"<(?:\|?[\w-]+[|:])?"
_INVOKE = re.compile(
    rf"{_TAG}(?:invoke|function|tool|call|tool_call|function_call|tool_use)\s+name\s*=\s*[\"']?([\w.:/-]+)[\"']?([^<>]*)>"
    rf"(.*?)(?=</(?:\|?[\w-]+[|:])?(?:invoke|function|tool|call|tool_call|function_call|tool_use)>|{_TAG}invoke\s|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"<function[=/(:]\s*[\"']?([\w.-]+)[\"']?\)?>?(.*?)(?:</function>|(?=<function[=/(:])|(?=</tool_call>)|\Z)",
    re.DOTALL,
)
_NAMED_TAG = re.compile(
    r"<(?:tool_name|function_name|name|tool)>\s*([\w.-]+)\s*</(?:tool_name|function_name|name|tool)>"
    r"(.*?)(?=</(?:invoke|tool_call|function_call|tool_use|call)>|<(?:tool_name|function_name)>|\Z)",
    re.DOTALL,
)
_PARAMETER = re.compile(
    rf"{_TAG}(?:parameter|param|arg|argument)(?:=|\s+name\s*=\s*)[\"']?([\w.-]+)[\"']?[^<>]*>(.*?)"
    r"(?=</(?:\|?[\w-]+[|:])?(?:parameter|param|arg|argument)>|<parameter[=\s]|</function>|\Z)",
    re.DOTALL,
)
_ARG_KEY = re.compile(r"<arg_key>(.*?)</arg_key>\s*<arg_value>(.*?)(?:</arg_value>|(?=<arg_key>)|\Z)", re.DOTALL)
_SIMPLE_TAG = re.compile(r"<([A-Za-z_][\w-]*)>([^<>]*)</\1>")
#: What may stand between a tool's name and its arguments.
_BETWEEN = (
    r"(?:\s|<[^<>{}]*>|\[ARGS\]|\[CALL_ID\]\w*|```\w*|json\b|code\b|with\b|action[ _]?input|arguments?|parameters?|args?"
    r"|input|params?|[:=>*`\"',✿])*"
)
#: ReAct's input without JSON.
_PLAIN_INPUT = re.compile(r"[ \t]*\n\s*action[ _]input\s*:[ \t]*([^\n{]+)|\[([^\[\]\n]+)\]", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
#: What may stand on the line before a call in Python's syntax: in the middle of prose it is only mentioned.
_BEFORE_CALL = re.compile(
    r"(?:^|[\[>,;@$/!]|```\w*|\bprint\(|\bcall:?|\btool(?:[ _]call)?s?:?|\baction:|\bfunction(?:[ _]call)?s?:?|=|\bawait|\d\.)\s*$",
    re.IGNORECASE,
)
#: Tags and tokens that wrap calls, which go with them.
WRAPPER = re.compile(
    r"</?(?:\|?[\w-]+[|:])?(?:tool_calls?|function_calls?|functioncalls?|toolcalls?|tool_use|tools?|invoke|function|action"
    r"|start_function_call|end_function_call|tool_response|tool_result|parameters?|arguments?|call)\b[^<>]*>"
    r"|<\|?/?[\w ]*(?:tool|function|python|action|plugin|call|DSML)[\w ]*\|?>|\[/?(?:TOOL_CALLS?|ARGS|TOOL_RESULTS?|AVAILABLE_TOOLS"
    r"|CALL_ID|TOOL_REQUEST|END_TOOL_REQUEST)\]\w*|```(?:json|tool_call|tool_code|python|xml|function)?\s*```?|\bfunctools\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WrittenCall:
    """A call in a text: where it stands, the name and the arguments as written."""

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
    by_name = {_bare(name): name for name in names}
    for pattern in (_INVOKE, _FUNCTION, _NAMED_TAG):
        for found in pattern.finditer(text):
            name = by_name.get(_bare(found[1]))
            if name or pattern is not _NAMED_TAG:
                body = _attributes(found[2]) or _body(found[3]) if pattern is _INVOKE else _body(found[2])
                yield WrittenCall(found.start(), found.end(), name or found[1], body)
    if names:
        yield from _by_name(text, names, by_name)
    for start, end, value in loose_json.objects(text):
        for name, arguments in calls_in(value, names):
            yield WrittenCall(start, end, name, _as_json(arguments))


def _by_name(text: str, names: tuple[str, ...], by_name: dict[str, str]) -> Iterator[WrittenCall]:
    """A known name, and what follows it: JSON, keys and values, a call in Python's syntax, or nothing."""
    for found in _named(names).finditer(text):
        name, at = by_name[_bare(found["name"])], found.end()
        head = text[at : at + 1]
        line = text[: found.start()].rpartition("\n")[2]
        if head == "{":
            try:
                value, end = _escaped(text, at) if "<escape>" in text else loose_json.read_at(text, at)
            except loose_json.NotJson:
                continue
            yield WrittenCall(found.start(), end, name, _as_json(value))
        elif head == "(":
            if _BEFORE_CALL.search(line) or found["prefix"]:
                inside, end = _parenthesized(text, at)
                yield WrittenCall(found.start(), end, name, _from_python(inside))
        elif pairs := _ARG_KEY.match(text, at):
            end = pairs.end()
            while more := re.compile(r"\s*" + _ARG_KEY.pattern, re.DOTALL).match(text, end):
                end = more.end()
            yield WrittenCall(found.start(), end, name, _body(text[at:end]))
        elif given := _PLAIN_INPUT.match(text, at):
            yield WrittenCall(found.start(), given.end(), name, given[1] or given[2])
        elif _is_bare_call(text, found.start(), at):
            yield WrittenCall(found.start(), found.end(), name, "{}")
    tagged = rf"<({'|'.join(map(re.escape, names))})(\s[^<>]*?)?(?:/>|>(.*?)(?:</\1>|\Z))"
    for found in re.finditer(tagged, text, re.DOTALL):
        yield WrittenCall(
            found.start(), found.end(), found[1], _attributes(found[2] or "") or _body(found[3] or "")
        )


def _attributes(tag: str) -> str:
    """Arguments as attributes of a tag, or in one attribute as JSON; empty where there are none."""
    found = {key: double or single for key, double, single in _ATTRIBUTE.findall(tag)}
    whole = next((found[key] for key in ("parameters", "arguments", "args") if key in found), None)
    return whole or (json.dumps(found, ensure_ascii=False) if found else "")


def _escaped(text: str, at: int) -> tuple[Json, int]:
    """FunctionGemma's strings stand between two `<escape>`."""
    end = text.find("}", at) + 1 or len(text)
    return loose_json.read(re.sub(r"<escape>(.*?)<escape>", lambda found: json.dumps(found[1]), text[at:end])), end


def _is_bare_call(text: str, start: int, end: int) -> bool:
    """A name alone is a call only where a marker of calls stands right before it."""
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


def calls_in(value: Json, names: Iterable[str]) -> list[tuple[str, Json]]:
    """The calls that a piece of JSON stands for, as (name, arguments); empty where it is something else."""
    known = tuple(names)
    if isinstance(value, list):
        return [call for each in value for call in calls_in(each, known)]
    if not isinstance(value, dict):
        return []
    for key in _LIST_KEYS:
        if isinstance(value.get(key), list | dict) and (nested := calls_in(value[key], known)):
            return nested
    for key in _NEST_KEYS:
        if isinstance(value.get(key), dict) and (nested := calls_in(value[key], known)):
            return nested
    by_name = {_bare(name): name for name in known}
    arguments = next((value[key] for key in _ARGUMENT_KEYS if key in value), None)
    has_arguments = any(key in value for key in _ARGUMENT_KEYS)
    for key in _NAME_KEYS:
        if isinstance(value.get(key), str) and (name := by_name.get(_bare(value[key]))):
            left = {other: each for other, each in value.items() if other not in _META}
            return [(name, arguments if has_arguments else left)]
    if len(value) == 1:
        [(key, inner)] = value.items()
        if (name := by_name.get(_bare(str(key)))) and (inner is None or isinstance(inner, dict | str)):
            return [(name, inner or {})]
    written = value.get("name") or value.get("tool_name") or value.get("function")
    is_shaped = has_arguments and set(value) <= {*_META, *_ARGUMENT_KEYS}
    if isinstance(written, str) and is_shaped and re.fullmatch(r"[\w.:/-]{1,64}", written):
        return [(written, arguments)]
    return []


def _body(body: str) -> str:
    """Arguments between the tags of a call: tags of their own, or JSON."""
    pairs = _PARAMETER.findall(body) or _ARG_KEY.findall(body)
    if pairs:
        return json.dumps({key.strip(): _plain(value) for key, value in pairs}, ensure_ascii=False)
    if "{" in body:
        return body[body.index("{") :].split("</")[0].strip()
    simple = _SIMPLE_TAG.findall(body)
    if simple:
        return json.dumps({key: _plain(value) for key, value in simple}, ensure_ascii=False)
    stripped = re.sub(r"<[^<>]*>", "", body).strip()
    return stripped or "{}"


def _plain(value: str) -> str:
    return value.strip("\n").strip()


def _as_json(arguments: Json) -> str:
    if isinstance(arguments, str):
        return arguments
    return json.dumps(arguments if arguments is not None else {}, ensure_ascii=False, default=str)


def _parenthesized(text: str, start: int) -> tuple[str, int]:
    """What stands between an opening parenthesis and its closing one."""
    depth, quote, at = 0, "", start
    while at < len(text):
        here = text[at]
        if quote:
            if here == "\\":
                at += 1
            elif here == quote:
                quote = ""
        elif here in "\"'":
            quote = here
        elif here in "([{":
            depth += 1
        elif here in ")]}":
            depth -= 1
            if depth == 0:
                return text[start + 1 : at], at + 1
        at += 1
    return text[start + 1 :], len(text)


def _from_python(inside: str) -> str:
    """The keyword arguments of a call in Python's syntax, as JSON; else what was written."""
    inside = inside.strip()
    if not inside or inside.startswith("{"):
        return inside or "{}"
    try:
        call = ast.parse(f"f({inside})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return inside
    if not isinstance(call, ast.Call) or not call.keywords:
        return inside
    found = {}
    for keyword in call.keywords:
        try:
            found[str(keyword.arg)] = ast.literal_eval(keyword.value)
        except (ValueError, TypeError, SyntaxError):
            found[str(keyword.arg)] = ast.unparse(keyword.value)
    return json.dumps(found, ensure_ascii=False, default=str)


def _bare(name: str) -> str:
    last = re.split(r"[./]|(?<=[a-z]):(?=[a-z])", name.strip())[-1]
    return re.sub(r"[^a-z0-9]", "", re.sub(r":\d+$", "", last).casefold())
