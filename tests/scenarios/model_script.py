"""A model that follows a script. The worker process talks to it over HTTP with the real `openai` client."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from motabot.testing import ModelServer, Reply, completion

MODEL = "gpt-5-mini"
HELLO = "Hi, this is Green Door's automated assistant (a bot). "
HOLA = "Hola, soy el asistente automatico (un bot) de Green Door. "

Body = dict[str, Any]
#: What the model answers to one request: words, a completion, a reply as it goes over the wire, or a function that
#: makes one of these from the request.
Line = str | Body | Reply | Callable[[Body], "str | Body | Reply"]
#: A tool call as it is recorded: in which step, the tool, its arguments without nulls, whether it went well.
Call = tuple[int, str, dict[str, Any], bool]

_NEWEST = re.compile(r"the newest texts, to be answered now\n(.*)\n=== \w+ end", re.DOTALL)


def use(*calls: str | tuple[str, Any], saying: str | None = None) -> Body:
    """Tool calls: a name, or a name and arguments."""
    return completion(saying, *((call, {}) if isinstance(call, str) else call for call in calls))


def after(words: Callable[[Any], str]) -> Callable[[Body], str]:
    """Words made of the latest tool result, as a model makes them."""
    return lambda body: words(json.loads(body["messages"][-1]["content"]))


def fence_of(body: Body) -> str:
    """The delimiter of a request's prompt."""
    found = re.search(r"=== (\w+) end", body["messages"][1]["content"])
    assert found
    return found[1]


class ModelScript:
    """The model server's script. One text at a time is answered with its lines; any further request is unexpected."""

    def __init__(self) -> None:
        self.lines: deque[Line] = deque()
        self.requests: list[Body] = []
        self.given: list[Body | Reply] = []
        self.unexpected = 0

    def answer(self, body: Body, _number: int) -> Body | Reply:
        """A `motabot.testing.Script`."""
        self.requests.append(body)
        if not self.lines:
            self.unexpected += 1
            return Reply(b"nobody wrote a line for this request", 400)
        line = self.lines.popleft()
        made = line(body) if callable(line) else line
        made = completion(made) if isinstance(made, str) else made
        self.given.append(made)
        return made

    @contextmanager
    def play(self, lines: Sequence[Line]) -> Iterator[None]:
        """Answer with these lines, all of them and no other, for the length of a block."""
        self.lines = deque(lines)
        self.requests, self.given, self.unexpected = [], [], 0
        yield
        assert self.unexpected == 0, "the model was asked more often than the story says"
        assert not self.lines, "the model was asked less often than the story says"

    def heard(self, request: int = 0) -> list[str]:
        """The customer's newest texts, as a request has them."""
        found = _NEWEST.search(self.requests[request]["messages"][1]["content"])
        assert found
        return found[1].removeprefix("customer: ").split("\ncustomer: ")

    def read(self) -> str:
        """Everything in the last request: what the model knew when it spoke."""
        return "\n".join(str(message["content"]) for message in self.requests[-1]["messages"])

    def calls(self) -> list[Call]:
        """The tool calls that were asked for, the same one once, as if all went well."""
        asked: list[Call] = []
        for step, made in enumerate(self.given, start=1):
            for call in (_message(made).get("tool_calls") or ()) if isinstance(made, dict) else ():
                name, arguments = call["function"]["name"], json.loads(call["function"]["arguments"])
                if not any((name, arguments) == (other, known) for _, other, known, _ in asked):
                    asked.append((step, name, arguments, True))
        return asked

    def last_words(self) -> str:
        """What the model wants to be sent: its text, or that of its queue_reply."""
        made = self.given[-1]
        assert isinstance(made, dict)
        replies = [
            json.loads(call["function"]["arguments"])["text"]
            for call in _message(made).get("tool_calls") or ()
            if call["function"]["name"] == "queue_reply"
        ]
        return replies[-1] if replies else str(_message(made)["content"])

    def tokens(self) -> int:
        """What the provider says to have read, in all answers that could be read."""
        return sum(made["usage"]["prompt_tokens"] for made in self.given if isinstance(made, dict))


def _message(made: Body) -> Body:
    message: Body = made["choices"][0]["message"]
    return message


@contextmanager
def open_script() -> Iterator[tuple[ModelScript, str]]:
    """A model server that follows a script, and its address."""
    script = ModelScript()
    with ModelServer(script.answer) as server:
        yield script, server.url
