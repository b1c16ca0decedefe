"""Results that compare stores, people or products, and results without a chart."""

from __future__ import annotations

from decimal import Decimal

from motabot.agent.tools import ChartWish
from tests.support.chart_shapes.shape import MONTHS, STORES, Shape, money

COMPARED = [
    Shape(
        "Several figures a year, none of them asked for: sales",
        "year:int4 tickets:int8 sales:numeric customers:int8",
        [(2025, 3448, Decimal("305061.32"), 273), (2026, 6337, Decimal("543137.13"), 443)],
        {"kind": "distribution", "x": 0, "y": [2], "running": True},
        sql="select extract(year from day)::int as year, 1 as tickets, 2 as sales, 3 as customers from sales group by 1 order by 1",
    ),
    Shape(
        "Tickets by weekday and hour: the hours along the axis",
        "isodow:int4 hour:int4 tickets:int8",
        [(day, hour, day + hour) for day in range(1, 8) for hour in range(10, 20)],
        {"kind": "distribution", "x": 1, "y": [2], "series": 0},
        sql="select 1 as isodow, 2 as hour, count(*) as tickets from sales group by 1, 2 order by 1, 2",
    ),
    Shape(
        "Who waits since when, with nothing to draw",
        "name:text waiting_since:timestamptz unread:int8",
        [(None, "2026-11-20T10:00:00", 0), (None, "2026-11-21T11:30:00", 0), ("Ana", "2026-11-22T09:00:00", 0)],
        None,
        sql="select name, waiting_since, unread from conversations where unanswered order by waiting_since",
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
