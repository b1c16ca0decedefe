"""A span of days, and the calendar that it needs."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from motabot.offline.dates.words import MONTH


@dataclass(frozen=True)
class Span:
    """A span of days, both ends included.

    Attributes:
        first: Its first day; None: since the beginning.
        last: Its last day, which may lie ahead.
        said: The words for it.
        hours: A number of hours back from now instead, for spans shorter than days.
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
        days = days_of(self.first, self.last, today, language)
        is_relative = self.said and not re.search(rf"\b(?:20\d\d|\d{{1,2}}/|{MONTH})\b", self.said)
        return f"{self.said} ({days})" if is_relative else days

    def before(self) -> Span:
        """The span of the same length that ends where this one begins; for whole months, quarters, years: that."""
        assert self.first is not None
        first, last = self.first, self.last
        if first.day == 1 and last == month_end(last):
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            return Span(add_months(first, -months), first - timedelta(days=1))
        return Span(first - (last - first) - timedelta(days=1), first - timedelta(days=1))


def around(day: date, unit: str) -> Span:
    """The whole week, month, quarter or year of a day; an hour has no span shorter than its day."""
    if unit in ("hour", "day"):
        return Span(day, day)
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return Span(first, first + timedelta(days=6))
    if unit == "month":
        return Span(day.replace(day=1), month_end(day))
    if unit == "quarter":
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Span(first, month_end(add_months(first, 2)))
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))


def back(day: date, many: int, unit: str) -> date:
    """The day a number of units before; hours count by their whole days."""
    if unit == "hour":
        return day - timedelta(days=many // 24)
    if unit in ("day", "week"):
        return day - timedelta(days=many * (7 if unit == "week" else 1))
    return add_months(day, -many * {"month": 1, "quarter": 3, "year": 12}[unit])


def month_end(day: date) -> date:
    return day + relativedelta(day=31)  # or the last day that the month has


def add_months(day: date, many: int) -> date:
    return day + relativedelta(months=many)


def made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_ES_MONTHS = {1: "ene", 4: "abr", 8: "ago", 12: "dic"}

_ES_DAYS = "lun mar mié jue vie sáb dom".split()


def days_of(first: date | None, last: date, today: date, language: str) -> str:
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
