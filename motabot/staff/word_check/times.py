"""Whether the figures of a sentence are of the period that it names."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from motabot.offline.dates.ranges import Span
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.reading import Cell, HeldSentence
from motabot.text.regex import regex

#: How many days the ends of a period may be off: "the last 30 days" is counted in more than one way.
_DAYS_OFF, _FEW_DAYS = 2, 10
_NOW: Final = regex(r"\b(?:now|today|hoy|ahora|so far|to date)\b")

_DAYS: Final = regex(r"\b(\d{1,3})(?: more)? (?:days?|dias?)\b")
_SINCE: Final = regex(r"\b(?:since|from|starting|beginning|desde)\b")


def untimely(reading: HeldSentence) -> set[Written]:
    """The figures that are cells, but of another period than the sentence names.

    Rows that are grouped by periods are named by them (`motabot.staff.word_check.binding`); otherwise the period
    is that of the query, or a date of the row.
    """
    grid = reading.grid
    is_cut = any(map(grid.is_axis, grid.periods)) or any(grid.columns[n].days for n in grid.measures)
    is_now = grid.days is None and any(_NOW.search(span.said) for span in reading.spans)
    if is_cut or is_now or any(span.first is None for span in reading.spans):
        return set()
    if all(_is_of_row(reading, span) for span in reading.spans):
        return set()
    if is_of_query(reading):
        return set()
    return {
        figure for figure in reading.figures if (found := reading.cells(figure)) and not _is_dated(reading, found)
    }


def elapsed(reading: HeldSentence) -> set[Decimal]:
    """Past or remaining days of the current period, if a sentence counts days: "after 56 days"."""
    grid, today = reading.grid, reading.grid.today
    if today is None:
        return set()
    periods = [days for dim in grid.periods for n in grid.running(dim) if (days := grid.periods[dim][n])]
    periods += [grid.days] if grid.days and grid.days[1] >= today else []
    counted = {Decimal(match[1]) for match in _DAYS.finditer(reading.flat)}
    spans = {abs((today - day).days) + off for days in periods for day in days for off in (0, 1)}
    return counted & set(map(Decimal, spans))


def _is_of_row(reading: HeldSentence, span: Span) -> bool:
    """Whether a day that a sentence names is a date of some row, so that it may be about that row alone."""
    return span.first == span.last and any(
        days is not None and days[0] == span.first for periods in reading.grid.periods.values() for days in periods
    )


def _is_dated(reading: HeldSentence, cells: Iterable[Cell]) -> bool:
    """Whether a row of some cells has a date within a period that the sentence names."""
    return any(
        (days := periods[row]) and span.first and span.first <= days[0] <= span.last
        for span in reading.spans
        for periods in reading.grid.periods.values()
        for row, _place in cells
    )


def is_of_query(reading: HeldSentence) -> bool:
    """Whether a period of the sentence, or all of them together, is that of the query."""
    grid, today = reading.grid, reading.grid.today
    if grid.days is None or today is None:
        return not grid.is_timeless or _is_of_all_time(reading)
    begin, end = grid.days
    pairs = [(span.first, span.last) for span in reading.spans if span.first]
    if not pairs:
        return True
    pairs.append((min(first for first, _last in pairs), max(last for _first, last in pairs)))
    off = _DAYS_OFF if (end - begin).days > _FEW_DAYS else 0
    return any(
        abs((first - begin).days) <= off and abs((min(last, today) - min(end, today)).days) <= off
        for first, last in pairs
    )


def _is_of_all_time(reading: HeldSentence) -> bool:
    """Whether a sentence is about the time since the data's first day: "since November 2024"."""
    first = reading.grid.first
    return first is not None and all(
        span.first is not None
        and (span.first <= first or (span.first.year, span.first.month) == (first.year, first.month))
        and _SINCE.search(reading.flat) is not None
        for span in reading.spans
    )
