"""What is known about a question while it is being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.frame import Bound, Filter, SetCondition
from motabot.offline.staff.frames.lexicon import FigureLexicon
from motabot.offline.staff.frames.numbers import Limit

#: Kinds of the shop's words that always describe customers.
OF_CUSTOMERS = frozenset(("tier", "risk", "group", "type", "source", "zip", "state"))
OF_GOODS = frozenset(("category", "flower_type", "effect", "named", "brand", "sku", "flavor", "vendor"))
GOODS = frozenset(("product", "brand", "category", "strain", "flower_type", "vendor"))
TIMES = frozenset(("hour", "weekday", "weekend", "day", "week", "month", "quarter", "year"))


def is_of_customer(given: Filter, lexicon: FigureLexicon) -> bool:
    """Whether a filter is about customers."""
    if given.kind == "flag":
        return list(lexicon.flags[given.values[0]].rows) == ["customers"]
    return given.kind in OF_CUSTOMERS


def narrowest(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The periods without those that contain another one: "this year, in October" is October.

    A period and an end make one: "this year's leads from before October".
    """
    spans = tuple({(span.first, span.last, span.hours): span for span in spans}.values())  # "of the year in 2026"
    if len(spans) == 2:
        for end, other in (spans, spans[::-1]):
            if end.first is None and other.first is not None and other.first <= end.last:
                return (Span(other.first, min(end.last, other.last)),)
    return tuple(
        each
        for each in spans
        if not any(
            other != each
            and other.first
            and (each.first or other.first) <= other.first
            and other.last <= each.last
            for other in spans
        )
    )


@dataclass
class Deed:
    """A condition that is still being read: what customers (or products ...) did or did not do."""

    verb: str
    at: int
    positive: bool = True
    ever: bool = False
    only: bool = False
    of: str = ""
    also: bool = False
    clause: bool = False
    filters: list[Filter] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)

    def closed(self) -> SetCondition:
        """The condition as it was read."""
        return SetCondition(
            self.of or "customer", self.positive, tuple(self.filters), narrowest(self.spans), tuple(self.bounds), self.only,
            self.verb,
        )  # fmt: skip


@dataclass
class Placed:
    """A filter, its position, and the position where it is repeated."""

    filter: Filter
    at: int
    again: int = -1


@dataclass
class FigureDraft:
    """Everything read so far.

    Attributes:
        measures, nouns: Figures and things named, in the order of the question.
        of: What the question is about, if it is about things: "customer", "brand" ...
        counts: Whether the number of `of` is asked for.
        deeds: Conditions on `of`.
        filters: What is true of the rows that count.
        turns: Names of operators that turn a figure into a related one: "net", "undiscounted" ...
        ranks: All measures that an order is asked by: "by dollars and by percent".
        recent: Whether the newest are asked for.
        relative: Whether a change is ranked by percent.
        both_ends: Whether the largest and the smallest are asked for.
        unclear: Unused words.
    """

    measures: list[str] = field(default_factory=list)
    of: str = ""
    of_at: int = -1
    counts: bool = False
    is_count: bool = False
    much: bool = False
    lists: bool = False
    by: list[str] = field(default_factory=list)
    per: list[str] = field(default_factory=list)
    rank: str = ""
    ranks: list[str] = field(default_factory=list)
    spread: str = ""
    spread_at: int = -1
    spreads: list[str] = field(default_factory=list)
    by_at: int = -1
    each: bool = False
    how: bool = False
    when: str = ""
    lag: int = 1
    share_at: int = -1
    share_ratio: bool = False
    measure_at: int = -1
    verb_at: int = -1
    be_at: int = -1
    order: str = ""
    order_at: int = -1
    change: str = ""
    step: str = ""
    before: bool = False
    compares: bool = False
    compare_at: int = -1
    different: bool = False
    turns: list[str] = field(default_factory=list)
    recent: bool = False
    relative: bool = False
    both_ends: bool = False
    joined: bool = False
    verbs: set[str] = field(default_factory=set)
    deeds: list[Deed] = field(default_factory=list)
    filters: list[Placed] = field(default_factory=list)
    spans: list[tuple[Span, int]] = field(default_factory=list)
    bounds: list[tuple[Limit, str]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    splits: bool = False
    who: str = ""

    @property
    def deed(self) -> Deed | None:
        """The condition that is being read."""
        return self.deeds[-1] if self.deeds else None
