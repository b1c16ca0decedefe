"""A question about figures, taken apart: measures, groupings, filters, sets, periods, order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from motabot.offline.dates.ranges import Span

Spread = Literal["", "average", "median", "highest", "lowest"]
Change = Literal["", "between", "steps"]


@dataclass(frozen=True)
class Filter:
    """What rows must have.

    Attributes:
        kind: A kind of the shop's words ("category", "location", "named"), "flag", "weekday", "hours", "worth" or
            "member".
        values: The values that fit; for a flag its name; for weekdays ISO numbers; for hours the first and the one
            after the last.
        positive: False: rows that have it are left out.
        words: The question's own words.
        others: Alternative filters: "without a phone or without an email".
    """

    kind: str
    values: tuple[str, ...]
    positive: bool = True
    words: str = ""
    others: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Bound:
    """A limit on a figure: `measure` `sign` `number`.

    Attributes:
        measure: A measure's name, or "different X" for the number of different X.
        sign: The comparison in SQL.
        number: The number that the figure is compared with.
        words: The question's own words.
    """

    measure: str
    sign: str
    number: Decimal
    words: str = ""


@dataclass(frozen=True)
class SetCondition:
    """What a customer (or product, or brand) must have done to belong to a set.

    Attributes:
        of: What kind of thing belongs to the set: "customer", "product", "brand" ...
        positive: False: those who did it are left out.
        filters: What is true of the rows that count.
        spans: When; empty: ever.
        bounds: How much or how often; empty: at least once.
        only: Whether they did nothing else.
        verb: "buy", "visit", "spend", "join", "first" or "return".
    """

    of: str = "customer"
    positive: bool = True
    filters: tuple[Filter, ...] = ()
    spans: tuple[Span, ...] = ()
    bounds: tuple[Bound, ...] = ()
    only: bool = False
    verb: str = ""


@dataclass(frozen=True)
class Share:
    """The part of a whole that is asked for.

    Attributes:
        filters, conditions: What is true of the part; both empty: the share of each group.
        of_measure: The first measure as a share of the second.
    """

    filters: tuple[Filter, ...] = ()
    conditions: tuple[SetCondition, ...] = ()
    of_measure: bool = False


@dataclass(frozen=True)
class FigureFrame:
    """A question, taken apart.

    Attributes:
        measures: Names of measures, or "count X" for the number of X; empty: the things themselves are listed.
        of: What is listed, counted, or narrowed down by the conditions: "customer", "product", "brand" ...; a single
            row is a "transaction", "refund", "text" or "lead".
        by: Groupings.
        per: What figures are added up by before they are averaged, or "".
        spread: How the figures of `per`, or of single rows, are combined.
        filters: What is true of the rows that count.
        conditions: What is true of the members of `of`.
        bounds: Limits on the figure of a group.
        share: The part asked for; None: no share.
        spans: Periods; empty: all time.
        change: "between" periods, or in "steps" from each to the next.
        falls: Whether the largest come first.
        ranked: Whether an order was asked for.
        rank: The measure by which groups are ranked, if it is not the first; for single rows "time", "amount" or
            "probability".
        limit: The most rows.
        percent_limit: Whether the limit is a percentage of all groups.
        who: The customer the question is about, as a placeholder or words.
        lag: How many steps back a change is measured against.
        spreads: More ways of combining figures, each in its own column.
        top_of: Only the rows of this frame: the first that it ranks, or all where it has no limit.
        relative: Whether a change is ranked by percent.
        both_ends: Whether the largest and the smallest are asked for.
        each: Whether the largest of each group are asked for instead of those of all.
        factor: Only those whose later figure is above (or, where `falls` is false, below) the earlier one times this;
            0: all whose figure has changed.
        shows: Columns of customers that a list of them shows beside their names.
    """

    measures: tuple[str, ...] = ()
    of: str = ""
    by: tuple[str, ...] = ()
    per: str = ""
    spread: Spread = ""
    filters: tuple[Filter, ...] = ()
    conditions: tuple[SetCondition, ...] = ()
    bounds: tuple[Bound, ...] = ()
    share: Share | None = None
    spans: tuple[Span, ...] = ()
    change: Change = ""
    falls: bool = True
    ranked: bool = False
    rank: str = ""
    limit: int | None = None
    percent_limit: bool = False
    counts_groups: bool = False
    who: str = ""
    lag: int = 1
    relative: bool = False
    both_ends: bool = False
    each: bool = False
    spreads: tuple[Spread, ...] = ()
    top_of: FigureFrame | None = None
    factor: Decimal = Decimal(0)
    shows: tuple[str, ...] = ()

    def edited(self, **changes: object) -> FigureFrame:
        """The same with other parts."""
        return replace(self, **changes)  # type: ignore[arg-type]
