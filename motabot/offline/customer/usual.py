"""Which of what a customer buys as a rule a text means: "my usual gram", "that bath thing i always get"."""

from __future__ import annotations

from collections.abc import Sequence

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.filler import FILLER
from motabot.catalog.index import singular
from motabot.catalog.sizes import find_size
from motabot.catalog.sort_words import SORTS
from motabot.customers.context import TurnContext
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.topics import supported
from motabot.text.normalize import normal

#: A word of a name shorter than this tells nothing.
_SHORTEST = 3


def bought(context: TurnContext) -> list[JsonObject]:
    """What the customer buys, most often first, as the tools tell of products."""
    return [
        {
            "sku": each.sku,
            "name": each.name,
            "brand": each.brand,
            "category": each.category,
            "strain": each.strain,
            "flower_type": each.flower_type,
            "price": each.price,
            "thc": each.thc_content,
            "effects": list(each.effects or ()),
            "flavors": list(each.flavors or ()),
            "available": each.available,
        }
        for each in context.affinity
        if each.sku and each.name
    ]


def meant_by(plain: str, wish: Slots, products: Sequence[JsonMapping]) -> list[JsonMapping]:
    """The products that a text in normal form means in particular; none if it means all of them.

    Args:
        plain: The text.
        wish: What it names.
        products: What the customer buys, most often first.
    """
    kin = [each for each in products if wish.category == each.get("category")]
    said = {singular(word) for word in plain.split() if len(word) >= _SHORTEST} - FILLER
    among = kin or products
    sized = [each for each in among if wish.size and str(find_size(str(each["name"]))) == wish.size]
    found = sized or [each for each in among if said & _words(each)] or kin
    return found if len(found) < len(products) or len(products) == 1 else []


def own_of_kind(wish: Slots, products: Sequence[JsonMapping]) -> JsonMapping | None:
    """What the customer buys most of a kind that a text names by nothing else: "a pen and two donuts".

    Args:
        wish: What it names.
        products: What the customer buys, most often first.
    """
    sort = SORTS.first(wish.kind or "")
    narrowed = (
        wish.names,
        wish.sort,
        wish.effect,
        wish.flavor,
        wish.flower_type,
        wish.size,
        wish.pack,
        wish.avoid,
    )
    if sort is None or any(narrowed) or wish.is_mild:
        return None
    found = (each for each in products if each.get("available") and sort in _words(each))
    return next(found, None)


def one_usual(
    context: TurnContext, plain: str, wish: Slots, shown: Sequence[JsonMapping] = ()
) -> JsonMapping | None:
    """The one product that a text in normal form calls the writer's usual; None if it calls none that.

    Args:
        context: The turn.
        plain: The text.
        wish: What it names.
        shown: The products that the shop named last, of which one may be meant.
    """
    if wish.alike or not supported(["usual"], plain):
        return None
    products = bought(context)
    spoken_of = {product.get("sku") for product in shown}
    found = meant_by(plain, wish, products) or [each for each in products if each["sku"] in spoken_of]
    return found[0] if found else None


def _words(product: JsonMapping) -> set[str]:
    return {singular(word) for word in normal(str(product.get("name"))).split() if len(word) >= _SHORTEST} - FILLER
