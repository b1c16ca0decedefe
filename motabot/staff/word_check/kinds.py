"""The kind of figure that the words before it announce: a change, a mean, one of a numbered column."""

from __future__ import annotations

import re
from typing import Final

from motabot.staff.word_check.concepts import INBOUND, OUTBOUND
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.reading import HeldSentence
from motabot.text.regex import regex

MEANS: Final = frozenset({"average", "median"})
#: "Dropped by $40.00": how far something moved.
_MOVED_BY: Final = regex(
    r"\b(?:(?:rose|grew|climbed|jumped|increased|gained|improved|fell|dropped|declined|decreased|slipped|shrank|up"
    r"|down) by|(?:drop|fall|decline|decrease|rise|increase|gain|jump|loss) of)\s+(?:about |around |roughly |some "
    r"|nearly |almost |over |just )*$"
)
#: "The average customer has 320 points": what follows is a mean.
_TYPICAL: Final = regex(
    r"\b(?:the |an? )?(?:average|typical|mean|median) (?:[a-z]+ ){1,2}?"
    r"(?:has|have|had|holds?|is|was|spends?|spent)\s+(?:about )?$"
)
_WAYS: Final = frozenset({"outbound", "inbound"})
_NEXT: Final = regex(r"[,;:()]|\s(?:and|but|while|than)\s|\d")
_DENIED: Final = regex(r"\b(?:cannot|(?:can|do|does|did|are|is|was|were|have|has|may|must) ?n[o'’]t)\b")
_DENIES: Final = regex(r"\b(?:not|never|no|non|without|cannot)\b")
_DIGITS: Final = regex(r"(?<![\w$.,])\d{1,3}(?![\w,.]\d|%)\b")


def is_of_other_kind(reading: HeldSentence, figure: Written, place: int) -> bool:
    """Whether the words before a figure announce another kind of figure than a column has."""
    grid, about = reading.grid, reading.grid.columns[place].about
    ahead = reading.flat[reading.start_of_phrase(figure) : figure.start]
    if _MOVED_BY.search(ahead) and "change" not in about and _has_times(grid):
        return True
    if (
        _is_of_other_number(reading, figure, place)
        or _is_of_other_way(reading, figure, about)
        or _is_denied(reading, figure, place)
    ):
        return True
    return not about & MEANS and _TYPICAL.search(ahead) is not None and _has_mean_of(grid, about)


def _is_of_other_number(reading: HeldSentence, figure: Written, place: int) -> bool:
    """Whether the words name the number of another column: "the top 20" beside "top 10 sales"."""
    names = [set(_DIGITS.findall(column.name)) for column in reading.grid.columns]
    said = set(_DIGITS.findall(reading.flat[reading.segment_of(figure.start)[0] : figure.start]))
    others = set[str]().union(*(each for n, each in enumerate(names) if n != place))
    return bool(names[place]) and bool(said & others) and not said & names[place]


def _is_of_other_way(reading: HeldSentence, figure: Written, about: frozenset[str]) -> bool:
    """Whether the words next to a count say "sent", and its column counts what came in, or the reverse."""
    grid = reading.grid
    known = {way for n in grid.measures for way in grid.columns[n].about & _WAYS}
    if not about & _WAYS or len(known) < len(_WAYS):
        return False
    start, end = reading.segment_of(figure.start)
    rest = _NEXT.search(reading.flat, figure.end, end)
    after = reading.flat[figure.end : rest.start() if rest else end]
    ahead = reading.flat[start : figure.start]
    for words in (after, ahead):
        sent, got = (
            max((each.end() for each in pattern.finditer(words)), default=0) for pattern in (OUTBOUND, INBOUND)
        )
        if sent != got:
            return ("outbound" if sent > got else "inbound") not in about
    return False


def _is_denied(reading: HeldSentence, figure: Written, place: int) -> bool:
    """Whether the words after a count deny its column's name: "97 of them cannot be texted"."""
    name = reading.grid.columns[place].name
    _start, end = reading.segment_of(figure.start)
    rest = _NEXT.search(reading.flat, figure.end, end)
    after = reading.flat[figure.end : rest.start() if rest else end]
    denied = _DENIED.search(after)
    stems = [each[:4] for each in name.split() if len(each) > 3]
    if denied is None or not figure.is_count or not stems or _DENIES.search(name):
        return False
    return all(re.search(rf"\b{re.escape(each)}", after[denied.end() :]) for each in stems)


def _has_times(grid: Grid) -> bool:
    """Whether a result compares two times, so that a change is not a cell of one of them."""
    return (
        any("change" in grid.columns[n].about for n in grid.measures)
        or sum(grid.columns[n].days is not None for n in grid.measures) > 1
        or any(map(grid.is_axis, grid.periods))
    )


def _has_mean_of(grid: Grid, about: frozenset[str]) -> bool:
    """Whether a result has the mean of what one of its columns is about, in another column."""
    return any(
        grid.columns[n].about & MEANS and (grid.columns[n].about & about - MEANS or len(grid.rows) == 1)
        for n in grid.measures
    )
