"""Spans of time as people say them, in English and Spanish: "last week", "del 1 al 15 de octubre".

Words are expected as `motabot.agent.house.plain` leaves them: lower case, without accents. A month or a day of the
week without more is the latest one that has begun; weeks begin on Monday; numbers are month/day, as in the US.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "january|jan|enero|ene february|feb|febrero march|mar|marzo april|apr|abril|abr may|mayo june|jun|junio"
    " july|jul|julio august|aug|agosto|ago september|sept|sep|septiembre|setiembre october|oct|octubre"
    " november|nov|noviembre december|dec|diciembre|dic"
)
_DAYS = (
    "monday|mon|lunes tuesday|tues|tue|martes wednesday|wed|miercoles thursday|thurs|thu|jueves"
    " friday|fri|viernes saturday|sat|sabado sunday|sun|domingo"
)
_NUMBERS = (
    "one|a|an|un|una two|dos|couple|couple\\s+of three|tres four|cuatro five|cinco six|seis seven|siete eight|ocho"
    " nine|nueve ten|diez eleven|once twelve|doce"
)
_ORDINALS = "first|1st|primer second|2nd|segundo third|3rd|tercer fourth|4th|cuarto"


def _table(words: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(words.split(" "), 1) for name in names.split("|") if name}


_MONTH, _DAY, _ORDINAL = _table(_MONTHS), _table(_DAYS), _table(_ORDINALS)
_NUMBER = _table(_NUMBERS.replace("\\s+", "_"))
_UNITS = {
    "hour": "hours?|hrs?|horas?",
    "day": "days?|dias?",
    "week": "weeks?|wks?|semanas?",
    "month": "months?|mos|mes|meses",
    "quarter": "quarters?|trimestres?",
    "year": "years?|yrs?|anos?",
}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_M = f"(?:{_any(_MONTH)})"
_W = f"(?:{_any(_DAY)})"
_N = rf"(?:\d{{1,3}}|couple\s+of|{_any(_NUMBER)})"
_U = "(?:" + "|".join(_UNITS.values()) + ")"
_D = r"\d{1,2}(?:st|nd|rd|th|o)?"
_Y = r"(?:,?\s*(?:of\s+|de\s+|del\s+)?(?:20\d\d))?"
#: A whole day, written out.
_DATE = (
    rf"(?:20\d\d-\d\d?-\d\d?|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|{_M}\.?\s+(?:the\s+)?{_D}\b{_Y}"
    rf"|{_D}\s+(?:of\s+|de\s+)?{_M}\b{_Y}|today|yesterday|hoy|ayer|(?:last\s+)?{_W})"
)
_FROM = r"(?:between|from|entre|desde|del|de)\s+(?:the\s+|el\s+)?"
_TO = r"\s*(?:and|to|until|till|through|thru|y|al|a|hasta|-)\s*(?:the\s+|el\s+)?"
_LAST_YEAR = re.compile(
    rf"\b({_M}(?:\s+{_D})?|q[1-4]|black friday)\s+(?:of\s+|in\s+|de\s+|del\s+|el\s+)?(?:last year"
    rf"|(?:el )?ano pasado)\b"
)
_LAST = r"(?:last|past|previous|prior|trailing|ultim[oa]s?|pasad[oa]s?|previous)"


@dataclass(frozen=True)
class Span:
    """A span of days, both ends included.

    Attributes:
        first: Its first day; None: since the beginning.
        last: Its last day, which may lie ahead.
        said: The words for it.
        hours: So many hours back from now instead, for spans shorter than days.
    """

    first: date | None
    last: date
    said: str = ""
    hours: int | None = None

    def until(self, today: date) -> Span:
        """The same without what lies ahead."""
        return Span(self.first, min(self.last, today), self.said, self.hours)

    def label(self, today: date, language: str = "en") -> str:
        """What the span is called, with its days: "last week (16 to 22 Nov 2026)"."""
        if self.hours is not None or (self.first is None and self.last >= today):
            return self.said or ("all time" if language == "en" else "desde siempre")
        days = _days(self.first, self.last, today, language)
        is_relative = self.said and not re.search(rf"\b(?:20\d\d|\d{{1,2}}/|{_M})\b", self.said)
        return f"{self.said} ({days})" if is_relative else days

    def before(self) -> Span:
        """The span of the same length that ends where this one begins; for whole months, quarters, years: that."""
        assert self.first is not None
        first, last = self.first, self.last
        if first.day == 1 and last == _month_end(last):
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            return Span(_add_months(first, -months), first - timedelta(days=1))
        return Span(first - (last - first) - timedelta(days=1), first - timedelta(days=1))


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
    if re.fullmatch(_D, said):
        day = int(re.sub(r"\D", "", said))
        first = _made(last.year, last.month, day)
    else:
        first = _date(said, today)
    if first is None:
        return None
    if first > last:  # "from December 20 to January 5"
        first = _made(first.year - 1, first.month, first.day) or first
    return Span(min(first, last), max(first, last))


def _day_range(match: re.Match[str], today: date) -> Span | None:
    first = _date(f"{match['month']} {match['one']}{match['year'] or ''}", today)
    last = _made(first.year, first.month, int(re.sub(r"\D", "", match["two"]))) if first else None
    return Span(first, last) if first and last and first <= last else None


def _month_range(match: re.Match[str], today: date) -> Span | None:
    year = _year(match["year"])
    last = _month(match["two"], year, today)
    first = _month(match["one"], last.last.year, today)
    assert first.first is not None
    start = first.first if first.first <= last.last else _add_months(first.first, -12)
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
    number = _MONTH[name]
    year = year or (today.year if number <= today.month else today.year - 1)
    first = date(year, number, 1)
    return Span(first, _month_end(first))


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
    number = int(said) if said.isdigit() else _ORDINAL[said]
    year = _year(match["year"])
    year = year or (today.year if (number - 1) * 3 + 1 <= today.month else today.year - 1)
    first = date(year, number * 3 - 2, 1)
    return Span(first, _month_end(_add_months(first, 2)))


def _unit(words: str) -> str:
    return next(name for name, pattern in _UNITS.items() if re.fullmatch(pattern, words))


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBER[re.sub(r"\s+", "_", words)]


def _last_many(match: re.Match[str], today: date) -> Span:
    many, unit = max(1, _number(match["many"])), _unit(match["unit"])
    if unit == "hour":
        return Span(today - timedelta(days=many // 24 + 1), today, hours=many)
    return Span(_back(today, many, unit) + timedelta(days=1), today)


def _next_many(match: re.Match[str], today: date) -> Span:
    many, unit = _number(match["many"]), _unit(match["unit"])
    return Span(today, _back(today, -many, unit) if unit != "hour" else today)


def _ago(match: re.Match[str], today: date) -> Span | None:
    many, unit = _number(match["many"]), _unit(match["unit"])
    if unit == "hour":
        return None
    day = _back(today, many, unit)
    return Span(day, day) if unit == "day" else around(day, unit)


def _back(day: date, many: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day - timedelta(days=many * (7 if unit == "week" else 1))
    return _add_months(day, -many * {"month": 1, "quarter": 3, "year": 12}[unit])


def around(day: date, unit: str) -> Span:
    """The whole week, month, quarter or year of a day."""
    if unit == "day":
        return Span(day, day)
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return Span(first, first + timedelta(days=6))
    if unit == "month":
        return Span(day.replace(day=1), _month_end(day))
    if unit == "quarter":
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Span(first, _month_end(_add_months(first, 2)))
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))


def _relative(steps: int) -> Callable[[re.Match[str], date], Span]:
    def build(match: re.Match[str], today: date) -> Span:
        unit = _unit(match["unit"])
        whole = around(today, unit)
        assert whole.first is not None
        return around(_back(whole.first, -steps, unit), unit)

    return build


def _past_one(match: re.Match[str], today: date) -> Span:
    days = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}.get(_unit(match["unit"]), 1)
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
    number = _DAY[match["day"]] - 1
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
        return _made(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d+)/(\d+)(?:/(\d+))?", words):
        year = int(found[3]) if found[3] else None
        return _latest(int(found[1]), int(found[2]), year + 2000 if year and year < 100 else year, today)
    if found := re.fullmatch(rf"(?:last )?({_W})", words):
        return today - timedelta(days=(today.weekday() - _DAY[found[1]] + 1) % 7 or 7)
    months, years = re.search(rf"\b{_M}\b", words), re.search(r"\b20\d\d\b", words)
    days = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if not months or not days:
        return None
    return _latest(_MONTH[months[0]], int(days[0]), int(years[0]) if years else None, today)


def _latest(month: int, day: int, year: int | None, today: date) -> date | None:
    if year:
        return _made(year, month, day)
    found = _made(today.year, month, day)
    return found if found and found <= today else _made(today.year - 1, month, day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(words: str | None) -> int | None:
    found = re.search(r"20\d\d", words or "")
    return int(found[0]) if found else None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _add_months(day: date, many: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + many, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


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
    day = first + timedelta(days=_DAY[match["day"]] - 1) if first else None
    return Span(day, day) if day else None


_ES_MONTHS = {1: "ene", 4: "abr", 8: "ago", 12: "dic"}
_ES_DAYS = "lun mar mié jue vie sáb dom".split()


def _days(first: date | None, last: date, today: date, language: str) -> str:
    def written(day: date, *, with_year: bool) -> str:
        name = calendar.month_abbr[day.month]
        if language == "es":
            name = _ES_MONTHS.get(day.month, name.lower())
        return f"{day.day} {name}" + (f" {day.year}" if with_year else "")

    to, until = ("al", "hasta el") if language == "es" else ("to", "until")
    now = "hoy" if language == "es" else "today"
    if first is None:
        return f"{until} {written(last, with_year=True)}"
    if first == last:
        name = _ES_DAYS[first.weekday()] if language == "es" else calendar.day_abbr[first.weekday()]
        return f"{name} {written(first, with_year=True)}"
    end = now if last == today else written(last, with_year=True)
    end = f"{'a' if language == 'es' and last == today else to} {end}"
    start = written(first, with_year=first.year != last.year)
    if last != today and (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    return f"{start} {end}"


_WHEN = (
    r"(?:the\s+|el\s+|la\s+)?(?:start of\s+|beginning of\s+)?"
    rf"(?P<when>{_DATE}|(?:last\s+)?{_M}{_Y}|{_LAST}\s+{_U}|{_U}\s+pasad[oa]|20\d\d|{_N}\s+{_U}\s+ago|hace\s+{_N}\s+{_U})"
)
_ON = r"(?:\s+(?:on|onwards?|forward|en adelante|(?:till|until|up to|through|to) (?:now|today|date)|hasta hoy))"
_IN = r"(?:(?:in|on|for|of|from|during|over|within|en|de|durante)\s+)?(?:the\s+|el\s+|la\s+|los\s+|las\s+)?"
#: Special ones before general ones: what a rule takes, the next ones do not see.
_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]]] = [
    (re.compile(rf"\b(?:{pattern})(?![\w%])"), build)
    for pattern, build in [
        (r"(?:the\s+)?day before yesterday|anteayer|antier", _fixed(-2, -2)),
        (rf"(?:{_FROM})?(?P<first>{_DATE}|{_D}){_TO}(?P<last>{_DATE})", _range),
        (
            rf"(?:{_FROM})?(?P<month>{_M})\s+(?P<one>{_D})\s*(?:and|to|through|thru|y|al|-)\s*(?P<two>{_D})(?P<year>{_Y})",
            _day_range,
        ),
        (rf"{_FROM}(?P<one>{_M}){_TO}(?P<two>{_M})(?P<year>{_Y})", _month_range),
        (rf"(?P<one>{_M})\s*(?:to|through|thru|-|a)\s*(?P<two>{_M})(?P<year>{_Y})", _month_range),
        (rf"(?:the\s+|la\s+)?(?:week|semana)\s+(?:of|del?)\s+(?P<date>{_DATE})", _week_of),
        (
            rf"(?P<how>since|after|starting(?:\s+(?:from|with|in))?|desde|despues de|a partir de)\s+{_WHEN}{_ON}?",
            _since,
        ),
        (rf"(?P<how>from)\s+{_WHEN}{_ON}", _since),
        (rf"(?:on\s+)?black friday(?P<year>{_Y})", _black_friday),
        (
            rf"(?:on\s+|el\s+)?(?P<day>{_W})\s+(?:of\s+|de\s+)?(?P<week>last week|this week|la semana pasada"
            rf"|esta semana)",
            _day_of_week,
        ),
        (rf"(?:for|over|in)\s+the\s+(?P<unit>{_U})", _relative(0)),
        (
            rf"(?P<how>before|until|prior to|antes de|hasta)\s+(?:the\s+)?(?P<when>{_DATE}|{_M}{_Y}|20\d\d)",
            _before,
        ),
        (rf"{_IN}(?:the\s+)?(?P<unit>week|month|quarter|year)\s+before\s+last", _relative(-2)),
        (rf"(?P<many>{_N})\s+(?P<unit>{_U})\s+(?:ago|atras)", _ago),
        (rf"hace\s+(?P<many>{_N})\s+(?P<unit>{_U})", _ago),
        (
            rf"(?:(?:in|for|over|within|during|en|por|durante)\s+)?(?:the\s+|l[oa]s\s+)?(?:next|coming|proxim[oa]s)\s+(?P<many>{_N})\s+(?P<unit>{_U})",
            _next_many,
        ),
        (rf"{_IN}{_LAST}\s+(?P<many>\d{{1,3}}|couple\s+of|{_any(_NUMBER)})\s+(?P<unit>{_U})", _last_many),
        (
            rf"(?:in|for|over|within|during|more than|longer than|at least|en|por|hace mas de|mas de|durante)\s+(?:over\s+|more than\s+|about\s+|mas de\s+)?(?P<many>{_N})\s+(?P<unit>{_U})",  # noqa: E501
            _last_many,
        ),
        (
            rf"(?P<many>{_any({w: n for w, n in _NUMBER.items() if n > 1})})\s+(?P<unit>days|dias|weeks"
            rf"|semanas|months|meses)",
            _last_many,
        ),
        (r"(?P<many>\d{1,3})\s*\+?\s*(?P<unit>days?|dias?|weeks?|semanas?|months?|meses|hours?)", _last_many),
        (rf"{_IN}(?:past|trailing)\s+(?P<unit>{_U})", _past_one),
        (r"(?P<unit>week|month|quarter|year)\s+to\s+date", _to_date),
        (r"(?P<unit>[wmqy])td", _to_date),
        (
            rf"{_IN}(?P<lead>(?:this|last|past|previous|este|ultimo)\s+)?(?:weekends?"
            rf"|fin(?:es)? de semana)(?:\s+pasado)?",
            _weekend,
        ),
        (rf"{_IN}(?:this|current|est[ea]|actual)\s+(?P<unit>{_U})(?:\s+(?:so far|actual))?", _relative(0)),
        (rf"{_IN}(?P<unit>semana|mes|trimestre|ano)\s+(?:actual|en curso)", _relative(0)),
        (
            rf"(?<!day )(?<!days )(?<!dia )(?<!dias )(?<!time )(?:of the|del"
            rf"|de la)\s+(?P<unit>{_U})(?!\s+(?:pasad|anterior|proxim|que viene|before))",
            _relative(0),
        ),
        (rf"{_IN}(?:last|previous|prior|ultim[oa])\s+(?P<unit>{_U})", _relative(-1)),
        (rf"{_IN}(?P<unit>semana|mes|trimestre|ano|dia)\s+(?:pasad[oa]|anterior)", _relative(-1)),
        (rf"{_IN}(?:next|coming|proxim[oa])\s+(?P<unit>{_U})", _relative(1)),
        (rf"{_IN}(?P<unit>semana|mes|ano)\s+(?:que viene|proxim[oa])", _relative(1)),
        (
            rf"{_IN}(?:q(?P<number>[1-4])|(?P<ordinal>{_any(_ORDINAL)})\s+(?:quarter|trimestre))(?P<year>{_Y})",
            _quarter,
        ),
        (rf"{_IN}(?P<date>{_DATE.rsplit('|today', 1)[0]}))", _whole_day),
        (
            rf"(?P<lead>(?:in|of|for|during|since|last|this|on|en|de|del|durante|mes de)\s+(?:the month of\s+|month of\s+|last\s+|this\s+)?)?(?P<month>{_M})(?P<year>{_Y})",  # noqa: E501
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
            rf"(?P<lead>(?:on|last|this|next|el|este|pasado)\s+(?:the\s+|last\s+)?)?(?P<day>{_W})(?:\s+pasado)?",
            _weekday,
        ),
        (
            r"(?:of\s+)?all[\s-]*time|ever|since we opened|since the beginning|historico|de la historia"
            r"|desde siempre|total historico",
            _fixed(None),
        ),
        (r"lately|recently|recientemente|ultimamente|these days", _fixed(-29)),
        (rf"{_IN}(?P<year>20[0-4]\d)", _year_of),
    ]
]
