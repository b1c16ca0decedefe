"""What the shop sells."""

from decimal import Decimal
from typing import Literal

from motabot.agent.tools import CustomerTools, ToolFailed, tool
from motabot.boundary import JsonObject
from motabot.catalog.conditions import NamedColumn, ProductQuery
from motabot.catalog.free_words import want_words
from motabot.catalog.index import get_index
from motabot.catalog.query import avoid as avoid_all
from motabot.catalog.query import (
    want_at_most,
    want_mild,
    want_named,
    want_range,
    want_type,
)
from motabot.catalog.search import find_named, near_names, search
from motabot.catalog.view import card
from motabot.catalog.vocabulary import Effect

_UNRATED = "None of these has a rating; the cheapest come first."

#: A strain with all its kinds and sizes is some twenty products.
_MOST = 25


@tool(audience="customer", effect="read", adults_only=True)
def search_products(
    ctx: CustomerTools,
    query: str | None = None,
    category: str | None = None,
    effect: Effect | None = None,
    flavor: str | None = None,
    strain: str | None = None,
    brand: str | None = None,
    flower_type: Literal["Indica", "Sativa", "Hybrid"] | None = None,
    max_price: Decimal | None = None,
    min_price: Decimal | None = None,
    min_thc: Decimal | None = None,
    max_thc: Decimal | None = None,
    avoid: list[str] | None = None,
    beginner: bool | None = None,
    sort: Literal["best", "price_low", "price_high", "thc_high", "thc_low"] | None = None,
    limit: int | None = None,
) -> dict[str, object]:
    """Search the shop's catalog, with prices, for what is available now.

    Use it for "do you have ...", "what is your cheapest ...", and whenever no taste of the customer matters; for
    suggestions that fit the customer use recommend_products. Misspellings and shop talk are understood. `total`
    counts all that match. `note` says what was guessed or could not be met: tell the customer.

    Args:
        query: Free words, such as "gelato cart" or "an eighth of something for sleep".
        category: Kind of product, such as "flower", "vapes" or "gummies".
        effect: Effect as customers describe it.
        flavor: Flavor, such as "Citrus".
        strain: Strain, such as "Blue Dream".
        brand: Brand.
        flower_type: Indica, Sativa or Hybrid.
        max_price: Highest price of one, in dollars.
        min_price: Lowest price of one, in dollars.
        min_thc: Lowest THC, in the unit of the category: percent, or milligrams for edibles.
        max_thc: Highest THC, in the same unit. Never exceeded.
        avoid: Effects, side effects, flavors or kinds that are not wanted, such as "Paranoid". Never relaxed.
        beginner: True for beginners and whenever something mild or weaker is wanted: only the weakest third.
        sort: Order of the results; "best" (by rating) if null.
        limit: How many products, 5 if null, at most 25.
    """
    index, wanted = get_index(ctx), ProductQuery()
    values: dict[NamedColumn, str | None] = {"effect": effect, "flavor": flavor, "strain": strain, "brand": brand}
    if problem := want_named(wanted, index, category, values):
        return {"products": [], "total": 0, "note": problem}
    want_type(wanted, flower_type)
    want_range(wanted, "price", min_price, max_price)
    want_range(wanted, "thc", min_thc, None)
    want_at_most(wanted, max_thc)
    for unwanted in avoid or ():
        avoid_all(wanted, index, unwanted)
    if query:
        want_words(wanted, index, query)
    if (beginner or ctx.is_beginner) and not wanted.is_mild:
        want_mild(wanted, index)
    found = search(ctx, wanted, sort or ("thc_low" if wanted.is_mild else "best"), min(max(limit or 5, 1), _MOST))
    unrated = _UNRATED if sort == "best" and _lacks_ratings(found.rows) else None
    note = " ".join(filter(None, (found.note, unrated))) or None
    return {"products": [card(row) for row in found.rows], "total": found.total, "note": note}


def _lacks_ratings(rows: list[JsonObject]) -> bool:
    return bool(rows) and all(row["leafly_rating"] is None for row in rows)


@tool(audience="customer", effect="read", adults_only=True)
def show_product(ctx: CustomerTools, name: str) -> dict[str, object]:
    """Show one product in full: price, THC, effects, flavors, terpenes, possible downsides, lineage.

    Use it when the customer asks about one product. If the name fits several, they come as `candidates`: ask which
    one is meant, or answer for all of them. If they are of one strain, `strain` has its terpenes and lineage.

    Args:
        name: The product's name as the customer wrote it, or its sku.
    """
    index = get_index(ctx)
    rows = find_named(ctx, index, name)
    if not rows:
        near = near_names(index, name)
        raise ToolFailed(
            f'The catalog has no product "{name}".'
            + (f" The nearest names are: {', '.join(near)}." if near else " Try search_products.")
        )
    if len(rows) > 1:
        return {"candidates": [card(row) for row in rows], **_strain(rows)}
    return {"product": _full(rows[0])}


def _strain(rows: list[JsonObject]) -> dict[str, object]:
    """What candidates of one strain have in common."""
    if rows[0]["strain"] is None or len({row["strain"] for row in rows}) > 1:
        return {}
    parts = ("terpenes", "negatives", "lineage", "parent_strains")
    return {"strain": {"name": rows[0]["strain"], **{part: _full(rows[0])[part] for part in parts}}}


def _full(row: JsonObject) -> dict[str, object]:
    return {
        **card(row),
        "terpenes": list(row["terpenes"] or []),
        "negatives": list(row["negatives"] or []),
        "lineage": row["lineage"],
        "parent_strains": list(row["parent_strains"] or []),
    }
