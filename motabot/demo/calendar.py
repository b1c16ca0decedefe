"""The days of the demo shop's history, as text that COPY reads."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

#: How many days of history there are. Day 0 is the first, the last one is yesterday.
DAYS = 730
#: How many days before the first day somebody may have joined, and after today a visit may be predicted.
_BEFORE, _AFTER = 400, 800


class Calendar:
    """Day numbers and moments in the shop's zone, ready to be written.

    Args:
        today: Day number `DAYS`.
        zone: The shop's. Opening hours lie outside the hour in which clocks change, so a day has one offset.
    """

    def __init__(self, today: dt.date, zone: ZoneInfo) -> None:
        days = [today + dt.timedelta(days=number - DAYS) for number in range(-_BEFORE, DAYS + _AFTER)]
        self._dates = [day.isoformat() for day in days]
        self._short = [f"{day:%y%m%d}" for day in days]
        noons = [dt.datetime.combine(day, dt.time(12), zone) for day in days]
        self._offsets = [noon.isoformat()[19:] for noon in noons]
        self._seconds = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]
        #: The start of today, which is when the demo's rows were last updated.
        self.midnight = dt.datetime.combine(today, dt.time(), zone).isoformat(" ")

    def date(self, day: int) -> str:
        """A day, such as 2026-01-31."""
        return self._dates[day + _BEFORE]

    def short(self, day: int) -> str:
        """A day in six digits that sort by time."""
        return self._short[day + _BEFORE]

    def moment(self, day: int, second: int) -> str:
        """A moment of a day with its offset from UTC. `second` counts from midnight in local time."""
        minute, second = divmod(second, 60)
        place = day + _BEFORE
        return f"{self._dates[place]} {self._seconds[minute]}:{second:02}{self._offsets[place]}"
