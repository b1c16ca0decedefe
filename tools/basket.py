"""What customers would otherwise have to add up: baskets, and what is better value."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from motabot.agent.tools import CustomerTools, ToolFailed, tool
from motabot.boundary import JsonObject
from motabot.catalog.conditions import ProductQuery
from motabot.catalog.index import get_index
from motabot.catalog.pricing import PricedItem, price_basket
from motabot.catalog.query import want_category
from motabot.catalog.search import find_named, list_matching, near_names
from motabot.catalog.view import card

_MOST_ITEMS, _MOST_COMPARED, _SHOWN = 10, 500, 5
_CENT, _TENTH_OF_CENT = Decimal("0.01"), Decimal("0.001")


class ItemToPrice(BaseModel):
    """A quantity of one product."""

    product: Annotated[str, Field(description="The product's name or sku.")]
    quantity: Annotated[int, Field(ge=1, le=99, description="How many.")]


@tool(audience="customer", effect="read", adults_only=True)
def price_my_basket(
    ctx: CustomerTools,
    items: list[ItemToPrice],
    day: date | None = None,
    groups: list[str] | None = None,
    use_points: bool | None = None,
) -> dict[str, object]:
    """Compute what products cost together, with the deals that hold, points and tax as the shop states them.

    Use it for every sum, discount or total, instead of computing yourself: "two of those", "10% off all that",
    "what would my favorites cost with my points", "is it cheaper on Tuesday". `tax` and `total` are null if the
    shop states no single rate: then say what the shop says about tax. Nothing is ordered or reserved.

    Args:
        items: The products.
        day: The day of the purchase; today if null. Deals may hold on some weekdays only.
        groups: Groups with a deal that the customer says they belong to, such as "seniors"; null if they say none.
        use_points: Whether the customer's loyalty points are to be used as far as possible.
    """
    if not items:
        raise ToolFailed("items is empty. Name at least one product.")
    rows = [_find(ctx, item.product) for item in items[:_MOST_ITEMS]]
    if unpriced := [row["name"] for row in rows if row["retail_price"] is None]:
        raise ToolFailed(f"The price of {', '.join(unpriced)} is not known.")
    bought = [
        PricedItem(row["name"], row["retail_price"], item.quantity, row["category"], row["brand"])
        for row, item in zip(rows, items, strict=False)
    ]
    balance = _balance(ctx)
    points = balance if use_points and balance is not None else Decimal(0)
    shop = ctx.shop.shop
    basket = price_basket(bought, shop, day or ctx.today, buyer=groups or (), points=points)
    return {
        "lines": [
            {
                **card(row),
                "quantity": line.item.quantity,
                "amount": _cents(line.item.amount),
                "saved": _cents(line.saved),
                "amount_after_deal": _cents(line.item.amount - line.saved),
                "deal": line.deal,
            }
            for row, line in zip(rows, basket.lines, strict=True)
        ],
        "subtotal": _cents(basket.subtotal),
        "saved_by_deals": _cents(basket.saved),
        "points_used": basket.points,
        "points_discount": _cents(basket.reward),
        "points_balance": balance,
        "before_tax": _cents(basket.before_tax),
        "tax": basket.tax,
        "total": None if basket.total is None else _cents(basket.total),
        "tax_rule": shop.tax.en if shop.tax else None,
    }


@tool(audience="customer", effect="read", adults_only=True)
def compare_value(
    ctx: CustomerTools,
    by: Literal["gram", "mg"],
    products: list[str] | None = None,
    category: str | None = None,
    max_price: Decimal | None = None,
    limit: int | None = None,
) -> dict[str, object]:
    """Compare prices per gram or per milligram of THC, the best value first.

    Use it for "cheaper per gram", "most mg for the money", "cheapest way to get 100 mg". Name products, or a
    category to compare everything available in it. Products whose weight or THC is not known are left out;
    `left_out` counts them.

    Args:
        by: "gram" for the price of a gram, "mg" for the price of a milligram of THC.
        products: Products by name or sku; null to compare a category.
        category: Kind of product, such as "edibles"; null to compare the products named.
        max_price: Highest price of one, in dollars; null for no limit.
        limit: How many, 5 if null, at most 10.
    """
    rows = [_find(ctx, name) for name in (products or ())[:_MOST_ITEMS]]
    if not rows:
        if category is None:
            raise ToolFailed("Name products or a category.")
        wanted = ProductQuery()
        if problem := want_category(wanted, get_index(ctx), category):
            return {"products": [], "left_out": 0, "note": problem}
        rows = list_matching(ctx, wanted, _MOST_COMPARED)
    if max_price is not None:
        rows = [row for row in rows if row["retail_price"] is not None and row["retail_price"] <= max_price]
    valued = [value for row in rows if (value := _value(card(row), by)) is not None]
    valued.sort(key=lambda value: (value[f"price_per_{by}"], value["price"], str(value["name"])))
    return {
        "products": valued[: min(max(limit or _SHOWN, 1), 10)],
        "left_out": len(rows) - len(valued),
        "note": None if valued else f"No {by} figure is known for these." if rows else "Nothing costs so little.",
    }


def _value(product: JsonObject, by: Literal["gram", "mg"]) -> JsonObject | None:
    amount = product["grams"] if by == "gram" else product["mg"]
    if not amount or product["price"] is None:
        return None
    unit = _CENT if by == "gram" else _TENTH_OF_CENT
    return {**product, f"price_per_{by}": (product["price"] / amount).quantize(unit, ROUND_HALF_UP)}


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _find(ctx: CustomerTools, name: str) -> JsonObject:
    index = get_index(ctx)
    found = find_named(ctx, index, name, limit=1)
    if not found:
        near = near_names(index, name)
        hint = f" The nearest names are: {', '.join(near)}." if near else ""
        raise ToolFailed(f'The catalog has no product "{name}".{hint}')
    return found[0]


def _balance(ctx: CustomerTools) -> Decimal | None:
    found = ctx.one("select loyalty_points from profile") if ctx.is_customer else None
    return found["loyalty_points"] if found else None
