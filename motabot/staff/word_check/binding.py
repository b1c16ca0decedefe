"""Binds the figures of a sentence to what it names, and finds those of another row or column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.exceptions import exceptions_in
from motabot.staff.word_check.figures import FEW, Written
from motabot.staff.word_check.kinds import MEANS, is_of_other_kind
from motabot.staff.word_check.named import COLUMNS
from motabot.staff.word_check.pairing import ORDERS, adjoining, is_aside, is_object
from motabot.staff.word_check.reading import Cell, Group, HeldSentence, has_unit
from motabot.staff.word_check.totals import is_of_total
from motabot.text.regex import regex

#: Words for figures of several rows together.
TOGETHER: Final = regex(
    r"\b(?:together|combined|in all|altogether|total\w*|sum|overall|all|the (?:two|three|four|five|rest|others?)"
    r"|average|mean|of the|add up|come to|comes to|juntos|juntas|entre l[oa]s|en total|suman?|todos|todas|promedio"
    r"|de l[oa]s|median|since|desde|weekend|whole|entire|both)\b"
)
_SUPERLATIVE: Final = regex(
    r"\b(?:best|top|highest|most|largest|biggest|busiest|worst|lowest|least|fewest|smallest|slowest"
    r"|ranges?|between|peak\w*|mejor|peor|mayor|menor|from|de)\b"
)
#: "3 of our 20 leads": the whole of a part.
BASE_OF: Final = regex(
    r"(?:\bof (?:the |our |all |all our |all the )?(?:[a-z]+['’]s )?(?:total )?(?:of )?|\bour |\ball (?:the "
    r"|our )?)$"
)
#: "7 each", and how many have it: "three colleagues with 7 each".
_APIECE: Final = regex(r"(?: [a-z]+){0,2} each\b")
_SO_MANY: Final = regex(rf"\b(?P<many>\d{{1,2}}|{'|'.join(FEW)}|both|each)\b(?=[^,;.]{{0,40}}$)")
#: "Up 4.5% from May to June": one figure about two periods.
_AGAINST: Final = regex(r"\b(?:against|versus|vs\.?|compared (?:with|to)|frente a)\s+$")
#: A figure that follows from several cells is next to such a word.
_RELATED: Final = regex(
    r"\b(?:together|combined|total\w*|sum|more|less|fewer|difference|gap|apart|ahead|behind|up|down|rose|grew"
    r"|fell|dropped|rest"
    r"|other|remaining|between|than|both|average|of which|plus|left|after|before|higher|lower|above|below"
    r"|per|each|a)\b"
)
#: Names of a row without a label.
_WITHOUT: Final = regex(r"\b(?:without|no|not|none|unknown|unlabeled|missing|blank|empty|sin|desconocid\w+)\b")
#: A sum of money is one of these.
_OF_SALES: Final = frozenset({"sales", "tickets", "visits"})
#: A figure after such words belongs to the period before.
_EARLIER: Final = regex(r"\b(?:from|against|versus|vs\.?|compared (?:with|to)|de|desde|frente a|contra)\s*$")
#: Words that apply to each item of a list.
_EACH: Final = regex(
    r"\b(?:each|both|apiece|same|equal\w*|alike|tied?|level|similar|cada un[oa]|amb[oa]s|mism[oa]s?)\b"
)
_OF_SO_MANY: Final = regex(r"\s+(?:out )?of (?:the |our |all |those |these )*\d")
_NEXT_WORD: Final = regex(r"[\s-]([a-z]+)")
_PRONOUN: Final = regex(r"\b(?:it|they|its|their|he|she|his|her)\b")
#: "Is back to $40.00": in the last period.
_NOW: Final = regex(r"\b(?:now|currently|back (?:to|at|down to|up to)|latest|stands? at)\b")
#: Nouns that any count may be of.
_GENERIC: Final = frozenset({"customers", "tickets"})
#: A count is one of these.
_COUNTED: Final = frozenset({*_OF_SALES, "refund", "units", "customers", "texts", "points", "leads"})
_KINDS_OF_MONEY: Final = frozenset({"sales", "refund", "margin", "discount", "tax", "cost"})


def misplaced(reading: HeldSentence) -> set[Written]:
    """The figures that are cells, but not of what the sentence names.

    A sentence may name a thing before its figure, after it, or all things before all figures; the best fit counts.
    """
    cells = {figure: found for figure in reading.figures if (found := reading.cells(figure))}
    whole = _failing(reading, cells, 0, len(reading.flat))
    if not whole:
        return whole
    by_parts = set[Written]().union(*(_failing(reading, cells, *part) for part in reading.segments))
    return min(whole, by_parts, key=len)


def is_fixed(readings: Sequence[HeldSentence], figure: Written) -> bool:
    """Whether an exact figure is a cell of another kind of money than the words next to it name.

    "Discounts came to $10,145.56" is wrong if that is the tax, although it equals sales minus net sales.
    """
    if not figure.is_money or figure.step > Decimal("0.01") or _RELATED.search(readings[0].flat):
        return False
    return any(
        all(_is_other_money(reading.said_of(figure), reading.grid.columns[column].about) for _row, column in cells)
        for reading in readings
        if (cells := reading.cells(figure))
    )


def _is_other_money(said: frozenset[str], about: frozenset[str]) -> bool:
    """Whether words and a column are about two kinds of money, such as discounts and tax."""
    kinds = said & _KINDS_OF_MONEY, about & _KINDS_OF_MONEY
    return bool(kinds[0] and kinds[1]) and not kinds[0] & kinds[1]


def _failing(reading: HeldSentence, cells: Mapping[Written, list[Cell]], start: int, end: int) -> set[Written]:
    """The figures of a part that are not cells of what it names, in whatever order it is read."""
    figures = [figure for figure in cells if start <= figure.start < end]
    groups = [each for each in reading.groups if not is_aside(reading.flat, each[0])]
    inside = [each for each in groups if start <= each[0].start < end]
    before = [each for each in groups if each[0].start < start][-1:]  # what the sentence is still about
    lately = [each for each in groups if each[0].start < start][-2:]
    if not inside and len(lately) > 1 and not is_object(reading.flat, lately[-1][0]):
        lately.reverse()  # what is named last is the subject, and comes first
    both = [*before, *inside] if inside and is_object(reading.flat, inside[0][0]) else [*inside, *before]
    found = []
    for named in (both, inside) if inside else (before, lately):
        bounds = [*(order(figures, named) for order in ORDERS), adjoining(reading.flat, figures, named)]
        found += [
            {each for each in figures if not _fits(reading, each, cells[each], _own(reading, each, bound[each]))}
            for bound in bounds
        ]
    return min(found, key=len)


def _own(reading: HeldSentence, figure: Written, bound: Sequence[Group]) -> Sequence[Group]:
    """What a figure is bound to; in "89 of the 116 September customers" the first is not of September's column."""
    if _OF_SO_MANY.match(reading.flat[figure.end :]) is None:
        return bound
    return [group for group in bound if group[0].dim != COLUMNS or group[0].start < figure.start]


