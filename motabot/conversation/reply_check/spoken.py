"""The text of a filled reference: amounts, percentages, counts, dates and hours, in English and Spanish."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from motabot.conversation.reply_check.expressions import Quantity, Unit, Value
from motabot.text.language import Language
from motabot.text.regex import regex

_MONTHS = (
    "January February March April May June July August September October November December".split(),
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
)
_YEAR_AT_END = regex(r"(?:,| de) (20\d\d)$")
_YEAR_AHEAD = regex(r",?\s?(?:\(|del? )?(20\d\d)\b")
_UNIT_AT_END = regex(r"(?:%|mg|(?<=\d)g)$")
_REPEATED = {
    "%": r"\s?(?:%|percent|por ciento)",
    "mg": r"\s?-?(?:mg\b|milligram|miligramo)|\s?(?:to|-|and|or|vs\.?|a|y|o)\s?\{[^{}]*\}\s?(?:mg|milli)",
    "g": r"\s?-?(?:g\b|gram|gramo)|\s?(?:to|-|and|or|vs\.?|a|y|o)\s?\{[^{}]*\}\s?g",
}
_HOURS = regex(r"(?P<opens>.+?) (?:to|a) (?P<closes>.+)")
#: Words that take one end of a day's hours: "open until {shop.hours.today}", "abre a las {shop.hours.today}".
_TAKES_CLOSING = regex(
    r"(?:\b(?:un)?till?|\b(?:closes?|closing|closed) at|\bhasta(?: las)?|\b(?:cierran?|cerramos) a(?: las)?"
    r"|(?:[ap]m|noon) (?:to|-|a)(?: las)?)\s$",
    re.IGNORECASE,
)
_TAKES_OPENING = regex(
    r"\b(?:(?:re)?open(?:s|ing)?(?: up| again)? at|(?:abren?|abrimos) a(?: las)?|a partir de(?: las)?)\s$",
    re.IGNORECASE,
)
_FROM = regex(r"\b(?:from|between|desde(?: las)?|de)\s$", re.IGNORECASE)
_GOES_ON_TO = regex(r"\s(?:to|until|till|and|a|y|hasta)\b(?: las)?\s\{")
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")
#: What counts already, or what a bare number stands behind: "51 of them", "with 51", "bought: 51".
_COUNTS = regex(
    r"\s?(?:times?|x\b|veces|vez|purchases?|visits?|of (?:them|those|these)|compras?|separate|different|total"
    r"|in (?:all|total)|already|or|to|-|/|[a-z]+s\b|[+*=])"
)
_BARE = regex(
    r"(?:\b(?:with|at|by|than|of|is|are|a|con|de|en|por|son|the|those|your|these|all|los|las|tus)|[:=(+*/#-])\s?$"
)


def spoken(value: Value, language: Language, today: date | None) -> str:
    """A value as a reply says it. Dates of this year have no year.

    Args:
        value: The value of the reference.
        language: The reply's language.
        today: The shop's day.
    """
    is_spanish = language == "es"
    if isinstance(value, date):
        month = _MONTHS[is_spanish][value.month - 1]
        words = f"{value.day} de {month}" if is_spanish else f"{month} {value.day}"
        if today and value.year == today.year:
            return words
        return f"{words} de {value.year}" if is_spanish else f"{words}, {value.year}"
    if isinstance(value, Quantity):
        return _number(value)
    if is_spanish:
        return value.replace(" to ", " a ").replace("closed", "cerrado")
    return value


def one_end_of_hours(words: str, before: str, after: str) -> str:
    """A day's hours, or only the end of them that the words before ask for: "open until 10 PM"."""
    hours = _HOURS.fullmatch(words)
    if hours is None:
        return words
    if _TAKES_CLOSING.search(before):
        return hours["closes"]
    if _TAKES_OPENING.search(before) or (_FROM.search(before) and _GOES_ON_TO.match(after)):
        return hours["opens"]
    return words


def without_repeated_year(words: str, after: str) -> str:
    """A date without its year if the draft continues with it: "{v1.date}, 2025"."""
    year = _YEAR_AT_END.search(words)
    repeated = _YEAR_AHEAD.match(after)
    return words[: year.start()] if year and repeated and year[1] == repeated[1] else words


def without_repeated_unit(words: str, after: str) -> str:
    """A figure without its unit if the draft continues with one: "{p1.thc} percent", "{p3.mg}mg"."""
    unit = _UNIT_AT_END.search(words)
    is_repeated = unit and re.match(_REPEATED[unit[0]], after)
    return words[: unit.start()] if unit and is_repeated else words


def with_times(words: str, before: str, after: str, language: Language) -> str:
    """How often something was bought, with "times" where the draft's own words count nothing: "you had it 51"."""
    if not words.isdigit() or _COUNTS.match(after) or _BARE.search(before):
        return words
    if language == "es":
        return f"{words} {'vez' if words == '1' else 'veces'}"
    return "once" if words == "1" else f"{words} times"


def _number(quantity: Quantity) -> str:
    value, unit = quantity.value, quantity.unit
    if unit is Unit.MONEY:
        amount = abs(value).quantize(_CENT, ROUND_HALF_UP)
        return f"{'-' if value < 0 else ''}${amount:,}"
    if unit is Unit.PERCENT:
        return f"{_short(value, _TENTH)}%"
    if unit is Unit.MILLIGRAMS:
        return f"{_short(value, Decimal(1) if value >= 20 else _TENTH)}mg"
    if unit is Unit.GRAMS:
        return f"{_short(value, _CENT)}g"
    return _short(value, _CENT)


def _short(value: Decimal, step: Decimal) -> str:
    """A number without trailing zeros."""
    rounded = value.quantize(step, ROUND_HALF_UP)
    return f"{rounded.normalize():f}" if rounded == rounded.to_integral_value() else f"{rounded:f}".rstrip("0")
