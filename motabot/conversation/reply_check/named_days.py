"""The days that a sentence about opening hours names: weekdays, "today", holidays and dates."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from motabot.conversation.reply_check.figures import CalendarDay, days_in
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.records import Hours
from motabot.text.holidays import named_in
from motabot.text.regex import regex
from motabot.text.weekdays import NAMED_WEEKDAYS, SHORT_WEEKDAYS, WEEKDAYS

Spans = tuple[tuple[int, int], ...]
#: The place of a day, and its hours, or those of each day that it means.
NamedDay = tuple[int, int, list[Spans]]
_DAYS = {**NAMED_WEEKDAYS, **SHORT_WEEKDAYS}
_DAY = regex(
    r"\b(?P<first>"
    + "|".join(sorted(_DAYS, key=len, reverse=True))
    + r")s?\b(?:(?:\s?-\s?|\s(?:to|through|thru|a)\s)(?P<last>"
    + "|".join(sorted(_DAYS, key=len, reverse=True))
    + r")s?\b)?|\b(?P<today>today|tonight|hoy|esta noche)\b|\b(?P<tomorrow>tomorrow|(?<!la )(?<!de )manana)\b"
    r"|\b(?P<daily>every ?day|daily|all week|seven days|7 days a week|todos los dias|diario)\b"
    r"|\b(?P<weekdays>weekdays|entre semana)\b|\b(?P<weekend>weekends?|fin de semana)\b"
)


_OTHER_DAYS = regex(
    r"\b(?:(?:all |on )?(?:the )?other days(?: of the week)?|the rest of the (?:week|days)|any other day"
    r"|(?:todos )?los (?:demas|otros) dias|el resto de (?:la semana|los dias))\b"
)
_WEEKDAY = regex(r"(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")s?\b")
#: What separates a weekday from its date.
_APPOSED = regex(r",?\s?\(?(?:the |el |a |an |un |which is (?:a )?|that'?s (?:a )?|cae en |es )?")
#: "420" is also an amount, or a house number.
_LETTER = regex("[a-z]")
#: Days.
_AHEAD = 200
_ORDINAL = regex(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b")


def named_days(reading: DraftReading, start: int, end: int, hours: Hours) -> Iterator[NamedDay]:
    text = reading.words[start:end]
    found_days = [(*found.span(), _spans(found, hours)) for found in _DAY.finditer(text)]
    found_days += [
        (*found.span(), [hours.holidays[day]])
        for name, day in hours.holiday_names.items()
        for found in re.finditer(_loosely(name), text)
    ]
    found_days += [
        (*found.span(), list(_other_days(reading, text, hours))) for found in _OTHER_DAYS.finditer(text)
    ]
    found_days += [
        (*found.span(), [_on(day, hours)])
        for found in _ORDINAL.finditer(text)
        for day in _next_with(reading, int(found[1]))
    ]
    found_days += [
        (first, last, [_on(day, hours)])
        for first, last, holiday in named_in(text)
        if _LETTER.search(text, first, last)
        for day in _coming(reading, holiday.on)
    ]
    found_days += [
        (written.start, written.end, [_on(day, hours)])
        for written in days_in(text)
        for day in _coming(reading, partial(_in_year, written))
    ]
    placed = sorted((start + first, start + last, spans) for first, last, spans in found_days)
    yield from _without_their_weekdays(reading, placed)


def _without_their_weekdays(reading: DraftReading, days: list[NamedDay]) -> Iterator[NamedDay]:
    """Days without the weekday beside a date: "Friday, December 25" is one day, with the hours of the date."""
    for index, day in enumerate(days):
        if _DAY.fullmatch(reading.words, day[0], day[1]) is None or not _WEEKDAY.match(reading.words, day[0]):
            yield day
            continue
        following, before = days[index + 1 : index + 2], days[max(0, index - 1) : index]
        joins = [(reading.words[day[1] : other[0]], other) for other in following]
        joins += [(reading.words[other[1] : day[0]], other) for other in before]
        if not any(
            _APPOSED.fullmatch(join) and not _WEEKDAY.match(reading.words, other[0]) for join, other in joins
        ):
            yield day


def _other_days(reading: DraftReading, text: str, hours: Hours) -> Iterator[Spans]:
    """The hours of the weekdays that a sentence does not name and, after a holiday, of the holidays not named."""
    named = {_DAYS[word] for found in _DAY.finditer(text) for word in (found["first"], found["last"]) if word}
    yield from (hours.week[day] for day in WEEKDAYS if day in hours.week and day not in named)
    told = {
        on
        for name, on in hours.holiday_names.items()
        if re.search(_loosely(name), reading.words) or any(day.is_on(on) for day in days_in(reading.words))
    }
    if told:
        yield from (spans for on, spans in hours.holidays.items() if on not in told)


def _loosely(name: str) -> str:
    """A holiday's name as people write it: "Christmas" for Christmas Day, "New Year's"."""
    words = re.escape(name.replace("'", "")).replace(r"\ day", "(?: day)?")
    return rf"\b{words}\b(?! eve)" if "'" not in name else rf"\b{re.escape(name)}\b"


def _next_with(reading: DraftReading, number: int) -> list[date]:
    """The next date with a day of the month: "the 25th"."""
    if reading.facts.today is None:
        return []
    coming = (reading.facts.today + timedelta(days=ahead) for ahead in range(60))
    return [day for day in coming if day.day == number][:1]


def _in_year(day: CalendarDay, year: int) -> date:
    return date(year, day.month, day.day)


def _coming(reading: DraftReading, on: Callable[[int], date]) -> Iterator[date]:
    """The next day of a kind, given its date in a year; none that is far ahead, or that a year does not have."""
    today = reading.facts.today
    if today is None:
        return
    for year in (today.year, today.year + 1):
        with contextlib.suppress(ValueError):
            if today <= (found := on(year)) <= today + timedelta(days=_AHEAD):
                yield found


def _on(day: date, hours: Hours) -> Spans:
    return hours.holidays.get(day, hours.week.get(WEEKDAYS[day.weekday()], ()))


def _spans(found: re.Match[str], hours: Hours) -> list[Spans]:
    week = hours.week
    if found["today"]:
        return [hours.today or ()]
    if found["tomorrow"]:
        return [hours.tomorrow or ()]
    if found["daily"]:
        return [week[day] for day in WEEKDAYS if day in week]
    if found["weekdays"]:
        return [week[day] for day in WEEKDAYS[:5] if day in week]
    if found["weekend"]:
        return [week[day] for day in WEEKDAYS[5:] if day in week]
    first = WEEKDAYS.index(_DAYS[found["first"]])
    last = WEEKDAYS.index(_DAYS[found["last"]]) if found["last"] else first
    days = [WEEKDAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    return [week[day] for day in days if day in week]
