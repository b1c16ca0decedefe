"""Superlatives over everything that matches a wish, not only over the few products that were named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from motabot.customers.records import Lookup
from motabot.offline.customer import merging, state
from motabot.offline.customer.results import SHOWN, Product, products_of
from motabot.offline.customer.slots import Slots
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_ORDERS = {name: _LEXICON.pattern(name) for name in ("thc_low", "thc_high", "price_low", "price_high")}
_OF_THOSE, _NEXT = _LEXICON.pattern("of_those"), _LEXICON.pattern("next")
#: The name of one end of an order, alone: "and the lowest".
_BARE_ENDS = {end: _LEXICON.pattern(f"bare_{end}") for end in ("low", "high")}
_PLACE = _LEXICON.pattern("place")
_PLACES = {2: ("second", "2nd", "segund"), 3: ("third", "3rd", "tercer")}
_SEARCH, _TELLS = "search_products", frozenset(("search_products", "recommend_products"))


def order(plain: str, before: str | None = None) -> str | None:
    """The order whose first product a text in normal form wants; None if it wants none, or one of those shown.

    "Which one is strongest" does, and "which of those is strongest" does not.

    Args:
        plain: The text.
        before: The order of the last list: "and the lowest" means its other end.
    """
    if _OF_THOSE.search(plain):
        return None
    named = next((name for name, pattern in _ORDERS.items() if pattern.search(plain)), None)
    if named or before is None:
        return named
    by = "price" if before.startswith("price") else "thc"
    return next((f"{by}_{end}" for end, pattern in _BARE_ENDS.items() if pattern.fullmatch(plain)), None)


def wants_next(plain: str) -> bool:
    """Whether a text in normal form wants what comes next in an order: "and the next strongest"."""
    return bool(_NEXT.search(plain))


def place(plain: str) -> int:
    """The place in an order that a text in normal form names: 2 for "the second strongest"; 0 if it names none."""
    found = _PLACE.search(plain)
    return next((n for n, words in _PLACES.items() if found and found[1].startswith(words)), 0)


def told_of(plain: str, lookups: Sequence[Lookup], shown: Sequence[Product]) -> int:
    """How many products were shown of more that were found, if a text asks for the first of all; otherwise 0."""
    is_cut = any(each.tool in _TELLS and len(products_of(each.result)) > SHOWN for each in lookups)
    return len(shown) if is_cut and order(plain) else 0


def cut_list(turns: Sequence[Lookup], shown: Sequence[Product]) -> Lookup | None:
    """The search whose first products were named last, if it found more; None if there is not exactly one.

    Args:
        turns: The tool calls of the last turns, the latest first.
        shown: The products that the shop named last.
    """
    skus = {product.get("sku") for product in shown}
    for ago in sorted({each.turns_ago for each in turns}):
        calls = [each for each in turns if each.turns_ago == ago]
        if {each.tool for each in calls} == {"show_product"}:  # a question about those in the list
            continue
        search = calls[0] if len(calls) == 1 and calls[0].tool == _SEARCH else None
        found = products_of(search.result) if search else []
        is_its = skus <= {product.get("sku") for product in found}
        return search if search and is_its and len(found) > SHOWN else None
    return None


def wish_for_first(search: Lookup, wish: Slots, plain: str, by: str, read_wish: Callable[[str], Slots]) -> Slots:
    """The wish of a search, with what a text adds, in the order that it asks for.

    Args:
        search: The search.
        wish: What the text wants.
        plain: The text in normal form.
        by: The order, see `order`.
        read_wish: Reads the wish in some words.
    """
    old = state.last_wish([search], read_wish) or Slots()
    bare = replace(wish, sort=None, is_mild=False, unexplained=())
    whole = merging.edit(old, bare, plain)
    if by == "thc_low":
        return replace(whole, sort=None, is_mild=True)
    return replace(whole, sort=by, is_mild=old.is_mild and by != "thc_high")
