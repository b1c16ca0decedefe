"""Which chart a result asks for, by its shape: a line over time, bars for a ranking or a distribution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from motabot.boundary import Cell, JsonObject
from motabot.staff.formats import format_of
from motabot.staff.sandbox.run import Column

_TIMES = frozenset({"date", "timestamp", "timestamptz"})
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_FEWEST, _MOST_BARS, _MOST_POINTS, _MOST_SERIES, _MOST_LINES = 2, 40, 1_000, 2, 8
_ORDERED = re.compile(r"\border\s+by\s+(?:\w+\.)?\"?(\w+)", re.IGNORECASE)
_TOTALS = re.compile(r"\b(?:rollup|cube|grouping\s+sets)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
#: Figures that differ by a larger factor cannot be read on one axis.
_LIKE_SIZE = 10


def chart_of(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    sql: str = "",
    words: str = "",
    today: date | None = None,
) -> JsonObject | None:
    """The chart of a result, or None.

    Args:
        columns: The result's columns.
        rows: Its rows.
        sql: The query: its ORDER BY says which measure was asked for, and ROLLUP that there are totals.
        words: Question or title, which may name the measure.
        today: The shop's day; a period that it falls into is not over.

    Returns:
        `kind` ("line" over time, "ranking" of names, "distribution" over numbers or days of the week), `x` (a
        column's index) and `y` (indices of one or two columns). Where they differ from the usual: `rows` (indices
        of the rows to draw, in order), `series` (the column whose values are lines or bars of their own), `unit`
        ("month") and `running` (the last period is not over).
    """
    kept = _without_totals(columns, rows, sql)
    if len(columns) < 2 or not _FEWEST <= len(kept) <= _MOST_POINTS:
        return None
    x = _label(columns)
    drawn = [rows[n] for n in kept]
    numbers = [n for n in range(1, len(columns)) if _all(drawn, n, int | float | Decimal)]
    if not numbers:
        return None
    series = _series(columns, drawn, x, numbers)
    labels = [row[x] for row in drawn]
    if series is None and len(set(map(str, labels))) != len(labels):
        return None
    asked = _asked(columns, numbers, sql, words)
    chart = _shape(columns, drawn, x, numbers, asked)
    if chart is None:
        return None
    if series is not None:
        chart |= {"series": series, "y": [numbers[0] if asked is None else asked]}
    if chart["kind"] == "line":
        order = sorted(kept, key=lambda n: str(rows[n][x]))
        chart |= _periods([str(rows[n][x])[:10] for n in order], today)
        kept = order
    return chart if kept == list(range(len(rows))) else {**chart, "rows": kept}


def _shape(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    x: int,
    numbers: Sequence[int],
    asked: int | None,
) -> JsonObject | None:
    first = [n for n in numbers if n == asked] + [n for n in numbers if n != asked]
    is_ranked = asked is not None and _falls(rows, asked) and len(rows) <= _MOST_BARS
    if (columns[0].type in _TIMES or _all(rows, 0, date)) and not (is_ranked and not _rises(rows)):
        return {"kind": "line", "x": 0, "y": _together(columns, rows, first)}
    if len(rows) > _MOST_BARS:
        return None
    if _all(rows, x, str | date):
        kind = "distribution" if {row[x] for row in rows} <= _DAYS else "ranking"
        return {"kind": kind, "x": x, "y": [_ranked_by(rows, numbers) if asked is None else asked]}
    last = numbers[-1:] if asked is None else [asked]
    return {"kind": "distribution", "x": 0, "y": last} if _all(rows, 0, int) else None


def _asked(columns: Sequence[Column], numbers: Sequence[int], sql: str, words: str) -> int | None:
    """The measure that the rows are sorted by, or that the words name; None: neither."""
    names = [column.name.lower() for column in columns]
    found = _ORDERED.findall(sql)
    if found:
        term = found[-1].lower()
        place = int(term) - 1 if term.isdecimal() else names.index(term) if term in names else -1
        if place in numbers:
            return place
    said = set(_WORD.findall(words.lower()))
    named = [n for n in numbers if set(names[n].split("_")) <= said]
    return named[0] if named else None


def _series(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], x: int, numbers: Sequence[int]
) -> int | None:
    """A second label whose values part a long result into series; None: there is none."""
    others = [n for n in range(len(columns)) if n != x and n not in numbers and columns[n].type not in _TIMES]
    if len(others) != 1 or len({str(row[x]) for row in rows}) == len(rows):
        return None
    pairs = {(str(row[x]), str(row[others[0]])) for row in rows}
    values = {str(row[others[0]]) for row in rows}
    return others[0] if len(pairs) == len(rows) and 2 <= len(values) <= _MOST_LINES else None


def _without_totals(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], sql: str) -> list[int]:
    """Indices of the rows that are no totals of ROLLUP, CUBE or GROUPING SETS."""
    every = list(range(len(rows)))
    if not _TOTALS.search(sql):
        return every
    labels = [n for n in range(len(columns)) if not _all(rows, n, int | float | Decimal)]
    return [n for n in every if all(rows[n][label] is not None for label in labels)]


def _periods(days: Sequence[str], today: date | None) -> JsonObject:
    """Whether the days of a time axis are months, and whether the last period is not over."""
    try:
        read = [date.fromisoformat(day) for day in days]
    except ValueError:
        return {}
    is_month = len(read) > 1 and all(day.day == 1 for day in read)
    is_week = len(read) > 1 and all(day.isoweekday() == 1 for day in read) and not is_month
    told: JsonObject = {"unit": "month"} if is_month else {}
    if today is not None:
        last = read[-1]
        months = is_month and (last.year, last.month) == (today.year, today.month)
        if months or (is_week and last <= today < last + timedelta(days=7)):
            told["running"] = True
    return told


def _falls(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return len(set(values)) > 1 and values == sorted(values, reverse=True)


def _rises(rows: Sequence[Sequence[Cell]]) -> bool:
    moments = [str(row[0]) for row in rows]
    return moments == sorted(moments)


def _label(columns: Sequence[Column]) -> int:
    """The column that says what a row is about: the first, and for customers their names."""
    names = [column.name.lower() for column in columns]
    return names.index("name") if format_of(columns[0]) == "customer" and "name" in names else 0


def _together(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], numbers: Sequence[int]) -> list[int]:
    """The first figure, and others that can be read beside it: of another unit, or of a like size."""
    first, *others = numbers

    def most(n: int) -> Cell:
        return max((abs(row[n]) for row in rows if row[n] is not None), default=0)

    def fits(n: int) -> bool:
        if format_of(columns[n]) != format_of(columns[first]):
            return True  # the other axis is free
        return bool(0 < max(most(n), most(first)) <= _LIKE_SIZE * min(most(n), most(first)))

    return [first, *filter(fits, others)][:_MOST_SERIES]


def _ranked_by(rows: Sequence[Sequence[Cell]], numbers: Sequence[int]) -> int:
    """The column that the rows are sorted by, or the last one."""
    for n in numbers:
        values = [row[n] for row in rows if row[n] is not None]
        if len(set(values)) > 1 and values == sorted(values, reverse=True):
            return n
    return numbers[-1]


def _all(rows: Sequence[Sequence[Cell]], column: int, kind: Cell) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(isinstance(value, kind) and not isinstance(value, bool) for value in values)
