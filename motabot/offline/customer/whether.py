"""Questions that want a yes or a no: whether the shop has something, and whether a product is like that."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import EFFECTS, FLOWER_TYPES
from motabot.offline.customer.facts import asked
from motabot.offline.customer.results import Product
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_STILL_AT = _LEXICON.pattern("still_at")
_OPEN, _HAD, _YES_OR_NO, _WHY = (_LEXICON.pattern(name) for name in ("open", "had", "yes_or_no", "why"))


def asks_whether_there(plain: str) -> bool:
    """Whether a text in normal form asks if there is something: "do you carry runtz", not "what do you have"."""
    return bool(_HAD.search(_OPEN.sub(" ; ", plain)))


def asks_beside_facts(plain: str) -> bool:
    """Whether a text in normal form asks why, or whether something is true, but for no fact of the catalog."""
    return bool(_YES_OR_NO.search(plain) or _WHY.search(plain)) and not asked(plain)


def truth(plain: str, products: Sequence[Product]) -> bool | None:
    """The yes or no to a question about products, if it names one type or effect: "is it indica".

    Args:
        plain: The text in normal form.
        products: Those that are meant.

    Returns:
        None if the text asks no such thing, or the products differ.
    """
    if not products or not _YES_OR_NO.search(plain):
        return None
    if figure := _STILL_AT.search(plain):
        price = Decimal(f"{figure[1]}.{figure[2] or 0}")
        return all(each.get("price") is not None and Decimal(str(each["price"])) == price for each in products)
    if (size := find_size(plain)) and "size" in asked(plain):
        return any(find_size(str(each.get("name"))) == size for each in products)
    types, effects = FLOWER_TYPES.all(plain), EFFECTS.all(plain)
    if len(types) == 1 and not effects and all(each.get("flower_type") for each in products):
        said = {str(each["flower_type"]) in types for each in products}
    elif len(effects) == 1 and not types and all(each.get("effects") for each in products):
        said = {bool({*effects} & {*each["effects"]}) for each in products}
    elif "infused" in asked(plain):
        said = {"infused" in str(each.get("name")).casefold() for each in products}
    else:
        return None
    return said.pop() if len(said) == 1 else None
