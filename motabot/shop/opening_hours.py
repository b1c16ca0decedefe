"""Opening hours: the usual week, days with special hours, and whether a store is open at a moment."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

#: Minutes of a day without a change of clocks.
DAY = 24 * 60
#: How many days ahead holidays are listed, and the next opening is looked for.
_HOLIDAYS_AHEAD, _OPENINGS_AHEAD = 45, 60
_EVERY_YEAR = 1904  # means all years; a leap year, so that 29 February can be named

_TIME = regex(r"(\d{1,2})(?::(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_EXAMPLE = 'write "09:00-21:00", a list of these, or "closed"'


class Period(BaseModel):
    """One opening, in wall clock minutes after midnight.

    `closes` is above 24 hours if the shop stays open past midnight.
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
        raise ValueError(f"{value!r} is not an opening time; {_EXAMPLE}")
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
        raise ValueError(f"{written!r} is not a time of day; {_EXAMPLE}")
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


class ShopPart(BaseModel):
    """A part of the shop's file. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Week(ShopPart):
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


class Holiday(ShopPart):
    """A day, or several, with special hours. They replace the usual hours that begin on those days."""

    date: Day
    until: dt.date | None = None
    name: Words
    hours: OpeningHours

    @field_validator("until")
    @classmethod
    def _after_the_first_day(cls, value: dt.date | None, info: ValidationInfo) -> dt.date | None:
        first = info.data.get("date")
        if value and first and (first.year == _EVERY_YEAR or value < first):
            raise ValueError("must be later than date, and date must name a year, such as 2026-12-24")
        return value

    def covers(self, day: dt.date) -> bool:
        """Whether these hours hold on a date."""
        if self.date.year == _EVERY_YEAR:
            return (self.date.month, self.date.day) == (day.month, day.day)
        return self.date <= day <= (self.until or self.date)


@dataclass(frozen=True)
class DayHours:
    """The hours of one weekday, in words."""

    day: str
    hours: str


@dataclass(frozen=True)
class HolidayHours:
    """The hours of one date that differs from the usual week, in words. The date is in ISO format."""

    date: str
    name: str
    hours: str


@dataclass(frozen=True)
class HoursNow:
    """The opening hours at one moment, in words that a reply can quote.

    Attributes:
        today: Today's hours; likewise `tomorrow`.
        open_now: Whether the store is open at this moment.
        closes_at: When it closes; None while it is closed, or if that is not within sight.
        opens_next: When it opens again; None while it is open, or if that is not within sight.
        week: The usual week, Monday first.
        holidays: The days with other hours in the next weeks.
    """

    today: str
    tomorrow: str
    open_now: bool
    closes_at: str | None
    opens_next: str | None
    week: Sequence[DayHours]
    holidays: Sequence[HolidayHours]


@dataclass(frozen=True)
class Schedule:
    """When one store is open: its usual week and the days with other hours, as wall clock times of its zone."""

    zone: ZoneInfo
    week: Week
    holidays: tuple[Holiday, ...] = ()

    def at(self, now: dt.datetime) -> HoursNow:
        """Opening hours at a moment, in words.

        Args:
            now: An aware moment, in any zone.
        """
        today = now.astimezone(self.zone).date()
        is_open, change = self._state(now, today)
        return HoursNow(
            today=self._tell(today),
            tomorrow=self._tell(today + dt.timedelta(days=1)),
            open_now=is_open,
            closes_at=self._say(change, now, until_hour=5) if is_open and change else None,
            opens_next=self._say(change, now) if not is_open and change else None,
            week=[DayHours(day.capitalize(), told(getattr(self.week, day))) for day in WEEKDAYS],
            holidays=[
                HolidayHours(day.isoformat(), holiday.name, told(holiday.hours))
                for day in (today + dt.timedelta(days=ahead) for ahead in range(_HOLIDAYS_AHEAD))
                if (holiday := self._holiday(day))
            ],
        )

    def _tell(self, day: dt.date) -> str:
        holiday = self._holiday(day)
        return told(self._periods(day)) + (f" ({holiday.name})" if holiday else "")

    def _state(self, now: dt.datetime, today: dt.date) -> tuple[bool, dt.datetime | None]:
        """Whether the store is open, and the moment when that changes; None if that is not within sight."""
        closes: dt.datetime | None = None
        for opens, ends in self._openings(today):
            if closes is None:
                if now < opens:
                    return False, opens
                if now < ends:
                    closes = ends
            elif opens <= closes:  # one opening runs into the next
                closes = max(closes, ends)
            else:
                return True, closes
        return closes is not None, None

    def _openings(self, today: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Openings as moments in UTC, from yesterday's, which may reach into today, to some weeks ahead."""
        for ahead in range(-1, _OPENINGS_AHEAD):
            day = today + dt.timedelta(days=ahead)
            midnight = dt.datetime.combine(day, dt.time())
            for period in self._periods(day):
                # wall clock first, zone second: a day that changes the clocks has 23 or 25 hours
                opens, ends = (
                    (midnight + dt.timedelta(minutes=minutes)).replace(tzinfo=self.zone).astimezone(dt.UTC)
                    for minutes in (period.opens, period.closes)
                )
                yield opens, ends

    def _periods(self, day: dt.date) -> Periods:
        special = self._holiday(day)
        return special.hours if special else self.week.on(day)

    def _holiday(self, day: dt.date) -> Holiday | None:
        return next((holiday for holiday in self.holidays if holiday.covers(day)), None)

    def _say(self, moment: dt.datetime, now: dt.datetime, *, until_hour: int = 0) -> str:
        """A moment as people say it: the time, with the weekday unless it is today, or tonight until some hour."""
        local = moment.astimezone(self.zone)
        spoken = clock(local.hour * 60 + local.minute or DAY)
        is_today = (local - dt.timedelta(hours=until_hour)).date() <= now.astimezone(self.zone).date()
        return spoken if is_today else f"{WEEKDAYS[local.weekday()].capitalize()} {spoken}"
