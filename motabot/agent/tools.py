"""What the author of a tool imports.

A tool is a typed function with a Google-style docstring. Its name, docstring and signature are its schema;
its first parameter, ``ctx``, is who is asking and is never part of it::

    from motabot.agent.tools import CustomerTools, ToolFailed, tool

    @tool(audience="customer", effect="read")
    def show_points(ctx: CustomerTools) -> dict[str, object]:
        \"\"\"Show the customer's loyalty points.\"\"\"
        return ctx.one("select loyalty_points from profile") or {"known": False}

A tool that reads returns what JSON can hold (``Decimal`` and dates included). A tool that writes changes
nothing itself: it returns an intent, which the turn's commit applies or drops as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from motabot.boundary import JsonMapping, JsonObject
from motabot.errors import ToolFailed
from motabot.memo import Memo
from motabot.shop import ShopNow

__all__ = [
    "AgeNotAffirmed",
    "AnyTools",
    "CustomerTools",
    "HandOff",
    "Intent",
    "KeepReply",
    "LeadUpdate",
    "Proposal",
    "QueueReply",
    "StaffContext",
    "StaffTools",
    "ToolContext",
    "ToolFailed",
    "tool",
]

Audience = Literal["customer", "staff"]
Effect = Literal["read", "write", "approve"]
Rows = list[JsonObject]

MARK = "__motabot_tool__"


@dataclass(frozen=True)
class ToolMark:
    """What `tool` notes on a function."""

    audience: frozenset[Audience]
    effect: Effect
    adults_only: bool = False


class AgeNotAffirmed(Exception):
    """A tool for adults was wanted for somebody who has not said to be one; the turn must ask instead."""


@dataclass(frozen=True)
class Intent:
    """Something a tool wants done; the turn's commit does it, with the reply, or not at all."""

    @property
    def told(self) -> dict[str, object]:
        """What the model reads as the tool's result."""
        return {"noted": True}


@dataclass(frozen=True)
class QueueReply(Intent):
    """Send this text to the customer. It ends the turn."""

    text: str


@dataclass(frozen=True)
class KeepReply(Intent):
    """Send the draft that waits for its sources: the quotes for each of the sentences that were asked about."""

    sources: Mapping[int, tuple[str, ...]]

    @property
    def told(self) -> dict[str, object]:
        """What the model reads when it was not asked."""
        return {"noted": False, "note": "You were not asked for sources. Write the reply."}


@dataclass(frozen=True)
class HandOff(Intent):
    """Ask a person to take over, with a reason and a summary for them.

    Attributes:
        reason: One word for the list of those who wait.
        summary: What the person should know.
        opens_next: When the shop opens again, if it is closed now.
        is_urgent: Whether somebody may be in danger: staff are notified at once and see it first.
    """

    reason: str
    summary: str

    opens_next: str | None = None
    is_urgent: bool = False

    @property
    def told(self) -> dict[str, object]:
        when = f", after the shop opens again ({self.opens_next})" if self.opens_next else ""
        note = f"A person will be asked. Tell the customer that staff will follow up{when}."
        return {"noted": True, "note": note}


@dataclass(frozen=True)
class LeadUpdate(Intent):
    """Move this phone's lead on."""

    stage: str | None = None
    status: str | None = None
    probability: float | None = None


