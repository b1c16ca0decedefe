"""Whether a row, or the figure next to a claim, has a rank in its column."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.standing import Standing
from motabot.text.regex import regex

SINCE: Final = regex(r"\bsince\b")
_DAYS_APART: Final = regex(r"\bdays (?:between|apart)\b|\bbetween visits\b")
_OFTEN: Final = regex(r" (?:often|frequent\w*|regularly)\b")
_HOW_OFTEN: Final = regex(r" (?:often|frequently)\b")
#: "The best weeks are": several that come first.
_SEVERAL: Final = regex(
    r" (?:[a-z]+ )?(?:days|weeks|months|quarters|years|hours|stores|brands|products|categories|sellers)\b"
)
_OF_TIME: Final = regex(r"\b(?:seconds|minutes|hours|days|wait\w*|time|duration|took|age)\b")
#: Who is gone longest has most days since the last visit.
_GONE: Final = regex(r"\b(?:gone|away|absent|missing|inactive|been (?:in|here|waiting)|waiting|waited)\b")
_SINCE_THEN: Final = regex(r"\b(?:since|away|ago|gone|wait\w*|overdue|inactive)\b")
_FULL: Final = regex(r"\b(?:full|complete|whole|finished|completed)\b")


def has_rank(
    standing: Standing,
    subject: NamedPart,
    rank: int,
    at: tuple[int, int, int],
    columns: list[int],
    *,
    is_high: bool,
) -> bool | None:
    place, start, end = at
    grid = standing.grid
    rows = standing.rows_beside(subject.dim, start, end)
    mine = [n for n in rows if n in subject.rows]
    if "last" in standing.flat[place:end] and len(grid.rows) - 1 in mine:
        return True  # the last row of the table
    rest = [n for n in rows if n not in subject.rows and grid.competes(n, subject.dim)]
    rest = _since(standing, subject, place, end, rest)
    running = grid.running(subject.dim)
    if set(rest) & set(running) and not set(mine) & set(running):
        rest = (
            [n for n in rest if n not in running]
            if _FULL.search(standing.flat[start:end]) or not is_high
            else rest
        )
    verdicts = []
    meant = columns or standing.columns(place, start, end, mine)
    if not columns:  # the best one also grew best only if that is claimed
        meant = [n for n in meant if "change" not in grid.columns[n].about] or meant
    for column in meant:
        summed = [grid.total(column, each) for each in (mine, *standing.by_label(subject.dim, rest))]
        single = [grid.numbers[n][column] for n in (*mine, *rest)]
        own = max if is_high else min
        best = [number for n in mine if (number := grid.numbers[n][column]) is not None]
        if len(summed) > 1 and summed[0] is not None:
            verdicts.append(_is_ranked(summed[0], summed[1:], rank, is_high=is_high))
        if len(single) > len(mine) and best and len(mine) + len(rest) > len(summed):
            verdicts.append(_is_ranked(own(best), single, rank, is_high=is_high))
    told = [each for each in verdicts if each is not None]
    return any(told) if told else None


def _since(standing: Standing, subject: NamedPart, place: int, end: int, rest: list[int]) -> list[int]:
    """The rows after the period that "the best month since May" names."""
    found = SINCE.search(standing.flat[place:end])
    grid = standing.grid
    named = [
        each
        for each in standing.labels
        if found
        and each.dim == subject.dim
        and each is not subject
        and 0 <= each.start - (place + found.start()) <= 6
    ]
    order = grid.order(subject.dim) if named else []
    bases = [
        order.index(label)
        for each in named
        for n in each.rows
        if (label := str(grid.rows[n][subject.dim])) in order
    ]
    return [n for n in rest if str(grid.rows[n][subject.dim]) in order[max(bases) + 1 :]] if bases else rest


def _is_ranked(own: Decimal, others: Sequence[Decimal | None], rank: int, *, is_high: bool) -> bool | None:
    """Whether a figure has a rank among others; None if there are none."""
    values = [value for value in others if value is not None]
    better = sum(value > own if is_high else value < own for value in values)
    equal = sum(value == own for value in values)
    return better <= rank - 1 <= better + equal if values else None


def figure_has_rank(standing: Standing, place: int, end: int, rank: int, *, is_high: bool) -> bool | None:
    """Whether the figure next to a claim that names nothing has the rank in its column."""
    grid = standing.grid
    part = standing.flat.find(";", place, end)
    last = end if part < 0 else part
    for figure in standing.figures:
        if place < figure.start < last and (cells := standing.reading.cells(figure)):
            return any(
                sum(value > own if is_high else value < own for value in values) == rank - 1
                for row, column in cells
                if (own := grid.numbers[row][column]) is not None
                for values in (grid.column(column), grid.labeled_column(column))
            )
    return None


def comes_often(
    standing: Standing, said: str, at: tuple[int, int, int], rank: int, *, is_high: bool
) -> bool | None:
    """Whether the person said to come most often has the fewest days between visits; None if there is no such
    claim."""
    grid = standing.grid
    apart = [n for n in grid.measures if _DAYS_APART.search(grid.columns[n].name)]
    if not apart or not _OFTEN.match(standing.flat[at[0] + len(said) :]):
        return None
    found = [has_rank(standing, each, rank, at, apart, is_high=not is_high) for each in standing.subjects(*at)]
    told = [each for each in found if each is not None]
    return any(told) if told else None


def are_first(
    standing: Standing, said: str, at: tuple[int, int, int], columns: list[int], *, is_high: bool
) -> bool | None:
    """Whether those listed after a claim are the first ones: "the best weeks were"; None if none are listed."""
    listed = _list_after(standing, at[0])
    if len(listed) < 2 or not _SEVERAL.match(standing.flat[at[0] + len(said) :]):
        return None
    ranks = range(1, len(listed) + 1)
    return all(any(has_rank(standing, each, n, at, columns, is_high=is_high) for n in ranks) for each in listed)


def _list_after(standing: Standing, place: int) -> list[NamedPart]:
    """What a sentence lists first after a claim: "the best weeks were those of October 5 and November 2"."""
    return next((list(group) for group in standing.reading.groups if group[0].start > place), [])


def columns_of_time(standing: Standing, said: str, text: str) -> list[int]:
    """The columns of how long something is or was; those of an absence if somebody is gone."""
    grid = standing.grid
    if said not in ("longest", "shortest"):
        return []
    times = [n for n in grid.measures if _OF_TIME.search(grid.columns[n].name)]
    if _GONE.search(text):
        return [n for n in times if _SINCE_THEN.search(grid.columns[n].name)] or times
    return times


def columns_of_frequency(standing: Standing, place: int) -> list[int]:
    """The rates by which something happens "the most often"; none if a claim is not about how often."""
    if not _HOW_OFTEN.match(standing.flat, place):
        return []
    return [n for n in standing.grid.measures if standing.grid.columns[n].unit == "percent"]


def has_counts_alone(standing: Standing, place: int, end: int) -> bool:
    """Whether all figures after a claim are counts, and no words name the column that it ranks by."""
    after = [each for each in standing.figures if place < each.start < end]
    return bool(after) and all(each.is_count for each in after) and not standing.names_columns(place, end)
