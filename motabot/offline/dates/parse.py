"""Spans of time as people say them, in English and Spanish: "last week", "del 1 al 15 de octubre".

Words are expected as `motabot.text.fuzzy` leaves them: lower case, without accents. A month or a day of the
week without more is the latest one that has begun; weeks begin on Monday; numbers are month/day, as in the US.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from motabot.offline.dates.ranges import Span, add_months, around, back, made, month_end
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

_LAST_YEAR = re.compile(
    rf"\b({MONTH}(?:\s+{DAY})?|q[1-4]|black friday)\s+(?:of\s+|in\s+|de\s+|del\s+|el\s+)?(?:last year"
    rf"|(?:el )?ano pasado)\b"
)


def find(text: str, today: date) -> tuple[list[Span], str]:
    """The spans in a text, in its order, and the text without them (a bar stands where each was).

    Args:
        text: Lower case, no accents.
        today: The day in the shop's zone.
    """
    text = _LAST_YEAR.sub(lambda match: f"{match[1]} {today.year - 1}", text)
    found: list[tuple[int, Span]] = []
    for pattern, build in _RULES:
        for match in list(pattern.finditer(text)):
            span = build(match, today)
            if span is None:
                continue
            said = re.sub(
                r"^(?:in|on|for|of|during|over|within|the|en|el|la|los|las|de|del|durante)\s+", "", match[0]
            )
            said = re.sub(r"^(?:the|el|la|los|las)\s+", "", " ".join(said.split()))
            found.append((match.start(), Span(span.first, span.last, said, span.hours)))
            text = text[: match.start()] + "|" * len(match[0]) + text[match.end() :]
    return [span for _place, span in sorted(found, key=lambda each: each[0])], re.sub(r"\|+", " | ", text)


def _range(match: re.Match[str], today: date) -> Span | None:
    last = _date(match["last"], today)
    if last is None:
        return None
    said = match["first"]
    if re.fullmatch(DAY, said):
        day = int(re.sub(r"\D", "", said))
        first = made(last.year, last.month, day)
    else:
        first = _date(said, today)
    if first is None:
        return None
    if first > last:  # "from December 20 to January 5"
        first = made(first.year - 1, first.month, first.day) or first
    return Span(min(first, last), max(first, last))


def _day_range(match: re.Match[str], today: date) -> Span | None:
    first = _date(f"{match['month']} {match['one']}{match['year'] or ''}", today)
    last = made(first.year, first.month, int(re.sub(r"\D", "", match["two"]))) if first else None
    return Span(first, last) if first and last and first <= last else None


def _month_range(match: re.Match[str], today: date) -> Span | None:
    year = _year(match["year"])
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
    return Span(first + timedelta(days=1) if match["how"] in ("after", "despues de") else first, today)


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
    name, year = match["month"], _year(match["year"])
    if name in ("may", "mar", "sat", "sun", "dec", "ago") and not (match["lead"] or year):
        return None  # as likely another word
    month = _month(name, year, today)
    assert month.first is not None
    if (match["lead"] or "").strip().startswith("last") and month.first.month == today.month and not year:
        month = _month(name, today.year - 1, today)
    return month


def _quarter(match: re.Match[str], today: date) -> Span:
    said = match["number"] or match["ordinal"]
    number = int(said) if said.isdigit() else ORDINAL_NUMBERS[said]
    year = _year(match["year"])
    year = year or (today.year if (number - 1) * 3 + 1 <= today.month else today.year - 1)
    first = date(year, number * 3 - 2, 1)
    return Span(first, month_end(add_months(first, 2)))


def _unit(words: str) -> str:
    return next(name for name, pattern in UNITS.items() if re.fullmatch(pattern, words))


def _number(words: str) -> int:
    return int(words) if words.isdigit() else NUMBER_WORDS[re.sub(r"\s+", "_", words)]


def _last_many(match: re.Match[str], today: date) -> Span:
    many, unit = max(1, _number(match["many"])), _unit(match["unit"])
    if unit == "hour":
        return Span(today - timedelta(days=many // 24 + 1), today, hours=many)
    return Span(back(today, many, unit) + timedelta(days=1), today)


def _next_many(match: re.Match[str], today: date) -> Span:
    many, unit = _number(match["many"]), _unit(match["unit"])
    return Span(today, back(today, -many, unit) if unit != "hour" else today)


def _ago(match: re.Match[str], today: date) -> Span | None:
    many, unit = _number(match["many"]), _unit(match["unit"])
    if unit == "hour":
        return None
    day = back(today, many, unit)
    return Span(day, day) if unit == "day" else around(day, unit)


def _relative(steps: int) -> Callable[[re.Match[str], date], Span]:
    def build(match: re.Match[str], today: date) -> Span:
        unit = _unit(match["unit"])
        whole = around(today, unit)
        assert whole.first is not None
        return around(back(whole.first, -steps, unit), unit)

    return build


def _of_the(match: re.Match[str], today: date) -> Span | None:
    """ "Of the week" is a span, and "the slowest day of the week" is none."""
    is_of_units = re.search(
        r"\b(?:days?|dias?|hours?|horas?|times?)\b(?: \w+){0,3} $", match.string[: match.start()]
    )
    return None if is_of_units else _relative(0)(match, today)


def _past_one(match: re.Match[str], today: date) -> Span:
    unit = _unit(match["unit"])
    if unit in ("hour", "day"):
        return Span(today - timedelta(days=1), today, hours=1 if unit == "hour" else 24)
    days = {"week": 7, "month": 30, "quarter": 91, "year": 365}[unit]
    return Span(today - timedelta(days=days - 1), today)


def _to_date(match: re.Match[str], today: date) -> Span:
    said = match["unit"]
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}.get(said) or _unit(said)
    return Span(around(today, unit).first, today)


def _weekend(match: re.Match[str], today: date) -> Span:
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    is_now = today.weekday() >= 5
    lead = match["lead"] or ""
    if "this" in lead or "este" in lead:
        saturday = today - timedelta(days=today.weekday() - 5)
    elif is_now and ("last" in lead or "pasado" in match[0]):
        saturday -= timedelta(days=7)
    return Span(saturday, saturday + timedelta(days=1))


def _weekday(match: re.Match[str], today: date) -> Span | None:
    lead = (match["lead"] or "").split()
    if match["day"] in ("sat", "sun", "mon", "wed", "fri") and not lead:
        return None
    number = DAY_NUMBERS[match["day"]] - 1
    if "this" in lead or "este" in lead or "next" in lead:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * ("next" in lead))
        day = monday + timedelta(days=number)
    else:
        day = today - timedelta(days=(today.weekday() - number) % 7 or 7)
    return Span(day, day)


def _whole_day(match: re.Match[str], today: date) -> Span | None:
    day = _date(match["date"], today)
    return Span(day, day) if day else None


def _week_of(match: re.Match[str], today: date) -> Span | None:
    day = _date(match["date"], today)
    return around(day, "week") if day else None


def _date(words: str, today: date) -> date | None:
    words = " ".join(words.replace(",", " ").replace(".", " ").split())
    simple = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1}
    if words in simple:
        return today - timedelta(days=simple[words])
    if found := re.fullmatch(r"(20\d\d)-(\d+)-(\d+)", words):
        return made(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d+)/(\d+)(?:/(\d+))?", words):
        year = int(found[3]) if found[3] else None
        return _latest(int(found[1]), int(found[2]), year + 2000 if year and year < 100 else year, today)
    if found := re.fullmatch(rf"(?:last )?({WEEKDAY})", words):
        return today - timedelta(days=(today.weekday() - DAY_NUMBERS[found[1]] + 1) % 7 or 7)
    months, years = re.search(rf"\b{MONTH}\b", words), re.search(r"\b20\d\d\b", words)
    days = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if not months or not days:
        return None
    return _latest(MONTH_NUMBERS[months[0]], int(days[0]), int(years[0]) if years else None, today)


def _latest(month: int, day: int, year: int | None, today: date) -> date | None:
    if year:
        return made(year, month, day)
    found = made(today.year, month, day)
    return found if found and found <= today else made(today.year - 1, month, day)


def _year(words: str | None) -> int | None:
    found = re.search(r"20\d\d", words or "")
    return int(found[0]) if found else None


def _fixed(first: int | None, last: int = 0) -> Callable[[re.Match[str], date], Span]:
    """So many days from today."""

    def build(_match: re.Match[str], today: date) -> Span:
        return Span(None if first is None else today + timedelta(days=first), today + timedelta(days=last))

    return build


def _year_of(match: re.Match[str], _today: date) -> Span:
    return Span(date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31))


def _black_friday(match: re.Match[str], today: date) -> Span:
    def of(year: int) -> date:
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 22)  # the day after the fourth Thursday

    day = of(_year(match["year"]) or today.year)
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
    (re.compile(rf"\b(?:{pattern})(?![\w%])"), build)
    for pattern, build in [
        (r"(?:the\s+)?day before yesterday|anteayer|antier", _fixed(-2, -2)),
        (rf"(?:{FROM})?(?P<first>{DATE}|{DAY}){TO}(?P<last>{DATE})", _range),
        (
            rf"(?:{FROM})?(?P<month>{MONTH})\s+(?P<one>{DAY})\s*(?:and|to|through|thru|y|al|-)\s*(?P<two>{DAY})(?P<year>{YEAR})",
            _day_range,
        ),
        (rf"{FROM}(?P<one>{MONTH}){TO}(?P<two>{MONTH})(?P<year>{YEAR})", _month_range),
        (rf"(?P<one>{MONTH})\s*(?:to|through|thru|-|a)\s*(?P<two>{MONTH})(?P<year>{YEAR})", _month_range),
        (rf"(?:the\s+|la\s+)?(?:week|semana)\s+(?:of|del?)\s+(?P<date>{DATE})", _week_of),
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
        (rf"(?:for|over|in)\s+the\s+(?P<unit>{UNIT})", _relative(0)),
        (
            rf"(?P<how>before|until|prior to|antes de|hasta)\s+(?:the\s+)?(?P<when>{DATE}|{MONTH}{YEAR}|20\d\d)",
            _before,
        ),
        (rf"{IN}(?:the\s+)?(?P<unit>week|month|quarter|year)\s+before\s+last", _relative(-2)),
        (rf"(?P<many>{NUMBER})\s+(?P<unit>{UNIT})\s+(?:ago|atras)", _ago),
        (rf"hace\s+(?P<many>{NUMBER})\s+(?P<unit>{UNIT})", _ago),
        (
            rf"(?:(?:in|for|over|within|during|en|por|durante)\s+)?(?:the\s+|l[oa]s\s+)?(?:next|coming|proxim[oa]s)\s+(?P<many>{NUMBER})\s+(?P<unit>{UNIT})",
            _next_many,
        ),
        (rf"{IN}{LAST}\s+(?P<many>\d{{1,3}}|couple\s+of|{any_of(NUMBER_WORDS)})\s+(?P<unit>{UNIT})", _last_many),
        (
            rf"(?:in|for|over|within|during|more than|longer than|at least|en|por|hace mas de|mas de|durante)\s+(?:over\s+|more than\s+|about\s+|mas de\s+)?(?P<many>{NUMBER})\s+(?P<unit>{UNIT})",  # noqa: E501
            _last_many,
        ),
        (
            rf"(?P<many>{any_of({w: n for w, n in NUMBER_WORDS.items() if n > 1})})\s+(?P<unit>days|dias|weeks"
            rf"|semanas|months|meses)",
            _last_many,
        ),
        (r"(?P<many>\d{1,3})\s*\+?\s*(?P<unit>days?|dias?|weeks?|semanas?|months?|meses|hours?)", _last_many),
        (rf"{IN}(?:past|trailing)\s+(?P<unit>{UNIT})", _past_one),
        (rf"{IN}(?:last|ultima)\s+(?P<unit>{UNITS['hour']})", _past_one),
        (r"(?P<unit>week|month|quarter|year)\s+to\s+date", _to_date),
        (r"(?P<unit>[wmqy])td", _to_date),
        (
            rf"{IN}(?P<lead>(?:this|last|past|previous|este|ultimo)\s+)?(?:weekends?"
            rf"|fin(?:es)? de semana)(?:\s+pasado)?",
            _weekend,
        ),
        (rf"{IN}(?:this|current|est[ea]|actual)\s+(?P<unit>{UNIT})(?:\s+(?:so far|actual))?", _relative(0)),
        (rf"{IN}(?P<unit>semana|mes|trimestre|ano)\s+(?:actual|en curso)", _relative(0)),
        (
            rf"(?<!day )(?<!days )(?<!dia )(?<!dias )(?<!time )(?<!times )(?<!hour )(?<!hours )"
            rf"(?<!hora )(?<!horas )(?:of the|del"
            rf"|de la)\s+(?P<unit>{UNIT})(?!\s+(?:pasad|anterior|proxim|que viene|before))",
            _of_the,
        ),
        (rf"(?:in|over|within|during|en)\s+(?:the|el|la)\s+(?:last|ultim[oa])\s+(?P<unit>{UNIT})", _past_one),
        (rf"{IN}(?:last|previous|prior|ultim[oa])\s+(?P<unit>{UNIT})", _relative(-1)),
        (rf"{IN}(?P<unit>semana|mes|trimestre|ano|dia)\s+(?:pasad[oa]|anterior)", _relative(-1)),
        (rf"{IN}(?:next|coming|proxim[oa])\s+(?P<unit>{UNIT})", _relative(1)),
        (rf"{IN}(?P<unit>semana|mes|ano)\s+(?:que viene|proxim[oa])", _relative(1)),
        (
            rf"{IN}(?:q(?P<number>[1-4])|(?P<ordinal>{any_of(ORDINAL_NUMBERS)})\s+(?:quarter|trimestre))(?P<year>{YEAR})",
            _quarter,
        ),
        (rf"{IN}(?P<date>{DATE.rsplit('|today', 1)[0]}))", _whole_day),
        (
            rf"(?P<lead>(?:in|of|for|during|since|last|this|on|en|de|del|durante|mes de)\s+(?:the month of\s+|month of\s+|last\s+|this\s+)?)?(?P<month>{MONTH})(?P<year>{YEAR})",  # noqa: E501
            _named_month,
        ),
        (r"(?:el\s+)?(?:yesterdays?|ayer)", _fixed(-1, -1)),
        (
            r"(?:earlier\s+)?(?:todays?|tonight|this morning|this afternoon|this evening|hoy"
            r"|esta manana)(?:\s+so far)?",
            _fixed(0),
        ),
        (r"(?:tomorrow|(?<!la )(?<!por la )manana)", _fixed(1, 1)),
        (
            rf"(?P<lead>(?:on|last|this|next|el|este|pasado)\s+(?:the\s+|last\s+)?)?(?P<day>{WEEKDAY})(?:\s+pasado)?",
            _weekday,
        ),
        (
            r"(?:of\s+)?all[\s-]*time|ever|since we opened|since the beginning|historico|de la historia"
            r"|desde siempre|total historico",
            _fixed(None),
        ),
        (r"lately|recently|recientemente|ultimamente|these days", _fixed(-29)),
        (rf"{IN}(?P<year>20[0-4]\d)", _year_of),
    ]
]
