"""A result as sentences describe it: rows by their labels and periods, columns by what they are about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from dateutil.relativedelta import relativedelta

from motabot.boundary import Cell, JsonMapping
from motabot.offline.dates.words import MONTH_NUMBERS
from motabot.staff.basis import days_of_query
from motabot.staff.periods import read_periods
from motabot.staff.word_check.columns import (
    COUNTED_BY,
    MEASURED,
    Days,
    GridColumn,
    as_number,
    column_of,
    move_of,
    part_of,
)
from motabot.staff.word_check.labels import UNLABELED, is_total, labels_for_null, without_weekday
from motabot.staff.word_check.spoken_periods import spoken_periods
from motabot.text.regex import regex

#: How many rows are read: a little more than a model sees.
MOST_ROWS: Final = 60

_WEEKDAYS: Final = frozenset("mon tue wed thu fri sat sun".split())
_LENGTHS: Final = {
    "week": relativedelta(weeks=1), "month": relativedelta(months=1), "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}  # fmt: skip
#: Numbers under these names identify a row.
_LABEL: Final = regex(
    r"(^|(?<!this)(?<!last)(?<!per)(?<!each)(?<!_a)(?<!prior)(?<!previous)_)(id|rank|rn|position|place|number"
    r"|year|month|week|dow|isodow|hour|day)$"
)
#: Columns of moments that group the rows, as opposed to a fact of each row.
_AXIS: Final = regex(r"(^|_)(day|date|week|month|quarter|year|period|cohort|fecha|dia|semana|mes)$")
_ROLLUP: Final = regex(r"\b(?:rollup|cube|grouping sets)\b", re.IGNORECASE)


class Grid:
    """One result.

    Attributes:
        today: The shop's day.
        first: The first day of the data; None: unknown.
        columns: Its columns.
        size: How many rows it has.
        rows: Its first rows, as JSON has them: a model sees no others.
        numbers: Its cells as numbers (seconds for a duration); None for other cells.
        measures: Positions of the columns of figures.
        averages: Positions after the last column: one measure per unit of another, such as sales per ticket.
        changes: Positions after those: the change from one column's period to another's, in their unit and in
            percent.
        periods: The days of each row, by the position of a column of periods.
        days: The days that the query is about; None: unknown.
        is_timeless: Whether the query names no time at all.
        sql: The query.
    """

    def __init__(self, table: JsonMapping, today: date | None, first: date | None = None) -> None:
        """
        Args:
            table: The result as people see it.
            today: The shop's day.
            first: The first day of the data.
        """
        self.today = today
        self.first = first
        self.size = len(table["rows"])
        self.rows: Sequence[Sequence[Cell]] = table["rows"][:MOST_ROWS]
        width = max(map(len, self.rows), default=0)
        said = table.get("columns") or [{}] * width
        self.columns = [column_of(each, today) for each in said]
        self.numbers = [
            [as_number(cell, each.unit) for cell, each in zip(row, self.columns, strict=True)] for row in self.rows
        ]
        self.measures = [
            n
            for n, each in enumerate(self.columns)
            if (each.unit in MEASURED or not each.unit)
            and not (each.unit == "count" and _LABEL.search(each.name.replace(" ", "_")))
            and any(row[n] is not None for row in self.numbers)
        ]
        self.sql = str(table.get("sql", ""))
        self.averages, self.changes = self._follow(width)
        self.periods = {n: found for n in range(width) if n not in self.measures and (found := self._days_of(n))}
        self.days, self.is_timeless = days_of_query(self.sql, today)

    def _follow(self, width: int) -> tuple[list[int], list[int]]:
        """Add the columns that follow from others, row by row; returns their positions."""
        plain = [n for n in self.measures if self.columns[n].adds_up]
        for one, other in itertools.product(plain, plain):
            counted = self.columns[other].about & COUNTED_BY
            if self.columns[one].unit == "money" and self.columns[other].unit == "count" and counted:
                self._add(
                    "average", frozenset({"average", *counted}), [part_of(row, one, other) for row in self.numbers]
                )
        averages = [*range(width, len(self.columns))]
        for unit in dict.fromkeys(self.columns[n].unit for n in plain):
            dated = sorted(
                (days, n) for n in plain if (days := self.columns[n].days) and self.columns[n].unit == unit
            )
            if len(dated) != 2:
                continue
            early, late = (n for _days, n in dated)
            about = frozenset({"change"})
            self._add("change", about, [move_of(row, early, late) for row in self.numbers])
            self._add("change", about, [part_of(row, len(row) - 1, early) for row in self.numbers])
        return averages, [*range(width + len(averages), len(self.columns))]

    def _add(self, name: str, about: frozenset[str], numbers: Sequence[Decimal | None]) -> None:
        self.columns.append(GridColumn(name, "number", about, None))
        for row, number in zip(self.numbers, numbers, strict=True):
            row.append(number)

    def is_axis(self, place: int) -> bool:
        """Whether the rows are grouped by the periods of a column."""
        name = self.columns[place].name.replace(" ", "_")
        if place not in self.periods:
            return False
        is_alone = self.labels == [place] and len({str(row[place]) for row in self.rows}) == len(self.rows)
        return not name or is_alone or _AXIS.search(name) is not None

    def column(self, place: int) -> list[Decimal]:
        """The figures of a column, without those of total rows."""
        return [
            number
            for n, row in enumerate(self.numbers)
            if n not in self.totals and (number := row[place]) is not None
        ]

    @cached_property
    def totals(self) -> frozenset[int]:
        """The rows with totals of the others, as a rollup makes them."""
        is_rollup = _ROLLUP.search(self.sql) is not None
        for_null = labels_for_null(self.sql)
        return frozenset(
            n
            for n, row in enumerate(self.rows)
            if len(self.rows) > 1
            and any(
                is_total(row[k]) or (is_rollup and (row[k] is None or row[k] in for_null)) for k in self.labels
            )
        )

    @cached_property
    def repeated(self) -> frozenset[int]:
        """The columns with the same figure in all rows: a total that belongs to each of them."""
        return frozenset(
            n for n in self.measures if len(self.rows) > 1 and len({row[n] for row in self.numbers}) == 1
        )

    def competes(self, row: int, dim: int) -> bool:
        """Whether a row has its own label in a column, so that others can be compared with it."""
        label = self.rows[row][dim]
        return row not in self.totals and label is not None and UNLABELED.fullmatch(str(label).strip()) is None

    @cached_property
    def sums(self) -> list[Decimal]:
        """The sum of each column."""
        return [sum(self.column(n), Decimal(0)) for n in range(len(self.columns))]

    def total(self, place: int, rows: Sequence[int]) -> Decimal | None:
        """The figure of some rows together; None if the column does not add up."""
        found = [number for n in rows if (number := self.numbers[n][place]) is not None]
        if len(found) > 1 and not self.columns[place].adds_up:
            return None
        return sum(found, Decimal(0)) if found else None

    def before(self, row: int, dims: Iterable[int]) -> list[int]:
        """The rows of the period before a row's, with its other labels.

        Args:
            row: The row.
            dims: The columns of labels that may be periods.
        """
        for dim in dims:
            order = self.order(dim)
            label = str(self.rows[row][dim])
            place = order.index(label) if label in order else 0
            if place > 0:
                others = [n for n in self.labels if n != dim]
                return [
                    n
                    for n, each in enumerate(self.rows)
                    if str(each[dim]) == order[place - 1] and all(each[k] == self.rows[row][k] for k in others)
                ]
        return []

    def running(self, dim: int) -> list[int]:
        """The rows of the period that is not over."""
        days = self.periods.get(dim, [])
        return [n for n, each in enumerate(days) if each and self.today and each[0] <= self.today <= each[1]]

    @cached_property
    def labels(self) -> list[int]:
        """The positions of the columns that are not figures."""
        return [
            n for n in range(len(self.columns) - len(self.averages) - len(self.changes)) if n not in self.measures
        ]

    def share(self, row: int, place: int) -> Decimal | None:
        """The share that a cell has of its column; None if that has no meaning."""
        number = self.numbers[row][place]
        column = self.columns[place]
        if (
            number is None
            or len(self.rows) < 2
            or self.sums[place] <= 0
            or not (column.adds_up or not column.unit)
        ):
            return None
        return number / self.sums[place]

    def order(self, dim: int) -> list[str]:
        """The labels of a column in order of time; empty if they have none."""
        labels = list(dict.fromkeys(str(row[dim]) for row in self.rows))
        if all(label.strip().lower() in MONTH_NUMBERS for label in labels):
            return sorted(labels, key=lambda label: MONTH_NUMBERS[label.strip().lower()])
        if dim in self.periods:
            days = {str(row[dim]): each for row, each in zip(self.rows, self.periods[dim], strict=True) if each}
            return sorted((label for label in labels if label in days), key=lambda label: days[label])
        if self.columns[dim].name.split()[-1:] in (["hour"], ["year"]) and all(
            label.isdigit() for label in labels
        ):
            return sorted(labels, key=int)
        return labels if {label.strip().lower()[:3] for label in labels} <= _WEEKDAYS else []

    def named_cell(self, row: int, place: int) -> str:
        """Where a cell is and its value, in words; without the label, which may be a name."""
        number = self.rows[row][place] if place < len(self.rows[row]) else f"{self.numbers[row][place]:.2f}"
        return f"row {row + 1} has {number} in “{self.columns[place].name}”"

    def readings(self, row: int, place: int) -> Iterator[Decimal]:
        """A cell as a sentence may write it: a duration also by its parts."""
        number = self.numbers[row][place]
        if number is None:
            return
        yield number
        if self.columns[place].unit == "duration":
            minutes = int(abs(number)) // 60
            parts = (minutes // 1440, minutes // 60, minutes, minutes // 60 % 24, minutes % 60, int(number) % 60)
            yield from map(Decimal, parts)
            yield from (number / 60, number / 3600, number / 86400)

    def _days_of(self, place: int) -> list[Days | None]:
        """The days of each row's period, first and last; empty if the column has no periods."""
        labels = [None if n in self.totals else without_weekday(row[place]) for n, row in enumerate(self.rows)]
        if self.columns[place].name.endswith("year"):
            labels = [str(each) if isinstance(each, int) else each for each in labels]
        found = read_periods(labels)
        if found is None:
            return spoken_periods(labels, self.today)
        length = _LENGTHS.get(found.unit, relativedelta(days=1))
        return [
            None if start is None else (start, start + length - relativedelta(days=1)) for start in found.starts
        ]
