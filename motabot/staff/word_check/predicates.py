"""What a sentence says of each row: that it moved, keeps a bound, has none of something, or has a label."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.meaning import is_negative, meant, stems
from motabot.staff.word_check.movements import FELL, ROSE
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.quantities import NUMBERS
from motabot.staff.word_check.remark import Beside
from motabot.text.regex import regex

#: Whether each row is so; a row without the figure is left out.
Verdict = Mapping[int, bool]

_TOOK: Final = r"(?:sold|made|did|earned|brought in|took in|took|had|bought)"
_UP: Final = (
    rf"{_TOOK} more(?! than (?:half|\$?\d))|{ROSE}|gains|ahead|higher|subieron|crecieron"
    r"|(?<!rang )(?<!rung )(?<!ring )(?<!ings )(?<!made )(?<!make )(?<!signed )up(?! to)"
)
_DOWN: Final = (
    rf"{_TOOK} (?:less|fewer)(?! than (?:half|\$?\d))|{FELL}|falls?|dropped|drops?|shrinks?|lost"
    r"|down|behind|lower|bajaron|cayeron"
)
#: A movement.
MOVE: Final = regex(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b")
#: A bound of a figure.
BOUND: Final = regex(
    r"\b(?P<side>no more than|no (?:fewer|less) than"
    r"|more than|over|above|at least|pass(?:es|ed)?|exceed(?:s|ed)?|top(?:ped|s)|less than|fewer than"
    rf"|under|below|at most|up to) (?P<money>\$?)(?P<bound>\d[\d,]*(?:\.\d+)?|(?:{'|'.join(NUMBERS)})\b)"
    r"(?P<percent>%| percent)?"
)
#: A length of time after a bound: "more than 150 days".
_SPAN: Final = regex(r" (day|hour|minute|week|month)s?\b")
_EACH: Final = regex(r"\b(?:average[sd]?|per|each|a (?:ticket|visit|customer|piece|unit))\b")
_AT_LEAST: Final = frozenset({"at least", "no fewer than", "no less than"})
_AT_MOST: Final = frozenset({"at most", "up to", "no more than"})
_BELOW: Final = _AT_MOST | {"less than", "fewer than", "under", "below"}
_ZERO: Final = regex(
    r"\b(?:ha(?:d|s|ve)|with|saw|got) (?:none|nothing|zero|no (?P<thing>[a-z ]+))|\bsold (?:none|nothing)\b"
)
_NOT: Final = regex(r"\b(?:not|never|without|no|lacks?|isn|aren|wasn|weren|hasn|haven|didn)\b")
_PERIOD_NAMES: Final = regex(
    r"\b(?:half|before|previous|prior|earlier|last|this|later|now|then|so far|first|second)\b"
)


def verdicts(each: Beside, flat: str, start: int, end: int, rows: Sequence[int]) -> list[Verdict]:
    """What a part of a sentence may say of some rows: one verdict for each reading; none if it says nothing known.

    Args:
        each: The result.
        flat: The sentence.
        start: Where the part starts.
        end: Where it ends.
        rows: The rows.
    """
    bound, move = BOUND.search(flat, start, end), MOVE.search(flat, start, end)
    if bound and (not move or bound.start() <= move.start() or move.end() + 4 >= bound.start()):
        return [*_bounded(each.grid, bound, flat[start:end], rows)]
    if move:
        return [*_moved(each, move, (start, end), rows)]
    zero = _ZERO.search(flat, start, end)
    if zero:
        return [*_without(each.grid, flat[start:end], rows)]
    found = [*_labeled(each, flat, start, end, rows)] or [*_flagged(each.grid, flat[start:end], rows)]
    return found or [*_with_some(each.grid, flat[start:end], rows)]


def _bounded(grid: Grid, bound: re.Match[str], words: str, rows: Sequence[int]) -> Iterator[Verdict]:
    """ "More than $200": a column of that unit, one that the words mean if there is one."""
    every = [*grid.measures, *(grid.averages if _EACH.search(words) else ())]
    places = [n for n in every if grid.columns[n].unit in _units(bound)]
    if span := _SPAN.match(bound.string, bound.end()):
        places = [n for n in places if span[1] in grid.columns[n].name or grid.columns[n].unit == "duration"]
    limit = Decimal(NUMBERS.get(bound["bound"], bound["bound"].replace(",", "")))
    for n in meant(grid, places, words):
        scale = 100 if bound["percent"] and all(abs(x) <= 1 for x in grid.column(n)) else 1
        cells = {row: scale * number for row in rows if (number := grid.numbers[row][n]) is not None}
        if bound["side"] in _BELOW:
            yield {row: number <= limit if bound["side"] in _AT_MOST else number < limit
                   for row, number in cells.items()}  # fmt: skip
        else:
            yield {row: number >= limit if bound["side"] in _AT_LEAST else number > limit
                   for row, number in cells.items()}  # fmt: skip


def _units(bound: re.Match[str]) -> tuple[str, ...]:
    if bound["money"]:
        return ("money", "number")
    return ("percent", "number") if bound["percent"] else ("count", "number", "duration")


def _moved(each: Beside, move: re.Match[str], place: tuple[int, int], rows: Sequence[int]) -> Iterator[Verdict]:
    """ "Grew in October": columns of changes, two columns of periods, or the row of the period before."""
    grid, is_up = each.grid, move["up"] is not None
    changes = [n for n in (*grid.measures, *grid.changes) if "change" in grid.columns[n].about]
    for n in changes:
        yield {row: (number > 0) == is_up and number != 0
               for row in rows if (number := grid.numbers[row][n]) is not None}  # fmt: skip
    pairs = [*_pairs_of_columns(each)]
    for one, other in pairs:
        yield {
            row: first != last and (last > first) == is_up
            for row in rows
            if (first := grid.numbers[row][one]) is not None and (last := grid.numbers[row][other]) is not None
        }
    if not changes and not pairs:
        yield from _moved_down_rows(each, place, rows, is_up=is_up)


def _pairs_of_columns(each: Beside) -> Iterator[tuple[int, int]]:
    grid = each.grid
    by_days = sorted((days, n) for n in grid.measures if (days := grid.columns[n].days))
    dated = [n for _days, n in by_days]
    if not dated:
        said = [n for n in grid.measures if _PERIOD_NAMES.search(grid.columns[n].name)]
        dated = said if len(said) == len(("before", "now")) else []
    named = {n for part in each.mentions if part.dim == COLUMNS for n in part.rows}
    for one, other in itertools.combinations(dated, 2):
        is_asked = not named & {*dated} or other in named or one in named
        if grid.columns[one].unit == grid.columns[other].unit and is_asked:
            yield one, other


def _moved_down_rows(
    each: Beside, place: tuple[int, int], rows: Sequence[int], *, is_up: bool
) -> Iterator[Verdict]:
    """The rows of a period, each against the row of the period before."""
    grid = each.grid
    for dim in (n for n in grid.periods if grid.is_axis(n)):
        order = grid.order(dim)
        told = [part for part in each.mentions if part.dim == dim and place[0] <= part.start < place[1]]
        wanted = {row for part in told for row in part.rows} or {
            row for row in rows if order and str(grid.rows[row][dim]) == order[-1]
        }
        if len(grid.labels) < len(("period", "label")):
            wanted = {*rows}
        before = {row: grid.before(row, (dim,)) for row in rows if row in wanted}
        for n in grid.measures:
            yield {
                row: last != first and (last > first) == is_up
                for row, earlier in before.items()
                for base in earlier[:1]
                if (last := grid.numbers[row][n]) is not None and (first := grid.numbers[base][n]) is not None
            }


def _without(grid: Grid, words: str, rows: Sequence[int]) -> Iterator[Verdict]:
    """ "Had none": a column of counts with a zero."""
    for n in meant(grid, grid.measures, words):
        cells = {row: number for row in rows if (number := grid.numbers[row][n]) is not None}
        if grid.columns[n].unit in ("count", "money") and not all(cells.values()):
            yield {row: number == 0 for row, number in cells.items()}


def _labeled(each: Beside, flat: str, start: int, end: int, rows: Sequence[int]) -> Iterator[Verdict]:
    """ "Were paid in cash": the rows of a list that have a label which several may share."""
    grid = each.grid
    found: dict[int, set[int]] = {}
    for label in each.labels:
        if start <= label.start < end and label.dim not in grid.periods:
            found.setdefault(label.dim, set()).update(label.rows)
    for dim, own in found.items():
        first = min(label.start for label in each.labels if label.dim == dim and start <= label.start < end)
        is_denied = _NOT.search(flat, start, first) is not None
        if len({str(row[dim]) for row in grid.rows}) < len(grid.rows) or len(own) == len(grid.rows):
            yield {row: (row in own) != is_denied for row in rows}


def _flagged(grid: Grid, words: str, rows: Sequence[int]) -> Iterator[Verdict]:
    """ "Asked for a person": a column of yes and no of that name."""
    for dim in grid.labels:
        name = stems(grid.columns[dim].name)
        if name and name <= stems(words) and all(isinstance(row[dim], bool) for row in grid.rows):
            is_denied = is_negative(words)
            yield {row: bool(grid.rows[row][dim]) != is_denied for row in rows}


def _with_some(grid: Grid, words: str, rows: Sequence[int]) -> Iterator[Verdict]:
    """ "May be texted": a column of counts of that name."""
    told = stems(words)
    for n in grid.measures:
        if grid.columns[n].unit == "count" and stems(grid.columns[n].name) <= told and stems(grid.columns[n].name):
            is_denied = is_negative(grid.columns[n].name) != is_negative(words)
            yield {row: (number > 0) != is_denied for row in rows if (number := grid.numbers[row][n]) is not None}


def labels_in(each: Beside, start: int, end: int) -> list[NamedPart]:
    """The names of rows in a part of the sentence."""
    return [label for label in each.labels if start <= label.start < end]
