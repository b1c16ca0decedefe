"""Figures that follow from cells: sums, differences, shares, means and rates of those that a sentence names."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid

#: How many named cells at most are tried in pairs.
_MOST_NAMED: Final = 40
#: How many named cells at most are tried in sums.
_MOST_SUMMED: Final = 7
_ZERO: Final = Decimal(0)


def of_whole(grid: Grid, places: Sequence[int]) -> Iterator[Decimal]:
    """What follows from whole columns: sum, mean, median and range."""
    for place in places:
        column = grid.column(place)
        if len(column) > 1:  # a single cell is not a sum
            yield grid.sums[place]
            yield from (grid.sums[place] / len(column), median(column), max(column) - min(column))
    for like in _by_unit(grid, grid.sums):
        yield from differences(like)


def of_labels(grid: Grid) -> Iterator[Decimal]:
    """The sum of each label's rows, if rows have labels of several kinds: each month's, each store's."""
    if len(grid.labels) < 2:
        return
    for dim in grid.labels:
        labels: dict[str, list[int]] = {}
        for n in (n for n in range(len(grid.rows)) if n not in grid.totals):
            labels.setdefault(str(grid.rows[n][dim]), []).append(n)
        for rows, place in itertools.product(labels.values(), grid.measures):
            total = grid.total(place, rows)
            if len(rows) > 1 and total is not None:
                yield total


def of_rows(
    grid: Grid, rows: Sequence[int], places: Sequence[int] | None = None, *, has_means: bool = True
) -> Iterator[Decimal]:
    """What follows from named rows: sums, means and differences in a column, and in a row those of one unit.

    Args:
        grid: The result.
        rows: The rows.
        places: The columns that are meant; None: any.
        has_means: Whether means are included.
    """
    for place in grid.measures if places is None else places:
        column = [number for n in rows[:_MOST_NAMED] if (number := grid.numbers[n][place]) is not None]
        if not column:
            continue
        if len(column) > 1:
            yield sum(column, _ZERO)
            if has_means or len(set(column)) == 1:
                yield sum(column, _ZERO) / len(column)
            yield from _sums_of_some(column)
        yield from differences(column)
    for n in rows:
        moved = [
            None if "change" in column.about else number
            for column, number in zip(grid.columns, grid.numbers[n], strict=True)
        ]
        for like in _by_unit(grid, moved):
            yield from differences(like)
            yield from _sums_of_some(like)


def sums_of_changes(grid: Grid, rows: Sequence[int]) -> Iterator[Decimal]:
    """How far named rows moved together, and all of them, between the periods of two columns."""
    for place in grid.changes[:1]:
        for chosen in (rows, range(len(grid.rows))):
            yield sum((number for n in chosen if (number := grid.numbers[n][place]) is not None), _ZERO)


def of_the_rest(grid: Grid, rows: Sequence[int]) -> Iterator[Decimal]:
    """The sum and the mean of the rows that are not named."""
    if len(grid.rows) == 1:
        for like in _by_unit(grid, grid.numbers[0]):
            yield from (max(like) - total for total in _sums_of_some(sorted(like)[:-1]))
    left = [n for n in range(len(grid.rows)) if n not in rows]
    for place in grid.measures:
        column = [number for n in left if (number := grid.numbers[n][place]) is not None]
        if len(column) > 1:
            yield from (sum(column, _ZERO), sum(column, _ZERO) / len(column))


def quotients_of_rows(grid: Grid, rows: Sequence[int], places: Sequence[int]) -> Iterator[Decimal]:
    """How named rows compare: quotients, relative changes, and their share of the whole column together."""
    for place in places:
        column = [number for n in rows[:_MOST_NAMED] if (number := grid.numbers[n][place]) is not None]
        yield from quotients(column)
        if grid.sums[place] and column:
            together = sum(column, _ZERO)
            yield from (
                number / grid.sums[place] for number in (together, grid.sums[place] - together) if len(column) > 1
            )
    lines: list[Sequence[Decimal | None]] = [grid.sums, *(grid.numbers[n] for n in rows)]
    for line in lines:
        yield from _quotients_beside(grid, line)


