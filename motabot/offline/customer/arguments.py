"""A wish as the arguments of the tools that find products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.sort_words import SORTS
from motabot.catalog.strength import EXTRACTS
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS
from motabot.offline.customer.refusals import is_trait
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import SHOWN, Product
from motabot.offline.customer.slots import VALUE, Slots

#: How many products are fetched for a list: some are left out, and several sizes of one product are listed as one.
FETCHED = 24
#: What nobody means without naming a kind of goods.
EVERYTHING_ELSE = ("accessories", "lotions")
#: Kinds of goods whose packages state milligrams of THC.
_DOSED = frozenset(("Edibles", "Tinctures", "Topicals"))
#: A text of at most this many words continues what was shown before: "what about indica".
_SHORT = 6
_CENT = Decimal("0.01")
#: Milligrams: no package of edibles for a first time holds more than one serving.
_FIRST_TIME = Decimal(10)
#: How many names are compared at most.
_COMPARED = 2


def find(wanted: Request, shown: Sequence[Product]) -> Iterator[tuple[str, str, JsonObject]]:
    """The calls that find what a request wants, as (id, tool, arguments): one for each of several names."""
    tool, arguments = _look_for(wanted, shown)
    names = wanted.slots.names[:SHOWN] if wanted.slots.knows_names and tool == "search_products" else ()
    if len(names) < _COMPARED or arguments.get("query") is None:
        yield wanted.key, tool, arguments
        return
    for number, name in enumerate(names):
        query = arguments["query"]
        for other in {*names} - {name}:
            query = " ".join(query.replace(other, " ").split())
        yield f"{wanted.key}/{number}", tool, {**arguments, "query": query}


def wants_more(wanted: Request, shown: Sequence[Product]) -> bool:
    """Whether a text asks for others of the kind that was shown before."""
    goes_on = wanted.intent in {"recommend", "search"} and bool(shown) and not wanted.slots.says_something
    return goes_on or wanted.slots.wants_others


def _look_for(wanted: Request, shown: Sequence[Product]) -> tuple[str, JsonObject]:
    """The tool that finds what is wanted, and its arguments."""
    wish = wanted.slots
    category = wish.category
    kinds = {product.get("category") for product in shown}
    goes_on = not (wish.says_something and any("total_price" in product for product in shown))
    if goes_on and len(kinds) == 1 and category is None and not wish.names and len(wanted.query.split()) <= _SHORT:
        category = shown[0].get("category")
    if category and any(CATEGORIES.first(each) == category and not is_sort(each) for each in wish.avoid):
        category = None
    if wanted.intent == "cheaper":
        return "search_products", _cheaper(wish, shown, category)
    is_narrow = wish.names or wish.effect or wish.flower_type or wish.flavor or wish.size or wish.is_mild
    if wish.sort == VALUE and category and not is_narrow and not wish.avoid:
        return "compare_value", {**_value(wish, category), "limit": FETCHED}
    if wish.says_something and not wish.alike and _is_search(wanted):
        is_sorted = category and wish.kind and SORTS.first(wish.kind) and not SORTS.first(wish.query)
        found = {**_search(wish), "category": wish.kind if is_sorted else category}
        return "search_products", {**found, "limit": FETCHED}
    return "recommend_products", {**_suggest(wish), "category": wish.kind or category, "limit": FETCHED}


def _is_search(wanted: Request) -> bool:
    """Whether the customer's taste does not matter, or only a search can meet the wish."""
    wish = wanted.slots
    bounds = (wish.sort, wish.min_price, wish.min_thc, wish.max_thc, wish.pack, wish.size)
    bounded = any(bound is not None for bound in bounds)
    bounded = bounded or len({match.name for match in FLAVORS.matches(wish.query)}) > 1  # "chocolate with mint"
    return wanted.intent != "recommend" or bounded or wish.more_cbd or wish.is_mild or bool(wish.names)


def _suggest(wish: Slots) -> JsonObject:
    return {
        "effect": wish.effect,
        "flavor": wish.flavor,
        "flower_type": wish.flower_type,
        "avoid": _unwanted(wish),
        "max_price": _most(wish),
        "similar_to": wish.names[0] if wish.alike and wish.knows_names else None,
        "novelty": "new" if wish.wants_new else None,
        "beginner": _only_mild(wish),
        "max_thc": _plain(_most_thc(wish)),
    }


