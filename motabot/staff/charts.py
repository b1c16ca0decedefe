"""Which chart a result asks for, by its shape: a line over time, bars for a ranking or a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from motabot.staff.formats import format_of
from motabot.staff.sandbox.run import Column

_TIMES = frozenset({"date", "timestamp", "timestamptz"})
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_FEWEST, _MOST_BARS, _MOST_POINTS, _MOST_SERIES = 2, 40, 1_000, 2
#: Figures that differ by a larger factor cannot be read on one axis.
_LIKE_SIZE = 10


def chart_of(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> dict[str, Any] | None:
    """The chart of a result, or None.

    Returns:
        `kind` ("line" over time, "ranking" of names, "distribution" over numbers or days of the week), `x` (a
        column's index) and `y` (indices of one or two columns).
    """
    if len(columns) < 2 or not _FEWEST <= len(rows) <= _MOST_POINTS:
        return None
    x = _label(columns)
    numbers = [n for n in range(1, len(columns)) if _all(rows, n, int | float | Decimal)]
    labels = [row[x] for row in rows]
    if not numbers or len(set(map(str, labels))) != len(labels):
        return None
    if columns[0].type in _TIMES or _all(rows, 0, date):
        return {"kind": "line", "x": 0, "y": _together(columns, rows, numbers)}
    if len(rows) > _MOST_BARS:
        return None
    if _all(rows, x, str):
        kind = "distribution" if set(labels) <= _DAYS else "ranking"
        return {"kind": kind, "x": x, "y": [_ranked_by(rows, numbers)]}
    return {"kind": "distribution", "x": 0, "y": numbers[-1:]} if _all(rows, 0, int) else None


def _label(columns: Sequence[Column]) -> int:
    """The column that says what a row is about: the first, and for customers their names."""
    names = [column.name.lower() for column in columns]
    return names.index("name") if format_of(columns[0]) == "customer" and "name" in names else 0


def _together(columns: Sequence[Column], rows: Sequence[Sequence[Any]], numbers: Sequence[int]) -> list[int]:
    """The first figure, and others that can be read beside it: of another unit, or of a like size."""
    first, *others = numbers

    def most(n: int) -> Any:
        return max((abs(row[n]) for row in rows if row[n] is not None), default=0)

    def fits(n: int) -> bool:
        if format_of(columns[n]) != format_of(columns[first]):
            return True  # the other axis is free
        return bool(0 < max(most(n), most(first)) <= _LIKE_SIZE * min(most(n), most(first)))

    return [first, *filter(fits, others)][:_MOST_SERIES]


def _ranked_by(rows: Sequence[Sequence[Any]], numbers: Sequence[int]) -> int:
    """The column that the rows are sorted by, or the last one."""
    for n in numbers:
        values = [row[n] for row in rows if row[n] is not None]
        if len(set(values)) > 1 and values == sorted(values, reverse=True):
            return n
    return numbers[-1]


def _all(rows: Sequence[Sequence[Any]], column: int, kind: Any) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(isinstance(value, kind) and not isinstance(value, bool) for value in values)