def _fits(reading: HeldSentence, figure: Written, cells: Sequence[Cell], bound: Sequence[Group]) -> bool:
    """Whether a figure is a cell of what it is bound to, in a column that the words around it are about."""
    start, end = reading.segment_of(figure.start)
    part = reading.flat[start:end]
    if any(start <= match.end() for match in exceptions_in(reading, figure.start)):
        return any(_is_about(reading, figure, column) for _row, column in cells)
    many = [
        group for group in bound if _is_of_many(reading, group, part) and not _is_listed(reading, group, cells)
    ]
    if many and not _SUPERLATIVE.search(part):
        return _EACH.search(part) is not None and all(_is_of_each(group, cells) for group in many)
    earlier_of = figure.start if _EARLIER.search(reading.flat[: figure.start]) else 0
    if is_of_all(reading, figure, cells) or _is_of_subject(reading, figure, cells):
        return True
    return any(
        all(_admits(reading, group, cell, earlier_of=earlier_of) for group in bound)
        and _is_about(reading, figure, cell[1])
        for cell in cells
    )


def _admits(reading: HeldSentence, group: Group, cell: Cell, *, earlier_of: int) -> bool:
    """Whether a cell belongs to something in a list, or to the period before it: "up in October, from $40.00".

    For names after the figure, at "earlier_of", the period before is not meant.
    """
    dim = group[0].dim
    is_unlabeled = dim != COLUMNS and not reading.grid.competes(cell[0], dim)
    if any(mention.admits(*cell) for mention in group) or (is_unlabeled and _WITHOUT.search(reading.flat)):
        return True
    return any(
        cell[0] in reading.grid.before(row, (mention.dim,))
        for mention in group
        if mention.dim != COLUMNS and mention.start < earlier_of
        for row in mention.rows
    )


def _is_of_subject(reading: HeldSentence, figure: Written, cells: Sequence[Cell]) -> bool:
    """Whether a figure is about the subject of the sentence, or about the newest period: "it costs $18.00"."""
    grid, ahead = reading.grid, reading.flat[reading.start_of_phrase(figure) : figure.start]
    told = [cell for cell in cells if _is_about(reading, figure, cell[1])]
    if _PRONOUN.search(ahead) and any(row in reading.subject for row, _column in told):
        return True
    if not _NOW.search(ahead):
        return False
    last = {
        n
        for dim in grid.periods
        if grid.is_axis(dim) and (order := grid.order(dim))
        for n in range(len(grid.rows))
        if str(grid.rows[n][dim]) == order[-1]
    }
    others = [each for each in reading.labels if each.dim not in grid.periods]
    return any(row in last and all(row in each.rows for each in others) for row, _column in told)


