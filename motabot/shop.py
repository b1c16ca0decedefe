"""What customers may know of the shop: its file ``shop.toml``, checked once and told for a moment in time.

Whatever the file leaves out is None in the facts, which means "not known": the bot then says so and offers a
person, rather than guess. ``docs/shop.example.toml`` shows everything that can be said.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from motabot.errors import SettingsError
from motabot.settings import Settings

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: How many days ahead holidays are told, and the next opening looked for.
_TOLD_AHEAD, _LOOKED_AHEAD = 45, 60
_DAY = 24 * 60
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
        if self.closes - self.opens == _DAY:
            return "open 24 hours"
        return f"{_clock(self.opens)} to {_clock(self.closes)}"


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
    if opens >= _DAY:
        raise ValueError(f"{value!r} opens at the end of the day; {_EXAMPLE}")
    return Period(opens=opens, closes=closes if closes > opens else closes + _DAY)


def _read_minutes(written: str) -> int:
    found = _TIME.fullmatch(written)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3].casefold() == "pm" else 0) if 1 <= hour <= 12 else 99
    if hour * 60 + minute > _DAY or minute > 59:
        raise ValueError(f"{written!r} is no time of day; {_EXAMPLE}")
    return hour * 60 + minute


def _clock(minutes: int) -> str:
    """Minutes after midnight as people say them: "9 AM", "9:30 PM", "midnight"."""
    hour, minute = divmod(minutes % _DAY, 60)
    if minutes and minutes % _DAY == 0:
        return "midnight"
    spoken = f"{hour % 12 or 12}" + (f":{minute:02}" if minute else "")
    return f"{spoken} {'AM' if hour < 12 else 'PM'}"


def _told(periods: Periods) -> str:
    return " and ".join(map(str, periods)) or "closed"


def _read_day(value: object) -> object:
    """A day of one year is a TOML date; "12-25" is that day in every year."""
    if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        return f"{_EVERY_YEAR}-{value}"
    return value


def _https(value: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", value):
        raise ValueError(f"{value!r} is no web address; it looks like https://example.com/menu")
    return value


OpeningHours = Annotated[Periods, BeforeValidator(_read_periods)]
Day = Annotated[dt.date, BeforeValidator(_read_day)]
Words = Annotated[str, Field(min_length=1, max_length=600)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Week(_Part):
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


class Holiday(_Part):
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


class Shop(_Part):
    """The shop as its file describes it. None means that nothing is known.

    Attributes:
        timezone: The zone in which the hours are meant, from the setting.
        hours: The usual week.
        holidays: Days with other hours; the first that covers a date wins.
        delivery: What to say of delivery, in the shop's own words; `returns` and `loyalty` likewise.
        license: The licence number.
        links: The shop's own web addresses, by what they are ("menu", "map").
    """

    name: Words
    timezone: str
    phone: Words | None = None
    address: Words | None = None
    hours: Week | None = None
    holidays: tuple[Holiday, ...] = ()
    delivery: Words | None = None
    returns: Words | None = None
    loyalty: Words | None = None
    license: Words | None = None
    links: dict[str, Annotated[str, AfterValidator(_https)]] = Field(default_factory=dict)

    def facts(self, now: dt.datetime) -> dict[str, Any]:
        """What may be told at a moment, as plain data.

        Args:
            now: An aware moment, in any zone.
        """
        return {
            **self.model_dump(exclude={"hours", "holidays"}),
            "hours": self._hours(now, self.hours) if self.hours else None,
        }

    def _hours(self, now: dt.datetime, week: Week) -> dict[str, Any]:
        today = now.astimezone(ZoneInfo(self.timezone)).date()
        is_open, change = self._state(now, today, week)
        holiday = self._holiday(today)
        return {
            "today": _told(self._periods(today, week)) + (f" ({holiday.name})" if holiday else ""),
            "open_now": is_open,
            "closes_at": self._say(change, now) if is_open and change else None,
            "opens_next": self._say(change, now) if not is_open and change else None,
            "week": [{"day": day.capitalize(), "hours": _told(getattr(week, day))} for day in WEEKDAYS],
            "holidays": [
                {"date": day.isoformat(), "name": holiday.name, "hours": _told(holiday.hours)}
                for day in (today + dt.timedelta(days=ahead) for ahead in range(_TOLD_AHEAD))
                if (holiday := self._holiday(day))
            ],
        }

    def _state(self, now: dt.datetime, today: dt.date, week: Week) -> tuple[bool, dt.datetime | None]:
        """Whether the shop is open, and the moment when that changes; None where that is not in sight."""
        closes: dt.datetime | None = None
        for opens, ends in self._openings(today, week):
            if closes is None:
                if now < opens:
                    return False, opens
                if now < ends:
                    closes = ends
            elif opens <= closes:  # one opening goes over into the next
                closes = max(closes, ends)
            else:
                return True, closes
        return closes is not None, None

    def _openings(self, today: dt.date, week: Week) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Openings as moments in UTC, from yesterday's, which may reach into today, to some weeks ahead."""
        zone = ZoneInfo(self.timezone)
        for ahead in range(-1, _LOOKED_AHEAD):
            day = today + dt.timedelta(days=ahead)
            midnight = dt.datetime.combine(day, dt.time())
            for period in self._periods(day, week):
                # wall clock first, zone second: a day that changes the clocks has 23 or 25 hours
                opens, ends = (
                    (midnight + dt.timedelta(minutes=minutes)).replace(tzinfo=zone).astimezone(dt.UTC)
                    for minutes in (period.opens, period.closes)
                )
                yield opens, ends

    def _periods(self, day: dt.date, week: Week) -> Periods:
        special = self._holiday(day)
        return special.hours if special else week.on(day)

    def _holiday(self, day: dt.date) -> Holiday | None:
        return next((holiday for holiday in self.holidays if holiday.covers(day)), None)

    def _say(self, moment: dt.datetime, now: dt.datetime) -> str:
        """A moment as people say it: the time, with the weekday unless it is today or in the small hours after."""
        zone = ZoneInfo(self.timezone)
        local = moment.astimezone(zone)
        spoken = _clock(local.hour * 60 + local.minute or _DAY)
        is_clear = (local - dt.timedelta(hours=5)).date() <= now.astimezone(zone).date()
        return spoken if is_clear else f"{WEEKDAYS[local.weekday()].capitalize()} {spoken}"


