"""The bounded loop between a model and its tools. One for every audience."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from motabot.agent.models.base import Message, Model, ModelAnswer, ModelRequest, ToolCall, Usage
from motabot.agent.registry import ToolResult, ToolSpec
from motabot.agent.tools import Intent, QueueReply
from motabot.db.storable import storable
from motabot.errors import ModelError

#: How often a draft, or an empty answer, may be sent back before the model counts as failed.
_SECOND_CHANCES = 1


@dataclass(frozen=True)
class Limits:
    """What one conversation with a model may use: `deadline` is of `time.monotonic`."""

    deadline: float
    steps: int
    tokens: int
    answer_tokens: int
    answer_seconds: float


@dataclass(frozen=True)
class CallRecord:
    """One tool call of a conversation: in which step, what was asked, what came back."""

    step: int
    name: str
    result: ToolResult


@dataclass
class Exchange:
    """What a conversation came to, complete or broken off."""

    text: str = ""
    intents: list[Intent] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    steps: int = 0
    model_seconds: float = 0.0


CallTool = Callable[[str, str], ToolResult]
Review = Callable[[Exchange], Sequence[str]]


def converse(
    model: Model,
    opening: Sequence[Message],
    tools: Sequence[ToolSpec],
    call_tool: CallTool,
    *,
    exchange: Exchange,
    limits: Limits,
    review: Review,
    safety_identifier: str = "",
    on_text: Callable[[str], None] | None = None,
) -> None:
    """Ask the model, call the tools it wants, and so on until its words pass the review.

    Args:
        model: Who answers.
        opening: The prompt.
        tools: What it may call.
        call_tool: Calls a tool by name with raw JSON arguments; never raises for what a model got wrong.
        exchange: Receives text, intents, calls and usage as they come, so that a caller can record a
            conversation that broke off.
        limits: Bounds; the last step offers no tools, so that the model has to speak.
        review: Says what is wrong with ``exchange.text``, in words for the model; empty when nothing is.
        safety_identifier: Passed on to the provider.
        on_text: Is told each answer's words as they come; the last ones told are those of ``exchange.text``.

    Raises:
        ModelError: No usable answer within the limits.
    """
    messages = list(opening)
    chances = _SECOND_CHANCES
    seen: dict[tuple[str, str], ToolResult] = {}
    while exchange.steps < limits.steps:
        exchange.steps += 1
        is_last = exchange.steps == limits.steps
        request = ModelRequest(
            messages=tuple(messages),
            tools=() if is_last else tools,
            max_tokens=limits.answer_tokens,
            safety_identifier=safety_identifier,
            on_text=on_text,
        )
        answer = _ask(model, request, exchange, limits)
        if answer.finish == "length":
            raise ModelError("the answer was cut off")
        if answer.finish == "refusal":
            raise ModelError("the model refused")
        if answer.tool_calls:
            messages.append(Message("assistant", answer.text, answer.tool_calls))
            messages.extend(_run(answer.tool_calls, call_tool, exchange, seen))
            replies = [intent.text for intent in exchange.intents if isinstance(intent, QueueReply)]
            if not replies:
                continue
            exchange.text = replies[-1]
            exchange.intents = [intent for intent in exchange.intents if not isinstance(intent, QueueReply)]
        else:
            messages.append(Message("assistant", answer.text))
            exchange.text = answer.text
        exchange.text = storable(exchange.text).strip()
        problems = review(exchange) if exchange.text else ["You wrote nothing. Write the reply."]
        if not problems:
            return
        if chances == 0:
            raise ModelError("the reply failed its check: " + "; ".join(problems))
        chances -= 1
        messages.append(Message("user", _send_back(problems)))
    raise ModelError(f"no reply within {limits.steps} steps")


def _ask(model: Model, request: ModelRequest, exchange: Exchange, limits: Limits) -> ModelAnswer:
    remaining = limits.deadline - time.monotonic()
    if remaining <= 0:
        raise ModelError("the turn ran out of time")
    if exchange.usage.total >= limits.tokens:
        raise ModelError("the turn ran out of tokens")
    started = time.monotonic()
    try:
        answer = model.answer(replace(request, timeout=min(remaining, limits.answer_seconds)))
    finally:
        exchange.model_seconds += time.monotonic() - started
    exchange.usage += answer.usage
    return answer


def _run(
    calls: Sequence[ToolCall], call_tool: CallTool, exchange: Exchange, seen: dict[tuple[str, str], ToolResult]
) -> list[Message]:
    """Call each tool, answering every call id; an identical call in the same turn gets the same result."""
    answered: list[Message] = []
    for call in calls:
        key = (call.name, call.arguments)
        result = seen.get(key)
        if result is None:
            result = seen[key] = call_tool(call.name, call.arguments)
            exchange.calls.append(CallRecord(exchange.steps, storable(call.name), result))
            if result.intent is not None:
                exchange.intents.append(result.intent)
        answered.append(Message("tool", result.told, tool_call_id=call.id))
    return answered


def _send_back(problems: Sequence[str]) -> str:
    listed = "\n".join(f"- {problem}" for problem in problems)
    return f"Your reply was not sent, because:\n{listed}\nWrite it again, correct and complete, and nothing else."
