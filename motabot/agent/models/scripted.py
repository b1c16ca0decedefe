"""A model that answers what a test tells it to, misbehaviour included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from motabot.agent.models.base import ModelAnswer, ModelRequest
from motabot.errors import ModelError

Line = ModelAnswer | str | Exception | Callable[[ModelRequest], ModelAnswer]


@dataclass
class ScriptedModel:
    """Says its lines in order and remembers what it was asked.

    A line is an answer, the text of one, an exception to raise, or a function of the request. After the
    last line it fails, as a provider does that is gone.
    """

    lines: Iterable[Line]
    name: str = "scripted"
    requests: list[ModelRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._remaining = iter(self.lines)

    def answer(self, request: ModelRequest) -> ModelAnswer:
        self.requests.append(request)
        line = next(self._remaining, ModelError("the script is over"))
        if isinstance(line, Exception):
            raise line
        if isinstance(line, str):
            return ModelAnswer(line)
        if isinstance(line, ModelAnswer):
            return line
        return line(request)
