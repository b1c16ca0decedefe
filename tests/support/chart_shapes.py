"""Shapes of results and the chart that each asks for: a test's table, and what the gallery draws.

`python -m tests.support.chart_shapes FOLDER` draws them all in the console's own script, at desktop and phone width.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from motabot.agent.tools import ChartWish
from motabot.staff.sandbox.run import Result, ResultColumn
from motabot.staff.tables import as_table

TODAY = date(2026, 11, 26)
MONTHS = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]
STORES = ["Oakland", "San Jose", "Berkeley"]


@dataclass(frozen=True)
class Shape:
    """One result.

    Attributes:
        name: What it shows, in words.
        head: Columns as "name:type".
        rows: Its rows.
        chart: The chart that it asks for; None: none.
        sql: The query, where its order or its totals matter.
        words: The question.
        wish: What the model asked for.
    """

    name: str
    head: str
    rows: list[tuple[Any, ...]]
    chart: dict[str, Any] | None
    sql: str = ""
    words: str = ""
    wish: ChartWish = field(default_factory=ChartWish)

    @property
    def columns(self) -> list[ResultColumn]:
        return [ResultColumn(*each.split(":")) for each in self.head.split()]

    def table(self) -> dict[str, Any]:
        """The table as the console draws it."""
        result = Result(self.sql or "select", self.columns, self.rows, truncated=False, ms=3.0)
        return {**as_table(result, "", words=self.words, today=TODAY, wish=self.wish), "title": self.name}


def money(*figures: float) -> list[Decimal]:
    return [Decimal(str(each)) for each in figures]


def by_month(*figures: float) -> list[tuple[str, Decimal]]:
    return list(zip(MONTHS, money(*figures), strict=True))


SHAPES = [
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
        "Years as whole numbers are labels",
        "year:int4 sales:numeric",
        [(2024, Decimal(9000)), (2025, Decimal(140000)), (2026, Decimal(213000))],
        {"kind": "distribution", "x": 0, "y": [1]},
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
        "The best days, in the order asked for",
        "day:date sales:numeric",
        [("2026-10-05", Decimal(1478)), ("2026-10-01", Decimal(1302)), ("2026-10-09", Decimal(1277))],
        {"kind": "ranking", "x": 0, "y": [1]},
        sql="select day, sum(amount) as sales from sales group by 1 order by 2 desc limit 3",
    ),
    Shape(
        "Stores by sales: the measure of ORDER BY, not the last one",
        "shop_location:text sales:numeric discount_percent:numeric",
        [
            ("San Jose", Decimal(7739), Decimal(5)),
            ("Oakland", Decimal(5935), Decimal(7)),
            ("Berkeley", Decimal(4100), Decimal(6)),
        ],
        {"kind": "ranking", "x": 0, "y": [1]},
        sql="select shop_location, sum(amount) as sales, 5 as discount_percent from sales group by 1 order by sum(amount) desc",
    ),
    Shape(
        "Sorted by name, with the measure in the question",
        "shop_location:text sales:numeric customers:int8",
        [("Berkeley", Decimal(4100), 80), ("Oakland", Decimal(5935), 71), ("San Jose", Decimal(7739), 95)],
        {"kind": "ranking", "x": 0, "y": [2]},
        sql="select shop_location, sum(amount) as sales, 1 as customers from sales group by 1 order by 1",
        words="how many customers does each store have?",
    ),
    Shape(
        "A window's own ORDER BY says nothing",
        "rank:int8 product:text sales:numeric units:int8",
        [(1, "Gelato 3.5g", Decimal(900), 20), (2, "Blue Dream 1g", Decimal(700), 45)],
        {"kind": "ranking", "x": 1, "y": [2]},
        sql="select rank() over (order by sum(units)) as rank, product, sum(net_amount) as sales, sum(units) as units"
        " from sale_lines group by 2 order by 3 desc",
        wish=ChartWish(x="product"),
    ),
    Shape(
        "A discount rate in percent",
        "staff_name:text discounts:numeric discount_percent:numeric",
        [("Omar Jordan", Decimal("854.06"), Decimal("6.7")), ("Nicole Dunn", Decimal("761.19"), Decimal("6.45"))],
        {"kind": "ranking", "x": 0, "y": [2]},
        sql="select staff_name, 1 as discounts, 2 as discount_percent from sale_lines group by 1 order by 3 desc",
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
        "Stores and categories: bars beside one another",
        "shop_location:text category:text sales:numeric",
        [
            (store, kind, Decimal(900 + 100 * n))
            for n, store in enumerate(STORES)
            for kind in ("Flower", "Edibles", "Vapes")
        ],
        {"kind": "ranking", "x": 0, "y": [2], "series": 1},
    ),
    Shape(
        "Equal names told apart by the store",
        "staff_name:text shop_location:text sales:numeric",
        [
            ("Omar Howard", "San Jose", Decimal(7498)),
            ("Omar Howard", "Oakland", Decimal(5431)),
            ("Uma Huang", "San Jose", Decimal(5100)),
        ],
        {"kind": "ranking", "x": 0, "y": [2], "beside": 1},
        sql="select staff_name, shop_location, sum(amount) as sales from sales group by 1, 2 order by 3 desc",
    ),
    Shape(
        "ROLLUP without its total",
        "category:text sales:numeric",
        [("Flower", Decimal(5996)), ("Vapes", Decimal(3724)), (None, Decimal(9720))],
        {"kind": "ranking", "x": 0, "y": [1], "rows": [0, 1]},
        sql="select category, sum(net_amount) as sales from sale_lines group by rollup (category)",
    ),
    Shape(
        "A last row that is called Total",
        "category:text sales:numeric",
        [("Flower", Decimal(5996)), ("Vapes", Decimal(3724)), ("Total", Decimal(9720))],
        {"kind": "ranking", "x": 0, "y": [1], "rows": [0, 1]},
    ),
    Shape(
        "Somebody without a source",
        "marketing_source:text customers:int8",
        [("Walk-in", 52), ("Google", 37), (None, 21)],
        {"kind": "ranking", "x": 0, "y": [1]},
        sql="select marketing_source, count(*) as customers from customers group by 1 order by 2 desc",
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
    Shape(
        "Waiting times",
        "shop_location:text wait:interval",
        [("Oakland", "0:07:00"), ("San Jose", "0:12:30"), ("Berkeley", "1:05:00")],
        {"kind": "ranking", "x": 0, "y": [1]},
    ),
    Shape(
        "Customers by name, not by id",
        "member_id:text name:text lifetime_value:numeric",
        [("M1", "Ana Ruiz", Decimal(1500)), ("M2", "Bob Lee", Decimal(900))],
        {"kind": "ranking", "x": 1, "y": [2]},
    ),
    Shape(
        "Refunds below zero",
        "shop_location:text change:numeric",
        [("Oakland", Decimal(120)), ("San Jose", Decimal(-80)), ("Berkeley", Decimal(15))],
        {"kind": "ranking", "x": 0, "y": [1]},
    ),
    Shape(
        "The model wants bars of two measures over months",
        "month:date sales:numeric net_sales:numeric transactions:int8",
        [(month, Decimal(20000), Decimal(17000), 250) for month in MONTHS[:3]],
        {"kind": "distribution", "x": 0, "y": [1, 2], "unit": "month"},
        wish=ChartWish(kind="bar", measures=["sales", "net_sales"]),
    ),
    Shape(
        "The model names series and measure",
        "category:text shop_location:text sales:numeric units:int8",
        [(kind, store, Decimal(900), 10 + n) for kind in ("Flower", "Edibles") for n, store in enumerate(STORES)],
        {"kind": "ranking", "x": 1, "y": [3], "series": 0},
        wish=ChartWish(kind="bar", x="shop_location", measures=["units"], series="category"),
    ),
    Shape(
        "The model wants no chart",
        "category:text sales:numeric",
        [("Flower", Decimal(5996)), ("Vapes", Decimal(3724))],
        None,
        wish=ChartWish(kind="none"),
    ),
    Shape(
        "A wish for columns that are not there is passed over",
        "category:text sales:numeric",
        [("Flower", Decimal(5996)), ("Vapes", Decimal(3724))],
        {"kind": "ranking", "x": 0, "y": [1]},
        wish=ChartWish(x="store", measures=["profit"], series="year"),
    ),
    Shape(
        "Two periods side by side, where the change is not asked for",
        "category:text sales:numeric sales_before:numeric change:numeric change_percent:numeric",
        [
            ("Edibles", *money(4525, 4223, 302, 7.2)),
            ("Topicals", *money(798, 549, 249, 45.4)),
            ("Vapes", *money(9100, 9900, -800, -8.1)),
        ],
        {"kind": "ranking", "x": 0, "y": [1, 2]},
        sql="select category, sales, sales_before, change, change_percent from s order by change desc",
        words="sales by category, October against September",
    ),
    Shape(
        "The change itself, where the question asks for it",
        "category:text sales:numeric sales_before:numeric change:numeric change_percent:numeric",
        [
            ("Edibles", *money(4525, 4223, 302, 7.2)),
            ("Topicals", *money(798, 549, 249, 45.4)),
            ("Vapes", *money(9100, 9900, -800, -8.1)),
        ],
        {"kind": "ranking", "x": 0, "y": [3]},
        sql="select category, sales, sales_before, change, change_percent from s order by change desc",
        words="which category grew the most from September to October?",
    ),
    Shape(
        "Two months as columns",
        "store:text september:numeric october:numeric tickets_october:int8",
        [
            ("Oakland", *money(12000, 16500), 210),
            ("San Jose", *money(28000, 29416), 340),
            ("Berkeley", *money(9000, 8700), 120),
        ],
        {"kind": "ranking", "x": 0, "y": [1, 2]},
        sql="select store, september, october, tickets_october from s order by october desc",
    ),
    Shape("A list without figures", "name:text phone:text", [("Ana", "+1"), ("Bob", "+2")], None),
    Shape("A single row", "category:text sales:numeric", [("Flower", Decimal(5))], None),
    Shape("Nothing but NULL", "week:date sales:numeric", [("2026-09-07", None), ("2026-09-14", None)], None),
    Shape(
        "Figures that are no numbers", "store:text sales:numeric", [("A", Decimal("NaN")), ("B", Decimal(1))], None
    ),
    Shape("More bars than can be read", "product:text units:int8", [(f"P{n}", n) for n in range(60)], None),
]


def draw(folder: Path) -> None:
    """Draw every shape that has a chart, by the console's own script, at desktop and phone width."""
    from playwright.sync_api import sync_playwright

    static = Path(__file__).parents[2] / "motabot" / "web" / "console" / "static"
    folder.mkdir(parents=True, exist_ok=True)
    tables = json.dumps([shape.table() for shape in SHAPES if shape.chart], default=str)
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{static.as_uri()}/console.css"></head><body><main id="talk"></main>'
        f'<script src="{static.as_uri()}/chart.js"></script><script src="{static.as_uri()}/tables.js"></script>'
        f"<script>for (const each of {tables}) drawTable(document.getElementById('talk'), each);</script></body></html>"
    )
    path = folder / "gallery.html"
    path.write_text(page, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, width in (("desktop", 1100), ("phone", 390)):
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.goto(path.as_uri())
            for n, figure in enumerate(tab.query_selector_all(".chart")):
                figure.screenshot(path=str(folder / f"{name}-{n:02}.png"))
            tab.screenshot(path=str(folder / f"{name}.png"), full_page=True)
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
