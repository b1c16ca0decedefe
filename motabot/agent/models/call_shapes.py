"""Recognizes JSON that is a tool call, whatever its keys are called."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def calls_in(value: Json, names: Iterable[str]) -> list[tuple[str, Json]]:
    """The calls that a piece of JSON means, as (name, arguments); empty if it is something else."""
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
    by_name = {bare_name(name): name for name in known}
    arguments = next((value[key] for key in _ARGUMENT_KEYS if key in value), None)
    has_arguments = any(key in value for key in _ARGUMENT_KEYS)
    for key in _NAME_KEYS:
        if isinstance(value.get(key), str) and (name := by_name.get(bare_name(value[key]))):
            left = {other: each for other, each in value.items() if other not in _META}
            return [(name, arguments if has_arguments else left)]
    if len(value) == 1:
        [(key, inner)] = value.items()
        if (name := by_name.get(bare_name(str(key)))) and (inner is None or isinstance(inner, dict | str)):
            return [(name, inner or {})]
    written = value.get("name") or value.get("tool_name") or value.get("function")
    is_shaped = has_arguments and set(value) <= {*_META, *_ARGUMENT_KEYS}
    if isinstance(written, str) and is_shaped and re.fullmatch(r"[\w.:/-]{1,64}", written):
        return [(written, arguments)]
    return []


def bare_name(name: str) -> str:
    last = re.split(r"[./]|(?<=[a-z]):(?=[a-z])", name.strip())[-1]
    return re.sub(r"[^a-z0-9]", "", re.sub(r":\d+$", "", last).casefold())