def is_of_all(reading: HeldSentence, figure: Written, cells: Sequence[Cell]) -> bool:
    """Whether a figure is of more than the row next to it.

    It may be the whole of a part, a total repeated in each row, equal in as many rows as the sentence says, a
    change between two named periods, or of the next row: "31.9 tickets against 6.5".
    """
    grid, flat = reading.grid, reading.flat
    before = flat[: figure.start]
    told = [cell for cell in cells if _is_about(reading, figure, cell[1])]
    if any(column in grid.repeated for _row, column in told):
        return True
    if BASE_OF.search(before) and any(row in grid.totals for row, _column in told):
        return True
    if is_of_total(reading, figure, told):
        return True
    if many := _SO_MANY.search(before) if _APIECE.match(flat[figure.end :]) else None:
        said = int(many["many"]) if many["many"].isdigit() else FEW.get(many["many"], 0)
        return any(sum(place == column for _row, place in told) == said for _row, column in told)
    return any(_is_between(reading, figure, cell) for cell in told) or any(
        _is_of_next(reading, figure, cell) for cell in told if _AGAINST.search(before)
    )


def _is_between(reading: HeldSentence, figure: Written, cell: Cell) -> bool:
    """Whether a change is from one period that the sentence names to the next one, which is the row's."""
    row, column = cell
    if not figure.is_percent or "change" not in reading.grid.columns[column].about:
        return False
    named = [each for each in reading.mentions if each.dim != COLUMNS and row in each.rows]
    rows = {n for each in named for n in reading.grid.before(row, (each.dim,))}
    return any(rows & each.rows for each in reading.mentions if each.dim != COLUMNS)


def _is_of_next(reading: HeldSentence, figure: Written, cell: Cell) -> bool:
    """Whether a figure without a name is of the row below that of the figure before it."""
    last = [each for each in reading.figures if each.end <= figure.start][-1:]
    is_named = any(each.start >= figure.end for each in reading.mentions)
    return not is_named and any((cell[0] - 1, cell[1]) in reading.cells(each) for each in last)


def _is_of_many(reading: HeldSentence, group: Group, part: str) -> bool:
    """Whether a part of a sentence is about several rows together."""
    first = group[0]
    if first.dim == COLUMNS:
        return False
    labels = {str(reading.grid.rows[n][first.dim]) for n in first.rows}
    is_one_name = (
        first.dim not in reading.grid.periods and len({label.split()[0] for label in labels if label}) == 1
    )
    if len(group) > 1 or (len(labels) > 1 and not first.is_range and not is_one_name):
        return True
    has_beside = any(each.dim not in (first.dim, COLUMNS) for each in reading.mentions)
    return len(first.rows) > 1 and not has_beside and TOGETHER.search(part) is not None


def _is_listed(reading: HeldSentence, group: Group, cells: Sequence[Cell]) -> bool:
    """Whether a period's rows are listed by their figures: "in November: $10,870.60 and $11,287.22"."""
    rows = frozenset[int]().union(*(each.rows for each in group))
    if len(group) > 1 or group[0].dim not in reading.grid.periods or len(rows) < 2:
        return False
    places = {column for row, column in cells if row in rows}
    listed = {
        row for each in reading.figures for row, column in reading.cells(each) if column in places and row in rows
    }
    return bool(places) and len(listed) > 1


def _is_of_each(group: Group, cells: Sequence[Cell]) -> bool:
    """Whether one column has this figure in each row of a list: "both lost about 22%"."""
    rows = frozenset[int]().union(*(each.rows for each in group))
    return any(rows <= {row for row, place in cells if place == column} for _row, column in cells)


def _is_about(reading: HeldSentence, figure: Written, place: int) -> bool:
    """Whether the words around a figure are about a column, and about no other one more."""
    grid = reading.grid
    is_named = reading.is_of_named_column(figure, place) if len(grid.rows) == 1 else None
    if is_named is not None:
        return is_named
    said, about = reading.said_of(figure), grid.columns[place].about
    if is_of_other_kind(reading, figure, place):
        return False
    if not said or not about:
        return True
    if figure.is_count and said == {"sales"} and about == {"units"}:
        return True  # "sold 12"
    if said <= MEANS and figure.is_count and grid.columns[place].unit == "count":
        return True  # "the average THC of our 64 products"
    if _is_own_name(about) and said <= _GENERIC:
        return reading.is_named_after(figure, place)
    if _first_word(reading.flat[figure.end :]) in grid.columns[place].name.split():
        return True
    rivals = (n for n in grid.measures if n != place and has_unit(figure, grid.columns[n].unit))
    others = max((len(grid.columns[n].about & said) for n in rivals), default=0)
    if len(about & said) < others:
        return False
    if about & said or figure.is_percent:
        return True
    if about & _KINDS_OF_MONEY and said & _KINDS_OF_MONEY:
        return False
    counted = reading.noun_after(figure)
    is_of_sales = bool(about & _OF_SALES and counted & _OF_SALES)
    return is_of_sales or not (counted & _COUNTED and about & _COUNTED)


def _first_word(words: str) -> str:
    """The noun right after a figure; empty if there is none, or none that tells a column."""
    found = _NEXT_WORD.match(words)
    return found[1] if found and found[1] in ("days", "hours", "minutes", "seconds", "weeks") else ""


def _is_own_name(about: frozenset[str]) -> bool:
    """Whether a column is about nothing but its own name."""
    return any(each.startswith("=") for each in about)
