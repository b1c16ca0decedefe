"""Spans of time as people say them, in English and Spanish: "last week", "del 1 al 15 de octubre".

Words are expected as `motabot.text.normalize.plain` gives them: lower case, without accents. A month or a day of
the week alone is the latest one that has begun. Weeks begin on Monday. Numbers are month/day, as in the US.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from motabot.offline.dates.days import read_day, week_of, whole_day, year_in
from motabot.offline.dates.ranges import Span, add_months, made, month_end
from motabot.offline.dates.relative import (
    ago,
    days_from_now,
    last_many,
    next_many,
    of_the,
    past_one,
    to_date,
    units_from_now,
    weekday,
    weekend,
)
from motabot.offline.dates.words import (
    DATE,
    DAY,
    DAY_NUMBERS,
    FROM,
    IN,
    LAST,
    MONTH,
    MONTH_NUMBERS,
    NUMBER,
    NUMBER_WORDS,
    ON,
    ORDINAL_NUMBERS,
    TO,
    UNIT,
    UNITS,
    WEEKDAY,
    WHEN,
    YEAR,
    any_of,
)
from motabot.text.regex import regex
from motabot.text.weekdays import NAMED_WEEKDAYS

_LAST_YEAR = regex(
    rf"\b({MONTH}(?:\s+{DAY})?|q[1-4]|black friday)\s+(?:of\s+|in\s+|de\s+|del\s+|el\s+)?(?:last year"
    rf"|(?:el )?ano pasado)\b"
)


def find(text: str, today: date) -> tuple[list[Span], str]:
    """The spans in a text, in its order, and the text with a bar in place of each.

    Args:
        text: Lower case, no accents.
        today: The day in the shop's zone.
    """
    found, text = locate(text, today)
    return [span for _start, _end, span in found], re.sub(r"\|+", " | ", text)


def locate(text: str, today: date) -> tuple[list[tuple[int, int, Span]], str]:
    """The spans in a text with their places, and the text with bars in their place, of the same length.

    Args:
        text: Lower case, no accents.
        today: The day in the shop's zone.
    """
    text = _LAST_YEAR.sub(lambda match: f"{match[1]} {today.year - 1}".ljust(len(match[0])), text)
    found: list[tuple[int, int, Span]] = []
    for pattern, build in _RULES:
        for match in list(pattern.finditer(text)):
            span = build(match, today)
            if span is None:
                continue
            said = re.sub(
                r"^(?:in|on|for|of|during|over|within|the|en|el|la|los|las|de|del|durante)\s+", "", match[0]
            )
            said = re.sub(r"^(?:the|el|la|los|las)\s+", "", " ".join(said.split()))
            found.append((*match.span(), Span(span.first, span.last, said, span.hours)))
            text = text[: match.start()] + "|" * len(match[0]) + text[match.end() :]
    return sorted(found, key=lambda each: each[0]), text


_A_WEEKDAY = regex(rf"\b(?:{'|'.join(NAMED_WEEKDAYS)})\b")


def _range(match: re.Match[str], today: date) -> Span | None:
    last = read_day(match["last"], today)
    if last is None:
        return None
    said = match["first"]
    if re.fullmatch(DAY, said):
        day = int(re.sub(r"\D", "", said))
        first = made(last.year, last.month, day)
    else:
        first = read_day(said, today)
    if first is None:
        return None
    is_weekday = _A_WEEKDAY.search(said) is not None
    is_pair = not re.match(r"between|entre", match[0]) and re.search(r"\b(?:and|y)\b", match[0])
    if first > last and is_pair:  # "Black Friday and Thanksgiving"
        return None
    if first > last and is_weekday:  # "from Monday to Wednesday", on a Tuesday
        first -= timedelta(days=7)
    elif first > last and re.search(rf"\d|{MONTH}", said):  # "from December 20 to January 5"
        first = made(first.year - 1, first.month, first.day) or first
    if is_weekday and is_pair and (last - first).days > 1:
        return None  # two days, and none between them
    return Span(min(first, last), max(first, last))


def _day_range(match: re.Match[str], today: date) -> Span | None:
    first = read_day(f"{match['month']} {match['one']}{match['year'] or ''}", today)
    last = made(first.year, first.month, int(re.sub(r"\D", "", match["two"]))) if first else None
    return Span(first, last) if first and last and first <= last else None


def _month_range(match: re.Match[str], today: date) -> Span | None:
    year = year_in(match["year"])
    if not re.match(r"between|entre", match[0]) and re.search(r"\b(?:and|y)\b", match[0]):
        return None  # two months, and none between them
    last = _month(match["two"], year, today)
    first = _month(match["one"], last.last.year, today)
    assert first.first is not None
    start = first.first if first.first <= last.last else add_months(first.first, -12)
    return Span(start, last.last)


def _since(match: re.Match[str], today: date) -> Span | None:
    inner, rest = find(match["when"], today)
    if not inner or rest.replace("|", "").strip():
        return None
    first = inner[0].first
    if first is None:
        return None
    return Span(inner[0].last + timedelta(days=1) if match["how"] in ("after", "despues de") else first, today)


def _before(match: re.Match[str], today: date) -> Span | None:
    inner, rest = find(match["when"], today)
    if not inner or inner[0].first is None or rest.replace("|", "").strip():
        return None
    return Span(None, inner[0].first - timedelta(days=1))


def _month(name: str, year: int | None, today: date) -> Span:
    number = MONTH_NUMBERS[name]
    year = year or (today.year if number <= today.month else today.year - 1)
    first = date(year, number, 1)
    return Span(first, month_end(first))


def _named_month(match: re.Match[str], today: date) -> Span | None:
    name, year = match["month"], year_in(match["year"])
    if name in ("may", "mar", "sat", "sun", "dec", "ago") and not (match["lead"] or year):
        return None  # as likely another word
    month = _month(name, year, today)
    assert month.first is not None
    if "last" in (match["lead"] or "").split() and month.first.month == today.month and not year:
        month = _month(name, today.year - 1, today)
    return month


def _quarter(match: re.Match[str], today: date) -> Span:
    said = match["number"] or match["ordinal"]
    number = int(said) if said.isdigit() else ORDINAL_NUMBERS[said]
    year = year_in(match["year"])
    year = year or (today.year if (number - 1) * 3 + 1 <= today.month else today.year - 1)
    first = date(year, number * 3 - 2, 1)
    return Span(first, month_end(add_months(first, 2)))


def _year_of(match: re.Match[str], _today: date) -> Span:
    return Span(date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31))


def _black_friday(match: re.Match[str], today: date) -> Span:
    def of(year: int) -> date:
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 22)  # the day after the fourth Thursday

    day = of(year_in(match["year"]) or today.year)
    day = day if day <= today else of(day.year - 1)
    return Span(day, day)


def _day_of_week(match: re.Match[str], today: date) -> Span | None:
    """ "Friday of last week"."""
    inner = find(match["week"], today)[0]
    first = inner[0].first if inner else None
    day = first + timedelta(days=DAY_NUMBERS[match["day"]] - 1) if first else None
    return Span(day, day) if day else None


#: Special ones before general ones: what a rule takes, the next ones do not see.
_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]]] = [
    (regex(rf"\b(?:{pattern})(?![\w%])"), build)
    for pattern, build in [
        (r"(?:the\s+)?day before yesterday|anteayer|antier", days_from_now(-2, -2)),
        (rf"(?:{FROM})?(?P<first>{DATE}|{DAY}){TO}(?P<last>{DATE})", _range),
        (
            rf"(?:{FROM})?(?P<month>{MONTH})\s+(?P<one>{DAY})\s*(?:and|to|through|thru|y|al|-)\s*(?P<two>{DAY})(?P<year>{YEAR})",
            _day_range,
        ),
        (rf"{FROM}(?P<one>{MONTH}){TO}(?P<two>{MONTH})(?P<year>{YEAR})", _month_range),
        (rf"(?P<one>{MONTH})\s*(?:to|through|thru|-|a)\s*(?P<two>{MONTH})(?P<year>{YEAR})", _month_range),
        (rf"(?:the\s+|la\s+)?(?:week|semana)\s+(?:of|del?)\s+(?P<date>{DATE})", week_of),
        (
            rf"(?P<how>since|after|starting(?:\s+(?:from|with|in))?|desde|despues de|a partir de)\s+{WHEN}{ON}?",
            _since,
        ),
        (rf"(?P<how>from)\s+{WHEN}{ON}", _since),
        (rf"(?:on\s+)?black friday(?P<year>{YEAR})", _black_friday),
        (
            rf"(?:on\s+|el\s+)?(?P<day>{WEEKDAY})\s+(?:of\s+|de\s+)?(?P<week>last week|this week|la semana pasada"
            rf"|esta semana)",
            _day_of_week,
        ),
        (rf"(?:for|over|in)\s+the\s+(?P<unit>{UNIT})", units_from_now(0)),
        (
            rf"(?P<how>before|until|prior to|antes de|hasta)\s+(?:the\s+)?(?P<when>{DATE}|{MONTH}{YEAR}|20\d\d)",
            _before,
        ),
        (rf"{IN}(?:the\s+)?(?P<unit>week|month|quarter|year)\s+before\s+last", units_from_now(-2)),
        (rf"(?P<many>{NUMBER})\s+(?P<unit>{UNIT})\s+(?:ago|atras)", ago),
        (rf"hace\s+(?P<many>{NUMBER})\s+(?P<unit>{UNIT})", ago),
        (
            rf"(?:(?:in|for|over|within|during|en|por|durante)\s+)?(?:the\s+|l[oa]s\s+)?(?:next|coming|proxim[oa]s)\s+(?P<many>{NUMBER})\s+(?P<unit>{UNIT})",
            next_many,
        ),
        (rf"{IN}{LAST}\s+(?P<many>\d{{1,3}}|couple\s+of|{any_of(NUMBER_WORDS)})\s+(?P<unit>{UNIT})", last_many),
        (
            rf"(?:in|for|over|within|during|more than|longer than|at least|en|por|hace mas de|mas de|durante)\s+(?:over\s+|more than\s+|about\s+|mas de\s+)?(?P<many>{NUMBER})\s+(?P<unit>{UNIT})",  # noqa: E501
            last_many,
        ),
        (
            rf"(?P<many>{any_of({w: n for w, n in NUMBER_WORDS.items() if n > 1})})\s+(?P<unit>days|dias|weeks"
            rf"|semanas|months|meses)",
            last_many,
        ),
        (r"(?P<many>\d{1,3})\s*\+?\s*(?P<unit>days?|dias?|weeks?|semanas?|months?|meses|hours?)", last_many),
        (rf"{IN}(?:past|trailing)\s+(?P<unit>{UNIT})", past_one),
        (rf"{IN}(?:last|ultima)\s+(?P<unit>{UNITS['hour']})", past_one),
        (r"(?P<unit>week|month|quarter|year)\s+to\s+date", to_date),
        (r"(?P<unit>[wmqy])td", to_date),
        (
            rf"{IN}(?P<lead>(?:this|last|past|previous|este|ultimo|the)\s+)?(?:weekends?"
            rf"|fin(?:es)? de semana)(?:\s+pasado)?(?P<before>\s+before(?:\s+(?:last|that))?)?",
            weekend,
        ),
        (rf"{IN}(?:this|current|est[ea]|actual)\s+(?P<unit>{UNIT})(?:\s+(?:so far|actual))?", units_from_now(0)),
        (rf"{IN}(?P<unit>semana|mes|trimestre|ano)\s+(?:actual|en curso)", units_from_now(0)),
        (
            rf"(?<!day )(?<!days )(?<!dia )(?<!dias )(?<!time )(?<!times )(?<!hour )(?<!hours )"
            rf"(?<!hora )(?<!horas )(?:of the|del"
            rf"|de la)\s+(?P<unit>{UNIT})(?!\s+(?:pasad|anterior|proxim|que viene|before))",
            of_the,
        ),
        (rf"(?:in|over|within|during|en)\s+(?:the|el|la)\s+(?:last|ultim[oa])\s+(?P<unit>{UNIT})", past_one),
        (rf"{IN}(?:last|previous|prior|ultim[oa])\s+(?P<unit>{UNIT})", units_from_now(-1)),
        (rf"{IN}(?P<unit>semana|mes|trimestre|ano|dia)\s+(?:pasad[oa]|anterior)", units_from_now(-1)),
        (rf"{IN}(?:next|coming|proxim[oa])\s+(?P<unit>{UNIT})", units_from_now(1)),
        (rf"{IN}(?P<unit>semana|mes|ano)\s+(?:que viene|proxim[oa])", units_from_now(1)),
        (
            rf"{IN}(?:q(?P<number>[1-4])|(?P<ordinal>{any_of(ORDINAL_NUMBERS)})\s+(?:quarter|trimestre))(?P<year>{YEAR})",
            _quarter,
        ),
        (rf"{IN}(?P<date>{DATE.rsplit('|today', 1)[0]}))", whole_day),
        (
            rf"(?P<lead>(?:in|of|for|during|since|last|this|on|en|de|del|durante|mes de)\s+(?:the month of\s+|month of\s+|last\s+|this\s+)?)?(?P<month>{MONTH})(?P<year>{YEAR})",  # noqa: E501
            _named_month,
        ),
        (r"(?:el\s+)?(?:yesterdays?|ayer)", days_from_now(-1, -1)),
        (
            r"(?:earlier\s+)?(?:todays?|tonight|this morning|this afternoon|this evening|hoy"
            r"|esta manana)(?:\s+so far)?",
            days_from_now(0),
        ),
        (r"(?:tomorrow|(?<!la )(?<!por la )manana)", days_from_now(1, 1)),
        (
            rf"(?P<lead>(?:on|last|this|next|el|este|pasado)\s+(?:the\s+|last\s+)?)?(?P<day>{WEEKDAY})(?:\s+pasado)?",
            weekday,
        ),
        (
            r"(?:of\s+)?all[\s-]*time|ever|since we opened|since the beginning|historico|de la historia"
            r"|desde siempre|total historico",
            days_from_now(None),
        ),
        (r"lately|recently|recientemente|ultimamente|these days", days_from_now(-29)),
        (rf"{IN}(?P<year>20[0-4]\d)", _year_of),
    ]
]
