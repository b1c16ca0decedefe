"""What a customer bought."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from motabot.agent.tools import CustomerTools, tool
from motabot.boundary import JsonObject
from motabot.catalog.matching import is_like, is_of_kind
from motabot.catalog.taste import list_bought
from motabot.catalog.view import card

_LINES_READ = 2_000
_MOST_GROUPS = 24

Row = JsonObject


@tool(audience="customer", effect="read")
def list_my_purchases(
    ctx: CustomerTools,
    limit: int | None = None,
    category: str | None = None,
    product: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, object]:
    """List the customer's own purchases, newest visit first, with dates, items and what was paid.

    Use it for "what did I get last time", "when did I last buy that cart" and for the details of an old receipt;
    for sums use sum_my_purchases. A visit's `total` is the whole receipt, with tax; an item's `total_price` is its
    own amount, before tax. A visit with `refund` true gave money back. `more` says that older ones were left out.

    Args:
        limit: How many visits, 5 if null, at most 20.
        category: Only items of this kind, such as "edibles" or "vapes".
        product: Only items like this: a product, brand or strain, as the customer calls it.
        since: Only visits on this day or later.
        until: Only visits on this day or earlier.
    """
    if not ctx.is_customer:
        return {"known": False}
    wanted = _lines(ctx, category, product, since, until)
    visits = [_visit(list(group), ctx.zone) for _, group in groupby(wanted, key=lambda line: line["visit"])]
    shown = min(max(limit or 5, 1), 20)
    return {"known": True, "visits": visits[:shown], "more": len(visits) > shown}


@tool(audience="customer", effect="read")
def sum_my_purchases(
    ctx: CustomerTools,
    since: date | None = None,
    until: date | None = None,
    by: Literal["total", "month", "product", "category"] | None = None,
    category: str | None = None,
    product: str | None = None,
) -> dict[str, object]:
    """Add up the customer's own purchases of a period: visits, items, money, tax, discounts, points, payment.

    Use it for "how much did I spend this year", "how often was I in last month", "what do I spend on edibles".
    With a category or a product, or by product or category, `spent` adds up the items' own amounts before tax;
    otherwise it adds up receipts with tax. Refunds are not subtracted: `refund_total` has them. `discounts` is all
    that came off, by deals and points together; `points_used` are points, not dollars. One total also has
    `stores` and `weekdays`, which count receipts, and the `largest` and the `smallest` of them.

    Args:
        since: First day; the first purchase if null.
        until: Last day; today if null.
        by: One row for each month, product or category, the largest or newest first; "total" or null for one row.
        category: Only items of this kind.
        product: Only items like this.
    """
    if not ctx.is_customer:
        return {"known": False}
    lines = _lines(ctx, category, product, since, until)
    by_items = category is not None or product is not None or by in ("product", "category")
    groups: dict[str, list[Row]] = {}
    for line in lines:
        groups.setdefault(_group(line, by or "total", ctx.zone), []).append(line)
    period = {
        "since": since or (min(_day(line, ctx.zone) for line in lines) if lines else None),
        "until": until or ctx.today,
    }
    rows = [
        {"group": name, **period, **_sums(found, ctx.zone, by_items=by_items)} for name, found in groups.items()
    ]
    if by in (None, "total") and not by_items:
        rows = [{**row, **_habits(lines, ctx.zone)} for row in rows]
    if by != "month":
        rows.sort(key=lambda row: (-row["spent"], row["group"]))
    return {
        "known": True,
        **period,
        "amounts": "items before tax" if by_items else "receipts with tax",
        "rows": rows[:_MOST_GROUPS],
        "more": len(rows) > _MOST_GROUPS,
    }


@tool(audience="customer", effect="read")
def list_my_favorites(
    ctx: CustomerTools, category: str | None = None, limit: int | None = None
) -> dict[str, object]:
    """List what the customer buys most often, with today's price and whether it is available now.

    Use it for "my usual", "do you still have what I always get" and "what do I buy most".

    Args:
        category: Only this kind, such as "flower" or "pre-rolls".
        limit: How many, 5 if null, at most 20.
    """
    if not ctx.is_customer:
        return {"known": False}
    wanted = [row for row in list_bought(ctx) if category is None or is_of_kind(category, row["category"])]
    return {"known": True, "favorites": [_favorite(row) for row in wanted[: min(max(limit or 5, 1), 20)]]}


def _lines(
    ctx: CustomerTools, category: str | None, product: str | None, since: date | None, until: date | None
) -> list[Row]:
    """The lines that are asked for, newest visit first."""
    lines = ctx.rows(
        "select * from purchases order by date desc, visit, product_name limit :limit", limit=_LINES_READ
    )
    return [
        line
        for line in lines
        if (category is None or is_of_kind(category, line["category"]))
        and (product is None or is_like(product, line["product_name"], line["brand"], line["strain"]))
        and (since is None or _day(line, ctx.zone) >= since)
        and (until is None or _day(line, ctx.zone) <= until)
    ]


def _day(line: Row, zone: ZoneInfo) -> date:
    at: datetime = line["date"]
    return at.astimezone(zone).date()


def _visit(lines: list[Row], zone: ZoneInfo) -> dict[str, object]:
    first = lines[0]
    return {
        "date": _day(first, zone),
        "location": first["shop_location"],
        "total": first["total_amount"],
        "tax": first["total_tax"],
        "discounts": first["discounts"],
        "payment": first["payment_type"],
        "points_earned": first["loyalty_points_earned"],
        "points_spent": first["loyalty_points_spent"],
        "refund": first["refund"],
        "items": [
            {
                "sku": line["product_sku"],
                "name": line["product_name"],
                "brand": line["brand"],
                "category": line["category"],
                "quantity": line["quantity"],
                "unit_price": line["unit_price"],
                "total_price": line["total_price"],
            }
            for line in lines
            if line["product_name"] is not None or line["product_sku"] is not None
        ],
    }


def _group(line: Row, by: str, zone: ZoneInfo) -> str:
    if by == "month":
        return f"{_day(line, zone):%Y-%m}"
    if by == "product":
        return str(line["product_name"] or "other")
    return str(line["category"] or "other") if by == "category" else "total"


def _sums(lines: list[Row], zone: ZoneInfo, *, by_items: bool) -> JsonObject:
    receipts = [next(group) for _, group in groupby(lines, key=lambda line: line["visit"])]
    sales = [receipt for receipt in receipts if not receipt["refund"]]
    refunds = [receipt for receipt in receipts if receipt["refund"]]
    sold = [line for line in lines if not line["refund"]]
    spent = _sum(sold, "total_price") if by_items else _sum(sales, "total_amount")
    receipt_sums = {
        "refund_total": -_sum(refunds, "total_amount"),
        "tax": _sum(sales, "total_tax"),
        "discounts": _sum(sales, "discounts"),
        "points_earned": _sum(sales, "loyalty_points_earned"),
        "points_used": _sum(sales, "loyalty_points_spent"),
        "payments": _counts(sale["payment_type"] for sale in sales),
    }
    return {
        "spent": spent,
        "receipts": len(sales),
        "visit_days": len({_day(receipt, zone) for receipt in sales}),
        "items": sum(line["quantity"] or 1 for line in sold if line["product_name"] or line["product_sku"]),
        "first": min((_day(receipt, zone) for receipt in sales), default=None),
        "last": max((_day(receipt, zone) for receipt in sales), default=None),
        **({} if by_items else receipt_sums),
    }


def _habits(lines: list[Row], zone: ZoneInfo) -> JsonObject:
    """Where and on which days the customer bought, and the receipts that stand out."""
    receipts = [next(group) for _, group in groupby(lines, key=lambda line: line["visit"])]
    sales = [receipt for receipt in receipts if not receipt["refund"]]
    return {
        "stores": _counts(sale["shop_location"] for sale in sales),
        "weekdays": _counts(f"{_day(sale, zone):%A}" for sale in sales),
        "largest": _extreme(sales, zone, max),
        "smallest": _extreme(sales, zone, min),
    }


def _sum(rows: Iterable[Row], column: str) -> Decimal:
    return sum((row[column] for row in rows if row[column] is not None), Decimal(0))


def _counts(values: Iterable[object]) -> dict[str, int]:
    """How often each value occurs, the most frequent first."""
    return dict(Counter(str(value or "unknown") for value in values).most_common())


def _extreme(sales: Sequence[Row], zone: ZoneInfo, which: Callable[..., Row]) -> JsonObject | None:
    """The largest or the smallest receipt, with its day."""
    told = [sale for sale in sales if sale["total_amount"] is not None]
    if not told:
        return None
    found = which(told, key=lambda sale: sale["total_amount"])
    return {"date": _day(found, zone), "total": found["total_amount"]}


def _favorite(row: Row) -> dict[str, object]:
    return {
        **card(row),
        "sku": row["product_sku"],
        "purchase_count": row["purchase_count"],
        "last_purchased": row["last_purchased"],
        "avg_price_paid": row["avg_price_paid"],
    }
