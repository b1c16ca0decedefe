"""What the shop told of in the last turns, one reply after the other, and which of it a text speaks of.

This is the state of a conversation about products. It is read back from the tool calls that are kept with each
turn, so that nothing else has to be stored. "It" means what was told of last; "both" and "which one" mean things
that may have been told of in several replies: "and a gelato cart?", "which one hits harder", "how much for both".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from motabot.boundary import JsonObject
from motabot.customers.context import TurnContext
from motabot.customers.records import Lookup
from motabot.offline.customer.results import PURCHASES, SHOWN, Product, once, products_of
from motabot.text.number_words import number_words
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_TWO, _THREE, _COMPARES = (_LEXICON.pattern(name) for name in ("two", "three", "compares"))
_FIRST_TWO, _THEY, _EACH, _TOGETHER = map(_LEXICON.pattern, "first_two they each together".split())
#: For how many turns a customer may return to what was told of.
_REMEMBERED = 5
_SEVERAL = 2
_NUMBERS = {"2": 2, "3": 3, **number_words(1, 3)}


def last_products(context: TurnContext) -> list[JsonObject]:
    """The products that the shop named last, in its order, whatever the conversation was about since."""
    return next(_replies(context), [])


def last_list(context: TurnContext) -> list[JsonObject]:
    """The last several products that the shop named in one text, in its order."""
    return next((told for told in _replies(context) if len(told) > 1), [])


def counted(plain: str) -> int | None:
    """How many things a text in normal form speaks of together: "both", "those 3"; None if it does not say."""
    if _FIRST_TWO.search(plain):
        return None
    return _SEVERAL if _TWO.search(plain) else _SEVERAL + 1 if _THREE.search(plain) else None


def compares(plain: str) -> bool:
    """Whether a text in normal form compares things that it does not name: "which one hits harder"."""
    return bool(_COMPARES.search(plain))


def of_each(plain: str) -> int | None:
    """How many of each thing told of a text in normal form speaks of: "one of each"; None if it does not."""
    found = _EACH.search(plain)
    said = next(filter(None, found.groups()), "") if found else ""
    return _NUMBERS.get(said, 1) if found else None


def spoken_of(context: TurnContext, plain: str) -> Sequence[Product]:
    """The several things that a text in normal form speaks of, if the last reply alone did not name them.

    Args:
        context: The turn.
        plain: The text: "how much for both", "which one hits harder", "do they both make me sleepy".
    """
    shown = last_products(context)
    number = counted(plain)
    if number is not None:
        return [] if len(shown) == number else gathered(context, number)
    if len(shown) != 1:
        return []
    if compares(plain) or of_each(plain) or _TOGETHER.search(plain):
        return gathered(context)
    return _compared(context, shown[0]) if _THEY.search(plain) else []


def gathered(context: TurnContext, number: int | None = None) -> list[JsonObject]:
    """The last things told of in the order of their replies: so many of them, or else the last that are several.

    Args:
        context: The turn.
        number: How many. If no number of last replies told of just as many, there are none: any choice would be a
            guess.
    """
    found: list[JsonObject] = []
    for told in _replies(context):
        whole = once([*told, *found])
        if number is not None and len(whole) > number:
            return []
        if len(whole) == number or (number is None and len(whole) >= _SEVERAL):
            is_of_list = len(told) > 1 and not any(each in told for each in found)
            return [*told[: SHOWN - len(found)], *found] if number is None and found and is_of_list else whole
        found = whole
    return []


def _compared(context: TurnContext, last: Product) -> list[JsonObject]:
    """The two that were compared before the last reply chose one of them."""
    calls = (*context.last_shown, *context.earlier)
    told = last_list(context)
    looked_at = [each for each in calls if any(product in products_of(each.result) for product in told)]
    is_choice = len(told) == _SEVERAL and any(each.get("sku") == last.get("sku") for each in told)
    return told if is_choice and all(each.tool == "show_product" for each in looked_at) else []


def _replies(context: TurnContext) -> Iterator[list[JsonObject]]:
    """The products that each of the last replies named, in its order; the latest reply first."""
    yield from filter(None, (told_at(context, ago) for ago in range(1, _REMEMBERED + 1)))


def told_at(context: TurnContext, ago: int) -> list[JsonObject]:
    """The products that the shop named so many turns ago, in its order."""
    calls = [each for each in (*context.last_shown, *context.earlier) if each.turns_ago == ago]
    looked_up = [product for call in calls for product in _told_by(call) if product.get("name")]
    texts = context.replies[::-1][ago - 1 :]
    said = next((text for text in texts if any(product["name"] in text for product in looked_up)), "")
    named = {product["name"]: product for product in looked_up if product["name"] in said}
    return sorted(named.values(), key=lambda product: said.index(product["name"])) or looked_up[:SHOWN]


def _told_by(call: Lookup) -> list[JsonObject]:
    """The products in an earlier call's result, including those of a sum."""
    if isinstance(call.result, dict) and isinstance(call.result.get("lines"), list):
        return [line for line in call.result["lines"] if isinstance(line, dict)]
    if call.tool == PURCHASES and isinstance(call.result, dict):
        items = [item for visit in call.result.get("visits") or () for item in visit.get("items") or ()]
        bought = {item["sku"]: {**item, "price": item.get("unit_price")} for item in items if item.get("sku")}
        return list(bought.values())
    return products_of(call.result)
