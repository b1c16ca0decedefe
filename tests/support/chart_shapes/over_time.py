"""Results over time, by hour and by day, and the charts that they ask for."""

from __future__ import annotations

from decimal import Decimal

from tests.support.chart_shapes.shape import MONTHS, STORES, Shape, by_month

OVER_TIME = [
    Shape(
        "Sales by month, the last one running",
        "month:date sales:numeric",
        by_month(20085.1, 21500.32, 21067.75, 16418.84),
        {"kind": "line", "x": 0, "y": [1], "unit": "month", "running": True},
    ),
    Shape(
        "Months spelled by to_char",
        "month:text sales:numeric",
        [("2026-08", Decimal(20085)), ("2026-09", Decimal(21500)), ("2026-10", Decimal(21067))],
        {"kind": "line", "x": 0, "y": [1], "unit": "month"},
    ),
    Shape(
        "Months sorted backwards are drawn forwards",
        "month:date sales:numeric",
        by_month(20085.1, 21500.32, 21067.75, 16418.84)[::-1],
        {"kind": "line", "x": 0, "y": [1], "unit": "month", "running": True, "rows": [3, 2, 1, 0]},
        sql="select month, sales from m order by month desc",
    ),
    Shape(
        "Sales and number of sales: an axis each",
        "week:date sales:numeric transactions:int8",
        [
            (week, Decimal(5000 + 300 * n), 60 + n)
            for n, week in enumerate(["2026-10-05", "2026-10-12", "2026-10-19"])
        ],
        {"kind": "line", "x": 0, "y": [1, 2], "unit": "week"},
    ),
    Shape(
        "An average beside sales is left out",
        "month:date sales:numeric average_sale:numeric",
        [(month, Decimal(20000), Decimal(82)) for month in MONTHS[:3]],
        {"kind": "line", "x": 0, "y": [1], "unit": "month"},
    ),
    Shape(
        "The question asks for the average",
        "month:date sales:numeric average_sale:numeric",
        [(month, Decimal(20000), Decimal(80 + n)) for n, month in enumerate(MONTHS[:3])],
        {"kind": "line", "x": 0, "y": [2], "unit": "month"},
        words="how did the average sale develop?",
    ),
    Shape(
        "Gross and net on one axis",
        "month:date sales:numeric net_sales:numeric",
        [(month, Decimal(20000 + n), Decimal(17000 - 400 * n)) for n, month in enumerate(MONTHS[:3])],
        {"kind": "line", "x": 0, "y": [1, 2], "unit": "month"},
    ),
    Shape(
        "Quarters",
        "quarter:text sales:numeric",
        [
            ("2026-Q1", Decimal(54139)),
            ("2026-Q2", Decimal(59733)),
            ("2026-Q3", Decimal(62210)),
            ("2026-Q4", Decimal(37486)),
        ],
        {"kind": "line", "x": 0, "y": [1], "unit": "quarter", "running": True},
    ),
    Shape(
        "Years as whole numbers are labels, this one so far",
        "year:int4 sales:numeric",
        [(2024, Decimal(9000)), (2025, Decimal(140000)), (2026, Decimal(213000))],
        {"kind": "distribution", "x": 0, "y": [1], "running": True},
    ),
    Shape(
        "Days with one missing",
        "day:date sales:numeric",
        [("2026-11-03", Decimal(600)), ("2026-11-04", Decimal(720)), ("2026-11-06", Decimal(512))],
        {"kind": "line", "x": 0, "y": [1]},
    ),
    Shape(
        "Moments of a day",
        "hour:timestamptz sales:numeric",
        [(f"2026-11-03T{hour:02}:00:00-08:00", Decimal(50 + hour)) for hour in (9, 10, 11, 12)],
        {"kind": "line", "x": 0, "y": [1]},
    ),
    Shape(
        "Months and stores: a line each",
        "month:date shop_location:text sales:numeric",
        [
            (month, store, Decimal(4000 + 900 * n + 100 * m))
            for m, month in enumerate(MONTHS)
            for n, store in enumerate(STORES)
        ],
        {"kind": "line", "x": 0, "y": [2], "series": 1, "unit": "month", "running": True},
    ),
    Shape(
        "Stores first, months second",
        "shop_location:text month:date sales:numeric",
        [
            (store, month, Decimal(4000 + 900 * n + 100 * m))
            for n, store in enumerate(STORES)
            for m, month in enumerate(MONTHS)
        ],
        {
            "kind": "line",
            "x": 1,
            "y": [2],
            "series": 0,
            "unit": "month",
            "running": True,
            "rows": [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
        },
    ),
    Shape(
        "Twelve brands by month: the eight largest",
        "month:date brand:text sales:numeric",
        [
            (month, f"Brand {n:02}", Decimal(2000 - 100 * n + m))
            for m, month in enumerate(MONTHS[:3])
            for n in range(12)
        ],
        {
            "kind": "line",
            "x": 0,
            "y": [2],
            "series": 1,
            "of": 12,
            "unit": "month",
            "rows": [12 * m + n for m in range(3) for n in range(8)],
        },
    ),
    Shape(
        "Hours of the day",
        "hour:int4 sales_count:int8 sales:numeric",
        [(hour, 20 + hour, Decimal(1500 + 90 * hour)) for hour in range(10, 21)],
        {"kind": "distribution", "x": 0, "y": [2]},
        words="sales by hour of the day",
    ),
    Shape(
        "Days of the week",
        "weekday:text avg_sales:numeric",
        [("Monday", Decimal(638)), ("Tuesday", Decimal(738)), ("Wednesday", Decimal(861))],
        {"kind": "distribution", "x": 0, "y": [1]},
    ),
]
