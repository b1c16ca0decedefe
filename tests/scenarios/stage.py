"""A model that follows a script, and stories that say what its lines come to.

The worker process talks to it over HTTP with the real `openai` client. A story holds texts, what the model answers
to each, and the rows that must stand in the database afterwards; what it does not say is as in a story in which
nothing goes wrong.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import text

from motabot.testing import ModelServer, Reply, completion
from tests.scenarios.floor import Floor

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


class Stage:
    """The model server's script. One text at a time is answered with its lines; whatever is asked beyond is a stray."""

    def __init__(self) -> None:
        self.lines: deque[Line] = deque()
        self.requests: list[Body] = []
        self.given: list[Body | Reply] = []
        self.strays = 0

    def answer(self, body: Body, _number: int) -> Body | Reply:
        """A `motabot.testing.Script`."""
        self.requests.append(body)
        if not self.lines:
            self.strays += 1
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
        self.requests, self.given, self.strays = [], [], 0
        yield
        assert self.strays == 0, "the model was asked more often than the story says"
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


@dataclass(frozen=True)
class Turn:
    """One text, the model's lines, and the row of the turn.

    Attributes:
        says: The reply: the whole of it, or some of its words; by default the model's last words.
        calls: The recorded tool calls; by default those of the lines, all well.
        steps: By default as many as there are lines.
        by: Whose words were sent.
        troubles: Words of the reasons why the model's were not.
        heard: The texts that the model had to answer; by default the one text.
        read: Words that the model had before it when it spoke last.
        found: Words of the recorded results.
        hello: What the first reply to a number starts with.
        has_row: Whether there is a turn at all; what is decided where a text comes in has none.
    """

    text: str
    lines: Sequence[Line] = ()
    says: str | tuple[str, ...] | None = None
    calls: Sequence[Call] | None = None
    steps: int | None = None
    by: str = MODEL
    troubles: tuple[str, ...] = ()
    heard: tuple[str, ...] | None = None
    read: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    hello: str = HELLO
    has_row: bool = True


def unasked(text: str, says: str | tuple[str, ...], hello: str = "") -> Turn:
    """A text that is decided where it comes in: no turn, no model."""
    return Turn(text, says=says, has_row=False, hello=hello)


def ruled(text: str, *says: str, hello: str = HELLO) -> Turn:
    """A text that is answered by rule: a turn without a model."""
    return Turn(text, says=says, by="rules", hello=hello)


Who = Literal["customer", "stranger", "adult"]


@dataclass(frozen=True)
class Story:
    """Texts of one person, and what stands in the database then: `left` holds what is not as usual."""

    turns: Sequence[Turn]
    who: Who = "customer"
    left: dict[str, Any] = field(default_factory=dict)
    never: tuple[str, ...] = ()


def one(text: str, *lines: Line, who: Who = "customer", never: tuple[str, ...] = (), **rest: Any) -> Story:
    """A story of one text. What is no attribute of a turn is what is left behind."""
    turn = {name: rest.pop(name) for name in list(rest) if name in Turn.__dataclass_fields__}
    return Story([Turn(text, lines, **turn)], who, rest, never)


def person(floor: Floor, who: Who) -> str:
    """Somebody nobody else is, by phone."""
    if who == "customer":
        return floor.customer()
    phone = floor.stranger()
    if who == "adult":
        with floor.engine.begin() as connection:
            connection.execute(
                text("insert into motabot.phones (phone, age, age_at) values (:p, 'affirmed', now())"),
                {"p": phone},
            )
    return phone


def usual(who: Who, turns: Sequence[Turn]) -> dict[str, Any]:
    """What a story leaves behind in which nothing goes wrong."""
    answered = sum(turn.has_row for turn in turns)
    return {
        "replies": len(turns),
        "queued": len(turns),
        "read": answered,
        "closed": ",".join(["reply"] * answered),
        "handoffs": None,
        "lead": None if who == "customer" else "new greeting 0.1",
        "last_message": None if who == "customer" else turns[-1].text,
        "consents": None,
        "consent": "unknown",
        "age": "affirmed" if who == "adult" else "unknown",
        "paused_by": None,
        "greeted": answered > 0,
    }


def tell(floor: Floor, stage: Stage, story: Story, phone: str | None = None) -> str:
    """Text, let the model follow its script, and hold every row against the story; returns the phone."""
    phone = phone or person(floor, story.who)
    greeted = False
    for turn in story.turns:
        before = len(rows(floor, phone))
        with stage.play(turn.lines):
            reply = floor.text(phone, turn.text)
        hello = turn.hello if turn.has_row and not greeted else ""
        check_reply(stage, turn, reply, hello)
        check_requests(stage, phone)
        assert not any(words in reply for words in story.never)
        added = rows(floor, phone)[before:]
        if turn.has_row:
            greeted = True
            check_row(stage, turn, added, reply)
        else:
            assert added == []
    check_left(floor, phone, usual(story.who, story.turns) | story.left)
    return phone


def check_reply(stage: Stage, turn: Turn, reply: str, hello: str) -> None:
    """The words that were queued, and what the model had before it."""
    if isinstance(turn.says, tuple):
        assert reply.startswith(hello)
        for words in turn.says:
            assert words in reply
    else:
        assert reply == hello + (stage.last_words() if turn.says is None else turn.says)
    if turn.lines:
        assert stage.heard() == list(turn.heard or (turn.text,))
        for words in turn.read:
            assert words in stage.read()


def check_requests(stage: Stage, phone: str) -> None:
    """Nothing of who the customer is, nor of what the shop pays, went to the model."""
    said = json.dumps(stage.requests, ensure_ascii=False)
    for secret in ("Sandoval", phone[2:], f"C{phone[-4:]}", "ACME", '\\"cost\\"'):
        assert secret not in said


def check_row(stage: Stage, turn: Turn, added: list[dict[str, Any]], reply: str) -> None:
    """The one row that the turn wrote."""
    assert len(added) == 1
    row = dict(added[0])
    results = json.dumps(row.pop("results"), ensure_ascii=False)
    for words in turn.found:
        assert words in results
    troubles = row.pop("troubles")
    assert [trouble["model"] for trouble in troubles] == [MODEL] * len(turn.troubles)
    for trouble, words in zip(troubles, turn.troubles, strict=True):
        assert words in trouble["reason"]
    calls = stage.calls() if turn.calls is None else turn.calls
    assert row == {
        "outcome": "answered",
        "model": turn.by,
        "steps": len(turn.lines) if turn.steps is None else turn.steps,
        "tokens": stage.tokens(),
        "reply": reply,
        "status": "queued",
        "texts": 1,
        "calls": [list(call) for call in calls],
    }


def check_left(floor: Floor, phone: str, expected: dict[str, Any]) -> None:
    """Everything beside the turns."""
    found = _query(floor, "left.sql", phone)
    assert found == [expected]


def rows(floor: Floor, phone: str) -> list[dict[str, Any]]:
    """The rows of a phone's turns, oldest first."""
    return _query(floor, "rows.sql", phone)


def _query(floor: Floor, name: str, phone: str) -> list[dict[str, Any]]:
    query = (Path(__file__).parent / name).read_text(encoding="utf-8")
    with floor.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(query), {"phone": phone})]


def _message(made: Body) -> Body:
    message: Body = made["choices"][0]["message"]
    return message


@contextmanager
def open_stage() -> Iterator[tuple[Stage, str]]:
    """A model server that follows the stage's script, and its address."""
    stage = Stage()
    with ModelServer(stage.answer) as server:
        yield stage, server.url
