"""Comparisons of two rows: "Oakland sold more than Berkeley"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.meaning import meant
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.remark import DENIED, PARTLY, Beside, Fault, Remark, fault_of
from motabot.staff.word_check.sizes import TIMES, figure_of
from motabot.text.regex import regex

#: "More than" another row.
_MORE_THAN: Final = regex(
    r"\b(?:(?P<more>(?:more|higher|larger|bigger|better|greater|stronger)(?: [a-z]+){0,4} than|above|ahead of"
    r"|beats?"
    r"|outsells?|outsold|outnumbers?|mas que)"
    r"|(?:less|fewer|lower|smaller|worse|weaker|rarer)(?: [a-z]+){0,4} than|below"
    r"|behind"
    r"|menos que)\b(?! \$?\d| twice| double| half| [a-z]+ times)"
)
#: What is done by an amount, and not by a rate.
_AMOUNT: Final = regex(
    r"\b(?:brings? in|brought in|makes?|made|sells?|sold|takes? in|took in|outsells?|outsold)\b"
)
#: A rate, which may follow from two columns.
_RATE: Final = regex(r"\b(?:per|rate|share|each)\b")
_GAP: Final = regex(r"[^,;()]{26}|[;:()]|, ")


def miscompared(remark: Remark) -> Iterator[Fault]:
    """ "Oakland sold more than Berkeley": some column of the words must say so."""
    flat = remark.flat
    for match in _MORE_THAN.finditer(flat):
        start, end = remark.clause(match.start(), match.end())
        if DENIED.search(flat, start, end) or TIMES.search(flat, start, end) or PARTLY.search(flat, start, end):
            continue
        sides = list[bool]()
        for each, labels in remark.subjects(start, end):
            before = [label for label in labels if label.end <= match.start() and not label.is_range]
            after = [
                label
                for label in labels
                if match.end() <= label.start and not _GAP.search(flat, match.end(), label.start)
            ]
            if before and after:
                sides += _sides(remark, each, (before[-1], after[0]), labels, match, (start, end))
        if sides and not any(sides):
            yield fault_of(remark, start, end, match[0])


def _sides(
    remark: Remark,
    each: Beside,
    pair: tuple[NamedPart, NamedPart],
    labels: Sequence[NamedPart],
    match: re.Match[str],
    place: tuple[int, int],
) -> Iterator[bool]:
    """Whether the first of two rows has more than the other, or less, in each column that may be meant."""
    grid, (one, other) = each.grid, pair
    if any(one.end <= figure.start < match.start() for figure in remark.figures):
        return
    rest = [label for label in labels if label.start not in (one.start, other.start)]
    if one.dim != other.dim or any(label.dim == one.dim for label in rest):
        return
    rows = [each.rows_of([label, *rest]) for label in pair]
    if len(rows[0]) != 1 or len(rows[1]) != 1 or rows[0] == rows[1]:
        return
    for n in _compared_columns(remark, each, match, place):
        first, second = (figure_of(grid, n, some) for some in rows)
        if first is not None and second is not None:
            yield first != second and (first > second) == (match["more"] is not None)


def _compared_columns(remark: Remark, each: Beside, match: re.Match[str], place: tuple[int, int]) -> list[int]:
    """The columns of what is more or less, of the period that is named, or all."""
    grid = each.grid
    every = [*grid.measures, *grid.averages, *grid.changes]
    near = meant(grid, grid.measures, match[0])
    if len(near) < len(grid.measures) and not _RATE.search(match[0]):
        return near
    is_told = any(place[0] <= figure.start < place[1] for figure in remark.figures)
    about = remark.about(*place) - {"change", "customers"}
    named = [] if is_told else [n for n in every if grid.columns[n].about & about]
    if not named and _AMOUNT.search(remark.flat, *place):
        named = [n for n in grid.measures if grid.columns[n].adds_up]
    dated = {n for part in each.mentions if part.dim == COLUMNS for n in part.rows if grid.columns[n].days}
    return [n for n in named or every if not dated or n in dated] or named or every