def load_shop(settings: Settings) -> Shop:
    """The shop of ``MOTABOT_SHOP_FILE``; without one, what the settings say: a name and a zone.

    Raises:
        SettingsError: The file cannot be read or says something wrong. The message names file, line, key
            and what to write instead, for every problem at once.
    """
    given = {"name": settings.shop_name, "timezone": settings.timezone}
    path = settings.shop_file
    if path is None:
        return Shop.model_validate(given)
    try:
        source = path.read_text(encoding="utf-8")
        written = tomllib.loads(source)
    except OSError as error:
        raise SettingsError(f"MOTABOT_SHOP_FILE: cannot read {path} ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsError(f"MOTABOT_SHOP_FILE: {path} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name}: {error}") from None
    if "timezone" in written:
        line = _line_of(source, ("timezone",))
        raise SettingsError(f"{path.name} line {line}, timezone: belongs to the setting MOTABOT_TIMEZONE")
    try:
        return Shop.model_validate({**given, **written})
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        raise SettingsError("\n".join(_explain(path, source, problem) for problem in problems)) from None


def _explain(path: Path, source: str, problem: Any) -> str:
    place = tuple(part for part in problem["loc"] if part != "[key]")
    name = ".".join(str(part) for part in place)
    what = {
        "missing": 'is missing; a day without hours is "closed"' if place[0] == "hours" else "is missing",
        "extra_forbidden": "is not a key that the shop's file has",
    }.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    return f"{path.name} line {_line_of(source, place)}, {name}: {what}"


def _line_of(source: str, place: tuple[str | int, ...]) -> int:
    """The line on which a key stands; for one that is missing, the line of the table that lacks it."""
    wanted = ".".join(str(part) for part in place)
    table, best, best_length = "", 1, -1
    seen: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        here = ""
        if header := re.match(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*\]", line):
            table = re.sub(r"[\"']", "", header[2])
            if header[1] == "[[":
                seen[table] = seen.get(table, -1) + 1
                table = f"{table}.{seen[table]}"
            here = table
        elif key := re.match(r"\s*([\w.\"'-]+)\s*=", line):
            here = f"{table}." * bool(table) + re.sub(r"[\"'\s]", "", key[1])
        if here and f"{wanted}.".startswith(f"{here}.") and len(here) > best_length:
            best, best_length = number, len(here)
    return best
