"""What a customer's turn starts from: one typed, frozen `TurnContext`, read in one round trip."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema
from sqlalchemy import Engine

from motabot.boundary import JsonObject
from motabot.customers.phones import Age, Consent
from motabot.db.engine import Statement, in_one_round_trip
from motabot.db.queries import read_sql
from motabot.text.language import Language, detect_language

_SQL = Statement(read_sql(__package__, "context"))


@dataclass(frozen=True)
class _Lenient:
    """Lets a value that does not fit be replaced instead of refused.

    PostgreSQL holds what Python cannot ('infinity', the year 10000, NaN), and arrays hold nulls and other arrays.
    This runs in pydantic's core: a validator in Python would double the cost of reading a context.

    Attributes:
        otherwise: What stands in its place.
        is_omitted: The item is left out of its list instead.
    """

    otherwise: object = None
    is_omitted: bool = False

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        if self.is_omitted:
            return core_schema.with_default_schema(handler(source), on_error="omit")
        return core_schema.with_default_schema(handler(source), default=self.otherwise, on_error="default")


Amount = Annotated[Decimal | None, _Lenient()]
#: The first and the last year are not shown in every zone.
Day = Annotated[Annotated[date, Field(ge=date(2, 1, 1), le=date(9998, 12, 31))] | None, _Lenient()]
Moment = Annotated[
    Annotated[datetime, Field(ge=datetime(2, 1, 1, tzinfo=UTC), lt=datetime(9999, 1, 1, tzinfo=UTC))] | None,
    _Lenient(),
]
Texts = Annotated[tuple[Annotated[str, _Lenient(is_omitted=True)], ...], _Lenient(())]


@dataclass(frozen=True)
class Phone:
    """What is noted of the number.

    Attributes:
        number: In E.164.
        consent: Whether it may be texted.
        age: What is known of the writer's age. Customers showed a document in the shop.
        paused: A person has taken over.
        greeted: The number has been told that a bot writes.
        replies_this_hour: Replies in the last hour, or since staff handed the conversation back.
    """

    number: str
    consent: Consent
    age: Age
    paused: bool
    greeted: bool
    replies_this_hour: int


@dataclass(frozen=True)
class OpenText:
    """A text that waits for an answer: the row's id, its words, and when it was sent.

    `is_read` is false for a row that an SMS layer wrote itself and that was not read for consent yet.
    """

    id: int
    text: str
    at: Moment = None
    is_read: bool = True


@dataclass(frozen=True)
class Line:
    """One earlier text of the conversation."""

    author: Literal["customer", "shop"]
    text: str
    at: Moment


@dataclass(frozen=True)
class Profile:
    """The customer's own row. Amounts are in dollars."""

    first_name: str | None
    loyalty_points: Amount
    vip_status: str | None
    total_visits: int | None
    date_joined: Day
    last_visited: Day
    days_since_last_visit: int | None
    avg_sale_value: Amount
    member_group: str | None


@dataclass(frozen=True)
class VisitPattern:
    """How regularly the customer comes."""

    avg_days_between_visits: Amount
    predicted_next_visit: Day
    visit_consistency_score: Amount


@dataclass(frozen=True)
class Affinity:
    """A product that the customer buys, with what the catalog says of it today.

    `thc_content` is in percent, or in milligrams for edibles; prices are in dollars.
    """

    sku: str
    name: str | None
    brand: str | None
    category: str | None
    strain: str | None
    flower_type: str | None
    purchase_count: int | None
    last_purchased: Day
    avg_price_paid: Amount
    repurchase_rate: Amount
    price: Amount
    available: bool
    thc_content: Amount
    effects: Texts
    negatives: Texts
    flavors: Texts
    terpenes: Texts


@dataclass(frozen=True)
class PurchaseLine:
    """One product on a receipt; `total_price` is for the whole quantity, in dollars."""

    sku: str | None
    name: str | None
    quantity: Amount
    total_price: Amount


@dataclass(frozen=True)
class Purchase:
    """One receipt. A refund has a negative total."""

    at: Moment
    location: str | None
    total: Amount
    refund: bool
    items: tuple[PurchaseLine, ...]


@dataclass(frozen=True)
class Lead:
    """How far somebody who is not a customer yet has come."""

    status: str | None
    stage: str | None
    probability: Amount


@dataclass(frozen=True)
class Lookup:
    """What a tool was asked in the turn before this one, and what it answered, as JSON."""

    tool: str
    arguments: dict[str, object]
    result: object


@dataclass(frozen=True)
class TurnContext:
    """What a turn starts from. Nothing in it changes: a step that learns something returns a new one.

    Attributes:
        phone: The number and what is noted of it.
        token: Lets the customer's tools read as this customer until it expires. Never shown to a model.
        customers: How many customers have this number; personal facts are present only for exactly one.
        texts: The open texts, oldest first, which this turn settles; empty when nothing is to be done.
        questions: The words to be answered: those of the open texts and of texts that had to wait for the age.
        history: The conversation before them, oldest first.
        profile: The customer; None unless exactly one has this number.
        visit_pattern: How regularly they come.
        affinity: What they buy, most often first.
        purchases: Their latest receipts, newest first.
        lead: The lead of this number.
        last_shown: What the previous turn's tools answered.
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

    @property
    def is_customer(self) -> bool:
        """Exactly one customer has this number."""
        return self.customers == 1

    @property
    def is_adult(self) -> bool:
        """Products may be talked about."""
        return self.phone.age is Age.AFFIRMED

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
            "last_shown": [asdict(each) for each in self.last_shown],
        }


def _local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None


@dataclass(frozen=True)
class _Found:
    """The document that sql/context.sql gives, after `json.loads`."""

    customers: int
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
    last_shown: tuple[Lookup, ...]


_FOUND = TypeAdapter(_Found)


def load_context(engine: Engine, phone: str, *, token_seconds: float) -> TurnContext:
    """Read everything a turn needs and register its identity token, in one statement.

    Args:
        engine: The service's own engine.
        phone: The number in E.164. Texts, customers and leads are found however they spell it.
        token_seconds: How long the customer's tools may read.
    """
    token = secrets.token_urlsafe(32)
    parameters = {"phone": phone, "token": token, "token_seconds": token_seconds}
    row = in_one_round_trip(engine, _SQL, parameters)
    assert row is not None
    # not validate_json: it would read numbers as floats, and prices would lose their zeros
    found = _FOUND.validate_python(json.loads(row[0], parse_float=Decimal))
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
        last_shown=found.last_shown,
    )
