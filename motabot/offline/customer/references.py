"""Which of the products that the shop named last a text means: "the second one", "#3", "the strongest"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from rapidfuzz import fuzz

from motabot.boundary import Json, JsonMapping
from motabot.catalog.filler import FILLER
from motabot.catalog.index import singular
from motabot.catalog.sizes import find_size
from motabot.catalog.sort_words import SORT_NAMES, SORTS
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.offline.customer.bounds import recalled_price
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon, Pattern
from motabot.text.regex import regex

_LEXICON = load_lexicon()["pointing"]
_ORDINALS = {int(n): regex("|".join(words)) for n, words in _LEXICON["ordinals"].items()}
_LAST, _BOTH, _FIRST_TWO, _MIDDLE = (
    regex("|".join(_LEXICON[name])) for name in ("last", "both", "first_two", "middle")
)
_PAIR = 2
_FORMS = Lexicon(Path(__file__).with_name("moves.toml"))
_FIGURE, _BIGGER, _SMALLER = (_FORMS.pattern(name) for name in ("figure", "bigger", "smaller"))
_PACKS, _MOST_CBD, _MOST_THC, _VALUE = (
    _FORMS.pattern(name) for name in ("packs", "most_cbd", "most_thc", "value")
)
_EXTREMES: tuple[tuple[re.Pattern[str] | Pattern, str, Callable[..., Json]], ...] = (
    (_VALUE, "value", min),
    (_MOST_CBD, "cbd", max),
    (_MOST_THC, "thc", max),
    (regex("|".join(_LEXICON["strongest"])), "thc", max),
    (regex("|".join(_LEXICON["mildest"])), "thc", min),
    (regex("|".join(_LEXICON["cheapest"])), "price", min),
    (regex("|".join(_LEXICON["dearest"])), "price", max),
)
_PLAIN_ONE = regex(
    r"\b(?:regular|plain|normal|non infused|not infused|uninfused|not the infused|sin infusionar)\b"
)
_MONEY = frozenset(("dollar", "dollars", "buck", "bucks", "dolares"))
_UNITS = {
    **dict.fromkeys(("mgs", "milligram", "milligrams", "miligramo", "miligramos"), "mg"),
    **dict.fromkeys(("gs", "gram", "grams", "gramo", "gramos"), "g"),
}
_ALL = regex(r"\b(?:both|all|them|those|these|each|amb[oa]s|l[oa]s (?:dos|tres)|tod[oa]s|es[oa]s)\b")
_ALIKE = 86.0
#: "Cheaper per gram" does not mean a package of one gram.
_PER_UNIT = regex("|".join(load_lexicon()["asks"]["each"]))
#: Words of names that many products share, so that they identify none.
_SHARED = frozenset("pack mg gram eighth cart cartridge gummies gummy pre roll flower vape edible cbd thc".split())

Product = JsonMapping


def point(text: str, shown: Sequence[Product]) -> list[Product]:
    """The products that a text points at.

    Args:
        text: The customer's words.
        shown: The products that the shop's last text named, in its order.

    Returns:
        Those that are meant, in the order shown; all of them if the text points at none in particular.
    """
    return pointed_at(text, shown) or list(shown)


def pointed_at(text: str, shown: Sequence[Product]) -> list[Product]:
    """The products that a text points at; none if it points at none in particular or at all of them."""
    plain = normal(text.replace("#", " number "))
    numbers = {number for number, pattern in _ORDINALS.items() if pattern.search(plain)}
    if _MIDDLE.search(plain) and len(shown) == 3:
        numbers.add(2)
    if _LAST.search(plain):
        numbers.add(len(shown))
    if _FIRST_TWO.search(plain) or (_BOTH.search(plain) and len(shown) == _PAIR):
        numbers |= {1, 2}
    by_number = [product for number, product in enumerate(shown, 1) if number in numbers]
    ways = (_by_plainness, _by_figure, _by_pack, _by_name, _by_kind, _extreme, _by_size)
    return by_number or next(filter(None, (way(plain, shown) for way in ways)), [])


def without_pointing(plain: str) -> str:
    """A text in normal form without the words that point at one of several products."""
    extremes = (pattern for pattern, _, _ in _EXTREMES)
    pointing: tuple[re.Pattern[str] | Pattern, ...] = (
        _PACKS,
        *_ORDINALS.values(),
        _LAST,
        _BOTH,
        _FIRST_TWO,
        _MIDDLE,
        *extremes,
    )
    for pattern in (*pointing, _FIGURE, _BIGGER, _SMALLER, _PLAIN_ONE):
        plain = pattern.sub(" ", plain)
    return plain


def without_ordinals(plain: str) -> str:
    """A text in normal form without the words that point at a place in a list: "the first one"."""
    for pattern in (*_ORDINALS.values(), _LAST):
        plain = pattern.sub(" ", plain)
    return plain


def named_words(product: Product) -> set[str]:
    """The words by which a text may mean a product: those of its name, kind, type and taste."""
    parts = ("name", "brand", "strain", "flower_type")
    words = {word for part in parts for word in normal(str(product.get(part) or "")).split()}
    kind = str(product.get("category") or "")
    words |= {word for phrase in (*CATEGORIES.words.get(kind, ()), kind) for word in normal(phrase).split()}
    return (
        words
        | {singular(word) for word in words}
        | {word for each in product.get("flavors") or () for word in normal(str(each)).split()}
    )


def points_by_number(text: str) -> bool:
    """Whether a text means a product by its place in a list: "the first one"."""
    plain = normal(text.replace("#", " number "))
    return any(pattern.search(plain) for pattern in (*_ORDINALS.values(), _LAST, _MIDDLE))


def points_at_all(text: str) -> bool:
    """Whether a text means all the products that were shown: "both", "those"."""
    return bool(_ALL.search(normal(text)))


def _by_name(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those whose name, brand, flavor or type the text speaks of, unless that is true of all of them."""
    said = {singular(word) for word in plain.split()} - FILLER - _SHARED
    types = FLOWER_TYPES.all(plain)
    kinds = {*(types if len({*types}) == 1 else ()), *FLAVORS.all(plain), *EFFECTS.all(plain)}
    meant = [product for product in shown if _is_named(product, said) or kinds & _traits(product)]
    return meant if len(meant) < len(shown) else []


