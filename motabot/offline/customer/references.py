"""Which of the products that the shop named last a text means: "the second one", "#3", "the strongest"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from rapidfuzz import fuzz

from motabot.boundary import Json, JsonMapping
from motabot.catalog.index import singular
from motabot.catalog.vocabulary import CATEGORIES, FILLER, FLAVORS, FLOWER_TYPES
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal

_LEXICON = load_lexicon()["pointing"]
_ORDINALS = {int(n): re.compile("|".join(words)) for n, words in _LEXICON["ordinals"].items()}
_LAST, _BOTH, _MIDDLE = (re.compile("|".join(_LEXICON[name])) for name in ("last", "both", "middle"))
_EXTREMES: tuple[tuple[re.Pattern[str], str, Callable[..., Json]], ...] = (
    (re.compile("|".join(_LEXICON["strongest"])), "thc", max),
    (re.compile("|".join(_LEXICON["mildest"])), "thc", min),
    (re.compile("|".join(_LEXICON["cheapest"])), "price", min),
    (re.compile("|".join(_LEXICON["dearest"])), "price", max),
)
_ALL = re.compile(r"\b(?:both|all|them|those|these|each|amb[oa]s|l[oa]s (?:dos|tres)|tod[oa]s|es[oa]s)\b")
_ALIKE = 86.0
#: Words of products' names that several products share, and that point at none of them.
_SHARED = frozenset("pack mg gram eighth cart gummies gummy pre roll flower vape edible".split())

Product = JsonMapping


def point(text: str, shown: Sequence[Product]) -> list[Product]:
    """The products that a text points at.

    Args:
        text: The customer's words.
        shown: The products that the shop's last text named, in its order.

    Returns:
        Those that are meant, in the order shown; all of them where the text points at none in particular.
    """
    plain = normal(text.replace("#", " number "))
    numbers = {number for number, pattern in _ORDINALS.items() if pattern.search(plain)}
    if _MIDDLE.search(plain) and len(shown) == 3:
        numbers.add(2)
    if _LAST.search(plain):
        numbers.add(len(shown))
    if _BOTH.search(plain):
        numbers |= {1, 2}
    by_number = [product for number, product in enumerate(shown, 1) if number in numbers]
    return by_number or _by_name(plain, shown) or _by_kind(plain, shown) or _extreme(plain, shown) or list(shown)


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
    kinds = {*FLOWER_TYPES.all(plain), *FLAVORS.all(plain)}
    meant = [product for product in shown if _is_named(product, said) or kinds & _traits(product)]
    return meant if len(meant) < len(shown) else []


def _by_kind(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those of the kind that the text speaks of, "the vape", unless all of them are."""
    kinds = CATEGORIES.all(plain)
    meant = [product for product in shown if product.get("category") in kinds]
    return meant if len(meant) < len(shown) else []


def _is_named(product: Product, said: set[str]) -> bool:
    named = {
        singular(w) for part in ("name", "brand", "strain") for w in normal(str(product.get(part) or "")).split()
    }
    return any(
        len(word) > 2 and not word.isdigit() and any(fuzz.ratio(word, other) >= _ALIKE for other in said)
        for word in named - FILLER - _SHARED
    )


def _traits(product: Product) -> set[str]:
    return {str(product.get("flower_type") or "").title(), *(product.get("flavors") or ())}


def _extreme(plain: str, shown: Sequence[Product]) -> list[Product]:
    for pattern, figure, which in _EXTREMES:
        known = [product for product in shown if product.get(figure) is not None]
        if known and pattern.search(plain):
            return [which(known, key=lambda product: Decimal(str(product[figure])))]
    return []