def _search(wish: Slots) -> JsonObject:
    # a customer who wants it mild, or with more CBD, sees the weakest first
    weakest = "thc_low" if wish.is_mild or wish.more_cbd else None
    return {
        "query": wish.query or ("cbd" if wish.is_balanced and wish.category is None else None),
        "min_price": _plain(wish.min_price),
        "max_price": _most(wish),
        "min_thc": _plain(wish.min_thc),
        "max_thc": None if wish.may_have_thc else _plain(_most_thc(wish)),
        "sort": "price_low" if wish.sort == VALUE else wish.sort if wish.sort and not wish.more_cbd else weakest,
        # a name may say what a word of the query means: "energy edibles"
        "effect": None if EFFECTS.first(wish.query) == wish.effect else wish.effect,
        "flavor": None if FLAVORS.first(wish.query) == wish.flavor else wish.flavor,
        "flower_type": wish.flower_type,
        "avoid": _unwanted(wish),
        "beginner": _only_mild(wish),
    }


def _value(wish: Slots, category: str) -> JsonObject:
    """What to compare by price: the milligrams of what is dosed, the grams of the rest."""
    by = "mg" if category in _DOSED else "gram"
    return {"by": by, "category": wish.kind or category, "max_price": _most(wish)}


def is_too_much(product: Product, wish: Slots) -> bool:
    """Whether a product is an edible with more than one serving, and the wish of somebody who is new to it."""
    is_edible = wish.is_new_to_it and product.get("category") == "Edibles"
    return is_edible and Decimal(str(product.get("thc") or 0)) > _FIRST_TIME


def _most_thc(wish: Slots) -> Decimal | None:
    """The highest THC: of edibles for somebody who is new to them, one serving at most."""
    if not wish.is_new_to_it or wish.category != "Edibles":
        return wish.max_thc
    return _FIRST_TIME if wish.max_thc is None else min(wish.max_thc, _FIRST_TIME)


def _only_mild(wish: Slots) -> bool | None:
    """Whether only mild products will do. "The weakest cart" of somebody who is used to it is a cart."""
    return (wish.is_mild and (wish.is_new_to_it or wish.category not in EXTRACTS)) or None


def _unwanted(wish: Slots) -> list[str] | None:
    """What is not wanted. A customer who names neither goods nor a flavor wants neither lighters nor creams."""
    is_open = wish.category is None and (wish.alike or not wish.names) and not wish.flavor
    return [*wish.avoid, *(EVERYTHING_ELSE if is_open else ())] or None


def is_sort(unwanted: str) -> bool:
    """Whether an unwanted word names a sort within a kind, or a trait: "no gummies" leaves other edibles."""
    return SORTS.first(unwanted) is not None or is_trait(unwanted)


def _cheaper(wish: Slots, shown: Sequence[JsonMapping], category: str | None) -> JsonObject:
    """Cheaper than the cheapest product shown; if nothing was shown, the cheapest of all."""
    prices = [Decimal(str(product["price"])) for product in shown if product.get("price") is not None]
    below = min(prices) - _CENT if prices else None
    most = min((price for price in (below, wish.max_price) if price is not None), default=None)
    sort = "price_high" if prices else "price_low"
    kind = category or (shown[0].get("category") if shown else None)
    narrowed = {
        "query": wish.query or None,
        "flower_type": wish.flower_type,
        "effect": wish.effect,
        "flavor": wish.flavor,
        "avoid": _unwanted(wish),
        "beginner": _only_mild(wish),
    }
    told = {name: value for name, value in narrowed.items() if value}
    return {"category": kind, "max_price": _plain(most), "sort": sort, **told, "limit": SHOWN}


def _most(wish: Slots) -> float | None:
    """The highest price; "under 30" is at most $29.99."""
    below = wish.is_under and wish.max_price is not None and wish.max_price > 1
    return _plain(wish.max_price - _CENT if below and wish.max_price is not None else wish.max_price)


def _plain(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