def shares_within(grid: Grid, rows: Sequence[int], places: Sequence[int]) -> Iterator[Decimal]:
    """What part rows are of those with the same label of each kind: "36% of flower sales"."""
    for row, dim, place in itertools.product(rows, grid.labels, places):
        alike = [
            n for n, each in enumerate(grid.rows) if each[dim] == grid.rows[row][dim] and n not in grid.totals
        ]
        number, whole = grid.numbers[row][place], grid.total(place, alike)
        if len(alike) > 1 and number is not None and whole:
            yield number / whole


def rates(grid: Grid, rows: Sequence[int], per: frozenset[str] = frozenset()) -> Iterator[Decimal]:
    """Figures of one unit for each of another, such as sales a ticket: of whole columns, and of named rows.

    Args:
        grid: The result.
        rows: The rows that are named.
        per: What the others are about; empty: anything. If no column is about it, anything is meant.
    """
    units = [column.unit for column in grid.columns]
    meant = {n for n in grid.measures if grid.columns[n].about & per} or set(grid.measures)
    lines: list[Sequence[Decimal | None]] = [grid.sums, *(grid.numbers[n] for n in rows)]
    for numbers in lines:
        for one, other in itertools.permutations(grid.measures, 2):
            above, below = numbers[one], numbers[other]
            if units[one] != units[other] and other in meant and above is not None and below:
                yield above / below


def of_figures(known: Sequence[Written]) -> Iterator[Decimal]:
    """Sums and differences of the figures that a sentence has."""
    for is_percent in (True, False):
        like = [each.value for each in known if each.is_percent == is_percent]
        yield from differences(like)
        yield from _sums_of_some(like)


def percents_of_figures(known: Sequence[Written]) -> Iterator[Decimal]:
    """Quotients, changes and fractions among the figures that a sentence has, as percentages."""
    yield from (number * 100 for number in quotients_of_figures(known))
    yield from (each.value * 100 for each in known if each.value <= 1 and not each.is_percent)


def quotients_of_figures(known: Sequence[Written]) -> Iterator[Decimal]:
    """Quotients and relative changes of the figures that a sentence has."""
    yield from quotients([each.value for each in known if not each.is_percent])


def differences(numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    """Differences of each two numbers."""
    few = [each for each in numbers[:_MOST_NAMED] if each]  # what differs from nothing is a cell
    yield from (one - other for one, other in itertools.combinations(few, 2))


def quotients(numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    """Quotients and relative changes of each two numbers."""
    for one, other in itertools.permutations(numbers[:_MOST_NAMED], 2):
        if other:
            yield from (one / other, (one - other) / other)


def largest_sums(grid: Grid, many: int) -> Iterator[tuple[int, Decimal]]:
    """The sums of the first and of the largest rows, with the column's place: "the top five"."""
    for place in grid.measures:
        column = grid.column(place)
        if grid.columns[place].adds_up or not grid.columns[place].unit:
            yield place, sum(column[:many], _ZERO)
            yield place, sum(sorted(column, reverse=True)[:many], _ZERO)
            yield place, sum(sorted(column)[:many], _ZERO)


def _quotients_beside(grid: Grid, line: Sequence[Decimal | None]) -> Iterator[Decimal]:
    """Quotients of a row's figures of one unit; relative changes where they are of two periods."""
    for one, other in itertools.permutations(grid.measures, 2):
        first, second = grid.columns[one], grid.columns[other]
        number, base = line[one], line[other]
        if first.unit == second.unit and number is not None and base:
            yield number / base
            if (first.days and second.days) or first.about == second.about:
                yield (number - base) / base


def _sums_of_some(numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    """Sums of two or more of a few numbers."""
    few = [each for each in numbers if each][:_MOST_SUMMED]
    for many in range(2, len(few) + 1):
        yield from (sum(some, _ZERO) for some in itertools.combinations(few, many))


def _by_unit(grid: Grid, numbers: Sequence[Decimal | None]) -> Iterable[list[Decimal]]:
    """The figures of a row, those of one unit together."""
    units: dict[str, list[Decimal]] = {}
    for n in grid.measures:
        number = numbers[n]
        if number is not None:
            units.setdefault(grid.columns[n].unit, []).append(number)
    return units.values()
