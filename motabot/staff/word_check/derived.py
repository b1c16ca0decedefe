"""The numbers that follow from results: cells, sums, differences, shares, ratios, means and counts."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import fmean, median
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid

#: Of a result with at most this many rows an answer may compare any two.
_FEW_ROWS: Final = 4
#: At most this many named rows are compared in pairs, and summed in every choice.
_MOST_PAIRED, _MOST_SUMMED = 40, 8
#: A figure with at least this many digits does not equal a difference of two cells by chance.
_EXACT: Final = 4
_PERCENT_UNITS: Final = ("percent", "number", "")


class Numbers:
    """Numbers in order, searched by what a figure may round."""

    def __init__(self, numbers: Iterable[float | Decimal]) -> None:
        self._sorted = sorted({abs(float(each)) for each in numbers})

    def has(self, figure: Written) -> bool:
        """Whether a number reads like a figure."""
        return self.within(*figure.bounds)

    def within(self, low: float, high: float) -> bool:
        """Whether a number lies between two others."""
        place = bisect_left(self._sorted, low)
        return place < len(self._sorted) and self._sorted[place] <= high

    @property
    def all(self) -> Sequence[float]:
        """The numbers in order."""
        return self._sorted


class Derived:
    """What follows from one result.

    Attributes:
        plain: Dollars, counts and other numbers.
        exact: Differences of any two cells, for figures of many digits.
        percents: Shares, changes and ratios in percent.
    """

    def __init__(self, grid: Grid, named: Iterable[int]) -> None:
        """
        Args:
            grid: The result.
            named: The rows that the answer or the question names.
        """
        self._grid = grid
        size = len(grid.rows)
        named = set(named)
        rows = range(size) if size <= _FEW_ROWS else sorted(named or {0, 1, size - 1})[:_MOST_PAIRED]
        ordered = zip(range(size), range(1, size), strict=False) if any(map(grid.is_axis, grid.periods)) else ()
        self._pairs = [*itertools.combinations(rows, 2), *ordered]
        self._shared = sorted(named) or range(size)
        self._rows = rows
        self.plain = Numbers(self._plain())
        self.exact = Numbers(self._differences())
        self.percents = Numbers(each * 100 for each in self._parts())
        self._stated = Numbers(
            number * scale
            for place in grid.measures
            for number in self._column(place)
            for scale in (1, 100)
            if scale == 1 or abs(number) <= 1
        )
        self._of_shares = Numbers(number * scale for number in self._from_shares() for scale in (1, 100))

    def has(self, figure: Written) -> bool:
        """Whether a figure is a cell of the result or follows from its cells."""
        if figure.is_percent:
            return any(each.has(figure) for each in (self._stated, self.percents, self._of_shares))
        return self.plain.has(figure) or (figure.digits >= _EXACT and self.exact.has(figure))

    def _column(self, place: int) -> list[float]:
        return [float(each) for each in self._grid.column(place)]

    def _cell(self, row: int, place: int) -> float | None:
        number = self._grid.numbers[row][place]
        return None if number is None else float(number)

    def _plain(self) -> Iterator[float]:
        grid = self._grid
        yield from map(float, self._counts())
        for row, place in itertools.product(range(len(grid.rows)), range(len(grid.columns))):
            yield from map(float, grid.readings(row, place))
        for place in grid.measures:
            column = self._column(place)
            if not column:
                continue
            total = sum(column)
            yield from (total, fmean(column), median(column), max(column) - min(column))
            for ordered in (column, sorted(column), sorted(column, reverse=True)):
                yield from itertools.accumulate(ordered)
                yield from (part / many for many, part in enumerate(itertools.accumulate(ordered), 1))
            chosen = [number for n in self._rows if (number := self._cell(n, place)) is not None]
            yield from (total - sum(chosen), *(total - each for each in column))
            for many in range(2, min(len(chosen), _MOST_SUMMED) + 1):
                sums = [sum(some) for some in itertools.combinations(chosen[:_MOST_SUMMED], many)]
                yield from (*sums, *(each / many for each in sums), *(total - each for each in sums))
            for alike in self._groups(place):
                yield from (sum(alike), fmean(alike), len(alike))
            if grid.days is not None:
                yield from (number / ((grid.days[1] - grid.days[0]).days + 1) for number in (total, *column))
        for one, other in self._compared():
            yield from (abs(one - other), *((one / other,) if other else ()), *((other / one,) if one else ()))
        yield from self._within_rows()
        yield from self._changes()

    def _compared(self) -> Iterator[tuple[float, float]]:
        """Two cells of one column in two named rows, or in rows that follow each other."""
        for (first, second), place in itertools.product(self._pairs, self._grid.measures):
            one, other = self._cell(first, place), self._cell(second, place)
            if one is not None and other is not None:
                yield one, other

    def _lines(self) -> Iterator[list[tuple[str, float]]]:
        """The numbers of each row, and of all rows together, with their units."""
        grid = self._grid
        for row in range(len(grid.rows)):
            yield [
                (grid.columns[n].unit, number) for n in grid.measures if (number := self._cell(row, n)) is not None
            ]
        for rows in (range(len(grid.rows)), self._rows):
            yield [
                (grid.columns[n].unit, float(total))
                for n in grid.measures
                if (total := grid.total(n, rows)) is not None
            ]

    def _from_shares(self) -> Iterator[float]:
        """Differences of any two shares of a column, and sums of those in the rows that are named."""
        for place in (n for n in self._grid.measures if self._grid.columns[n].unit in _PERCENT_UNITS):
            yield from (one - other for one, other in itertools.permutations(self._column(place), 2))
            cells = [cell for n in self._rows if (cell := self._cell(n, place)) is not None][:_MOST_SUMMED]
            for many in range(2, len(cells) + 1):
                yield from map(sum, itertools.combinations(cells, many))

    def _within_rows(self) -> Iterator[float]:
        """Sums, differences and rates in each row."""
        for line in self._lines():
            for (unit, one), (other_unit, other) in itertools.permutations(line, 2):
                if unit == other_unit:
                    yield from (one + other, abs(one - other))
                elif unit == "money" and other_unit == "count":
                    yield one * other
                if other:
                    yield one / other
            for many in range(3, min(len(line), _MOST_SUMMED) + 1):
                for some in itertools.combinations(line[:_MOST_SUMMED], many):
                    if len({unit for unit, _number in some}) == 1:
                        whole = max(number for _unit, number in some)
                        yield from (total := sum(number for _unit, number in some), 2 * whole - total)

    def _changes(self) -> Iterator[float]:
        """How the differences in rows differ, and what they make together."""
        grid = self._grid
        for place in (*grid.averages, *grid.changes):
            named = [number for n in self._rows if (number := self._cell(n, place)) is not None][:_MOST_SUMMED]
            yield from (
                sum(some) for many in range(2, len(named) + 1) for some in itertools.combinations(named, many)
            )
            column = [number for n in range(len(grid.rows)) if (number := self._cell(n, place)) is not None]
            yield sum(column)
            yield from (abs(one - other) for one, other in itertools.combinations(column, 2))

    def _differences(self) -> Iterator[float]:
        for place in self._grid.measures:
            column = self._column(place)
            yield from (abs(one - other) for one, other in itertools.combinations(column, 2))

    def _parts(self) -> Iterator[float]:
        """Ratios, shares and changes, as fractions."""
        grid = self._grid
        for one, other in self._compared():
            for first, second in ((one, other), (other, one)):
                if second:
                    yield from (first / second, (first - second) / second)
        for place in grid.measures:
            column = self._column(place)
            total, named = sum(column), [each for n in self._rows if (each := self._cell(n, place)) is not None]
            if total > 0 and len(column) > 1:
                own = [each for n in self._shared if (each := self._cell(n, place)) is not None]
                yield from (each / total for each in (*own, max(column)))
                yield from (1 - each / total for each in own)
                yield from (each / total for each in itertools.accumulate(sorted(column, reverse=True)))
                for many in range(2, min(len(named), _MOST_SUMMED) + 1):
                    yield from (sum(s) / total for s in itertools.combinations(named[:_MOST_SUMMED], many))
                mean = total / len(column)
                yield from ((number - mean) / mean for number in column)
            for alike in self._groups(place):
                whole = sum(alike)
                if whole > 0:
                    yield from (*(each / whole for each in alike), *((whole / total,) if total > 0 else ()))
        for line in self._lines():
            for (unit, one), (other_unit, other) in itertools.permutations(line, 2):
                if unit == other_unit and other:
                    yield from (one / other, (one - other) / other)
        for place in grid.changes:
            yield from (number for n in range(len(grid.rows)) if (number := self._cell(n, place)) is not None)
        if grid.size:
            yield from (many / grid.size for many in self._counts())

    def _groups(self, place: int) -> Iterator[list[float]]:
        """The figures of the rows with one label, for each label of some rows."""
        grid = self._grid
        for dim in grid.labels:
            groups: dict[str, list[float]] = {}
            for n, row in enumerate(grid.rows):
                number = self._cell(n, place)
                if number is not None and n not in grid.totals:
                    groups.setdefault(str(row[dim]), []).append(number)
            yield from (each for each in groups.values() if 1 < len(each) < len(grid.rows))

    def _counts(self) -> set[int]:
        """How many rows there are, and how many of them something may be true of."""
        grid = self._grid
        alike = [Counter(str(row[dim]) for row in grid.rows) for dim in grid.labels]
        return {
            grid.size,
            *range(1, len(grid.rows) + 1 if grid.size == len(grid.rows) else 0),
            *(many for each in alike for many in (len(each), *each.values())),
        }


def percents_of(grid: Grid, rows: Sequence[int]) -> Numbers:
    """The percentages that follow from a few rows: shares, ratios in each, and changes between them or before."""
    pairs = {*itertools.permutations(rows, 2)}
    pairs |= {(row, other) for row in rows for dim in grid.periods for other in grid.before(row, (dim,))}
    found = list[Decimal]()
    for n in (*grid.measures, *grid.averages, *grid.changes):
        cells = [number for row in rows if (number := grid.numbers[row][n]) is not None]
        found += (number * scale for number in cells for scale in (1, 100))
        if grid.sums[n] > 0:
            found += (part / grid.sums[n] * 100 for part in (*cells, sum(cells)))
        for one, other in pairs:
            first, second = grid.numbers[one][n], grid.numbers[other][n]
            if first is not None and second:
                found += (
                    first / second * 100,
                    (first - second) / second * 100,
                    first - second,
                    (first - second) * 100,
                )
    for row in rows:
        line = [number for n in grid.measures if (number := grid.numbers[row][n]) is not None]
        for above, below in itertools.permutations(line, 2):
            found += (above / below * 100, (above - below) / below * 100, above - below) if below else ()
        for dim, n in itertools.product(grid.labels, grid.measures):
            alike = [
                number
                for other, each in enumerate(grid.rows)
                if each[dim] == grid.rows[row][dim] and (number := grid.numbers[other][n])
            ]
            found += (100 * number / sum(alike) for number in alike if sum(alike) > 0)
    together = [grid.total(n, rows) for n in grid.measures]
    found += (100 * one / other for one, other in itertools.permutations([each for each in together if each], 2))
    found += (Decimal(100 * len(rows)) / grid.size,) if grid.size else ()
    return Numbers([*found, *(100 - each for each in found)])


def of_figures(figures: Sequence[Written], wholes: Iterable[Decimal]) -> tuple[Numbers, Numbers]:
    """What follows from the figures that an answer has: plain numbers, and percentages.

    Args:
        figures: The figures.
        wholes: Totals that they may be parts of.
    """
    plain, parts = list[float](), list[float]()
    for figure, whole in itertools.product(figures, wholes):
        if whole > figure.value and not figure.is_percent:
            plain.append(float(whole - figure.value))
            parts.append(float(figure.value / whole * 100))
    for one, other in itertools.permutations(figures, 2):
        first, second = float(one.value), float(other.value)
        if one.is_percent == other.is_percent:
            (parts if one.is_percent else plain).extend((abs(first - second), first + second))
        if not one.is_percent and not other.is_percent and second:
            plain.append(first / second)
            parts += [first / second * 100, (first - second) / second * 100]
        if other.is_percent and not one.is_percent:
            plain += [first * second / 100]
    return Numbers(plain), Numbers(parts)
