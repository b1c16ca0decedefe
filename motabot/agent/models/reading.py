"""Reads an answer in whatever shape a server gives it: of OpenAI's schema nothing but the meaning is taken for granted."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from motabot.agent.models.base import Finish, ModelAnswer, ToolCall, Usage
from motabot.agent.models.failures import Failure, from_error_object
from motabot.agent.models.usage import usage_of
from motabot.boundary import JsonMapping, JsonObject

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
_CALL_KEYS = frozenset({"id", "type", "function", "index", "name", "arguments"})
_THINKING_PARTS = frozenset({"thinking", "reasoning", "thought", "redacted_thinking", "reasoning_text"})
_CALL_PARTS = frozenset({"tool_use", "tool_call", "function_call", "function"})
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


def read_completion(body: Any) -> ModelAnswer:
    """An answer out of one JSON body.

    Raises:
        Failure: It is an error, or holds no answer.
    """
    return as_answer(raw_of(body))


def raw_of(body: Any) -> Raw:
    """The parts of an answer that came in one piece.

    Raises:
        Failure: It is an error, or has no shape that is known.
    """
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, dict):
        raise Failure("malformed", f"the provider's answer is malformed ({type(body).__name__})")
    raise_error_in(body)
    body = _opened(body)
    raw = Raw(usage=usage_of(body))
    choices = body.get("choices")
    if isinstance(choices, dict):
        choices = list(choices.values()) if all(key.isdigit() for key in choices) else [choices]
    if isinstance(choices, list) and choices:
        for position, choice in enumerate(choices):
            if isinstance(choice, dict):
                _add_choice(raw, choice, is_first=position == 0)
        raise_error_in(choices[0] if isinstance(choices[0], dict) else {})
        return raw
    if "choices" in body and not choices:
        raise Failure("temporary", "the provider's answer is malformed (it has no choices)")
    return _foreign(body, raw)


def raise_error_in(body: JsonMapping) -> None:
    """
    Raises:
        Failure: The body reports an error in one of the shapes that servers use.
    """
    error = body.get("error")
    if error and not (isinstance(error, dict) and set(error) <= {"code"} and not error.get("code")):
        raise from_error_object(error)
    if any(body.get(key) for key in ("choices", "message", "output", "content", "candidates", "usage")):
        return
    if body.get("object") == "error" or body.get("success") is False or body.get("type") == "error":
        raise from_error_object({**body, "error": None} if "error" in body else dict(body))
    for key in ("errors", "detail", "error_msg", "errorMessage", "error_message", "fault"):
        if body.get(key):
            raise from_error_object(body[key] if not isinstance(body[key], str) else dict(body))
    code = body.get("code") or body.get("status") or body.get("statusCode")
    if "msg" in body or (isinstance(code, int | str) and str(code).isdigit() and int(code) >= 400):
        raise from_error_object(dict(body), int(str(code)) if str(code).isdigit() else 0)


def _opened(body: JsonObject) -> JsonObject:
    """The completion inside a gateway's envelope."""
    for _ in range(2):
        if "choices" in body:
            return body
        inner = next(
            (
                value
                for value in body.values()
                if isinstance(value, dict) and ("choices" in value or "output" in value)
            ),
            None,
        )
        if inner is None:
            return body
        body = inner
        raise_error_in(body)
    return body


def _add_choice(raw: Raw, choice: JsonMapping, *, is_first: bool) -> None:
    """Some gateways give the words and the calls of one answer as two choices; of others only the first counts."""
    message = choice.get("message") or choice.get("delta") or choice.get("messages")
    if isinstance(message, list) and message:
        message = message[-1]
    part = Raw()
    if isinstance(message, dict):
        add_message(part, message)
    elif isinstance(message, str):
        part.text = message
    elif isinstance(choice.get("text"), str):
        part.text = choice["text"]
    elif is_first:
        raise Failure("malformed", "the provider's answer is malformed (a choice has no message)")
    if is_first or not (raw.text or raw.calls):
        raw.text, raw.thinking, raw.refusal, raw.extra = (
            part.text,
            raw.thinking or part.thinking,
            part.refusal,
            part.extra,
        )
        raw.finish = str(
            choice.get("finish_reason")
            or choice.get("stop_reason")
            or choice.get("native_finish_reason")
            or raw.finish
            or ""
        )
    if not raw.calls:
        raw.calls = part.calls
    if raw.usage is None and isinstance(choice.get("usage"), dict):
        raw.usage = usage_of(choice)


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


def add_content(raw: Raw, content: Any) -> None:
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


def calls_of(calls: Any) -> list[JsonObject]:
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


def _foreign(body: JsonObject, raw: Raw) -> Raw:
    """An answer in the shape of another API that a gateway passed through: Ollama's, OpenAI's newer one, Anthropic's,
    Gemini's, TGI's."""
    message = body.get("message")
    candidates = body.get("candidates")
    if isinstance(message, dict):
        add_message(raw, message)
        raw.finish = str(body.get("done_reason") or body.get("stop_reason") or "")
    elif isinstance(body.get("output"), list):
        for item in body["output"]:
            if isinstance(item, dict):
                add_content(
                    raw,
                    {**item, "text": item.get("content") or item.get("text")}
                    if item.get("type") == "message"
                    else item,
                )
        raw.finish = str((body.get("incomplete_details") or {}).get("reason") or "")
    elif isinstance(candidates, list) and candidates and isinstance(candidates[0], dict):
        for part in (candidates[0].get("content") or {}).get("parts") or ():
            if isinstance(part, dict) and isinstance(part.get("functionCall"), dict):
                call = part["functionCall"]
                raw.calls.append({"function": {"name": call.get("name"), "arguments": call.get("args")}})
            elif isinstance(part, dict) and part.get("thought") is not True:
                add_content(raw, part.get("text"))
        raw.finish = str(candidates[0].get("finishReason") or "")
    elif isinstance(body.get("content"), list | str):
        add_content(raw, body["content"])
        raw.finish = str(body.get("stop_reason") or body.get("finish_reason") or "")
    else:
        said = next(
            (
                body[key]
                for key in ("response", "generated_text", "output_text", "text", "reply", "output")
                if isinstance(body.get(key), str)
            ),
            None,
        )
        if said is None:
            raise Failure("malformed", "the provider's answer is malformed (no answer is in it)")
        raw.text = said
    return raw


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
    """Calls with a name, each with an id of its own."""
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