def _by_kind(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those of the kind that the text speaks of, "the vape", unless all of them are."""
    if sort := SORTS.first(plain):  # a cart is not a pen, though both are vapes
        words = {sort, *SORT_NAMES.get(sort, ())}
        named = [
            each for each in shown if words & {singular(word) for word in normal(str(each.get("name"))).split()}
        ]
        if named:
            return named if len(named) < len(shown) else []
    kinds = CATEGORIES.all(plain)
    meant = [product for product in shown if product.get("category") in kinds]
    return meant if len(meant) < len(shown) else []


def _is_named(product: Product, said: set[str]) -> bool:
    named = {
        singular(w) for part in ("name", "brand", "strain") for w in normal(str(product.get(part) or "")).split()
    }
    return any(
        len(word) > 1 and not word.isdigit() and any(fuzz.ratio(word, other) >= _ALIKE for other in said)
        for word in named - FILLER - _SHARED
    )


def _by_figure(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those of the price, the size or the strength that the text speaks of: "the 100mg one", "the $18 one"."""
    for found in _FIGURE.finditer(plain):
        figure, unit = next(
            (Decimal(found[n]), found[n + 1] or "") for n in range(1, len(found.groups()), 2) if found[n]
        )
        meant = [product for product in shown if _has_figure(product, figure, unit)]
        if meant and len(meant) < len(shown):
            return meant
    meant = named_by_price(plain, shown)
    if meant and len(meant) < len(shown):
        return meant
    if size := find_size(_PER_UNIT.sub(" ", plain)):
        meant = [product for product in shown if find_size(str(product.get("name"))) == size]
        return meant if len(meant) < len(shown) else []
    return []


def named_by_price(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those of the price that a text in normal form asks about: "is it still 29.50"."""
    price = recalled_price(plain)
    return [each for each in shown if price and each.get("price") and Decimal(str(each["price"])) == price]


def _has_figure(product: Product, figure: Decimal, unit: str) -> bool:
    if unit == "pack":
        return f"{figure.normalize():f}-pack" in str(product.get("name")).casefold()
    size = find_size(str(product.get("name")))
    same_size = size is not None and size.amount == figure and (not unit or size.unit == _UNITS.get(unit, unit))
    if unit in _MONEY or not unit:
        price = product.get("price")
        if price is not None and int(Decimal(str(price))) == figure:
            return True
    return same_size and unit not in _MONEY


def _by_plainness(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those that are not infused, where others are: "the regular one"."""
    bare = [product for product in shown if "infused" not in str(product.get("name")).casefold()]
    return bare if _PLAIN_ONE.search(plain) and len(bare) < len(shown) else []


def _by_pack(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those that come in packs, if others do not."""
    packs = [product for product in shown if "-pack" in str(product.get("name")).casefold()]
    return packs if _PACKS.search(plain) and len(packs) < len(shown) else []


def _by_size(plain: str, shown: Sequence[Product]) -> list[Product]:
    """The biggest or the smallest package."""
    for pattern, which in ((_BIGGER, max), (_SMALLER, min)):
        sized = {n: size for n, each in enumerate(shown) if (size := find_size(str(each.get("name"))))}
        if pattern.search(plain) and sized and len({size.unit for size in sized.values()}) == 1:
            best = which(size.amount for size in sized.values())
            meant = [shown[n] for n, size in sized.items() if size.amount == best]
            return meant if len(meant) < len(shown) else []
    return []


def _traits(product: Product) -> set[str]:
    told = (*(product.get("flavors") or ()), *(product.get("effects") or ()))
    return {str(product.get("flower_type") or "").title(), *told}


def _extreme(plain: str, shown: Sequence[Product]) -> list[Product]:
    if len(shown) == 1:  # "whats cheaper" than the one that was told
        return []
    for pattern, name, which in _EXTREMES:
        if pattern.search(plain):
            known = {n: figure for n, each in enumerate(shown) if (figure := _figure(each, name)) is not None}
            best = which(known.values()) if known else None
            return [shown[n] for n, figure in known.items() if figure == best]
    return []


def _figure(product: Product, name: str) -> Decimal | None:
    """A figure of a product; its `value` is the price of a gram, or else of a milligram of THC."""
    if name != "value":
        return None if product.get(name) is None else Decimal(str(product[name]))
    price, amount = product.get("price"), product.get("grams") or product.get("mg")
    return Decimal(str(price)) / Decimal(str(amount)) if price is not None and amount else None
