"""Which chart a result asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motabot.staff.charts import chart_of
from motabot.staff.formats import format_of, shown
from motabot.staff.sandbox.run import Column

WEEKS = [date(2026, 9, 7), date(2026, 9, 14), date(2026, 9, 21)]


def columns(*named: str) -> list[Column]:
    return [Column(*each.split(":")) for each in named]


@pytest.mark.parametrize(
    ("head", "rows", "chart"),
    [
        # money and counts have an axis each; an average is a flat line beside sales and is left out
        (
            ("week:date", "sales:numeric", "average_sale:numeric", "transactions:int8"),
            [(week, Decimal(20_000 + n), Decimal(80), 240 + n) for n, week in enumerate(WEEKS)],
            {"kind": "line", "x": 0, "y": [1, 3]},
        ),
        (
            ("week:date", "sales:numeric", "net_sales:numeric"),
            [(week, Decimal(20_000), Decimal(19_000)) for week in WEEKS],
            {"kind": "line", "x": 0, "y": [1, 2]},
        ),
        (
            ("member_id:text", "name:text", "lifetime_value:numeric"),
            [("M1", "Ana", Decimal(500)), ("M2", "Bob", Decimal(20))],
            {"kind": "ranking", "x": 1, "y": [2]},
        ),
        (
            ("hour:int4", "sales:numeric"),
            [(9, Decimal(5)), (10, Decimal(7))],
            {"kind": "distribution", "x": 0, "y": [1]},
        ),
        (
            ("day:text", "sales:numeric"),
            [("Monday", Decimal(5)), ("Friday", Decimal(7))],
            {"kind": "distribution", "x": 0, "y": [1]},
        ),
        (("name:text", "phone:text"), [("Ana", "+1"), ("Bob", "+2")], None),
        (("name:text", "points:int4"), [("Ana", 5)], None),
        (("name:text", "points:int4"), [("Ana", 5), ("Ana", 7)], None),
        (("week:date", "sales:numeric"), [(WEEKS[0], None), (WEEKS[1], None)], None),
    ],
)
def test_the_shape_of_a_result_asks_for_its_chart(
    head: tuple[str, ...], rows: list[tuple[Any, ...]], chart: dict[str, Any] | None
) -> None:
    assert chart_of(columns(*head), rows) == chart


MONTHS = ["2026-09-01", "2026-10-01", "2026-11-01"]
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("head", "rows", "sql", "words", "chart"),
    [
        # the measure that the rows are sorted by, not the last one
        (
            ("store:text", "sales:numeric", "discount_percent:numeric"),
            [("A", Decimal(9), Decimal(1)), ("B", Decimal(5), Decimal(7))],
            "select ... order by sales desc",
            "",
            {"kind": "ranking", "x": 0, "y": [1]},
        ),
        # the measure that the title names
        (
            ("store:text", "sales:numeric", "customers:int8"),
            [("A", Decimal(9), 1), ("B", Decimal(5), 7)],
            "select ... order by 1",
            "Customers by store",
            {"kind": "ranking", "x": 0, "y": [2]},
        ),
        # a long result becomes wide by its second label
        (
            ("month:date", "store:text", "sales:numeric"),
            [(month, store, Decimal(n)) for n, month in enumerate(MONTHS) for store in "AB"],
            "",
            "",
            {"kind": "line", "x": 0, "y": [2], "series": 1, "unit": "month", "running": True},
        ),
        # totals of ROLLUP are left out
        (
            ("category:text", "sales:numeric"),
            [("Flower", Decimal(9)), ("Vapes", Decimal(5)), (None, Decimal(14))],
            "select ... group by rollup (category)",
            "",
            {"kind": "ranking", "x": 0, "y": [1], "rows": [0, 1]},
        ),
        # a line runs over ascending time
        (
            ("month:date", "sales:numeric"),
            [(month, Decimal(n)) for n, month in enumerate(reversed(MONTHS[:2]))],
            "select ... order by month desc",
            "",
            {"kind": "line", "x": 0, "y": [1], "unit": "month", "rows": [1, 0]},
        ),
        # the best days are bars, in the order asked for
        (
            ("day:date", "sales:numeric"),
            [("2026-10-05", Decimal(9)), ("2026-10-01", Decimal(7)), ("2026-10-09", Decimal(5))],
            "select ... order by sales desc limit 3",
            "",
            {"kind": "ranking", "x": 0, "y": [1]},
        ),
        # somebody without a store is a bar like any other
        (
            ("store:text", "sales:numeric"),
            [("A", Decimal(9)), (None, Decimal(5))],
            "",
            "",
            {"kind": "ranking", "x": 0, "y": [1]},
        ),
    ],
)
def test_a_chart_shows_what_was_asked(
    head: tuple[str, ...], rows: list[tuple[Any, ...]], sql: str, words: str, chart: dict[str, Any]
) -> None:
    assert chart_of(columns(*head), rows, sql=sql, words=words, today=TODAY) == chart


@pytest.mark.parametrize(
    ("words", "told"),
    [("0:07:00", "7 min"), ("2:05:59", "2 h 5 min"), ("3 days, 4:00:00", "3 d 4 h"), ("0:00:12.5", "12 s"),
     ("0:00:00", "0 s"), ("1 day, 0:00:00", "1 d"), ("odd", "odd")],
)  # fmt: skip
def test_a_span_of_time_is_told_in_its_largest_units(words: str, told: str) -> None:
    assert format_of(Column("wait", "interval")) == "duration"
    assert shown(words, "duration") == told
