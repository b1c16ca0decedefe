"""The form of a text: a general question, another script, an affirmation of age.

A general question must not get a list of products only because it names one: "how long do edibles take" does not
ask for edibles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span, made
from motabot.offline.dates.words import MONTH
from motabot.text.holidays import days_named
from motabot.text.normalize import normal
from motabot.text.number_words import number_words
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_GENERAL, _GOODS, _ADULT = (_LEXICON.pattern(name) for name in ("general", "goods", "adult"))
_SPENT, _REDEEM = _LEXICON.pattern("spent"), _LEXICON.pattern("redeem")
_VISITS_AGO, _FACILITY = _LEXICON.pattern("visits_ago"), _LEXICON.pattern("facility")
_GETS_ANXIOUS, _NO_ANXIETY, _PRAISE = map(_LEXICON.pattern, ("gets_anxious", "no_anxiety", "praise"))
_FOR_IT = _LEXICON.pattern("for_it")
_QUESTION = _LEXICON.pattern("question")
_WITH_TAX, _BOUGHT = _LEXICON.pattern("with_tax"), _LEXICON.pattern("bought")
_LAST_TIME, _WOULD_SPEND = _LEXICON.pattern("last_time"), _LEXICON.pattern("would_spend")
_POINTS_NAMED = regex(r"\b(\d{2,4}) (?:points?|pts|puntos)\b")
_CLAUSE = regex(r"[?!;\n,]+|\.(?=\s|$)| (?:also|tambien|también) ", re.IGNORECASE)
_NUMBERS = {"2": 2, "3": 3, "4": 4, **number_words(2, 4)}

_DAY_OF_MONTH = regex(
    r"\b(?:the (\d{1,2})(?:st|nd|rd|th)|on the (\d{1,2})|(?:mero|dia) (\d{1,2})"
    r"|el (\d{1,2}) (?:abren|abre|cierran|estan|van)|(?:abren|abre|cierran) el (\d{1,2}))\b"
    r"(?! (?:one|ones|of|de|g|mg|grams?|floor|street|time|visit|order))"
)
#: The months in which seasons begin.
_SEASONS = {
    **dict.fromkeys(("spring", "primavera"), 3),
    **dict.fromkeys(("summer", "verano"), 6),
    **dict.fromkeys(("fall", "autumn", "otono"), 9),
    **dict.fromkeys(("winter", "invierno"), 12),
}
_SEASON = regex(rf"\b(this|last|in|in the|since|over the|during|este|el|en|pasado) ({'|'.join(_SEASONS)})\b")
_LONGEST_MONTH, _SEVERAL_MONTHS = 31, 4
#: A day of a month, not of the week.
_OR = regex(r" (?:and|or|y|o) ")
_DATED = regex(rf"\b{MONTH}\b")


def is_general_question(text: str) -> bool:
    """Whether a text asks how, why, what or whether something is, and not for goods."""
    clauses = [normal(clause) for clause in _CLAUSE.split(text)]
    return any(_GENERAL.search(clause) and not _GOODS.search(clause) for clause in clauses)


def asks_for_goods(plain: str) -> bool:
    """Whether a text in normal form asks for goods, whatever else it says."""
    return bool(_GOODS.search(plain))


def begins_as_question(text: str) -> bool:
    """Whether a text begins with a word that asks: "what", "is", "cuanto"."""
    return bool(_QUESTION.search(normal(text)))


def asks_for_facility(plain: str) -> bool:
    """Whether a text in normal form is about parking, an ATM and the like."""
    return bool(_FACILITY.search(plain))


def wants_for_it(plain: str) -> bool:
    """Whether a text in normal form wants something for a purpose: "whats good for focus, im studying"."""
    return bool(_FOR_IT.search(plain))


def wants_no_anxiety(plain: str) -> bool:
    """Whether a text in normal form wants something that does not cause anxiety or paranoia."""
    return bool(_NO_ANXIETY.search(plain) or _GETS_ANXIOUS.search(plain))


def gets_anxious(plain: str) -> bool:
    """Whether the person a text in normal form speaks of gets anxious, and so can take little."""
    return bool(_GETS_ANXIOUS.search(_NO_ANXIETY.sub(" ", plain)))


def holiday(plain: str, today: date) -> date | None:
    """The latest day of the holiday that a text in normal form names; None if it names none."""
    day = next(days_named(plain, today.year), None)
    return day if day is None or day <= today else next(days_named(plain, today.year - 1))


def season(plain: str, today: date) -> Span | None:
    """The latest season of the name in a text in normal form, up to today: "this fall"; None if it names none."""
    found = _SEASON.search(plain)
    if found is None:
        return None
    first = date(today.year, _SEASONS[found[2]], 1)
    first = first if first <= today else first - relativedelta(years=1)
    last = first + relativedelta(months=3, days=-1)
    if found[1] in {"last", "pasado"} and today <= last:
        first, last = first - relativedelta(years=1), last - relativedelta(years=1)
    return Span(first, min(last, today), found[0])


def upcoming(plain: str, today: date) -> tuple[date, ...]:
    """The next date of each day that a text in normal form names by a holiday or a date, the earliest first."""
    named = zip(days_named(plain, today.year), days_named(plain, today.year + 1), strict=True)
    days = [day if day >= today else later for day, later in named]
    found = {*days, *_next_dates(plain, today)}
    if not found and (number := day_named(plain)) is not None:
        months = (today + relativedelta(months=ahead) for ahead in range(_SEVERAL_MONTHS))
        dates = (made(month.year, month.month, number) for month in months)
        found |= {next(each for each in dates if each is not None and each >= today)}
    return tuple(sorted(found))


def _next_dates(plain: str, today: date) -> Iterator[date]:
    """The next days with a month and a day that a text in normal form names: "25 de diciembre"."""
    for part in _OR.split(plain):  # "dec 24 and dec 26" is not a range
        spans, _rest = parse.find(part, today)
        for day in (each.last for each in spans if each.first == each.last and _DATED.search(each.said)):
            if day is not None:
                yield day if day >= today else day + relativedelta(years=1)


def day_named(plain: str) -> int | None:
    """The day of a month that a text in normal form names without the month: "on the 16th", "el mero 25"."""
    found = _DAY_OF_MONTH.search(plain)
    day = int(next(filter(None, found.groups()))) if found else 0
    return day if 1 <= day <= _LONGEST_MONTH else None


def latest(day: int, today: date) -> date | None:
    """The latest day of that number that has begun."""
    months = (today - relativedelta(months=ago) for ago in range(_SEVERAL_MONTHS))
    days = (made(month.year, month.month, day) for month in months)
    return next((each for each in days if each is not None and each <= today), None)


def affirms_age(plain: str) -> bool:
    """Whether a text in normal form says only that its writer is 21 or older."""
    return bool(_ADULT.fullmatch(plain))


def praises(text: str) -> bool:
    """Whether a text praises the shop or its people, and asks for nothing."""
    return "?" not in text and bool(_PRAISE.search(normal(text)))


def asks_for_last_time(plain: str) -> bool:
    """Whether a text in normal form speaks of the last visit."""
    return bool(_LAST_TIME.search(plain))


def asks_for_spending(plain: str) -> bool:
    """Whether a text in normal form asks what its writer has spent."""
    return bool(_SPENT.search(plain))


def asks_with_tax(plain: str) -> bool:
    """Whether a text in normal form asks for prices with the tax: "how much is that out the door"."""
    return bool(_WITH_TAX.search(plain))


def tells_purchase(plain: str) -> bool:
    """Whether a text in normal form tells of a purchase a short while ago: "got it monday"."""
    return bool(_BOUGHT.search(plain))


def asks_to_redeem(plain: str) -> bool:
    """Whether a text in normal form asks what points are good for."""
    return bool(_REDEEM.search(plain))


def spending(plain: str) -> float | None:
    """The dollars that a text in normal form would spend: "if i spend 340 how many points"."""
    found = _WOULD_SPEND.search(plain)
    return float(next(filter(None, found.groups()))) if found else None


def points_named(plain: str) -> int | None:
    """The number of points that a text in normal form speaks of: "what are 200 points worth"."""
    found = _POINTS_NAMED.search(plain)
    return int(found[1]) if found else None


def visits_ago(plain: str) -> int | None:
    """Which visit a text in normal form means, counted from the last (1); None if it names none."""
    found = _VISITS_AGO.search(plain)
    if found is None:
        return None
    number = next((group for group in found.groups() if group), None)
    return _NUMBERS.get(number or "", 2)


def is_wordless(text: str) -> bool:
    """Whether a text has neither letters nor digits."""
    return not any(character.isalnum() for character in text)


def is_other_script(text: str) -> bool:
    """Whether a text is mostly written in letters that neither English nor Spanish uses."""
    letters = [character for character in text if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
    return bool(letters) and 2 * latin < len(letters)


def is_bare_question_mark(text: str) -> bool:
    """Whether a text is nothing but question marks: somebody waits for an answer."""
    return bool(re.fullmatch(r"[\s?¿!]*[?¿][\s?¿!]*", text))
