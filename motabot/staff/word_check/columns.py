"""The columns of a result: what each is about, and its cells as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from motabot.boundary import Cell, JsonMapping
from motabot.offline.dates.parse import find
from motabot.staff.formats import seconds_of
from motabot.staff.word_check.concepts import concepts_of
from motabot.text.regex import regex

Days = tuple[date, date]
#: What has no sum: a mean, a price, how strong or how old something is.
_NO_SUMS: Final = frozenset({"average", "median", "price", "change"})
_NO_SUM: Final = regex(r"\b(?:thc|cbd|content|potency|probability|rate|score|age|days|hours|percent\w*)\b")
#: The noun of an average.
COUNTED_BY: Final = frozenset({"tickets", "visits", "customers", "units"})
MEASURED: Final = frozenset({"count", "money", "number", "percent", "duration"})
#: "Usual friday": a column about a weekday, not about one day.
_OF_WEEKDAY: Final = regex(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")


@dataclass(frozen=True)
class GridColumn:
    """A column of a result.

    Attributes:
        name: Its name, in words.
        unit: Its format.
        about: What it is about.
        days: The period in its name, such as "october".
    """

    name: str
    unit: str
    about: frozenset[str]
    days: Days | None

    @property
    def kinds(self) -> int:
        """How many things it is about; a count of sales is one of tickets."""
        return len(self.about - {"sales"} if self.unit == "count" and "tickets" in self.about else self.about)

    @property
    def adds_up(self) -> bool:
        """Whether the sum of its cells means something."""
        is_sum = self.unit in ("count", "money", "number") and not self.about & _NO_SUMS
        return is_sum and _NO_SUM.search(self.name) is None


def part_of(row: Sequence[Decimal | None], one: int, other: int) -> Decimal | None:
    first, second = row[one], row[other]
    return first / second if first is not None and second else None


def move_of(row: Sequence[Decimal | None], early: int, late: int) -> Decimal | None:
    first, second = row[early], row[late]
    return second - first if first is not None and second is not None else None


def number_of(cell: Cell) -> Decimal | None:
    """A cell as a number; None if it is not one."""
    if cell is None or isinstance(cell, bool):
        return None
    try:
        number = Decimal(str(cell))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_number(cell: Cell, unit: str) -> Decimal | None:
    if unit == "duration" and cell is not None:
        seconds = seconds_of(str(cell))
        return None if seconds is None else Decimal(seconds)
    return number_of(cell)


def column_of(said: JsonMapping, today: date | None) -> GridColumn:
    name, unit = str(said.get("name", "")), str(said.get("format") or "")
    words = name.lower().replace("_", " ")
    is_dated = unit in MEASURED and not _OF_WEEKDAY.search(words)
    spans = find(words, today)[0] if today is not None and is_dated else []
    days = (spans[0].first, spans[0].last) if len(spans) == 1 and spans[0].first else None
    about = concepts_of(name, unit)
    if not about and days is None and unit in MEASURED and len(words) > 2:
        about = frozenset({f"={words}"})  # a label that was turned into a column, such as "cash"
    return GridColumn(words, unit, about, days)
