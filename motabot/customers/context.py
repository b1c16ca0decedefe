"""What a customer's turn starts from: one typed, frozen `TurnContext`, read in one round trip."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Engine

from motabot.boundary import JsonObject
from motabot.customers.phones import Age, Consent
from motabot.customers.records import (
    Affinity,
    Emergency,
    Lead,
    Line,
    Lookup,
    OpenText,
    Phone,
    Profile,
    Purchase,
    VisitPattern,
)
from motabot.db.engine import Statement, in_one_round_trip
from motabot.db.policies import require_own_rows
from motabot.db.queries import read_sql
from motabot.text.language import Language, detect_language

_SQL = Statement(read_sql(__package__, "context"))
#: A row written to `messages` this many days after its text was sent is history: an import of another system's
#: texts. Carriers deliver within a week.
HISTORY_DAYS: Final = 14


@dataclass(frozen=True)
class TurnContext:
    """What a turn starts from. Nothing in it changes: a step that learns something returns a new one.

    Attributes:
        phone: The number and what is noted of it.
        token: Lets the customer's tools read as this customer until it expires. Never shown to a model.
        customers: How many customers have this number; personal facts are present only for exactly one.
        texts: The open texts, oldest first, which this turn settles; empty if there are none.
        questions: The words to be answered: those of the open texts and of texts that had to wait for the age.
        history: The conversation before them, oldest first.
        profile: The customer; None unless exactly one has this number.
        visit_pattern: How regularly they come.
        affinity: What they buy, most often first.
        purchases: Their latest receipts, newest first.
        lead: The lead of this number.
        last_shown: What the previous turn's tools answered.
        earlier: What the tools of a few turns before that answered, newest turn first.
        emergency: An emergency of the last hours that staff has not settled.
        advice: Vetted words of the safety net that code puts before the reply to the rest.
    """

    phone: Phone
    token: str = field(repr=False)
    customers: int
    texts: tuple[OpenText, ...]
    questions: tuple[str, ...]
    history: tuple[Line, ...] = ()
    profile: Profile | None = None
    visit_pattern: VisitPattern | None = None
    affinity: tuple[Affinity, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    lead: Lead | None = None
    last_shown: tuple[Lookup, ...] = ()
    earlier: tuple[Lookup, ...] = ()
    emergency: Emergency | None = None
    advice: str = ""

    @property
    def is_customer(self) -> bool:
        """Exactly one customer has this number."""
        return self.customers == 1

    @property
    def is_adult(self) -> bool:
        """Whether products may be discussed."""
        return self.phone.age is Age.AFFIRMED

    @property
    def said(self) -> tuple[str, ...]:
        """What the customer said lately, oldest first, with the open texts."""
        before = (line.text for line in self.history if line.author == "customer")
        return (*before, *(text.text for text in self.texts))

    @property
    def replies(self) -> tuple[str, ...]:
        """What the shop wrote lately, oldest first."""
        return tuple(line.text for line in self.history if line.author == "shop")

    @cached_property
    def language(self) -> Language:
        """The language of the open texts."""
        return detect_language(" ".join(text.text for text in self.texts))

    def as_data(self, zone: tzinfo) -> JsonObject:
        """The facts as plain data, for templates and the reply check: without the number and the token.

        Args:
            zone: The shop's zone, in which moments are given.
        """
        return {
            "known": self.is_customer,
            "shared": self.customers > 1,
            "greeted": self.phone.greeted,
            "age": self.phone.age.value,
            "texts": list(self.questions),
            "history": [
                {"from": line.author, "text": line.text, "at": _local(line.at, zone)} for line in self.history
            ],
            "profile": asdict(self.profile) if self.profile else None,
            "visit_pattern": asdict(self.visit_pattern) if self.visit_pattern else None,
            "affinity": [asdict(each) for each in self.affinity],
            "purchases": [{**asdict(each), "at": _local(each.at, zone)} for each in self.purchases],
            "lead": asdict(self.lead) if self.lead else None,
            "last_shown": [
                {"tool": each.tool, "arguments": each.arguments, "result": each.result} for each in self.last_shown
            ],
        }


def _local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None


@dataclass(frozen=True)
class _Found:
    """The document that sql/context.sql gives, after `json.loads`."""

    customers: int
    is_guarded: bool
    consent: Consent
    paused: bool
    greeted: bool
    age: Age
    replies_this_hour: int
    texts: tuple[OpenText, ...]
    history: tuple[Line, ...]
    profile: Profile | None
    visit_pattern: VisitPattern | None
    affinity: tuple[Affinity, ...]
    purchases: tuple[Purchase, ...]
    lead: Lead | None
    lookups: tuple[Lookup, ...]
    emergency: Emergency | None


_FOUND = TypeAdapter(_Found)


def load_context(engine: Engine, phone: str, *, token_seconds: float) -> TurnContext:
    """Read everything a turn needs and register its identity token, in one statement.

    Args:
        engine: The service's own engine.
        phone: The number in E.164. Texts, customers and leads are found however they spell it.
        token_seconds: How long the customer's tools may read.

    Raises:
        DatabaseNotReady: Row-level security hides rows, so that a customer would look like a stranger.
    """
    token = secrets.token_urlsafe(32)
    parameters = {
        "phone": phone,
        "token": token,
        "token_seconds": token_seconds,
        "history_days": HISTORY_DAYS,
    }
    [row] = in_one_round_trip(engine, _SQL, parameters)
    # not validate_json: it would read numbers as floats, and prices would lose their zeros
    found = _FOUND.validate_python(json.loads(row[0], parse_float=Decimal))
    if found.is_guarded:
        require_own_rows(engine)
    return TurnContext(
        phone=Phone(
            number=phone,
            consent=found.consent,
            age=Age.AFFIRMED if found.customers else found.age,
            paused=found.paused,
            greeted=found.greeted,
            replies_this_hour=found.replies_this_hour,
        ),
        token=token,
        customers=found.customers,
        texts=found.texts,
        questions=tuple(text.text for text in found.texts),
        history=found.history[::-1],
        profile=found.profile,
        visit_pattern=found.visit_pattern,
        affinity=found.affinity,
        purchases=found.purchases,
        lead=found.lead,
        last_shown=tuple(each for each in found.lookups if each.turns_ago == 1),
        earlier=tuple(each for each in found.lookups if each.turns_ago > 1),
        emergency=found.emergency,
    )
