"""Which of several products is the strongest, the mildest or the cheapest, if a text compares them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from pathlib import Path

from motabot.boundary import Json, JsonObject
from motabot.catalog.sizes import SIZES
from motabot.catalog.strength import is_beginner, wants_mild
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.facts import spelled_out
from motabot.offline.customer.results import Product, without_names
from motabot.offline.customer.telling import traits
from motabot.offline.customer.whether import truth
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_COMPARES, _STRONG, _MILD, _CHEAP = (
    _LEXICON.pattern(name) for name in ("compares", "stronger", "milder", "cheaper")
)
_PER_GRAM, _DIFFERENCE, _PRICE, _DEAL = map(_LEXICON.pattern, "per_gram difference price deal".split())
_COUNTED = regex(
    r"\b(?:two|three|four|[2-4]|dos|tres|cuatro)"
    r" (?:(?:7|14|28|3 5)(?:g|s)?|halves|quarters|eighths|grams?|ounces)\b"
)
_OR = regex(r"\b(?:or|o|vs|versus|than|que)\b")
_SEVERAL = 2


def verdict(plain: str, products: Sequence[Product]) -> JsonObject | None:
    """What a comparison of products comes to.

    Args:
        plain: The text in normal form.
        products: Those in the reply, one for each thing that is compared, or the only one that it is about.

    Returns:
        `strongest`, `mildest`, `cheapest` and `best_value`, if the text asks for them and the products differ, and
        the `traits` that it names; None if it asks for nothing of that.
    """
    if not products:
        return None
    if len(products) < _SEVERAL:
        told = [each for each in traits(plain, products) if each["kind"] != "negatives"]
        return {"traits": told} if told and truth(plain, products) is None else None
    if not (_COMPARES.search(plain) or _DIFFERENCE.search(plain)):
        return None
    named = traits(plain, products)
    return (_by_figures(plain, products) | ({"traits": named} if named else {})) or None


def _by_figures(plain: str, products: Sequence[Product]) -> JsonObject:
    """Which of the products is the strongest, the mildest, the cheapest, as far as a text asks for it."""
    units = {product.get("thc_unit") for product in products}
    found: JsonObject = {}
    if len(units) == 1 and _STRONG.search(plain):
        found["strongest"] = _most(products, "thc", sign=1)
    if len(units) == 1 and _wants_mildest(plain):
        found["mildest"] = _most(products, "thc", sign=-1)
    sizes = {spelled_out(product)["size"] for product in products} - {None}
    is_one = len({(each.get("strain"), each.get("category")) for each in products}) == 1
    is_deal = is_one and _DEAL.search(plain)  # the smaller package of one thing always costs less
    counts = len(sizes) > 1 and (_COUNTED.search(plain) or is_deal)  # "two 14g or one 28g"
    if _PER_GRAM.search(plain) or counts:
        found["best_value"] = _best_value(products)
    elif _CHEAP.search(plain) and _is_asked_kind(plain, products) and _are_of_size(plain, sizes):
        found["cheapest"] = _most(products, "price", sign=-1)
    elif len(products) == _SEVERAL and _DIFFERENCE.search(plain) and _PRICE.search(plain):
        found["less"] = _less(products)
    told: JsonObject = {name: product for name, product in found.items() if product is not None}
    if "strongest" in found and found["strongest"] is None and len({each.get("thc") for each in products}) == 1:
        told["same_thc"] = {**products[0], "count": len(products)}
    return told


def figures_compared(plain: str) -> frozenset[str]:
    """The facts by which a text in normal form compares things: "which one hits harder" is about THC."""
    asked = {
        "thc": _STRONG.search(plain) or _wants_mildest(plain),
        "price": _CHEAP.search(plain) or _PRICE.search(plain),
        "each": _PER_GRAM.search(plain),
    }
    return frozenset(name for name, found in asked.items() if found)


def _wants_mildest(plain: str) -> bool:
    """Whether the mildest of several is asked for, or who it is for needs it: "which one for a first timer"."""
    return bool(_MILD.search(plain)) or wants_mild(plain) or is_beginner(plain)


def asks_for_difference(plain: str) -> bool:
    """Whether a text in normal form asks how far things are apart: "whats the diff in price"."""
    return bool(_DIFFERENCE.search(plain))


def may_compare(plain: str) -> bool:
    """Whether a text in normal form has a word that compares: "or", "versus", "which"."""
    return bool(_COMPARES.search(plain))


def asks_cheaper(plain: str) -> bool:
    """Whether a text in normal form asks which of two costs less: "is the pen or the cart cheaper"."""
    return bool(_OR.search(plain) and _CHEAP.search(plain))


def compares(plain: str) -> bool:
    """Whether a text in normal form asks which of two is the stronger, the milder or the cheaper one."""
    return bool(_OR.search(plain)) and any(form.search(plain) for form in (_STRONG, _MILD, _CHEAP))


def _is_asked_kind(plain: str, products: Sequence[Product]) -> bool:
    """Whether the products are of a kind that the text names: the price of flower says nothing of pre-rolls."""
    asked = CATEGORIES.all(without_names(plain, products))  # "ice cream cake" is not an edible
    return not asked or any(product.get("category") in {None, *asked} for product in products)


def _are_of_size(plain: str, sizes: Collection[Json]) -> bool:
    """Whether all are of the size that the text names, if it names one: a gram says nothing of ounces."""
    return len({*SIZES.all(plain)}) != 1 or len(sizes) < _SEVERAL


def _best_value(products: Sequence[Product]) -> JsonObject | None:
    """The product with the lowest price by the gram, with that price as `per_gram`; None if one is not known."""
    told = [spelled_out(product) for product in products]
    best = _most(told, "per_gram", sign=-1)
    return None if best is None else {**best}


def _less(products: Sequence[Product]) -> JsonObject | None:
    """The cheaper of two, and `by` how much; None if a price is not known or they are the same."""
    cheaper = _most(products, "price", sign=-1)
    if cheaper is None:
        return None
    one, other = (Decimal(str(product["price"])) for product in products)
    return {"name": cheaper["name"], "by": abs(one - other)}


def _most(products: Sequence[Product], figure: str, *, sign: int) -> Product | None:
    """The product with the highest figure, or the lowest; None if one is not known, or several share it."""
    if any(product.get(figure) is None for product in products):
        return None
    ranked = sorted(products, key=lambda product: sign * Decimal(str(product[figure])), reverse=True)
    return None if ranked[0][figure] == ranked[1][figure] else ranked[0]
