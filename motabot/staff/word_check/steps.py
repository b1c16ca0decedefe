"""Claims of a trend in steps: "rose every month", "from $40 to $50", "up 8%" of the right base, "is over"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.courses import DOWN, UP, changes_of, has_other_base
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.quantities import NUMBER, value_of
from motabot.staff.word_check.reading import Cell
from motabot.staff.word_check.standing import Pair, Standing, Verdict
from motabot.text.regex import regex

_ALWAYS: Final = regex(
    r"\b(?:(?:in |cada |todos los )?(?:every|each)(?: single)? (?:day|week|month|quarter|year)"
    r"|month after month|week after week"
    r"|day after day|year after year|steadily|consistently|without exception|uninterrupted\w*|cada (?:mes"
    r"|semana|dia|ano)"
    r"|in a row|sin excepcion)\b"
)
_ROW: Final = regex(rf"\b(?P<many>{NUMBER}) (?:straight |full )?(?:days|weeks|months|quarters|years) in a row\b")
_MOVED: Final = regex(r"\b(?:went|moved|goes|paso|pasaron|from)\b")
_FROM: Final = regex(r"\b(?:from|de|desde)(?: an?| the)?(?: [a-z]+)?\s*$")
_TO: Final = regex(r"\b(?:to|a)\b")
_PART_OF: Final = regex(r"\s+(?:out )?of (?:the |our |all |these )*")
_RANGES: Final = regex(
    r"\b(?:stable|steady|flat|between|rang\w+|varie[sd]|vary|spread|span\w*|anywhere|prices?|entre|from as)\b"
)
#: A percentage that says how far something moved, or how far one thing is from another.
_BY: Final = regex(r"(?:^|\s)(?:by|about|around|roughly|nearly|almost|some|a|an|of|another|un|\s)*$")
_OVER: Final = regex(
    r"\b(?:is|are|has|have)(?: now| already)? (?:over|finished|ended|closed|complete[d]?|done)\b(?! \$)"
    r"|\b(?:a |the )?(?:full|complete|final|whole)\s*$"
)
_NOT: Final = regex(r"\b(?:not|n't|until|once|when|before|yet|no)\b")
_AHEAD: Final = regex(
    r"\b(?:outs(?:ells?|old)|beats?|leads?|led|exceeds?|exceeded|tops?|topped"
    r"|ahead of)\b"
)
_BY_SO_MUCH: Final = regex(r"\bby(?: about| around| roughly| nearly| some)? ?$")
_HIGHER: Final = regex(r"\s*(?:more|higher|larger|bigger|above|ahead of|better|mas|over)\b")
_LOWER: Final = regex(r"\s*(?:less|fewer|lower|smaller|below|behind|under|worse|menos|short of)\b")


def claims_of_steps(standing: Standing) -> Iterator[Verdict]:
    """Each such claim, and whether the rows support it; claims that they cannot decide are left out."""
    for start, end in standing.clauses():
        yield from _steady(standing, start, end)
        yield from _over(standing, start, end)
        yield from _bases(standing, start, end)
    yield from _swapped(standing)
    yield from _parts_of_whole(standing)
    yield from _compared(standing)


def _steady(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    """ "Rose every month": each period is above the one before."""
    text = standing.flat[start:end]
    always, up, down = _ALWAYS.search(text), UP.search(text), DOWN.search(text)
    grid = standing.grid
    axes = [dim for dim in grid.periods if grid.is_axis(dim)]
    if not always or bool(up) == bool(down) or len(axes) != 1 or standing.has_exception(start, end):
        return
    [dim] = axes
    named = [each for each in standing.labels if each.dim == dim and start <= each.start < end]
    order = grid.order(dim)
    places = sorted(order.index(str(grid.rows[n][dim])) for each in named for n in each.rows)
    running = {str(grid.rows[n][dim]) for n in grid.running(dim)}
    chosen = order[places[0] : places[-1] + 1] if len(places) > 1 else order[places[0] :] if places else order
    rows = standing.rows_beside(dim, start, end)
    told = []
    many = _ROW.search(standing.flat[start:end])
    if many:
        yield from _in_a_row(standing, dim, rows, value_of(many["many"]), is_up=up is not None, at=(start, end))
        return
    for labels in (chosen, [label for label in chosen if label not in running]):
        for column in standing.columns(start + always.start(), start, end, rows):
            totals = [grid.total(column, [n for n in rows if str(grid.rows[n][dim]) == label]) for label in labels]
            numbers = [each for each in totals if each is not None]
            told.append(all(late > early if up else late < early for early, late in itertools.pairwise(numbers)))
    if told and len(chosen) > 2:
        yield Verdict(f"{standing.quoted(start, end)} ({always[0]})", any(told))


def _in_a_row(
    standing: Standing, dim: int, rows: list[int], many: int, *, is_up: bool, at: tuple[int, int]
) -> Iterator[Verdict]:
    """ "Fell four months in a row": consecutive periods that are each below the one before."""
    grid = standing.grid
    order = grid.order(dim)
    told = []
    turn = at[0]
    percents = [n for n in standing.columns(turn, *at, rows) if grid.columns[n].unit == "percent"]
    named = standing.columns_about(standing.flat[slice(*at)])
    for column in named or [n for n in grid.measures if n not in percents]:
        totals = [grid.total(column, [n for n in rows if str(grid.rows[n][dim]) == label]) for label in order]
        known = [each for each in totals if each is not None]
        moved = [late > early if is_up else late < early for early, late in itertools.pairwise(known)]
        told.append(any(all(moved[n : n + many]) for n in range(len(moved) - many + 1)))
    if told and many:
        yield Verdict(f"{standing.quoted(*at)} (in a row)", any(told))


def _over(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    """ "November is over": the current period is not."""
    match = _OVER.search(standing.flat[start:end])
    if match is None or _NOT.search(standing.flat[start : start + match.end()]):
        return
    before = [each for each in standing.labels if each.end <= start + match.start() + 1][-1:]
    for each in before:
        running = standing.grid.running(each.dim) if each.dim in standing.grid.periods else []
        if (
            each.rows
            and each.rows <= set(running)
            and standing.flat[each.end : start + match.start()].strip() == ""
        ):
            yield Verdict(
                f"{standing.quoted(each.start, start + match.end())}", is_true=False, found="it is running"
            )


def _swapped(standing: Standing) -> Iterator[Verdict]:
    """ "Rose from $40 to $50": the first figure is of the earlier period."""
    for one, other in itertools.pairwise(standing.figures):
        start, _end = standing.reading.segment_of(one.start)
        before = standing.flat[start : one.start]
        is_course = (UP.search(before) or DOWN.search(before) or _MOVED.search(before)) and not _RANGES.search(
            before
        )
        between = standing.flat[one.end : other.start]
        if not is_course or not _FROM.search(before) or not _TO.search(between) or len(between) > 60:
            continue
        pairs = list(_times_of(standing, one, other))
        if pairs and not any(early < late for early, late in pairs):
            yield Verdict(standing.quoted(start, other.end), is_true=False, found="the first is the later one")


def _parts_of_whole(standing: Standing) -> Iterator[Verdict]:
    """ "30 of the 280": if no row is named, the part of a whole column is also a whole column."""
    grid = standing.grid
    for one, other in itertools.pairwise(standing.figures):
        is_part = _PART_OF.fullmatch(standing.flat[one.end : other.start]) and one.is_count and other.is_count
        if not is_part or len(grid.rows) == 1 or standing.labels:
            continue
        wholes = [n for n in grid.measures if grid.columns[n].adds_up and grid.sums[n] == other.value]
        cells, own = standing.reading.cells(one), standing.reading.cells(other)
        is_of_row = any(row == line for row, _place in cells for line, _other in own)
        if wholes and cells and not is_of_row and one.value != len(grid.rows):
            is_sum = any(grid.sums[n] == one.value for n in grid.measures if grid.columns[n].adds_up)
            yield Verdict(standing.quoted(one.start, other.end), is_sum)


def _times_of(standing: Standing, one: Written, other: Written) -> Iterator[tuple[int, int]]:
    """The times of two figures, as comparable values, for each two cells of one thing that they may be."""
    for first, second in itertools.product(standing.reading.cells(one), standing.reading.cells(other)):
        times = _times_of_cells(standing, first, second)
        if times is not None:
            yield times


def _times_of_cells(standing: Standing, first: Cell, second: Cell) -> tuple[int, int] | None:
    grid = standing.grid
    days = grid.columns[first[1]].days, grid.columns[second[1]].days
    if first[0] == second[0] and days[0] and days[1] and days[0] != days[1]:
        return (days[0][0].toordinal(), days[1][0].toordinal())
    for dim in grid.labels:
        order = grid.order(dim)
        labels = [str(grid.rows[row][dim]) for row, _place in (first, second)]
        others = [n for n in grid.labels if n != dim]
        is_one = first[1] == second[1] and all(grid.rows[first[0]][n] == grid.rows[second[0]][n] for n in others)
        is_timed = dim in grid.periods and grid.is_axis(dim)
        if is_one and is_timed and labels[0] != labels[1] and set(labels) <= set(order):
            return (order.index(labels[0]), order.index(labels[1]))
    return None


def _bases(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    """A percentage of the later figure: "up 7.3%" although it is 7.9% of the earlier one."""
    for pattern in (UP, DOWN):
        for match in pattern.finditer(standing.flat[start:end]):
            place = start + match.end()
            for figure in standing.figures:
                if (
                    figure.is_percent
                    and place <= figure.start < end
                    and _BY.match(standing.flat[place : figure.start])
                ):
                    changes = changes_of(standing, start + match.start(), start, end)
                    yield from _wrong_base(standing, figure, changes, (start, figure.end))


def _compared(standing: Standing) -> Iterator[Verdict]:
    """ "44% more than Thursday" although it is 44% of the larger one."""
    for figure in standing.figures:
        if not figure.is_percent:
            continue
        yield from _ahead_by(standing, figure)
        more, less = (pattern.match(standing.flat, figure.end) for pattern in (_HIGHER, _LOWER))
        match = more or less
        if match is None:
            continue
        start, end = standing.reading.segment_of(figure.start)
        after = [each for each in standing.labels if match.end() <= each.start < end][:1]
        before = standing.subject_before(figure.start, after[0].dim) if after else []
        if not before or after[0].start - match.end() > 40:
            continue
        found = standing.pairs(before[0], after[0], figure.start, min(start, before[0].start), end)
        changes = [(other, one) for one, other in found]
        yield from _wrong_base(standing, figure, changes, (before[0].start, after[0].end))


def _ahead_by(standing: Standing, figure: Written) -> Iterator[Verdict]:
    """ "Outsells Trainwreck by 43%" although it is 43% of the larger one."""
    start, _end = standing.reading.segment_of(figure.start)
    ahead = _AHEAD.search(standing.flat, start, figure.start)
    after = [each for each in standing.labels if ahead and ahead.end() <= each.start < figure.start][:1]
    if ahead is None or not after or not _BY_SO_MUCH.search(standing.flat[after[0].end : figure.start]):
        return
    before = standing.subject_before(ahead.start(), after[0].dim)
    if before:
        found = standing.pairs(before[0], after[0], figure.start, min(start, before[0].start), figure.end)
        yield from _wrong_base(standing, figure, [(other, one) for one, other in found], (start, figure.end))


def _wrong_base(
    standing: Standing, figure: Written, changes: list[Pair], at: tuple[int, int]
) -> Iterator[Verdict]:
    """A verdict, if a percentage has the wrong base in all changes that may be meant."""
    right = [abs(late - early) / early * 100 for early, late in changes if early]
    cells = standing.reading.cells(figure)
    moved = [column for _row, column in cells if "change" in standing.grid.columns[column].about]
    if (
        moved
        and len(moved) == len(cells)
        and has_other_base(standing, *at)
        and right
        and not any(map(figure.is_about, right))
    ):
        yield Verdict(f"{standing.quoted(*at)} ({figure.words})", is_true=False, found="it is of another base")
    wrong = [abs(late - early) / late * 100 for early, late in changes if late]
    wrong += [late / early * 100 for early, late in changes if early]
    if any(map(figure.is_about, wrong)) and not any(map(figure.is_about, right)):
        yield Verdict(f"{standing.quoted(*at)} ({figure.words})", is_true=False, found="it is of the wrong base")
