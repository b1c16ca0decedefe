"""Single days as people say them: 11/26, November 26, yesterday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from motabot.offline.dates.ranges import Span, around, made
from motabot.offline.dates.words import (
    DAY_NUMBERS,
    MONTH,
    MONTH_NUMBERS,
    WEEKDAY,
)


def whole_day(match: re.Match[str], today: date) -> Span | None:
    day = read_day(match["date"], today)
    return Span(day, day) if day else None


def week_of(match: re.Match[str], today: date) -> Span | None:
    day = read_day(match["date"], today)
    return around(day, "week") if day else None


def read_day(words: str, today: date) -> date | None:
    words = " ".join(words.replace(",", " ").replace(".", " ").split())
    simple = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1}
    if words in simple:
        return today - timedelta(days=simple[words])
    if found := re.fullmatch(r"(20\d\d)-(\d+)-(\d+)", words):
        return made(*map(int, found.groups()))
    if found := re.fullmatch(r"(\d+)/(\d+)(?:/(\d+))?", words):
        year = int(found[3]) if found[3] else None
        return latest_day(int(found[1]), int(found[2]), year + 2000 if year and year < 100 else year, today)
    if found := re.fullmatch(rf"(?:last )?({WEEKDAY})", words):
        return today - timedelta(days=(today.weekday() - DAY_NUMBERS[found[1]] + 1) % 7 or 7)
    months, years = re.search(rf"\b{MONTH}\b", words), re.search(r"\b20\d\d\b", words)
    days = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
    if not months or not days:
        return None
    return latest_day(MONTH_NUMBERS[months[0]], int(days[0]), int(years[0]) if years else None, today)


def latest_day(month: int, day: int, year: int | None, today: date) -> date | None:
    if year:
        return made(year, month, day)
    found = made(today.year, month, day)
    return found if found and found <= today else made(today.year - 1, month, day)


def year_in(words: str | None) -> int | None:
    found = re.search(r"20\d\d", words or "")
    return int(found[0]) if found else None
