"""What a text asks about the sizes of what was shown: other sizes of it, or which is cheaper in one size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motabot.catalog.sizes import find_size
from motabot.offline.customer.moves import Move, asks_which, wants_other_sizes
from motabot.offline.customer.relative import directions
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import Slots
from motabot.text.normalize import normal

_SEVERAL = 2


def resized(plain: str, told: Sequence[Product], wish: Slots, move: Move) -> tuple[Request, ...]:
    """The sizes of what a text means: "do you have it bigger", "what sizes".

    Args:
        plain: The text in normal form.
        told: The products that it means.
        wish: What it wants, read as one wish.
        move: What it asks of them.
    """
    strains = {_strain(product) for product in told}
    if not told or not wants_other_sizes(plain) or len(strains) != 1 or not all(strains):
        return ()
    if move.pointed:  # "the bigger one" of two
        return ()
    if wish.knows_names or (wish.category and wish.category != told[0].get("category")):
        return ()
    [strain], kinds = strains, {product.get("category") for product in told}
    kind = kinds.pop() if len(kinds) == 1 else None
    sizes = Slots(query=strain, names=(strain,), knows_names=True, category=kind, sort="price_low")
    size = find_size(str(told[0].get("name"))) if len(told) == 1 else None
    if size and "bigger" in (ways := directions(plain)):
        sizes = replace(sizes, more_than=size.amount, relative="bigger")
    elif size and "smaller" in ways:
        sizes = replace(sizes, less_than=size.amount, relative="smaller")
    return (Request("search", plain, sizes),)


def compared(plain: str, shown: Sequence[Product], wish: Slots) -> tuple[Request, ...]:
    """The strains shown in the size that a text compares them in: "which is cheaper for 3.5"."""
    names = tuple(dict.fromkeys(map(_strain, shown)))
    if len(names) < _SEVERAL or not all(names) or not wish.size or wish.knows_names or not asks_which(plain):
        return ()
    query = " ".join((*names, wish.size))
    in_size = Slots(query=query, names=names, knows_names=True, category=wish.category or "Flower", size=wish.size)
    return (Request("search", plain, in_size),)


def is_one_thing(told: Sequence[Product]) -> bool:
    """Whether products are sizes of one thing."""
    return len({(each.get("strain"), each.get("category")) for each in told}) == 1 and bool(told[0].get("strain"))


def _strain(product: Product) -> str:
    return normal(str(product.get("strain") or ""))
