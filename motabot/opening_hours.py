"""Opening hours as the shop's file writes them: the usual week, and days with hours of their own."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Minutes of a day without a change of clocks.
DAY = 24 * 60
_EVERY_YEAR = 1904  # stands for all years; a leap year, so that 29 February can be named

_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_EXAMPLE = 'write "09:00-21:00", a list of such, or "closed"'


class Period(BaseModel):
    """From when to when the shop is open, as wall clock minutes after the day's midnight.

    `closes` is above 24 hours where the shop stays open past midnight.
    """

    model_config = ConfigDict(frozen=True)

    opens: int
    closes: int

    def __str__(self) -> str:
        if self.closes - self.opens == DAY:
            return "open 24 hours"
        return f"{clock(self.opens)} to {clock(self.closes)}"


Periods = tuple[Period, ...]


def _read_periods(value: object) -> Periods:
    """Periods as the file writes them: "09:00-21:00", "9am-1am", a list of these, or "closed"."""
    if value == "closed":
        return ()
    written = value if isinstance(value, list) and value else [value]
    periods = sorted((_read_period(part) for part in written), key=lambda period: period.opens)
    for earlier, later in pairwise(periods):
        if later.opens < earlier.closes:
            raise ValueError(f"{earlier} and {later} overlap")
    return tuple(periods)


def _read_period(value: object) -> Period:
    ends = re.split(r"\s*[-–]\s*", value.strip()) if isinstance(value, str) else []
    if len(ends) != 2:
        raise ValueError(f"{value!r} are no opening hours; {_EXAMPLE}")
    opens, closes = (_read_minutes(end) for end in ends)
    if opens >= DAY:
        raise ValueError(f"{value!r} opens at the end of the day; {_EXAMPLE}")
    return Period(opens=opens, closes=closes if closes > opens else closes + DAY)


def _read_minutes(written: str) -> int:
    found = _TIME.fullmatch(written)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3].casefold() == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour * 60 + minute > DAY or minute > 59:
        raise ValueError(f"{written!r} is no time of day; {_EXAMPLE}")
    return hour * 60 + minute


def clock(minutes: int) -> str:
    """Minutes after midnight as people say them: "9 AM", "9:30 PM", "midnight"."""
    hour, minute = divmod(minutes % DAY, 60)
    if minutes and minutes % DAY == 0:
        return "midnight"
    spoken = f"{hour % 12 or 12}" + (f":{minute:02}" if minute else "")
    return f"{spoken} {'AM' if hour < 12 else 'PM'}"


def told(periods: Periods) -> str:
    """The opening hours of one day in words."""
    return " and ".join(map(str, periods)) or "closed"


def _read_day(value: object) -> object:
    """A day of one year is a TOML date; "12-25" is that day in every year."""
    if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        return f"{_EVERY_YEAR}-{value}"
    return value


OpeningHours = Annotated[Periods, BeforeValidator(_read_periods)]
Day = Annotated[dt.date, BeforeValidator(_read_day)]
Words = Annotated[str, Field(min_length=1, max_length=600)]


class Part(BaseModel):
    """A part of the shop's file: what it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Week(Part):
    """The usual opening hours. Every day is named, so that none is forgotten."""

    monday: OpeningHours
    tuesday: OpeningHours
    wednesday: OpeningHours
    thursday: OpeningHours
    friday: OpeningHours
    saturday: OpeningHours
    sunday: OpeningHours

    def on(self, day: dt.date) -> Periods:
        """The usual hours of a date."""
        periods: Periods = getattr(self, WEEKDAYS[day.weekday()])
        return periods


class Holiday(Part):
    """A day, or several, with hours of their own. They replace the usual hours that begin on those days."""

    date: Day
    until: dt.date | None = None
    name: Words
    hours: OpeningHours

    @field_validator("until")
    @classmethod
    def _after_the_first_day(cls, value: dt.date | None, info: ValidationInfo) -> dt.date | None:
        first = info.data.get("date")
        if value and first and (first.year == _EVERY_YEAR or value < first):
            raise ValueError("must be a later day than date, and date one of a certain year, such as 2026-12-24")
        return value

    def covers(self, day: dt.date) -> bool:
        """Whether these hours hold on a date."""
        if self.date.year == _EVERY_YEAR:
            return (self.date.month, self.date.day) == (day.month, day.day)
        return self.date <= day <= (self.until or self.date)
