"""Reads the labels of a result as periods of time: days, weeks, months, quarters or years, however spelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from motabot.boundary import Cell
from motabot.text.regex import regex

Unit = Literal["moment", "day", "week", "month", "quarter", "year"]

_LENGTH: Final[dict[Unit, relativedelta]] = {
    "day": relativedelta(days=1), "week": relativedelta(weeks=1), "month": relativedelta(months=1),
    "quarter": relativedelta(months=3), "year": relativedelta(years=1),
}  # fmt: skip
#: "2026-10-05T09:00:00-07:00": the moment in the shop's zone.
_MOMENT: Final = regex(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:[+-]\d{2}:?\d{2}|Z)?)?")


@dataclass(frozen=True)
class Periods:
    """Labels as time.

    Attributes:
        starts: The first day of each period; None if a label is missing.
        unit: How long a period is; "moment" for times of a day.
    """

    starts: Sequence[date | None]
    unit: Unit

    def is_running(self, place: int, today: date) -> bool:
        """Whether a period is not over on a day."""
        start, length = self.starts[place], _LENGTH.get(self.unit)
        return start is not None and length is not None and start <= today < start + length


def is_this_year(column: str, label: Cell, today: date | None) -> bool:
    """Whether a whole number in a column of years is the year of a day."""
    return today is not None and label == today.year and column.lower().split("_")[-1] == "year"


def read_periods(labels: Sequence[Cell]) -> Periods | None:
    """Labels as periods; None if one of them is not a period, or if there are none."""
    told = [label for label in labels if label is not None]
    if not told or not all(isinstance(label, str | date) for label in told):
        return None
    words = [
        label.isoformat() if isinstance(label, date) else str(label).strip()
        for label in labels
        if label is not None
    ]
    moments = [_MOMENT.fullmatch(each) for each in words]
    if all(moments):
        days = [date.fromisoformat(found[1]) for found in moments if found]
        has_times = any(found[2] not in (None, "00:00") for found in moments if found)
        return Periods(_placed(labels, days), "moment" if has_times else _unit_of(days))
    for unit, read in _SPELLINGS:
        try:
            return Periods(_placed(labels, [read(each) for each in words]), unit)
        except ValueError:
            continue
    return None


def _placed(labels: Sequence[Cell], days: Sequence[date]) -> list[date | None]:
    left = iter(days)
    return [None if label is None else next(left) for label in labels]


def _unit_of(days: Sequence[date]) -> Unit:
    """How long periods are that begin on these days."""
    several = sorted(set(days))
    if len(several) < 2:
        return "day"
    if all((day.month, day.day) == (1, 1) for day in several):
        return "year"
    if all(day.day == 1 and day.month % 3 == 1 for day in several) and len(several) > 2:
        return "quarter"
    if all(day.day == 1 for day in several):
        return "month"
    return "week" if all(day.weekday() == several[0].weekday() for day in several) else "day"


def _by(form: str) -> Callable[[str], date]:
    return lambda words: datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone


def _quarter(words: str) -> date:
    found = re.fullmatch(r"(\d{4})[- ]?Q([1-4])|Q([1-4])[- ](\d{4})", words, re.IGNORECASE)
    if found is None:
        raise ValueError(words)
    return date(int(found[1] or found[4]), 3 * int(found[2] or found[3]) - 2, 1)


def _week(words: str) -> date:
    found = re.fullmatch(r"(\d{4})-?W(\d{1,2})", words, re.IGNORECASE)
    if found is None:
        raise ValueError(words)
    return date.fromisocalendar(int(found[1]), int(found[2]), 1)


_SPELLINGS: Final[tuple[tuple[Unit, Callable[[str], date]], ...]] = (
    ("month", _by("%Y-%m")), ("month", _by("%Y/%m")), ("month", _by("%b %Y")), ("month", _by("%B %Y")),
    ("month", _by("%Y %b")), ("quarter", _quarter), ("week", _week), ("year", _by("%Y")),
    ("day", _by("%m/%d/%Y")), ("day", _by("%b %d, %Y")),
)  # fmt: skip
