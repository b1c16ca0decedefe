"""The bounded loop between a model and its tools. One for every audience."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from motabot.agent.arguments import Read, read_arguments, tool_name
from motabot.agent.models.base import Message, Model, ModelAnswer, ModelRequest, ToolCall, Usage
from motabot.agent.models.leaks import clean
from motabot.agent.models.textual_calls import find_calls
from motabot.agent.registry import ToolResult, ToolSpec
from motabot.agent.speech import Speech
from motabot.agent.tools import Audience, HandOff, Intent, QueueReply
from motabot.db.storable import storable
from motabot.errors import ModelError

#: How often a draft, or an empty answer, may be sent back before the model counts as failed.
_SECOND_CHANCES = 2
_NOTHING = "You wrote nothing. Write the reply."


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
    """What a conversation came to, complete or broken off.

    Attributes:
        text: The last draft; what the review let pass is here, ready to be sent.
        fallback: The part of a refused draft that may be sent, should no better one come.
        question: What the review wants the model to be asked before its draft may be sent.
    """

    text: str = ""
    fallback: str = ""
    question: str = ""
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
    audience: Audience = "customer",
) -> None:
    """Ask the model, call the tools it wants, and so on until its words pass the review.

    Args:
        model: Who answers.
        opening: The prompt.
        tools: What it may call.
        call_tool: Calls a tool by name with raw JSON arguments; never raises for what a model got wrong.
        exchange: Receives text, intents, calls and usage as they come, so that a caller can record a
            conversation that broke off.
        limits: Bounds; the last step offers no tools, so that the model has to speak, unless a question is open.
        review: Says what is wrong with ``exchange.text``, in words for the model; empty when nothing is. It may
            repair the text in place, or ask a question about it.
        safety_identifier: Passed on to the provider.
        on_text: Receives each answer's words as they come, without the model's internals, last ``exchange.text``.
        audience: Whom the answer is for.

    Raises:
        ModelError: No usable answer within the limits.
    """
    turn = _Turn(
        model, tools, call_tool, exchange, limits, Speech(on_text, is_live=getattr(model, "is_live", False))
    )
    base = ModelRequest(
        messages=(),
        tools=tools,
        max_tokens=limits.answer_tokens,
        safety_identifier=safety_identifier,
        audience=audience,
    )
    messages = list(opening)
    chances = _SECOND_CHANCES
    while exchange.steps < limits.steps:
        exchange.steps += 1
        offered: Sequence[ToolSpec] = tools if exchange.steps < limits.steps or exchange.question else ()
        exchange.question = ""
        answer, problem = turn.ask(replace(base, messages=tuple(messages), tools=offered, withheld_tools=tools))
        if not turn.take(answer, messages):
            continue
        problems = [problem] if problem else list(review(exchange)) if exchange.text else [_NOTHING]
        if not problems and not exchange.question:
            turn.speech.finish(exchange.text)
            return
        if problems and chances == 0:
            raise ModelError("the reply failed its check: " + "; ".join(problems))
        chances -= bool(problems)
        messages.append(Message("user", _send_back(problems) if problems else exchange.question))
    raise ModelError(f"no reply within {limits.steps} steps")


class _Turn:
    """One conversation's model, tools and bounds."""

    def __init__(
        self,
        model: Model,
        tools: Sequence[ToolSpec],
        call_tool: CallTool,
        exchange: Exchange,
        limits: Limits,
        speech: Speech,
    ) -> None:
        self._model = model
        self._specs = {spec.name: spec for spec in tools}
        self._call_tool = call_tool
        self._exchange = exchange
        self._limits = limits
        self.speech = speech
        self._seen: dict[tuple[str, str], ToolResult] = {}

    def ask(self, request: ModelRequest) -> tuple[ModelAnswer, str]:
        """One answer without the model's internals, and what is wrong with its text, in words for the model.

        An answer that was cut off is asked for once more, with more room and less thinking.

        Raises:
            ModelError: It refused, was cut off twice, or the limits are reached.
        """
        answer = self._answer(request)
        if answer.finish == "length" and not self._is_usable(answer):
            try:
                answer = self._answer(replace(request, max_tokens=request.max_tokens * 2, spare_thinking=True))
            except ModelError as error:
                raise ModelError(f"the answer was cut off, and asked for again: {error}") from error
            if answer.finish == "length" and not self._is_usable(answer):
                raise ModelError("the answer was cut off")
        if answer.finish == "refusal":
            raise ModelError("the model refused")
        if answer.tool_calls:
            return replace(answer, text=clean(answer.text, self._specs).text), ""
        cleaned = clean(answer.text, self._specs)
        if not cleaned.calls and not cleaned.text and request.tools:
            hidden = find_calls(answer.thinking, self._specs)[0] if "<tool_call" in answer.thinking else []
            cleaned = replace(cleaned, calls=tuple((call.name, call.arguments) for call in hidden))
        if cleaned.calls and request.tools:
            calls = tuple(
                ToolCall(f"call_{uuid.uuid4().hex[:12]}", name, written) for name, written in cleaned.calls
            )
            return replace(answer, text=cleaned.text, tool_calls=calls), ""
        if cleaned.calls:
            return replace(answer, text=""), "You wrote a tool call. No tool can be called now."
        if cleaned.leftover:
            return replace(
                answer, text=""
            ), "It holds your thinking, a tool call or markup. Write only the words for the person."
        return replace(answer, text=cleaned.text), ""

    def _answer(self, request: ModelRequest) -> ModelAnswer:
        """
        Raises:
            ModelError: There is no usable answer, or no time or tokens are left for one.
        """
        exchange, limits = self._exchange, self._limits
        remaining = limits.deadline - time.monotonic()
        if remaining <= 0:
            raise ModelError("the turn ran out of time")
        if exchange.usage.total >= limits.tokens:
            raise ModelError("the turn ran out of tokens")
        self.speech.begin()
        started = time.monotonic()
        timed = replace(
            request,
            timeout=min(remaining, limits.answer_seconds),
            time_left=remaining,
            on_text=self.speech.listener,
        )
        try:
            answer = self._model.answer(timed)
        finally:
            exchange.model_seconds += time.monotonic() - started
        exchange.usage += answer.usage
        return answer

    @staticmethod
    def _is_usable(answer: ModelAnswer) -> bool:
        """Whether an answer is whole although the server says that it was cut off."""
        return bool(answer.tool_calls) and all(_is_json(call.arguments) for call in answer.tool_calls)

    def take(self, answer: ModelAnswer, messages: list[Message]) -> bool:
        """Add an answer and its tools' results to the messages; whether there is a draft now."""
        exchange = self._exchange
        if answer.tool_calls:
            messages.append(Message("assistant", answer.text, answer.tool_calls, extra=answer.extra))
            messages.extend(self._run(answer.tool_calls))
            replies = [intent.text for intent in exchange.intents if isinstance(intent, QueueReply)]
            if not replies:
                return False
            text = replies[-1]
            exchange.intents = [intent for intent in exchange.intents if not isinstance(intent, QueueReply)]
        else:
            messages.append(Message("assistant", answer.text or "..."))
            text = answer.text
        exchange.text = storable(text).strip()
        return True

    def _run(self, calls: Sequence[ToolCall]) -> list[Message]:
        """Call each tool, answering every call id; an identical call in the same turn gets the same result."""
        answered: list[Message] = []
        for call in calls:
            name = tool_name(call.name, self._specs)
            spec = self._specs.get(name)
            read = read_arguments(call.arguments, spec) if spec else Read(call.arguments)
            result = self._seen.get((name, read.json))
            if result is None:
                result = self._seen[name, read.json] = self._call_tool(name, read.json)
                self._exchange.calls.append(CallRecord(self._exchange.steps, storable(name), result))
                if result.intent is not None:
                    _add_intent(self._exchange.intents, result.intent)
            told = result.told
            if read.dropped:
                told += f"\n(Ignored, because {name} does not take it: {', '.join(read.dropped)[:200]}.)"
            answered.append(Message("tool", told, tool_call_id=call.id))
        return answered


def _add_intent(intents: list[Intent], intent: Intent) -> None:
    """Keep an intent, its words without a model's internals."""
    if isinstance(intent, HandOff):
        intent = replace(intent, summary=clean(intent.summary).text)
    elif isinstance(intent, QueueReply):
        intent = replace(intent, text=clean(intent.text).text)
    intents.append(intent)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text or "{}"), dict)
    except ValueError:
        return False


def _send_back(problems: Sequence[str]) -> str:
    listed = "\n".join(f"- {problem}" for problem in problems)
    return f"Your reply was not sent, because:\n{listed}\nWrite it again, correct and complete, and nothing else."
