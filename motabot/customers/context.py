"""One customer's facts, in one round trip."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from motabot.db.engine import Statement, in_one_round_trip

_SQL = Statement((Path(__file__).parent / "sql" / "context.sql").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class OpenText:
    """A text that waits for an answer: the row's id and its words."""

    id: int
    text: str


@dataclass(frozen=True)
class Context:
    """What a turn starts from.

    Attributes:
        phone: The number exactly as `messages` has it.
        token: Lets the customer's tools read as this customer until it expires. Never shown to a model.
        texts: The open texts, oldest first; empty when nothing is to be done.
        consent: 'unknown', 'in' or 'out'.
        paused: A person has taken over.
        greeted: The number has been told that a bot writes.
        customers: How many customers have this number; personal facts are present only for exactly one.
        replies_this_hour: Replies in the last hour, or since staff handed the conversation back.
        facts: What models and tools may know, as data: `known`, `shared`, `age` ('affirmed' for customers, who
            showed a document in the shop), `texts`, `history`, `profile`, `visit_pattern`,
            `affinity`, `purchases`, `lead`, `last_shown`. Money and other numerics are `Decimal`.
    """

    phone: str
    token: str = field(repr=False)
    texts: tuple[OpenText, ...]
    consent: str
    paused: bool
    greeted: bool
    customers: int
    replies_this_hour: int
    facts: dict[str, Any]


def load_context(engine: Engine, phone: str, number: str, *, token_seconds: float) -> Context:
    """Read everything a turn needs and register its identity token, in one statement.

    Args:
        engine: The service's own engine.
        phone: The number as it stands in `messages`.
        number: The same number in E.164, as customers and leads have it.
        token_seconds: How long the customer's tools may read.
    """
    token = secrets.token_urlsafe(32)
    parameters = {"phone": phone, "number": number, "token": token, "token_seconds": token_seconds}
    row = in_one_round_trip(engine, _SQL, parameters)
    assert row is not None
    found = json.loads(row[0], parse_float=Decimal)
    consent, age = found.pop("consent"), found.pop("age")
    paused, greeted = found.pop("paused"), found.pop("greeted")
    customers, replies_this_hour = found.pop("customers"), found.pop("replies_this_hour")
    texts = tuple(OpenText(row["id"], row["text"]) for row in found["texts"])
    facts = {
        **found,
        "history": found["history"][::-1],
        "known": customers == 1,
        "shared": customers > 1,
        "greeted": greeted,
        "age": "affirmed" if customers else age,
        "texts": [text.text for text in texts],
    }
    return Context(phone, token, texts, consent, paused, greeted, customers, replies_this_hour, facts)
