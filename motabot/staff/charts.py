"""Chooses the chart of a result: by what the model asks for, or by the question, the order and the shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from motabot.agent.tools import ChartWish
from motabot.boundary import Cell, JsonObject
from motabot.staff.formats import Format, formats_of, seconds_of
from motabot.staff.measures import measure_asked, periods_beside
from motabot.staff.ordering import has_totals, sorted_by
from motabot.staff.periods import Periods, is_this_year, read_periods
from motabot.staff.sandbox.run import ResultColumn
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

Kind = Literal["line", "ranking", "distribution"]
Row = Sequence[Cell]

_WEEKDAYS: Final = frozenset(word[:length] for word in WEEKDAYS for length in (3, 9))
_FEWEST, _MOST_BARS, _MOST_POINTS, _MOST_TOGETHER, _MOST_SERIES = 2, 40, 1_000, 2, 8
#: Whole numbers under these names are identifiers, not counts.
_LABEL: Final = regex(
    r"(^|_)(id|rank|rn|position|place|year|quarter|month|week|weekday|dow|isodow|hour|day|dayofweek|zip|zip_code)$"
)
_TOTAL: Final = regex(r"(grand |sub)?total|all|overall", re.IGNORECASE)
_MEAN: Final = regex(r"(^|_)(average|avg|mean|median|promedio|mediana|price|largest|max|min)(_|$)")
#: Figures that differ by a larger factor cannot be read on one axis.
_LIKE_SIZE: Final = 10


def chart_of(
    columns: Sequence[ResultColumn],
    rows: Sequence[Row],
    *,
    sql: str = "",
    words: str = "",
    today: date | None = None,
    wish: ChartWish | None = None,
) -> JsonObject | None:
    """The chart of a result, or None.

    Args:
        columns: The result's columns.
        rows: Its rows.
        sql: The query: its ORDER BY says which measure was asked for, and ROLLUP that there are totals.
        words: Question and title, which may name the measure.
        today: The shop's day; a period that it falls into is not over.
        wish: What the model asked for; names that the result does not have are ignored.

    Returns:
        `kind` ("line" over time, "ranking" of names, "distribution" over numbers or days of the week), `x` (a
        column's index) and `y` (indices of columns, of at most two units). Where it matters: `rows` (indices of
        the rows to draw, in order), `series` (the column whose values are separate lines or bars), `of` (how many
        such values there are, where only the largest are drawn), `beside` (a column that tells equal labels
        apart), `unit` ("week", "month", "quarter", "year") and `running` (the last period is not over).
    """
    asked = wish or ChartWish()
    if asked.kind == "none" or len(columns) < 2:
        return None
    return _Chart(columns, rows, asked, sql, words).drawn(today)


class _Chart:
    """A result on its way to a chart."""

    def __init__(
        self, columns: Sequence[ResultColumn], rows: Sequence[Row], wish: ChartWish, sql: str, words: str
    ) -> None:
        self._columns = columns
        self._names = [column.name.lower() for column in columns]
        self._formats: list[Format] = formats_of(columns)
        self._rows = rows
        self._wish = wish
        self._sql = sql
        self._words = words
        self._kept = list(range(len(rows)))

    def drawn(self, today: date | None) -> JsonObject | None:
        self._leave_out_totals()
        if not _FEWEST <= len(self._kept) <= _MOST_POINTS:
            return None
        measures = self._measures()
        x = self._label(measures)
        measures = [n for n in measures if n != x]
        if not measures:
            return None
        series, beside = self._tell_apart(x, measures)
        if series is not None and self._is_long_across(x, series):
            x, series = series, x
        labels = [self._rows[n][x] for n in self._kept]
        if series is None and beside is None and len(set(map(str, labels))) < len(labels):
            return None
        chosen = self._chosen(measures)
        periods = read_periods(labels)
        kind = self._kind(x, chosen, periods)
        chart: JsonObject = {"kind": kind, "x": x, "y": self._together(measures, chosen, kind)}
        if not any(self._most(n) for n in chart["y"]):
            return None  # nothing but zeros
        if series is not None:
            chart |= {"series": series, "y": chart["y"][:1]} | self._keep_largest(series, chart["y"][0])
        chart |= {} if beside is None else {"beside": beside}
        if periods is not None:
            chart |= self._periods(x, today, is_line=kind == "line")
        elif is_this_year(self._columns[x].name, labels[-1], today):
            chart["running"] = True
        if kind != "line" and self._bars(x, series) > _MOST_BARS:
            return None
        return chart if self._kept == list(range(len(self._rows))) else {**chart, "rows": self._kept}

    # -- columns

    def _measures(self) -> list[int]:
        named = [self._names.index(each.lower()) for each in self._wish.measures if each.lower() in self._names]
        if wished := [n for n in named if self._is_number(n)]:
            return wished
        found = [n for n in range(len(self._columns)) if self._is_number(n) and not self._is_label(n)]
        return found or [n for n in range(1, len(self._columns)) if self._is_number(n)]

    def _label(self, measures: Sequence[int]) -> int:
        """The column along the axis: the first label, for customers their names; time if labels repeat."""
        if (self._wish.x or "").lower() in self._names:
            return self._names.index((self._wish.x or "").lower())
        others = [n for n in range(len(self._columns)) if n not in measures] or [0]
        first = others[0]
        if self._formats[first] == "customer" and "name" in self._names:
            return self._names.index("name")
        if not self._repeats(first):
            return first
        times = [n for n in others if read_periods([self._rows[each][n] for each in self._kept]) is not None]
        return times[0] if times else first

    def _tell_apart(self, x: int, measures: Sequence[int]) -> tuple[int | None, int | None]:
        """The column whose values are series, or that tells equal labels apart; each None if there is none."""
        if (self._wish.series or "").lower() in self._names:
            return self._names.index((self._wish.series or "").lower()), None
        if not self._repeats(x):
            return None, None
        others = [n for n in range(len(self._columns)) if n != x and n not in measures]
        for n in others:
            if self._repeats(x, n):
                continue
            values = {str(self._rows[each][n]) for each in self._kept}
            labels = {str(self._rows[each][x]) for each in self._kept}
            is_grid = len(self._kept) > len(labels) + 1 and len(self._kept) > 1.5 * len(values)
            return (n, None) if len(values) > 1 and is_grid else (None, n)
        return None, None

    def _is_long_across(self, x: int, series: int) -> bool:
        """Whether numbers such as hours would be more series than can be drawn, beside fewer labels: weekdays."""
        if self._wish.x or self._wish.series or self._formats[series] != "count":
            return False
        return self._bars(x, series) <= _MOST_SERIES < self._bars(series, x)

    def _chosen(self, measures: Sequence[int]) -> int | None:
        """The one measure that the order of the rows or the question asks for; None: none in particular."""
        if self._wish.measures:
            return measures[0]
        for term in sorted_by(self._sql):
            place = (
                self._names.index(term.lower()) if isinstance(term, str) and term.lower() in self._names else term
            )
            if place in measures:
                return int(place)
        return measure_asked([self._columns[n] for n in measures], measures, self._words)

    # -- rows

    def _leave_out_totals(self) -> None:
        """Leave out the rows of ROLLUP and its kin, and a last row that adds up those before it."""
        words = [n for n in range(len(self._columns)) if not self._is_number(n)]
        if has_totals(self._sql):
            self._kept = [n for n in self._kept if not any(_is_total(self._rows[n][each]) for each in words)]
            return
        if len(self._kept) > _FEWEST and any(_is_named_total(self._rows[-1][n]) for n in words):
            self._kept = self._kept[:-1]

    def _periods(self, x: int, today: date | None, *, is_line: bool) -> JsonObject:
        """What the periods along the axis are; a line has its rows in the order of time, known periods alone."""
        dated = [n for n in self._kept if self._rows[n][x] is not None]
        periods = read_periods([self._rows[n][x] for n in dated])
        if periods is None:
            return {}
        told: JsonObject = {"unit": periods.unit} if periods.unit in ("week", "month", "quarter", "year") else {}
        order = list(range(len(dated)))
        if is_line:
            order.sort(key=lambda n: (periods.starts[n] or date.min, str(self._rows[dated[n]][x])))
            self._kept = [dated[n] for n in order]
        if today is not None and periods.is_running(order[-1], today):
            told["running"] = True
        return told

    def _keep_largest(self, series: int, measure: int) -> JsonObject:
        sums: dict[Cell, Decimal] = {}
        for n in self._kept:
            value = self._value(n, measure)
            sums[self._rows[n][series]] = sums.get(self._rows[n][series], Decimal(0)) + (value or 0)
        if len(sums) <= _MOST_SERIES:
            return {}
        largest = sorted(sums, key=lambda value: -abs(sums[value]))[:_MOST_SERIES]
        self._kept = [n for n in self._kept if self._rows[n][series] in largest]
        return {"of": len(sums)}

    # -- shape

    def _kind(self, x: int, chosen: int | None, periods: Periods | None) -> Kind:
        labels = [self._rows[n][x] for n in self._kept]
        is_time = periods is not None and self._formats[x] != "count"
        if self._wish.kind == "line" and (is_time or all(isinstance(each, int | None) for each in labels)):
            return "line"
        is_ranked = chosen is not None and self._falls(chosen) and len(self._kept) <= _MOST_BARS
        rises = periods is not None and [each for each in periods.starts if each] == sorted(
            filter(None, periods.starts)
        )
        if is_time and self._wish.kind != "bar" and (not is_ranked or rises):
            return "line"
        if (
            self._formats[x] in ("count", "number")
            or {str(label).strip().lower() for label in labels} <= _WEEKDAYS
        ):
            return "distribution"
        return "distribution" if is_time and not is_ranked else "ranking"

    def _together(self, measures: Sequence[int], chosen: int | None, kind: Kind) -> list[int]:
        """The measures to draw: the requested ones, or the one asked for and those that can be read with it."""
        if self._wish.measures:
            units = list(dict.fromkeys(self._formats[n] for n in measures))[: 1 if kind == "ranking" else 2]
            return [n for n in measures if self._formats[n] in units]
        if kind != "line":
            first = self._sorted_or_last(measures) if chosen is None else chosen
            return periods_beside(self._columns, measures, first, self._words)[:_MOST_TOGETHER]
        first = measures[0] if chosen is None else chosen
        fitting = [n for n in measures if n != first and self._fits(n, first)]
        return [first, *fitting][:_MOST_TOGETHER]

    def _fits(self, n: int, first: int) -> bool:
        """Whether a figure can be read with another: it has another unit with a free axis, or a similar size."""
        if self._formats[n] != self._formats[first]:
            return True
        return bool(
            0 < max(self._most(n), self._most(first)) <= _LIKE_SIZE * min(self._most(n), self._most(first))
        )

    def _sorted_or_last(self, measures: Sequence[int]) -> int:
        """The measure that falls down the rows, otherwise a sum of money, otherwise the last one."""
        sums = [n for n in measures if self._formats[n] == "money" and not _MEAN.search(self._names[n])]
        return next((n for n in measures if self._falls(n)), [*sums, measures[-1]][0])

    def _bars(self, x: int, series: int | None) -> int:
        return len({str(self._rows[n][x]) for n in self._kept}) if series is not None else len(self._kept)

    # -- values

    def _value(self, row: int, column: int) -> Decimal | None:
        cell = self._rows[row][column]
        if cell is None:
            return None
        return Decimal(seconds_of(str(cell)) or 0) if self._formats[column] == "duration" else Decimal(str(cell))

    def _values(self, column: int) -> list[Decimal]:
        return [value for n in self._kept if (value := self._value(n, column)) is not None]

    def _most(self, column: int) -> Decimal:
        return max(map(abs, self._values(column)), default=Decimal(0))

    def _falls(self, column: int) -> bool:
        values = self._values(column)
        return len(set(values)) > 1 and values == sorted(values, reverse=True)

    def _repeats(self, *columns: int) -> bool:
        labels = [tuple(str(self._rows[n][each]) for each in columns) for n in self._kept]
        return len(set(labels)) < len(labels)

    def _is_number(self, column: int) -> bool:
        cells = [cell for n in self._kept if (cell := self._rows[n][column]) is not None]
        if self._formats[column] == "duration":
            return bool(cells) and all(seconds_of(str(cell)) is not None for cell in cells)
        return bool(cells) and all(_is_figure(cell) for cell in cells)

    def _is_label(self, column: int) -> bool:
        return self._formats[column] == "count" and _LABEL.search(self._names[column]) is not None


def _is_figure(cell: Cell) -> bool:
    return (
        isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) and Decimal(str(cell)).is_finite()
    )


def _is_total(cell: Cell) -> bool:
    return cell is None or _is_named_total(cell)


def _is_named_total(cell: Cell) -> bool:
    return isinstance(cell, str) and _TOTAL.fullmatch(cell.strip()) is not None
