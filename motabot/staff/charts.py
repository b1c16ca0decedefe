"""Which chart a result asks for, by its shape: a line over time, bars for a ranking or a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from motabot.staff.sandbox import Column

_TIMES = frozenset({"date", "timestamp", "timestamptz"})
_FEWEST, _MOST_BARS, _MOST_POINTS, _MOST_SERIES = 2, 40, 1_000, 3


def chart_of(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> dict[str, Any] | None:
    """The chart of a result, or None.

    Returns:
        `kind` ("line" or "bar"), `x` (a column's index) and `y` (indices of one to three columns).
    """
    if len(columns) < 2 or not _FEWEST <= len(rows) <= _MOST_POINTS:
        return None
    numbers = [n for n in range(1, len(columns)) if _all(rows, n, int | float | Decimal)]
    if not numbers:
        return None
    if columns[0].type in _TIMES or _all(rows, 0, date):
        return {"kind": "line", "x": 0, "y": numbers[:_MOST_SERIES]}
    is_ranking = _all(rows, 0, str) and len({row[0] for row in rows}) == len(rows)
    is_distribution = _all(rows, 0, int) and len({row[0] for row in rows}) == len(rows)
    if len(rows) <= _MOST_BARS and (is_ranking or is_distribution):
        return {"kind": "bar", "x": 0, "y": numbers[-1:] if is_ranking else numbers[:1]}
    return None


def _all(rows: Sequence[Sequence[Any]], column: int, kind: Any) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(isinstance(value, kind) and not isinstance(value, bool) for value in values)
