"""What a text wants by comparison with what was shown: cheaper, stronger, milder, smaller, bigger, or like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import SIZES, find_size, without_measures
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import OF_STRAINS, Slots
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_DIRECTIONS = {name: _LEXICON.pattern(name) for name in _LEXICON.names() if name != "other_day"}
_OTHER_DAY = _LEXICON.pattern("other_day")
#: "El octavo mas barato" is the cheapest of all.
_SUPERLATIVE = regex(
    r"\b(?:el|la|lo|los|las) (?:\w+ ){0,3}mas \w+|\b(?:cual|que) es (?:el|la|lo) (?:\w+ )?mas \w+"
)
#: Smaller than the difference of any two prices or contents of the catalog, and a fraction that no customer names.
JUST = Decimal("0.01")


def directions(plain: str) -> frozenset[str]:
    """Which ways a text in normal form points from what was shown."""
    if _OTHER_DAY.search(plain):  # "will it be cheaper on tuesday" wants nothing else
        return frozenset()
    plain = _SUPERLATIVE.sub(" ", plain)
    found = {name for name, pattern in _DIRECTIONS.items() if pattern.search(plain)}
    return frozenset(found - {"smaller"} if "milder" in found else found)


def wish_beside(wish: Slots, told: Sequence[Product], ways: frozenset[str]) -> Slots | None:
    """A wish with bounds relative to the products it is compared with; None if their figures are not known.

    Args:
        wish: What is wanted otherwise.
        told: The products.
        ways: The directions, see `directions`.
    """
    missed = [] if any(_is_named(product, wish.names) for product in told) else list(wish.names)
    kinds = {str(product.get("category")) for product in told}
    if wish.category is None and len(kinds) == 1:
        wish = replace(wish, category=kinds.pop())
    is_swap = {"similar", "cheaper"} <= ways  # which may be of another sort of the same kind
    is_of_sort = len(told) == 1 or bool(ways & {"stronger", "milder", "similar", "pricier"})
    if is_of_sort and not is_swap and not ways & {"bigger", "smaller"}:
        wish = _of_same_sort(wish, told)
    wish = replace(wish, query="", kind=None) if is_swap else wish
    if "similar" in ways and (name := next(iter(missed), None) or told[0].get("strain") or told[0].get("name")):
        wish = replace(wish, names=(normal(str(name)),), knows_names=True, alike=True)
    bounds: dict[str, Decimal | str | bool | None] = {}
    prices, contents = _figures(told, "price"), _figures(told, "thc")
    if "cheaper" in ways and not prices:  # of a purchase, only the sum is known
        bounds |= {"sort": "price_low"}
    if "cheaper" in ways and prices:
        bounds |= {"max_price": min(prices) - JUST, "sort": None if "similar" in ways else "price_high"}
    if "pricier" in ways and prices:
        bounds |= {"min_price": max(prices) + JUST, "max_price": None, "sort": "price_low"}
    one_unit = len({product.get("thc_unit") for product in told}) == 1
    if "stronger" in ways:
        bounds |= {"sort": "thc_high", "is_mild": False}
    if "stronger" in ways and contents and one_unit:
        bounds |= {"min_thc": max(contents) + JUST, "max_thc": None}
    if "milder" in ways and contents and one_unit:
        bounds |= {
            "max_thc": max(min(contents) - JUST, Decimal(0)),
            "min_thc": None,
            "sort": None,
            "is_mild": True,
        }
    if "milder" in ways and not (contents and one_unit):  # percents and milligrams do not compare
        bounds |= {"sort": None, "is_mild": True}
    if ways & {"bigger", "smaller"}:
        amounts = _sizes(told)
        if not amounts:
            return None
        bounds |= {"more_than": max(amounts)} if "bigger" in ways else {"less_than": min(amounts)}
        wish = replace(wish, size=None, query=without_size(wish))
        if len(told) == 1 and not wish.knows_names and (name := _bare_name(told[0])):
            wish = replace(wish, query=name, names=(name,), knows_names=True, kind=None)
    told_way = next(
        (way for way in ("stronger", "milder", "cheaper", "pricier", "bigger", "smaller") if way in ways), None
    )
    return replace(wish, **bounds, relative=told_way)  # type: ignore[arg-type]


def _is_named(product: Product, names: Sequence[str]) -> bool:
    """Whether a product has one of the names that were wanted."""
    return any(name in normal(f"{product.get('strain')} {product.get('name')}") for name in names)


def _of_same_sort(wish: Slots, told: Sequence[Product]) -> Slots:
    """A wish for any name of the sort that was named and shown: "sour gummies", then "anything cheaper"."""
    bare, sort = without_names(wish), sort_shown(wish, told)
    if sort is None or SORTS.first(bare.query) or bare.kind:
        return bare
    return replace(bare, query=f"{bare.query} {sort}".strip(), kind=sort)


def sort_shown(wish: Slots, told: Sequence[Product]) -> str | None:
    """The words of a wish for a sort within a kind, if all the products are of it."""
    found = next(iter(SORTS.matches(wish.query)), None)
    is_shown = found and all(SORTS.first(normal(str(product.get("name")))) == found.name for product in told)
    return found.words if found and is_shown else None


def sort_shown_of(told: Sequence[Product]) -> str | None:
    """The sort within a kind that all of some products are of: "cartridge"; None if they differ."""
    sorts = {SORTS.first(normal(str(product.get("name")))) for product in told}
    return sorts.pop() if len(sorts) == 1 else None


def without_names(wish: Slots) -> Slots:
    """A wish for any name: of the kind, type and size of what was named."""
    query = f" {wish.query} "
    for name in wish.names:
        query = query.replace(f" {name} ", " ")
    return replace(wish, query=" ".join(query.split()), names=(), knows_names=False, is_brand=False, alike=False)


def of_the_kind(wish: Slots, told: Sequence[Product]) -> Slots:
    """A wish for any name of the kind that was wanted, or else of the one kind that was shown."""
    kinds = {str(product.get("category")) for product in told}
    kind = wish.category or (kinds.pop() if len(kinds) == 1 else None)
    return wish if wish.is_brand else without_names(replace(wish, category=kind))


def is_beside(bound: Decimal | None) -> bool:
    """Whether a bound was set relative to a figure of the catalog, not named by a customer."""
    return bound is not None and bound != bound.quantize(Decimal("0.1"))


def _figures(told: Sequence[Product], name: str) -> list[Decimal]:
    return [Decimal(str(product[name])) for product in told if product.get(name) is not None]


def _sizes(told: Sequence[Product]) -> list[Decimal]:
    """The sizes of products in grams, or in milligrams if all are given so; none if they differ in unit."""
    sizes = [size for product in told if (size := find_size(str(product.get("name"))))]
    return [size.amount for size in sizes] if len({size.unit for size in sizes}) == 1 else []


def strain_of(product: Product) -> str:
    """The strain of a product, by its name if its record does not tell it; empty if it has none."""
    if product.get("strain") or product.get("category") not in OF_STRAINS:
        return normal(str(product.get("strain") or ""))
    return _bare_name(product)


def _bare_name(product: Product) -> str:
    """The name of a product without its size and form, which a cartridge shares with a pen."""
    words = normal(without_measures(SIZES.replace(str(product.get("strain") or product.get("name")), " ")))
    return " ".join(CATEGORIES.replace(words, " ").split())


def without_size(wish: Slots) -> str:
    """The words of a wish without a size."""
    return " ".join(without_measures(SIZES.replace(wish.query, " ")).split())
