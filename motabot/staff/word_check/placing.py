"""Figures that stand directly at a named row, and are those of another row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.derived import Numbers
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.remark import BREAK, Beside, Fault, Remark
from motabot.text.regex import regex

_VERB: Final = (
    r"(?:had|has|have|made|makes?|sold|sells?|took(?: in)?|takes?(?: in)?|brought(?: in)?|brings?(?: in)?|earned"
    r"|earns?|is|was|are|were|got|saw|spent|bought|reached|leads?|led|follows?|stands?|came|comes|rang|hizo|tuvo"
    r"|vendio|gano|trajo)"
)
#: Between a row's name and its figure: "Oakland: $43", "Oakland had only 43", "Oakland ($43".
_TO_FIGURE: Final = regex(
    rf"(?:'s|’s)?\s*(?:[:(]?\s*(?:with|at|con)?\s*|\s{_VERB} (?:up |in |out )?(?:with |at |to |on |for )?)"
    r"(?:about |only |just |over |nearly |almost |some |the most,? |the least,? |the fewest,? )?"
)
#: Between a figure and its row: "$43 at Oakland", "812 tickets in October".
_TO_ROW: Final = regex(r"(?: (?P<noun>[a-z]+))? (?:in|at|from|for|by|en|de) (?:the )?")
#: The other of two: "(11 tickets against 9)", "just below Edibles at 18.5%", "A and B follow with 5 and 4".
_OF_TWO: Final = regex(
    r"(?: [a-z]+)? (?:against|vs\.?|versus|frente a|instead of|rather than|compared)\b|(?:,| and|, and) \$?\d"
)
_COMPARED: Final = regex(
    r"\b(?:below|above|than|behind|against|after|before|over|of|from|to|as|and|or|vs\.?|versus|beat|beats|up"
    r"|que) (?:the |an? |our )?$"
)
#: What is said of more than the row that a clause names.
_SEVERAL: Final = regex(
    r"\b(?:together|both|all|others?|rest|combined|than|against|versus|vs|between|from|in total|in all|total"
    r"|of the|gap"
    r"|difference|instead|usual|mean|before|after|since|most|goes|up|down|juntos|total(?:es)?|entre|except"
    r"|without)\b"
)
#: Figures of more digits are not the cell of another row by chance.
_FEW_DIGITS: Final = 2
_NOUN: Final = regex(r"(?: more| new)? ([a-z]+)")
#: A difference, a part of something, or a bound.
_RELATIVE: Final = regex(
    r"\s?(?:%? ?(?:more|less|fewer|above|below|ahead|behind|higher|lower|up|down|points?|pp|off|of|times"
    r"|days?|weeks?"
    r"|months?|years?|stores?|times|apart|de|or more|mas|menos)\b|[-–]|\+)"
)


def misplaced(remark: Remark) -> Iterator[Fault]:
    """The figures that stand directly at a named row although no cell of it fits, and another row's does."""
    for figure in remark.figures:
        if _RELATIVE.match(remark.flat, figure.end) or _OF_TWO.match(remark.flat, figure.end):
            continue
        bound = [(each, label) for each in remark.beside for label in _at(remark, each, figure)]
        if figure.hedge in ("over", "under"):
            yield from _beyond(bound, figure)
            continue
        if not bound or any(_fits(remark, each, label, figure) for each, label in bound):
            continue
        found = [place for each, _label in bound if (place := _elsewhere(each, figure))]
        if found:
            yield Fault(figure.start, figure.end, f"{figure.words} ({found[0]})")


def _beyond(bound: Sequence[tuple[Beside, NamedPart]], figure: Written) -> Iterator[Fault]:
    """A bound that stands at a named row with all figures of its unit on the other side."""
    cells = [
        number
        for each, label in bound
        for row in label.rows
        for n in each.grid.measures
        if each.grid.columns[n].unit in _units(figure) and (number := each.grid.numbers[row][n]) is not None
    ]
    held = [number >= figure.value if figure.hedge == "over" else number <= figure.value for number in cells]
    if held and not any(held) and not figure.is_percent:
        yield Fault(figure.start, figure.end, f"{figure.hedge} {figure.words}")


def _at(remark: Remark, each: Beside, figure: Written) -> Iterator[NamedPart]:
    """The name that a figure stands at, before or after it."""
    flat = remark.flat
    start, end = _around(flat, figure)
    inside = [label for label in each.labels if start <= label.start < end]
    for label in each.labels:
        if label.is_range or (label.days is not None and not each.grid.is_axis(label.dim)):
            continue
        if _COMPARED.search(flat[: label.start]) and label.end <= figure.start:
            continue
        if (
            (label.end <= figure.start and _TO_FIGURE.fullmatch(flat, label.end, figure.start))
            or (figure.is_count and flat[figure.end : label.start] == " ")
            or (figure.end <= label.start and _TO_ROW.fullmatch(flat, figure.end, label.start))
        ):
            yield label
        elif label in inside and figure.digits > _FEW_DIGITS and not _SEVERAL.search(flat, start, end):
            others = [other for other in inside if (other.start, other.dim) != (label.start, label.dim)]
            if all(other.dim != label.dim for other in others):
                yield label


def _around(flat: str, figure: Written) -> tuple[int, int]:
    """The clause of a figure, in the narrowest sense."""
    start = max((match.end() for match in BREAK.finditer(flat, 0, figure.start)), default=0)
    rest = BREAK.search(flat, figure.end)
    return start, rest.start() if rest else len(flat)


def _fits(remark: Remark, each: Beside, label: NamedPart, figure: Written) -> bool:
    """Whether a figure is of a row with a label, or follows from it."""
    grid = each.grid
    rows = sorted(label.rows)
    near = [other for other in each.labels if other.dim != label.dim and not other.rows.isdisjoint(label.rows)]
    rows = each.rows_of([label, *near]) or rows
    noun = _NOUN.match(remark.flat, figure.end)
    said = concepts_in(noun[1]) if noun and figure.is_count else frozenset[str]()
    meant = [n for n in grid.measures if grid.columns[n].about & said] if said else []
    numbers = [
        number for row in rows for n in (meant or range(len(grid.columns))) for number in grid.readings(row, n)
    ]
    if Numbers(number * (100 if figure.is_percent and abs(number) <= 1 else 1) for number in numbers).has(figure):
        return True
    sums = [total for n in grid.measures if (total := grid.total(n, rows)) is not None]
    shares = [100 * share for row in rows for n in grid.measures if (share := grid.share(row, n)) is not None]
    lines = [
        [(grid.columns[n].unit, number) for n in grid.measures if (number := grid.numbers[row][n])] for row in rows
    ]
    rates = [
        100 * one / other if figure.is_percent else one / other
        for line in lines
        for _unit, one in line
        for _other, other in line
    ]
    return Numbers([*sums, *shares, *rates, len(rows)]).has(figure)


def _elsewhere(each: Beside, figure: Written) -> str:
    """Where a figure is a cell of a column of its unit; empty: nowhere, or too small to tell."""
    grid = each.grid
    units = _units(figure)
    for row in range(len(grid.rows)):
        for n in grid.measures:
            number = grid.numbers[row][n]
            if number is None or grid.columns[n].unit not in units:
                continue
            if Numbers([number, number * 100] if figure.is_percent else [number]).has(figure):
                return grid.named_cell(row, n)
    return ""


def _units(figure: Written) -> tuple[str, ...]:
    """The formats of the columns that a figure may be of."""
    if figure.is_percent:
        return ("percent", "number", "")
    return ("money", "number", "") if figure.is_money else ("count", "number", "duration", "")
