"""What the parts of an answer mean: how it ended, and which calls it makes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable

from motabot.agent.models.base import Finish, ModelAnswer, ToolCall, Usage
from motabot.agent.models.failures import Failure
from motabot.agent.models.raw import Raw
from motabot.boundary import JsonMapping

_CALL_KEYS = frozenset({"id", "type", "function", "index", "name", "arguments"})
_LENGTHS = frozenset(
    {
        "length",
        "max_tokens",
        "max_output_tokens",
        "model_length",
        "token_limit",
        "max_length",
        "maxtokens",
        "context_length",
    }
)
_REFUSALS = frozenset(
    {
        "content_filter",
        "contentfilter",
        "safety",
        "recitation",
        "blocked",
        "blocklist",
        "prohibited_content",
        "spii",
        "sensitive",
        "refusal",
        "guardrail_intervened",
        "content_filtered",
        "image_safety",
        "language",
    }
)
_FAILED = frozenset(
    {
        "error",
        "network_error",
        "insufficient_system_resource",
        "abort",
        "aborted",
        "cancelled",
        "canceled",
        "malformed_function_call",
        "timeout",
        "failed",
        "other",
        "unexpected_tool_call",
        "too_many_tool_calls",
    }
)


def as_answer(raw: Raw) -> ModelAnswer:
    """What the parts mean.

    Raises:
        Failure: The provider says that it failed, or nothing of it can be used.
    """
    reason = raw.finish.casefold().replace("-", "_").removeprefix("finish_reason_")
    calls = _calls(raw.calls)
    finish: Finish = "tool_calls" if calls else "stop"
    if reason in _LENGTHS:
        finish = "length"
    elif reason in _REFUSALS or (raw.refusal and not calls and not raw.text.strip()):
        finish = "refusal"
    elif reason in _FAILED and not calls:
        raise Failure("temporary", f"the provider's answer broke off ({reason})")
    if raw.calls and not calls and not raw.text.strip():
        raise Failure("malformed", "the provider's answer is malformed (its calls have no names)")
    return ModelAnswer(raw.text, calls, finish, raw.usage or Usage(), raw.thinking, raw.extra)


def _calls(found: Iterable[JsonMapping]) -> tuple[ToolCall, ...]:
    """Calls with a name, each with its own id."""
    made: list[ToolCall] = []
    ids: set[str] = set()
    for call in found:
        function = call.get("function")
        if isinstance(function, str):
            function = {"name": function, "arguments": call.get("arguments")}
        if not isinstance(function, dict):
            function = {
                "name": call.get("name"),
                "arguments": next(
                    (call[key] for key in ("arguments", "input", "parameters", "args") if key in call), None
                ),
            }
        name = function.get("name") or call.get("name")
        if not isinstance(name, str) or not name.strip():
            continue
        arguments = next(
            (
                function[key]
                for key in ("arguments", "parameters", "args", "input")
                if function.get(key) is not None
            ),
            "",
        )
        identity = str(call.get("id") or call.get("tool_call_id") or call.get("call_id") or "")
        if not identity or identity in ids:
            identity = f"call_{uuid.uuid4().hex[:12]}"
        ids.add(identity)
        extra = {
            key: value
            for key, value in call.items()
            if key not in _CALL_KEYS
            and value is not None
            and key not in ("input", "parameters", "args", "call_id", "tool_call_id")
        }
        inner = {
            key: value
            for key, value in function.items()
            if key not in ("name", "arguments", "parameters", "args", "input", "description") and value is not None
        }
        if inner:
            extra["function"] = inner
        written = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        made.append(ToolCall(identity, name, written, extra))
    return tuple(made)
