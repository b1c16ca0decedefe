"""Which chart a result asks for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motabot.staff.charts import chart_of
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
