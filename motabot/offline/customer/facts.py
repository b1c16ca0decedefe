"""The facts of a product that a text asks for, and those that its record does not spell out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import ROUND_HALF_UP, Decimal

from motabot.boundary import JsonObject
from motabot.catalog.sizes import find_size
from motabot.offline.customer.references import Product
from motabot.text.language import load_lexicon
from motabot.text.regex import regex

#: What a text may ask of a product, and nearby words that change what a reply states.
ASKS = {name: regex("|".join(words)) for name, words in load_lexicon()["asks"].items()}
#: Those that the reply states for each product.
TOLD = tuple(
    "infused downside price each thc cbd type effects flavor brand size count"
    " terpenes origin stock tax strain".split()
)
_PACK = regex(r"\b(\d+)-pack\b", re.IGNORECASE)
_CENT = Decimal("0.01")


def asked(plain: str) -> frozenset[str]:
    """What a text in normal form asks of a product, by name."""
    found = {name for name in TOLD if ASKS[name].search(plain)}
    if "each" in found:  # "how much per gram" does not ask for the price of the package
        found -= {"size", "count"}
    if "downside" in found and not ASKS["effects"].search(ASKS["downside"].sub(" ", plain)):
        found -= {"effects"}  # "side effects"
    if "count" in found:
        found -= {"size"}
    return frozenset(found)


def asked_spans(plain: str) -> Iterator[tuple[int, int]]:
    """Where the words stand with which a text in normal form asks for facts."""
    for name in TOLD:
        yield from (found.span() for found in ASKS[name].finditer(plain))


def without_asked(plain: str, facts: Collection[str]) -> str:
    """A text in normal form without the words that ask for some facts."""
    for name in (each for each in TOLD if each in facts):
        plain = ASKS[name].sub(" ", plain)
    return plain


def spelled_out(product: Product) -> JsonObject:
    """A product with what follows from its name and figures: `pack`, `size` and `per_gram`."""
    name = str(product.get("name"))
    pack, size, price = _PACK.search(name), find_size(name), product.get("price")
    grams = size.amount if size and size.unit == "g" and size.amount else None
    per_gram = (
        (Decimal(str(price)) / grams).quantize(_CENT, ROUND_HALF_UP) if price is not None and grams else None
    )
    return {
        **product,
        "pack": int(pack[1]) if pack else None,
        "size": str(size) if size else None,
        "per_gram": per_gram,
    }
