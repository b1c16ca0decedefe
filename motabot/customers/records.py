"""What is on record about a customer and their number, in frozen, typed pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from motabot.customers.lenient import Amount, Day, Moment, Texts
from motabot.customers.phones import Age, Consent


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
class Emergency:
    """An emergency that staff has not settled yet: what the hand-off says, and when the latest text of it came."""

    summary: str
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
    """What a tool was asked in an earlier turn, and what it answered, as JSON. The last turn is one turn ago."""

    tool: str
    arguments: dict[str, object]
    result: object
    turns_ago: int = 1
