"""The one protocol between the loop and any model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from motabot.agent.registry import ToolSpec

Finish = Literal["stop", "tool_calls", "length", "refusal"]


@dataclass(frozen=True)
class ToolCall:
    """A model's wish to have a tool called; `arguments` is JSON as the model wrote it, unchecked."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Message:
    """One message of the exchange with a model, in the roles that chat models share."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None


@dataclass(frozen=True)
class Usage:
    """Tokens of one answer or, added up, of a turn."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
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
        timeout: Seconds that this answer may take.
        max_tokens: Most tokens of this answer.
        safety_identifier: A keyed hash that stands for the person, for providers that ask for one.
        on_text: Is told the words of this answer so far, whenever there are more; None: nobody waits for them. A
            model that has its answer at once need not call it.
    """

    messages: Sequence[Message]
    tools: Sequence[ToolSpec]
    timeout: float = 12.0
    max_tokens: int = 1_500
    safety_identifier: str = ""
    on_text: Callable[[str], None] | None = None


@dataclass(frozen=True)
class ModelAnswer:
    """What it answered: words, or wishes to have tools called, or both."""

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    finish: Finish = "stop"
    usage: Usage = field(default_factory=Usage)


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
