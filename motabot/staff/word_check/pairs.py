"""Claims that one of two things is more: "ahead of", "outsold", "fewer than"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from motabot.staff.word_check.exceptions import exceptions_in
from motabot.staff.word_check.majorities import COUNTED
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.orders import GROWS, LOW, has_rate
from motabot.staff.word_check.standing import Pair, Standing, Verdict
from motabot.text.regex import regex

_MORE: Final = regex(
    r"\b(?:ahead of|beats?|beating|outs(?:old|ells?)|outnumber\w*|outperform\w*|exceed\w*|surpass\w*|overtook"
    r"|followed(?: closely)? by|seguid[oa] (?:por|de)|por encima de|super[oa] a|above)\b"
    r"|\b(?:more|higher|better|faster|greater|larger|bigger|stronger|busier|longer|mas|mejor|mayor)\b(?! recent)"
    r"[^,;.()]{0,45}?\b(?:than|que)\b"
)
_LESS: Final = regex(
    r"\b(?:behind|trails|trailing|below|por debajo de|detras de)\b"
    r"|\b(?:less|fewer|lower|worse|smaller|weaker|slower|shorter|menos|menor"
    r"|peor)\b[^,;.()]{0,45}?\b(?:than|que)\b"
)
#: "Behind Vapes in the second": a column that has no name here.
_IN_OTHER: Final = regex(r"\bin the (?:second|first|latter|former|other)\b(?= ?(?:[,.;:]|$|and\b))")
_OF_TIME: Final = regex(r"\b(?:quarter|week|month|year)\b")
_FASTER: Final = regex(r"faster")
_PER: Final = regex(r"\b(?:per|each|por|an? (?:unit|ticket|sale|visit|day|customer))\b")
#: "Above the $81.84 of the medical ones".
_FIGURE_OF: Final = regex(r" the \$?[\d,.]+%? (?:of|for|at|in|on|by) the ")
_TOGETHER: Final = regex(r"\b(?:together|combined|juntos|juntas)\b")
#: After "sold the least" what follows is more.
_NEXT: Final = regex(r"followed|seguid")


def claims_of_pairs(standing: Standing) -> Iterator[Verdict]:
    """Claims that one of two things is more than the other, and whether the rows support them."""
    for pattern, is_more in ((_MORE, True), (_LESS, False)):
        for match in pattern.finditer(standing.flat):
            after = [each for each in standing.labels if each.start > match.start() and each.end > match.end()][:1]
            before = standing.subject_before(match.start(), after[0].dim) if after else []
            inside = [each for each in standing.labels if match.start() < each.start and each.end < match.end()]
            before = before or [each for each in inside if after and each.dim == after[0].dim][-1:]
            between = standing.flat[match.end() : after[0].start] if after else ""
            is_near = bool(before) and (between.count(" ") <= 4 or _FIGURE_OF.fullmatch(between) is not None)
            is_rate = _PER.search(match[0]) is not None and not has_rate(standing, match[0], "average")
            start, _end = standing.reading.segment_of(match.start())
            if (
                not is_near
                or (_IN_OTHER.search(standing.flat, match.end()) and not _OF_TIME.search(standing.flat))
                or is_rate
                or standing.is_denied(0, match.start())
                or _is_counted(standing, match, start)
            ):
                continue
            if _FASTER.match(match[0]) or GROWS.search(standing.flat[before[0].end : match.start()]):
                found = standing.pairs_in(before[0], after[0], start, standing.grid.changes)
            else:
                whole = _together(standing, before[0], match.start())
                found = _levels(standing, whole, after[0], match.start(), start)
                found += standing.quoted_pairs(before[0], after[0])
                found += _of_figure_before(standing, before[0], match.start(), after[0])
            if found:
                is_more_here = is_more and not (
                    _NEXT.match(match[0]) and LOW.search(standing.flat[: match.start()])
                )
                is_true = any(one > other if is_more_here else one < other for one, other in found)
                yield Verdict(f"{standing.quoted(before[0].start, after[0].end)} ({match[0]})", is_true)


def _together(standing: Standing, subject: NamedPart, place: int) -> NamedPart:
    """All of a list whose last thing is compared, if they are taken together: "Vapes and Edibles together"."""
    group = next((each for each in standing.reading.groups if subject in each), [subject])
    if len(group) < 2 or not _TOGETHER.search(standing.flat, subject.end, place):
        return subject
    return replace(subject, rows=frozenset[int]().union(*(each.rows for each in group)))


def _levels(standing: Standing, one: NamedPart, other: NamedPart, place: int, start: int) -> list[Pair]:
    """The figures of two things in the columns that a claim may mean, none of which is a change."""
    grid, end = standing.grid, len(standing.flat)
    rows = [n for n in standing.rows_beside(one.dim, start, end) if n in one.rows | other.rows]
    levels = [n for n in grid.measures if "change" not in grid.columns[n].about]
    meant = [n for n in standing.columns(place, start, end, rows) if n in levels or n not in grid.measures]
    return standing.pairs_in(one, other, start, meant or levels)


def _of_figure_before(standing: Standing, subject: NamedPart, place: int, other: NamedPart) -> list[Pair]:
    """The last figure before a comparison, which may be what is compared: "back to $3,611, below August"."""
    ahead = [each for each in standing.figures if subject.end <= each.start and each.end <= place][-1:]
    return [
        (figure.value, number)
        for figure in ahead
        for _row, column in standing.reading.cells(figure)
        for n in standing.rows_beside(other.dim, 0, len(standing.flat))
        if n in other.rows and (number := standing.grid.numbers[n][column]) is not None
    ]


def _is_counted(standing: Standing, match: re.Match[str], start: int) -> bool:
    """Whether a comparison is about some rows only: "in the other stores", "in three of the four"."""
    _first, end = standing.reading.segment_of(match.start())
    return any(exceptions_in(standing.reading, end, start)) or COUNTED.search(standing.flat[start:end]) is not None
