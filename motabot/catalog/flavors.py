"""Flavors that products' names tell: "spicy" is also what is called cayenne."""

from __future__ import annotations

from typing import Final

from motabot.catalog.index import CatalogIndex

#: Words of products' names that tell of a flavor.
_SAY_FLAVOR: Final = {
    "Spicy": ("cayenne", "chili", "chile", "chipotle", "habanero", "jalapeno", "ginger"),
    "Mint": ("peppermint", "spearmint"),
    "Coffee": ("espresso", "cappuccino", "latte", "mocha", "macchiato", "tiramisu"),
    "Nutty": ("almond", "hazelnut", "pecan", "peanut", "nut"),
    "Citrus": ("lemon", "lime", "orange", "grapefruit", "tangerine"),
    "Tropical": ("fruit", "pineapple", "mango", "coconut", "guava"),
    "Berry": ("blueberry", "strawberry", "raspberry", "blackberry"),
    "Chocolate": ("cocoa", "brownie", "mocha"),
}


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
