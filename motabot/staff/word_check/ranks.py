"""The rank of a named row: in a column, in what follows from two, or in time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.remark import Beside

#: The figures of a column, row by row.
Line = Sequence[Decimal | None]


def lines_of(each: Beside, columns: Sequence[int], *, is_relative: bool) -> Iterator[Line]:
    """The figures of each column, and if words are of such the differences and ratios of each two of one unit."""
    grid = each.grid
    for n in columns:
        yield [row[n] for row in grid.numbers]
    for one, other in itertools.permutations(columns, 2) if is_relative else ():
        if grid.columns[one].unit == grid.columns[other].unit:
            pairs = [(row[one], row[other]) for row in grid.numbers]
            yield [None if first is None or last is None else first - last for first, last in pairs]
            yield [None if first is None or not last else first / last for first, last in pairs]


def moments_of(grid: Grid) -> Iterator[Line]:
    """How long ago each row's moment is, for each column of moments."""
    for dim, periods in grid.periods.items():
        if grid.today is not None and not grid.is_axis(dim):
            moments = [str(row[dim]) if days else None for row, days in zip(grid.rows, periods, strict=True)]
            order = sorted({moment for moment in moments if moment}, reverse=True)
            yield [Decimal(order.index(moment)) if moment else None for moment in moments]


def has_rank(
    each: Beside,
    label: NamedPart,
    beside: Sequence[NamedPart],
    numbers: Line,
    ranks: Sequence[int],
) -> bool:
    """Whether a row with a label, or all together, has one of some ranks: in all rows or in its group."""
    grid = each.grid
    narrowed = frozenset.intersection(*(one.rows for one in beside)) if beside else frozenset()
    if narrowed & label.rows:
        rows = sorted(label.rows & narrowed)
        fields: list[Sequence[int]] = [sorted(narrowed)]
        numbers = [number if n in narrowed else None for n, number in enumerate(numbers)]
    else:
        rows = sorted(label.rows)
        fields = [[n for n in range(len(grid.rows)) if grid.competes(n, label.dim)], range(len(grid.rows))]
    for dim in (dim for dim in grid.labels if dim != label.dim and not narrowed):
        fields += [[n for n, line in enumerate(grid.rows) if line[dim] == grid.rows[row][dim]] for row in rows]
    for field in fields:
        column = [number for n in field if (number := numbers[n]) is not None]
        for row in rows:
            number = numbers[row]
            if len(column) > 1 and row in field and number is not None and _ranked(number, column, ranks):
                return True
    totals: dict[str, Decimal] = {}
    for n, line in enumerate(grid.rows):
        totals[str(line[label.dim])] = totals.get(str(line[label.dim]), Decimal(0)) + (numbers[n] or 0)
    own = totals[str(grid.rows[rows[0]][label.dim])]
    return len(totals) > 1 and _ranked(own, [*totals.values()], ranks)


def _ranked(number: Decimal, column: Sequence[Decimal], ranks: Sequence[int]) -> bool:
    above = sum(each > number for each in column), sum(abs(each) > abs(number) for each in column)
    below = sum(each < number for each in column), sum(abs(each) < abs(number) for each in column)
    distinct = len({each for each in column if each > number}), len({each for each in column if each < number})
    return any(
        rank - 1 in (*above, distinct[0]) if rank > 0 else -rank - 1 in (*below, distinct[1]) for rank in ranks
    )


def holder_of(each: Beside, place: int, rank: int) -> str:
    """The cell that has the highest or the lowest figure of a column."""
    grid = each.grid
    known = [(number, n) for n, row in enumerate(grid.numbers) if n not in grid.totals and (number := row[place])]
    return grid.named_cell((max(known) if rank > 0 else min(known))[1], place) if known else "no row"
