"""Reads a call's name and arguments the way models write them, against the tool's own schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from motabot.agent.models import loose_json
from motabot.agent.models.leaks import strip
from motabot.agent.registry import ToolSpec
from motabot.boundary import Json, JsonMapping, JsonObject
from motabot.text.regex import regex

#: What models write for an optional argument that they leave out.
_NOTHING = frozenset({"", "null", "none", "undefined", "nil", "n/a", "na", "nan", "default", "not specified"})
#: Keys under which models wrap the arguments once more.
_WRAPPERS = (
    "arguments",
    "parameters",
    "args",
    "input",
    "kwargs",
    "params",
    "tool_input",
    "action_input",
    "properties",
)
_TAIL = regex(r"<.*|\(.*|\{.*|:\d+$|\[.*", re.DOTALL)
_PAIR = regex(r"(\w+)\s*[=:]\s*(\"[^\"]*\"|'[^']*'|[^,\n]+)")
_TAGGED = regex(
    r"<(?:parameter=|parameter name=\"|arg name=\")?([\w-]+)\"?>(.*?)</(?:parameter|arg|\1)>", re.DOTALL
)


@dataclass(frozen=True)
class Read:
    """A call's arguments as the tool takes them.

    Attributes:
        json: One JSON object, or what the model wrote where no object can be made of it.
        dropped: Names that the tool does not know.
    """

    json: str
    dropped: tuple[str, ...] = ()


def tool_name(written: str, offered: Iterable[str]) -> str:
    """The offered tool that a model means; what it wrote if none is similar."""
    names = list(offered)
    if written in names:
        return written
    bare = _TAIL.sub("", written.strip().strip("`\"'*")).strip()
    for candidate in (
        bare,
        re.split(r"[./:]", bare)[-1],
        re.sub(r"(?:json|commentary|analysis|final)$", "", bare),
    ):
        folded = _fold(candidate)
        for name in names:
            if folded == _fold(name):
                return name
    folded = _fold(bare)
    for name in names:
        # a stream that repeats the name in every piece
        times, rest = divmod(len(folded), len(_fold(name)))
        if times > 1 and rest == 0 and folded == _fold(name) * times:
            return name
    contained = [name for name in names if _fold(name) in _fold(written)]
    return contained[0] if len(contained) == 1 else written


def read_arguments(written: str, spec: ToolSpec) -> Read:
    """Make one object of what a model wrote, with the keys and the types that the tool has."""
    properties: JsonMapping = spec.parameters.get("properties") or {}
    found = _object(written, properties)
    if found is None:
        return Read(written)
    known: JsonObject = {}
    dropped: list[str] = []
    by_fold = {_fold(name): name for name in properties}
    for key, value in found.items():
        name = key if key in properties else by_fold.get(_fold(key))
        if name is None:
            dropped.append(str(key))
        elif name not in known:
            known[name] = _fitted(value, properties[name])
    return Read(json.dumps(known, ensure_ascii=False), tuple(dropped))


def _object(written: str, properties: JsonMapping) -> JsonObject | None:
    """The object in what was written; None if there is none."""
    value: Json = written
    for _ in range(4):  # encoded more than once
        if not isinstance(value, str):
            break
        stripped = value.strip()
        if stripped.startswith('{\\"'):
            stripped = stripped.replace('\\"', '"')
        if stripped.casefold() in _NOTHING:
            return {}
        try:
            value = _last_of_several(stripped)
        except loose_json.NotJson:
            return _from_words(stripped, properties)
    if value is None or value == []:
        return {}
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]
    if isinstance(value, dict):
        return _unwrapped(value, properties)
    if len(properties) == 1:
        return {next(iter(properties)): value}
    return None


def _last_of_several(text: str) -> Json:
    """The first object that is not empty: some servers send `{}` before the real one, or one twice."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    values = [value for _, _, value in loose_json.objects(text)]
    return next((value for value in values if value), values[0]) if values else loose_json.read(text)


