"""Amounts, points, dates and percentages: how people write them, in English and Spanish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motabot.text.number_words import SPOKEN_NUMBER, spoken_value
from motabot.text.regex import regex

DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_NUMBER = rf"(?:{DIGITS}|{SPOKEN_NUMBER})"

_MONEY = regex(
    rf"\$\s?(?P<sign>{DIGITS})(?:(?:-\$?|\sto\s\$?|\sa\s\$)(?P<sign_to>{DIGITS})(?![\d.]*\s?(?:%|k?g\b|mg|oz"
    rf"|p(?:ac)?k|x\b)))?"
    rf"|(?<![\w.,])(?:(?P<word_from>{DIGITS})\s?(?:-|to|a)\s?)?(?P<word>{_NUMBER})\s?-?"
    r"(?P<unit>dollars?|bucks?|usd|dolares|dolar|pesos|varos|cents?|centavos)\b"
    r"|\b(?P<one>an?|un)\s(?:dollar|buck|dolar)\b"
)
_POINTS = regex(
    rf"(?<![\w.,$])(?P<number>{_NUMBER})\s(?:(?:loyalty|reward|rewards|bonus|more|mas)\s){{0,2}}(?:points?|pts"
    rf"|puntos?)\b"
    rf"|\b(?:points?|puntos?)(?: \w+)?(?: balance| saldo)?\s?(?:is|are|of|:|es|de"
    rf"|son)\s(?P<after>{DIGITS})(?![\d%]|\.\d)"
    rf"|\b(?:balance|saldo)\s?(?:is|of|:|es|de)\s(?P<balance>{DIGITS})(?![\d%]|\.\d)"
)
_PERCENT = regex(rf"(?<![\w.,])(?P<number>{DIGITS})\s?(?:%|percent\b|por ciento\b)")

MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sept oct nov dic",
):
    MONTHS.update({name: number for number, name in enumerate(_names.split(), 1)})
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DATE = regex(
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    rf"|\b(?P<month>{_MONTH})\s(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:\d|\s?(?:am|pm|a\.m|p\.m"
    rf"|%))(?:,?\s(?P<year>20\d\d))?"
    rf"|(?<![.$\d])\b(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of\s|de\s)?(?P<month_last>{_MONTH})(?=\W"
    rf"|$)(?!\s\d{{1,2}}(?:st|nd|rd|th)?(?:[\s,.;!?]|$))(?:,?\s(?:de\s|del\s)?(?P<year_last>20\d\d))?"
    r"|(?<![\d/.$-])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?:/(?P<y>20\d\d"
    r"|\d\d))?(?![\d/])(?!\s?(?:oz|ounce|onza|g\b|gram|of\b|lb|stars?|zip))"
)
_DAY_LISTED = regex(
    r"(?P<join>,\s?(?:and |y )?|\s(?:and|y|&|or|o) )(?:the |el )?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?=[.,;:!?)]"
    r"|$|\s(?:and|y|&|in|at|all|this|of)\b)"
    r"(?!,\d|\.\d|,? (?:20\d\d)\b)"
)
_FRACTIONS = frozenset({(1, 2), (1, 3), (1, 4), (1, 8), (2, 3), (3, 4), (3, 8), (5, 8), (7, 8)})
_HOLIDAYS = frozenset({(4, 20), (7, 10)})
"""Days that the trade calls by their figures, 4/20 and 7/10."""

ANY_YEAR = 2000
"""Marks a rule that applies in every year, such as "closed December 25". A leap year."""


@dataclass(frozen=True)
class Amount:
    """A number in a text."""

    value: Decimal
    start: int
    end: int


def money_in(folded: str) -> Iterator[Amount]:
    """Every amount of money, in dollars; both ends of a range."""
    for found in _MONEY.finditer(folded):
        if found["one"]:
            yield Amount(Decimal(1), found.start(), found.end())
        cents = (found["unit"] or "").startswith("cent")
        for name in ("sign", "sign_to", "word_from", "word"):
            if found[name]:
                value = read_number(found[name]) / (100 if cents else 1)
                start = found.start() if name in ("sign", "word") and not found["word_from"] else found.start(name)
                end = found.end(name) if name == "sign" and found["sign_to"] else found.end()
                yield Amount(value, start, end)


def points_in(folded: str) -> Iterator[Amount]:
    """Every number of points."""
    for found in _POINTS.finditer(folded):
        yield Amount(
            read_number(found["number"] or found["after"] or found["balance"]), found.start(), found.end()
        )


def percents_in(folded: str) -> Iterator[Amount]:
    """Every percentage."""
    for found in _PERCENT.finditer(folded):
        yield Amount(read_number(found["number"]), found.start(), found.end())


@dataclass(frozen=True)
class CalendarDay:
    """A date in a text; the year is None if the text leaves it out."""

    year: int | None
    month: int
    day: int
    start: int = 0
    end: int = 0

    def is_on(self, day: date) -> bool:
        """Whether it means that date; `ANY_YEAR` is every year."""
        same_year = self.year in (None, day.year) or day.year == ANY_YEAR
        return same_year and (self.month, self.day) == (day.month, day.day)


def days_in(folded: str) -> Iterator[CalendarDay]:
    """Every date with a day and a month. Weekdays, "yesterday" and fractions do not count."""
    for found in _DATE.finditer(folded):
        year: int | None
        if found["iso"]:
            year, month, day = (int(part) for part in found["iso"].split("-"))
        elif found["m"]:
            year, month, day = int(found["y"]) if found["y"] else None, int(found["m"]), int(found["d"])
            if year is None and (month, day) in _FRACTIONS | _HOLIDAYS:
                continue
            if year is not None and year < 100:
                year += 2000
        else:
            written = found["year"] or found["year_last"]
            year = int(written) if written else None
            month = MONTHS[(found["month"] or found["month_last"]).rstrip(".")]
            day = int(found["day"] or found["day_first"])
        yield CalendarDay(year, month, day, *found.span())


def days_listed(folded: str) -> Iterator[CalendarDay]:
    """The days that follow a date in a list: "November 11, 15 and 24"."""
    for first in days_in(folded):
        end = first.end
        while first.month and first.year != ANY_YEAR and (found := _DAY_LISTED.match(folded, end)):
            yield CalendarDay(first.year, first.month, int(found["day"]), found.start("day"), found.end("day"))
            end = found.end()


def read_number(written: str) -> Decimal:
    """A number in figures or, in English and Spanish, in words."""
    if written[0].isdigit() or written[0] == ".":
        return Decimal(written.replace(",", ""))
    return Decimal(spoken_value(written))
