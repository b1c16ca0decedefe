"""Claims of direction beside a change: "grew 4.3%" is wrong beside a cell of -4.3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.courses import DOWN, UP
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.standing import Pair, Standing, Verdict
from motabot.text.regex import regex

_MORE: Final = (
    r"above|ahead|more|higher|better|larger|bigger|over|gain(?:ed|s)?|growth|increases?|rises?|jumps?|improv\w+"
    r"|recover\w*|rebound\w*|surg\w+|mas|aumento|crecimiento"
)
_LESS: Final = (
    r"below|behind|less|fewer|lower|worse|smaller|under|declin\w*|decreas\w*|drop|dip\w*|loss(?:es)?|slump\w*"
    r"|slid|slide\w*|reduc\w*|weaker|softer|menos|caida|descenso"
)
_UP_WORD: Final = regex(rf"\b(?:{_MORE})\b")
_DOWN_WORD: Final = regex(rf"\b(?:{_LESS})\b")
#: "6.5% ahead of October": the word right after a figure.
_UP_NEXT: Final = regex(rf" (?:{_MORE}|up)\b")
_DOWN_NEXT: Final = regex(rf" (?:{_LESS}|down)\b")
#: "Growth fell to 0.6%": the change itself moved.
_REACHED: Final = regex(r"\b(?:to|from|at|than)\s+(?:about |just |only |around )*$")
_MINUS: Final = ("-", "−")


def claims_of_signs(standing: Standing) -> Iterator[Verdict]:
    """Each direction that the words around a change give it, and whether it is that of its cell."""
    for figure in standing.figures:
        said = None if figure.words.startswith(_MINUS) else _direction_of(standing, figure)
        signs = _signs_of(standing, figure) if standing.reading.cells(figure) else _signs_of_all(standing, figure)
        if len(signs) == 1 and said is not None:
            start, _end = standing.reading.segment_of(figure.start)
            cells = [standing.grid.named_cell(*cell) for cell in standing.reading.cells(figure)]
            yield Verdict(standing.quoted(start, figure.end), said in signs, next(iter(cells), ""))


def _signs_of(standing: Standing, figure: Written) -> set[bool]:
    """Whether the changes that a figure may be are rises; empty if it may be something else."""
    grid, cells = standing.grid, standing.reading.cells(figure)
    if not all("change" in grid.columns[column].about for _row, column in cells):
        return set()
    numbers = [grid.numbers[row][column] for row, column in cells]
    return {number > 0 for number in numbers if number}


def _signs_of_all(standing: Standing, figure: Written) -> set[bool]:
    """Whether what a sentence without a name says of all rows rose between two periods: "overall $390 more"."""
    if standing.reading.mentions or figure.is_count:
        return set()
    moves = [(late - early, early) for early, late in _periods_of_all(standing.grid)]
    if figure.is_percent:
        return {move > 0 for move, early in moves if early and figure.is_about(move / early * 100)}
    return {move > 0 for move, _early in moves if figure.is_about(move)}


def _periods_of_all(grid: Grid) -> Iterator[Pair]:
    """The earlier and the later figure of each measure, if a result has two periods, in columns or in rows."""
    dated = sorted((days, n) for n in grid.measures if (days := grid.columns[n].days))
    if len(dated) == 2:
        yield grid.sums[dated[0][1]], grid.sums[dated[1][1]]
    for dim in grid.periods if len(grid.rows) == 2 else ():
        order = grid.order(dim)
        rows = [[str(row[dim]) for row in grid.rows].index(label) for label in order]
        for place in grid.measures if len(rows) == 2 else ():
            early, late = (grid.numbers[n][place] for n in rows)
            if early is not None and late is not None:
                yield early, late


def _direction_of(standing: Standing, figure: Written) -> bool | None:
    """Whether the word next to a figure says that something rose; None if none says which way it moved."""
    flat = standing.flat
    if _UP_NEXT.match(flat, figure.end):
        return True
    if _DOWN_NEXT.match(flat, figure.end):
        return False
    start, _end = standing.reading.segment_of(figure.start)
    if _REACHED.search(flat[start : figure.start]):
        return None
    up, down = (
        max(
            (each.end() for pattern in patterns for each in pattern.finditer(flat, start, figure.start)), default=0
        )
        for patterns in ((UP, _UP_WORD), (DOWN, _DOWN_WORD))
    )
    return None if up == down else up > down
