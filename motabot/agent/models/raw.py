"""An answer's words, thinking and calls as a server sent them, before they mean anything."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from motabot.agent.models.base import Usage
from motabot.agent.models.failures import Failure
from motabot.boundary import Json, JsonMapping, JsonObject

#: Fields of a message that a server may want back with its calls.
_SENT_BACK = (
    "reasoning_content",
    "reasoning_details",
    "thinking_blocks",
    "extra_content",
    "thought_signature",
    "reasoning_signature",
)
_THINKING = ("reasoning_content", "reasoning", "thinking", "reasoning_text", "thoughts", "thought")
_THINKING_PARTS = frozenset({"thinking", "reasoning", "thought", "redacted_thinking", "reasoning_text"})
_CALL_PARTS = frozenset({"tool_use", "tool_call", "function_call", "function"})


@dataclass
class Raw:
    """An answer as it was put together, before it means anything."""

    text: str = ""
    thinking: str = ""
    calls: list[JsonObject] = field(default_factory=list)
    finish: str = ""
    refusal: str = ""
    usage: Usage | None = None
    extra: JsonObject = field(default_factory=dict)


def add_message(raw: Raw, message: JsonMapping) -> None:
    """Add a message's words, thinking, calls and whatever has to be sent back."""
    add_content(raw, message.get("content"))
    for key in _THINKING:
        if isinstance(message.get(key), str):
            raw.thinking += message[key]
            break
    if isinstance(message.get("refusal"), str):
        raw.refusal += message["refusal"]
    calls = message.get("tool_calls")
    if calls is None:
        calls = message.get("toolCalls") or message.get("function_calls")
    raw.calls.extend(calls_of(calls))
    legacy = message.get("function_call")
    if isinstance(legacy, dict) and not raw.calls and legacy.get("name"):
        raw.calls.append({"function": legacy})
    for key in _SENT_BACK:
        if message.get(key):
            raw.extra[key] = message[key]


def add_content(raw: Raw, content: Json) -> None:
    """Add content that is words, a part, or a list of parts.

    Raises:
        Failure: It is nothing of these.
    """
    if content is None:
        return
    if isinstance(content, str):
        raw.text += content
        return
    if isinstance(content, list):
        for part in content:
            add_content(raw, part)
        return
    if not isinstance(content, dict):
        raise Failure("malformed", "the provider's answer is malformed (its content is not text)")
    kind = str(content.get("type", "")).casefold()
    if kind in _THINKING_PARTS:
        thought = Raw()
        add_content(
            thought,
            next((content[key] for key in ("thinking", "text", "reasoning", "summary") if content.get(key)), None),
        )
        raw.thinking += thought.text + thought.thinking
    elif kind in _CALL_PARTS:
        raw.calls.append(content)
    elif kind == "refusal":
        raw.refusal += str(content.get("refusal") or "")
    else:
        inner = next(
            (
                content[key]
                for key in ("text", "content", "parts", "value", "output_text")
                if content.get(key) is not None
            ),
            None,
        )
        add_content(raw, inner)


def calls_of(calls: Json) -> list[JsonObject]:
    """Calls as a list of objects, whatever holds them.

    Raises:
        Failure: They are neither objects nor text that holds such.
    """
    if isinstance(calls, str):
        try:
            calls = json.loads(calls) if calls.strip() else []
        except ValueError:
            calls = []
    if calls is None:
        return []
    if isinstance(calls, dict):
        calls = [calls] if "function" in calls or "name" in calls else list(calls.values())
    if not isinstance(calls, list):
        raise Failure("malformed", "the provider's answer is malformed (its calls are not a list)")
    return [call for call in calls if isinstance(call, dict)]
