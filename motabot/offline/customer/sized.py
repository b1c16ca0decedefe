"""What a text asks about the sizes of what was shown: other sizes of it, or which is cheaper in one size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motabot.catalog.sizes import find_size
from motabot.catalog.sort_words import SORTS
from motabot.offline.customer import follow_ups, referents
from motabot.offline.customer.moves import Move, asks_which, wants_other_sizes
from motabot.offline.customer.relative import directions
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import Slots
from motabot.text.normalize import normal
from motabot.text.regex import regex

_SEVERAL = 2
#: Parts what a text compares: "an eighth a better deal than grams".
_BESIDE = regex(r"\b(?:than|or|vs|versus|que|o|over|instead of|and)\b")
_THAN = regex(r"\b(?:than|vs|versus|compared)\b")
_PER_GRAM = regex(r"\b(?:per|by the|por) (?:gram|g|gramo)\b")
#: Grams by themselves: "than buying grams", "by the gram".
_BARE_GRAMS = regex(r"(?<!\d)(?<!\d )\bgra?m(?:o)?s\b")
#: Facts that differ from one size to another, beside the price that any list tells.
_OF_PACKAGE = frozenset(("each", "count"))


def asked(plain: str, told: Sequence[Product], wish: Slots, move: Move) -> tuple[Request, ...]:
    """What a text asks about the sizes of what it means: two that it compares, one, or any other.

    Args:
        plain: The text in normal form.
        told: The products that it means.
        wish: What it wants, read as one wish.
        move: What it asks of them.
    """
    one = () if wish.knows_names or not told else _of_sizes(plain, told) or _of_size(plain, told, wish, move)
    return one or _resized(plain, told, wish, move)


def _resized(plain: str, told: Sequence[Product], wish: Slots, move: Move) -> tuple[Request, ...]:
    """Other sizes: "do you have it bigger", "the smallest you have"."""
    strains, kinds = {_strain(product) for product in told}, {product.get("category") for product in told}
    order = follow_ups.extreme_size(plain)
    if not told or not (order or wants_other_sizes(plain)) or len(strains) != 1 or not all(strains):
        return ()
    if move.pointed and not (order and len(kinds) == 1) and "sizes" not in plain:  # "the bigger one" of two
        return ()
    if wish.knows_names or (wish.category and wish.category != told[0].get("category")):
        return ()
    [strain], kind = strains, kinds.pop() if len(kinds) == 1 else None
    sizes = Slots(query=strain, names=(strain,), knows_names=True, category=kind, sort=order or "price_low")
    size = find_size(str(told[0].get("name"))) if len(told) == 1 else None
    if size and "bigger" in (ways := directions(plain)):
        sizes = replace(sizes, more_than=size.amount, relative="bigger")
    elif size and "smaller" in ways and order is None:
        sizes = replace(sizes, less_than=size.amount, relative="smaller")
    return (Request("search", plain, sizes, only_first=order is not None),)


def _of_sizes(plain: str, told: Sequence[Product]) -> tuple[Request, ...]:
    """Two sizes that are compared: "is an eighth a better deal than buying grams"."""
    parts = (_BARE_GRAMS.sub(" 1g", part) for part in _BESIDE.split(_PER_GRAM.sub(" ", plain)))
    sizes = tuple(dict.fromkeys(str(size) for part in parts if (size := find_size(part))))
    if len(sizes) == 1 and len(told) == 1 and _THAN.search(plain):  # "is that cheaper than an eighth"
        sizes = tuple(dict.fromkeys((str(find_size(str(told[0].get("name")))), *sizes)))
    if len(sizes) != _SEVERAL or not is_one_thing(told):
        return ()
    asks = frozenset({"price", "each"})
    wishes = (in_size(told[0], size) for size in sizes)
    return tuple(Request("search", plain, each, number=n, asks=asks) for n, each in enumerate(wishes))


def _of_size(plain: str, told: Sequence[Product], wish: Slots, move: Move) -> tuple[Request, ...]:
    """A size of the one thing that is meant, of the same kind: "how much for a quarter of the first one"."""
    if wish.size is None or not is_one_thing(told) or not _is_bare(wish, told):
        return ()
    is_of_others = wish.sort or directions(plain) - {"bigger", "smaller"}
    if is_of_others and not _THAN.search(plain):  # "any cheaper zips", "y en octavo el mas barato"
        return ()
    if same := [each for each in told if str(find_size(str(each.get("name")))) == wish.size]:
        asks = move.facts - {"size", "stock"} or {"price"}
        return (Request("follow_up", plain, meant=tuple(same), asks=frozenset(asks)),)
    return (Request("search", plain, in_size(told[0], wish.size), asks=move.facts & _OF_PACKAGE),)


def in_size(product: Product, size: str) -> Slots:
    """A product in another size of the same kind."""
    strain, category = _strain(product), str(product.get("category"))
    sort = _sort(product)
    query = f"{strain} {sort} {size}" if sort else f"{strain} {size}"
    return Slots(query, (strain,), knows_names=True, category=category, kind=sort, size=size)


def _is_bare(wish: Slots, told: Sequence[Product]) -> bool:
    """Whether a wish names a size, and nothing that what was shown is not."""
    left = replace(wish, query="", size=None, category=None, kind=None, sort=None, names=(), unknown=())
    is_same_kind = wish.category in {None, told[0].get("category")}
    return left == Slots() and is_same_kind and not wish.names


def compared(plain: str, shown: Sequence[Product], wish: Slots) -> tuple[Request, ...]:
    """The strains shown in the size that a text compares them in: "which is cheaper for 3.5"."""
    names = tuple(dict.fromkeys(map(_strain, shown)))
    if len(names) < _SEVERAL or not all(names) or not wish.size or wish.knows_names or not _chooses(plain):
        return ()
    query = " ".join((*names, wish.size))
    in_size = Slots(query=query, names=names, knows_names=True, category=wish.category or "Flower", size=wish.size)
    return (Request("search", plain, in_size),)


def _chooses(plain: str) -> bool:
    """Whether a text in normal form chooses among things: "which is cheaper", "cheapest out of those 3"."""
    return asks_which(plain) or referents.counted(plain) is not None


def asks_per_gram(plain: str) -> bool:
    """Whether a text in normal form asks for the price by the gram: "whats that come to per gram"."""
    return bool(_PER_GRAM.search(plain))


def is_one_thing(told: Sequence[Product]) -> bool:
    """Whether products are sizes of one thing: a pen and a cartridge of one strain are two."""
    forms = {(each.get("strain"), each.get("category"), _form(each)) for each in told}
    return len(forms) == 1 and bool(told[0].get("strain"))


def _form(product: Product) -> tuple[str | None, bool]:
    return _sort(product), "infused" in normal(str(product.get("name")))


def _sort(product: Product) -> str | None:
    """The sort of a product by its name without its strain: Girl Scout Cookies are no cookies."""
    return SORTS.first(normal(str(product.get("name"))).replace(_strain(product), " "))


def _strain(product: Product) -> str:
    return normal(str(product.get("strain") or ""))
