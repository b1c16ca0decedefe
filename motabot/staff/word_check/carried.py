"""Comparisons with what the sentence before told: "Oakland sold 68. San Jose had fewer"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.derived import Numbers
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.remark import Beside, Fault, Remark, fault_of
from motabot.staff.word_check.sizes import figure_of
from motabot.text.regex import regex

#: More or less, than what is not said again.
_MORE: Final = regex(
    r"\b(?:(?P<more>more|better|higher|larger|bigger|longer|greater|ahead|above)|(?P<less>less|fewer|lower|smaller|shorter"
    r"|worse|behind|below))\b(?P<of>(?: [a-z]+){0,2})(?=\s*(?:[.,;!)]|$|and\b|but\b))"
)
#: The same of "that": "that is less than San Jose".
_THAT_IS: Final = regex(
    r"\b(?:that|this|it) (?:is|was|'s) (?:still )?"
    r"(?:(?P<more>more|higher|better|larger)|(?P<less>less|fewer|lower|smaller)) than "
)
_UNSURE: Final = regex(
    r"\b(?:not|no|never|nor|except|apart|other|without|if|whether|would|could|cannot|neither|hardly|almost|nearly)\b"
    r"|n['’]t\b"
)
_THAN: Final = regex(r"\bthan\b")


def miscarried(remark: Remark) -> Iterator[Fault]:
    """The comparisons with the one row and figure of the sentence before that the rows deny."""
    before, flat = remark.before, remark.flat
    if before is None or len(before.figures) != 1:
        return
    for pattern in (_MORE, _THAT_IS):
        for match in pattern.finditer(flat):
            is_of_that = pattern is _THAT_IS
            start, end = remark.clause(match.start(), match.end())
            if _UNSURE.search(flat, start, end) or any(start <= each.start < end for each in remark.figures):
                continue
            if not is_of_that and _THAN.search(flat, start, end):
                continue
            sides = [
                (other > one) == ((match["more"] is not None) != is_of_that) and one != other
                for each, past in zip(remark.beside, before.beside, strict=True)
                for one, other in _pairs(remark, each, past, (start, end), match["of"] if not is_of_that else "")
            ]
            if sides and not any(sides):
                yield fault_of(remark, start, end, match[0])


def _pairs(
    remark: Remark, each: Beside, past: Beside, place: tuple[int, int], of: str
) -> Iterator[tuple[Decimal, Decimal]]:
    """The figure of the sentence before, and that of the row that this one names, in each column it may be of."""
    grid = each.grid
    one, other = _only(past.labels), _only([label for label in each.labels if place[0] <= label.start < place[1]])
    if one is None or other is None or one.dim != other.dim or one.rows == other.rows or not remark.before:
        return
    figure = remark.before.figures[0]
    places = [
        n
        for n in range(len(grid.columns))
        for row in one.rows
        if (number := grid.numbers[row][n]) is not None and Numbers([number]).has(figure)
    ]
    about = concepts_in(of) - {"customers"}
    for n in places:
        if about and not grid.columns[n].about & about:
            continue
        first, second = (figure_of(grid, n, label.rows) for label in (one, other))
        if first is not None and second is not None:
            yield first, second


def _only(labels: list[NamedPart]) -> NamedPart | None:
    """The one row that labels name."""
    rows = {(label.dim, label.rows) for label in labels}
    return labels[0] if len(rows) == 1 and len(labels[0].rows) == 1 and not labels[0].is_range else None
