"""Amounts, points, dates and percentages: how they are written, and whether a draft may state them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from motabot.conversation.reply_check.draft import Draft, Problem

if TYPE_CHECKING:
    from motabot.conversation.reply_check.facts import Facts

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNIDADES = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
    " veintiocho veintinueve"
).split()
_DECENAS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_SPOKEN: dict[str, int] = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{word: number for number, word in enumerate(_UNIDADES, 1)},
    **{word: 10 * number for number, word in enumerate(_DECENAS, 3)},
    "hundred": 100,
    "cien": 100,
    "ciento": 100,
    "doscientos": 200,
    "trescientos": 300,
    "quinientos": 500,
}
_SPOKEN_WORD = "(?:" + "|".join(sorted(_SPOKEN, key=len, reverse=True)) + ")"
_SPOKEN_NUMBER = rf"{_SPOKEN_WORD}(?:(?: and | y |[ -]){_SPOKEN_WORD})*"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_NUMBER = rf"(?:{_DIGITS}|{_SPOKEN_NUMBER})"

_MONEY = re.compile(
    rf"\$\s?(?P<sign>{_DIGITS})(?:(?:-\$?|\sto\s\$?|\sa\s\$)(?P<sign_to>{_DIGITS})(?![\d.]*\s?(?:%|k?g\b|mg|oz"
    rf"|p(?:ac)?k|x\b)))?"
    rf"|(?<![\w.,])(?:(?P<word_from>{_DIGITS})\s?(?:-|to|a)\s?)?(?P<word>{_NUMBER})\s?-?"
    r"(?P<unit>dollars?|bucks?|usd|dolares|dolar|pesos|varos|cents?|centavos)\b"
)
_POINTS = re.compile(
    rf"(?<![\w.,$])(?P<number>{_NUMBER})\s(?:(?:loyalty|reward|rewards|bonus|more|mas)\s){{0,2}}(?:points?|pts"
    rf"|puntos?)\b"
    rf"|\b(?:points?|puntos?)(?: \w+)?(?: balance| saldo)?\s?(?:is|are|of|:|es|de"
    rf"|son)\s(?P<after>{_DIGITS})(?![\d%]|\.\d)"
    rf"|\b(?:balance|saldo)\s?(?:is|of|:|es|de)\s(?P<balance>{_DIGITS})(?![\d%]|\.\d)"
)
_PERCENT = re.compile(rf"(?<![\w.,])(?P<number>{_DIGITS})\s?(?:%|percent\b|por ciento\b)")

_COUNT = re.compile(
    rf"(?<![\w.,$])(?P<number>{_NUMBER})\s(?:visits?|purchases|visitas?|compras)\b"
    rf"|\b(?:visited|been|come|came|stopped|bought|got|visitado|venido"
    rf"|comprado)(?: \w+){{0,4}}? (?P<times>{_NUMBER}) (?:times|veces)\b"
)

_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sept oct nov dic",
):
    _MONTHS.update({name: number for number, name in enumerate(_names.split(), 1)})
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DATE = re.compile(
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    rf"|\b(?P<month>{_MONTH})\s(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:|\s?(?:am|pm|a\.m|p\.m"
    rf"|%))(?:,?\s(?P<year>20\d\d))?"
    rf"|\b(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s|de\s)?(?P<month_last>{_MONTH})(?=\W"
    rf"|$)(?:,?\s(?:de\s|del\s)?(?P<year_last>20\d\d))?"
    r"|(?<![\d/.$-])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?:/(?P<y>20\d\d"
    r"|\d\d))?(?![\d/])(?!\s?(?:oz|ounce|onza|g\b|gram|of\b|lb|stars?|zip))"
)
_FRACTIONS = frozenset({(1, 2), (1, 3), (1, 4), (1, 8), (2, 3), (3, 4), (3, 8), (5, 8), (7, 8)})
_HOLIDAYS = frozenset({(4, 20), (7, 10)})
"""Days that the trade calls by their figures, 4/20 and 7/10."""

ANY_YEAR = 2000
"""Stands for a rule that holds in every year, such as "closed December 25". A leap year."""

_LIMIT = re.compile(
    r"(?:under|below|within|less than|up to|max(?:imum)?(?: of)?|budget(?: of| is)?|at most|menos de|hasta"
    r"|maximo(?: de)?"
    r"|bajo|debajo de|presupuesto(?: de)?|over|above|more than|around|about|at least|mas de|unos|como"
    r"|alrededor de)\s?$"
)
_ABOUT = re.compile(
    r"(?:about|around|roughly|approximately|approx|nearly|almost|just under|~|casi|unos|como|alrededor de"
    r"|aproximadamente)\s?$"
)

_TOGETHER = re.compile(
    r"\b(?:total|together|both|altogether|come to|comes to|would be|each|pair|all|for \d|\d+ ?x|x ?\d+|two"
    r"|three|four|five|2|3|4|5"
    r"|juntos|juntas|ambos|ambas|los dos|las dos|dos|tres|cuatro|serian?|cada un[oa])\b"
)
_APART = re.compile(r"\b(?:saves?|less|cheaper|more|difference|apart|menos|ahorr\w+|mas|diferencia)\b")
_POINT = re.compile(r"\b(?:points?|pts|puntos?)\b")
_MISSING = re.compile(r"\b(?:more|need|away|short|to go|faltan?|mas|necesitas)\b")
_NOT_ITS_PRICE = re.compile(
    r"\b(?:under|below|within|budget|over|off|saves?|total|together|altogether|both|spen[dt]|minimum|delivery|between|cheaper|less"
    r"|more|menos|mas|hasta"
    r"|ahorr\w+|minimo|envio|ambos|points?|puntos?)\b"
)


@dataclass(frozen=True)
class Amount:
    """A number as it stands in a text."""

    value: Decimal
    start: int
    end: int


def money_in(folded: str) -> Iterator[Amount]:
    """Every amount of money, in dollars; both ends of a range."""
    for found in _MONEY.finditer(folded):
        cents = (found["unit"] or "").startswith(("cent",))
        for name in ("sign", "sign_to", "word_from", "word"):
            if found[name]:
                value = read_number(found[name]) / (100 if cents else 1)
                yield Amount(value, found.start(), found.end())


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
    """A date as it stands in a text; the year is None where the text leaves it out."""

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
    """Every date with a day and a month. Weekdays and "yesterday" are no dates here, nor are fractions."""
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
            month = _MONTHS[(found["month"] or found["month_last"]).rstrip(".")]
            day = int(found["day"] or found["day_first"])
        yield CalendarDay(year, month, day, *found.span())


def read_number(written: str) -> Decimal:
    """A number in figures or, in English and Spanish, in words."""
    if written[0].isdigit() or written[0] == ".":
        return Decimal(written.replace(",", ""))
    total = 0
    for word in re.split(r" and | y |[ -]", written):
        value = _SPOKEN[word]
        total = total * 100 if word == "hundred" and total else total + value
    return Decimal(total)


def check_money(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Every amount is one of this turn, or plain arithmetic with its prices that the sentence speaks of."""
    for amount in money_in(draft.folded):
        line = draft.line_at(amount.start)
        sentence = draft.folded[line.start : line.end]
        before = draft.folded[max(line.start, amount.start - 24) : amount.start]
        if (
            amount.value in facts.money
            or (_LIMIT.search(before) and (amount.value in facts.asked_money or draft.is_denied(amount.start)))
            or (_TOGETHER.search(sentence) and amount.value in _totals(facts.prices))
            or (_APART.search(sentence) and amount.value in _differences(facts.prices))
            or (_POINT.search(sentence) and amount.value in _worths(facts))
            or (_ABOUT.search(before) and amount.value in {round(known) for known in facts.money})
        ):
            continue
        excerpt = draft.excerpt(amount.start, amount.end)
        yield Problem(
            "money",
            excerpt,
            f'"{excerpt}" is in no fact or tool result of this turn. State only amounts found there, or none.',
        )


