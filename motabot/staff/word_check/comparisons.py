"""What a sentence says about order, size, trend and dates, checked against the rows of one result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.bases import claims_of_basis
from motabot.staff.word_check.columns import Days
from motabot.staff.word_check.courses import claims_of_course
from motabot.staff.word_check.ends import claims_of_ends
from motabot.staff.word_check.evenly import claims_of_each
from motabot.staff.word_check.fractions import claims_of_fraction, claims_of_share
from motabot.staff.word_check.levels import claims_of_level
from motabot.staff.word_check.majorities import claims_of_groups
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.one_row import claims_of_one_row
from motabot.staff.word_check.orders import claims_of_order
from motabot.staff.word_check.pairs import claims_of_pairs
from motabot.staff.word_check.possession import claims_of_possession
from motabot.staff.word_check.quantities import claims_of_number
from motabot.staff.word_check.rates import claims_of_rate
from motabot.staff.word_check.reading import HeldSentence
from motabot.staff.word_check.rowwise import claims_of_rows
from motabot.staff.word_check.signs import claims_of_signs
from motabot.staff.word_check.sizes import claims_of_size
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.staff.word_check.steps import claims_of_steps
from motabot.staff.word_check.trends import claims_of_trends
from motabot.staff.word_check.unfounded import claims_without_ground
from motabot.staff.word_check.zeros import claims_of_zeros
from motabot.text.regex import regex

#: "The oldest is ...": the day of what is named next.
_AGE: Final = regex(
    r"\b(?:el |la |the )?(?:(?P<early>oldest|earliest|mas antigu[oa])|(?:newest|most recent|mas reciente))"
    r"(?: (?:unread|open|new|waiting))?(?: (?:one|lead|text|ticket|customer|visit|message))? (?:is|was|es"
    r"|fue)\s+"
)
#: "Most of the tickets were at Oakland"; "most of its sales" is a part of another whole.
_MOST_OF: Final = regex(
    r"\b(?:hold|holds|have|has|own|owns|bring|brings|make up|makes up|account for|accounts for) most of\b"
    r"|(?<!the )\bmost (?:of (?:the |our |these |those |all )?)?(?:\d[\d,]* )?(?:[a-z]+['’]s )?[a-z]+"
    r" (?:is|are|was|were|came|come|go|went|goes)\b"
)
#: "Away longest", "seen most recently".
_AWAY: Final = regex(
    r"\b(?:(?:away|absent|gone|missing|inactive|quiet|lapsed|waiting|not been (?:in|here|seen)"
    r"|ausente)\s+(?:for )?(?:the )?longest"
    r"|longest (?:absent|absence|gone|inactive|away|gap)|(?P<late>(?:came|visited|seen|in|was) most recently))\b"
)
_IS_AGE: Final = regex(r"\b(?:age|days|hours|wait\w*|old)\b")
_HALF: Final = Decimal("0.5")


def claims_of(reading: HeldSentence) -> Iterator[Verdict]:
    """Each claim of a sentence, and whether the rows support it; claims that they cannot decide are left out."""
    standing = Standing(reading)
    is_whole = len(reading.grid.rows) > 1 and reading.grid.size == len(reading.grid.rows)
    for number, claims in enumerate((*_OF_ANY, *_OF_ROWS) if is_whole else _OF_ANY):
        for verdict in claims(standing):
            yield replace(verdict, family=number)


def _claims_of_dates(standing: Standing) -> Iterator[Verdict]:
    """Whether the day that a clause names is in the row that it names."""
    for start, end in standing.clauses():
        inside = [each for each in standing.labels if start <= each.start < end]
        named = [each for each in inside if each.days is None]
        days = [each for each in inside if each.days and each.days.first == each.days.last]
        if len(named) == 1 and days and not any(standing.grid.is_axis(each.dim) for each in days):
            yield Verdict(standing.quoted(start, end), any(named[0].rows & each.rows for each in days))


def _claims_of_age(standing: Standing) -> Iterator[Verdict]:
    """Whether what is called the oldest or the newest has the first or the last of a result's only dates."""
    grid = standing.grid
    if len(grid.periods) != 1 or any(_IS_AGE.search(grid.columns[n].name) for n in grid.measures):
        return
    [(dim, periods)] = grid.periods.items()
    days: list[Days] = [each for each in periods if each]
    for match in _AGE.finditer(standing.flat):
        named = [each for each in standing.labels if each.start == match.end() and each.dim != dim]
        for each in named if days else ():
            first = min(days) if match["early"] else max(days)
            is_true = any(periods[n] == first for n in each.rows)
            yield Verdict(standing.quoted(match.start(), each.end), is_true, f"row {periods.index(first) + 1} is")


def _claims_of_absence(standing: Standing) -> Iterator[Verdict]:
    """Whether the person away longest has the first of a result's only dates, and the one seen last the last."""
    grid = standing.grid
    days = [(dim, each) for dim, each in grid.periods.items() if not grid.is_axis(dim)]
    if len(days) != 1 or any(_IS_AGE.search(grid.columns[n].name) for n in grid.measures):
        return
    [(dim, periods)] = days
    known: list[Days] = [each for each in periods if each]
    for match in _AWAY.finditer(standing.flat) if known else ():
        start, end = standing.reading.segment_of(match.start())
        named = [each for each in standing.labels if start <= each.start < end and each.dim != dim]
        before = [each for each in named if each.end <= match.start()][-1:] or named[:1]
        for each in before:
            first = max(known) if match["late"] else min(known)
            found = f"row {periods.index(first) + 1} is"
            is_true = any(periods[n] == first for n in each.rows)
            yield Verdict(standing.quoted(start, end), is_true, found)


def _claims_of_most(standing: Standing) -> Iterator[Verdict]:
    """Whether a label with "most of" something has half of a column."""
    for match in _MOST_OF.finditer(standing.flat):
        _start, end = standing.reading.segment_of(match.start())
        named = [each for each in standing.labels if match.end() <= each.start < end]
        if match[0].endswith("most of"):  # "VIPs hold most of the points"
            named = [each for each in standing.labels if each.end <= match.start()][-1:]
        told = [] if len(named) != 1 or standing.is_denied(0, match.start()) else _shares(standing, named[0])
        if told:
            at = min(match.start(), named[0].start), max(match.end(), named[0].end)
            yield Verdict(standing.quoted(*at), max(told) >= _HALF)


def _shares(standing: Standing, named: NamedPart) -> list[Decimal]:
    """The share that some rows have of each column that adds up."""
    grid = standing.grid
    rows = sorted(named.rows)
    return [
        part / grid.sums[column]
        for column in grid.measures
        if grid.columns[column].adds_up
        and grid.sums[column] > 0
        and (part := grid.total(column, rows)) is not None
    ]


#: The families of claims: those that any result may bear, and those that need all rows of several.
_OF_ANY: Final = (
    claims_without_ground,
    claims_of_basis,
    claims_of_fraction,
    claims_of_share,
    claims_of_one_row,
    claims_of_signs,
    claims_of_zeros,
)
_OF_ROWS: Final = (
    claims_of_order,
    claims_of_pairs,
    claims_of_rate,
    claims_of_course,
    claims_of_size,
    claims_of_number,
    claims_of_groups,
    claims_of_steps,
    claims_of_each,
    claims_of_rows,
    claims_of_trends,
    claims_of_possession,
    claims_of_level,
    claims_of_ends,
    _claims_of_dates,
    _claims_of_age,
    _claims_of_absence,
    _claims_of_most,
)
