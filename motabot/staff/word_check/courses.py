"""Directions: "rose from $40 to $45", "fell in October", "fell every month"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.movements import FELL, ROSE
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.remark import BREAK, DENIED, PARTLY, Beside, Fault, Remark, fault_of
from motabot.text.regex import regex

_UP: Final = rf"{ROSE}|increases|jumped|rebounded|up(?! to)|subi\w*|aument\w*|crec\w*"
_DOWN: Final = (
    rf"{FELL}|falls|drop(?:ped|s|ping)?|lost(?! (?:the|its|their) (?:first|second|top|lead|place))"
    r"|down|baj(?:o|a|an|aron|ado)|cay\w*|disminuy\w*"
)
_MOVE: Final = regex(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b")
_FROM_TO: Final = regex(r"(?:[^,;.]{0,40} )?(?:from|de) (?:about )?$")
_TO: Final = regex(r"(?: [^,;.\d$]{1,30})? (?:to|a) (?:about |only |just )?")
#: "Up 11% on the week before": what something is compared with.
_BASE: Final = regex(
    r"\b(?:on|over|than|from|against|versus|vs\.?|with|que|frente a|desde) (?:the |that of |its )?$"
)
_BEFORE: Final = regex(r"\b(?:before|previous|prior|earlier|preceding|anterior)\b")
_AGAINST_OTHER: Final = regex(r"\b(?:compared (?:with|to)|against|versus|vs)\b")
_QUARTER: Final = regex(r"q[1-4]\b")
_SOME: Final = regex(r"\b(?:some|one|two|three|four|five|most|several|many)\b")
_UNTIL: Final = regex(r"\b(?:until|hasta)\b")
_BETWEEN: Final = regex(r"\b(?:between|entre) [^,;]{0,30}$")
_EVERY: Final = regex(
    r"\b(?:every|each) (?:single )?(?:day|week|month|quarter|year)\b|\b(?:steadily|month by month|week by week)\b"
    r"|\b(?:day|week|month|quarter|year) after (?:day|week|month|quarter|year)\b|\bcada (?:mes|semana|ano)\b"
)


def misdirected(remark: Remark) -> Iterator[Fault]:
    """The directions that the figures or rows deny."""
    yield from _from_to(remark)
    yield from _every_period(remark)
    yield from _between_periods(remark)


def _from_to(remark: Remark) -> Iterator[Fault]:
    """ "Rose from $45 to $40"."""
    flat = remark.flat
    for one, other in itertools.pairwise(remark.figures):
        if not _TO.fullmatch(flat, one.end, other.start) or not one.is_like(other):
            continue
        start, _end = remark.clause(one.start, one.end)
        moves = list(_MOVE.finditer(flat, start, one.start))
        if (
            not moves
            or DENIED.search(flat, start, one.start)
            or not _FROM_TO.match(flat, moves[-1].end(), one.start)
        ):
            continue
        is_up = moves[-1]["up"] is not None
        if (other.value > one.value) != is_up:
            yield fault_of(remark, moves[-1].start(), other.end, moves[-1][0])


def _series(each: Beside, rows: Sequence[int]) -> Iterator[list[Decimal]]:
    """The figures of a subject in order of time: down the rows, or along columns of periods."""
    grid = each.grid
    for dim in grid.periods:
        if not grid.is_axis(dim):
            continue
        order = grid.order(dim)
        chosen = [n for n in (rows or range(len(grid.rows))) if str(grid.rows[n][dim]) in order]
        chosen.sort(key=lambda n, dim=dim, order=order: order.index(str(grid.rows[n][dim])))  # type: ignore[misc]
        if len({str(grid.rows[n][dim]) for n in chosen}) == len(chosen) > 2:
            for place in grid.measures:
                yield [number for n in chosen if (number := grid.numbers[n][place]) is not None]
    by_days = [(days, n) for n in grid.measures if (days := grid.columns[n].days)]
    dated = [n for _days, n in sorted(by_days)] or [
        n for n in grid.measures if _QUARTER.match(grid.columns[n].name)
    ]
    for unit in {grid.columns[n].unit for n in dated}:
        places = [n for n in dated if grid.columns[n].unit == unit]
        for row in rows if len(places) > 2 else ():
            yield [number for n in places if (number := grid.numbers[row][n]) is not None]


def _every_period(remark: Remark) -> Iterator[Fault]:
    """ "Fell every quarter": the figures in order of time."""
    flat = remark.flat
    for match in _EVERY.finditer(flat):
        start, end = remark.clause(match.start(), match.end())
        move = _MOVE.search(flat, start, end)
        if move is None or PARTLY.search(flat, start + len("but "), end):
            continue
        found = []
        for each in remark.beside:
            inside = [label for label in each.labels if start <= label.start < end]
            times = [label for label in inside if label.dim in each.grid.periods]
            if any(not label.is_range for label in times):
                continue
            last = [label for label in inside if label not in times] or _spoken_of(remark, each)
            last = [*last, *(label for label in times if label.is_range)]
            found += [line for line in _series(each, each.rows_of(last)) if len(line) > 2]
        steps = [[later - earlier for earlier, later in itertools.pairwise(line)] for line in found]
        if steps and not any(all((step > 0) == (move["up"] is not None) for step in line) for line in steps):
            yield fault_of(remark, start, end, match[0])


def _spoken_of(remark: Remark, each: Beside) -> Sequence[NamedPart]:
    """The first name of the sentence before, that a sentence without a name goes on about."""
    before = remark.before
    if before is None:
        return ()
    return next(
        (
            [label for label in other.labels if label.dim not in each.grid.periods][:1]
            for other in before.beside
            if other.grid is each.grid
        ),
        [],
    )


def _between_periods(remark: Remark) -> Iterator[Fault]:
    """ "Sales fell in October": no column moved that way from the period before, or between the two named."""
    flat = remark.flat
    for match in _MOVE.finditer(flat):
        start, end = _part(flat, match)
        if (
            DENIED.search(flat, max(0, start - len("but ")), end)
            or _UNTIL.search(flat, start, end)
            or _AGAINST_OTHER.search(flat)
            or _SOME.search(flat, start, match.start())
        ):
            continue
        moves = list(_moves(remark, start, end))
        if moves and not any(move == 0 or (move > 0) == (match["up"] is not None) for move in moves):
            yield fault_of(remark, start, end, match[0])


def _part(flat: str, match: re.Match[str]) -> tuple[int, int]:
    """The words around a movement that are about nothing else; "between May and June" is one thing."""
    breaks = [each for each in BREAK.finditer(flat) if not _BETWEEN.search(flat[: each.start()])]
    start = max((each.end() for each in breaks if each.end() <= match.start()), default=0)
    return start, min((each.start() for each in breaks if each.start() >= match.end()), default=len(flat))


def _moves(remark: Remark, start: int, end: int) -> Iterator[Decimal]:
    """How each column that a clause may be about moved to the one period, or between the two, that it names."""
    about = remark.about(start, end) - {"change"}
    for each, labels in remark.subjects(start, end):
        times = [label for label in labels if label.dim in each.grid.periods and each.grid.is_axis(label.dim)]
        flat = remark.flat
        bases = [
            each
            for each in times
            if _BASE.search(flat[: each.start]) or _BEFORE.search(flat, each.start, each.end)
        ]
        if times and len(bases) == len(times) and not times[0].is_range:
            continue
        others = [label for label in labels if label.dim not in each.grid.periods]
        if times and (len(times) == 1 or not any(label.is_range for label in times)):
            yield from _down_rows(each, times, others, about)
        elif not times and len({label.start for label in others}) == 1:
            yield from _along_columns(each, each.rows_of(others), about)


def _down_rows(
    each: Beside, times: Sequence[NamedPart], others: Sequence[NamedPart], about: frozenset[str]
) -> Iterator[Decimal]:
    """The moves between the rows of one or two periods."""
    grid, dim = each.grid, times[0].dim
    rows = sorted({row for label in times for row in each.rows_of([label, *others])})
    rows.sort(key=lambda n: grid.periods[dim][n] or (grid.today, grid.today))
    if times[0].is_range and len({str(grid.rows[n][dim]) for n in rows}) == len(rows):
        rows = [rows[0], rows[-1]][: len(rows)]
    if len(rows) == 1:
        rows = [*grid.before(rows[0], (dim,)), *rows]
    if len(rows) != len(("first", "last")):
        yield from [Decimal(0)] * len(rows[:1])  # what so many rows did cannot be told
        return
    for n in [n for n in grid.measures if grid.columns[n].about & about] or grid.measures:
        first, last = (grid.numbers[row][n] for row in rows)
        if first is not None and last is not None:
            yield last - first


def _along_columns(each: Beside, rows: Sequence[int], about: frozenset[str]) -> Iterator[Decimal]:
    """The moves in rows from the column of an earlier period to that of a later one, and columns of changes."""
    grid = each.grid
    told = [n for n in grid.measures if "change" in grid.columns[n].about]
    dated = sorted((days, n) for n in grid.measures if (days := grid.columns[n].days) and n not in told)
    for (_early, one), (_late, other) in itertools.combinations(dated, 2):
        is_meant = not about or grid.columns[one].about & about or not grid.columns[one].about
        if grid.columns[one].unit == grid.columns[other].unit and is_meant:
            pairs = [(grid.numbers[row][one], grid.numbers[row][other]) for row in rows]
            yield from (last - first for first, last in pairs if first is not None and last is not None)
    yield from (number for row in rows for n in told if (number := grid.numbers[row][n]) is not None)