@dataclass(frozen=True)
class AnyTools:
    """What a tool for both audiences gets: the clock. The model never sees or sets any of it.

    Attributes:
        now: The turn's moment, in UTC.
        zone: The shop's zone, which decides what a day is.
    """

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The shop's day."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class CustomerTools(AnyTools):
    """What a customer's tool gets: who is asking, and how to read for them.

    Attributes:
        shop: What the shop states about itself, and its hours at this moment.
        is_customer: Exactly one customer has this number; only then is anything personal to be read.
        is_adult: Products may be talked about.
        is_beginner: The customer said to be new to it: products are searched among the mild ones only.
        memo: Keeps for a minute what holds for every customer, such as the catalog's words.
    """

    shop: ShopNow
    is_customer: bool
    is_adult: bool
    memo: Memo = field(repr=False)
    run_query: Callable[[str, JsonMapping], Rows] = field(repr=False)
    is_beginner: bool = False

    def rows(self, sql: str, /, **parameters: object) -> Rows:
        """Read as this customer, in a short read-only transaction.

        Args:
            sql: A SELECT over the customer's views: `profile`, `purchases`, `affinity`, `products`,
                `lead` and `messages`; parameters as ``:name``.
            parameters: Values for them.
        """
        return self.run_query(sql, parameters)

    def one(self, sql: str, /, **parameters: object) -> JsonObject | None:
        """The first row of `rows`, or None."""
        found = self.rows(sql, **parameters)
        return found[0] if found else None


@dataclass(frozen=True)
class Proposal(Intent):
    """An action that a person may approve; `shown` is what the model reads of its preview."""

    action: int
    shown: JsonMapping

    @property
    def told(self) -> dict[str, object]:
        note = "Nothing is done yet. A person sees the preview and decides. Say so, and stop."
        return {"proposed": self.action, "preview": dict(self.shown), "note": note}


@dataclass(frozen=True)
class ChartWish:
    """The chart that a model wants next to a table; what it leaves open follows from the result.

    Attributes:
        kind: A line over time, bars, or nothing.
        x: The column along the axis.
        measures: The columns that are drawn.
        series: The column whose values are separate lines or bars.
    """

    kind: Literal["line", "bar", "none"] | None = None
    x: str | None = None
    measures: Sequence[str] = ()
    series: str | None = None


@dataclass(frozen=True)
class StaffTools(AnyTools):
    """What a tool for staff gets. Its results go to a model with placeholders for people.

    Attributes:
        staff: Who is asking.
        run: Runs one SELECT in the sandbox and returns what a model may see of it; with a title its result is kept
            for the answer. Raises ToolFailed with what is wrong.
        propose: Previews an action by name and arguments and keeps it for a person to decide.
    """

    staff: str
    run: Callable[[str, str | None, ChartWish], JsonObject] = field(repr=False)
    propose: Callable[[str, JsonMapping], Proposal] = field(repr=False)

    def query(self, sql: str, title: str = "", *, chart: ChartWish | bool = True) -> JsonObject:
        """Run a SELECT whose rows people see, under a title, with the query.

        Args:
            sql: The SELECT.
            title: What the table is called.
            chart: Whether a chart may be beside it, or which one; a list of candidates wants none.

        Returns:
            `columns`, `rows` (the first fifty), `row_count` and `more`, with placeholders for people.
        """
        wish = chart if isinstance(chart, ChartWish) else ChartWish(None if chart else "none")
        return self.run(sql, title, wish)

    def look(self, sql: str) -> Rows:
        """Run a SELECT for the tool's own use; people stand as placeholders."""
        found = self.run(sql, None, ChartWish("none"))
        return [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]


#: The former names, kept for one release so that a shop's own tools still load.
ToolContext = CustomerTools
StaffContext = StaffTools

F = TypeVar("F", bound=Callable[..., Any])


def tool(
    *, audience: Audience | tuple[Audience, ...], effect: Effect, adults_only: bool = False
) -> Callable[[F], F]:
    """Declare a function to be a tool.

    Args:
        audience: Who may have it called: customers, staff or both.
        effect: "read" changes nothing; "write" returns an intent that the turn's commit applies; "approve"
            becomes a pending action that a person must approve.
        adults_only: It talks of products: a number that is not a customer's is asked for its age first.
    """
    named = (audience,) if isinstance(audience, str) else audience

    def mark(function: F) -> F:
        setattr(function, MARK, ToolMark(frozenset(named), effect, adults_only))
        return function

    return mark
