"""What was found, compared with a product that the text names, or with what its writer buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.sizes import find_size
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Note, Product, products_of
from motabot.offline.customer.slots import AS_STRONG
from motabot.text.regex import regex

#: Wants it as strong as something else.
_AS_STRONG = regex(
    r"\b(?:same|similar|equal|comparable|mism[oa]) (?:kind of |de )?"
    r"(?:strength|potency|dose|mg|thc|fuerza|potencia|dosis)\b"
    r"|\b(?:as|just as|about as|equally|igual de|tan) (?:strong|potent|fuerte|potente)\b"
)
#: About as strong is what has at most this share more or less THC.
_NEAR = Decimal("0.2")


def beside(
    found: Sequence[JsonObject], wanted: Request, results: JsonMapping, shown: Sequence[Product], note: Note
) -> tuple[Sequence[JsonObject], Note]:
    """Those products that are as the text wants them beside another one, and what there is to say of it.

    Args:
        found: What a search found.
        wanted: The request; its wish says how they must be.
        results: The turn's results; one may tell of the product that is named.
        shown: The products that the shop's last text named.
        note: What is said of the search.
    """
    way, named = wanted.slots.relative, products_of(results.get(wanted.like_key))
    if way == AS_STRONG or _AS_STRONG.search(wanted.query):
        return _as_strong(found, named or _most_bought(results) or shown, note)
    if way == "cheaper" and named and wanted.slots.max_price is None:  # which says "cheaper than those shown"
        return _cheaper(found, named), note
    if way in {"stronger", "milder"}:
        return _by_strength(found, [each for each in named if each.get("thc") is not None], str(way)), note
    return found, note


def _most_bought(results: JsonMapping) -> Sequence[Product]:
    """What the customer buys most, if the text asks for that, too."""
    return next((products_of(each) for key, each in results.items() if key.startswith("usual")), ())


def _by_strength(found: Sequence[JsonObject], told: Sequence[Product], way: str) -> Sequence[JsonObject]:
    """Those stronger or milder, each compared with the same kind of goods, or else with the flower."""
    if not told:
        return found
    flower = [each for each in told if each.get("category") == "Flower"] or told
    sign = 1 if way == "stronger" else -1
    kept: list[JsonObject] = []
    for product in found:
        alike = [each for each in told if each.get("category") == product.get("category")] or flower
        most = max(sign * Decimal(str(each["thc"])) for each in alike)
        if product.get("thc") is not None and sign * Decimal(str(product["thc"])) > most:
            kept.append(product)
    return kept


def _as_strong(
    found: Sequence[JsonObject], told: Sequence[Product], note: Note
) -> tuple[Sequence[JsonObject], Note]:
    """Those about as strong as the first of some others; if there are none, the closest, and a note of it."""
    if not told or told[0].get("thc") is None:
        return found, note
    unit, thc = told[0].get("thc_unit"), Decimal(str(told[0]["thc"]))
    apart = {
        str(each["sku"]): abs(Decimal(str(each["thc"])) - thc)
        for each in found
        if each.get("thc") is not None and each.get("thc_unit") == unit and each.get("sku") != told[0].get("sku")
    }
    closest = sorted((each for each in found if each["sku"] in apart), key=lambda each: apart[str(each["sku"])])
    if near := [each for each in closest if apart[str(each["sku"])] <= _NEAR * thc]:
        return near, note
    return closest, replace(note, unmet=(*note.unmet, f"at least {thc} THC")) if closest else note


def _cheaper(found: Sequence[JsonObject], told: Sequence[Product]) -> list[JsonObject]:
    """Those that cost less than the same package of what a text names."""
    prices = {_package(each): Decimal(str(each["price"])) for each in told if each.get("price") is not None}
    priced = [each for each in found if each.get("price") is not None]
    if not any(_package(each) in prices for each in priced):  # a cart and a pen, which come in other sizes
        least = min(prices.values(), default=Decimal(0))
        return [each for each in priced if Decimal(str(each["price"])) < least]
    return [each for each in priced if Decimal(str(each["price"])) < prices.get(_package(each), 0)]


def _package(product: Product) -> tuple[object, str]:
    return product.get("category"), str(find_size(str(product.get("name"))))
