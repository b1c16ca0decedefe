"""What customers may know of the shop: its file ``shop.toml``, checked once and told for a moment in time.

Whatever the file leaves out is None in the facts, which means "not known": the bot then says so and offers a
person, rather than guess. ``docs/shop.example.toml`` shows everything that can be said.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError

from motabot.errors import SettingsError
from motabot.opening_hours import DAY, WEEKDAYS, Holiday, Part, Periods, Week, Words, clock, told
from motabot.settings import Settings

#: How many days ahead holidays are told, and the next opening looked for.
_TOLD_AHEAD, _LOOKED_AHEAD = 45, 60


def _https(value: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", value):
        raise ValueError(f"{value!r} is no web address; it looks like https://example.com/menu")
    return value


class Shop(Part):
    """The shop as its file describes it. None means that nothing is known.

    Attributes:
        timezone: The zone in which the hours are meant, from the setting.
        hours: The usual week.
        holidays: Days with other hours; the first that covers a date wins.
        delivery: What to say of delivery, in the shop's own words; likewise of `returns`, the `loyalty` programme,
            the ways of `payment`, `deals`, and the `rules` for those who come in.
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
    payment: Words | None = None
    deals: Words | None = None
    rules: Words | None = None
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
        return {
            "today": self._tell(today, week),
            "tomorrow": self._tell(today + dt.timedelta(days=1), week),
            "open_now": is_open,
            "closes_at": self._say(change, now, until_hour=5) if is_open and change else None,
            "opens_next": self._say(change, now) if not is_open and change else None,
            "week": [{"day": day.capitalize(), "hours": told(getattr(week, day))} for day in WEEKDAYS],
            "holidays": [
                {"date": day.isoformat(), "name": holiday.name, "hours": told(holiday.hours)}
                for day in (today + dt.timedelta(days=ahead) for ahead in range(_TOLD_AHEAD))
                if (holiday := self._holiday(day))
            ],
        }

    def _tell(self, day: dt.date, week: Week) -> str:
        holiday = self._holiday(day)
        return told(self._periods(day, week)) + (f" ({holiday.name})" if holiday else "")

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

    def _say(self, moment: dt.datetime, now: dt.datetime, *, until_hour: int = 0) -> str:
        """A moment as people say it: the time, with the weekday unless it is today, or tonight until some hour."""
        zone = ZoneInfo(self.timezone)
        local = moment.astimezone(zone)
        spoken = clock(local.hour * 60 + local.minute or DAY)
        is_today = (local - dt.timedelta(hours=until_hour)).date() <= now.astimezone(zone).date()
        return spoken if is_today else f"{WEEKDAYS[local.weekday()].capitalize()} {spoken}"


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