def _from_words(text: str, properties: JsonMapping) -> JsonObject | None:
    """Arguments as tags, as `key=value`, or as the one value that the tool takes."""
    found = {key: value.strip() for key, value in _TAGGED.findall(text)}
    if not found:
        found = {key: value.strip().strip("\"'") for key, value in _PAIR.findall(text) if key in properties}
    if found:
        return found
    if len(properties) == 1 and len(text) < 2_000 and not text.startswith(("{", "[")):
        return {next(iter(properties)): text.strip("\"'")}
    return None


def _unwrapped(value: JsonObject, properties: JsonMapping) -> JsonObject:
    for _ in range(3):
        inner = next((key for key in _WRAPPERS if key in value and key not in properties), None)
        if inner is None and len(value) == 1 and isinstance(next(iter(value.values())), dict):
            inner = next(iter(value))  # the tool's own name, or a word of the model's
        if inner is None or any(key in properties for key in value):
            break
        nested = value[inner]
        if isinstance(nested, str):
            nested = _object(nested, properties)
        if nested is None:
            nested = {}
        if not isinstance(nested, dict):
            break
        value = nested
    return value


def _fitted(value: Json, schema: JsonMapping) -> Json:
    """A value in the shape that its schema asks for, if there is no doubt; otherwise unchanged."""
    types, choices = types_of(schema), _choices(schema)
    if isinstance(value, dict) and "object" not in types:
        value = next((value[key] for key in ("value", "default") if key in value), value)
    if isinstance(value, str):
        value = strip(value) if "<" in value or "[" in value else value
        return _fitted_string(value, types, choices, schema)
    if isinstance(value, list) and "array" not in types and len(value) <= 1:
        value = value[0] if value else None
        return _fitted(value, schema) if isinstance(value, str) else value
    if value is not None and not isinstance(value, list | dict) and "array" in types:
        return [value]
    if isinstance(value, int | float) and not isinstance(value, bool) and types & {"string"} == types - {"null"}:
        return str(value)
    if isinstance(value, float) and value.is_integer() and "integer" in types and "number" not in types:
        return int(value)
    return value


def _fitted_string(value: str, types: set[str], choices: list[Json], schema: JsonMapping) -> Json:
    bare = value.strip()
    if "null" in types and bare.casefold() in _NOTHING and bare not in choices:
        return None
    if choices and bare not in choices:
        folded = _fold(bare)
        return next((choice for choice in choices if isinstance(choice, str) and _fold(choice) == folded), value)
    if "string" in types:
        return value
    if "array" in types:
        return _as_list(bare, schema)
    if types & {"number", "integer"}:
        number = re.sub(r"^[$€£]\s*|(?<=\d),(?=\d{3}\b)|\s*(?:%|usd|dollars?)$", "", bare, flags=re.IGNORECASE)
        return number if re.fullmatch(r"-?\d+(?:\.\d+)?", number) else value
    if "boolean" in types and bare.casefold() in ("true", "false", "yes", "no", "1", "0"):
        return bare.casefold() in ("true", "yes", "1")
    return value


def _as_list(text: str, schema: JsonMapping) -> Json:
    if not text or text.casefold() in _NOTHING:
        return []
    if text.startswith("["):
        try:
            read = loose_json.read(text)
        except loose_json.NotJson:
            read = None
        if isinstance(read, list):
            return read
    item = types_of(schema.get("items") or {})
    parts = [part.strip() for part in text.split(",")] if item <= {"string", "integer", "number"} else [text]
    return [part for part in parts if part]


def types_of(schema: JsonMapping) -> set[str]:
    """The JSON types that a schema allows, however it says so."""
    types: set[str] = set()
    declared = schema.get("type")
    types.update([declared] if isinstance(declared, str) else declared or ())
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        types |= types_of(part)
    if schema.get("nullable"):
        types.add("null")
    return types


def _choices(schema: JsonMapping) -> list[Json]:
    found = list(schema.get("enum") or ())
    for part in schema.get("anyOf", ()):
        found += part.get("enum") or ()
    return found


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", str(name).casefold())
