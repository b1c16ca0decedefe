"""Stories that say what a model's lines come to.

A story holds texts, what the model answers to each, and the rows that must be in the database afterwards; what it
does not say is as in a story in which nothing goes wrong.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import text

from motabot.testing import wait_until
from tests.scenarios.model_script import HELLO, MODEL, Call, Line, ModelScript
from tests.scenarios.running_shop import RunningShop

#: A shop, and the script of its model.
Set = tuple[RunningShop, ModelScript]
#: The hand-off that tells staff of a text while the bot is paused.
WAITING = "waiting: Writes again, and the bot is silent."


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
    """Texts of one person, and what the database then contains: `left` has what is unusual."""

    turns: Sequence[Turn]
    who: Who = "customer"
    left: dict[str, Any] = field(default_factory=dict)
    never: tuple[str, ...] = ()


def one(text: str, *lines: Line, who: Who = "customer", never: tuple[str, ...] = (), **rest: Any) -> Story:
    """A story of one text. Other attributes than those of a turn are what is left behind."""
    turn = {name: rest.pop(name) for name in list(rest) if name in Turn.__dataclass_fields__}
    return Story([Turn(text, lines, **turn)], who, rest, never)


def person(shop: RunningShop, who: Who) -> str:
    """Somebody nobody else is, by phone."""
    if who == "customer":
        return shop.customer()
    phone = shop.stranger()
    if who == "adult":
        with shop.engine.begin() as connection:
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


def tell(shop: RunningShop, script: ModelScript, story: Story, phone: str | None = None) -> str:
    """Text, let the model follow its script, and hold every row against the story; returns the phone."""
    phone = phone or person(shop, story.who)
    greeted = False
    for turn in story.turns:
        before = len(rows(shop, phone))
        with script.play(turn.lines):
            reply = shop.text(phone, turn.text)
        hello = turn.hello if turn.has_row and not greeted else ""
        check_reply(script, turn, reply, hello)
        check_requests(script, phone)
        assert not any(words in reply for words in story.never)
        added = rows(shop, phone)[before:]
        if turn.has_row:
            greeted = True
            check_row(script, turn, added, reply)
        else:
            assert added == []
    check_left(shop, phone, usual(story.who, story.turns) | story.left)
    return phone


def check_reply(script: ModelScript, turn: Turn, reply: str, hello: str) -> None:
    """The words that were queued, and what the model had before it."""
    if isinstance(turn.says, tuple):
        assert reply.startswith(hello)
        for words in turn.says:
            assert words in reply
    else:
        assert reply == hello + (script.last_words() if turn.says is None else turn.says)
    if turn.lines:
        assert script.heard() == list(turn.heard or (turn.text,))
        for words in turn.read:
            assert words in script.read()


def check_requests(script: ModelScript, phone: str) -> None:
    """Nothing of who the customer is, nor of what the shop pays, went to the model."""
    said = json.dumps(script.requests, ensure_ascii=False)
    for secret in ("Sandoval", phone[2:], f"C{phone[-4:]}", "ACME", '\\"cost\\"'):
        assert secret not in said


def check_row(script: ModelScript, turn: Turn, added: list[dict[str, Any]], reply: str) -> None:
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
    calls = script.calls() if turn.calls is None else turn.calls
    assert row == {
        "outcome": "answered",
        "model": turn.by,
        "steps": len(turn.lines) if turn.steps is None else turn.steps,
        "tokens": script.tokens(),
        "reply": reply,
        "status": "queued",
        "texts": 1,
        "calls": [list(call) for call in calls],
    }


def check_left(shop: RunningShop, phone: str, expected: dict[str, Any]) -> None:
    """Everything except the turns."""
    found = _query(shop, "left.sql", phone)
    assert found == [expected]


def rows(shop: RunningShop, phone: str) -> list[dict[str, Any]]:
    """The rows of a phone's turns, oldest first."""
    return _query(shop, "rows.sql", phone)


def _query(shop: RunningShop, name: str, phone: str) -> list[dict[str, Any]]:
    query = (Path(__file__).parent / name).read_text(encoding="utf-8")
    with shop.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(query), {"phone": phone})]


def wait_for_turns(shop: RunningShop, phone: str) -> None:
    """Until no turn of a phone waits or runs."""
    waiting = (
        "select count(*) from motabot.procrastinate_jobs where queue_name = 'turns' and args ->> 'phone' = :phone"
    )
    wait_until(lambda: shop.value(waiting, phone=phone) == 0)
