"""How cells are written for people and for a model."""

from __future__ import annotations

from decimal import Decimal

import pytest

from motabot.boundary import Cell
from motabot.staff.formats import format_of, short, shown
from motabot.staff.sandbox.run import ResultColumn


@pytest.mark.parametrize(
    ("words", "told"),
    [("0:07:00", "7 min"), ("2:05:59", "2 h 5 min"), ("3 days, 4:00:00", "3 d 4 h"), ("0:00:12.5", "12 s"),
     ("0:00:00", "0 s"), ("1 day, 0:00:00", "1 d"), ("odd", "odd")],
)  # fmt: skip
def test_a_span_of_time_is_told_in_its_largest_units(words: str, told: str) -> None:
    assert format_of(ResultColumn("wait", "interval")) == "duration"
    assert shown(words, "duration") == told


@pytest.mark.parametrize(
    ("name", "kind", "cell", "read", "told"),
    [
        ("sales", "numeric", Decimal("49.3724838709"), "$49.37", Decimal("49.37")),
        ("sales", "numeric", Decimal(500), "$500.00", Decimal(500)),
        ("ratio", "float8", 0.123456789, "0.12", Decimal("0.1235")),
        ("sales", "numeric", Decimal("NaN"), "NaN", Decimal("NaN")),
        ("sold_at", "timestamptz", "2026-10-01T09:30:12.123456-07:00", "2026-10-01 09:30", "2026-10-01 09:30"),
        ("waiting", "interval", "2:05:10.123", "2 h 5 min", "2 h 5 min"),
        ("waiting_since", "timestamptz", "[text1]", "[text1]", "[text1]"),
        ("tickets", "int8", 1200, "1,200", 1200),
        ("ages", "int4range", "[21,65)", "[21,65)", "[21,65)"),
    ],
)
def test_a_cell_is_written_without_microseconds_and_long_decimals(
    name: str, kind: str, cell: Cell, read: str, told: Cell
) -> None:
    unit = format_of(ResultColumn(name, kind))
    assert shown(cell, unit) == read
    assert str(short(cell, unit)) == str(told)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("points_spent", "number"), ("average_points_spent", "number"), ("points_value", "money"),
        ("average_thc_content", "number"), ("average_days_between_visits", "number"), ("average_rating", "number"),
        ("average_response_minutes", "number"), ("average_units_per_sale", "number"), ("median_visits", "number"),
        ("average_transactions_per_day", "number"), ("sales_last_30_days", "money"), ("average_sale", "money"),
        ("net_price_per_unit", "money"), ("average_sales_per_customer", "money"), ("sales_per_visit", "money"),
        ("average_ticket", "money"), ("median_spend", "money"), ("discounts", "money"),
    ],
)  # fmt: skip
def test_only_money_is_written_in_dollars(name: str, kind: str) -> None:
    assert format_of(ResultColumn(name, "numeric")) == kind
