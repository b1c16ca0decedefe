"""When a text that the shop starts may reach somebody: by day, wherever that person is.

The number's area code and the address on file may name different places; a text goes out only while it is day at
all of them. Direct replies ignore quiet hours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone

_TOML = Path(__file__).with_name("states.toml").read_text(encoding="utf-8")
_STATES: dict[str, list[str]] = tomllib.loads(_TOML)
#: Texas allows Sundays only from noon on (Tex. Bus. & Com. Code 301.051). Other states' hours are at least as wide
#: as the default.
_NOON = time(12)
_SUNDAY = 6
_STEP = timedelta(minutes=15)


@dataclass(frozen=True)
class QuietHours:
    """The hours of a day, at the recipient's place, in which the shop may start a conversation."""

    start: time
    end: time


def zones_of(phone: str, state: str | None, shop_zone: str) -> list[str]:
    """Every zone in which the owner of a number may be; the shop's own when nothing is known.

    Args:
        phone: E.164.
        state: The state of the address on file, by its two letters or None.
        shop_zone: The shop's zone.
    """
    number = phonenumbers.parse(phone)
    zones = {zone for zone in timezone.time_zones_for_number(number) if zone != "Etc/Unknown"}
    if len(zones) > 6:  # a number of no place, like 800
        zones = set()
    zones.update(_STATES.get((state or "").strip().upper(), ()))
    return sorted(zones) or [shop_zone]


def window(
    now: datetime, zones: Sequence[str], hours: QuietHours, *, noon_on_sundays: bool = False
) -> tuple[datetime, datetime]:
    """The next stretch of time in which a text may go out: from `now` if it is day, to when it ends.

    Args:
        now: The earliest moment.
        zones: The zones in which it must be day.
        hours: What is day.
        noon_on_sundays: Whether Sundays begin at noon.

    Returns:
        Its beginning and its end, in UTC.
    """
    start = now
    while not _is_day(start, zones, hours, noon_on_sundays):
        # the quarters of an hour: every zone's offset is a multiple of one
        start = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0) + _STEP
        if start - now > timedelta(days=8):  # zones so far apart that it is never day at all of them
            return window(now, zones[:1], hours, noon_on_sundays=noon_on_sundays)
    end = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0) + _STEP
    while _is_day(end, zones, hours, noon_on_sundays):
        end += _STEP
    return start.astimezone(UTC), end.astimezone(UTC)


def is_texan(phone: str, state: str | None) -> bool:
    """Whether the number or the address is of Texas."""
    if (state or "").strip().upper() == "TX":
        return True
    from phonenumbers import geocoder

    place = geocoder.description_for_number(phonenumbers.parse(phone), "en")
    return place == "Texas" or place.endswith(", TX")


def _is_day(moment: datetime, zones: Sequence[str], hours: QuietHours, noon_on_sundays: bool) -> bool:
    for zone in zones:
        local = moment.astimezone(ZoneInfo(zone))
        start = max(hours.start, _NOON) if noon_on_sundays and local.weekday() == _SUNDAY else hours.start
        if not start <= local.time() < hours.end:
            return False
    return True
