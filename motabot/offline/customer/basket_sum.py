"""The sum of a basket: the calls that price it, and what the template says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from motabot.boundary import JsonMapping, JsonObject
from motabot.customers.records import Lookup
from motabot.offline.customer import arguments, naming, terms
from motabot.offline.customer.basket import MOST_OF_ONE
from motabot.offline.customer.last_sum import BASKET, groups_of
from motabot.offline.customer.requests import BasketItem, Request
from motabot.offline.customer.results import Note, products_of
from motabot.offline.customer.slots import Slots
from motabot.shop import Shop
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_name("basket.toml"))
_POINTS_USED, _USES_THEM, _TAX, _EACH, _LEFT = map(_LEXICON.pattern, "points_used uses_them tax each left".split())
_PACK = regex(r"\b(\d+)-pack\b", re.IGNORECASE)


def plan(
    wanted: Request,
    results: JsonMapping,
    shown: Sequence[JsonMapping],
    shop: Shop,
    today: date,
    group: str | None = None,
    before: Sequence[Lookup] = (),
) -> Iterator[tuple[str, str, JsonObject]]:
    """The calls that find the things of a request, and when they are found, the one that adds them up.

    Args:
        wanted: The request.
        results: What was looked up.
        shown: The products that the shop named last.
        shop: What the shop states.
        today: The shop's day.
        group: The group of the writer, whose discount "my discount" is.
        before: The last turn's tool calls.
    """
    searches = dict(_searches(wanted, shown))
    if missing := {key: call for key, call in searches.items() if key not in results}:
        yield from ((key, *call) for key, call in missing.items())
        return
    items: list[JsonObject] = []
    for key, item in zip(_keys(wanted), wanted.items, strict=True):
        if product := item.product or _found(results.get(key), item.wish):
            items.append({"product": product["sku"], "quantity": _how_many(wanted, item, product)})
    if items:
        points = _uses_points(wanted.query, before) or None
        day, groups = terms.day_of(wanted.query, today), terms.groups_in(wanted.query, shop, group)
        groups = groups or groups_of(before, wanted.items, wanted.query)
        told = {"items": items, "use_points": points, "day": day.isoformat() if day else None}
        yield f"{wanted.key}/sum", BASKET, {**told, "groups": groups or None}


def told(wanted: Request, results: JsonMapping, today: date, least: Decimal | None) -> JsonObject:
    """What the template says of a sum.

    Args:
        wanted: The request.
        results: What was looked up.
        today: The shop's day.
        least: The least that is delivered, if the conversation is about delivery.
    """
    result = results.get(f"{wanted.key}/sum")
    lines = result.get("lines") or [] if isinstance(result, dict) else []
    missing = [
        item.wish
        for key, item in zip(_keys(wanted), wanted.items, strict=True)
        if item.product is None and not _found(results.get(key), item.wish)
    ]
    pack = _PACK.search(str(lines[0]["name"])) if len(lines) == 1 and _EACH.search(wanted.query) else None
    return {
        "result": result if lines else None,
        "missing": list(map(naming.about, missing)),
        "budget": wanted.budget,
        "most": wanted.most,
        "is_cheapest": any(map(_is_cheapest, wanted.items)),
        "each": Decimal(str(lines[0]["price"])) / int(pack[1]) if pack else None,
        "day": terms.day_of(wanted.query, today),
        "earns": terms.asks_earned(wanted.query),
        "least": least,
        "asks_left": bool(_LEFT.search(wanted.query)),
        "has_two_deals": terms.names_group(wanted.query) and terms.day_of(wanted.query, today) is not None,
        "asks_tax": bool(_TAX.search(wanted.query)),
    }


def _uses_points(plain: str, before: Sequence[Lookup]) -> bool:
    """Whether a text in normal form pays in points: "after my points", or "use them on a donut" once told of."""
    is_told = any(each.tool == "show_my_profile" for each in before)
    return bool(_POINTS_USED.search(plain) or (is_told and _USES_THEM.search(plain)))


def _is_cheapest(item: BasketItem) -> bool:
    """Whether a sum takes the cheapest of a kind, which it says: not of papers and lighters."""
    return item.wish.sort == "price_low" and not item.wish.names and item.wish.category != "Accessories"


def _keys(wanted: Request) -> list[str]:
    return [f"{wanted.key}/{n}" for n in range(len(wanted.items))]


def _searches(wanted: Request, shown: Sequence[JsonMapping]) -> Iterator[tuple[str, tuple[str, JsonObject]]]:
    for key, item in zip(_keys(wanted), wanted.items, strict=True):
        if item.product is None:
            _, tool, found = next(arguments.find(Request("search", item.wish.query, item.wish), shown))
            yield key, (tool, found)


def _found(result: object, wish: Slots) -> JsonMapping | None:
    """The product that a search found for a wish; None if it found only something close."""
    note = Note.of([result]) if isinstance(result, dict) else Note()
    if not isinstance(result, dict) or "error" in result or note.unmet:
        return None
    if not wish.knows_names and (note.unknown or (wish.category == "Accessories" and note.guessed)):
        return None  # a lighter is not a grinder
    pack = f"{wish.pack}-pack" if wish.pack else ""
    found = [each for each in products_of(result) if pack in str(each["name"]).casefold()]
    is_bare = (wish.knows_names or wish.size) and wish.category is None and not wish.pack
    if is_bare and (flower := [each for each in found if each.get("category") == "Flower"]):
        return flower[0]  # a strain by its name alone is its flower, and so is a gram
    return found[0] if found else None


def _how_many(wanted: Request, item: BasketItem, product: JsonMapping) -> int:
    if wanted.budget is None or not product.get("price"):
        return item.quantity
    return max(1, min(MOST_OF_ONE, int(wanted.budget // Decimal(str(product["price"])))))
