"""Flavors and effects that products' names tell: "spicy" is also what is called cayenne."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from motabot.catalog.index import CatalogIndex
from motabot.text.normalize import normal

#: Words of products' names that tell of a flavor.
_SAY_FLAVOR: Final = {
    "Spicy": ("cayenne", "chili", "chile", "chipotle", "habanero", "jalapeno", "ginger"),
    "Mint": ("peppermint", "spearmint"),
    "Coffee": ("espresso", "cappuccino", "latte", "mocha", "macchiato", "tiramisu"),
    "Nutty": ("almond", "hazelnut", "pecan", "peanut", "nut"),
    "Citrus": ("lemon", "lime", "orange", "grapefruit", "tangerine"),
    "Tropical": ("fruit", "pineapple", "mango", "coconut", "guava"),
    "Fruit": (
        "tropical",
        "blueberry",
        "strawberry",
        "grape",
        "pineapple",
        "mango",
        "watermelon",
        "peach",
        "tangerine",
    ),
    "Berry": ("blueberry", "strawberry", "raspberry", "blackberry"),
    "Chocolate": ("cocoa", "brownie", "mocha"),
}

#: Words of products' names that tell of an effect. The names speak, and not the shop.
_SAY_EFFECT: Final = {
    "Sleepy": ("night", "nighttime", "sleep", "sleepy", "bedtime", "snooze", "dream"),
    "Relaxed": ("calm", "calming", "relax", "relaxing", "chill", "unwind"),
    "Energetic": ("energy", "energize", "daytime"),
    "Focused": ("focus",),
    "Happy": ("happy", "bliss"),
}


def told_effect(index: CatalogIndex, effect: str) -> tuple[str, ...]:
    """The names of products without a strain that tell an effect: "Night Capsules"."""
    strains = set(index.strains.spellings)
    found = (name for word in _SAY_EFFECT.get(effect, ()) for name in index.with_word(word))
    return tuple(dict.fromkeys(name for name in found if not _names_strain(name, strains)))


def _names_strain(name: str, strains: Collection[str]) -> bool:
    plain = f" {normal(name)} "
    return any(f" {strain} " in plain for strain in strains)


def named_for(index: CatalogIndex, flavor: str, said: str) -> tuple[str, ...]:
    """The names of products that tell a flavor.

    Args:
        index: The catalog's words.
        flavor: As the vocabulary has it.
        said: In the customer's word.

    Returns:
        Those with the flavor's own name or the customer's word first, then those with a word that means it.
    """
    words = (said, flavor, *_SAY_FLAVOR.get(flavor, ()))
    return tuple(dict.fromkeys(name for word in words for name in index.with_word(word.casefold())))
