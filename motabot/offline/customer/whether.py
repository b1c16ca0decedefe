"""Questions that want a yes or a no: whether the shop has something, and whether a product is like that."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import EFFECTS, FLAVORS, FLOWER_TYPES, NEGATIVES
from motabot.offline.customer.bounds import recalled_price
from motabot.offline.customer.facts import asked
from motabot.offline.customer.results import Product, without_names
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_OPEN, _HAD, _YES_OR_NO, _WHY, _IF_SO = (
    _LEXICON.pattern(name) for name in ("open", "had", "yes_or_no", "why", "if_so")
)


def asks_whether_there(plain: str) -> bool:
    """Whether a text in normal form asks if there is something: "do you carry runtz", not "what do you have"."""
    return bool(_HAD.search(_OPEN.sub(" ; ", plain)))


def asks_if_so(plain: str) -> bool:
    """Whether a text in normal form asks if what it names is so: "is the tangie pen indica"."""
    return bool(_IF_SO.search(plain))


def asks_beside_facts(plain: str) -> bool:
    """Whether a text in normal form asks why, or whether something is true, but for no fact of the catalog."""
    return bool(_YES_OR_NO.search(plain) or _WHY.search(plain)) and not asked(plain)


def truth(plain: str, products: Sequence[Product]) -> bool | None:
    """The yes or no to a question about products that names one price, type, effect or flavor: "is it indica".

    Args:
        plain: The text in normal form.
        products: Those that are meant.

    Returns:
        None if the text asks no such thing, or the products differ. It is never a promise: what is not listed as a
        side effect may still be one.
    """
    if not products:
        return None
    if (price := recalled_price(plain)) is not None and all(each.get("price") is not None for each in products):
        return _shared({Decimal(str(each["price"])) == price for each in products})
    if not _YES_OR_NO.search(plain):
        return None
    if (size := find_size(plain)) and "size" in asked(plain):
        return any(find_size(str(each.get("name"))) == size for each in products)
    said = without_names(plain, products)
    for table, key in ((FLOWER_TYPES, "flower_type"), (EFFECTS, "effects"), (FLAVORS, "flavors")):
        names = {*table.all(said)}
        if names and not all(each.get(key) for each in products):
            return None
        if len(names) == 1:
            meant = {*table.kinds(*names)}
            return _shared({bool(meant & _values(each[key])) for each in products})
        if names:
            return None
    if unwanted := {*NEGATIVES.all(said)}:
        return all(unwanted & _values(each.get("negatives") or ()) for each in products) or None
    if "infused" in asked(plain):
        return _shared({"infused" in str(each.get("name")).casefold() for each in products})
    return None


def _shared(said: set[bool]) -> bool | None:
    return said.pop() if len(said) == 1 else None


def _values(value: object) -> set[str]:
    return {value} if isinstance(value, str) else {*map(str, value)} if isinstance(value, list | tuple) else set()
