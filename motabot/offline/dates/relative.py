"""Spans that are counted from today: the last 3 weeks, this month, next weekend."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from motabot.offline.dates.ranges import Span, around, back
from motabot.offline.dates.words import (
    DAY_NUMBERS,
    NUMBER_WORDS,
    UNITS,
)


def unit_named(words: str) -> str:
    return next(name for name, pattern in UNITS.items() if re.fullmatch(pattern, words))


def count_named(words: str) -> int:
    return int(words) if words.isdigit() else NUMBER_WORDS[re.sub(r"\s+", "_", words)]


def last_many(match: re.Match[str], today: date) -> Span:
    many, unit = max(1, count_named(match["many"])), unit_named(match["unit"])
    if unit == "hour":
        return Span(today - timedelta(days=many // 24 + 1), today, hours=many)
    return Span(back(today, many, unit) + timedelta(days=1), today)


def next_many(match: re.Match[str], today: date) -> Span:
    many, unit = count_named(match["many"]), unit_named(match["unit"])
    return Span(today, back(today, -many, unit) if unit != "hour" else today)


def ago(match: re.Match[str], today: date) -> Span | None:
    many, unit = count_named(match["many"]), unit_named(match["unit"])
    if unit == "hour":
        return None
    day = back(today, many, unit)
    return Span(day, day) if unit == "day" else around(day, unit)


def units_from_now(steps: int) -> Callable[[re.Match[str], date], Span | None]:
    """The unit that is a number of units ahead; for hours only this one, as the last one."""

    def build(match: re.Match[str], today: date) -> Span | None:
        unit = unit_named(match["unit"])
        if unit == "hour":
            return past_one(match, today) if steps == 0 else None
        whole = around(today, unit)
        assert whole.first is not None
        return around(back(whole.first, -steps, unit), unit)

    return build


def of_the(match: re.Match[str], today: date) -> Span | None:
    """ "Of the week" is a span, but "the slowest day of the week" is not."""
    is_of_units = re.search(
        r"\b(?:days?|dias?|hours?|horas?|times?)\b(?: \w+){0,3} $", match.string[: match.start()]
    )
    return None if is_of_units else units_from_now(0)(match, today)


def past_one(match: re.Match[str], today: date) -> Span:
    unit = unit_named(match["unit"])
    if unit in ("hour", "day"):
        return Span(today - timedelta(days=1), today, hours=1 if unit == "hour" else 24)
    days = {"week": 7, "month": 30, "quarter": 91, "year": 365}[unit]
    return Span(today - timedelta(days=days - 1), today)


def to_date(match: re.Match[str], today: date) -> Span:
    said = match["unit"]
    unit = {"w": "week", "m": "month", "q": "quarter", "y": "year"}.get(said) or unit_named(said)
    return Span(around(today, unit).first, today)


def weekend(match: re.Match[str], today: date) -> Span:
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    is_now = today.weekday() >= 5
    lead = match["lead"] or ""
    if "this" in lead or "este" in lead:
        saturday = today - timedelta(days=today.weekday() - 5)
    elif is_now and ("last" in lead or "pasado" in match[0]):
        saturday -= timedelta(days=7)
    if match["before"]:  # the one before the last
        saturday -= timedelta(days=7 if not is_now or match["before"].strip() == "before" else 14)
    return Span(saturday, saturday + timedelta(days=1))


def weekday(match: re.Match[str], today: date) -> Span | None:
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


def days_from_now(first: int | None, last: int = 0) -> Callable[[re.Match[str], date], Span]:
    """A number of days from today."""

    def build(_match: re.Match[str], today: date) -> Span:
        return Span(None if first is None else today + timedelta(days=first), today + timedelta(days=last))

    return build
