"""Which rows a period means, by the days of each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.offline.dates.ranges import Span
from motabot.staff.word_check.columns import Days
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_UNTIL: Final = regex(r"(?:before|until|up to|antes de|hasta)\b")
_YEAR: Final = regex(r"20\d\d")
_MAY: Final = regex(r"(?<= the )May(?= [a-z])")
#: A day of the week alone may be any such day in the result.
DAY_NAME: Final = regex(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|lunes|martes|miercoles|jueves|viernes"
    r"|sabado"
    r"|domingo"
)


def overlap(one: Days, other: Days) -> bool:
    """Whether two periods share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def are_days(periods: Sequence[Days | None]) -> bool:
    """Whether each period is a single day."""
    return all(days is None or days[0] == days[1] for days in periods)


def on_weekday(periods: Sequence[Days | None], span: Span) -> Iterator[int]:
    """Rows of a day of the week: that very day, otherwise each such day."""
    if DAY_NAME.fullmatch(span.said) is None:
        return
    alike = [
        n
        for n, days in enumerate(periods)
        if days and days[0] == days[1] and days[0].weekday() == span.last.weekday()
    ]
    yield from [n for n in alike if periods[n] == (span.first, span.last)] or alike


def rows_in(periods: Sequence[Days | None], span: Span) -> Iterator[int]:
    """Rows whose periods lie in a span or contain it; a month without a year may be in any year."""
    if span.first is None:
        return
    inside = [n for n, days in enumerate(periods) if days and span.first <= days[0] and days[1] <= span.last]
    length = (span.last - span.first).days
    inside = inside or [
        n
        for n, days in enumerate(periods)
        if days and span.first <= days[0] <= span.last and 2 * (days[1] - days[0]).days <= length
    ]
    around = [n for n, days in enumerate(periods) if days and days[0] <= span.first and span.last <= days[1]]
    if inside or around or _YEAR.search(span.said) or span.first.day != 1 or any(map(str.isdigit, span.said)):
        yield from inside or around
        return
    months = {(span.first.month + n - 1) % 12 + 1 for n in range((span.last - span.first).days // 28 or 1)}
    if len(months) == 1 and re.search(r"(?:this|last|past|est[ea]|pasado|ultimo)", span.said) is None:
        yield from (n for n, days in enumerate(periods) if days and days[0].month in months)


def rows_until(periods: Sequence[Days | None], span: Span) -> Iterator[int]:
    """Rows whose periods end with a span that has no first day: "before August"."""
    if _UNTIL.match(span.said):
        yield from (n for n, days in enumerate(periods) if days and days[1] <= span.last)


def of_another_year(periods: Sequence[Days | None], span: Span) -> list[int]:
    """The rows of a day without a year, if the result is of another year than the nearest."""
    if span.first is None or _YEAR.search(span.said) or not re.search(r"\d", span.said):
        return []
    month, day = span.first.month, span.first.day
    return [
        n
        for n, each in enumerate(periods)
        if each and each[0] == each[1] and (each[0].month, each[0].day) == (month, day)
    ]


def plain_may(sentence: str) -> str:
    """The sentence in plain letters, in which the month of May cannot be read as "may"."""
    flat = fold_in_place(sentence)
    for match in _MAY.finditer(sentence):
        flat = f"{flat[: match.start() - 4]} in {flat[match.start() :]}" if match.start() > 4 else flat
    return flat
