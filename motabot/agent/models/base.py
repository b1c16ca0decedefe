"""The one protocol between the loop and any model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from motabot.agent.registry import ToolSpec
from motabot.agent.tools import Audience
from motabot.boundary import JsonMapping

Finish = Literal["stop", "tool_calls", "length", "refusal"]


@dataclass(frozen=True)
class ToolCall:
    """A model's wish to have a tool called.

    Attributes:
        arguments: JSON as the model wrote it, unchecked.
        extra: What the server wants back with the call, like a thought's signature.
    """

    id: str
    name: str
    arguments: str
    extra: JsonMapping = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """One message of the exchange with a model, in the roles that chat models share.

    Attributes:
        extra: What the server wants back with an assistant's message, like the thinking behind its calls.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    extra: JsonMapping = field(default_factory=dict)


@dataclass(frozen=True)
class Usage:
    """Tokens of one answer or, added up, of a turn.

    Attributes:
        is_estimated: The provider did not report some of it.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    is_estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.is_estimated or other.is_estimated,
        )

    @property
    def total(self) -> int:
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True)
class ModelRequest:
    """What a model is asked.

    Attributes:
        messages: The prompt (stable part first) and the exchange so far.
        tools: What it may call.
        timeout: Seconds that this answer may take, unless the model has its own limit.
        time_left: Seconds that it may take at most, whatever the model's own limit is; None: `timeout`.
        max_tokens: Most tokens of the answer itself.
        safety_identifier: A keyed hash of the person, for providers that ask for one.
        on_text: Receives the words of this answer so far, as the model wrote them, whenever there are more; None:
            nobody waits for them. A model that has its answer at once need not call it.
        withheld_tools: Tools that were offered before and may not be called any more.
        audience: Whom the answer is for.
        spare_thinking: The model used up its tokens before: it must think less and have more room.
    """

    messages: Sequence[Message]
    tools: Sequence[ToolSpec]
    timeout: float = 12.0
    max_tokens: int = 1_500
    safety_identifier: str = ""
    on_text: Callable[[str], None] | None = None
    time_left: float | None = None
    withheld_tools: Sequence[ToolSpec] = ()
    audience: Audience = "customer"
    spare_thinking: bool = False


@dataclass(frozen=True)
class ModelAnswer:
    """What it answered: words, or wishes to have tools called, or both.

    Attributes:
        text: As the model wrote it: the loop takes its internals out before anybody reads it.
        thinking: What the server reported as the model's thinking. Nobody reads it.
        extra: What the server wants back with this answer (see `Message.extra`).
    """

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    finish: Finish = "stop"
    usage: Usage = field(default_factory=Usage)
    thinking: str = ""
    extra: JsonMapping = field(default_factory=dict)


class Model(Protocol):
    """Anything that can take part in a turn."""

    @property
    def name(self) -> str:
        """The name that a turn's record shows."""
        ...

    def answer(self, request: ModelRequest) -> ModelAnswer:
        """Answer once.

        Raises:
            ModelError: No usable answer; the message says why, without the request's words.
        """
        ...
