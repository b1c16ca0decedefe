"""Figures that follow from the rows that a sentence names, and bounds that cells keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motabot.staff.word_check.derived import Numbers, percents_of
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.remark import Remark
from motabot.text.regex import regex

_BOUND: Final = regex(
    r"\b(?:over|above|below|under|passed?|past|within|exceed\w*|more than|less than|fewer than|at least"
    r"|at most|up to"
    r"|topped|between|reached|a bit less than|mas de|menos de)\s+(?:\$?[\d,.]+%? and )?$"
)
_BETWEEN: Final = regex(r"\b(?:between|entre)\s+(?:[\d,.]+% (?:and|y) )?$")
_TOGETHER: Final = regex(r"\b(?:top|together|combined|first|juntos|rest|others?|between them)\b")
#: What another row has, that need not be named: "34.8% against 31.1%".
_AGAINST: Final = regex(r"\d%? (?:against|versus|vs\.?|compared (?:with|to)) $")
#: Percentages are judged by the rows of a sentence that names at most so many.
_MOST_ROWS: Final = 6


def is_of_rows(remark: Remark, figure: Written) -> bool | None:
    """Whether a percentage follows from the rows that its sentence names; None if none, or several together."""
    if _TOGETHER.search(remark.flat) or _AGAINST.search(remark.flat[: figure.start]):
        return None
    found = None
    for n, each in enumerate(remark.beside):
        labels = [*each.labels, *(remark.before.beside[n].labels if remark.before else ())]
        rows = sorted({row for label in labels for row in label.rows})
        if rows and len(rows) <= _MOST_ROWS:
            is_cell = figure.step < 1 and _is_cell(each.grid, figure)
            found = bool(found) or is_cell or percents_of(each.grid, rows).has(figure)
    return found


def _is_cell(grid: Grid, figure: Written) -> bool:
    return any(Numbers(grid.column(n)).has(figure) for n in grid.measures)


def is_bound(remark: Remark, figure: Written) -> bool:
    """Whether a round figure is a bound that some cells keep: "only two products passed $2,000"."""
    if figure.is_percent and _BETWEEN.search(remark.flat[: figure.start]):
        return any(_is_among(each.grid, figure, ("percent",)) for each in remark.beside)
    if figure.step < 1 or not _BOUND.search(remark.flat[: figure.start]):
        return False
    if figure.is_percent:
        return _is_bound_of_rows(remark, figure)
    units = ("money", "number") if figure.is_money else ("count", "number")
    return any(_is_among(each.grid, figure, units) for each in remark.beside)


def _is_among(grid: Grid, figure: Written, units: Sequence[str]) -> bool:
    """Whether a figure is of the size of the cells of some column."""
    columns = [grid.column(n) for n in grid.measures if grid.columns[n].unit in units]
    return any(min(column) <= figure.value * 2 and figure.value <= max(column) * 2 for column in columns if column)


def _is_bound_of_rows(remark: Remark, figure: Written) -> bool:
    """Whether a percentage of the rows that the sentence names keeps a bound: "fewer than 5% of the units"."""
    value = float(figure.value)
    low, high = (value, value * 1.5) if figure.hedge == "over" else (value / 2, value)
    return figure.hedge in ("over", "under") and any(
        percents_of(each.grid, sorted({row for label in each.labels for row in label.rows})).within(low, high)
        for each in remark.beside
        if 0 < len(each.labels) <= _MOST_ROWS
    )
