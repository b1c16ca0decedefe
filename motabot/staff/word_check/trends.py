"""Claims of how figures moved without two figures next to them: "has fallen since spring", "fewer tickets"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.courses import FRACTIONS, HEDGE, changes_of, is_times, moves_of
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.pairing import is_object, is_passed_over
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_LONG: Final = regex(
    r"\b(?:has|have|'s|'ve)(?: been)? (?:steadily |slowly |clearly |gradually |generally )*"
    r"(?:(?P<up>grown|risen|climbed|increased|improved|growing|rising|climbing|increasing|improving|trending up)"
    r"|(?P<down>fallen|dropped|declined|shrunk|decreased|falling|dropping|declining|shrinking|trending down))\b"
    r"|\b(?:is|are|keeps?) (?:steadily |slowly |clearly |gradually )*"
    r"(?:(?P<rising>growing|rising|climbing|increasing|improving|trending up)"
    r"|(?P<falling>falling|dropping|declining|shrinking|decreasing|trending down))\b"
)
#: The fewest periods of a trend.
_FEWEST: Final = 4
_BARE: Final = regex(
    r"(?<!relatively )\b(?:(?P<more>more|higher|bigger|larger)|(?P<less>fewer|less|lower|smaller))\s+"
    r"(?P<what>(?:average )?[a-z]+)\b"
    r"(?![^,;.()]{0,30}\b(?:than|que)\b)(?! (?:per|each)\b)"
)
_ON_ONE: Final = regex(
    r"\b(?:(?P<more>more|higher|bigger|larger)|(?P<less>fewer|less|lower|smaller))(?P<what>(?: [a-z]+){0,2}?)"
    r" (?:on|in|at|for|among|with) (?:the |our )?$"
)
_BY_A_PART: Final = regex(
    r"\b(?P<turn>lost|shed|fell(?: by)?|dropped(?: by)?|declined(?: by)?|(?:is|was|are|were) down(?: by)?"
    r"|grew(?: by)?"
    r"|rose(?: by)?|gained|(?:is|was|are|were) up(?: by)?) "
    + HEDGE
    + r"(?:an? |one )?(?P<part>half|two[ -]thirds|third|three[ -]quarters|quarter|fifth)\b"
)
_RISES: Final = regex(r"grew|rose|gained|up")
_GROWTH: Final = regex(
    r"\bgrowth\b[^,;.:]{0,30}?\b(?:(?P<more>accelerat\w*|speed\w* up|sped up|pick(?:s|ed|ing) up)"
    r"|(?P<less>slow\w*|decelerat\w*|cool\w*|flatten\w*|los\w+ steam))\b"
)
_EACH: Final = regex(r"\b(?:each|every)\b")


def claims_of_trends(standing: Standing) -> Iterator[Verdict]:
    """Each such claim, and whether the rows support it; claims that they cannot decide are left out."""
    yield from _of_long(standing)
    yield from _of_bare(standing)
    yield from _of_one_of_two(standing)
    yield from _of_parts(standing)
    yield from _of_growth(standing)


def _of_long(standing: Standing) -> Iterator[Verdict]:
    """ "The number of customers has fallen since spring": neither the ends nor the halves of a column moved so."""
    for match in _LONG.finditer(standing.flat):
        start, end = standing.reading.segment_of(match.start())
        if standing.is_denied(start, match.start()) or standing.has_exception(start, end):
            continue
        is_up = bool(match["up"] or match["rising"])
        told = []
        for numbers in _courses(standing, match.start(), start, end):
            half = len(numbers) // 2
            early, late = sum(numbers[:half], Decimal(0)) / half, sum(numbers[-half:], Decimal(0)) / half
            moves = [numbers[-1] - numbers[0], late - early]
            told.append(any(move > 0 if is_up else move < 0 for move in moves))
        if told:
            yield Verdict(standing.quoted(start, end), any(told))


def _courses(standing: Standing, place: int, start: int, end: int) -> Iterator[list[Decimal]]:
    """The figures of the finished periods from the one that is named, in each column that may be meant."""
    grid = standing.grid
    axes = [dim for dim in grid.periods if grid.is_axis(dim)]
    if len(axes) != 1:
        return
    [dim] = axes
    order, running = grid.order(dim), {str(grid.rows[n][dim]) for n in grid.running(dim)}
    named = [order.index(str(grid.rows[n][dim])) for each in standing.labels if each.dim == dim for n in each.rows]
    labels = [label for label in order[min(named, default=0) :] if label not in running]
    rows = standing.rows_beside(dim, start, end)
    for column in standing.columns(place, start, end, rows):
        totals = [grid.total(column, [n for n in rows if str(grid.rows[n][dim]) == label]) for label in labels]
        numbers = [each for each in totals if each is not None]
        if len(numbers) >= _FEWEST:
            yield numbers


def _of_bare(standing: Standing) -> Iterator[Verdict]:
    """ "Although there were fewer tickets": the later of two periods, or one of two things, against the other."""
    for match in _BARE.finditer(standing.flat):
        columns = standing.columns_about(match["what"])
        is_vague = "average" in match["what"] and len(columns) > 1
        if not columns or is_vague or standing.is_denied(0, match.start()):
            continue
        pair = _two_sets(standing, match)
        found = standing.totals(*pair, columns) if pair else []
        if found:
            is_true = any(one > other if match["more"] else one < other for one, other in found)
            yield Verdict(standing.quoted(*match.span()), is_true)


def _of_one_of_two(standing: Standing) -> Iterator[Verdict]:
    """ "The average ticket is higher on weekends": than with the only other label."""
    grid = standing.grid
    for each in standing.labels if len(grid.rows) == 2 and not grid.totals else ():
        match = _ON_ONE.search(standing.flat[: each.start])
        start, _end = standing.reading.segment_of(each.start)
        if match is None or len(each.rows) != 1 or standing.is_denied(start, match.start()):
            continue
        columns = standing.columns_about(standing.flat[max(start, match.start("what")) : match.end()])
        columns = columns or standing.columns_about(standing.flat[start : match.start()])
        [mine] = each.rows
        if found := standing.totals([mine], [1 - mine], columns):
            is_true = any(one > other if match["more"] else one < other for one, other in found)
            yield Verdict(standing.quoted(match.start(), each.end), is_true)


def _two_sets(standing: Standing, match: re.Match[str]) -> tuple[list[int], list[int]] | None:
    """The rows of what a claim is of, and those of the only other thing that it may be compared with."""
    grid = standing.grid
    before = [each for each in standing.labels if each.end <= match.start()]
    before = [
        each for each in before if not is_passed_over(standing.flat, each) and not is_object(standing.flat, each)
    ]
    for dim in grid.labels:
        order = grid.order(dim) if grid.is_axis(dim) else []
        labels = list(dict.fromkeys(str(row[dim]) for row in grid.rows))
        if len(labels) != len(grid.rows) or len(grid.rows) != 2:
            continue
        own = [each for each in before if each.dim == dim and len(each.rows) == 1][-1:]
        if own and (len(order) != 2 or len(standing.labels) == 1):
            [mine] = own[0].rows
        elif len(order) == 2:
            mine = labels.index(order[1])
        else:
            continue
        return [mine], [1 - mine]
    return _two_named(standing, before)


def _two_named(standing: Standing, before: Sequence[NamedPart]) -> tuple[list[int], list[int]] | None:
    """The rows of the last thing before a claim, and of the only other one that the sentence names."""
    own = before[-1] if before else None
    if own is None or {each.dim for each in standing.labels} != {own.dim}:
        return None
    others = {each.rows for each in standing.labels if each.rows != own.rows}
    return (sorted(own.rows), sorted(next(iter(others)))) if len(others) == 1 else None


def _of_parts(standing: Standing) -> Iterator[Verdict]:
    """ "Lost half of its sales": what moved is such a part of what was."""
    for match in _BY_A_PART.finditer(standing.flat):
        start, end = standing.reading.segment_of(match.start())
        factor = Decimal(FRACTIONS[match["part"].replace("-", " ")])
        at = match.start(), start, end
        changes = [pair for pair in changes_of(standing, *at) if pair[0]] or moves_of(standing, *at)
        if standing.is_denied(start, match.start()):
            continue
        known = [(early, late) for early, late in changes if early]
        if known:
            is_rise = _RISES.search(match["turn"]) is not None
            is_true = any(
                (late > early) == is_rise and is_times(abs(late - early), early, factor, match["hedge"])
                for early, late in known
            )
            yield Verdict(standing.quoted(*match.span()), is_true)


def _of_growth(standing: Standing) -> Iterator[Verdict]:
    """ "Growth is slowing": the last step is smaller than the one before, or than those before on average."""
    for match in _GROWTH.finditer(standing.flat):
        start, end = standing.reading.segment_of(match.start())
        told = []
        for numbers in _courses(standing, match.start(), start, end):
            steps = [late / early for early, late in itertools.pairwise(numbers) if early]
            if len(steps) < 2:
                continue
            mean = sum(steps[:-1], Decimal(0)) / len(steps[:-1])
            if _EACH.search(standing.flat[match.end() : end]):
                told.append(all((b > a) == bool(match["more"]) for a, b in itertools.pairwise(steps)))
            else:
                told.append(any((steps[-1] > one) == bool(match["more"]) for one in (steps[-2], mean)))
        if told and not standing.is_denied(start, match.end()):
            yield Verdict(standing.quoted(*match.span()), any(told))
