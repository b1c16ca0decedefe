"""What a customer bought."""

from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from motabot.agent.tools import CustomerTools, tool
from motabot.catalog.matching import is_like, is_of_kind
from motabot.catalog.taste import list_bought
from motabot.catalog.view import card

_LINES_READ = 2_000


@tool(audience="customer", effect="read")
def list_my_purchases(
    ctx: CustomerTools, limit: int | None = None, category: str | None = None, product: str | None = None
) -> dict[str, object]:
    """List the customer's own purchases, newest visit first, with dates, items and what was paid.

    Use it for "what did I get last time", "when did I last buy that cart" and for the details of an old receipt.
    A visit with `refund` true gave money back. `more` says that older visits were left out.

    Args:
        limit: How many visits, 5 if null, at most 20.
        category: Only items of this kind, such as "edibles" or "vapes".
        product: Only items like this: a product, brand or strain, as the customer calls it.
    """
    if not ctx.is_customer:
        return {"known": False}
    lines = ctx.rows(
        "select * from purchases order by date desc, visit, product_name limit :limit", limit=_LINES_READ
    )
    wanted = [
        line
        for line in lines
        if (category is None or is_of_kind(category, line["category"]))
        and (product is None or is_like(product, line["product_name"], line["brand"], line["strain"]))
    ]
    visits = [_visit(list(group), ctx.zone) for _, group in groupby(wanted, key=lambda line: line["visit"])]
    shown = min(max(limit or 5, 1), 20)
    return {"known": True, "visits": visits[:shown], "more": len(visits) > shown}


def _visit(lines: list[dict[str, Any]], zone: ZoneInfo) -> dict[str, object]:
    first = lines[0]
    at: datetime = first["date"]
    return {
        "date": at.astimezone(zone).date(),
        "location": first["shop_location"],
        "total": first["total_amount"],
        "refund": first["refund"],
        "items": [
            {
                "sku": line["product_sku"],
                "name": line["product_name"],
                "brand": line["brand"],
                "category": line["category"],
                "quantity": line["quantity"],
                "total_price": line["total_price"],
            }
            for line in lines
            if line["product_name"] is not None or line["product_sku"] is not None
        ],
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


def _favorite(row: dict[str, Any]) -> dict[str, object]:
    return {
        **card(row),
        "sku": row["product_sku"],
        "purchase_count": row["purchase_count"],
        "last_purchased": row["last_purchased"],
        "avg_price_paid": row["avg_price_paid"],
    }
