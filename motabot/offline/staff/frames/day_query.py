"""Averages per day: sums divided by calendar days, including those on which nothing happened."""

from __future__ import annotations

from motabot.offline.staff.frames.columns import CannotCombine, all_of, time_of
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.expressions import Source
from motabot.offline.staff.frames.frame import FigureFrame

#: Relations whose first and last day are those of the shop's sales.
_OF_SALES = frozenset(("tickets", "lines", "movements", "refunds", "visits"))
_DAY = "d.d::date"


def is_over_all_days(frame: FigureFrame) -> bool:
    """Whether a frame averages sums over all days of one period."""
    return frame.per == "day" and frame.spread == "average" and not frame.spreads and len(frame.spans) < 2


def days_of(frame: FigureFrame, source: Source) -> str:
    """The number of days of a frame's period, as a subquery next to the rows of `found`.

    The period ends with the last day that has a row, so that a day that has just begun does not count.
    """
    of, day = ("sales f", "f.day") if source.name in _OF_SALES else (source.relation.sql, source.day)
    first, last = f"(select min({day}) from {of})", f"(select max({day}) from {of})"
    span = frame.spans[0] if frame.spans else None
    if span is not None:
        first = f"greatest(date '{span.first}', {first})" if span.first else first
        last = f"least(date '{span.last}', {last})"
    same = [f"{time_of(name, _DAY)} = found.{name}" for name in frame.by if name in TIMES]
    if "hour" in frame.by:
        raise CannotCombine("hour")
    weekdays = [
        f"extract(isodow from {_DAY}) {'' if each.positive else 'not '}in ({', '.join(each.values)})"
        for each in frame.filters
        if each.kind == "weekday"
    ]
    where = all_of([*same, *weekdays])
    days = f"select count(*) from generate_series({first}, {last}, interval '1 day') as d (d)"
    return f"({days}{f' where {where}' if where else ''})"