def _totals(prices: frozenset[Decimal]) -> set[Decimal]:
    """Sums of two prices, of all, and a price taken up to ten times."""
    sums = {first + second for first, second in combinations(sorted(prices)[:60], 2)}
    return sums | {price * count for price in prices for count in range(2, 11)} | {sum(prices, Decimal())}


def _differences(prices: frozenset[Decimal]) -> set[Decimal]:
    return {abs(first - second) for first, second in combinations(sorted(prices)[:60], 2)}


def _worths(facts: Facts) -> set[Decimal]:
    """What the balance can be worth, if an amount is given for so many points."""
    rules = [rule for rule in facts.points if rule >= 10 and rule != facts.balance]
    most = int(facts.balance // min(rules)) if facts.balance and rules else 0
    return {worth * count for worth in facts.money for count in range(1, min(most, 50) + 1)}


def check_prices(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """A sentence that names products and one amount gives an amount of theirs."""
    for line in draft.lines:
        words = draft.folded[line.start : line.end]
        amounts = list(money_in(words))
        if len(amounts) != 1 or _NOT_ITS_PRICE.search(words):
            continue
        stated = amounts[0].value
        named = [product for product in facts.products if product.is_named_in(words)]
        own = frozenset(amount for product in named for amount in product.amounts)
        fitting = (
            own | {amount * count for amount in own for count in range(2, 11)} | {round(amount) for amount in own}
        )
        if not own or stated in fitting or stated not in facts.money:
            continue  # an amount that stands nowhere is check_money's to report
        excerpt = draft.excerpt(line.start + amounts[0].start, line.start + amounts[0].end)
        right = next((product.price for product in named if product.price is not None), min(own))
        yield Problem(
            "price", excerpt, f'"{excerpt}" is not the price of {named[0].name}: it is ${right}. Correct it.'
        )


def check_points(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Points are a balance or a rule of this turn, or what is missing from one to the next."""
    missing = {abs((facts.balance or 0) - rule * count) for rule in facts.points for count in range(1, 21)}
    for amount in points_in(draft.folded):
        line = draft.line_at(amount.start)
        if amount.value in facts.points or (
            amount.value in missing and _MISSING.search(draft.folded[line.start : line.end])
        ):
            continue
        excerpt = draft.excerpt(amount.start, amount.end)
        right = "Look it up, or say that you do not know."
        if facts.balance is not None:
            right = f"The balance is {facts.balance:f}."
        yield Problem("points", excerpt, f'"{excerpt}" is not what the facts say. {right}')


def check_counts(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """A number of visits or purchases is a number of this turn."""
    for found in _COUNT.finditer(draft.folded):
        if read_number(found["number"] or found["times"]) not in facts.numbers:
            excerpt = draft.excerpt(*found.span())
            yield Problem(
                "count", excerpt, f'"{excerpt}" is in no fact or tool result of this turn. Leave it out.'
            )


def check_dates(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Every date with a day and a month is a date of this turn."""
    for day in days_in(draft.folded):
        if any(day.is_on(known) for known in facts.dates):
            continue
        excerpt = draft.excerpt(day.start, day.end)
        yield Problem(
            "date", excerpt, f'The date "{excerpt}" is in no fact or tool result of this turn. Leave it out.'
        )


def check_percents(draft: Draft, facts: Facts) -> Iterator[Problem]:
    """Every percentage is one of this turn, at the precision in which it is stated."""
    for amount in percents_in(draft.folded):
        places = -int(amount.value.as_tuple().exponent)
        if any(round(known, places) == amount.value for known in facts.percents):
            continue
        before = draft.folded[max(0, amount.start - 24) : amount.start]
        if amount.value in facts.asked_numbers and _LIMIT.search(before):
            continue
        excerpt = draft.excerpt(amount.start, amount.end)
        yield Problem("percent", excerpt, f'"{excerpt}" is in no fact or tool result of this turn. Leave it out.')
