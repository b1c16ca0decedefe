"""What a sentence says of order, size, course and dates, held against the rows of one result."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.staff.word_check.courses import claims_of_course
from motabot.staff.word_check.orders import claims_of_order
from motabot.staff.word_check.reading import HeldSentence
from motabot.staff.word_check.standing import Standing, Verdict


def claims_of(reading: HeldSentence) -> Iterator[Verdict]:
    """Each claim of a sentence with whether the rows support it; what they cannot tell is left out."""
    if len(reading.grid.rows) < 2 or reading.grid.size > len(reading.grid.rows):
        return
    standing = Standing(reading)
    yield from claims_of_order(standing)
    yield from claims_of_course(standing)
    yield from _claims_of_dates(standing)


def _claims_of_dates(standing: Standing) -> Iterator[Verdict]:
    """Whether the day that a clause names is one of the row that it names."""
    for start, end in standing.clauses():
        inside = [each for each in standing.labels if start <= each.start < end]
        named = [each for each in inside if each.days is None]
        days = [each for each in inside if each.days and each.days.first == each.days.last]
        if len(named) == 1 and days and not any(standing.grid.is_axis(each.dim) for each in days):
            yield Verdict(standing.quoted(start, end), any(named[0].rows & each.rows for each in days))
