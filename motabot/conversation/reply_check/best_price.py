"""The lowest or highest price that a sentence gives without naming a product: "the cheapest eighth is $22.00"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.words import is_size, product_words
from motabot.text.regex import regex

_LOWEST = regex(r"\b(?:cheapest|lowest|least expensive|most affordable|mas (?:barat|economic)[oa]s?)\b")
_HIGHEST = regex(r"\b(?:priciest|most expensive|highest[- ]priced?|mas car[oa]s?)\b")


def best_prices(reading: DraftReading, words: str) -> Iterator[Decimal]:
    """The price of the "cheapest" or "priciest" among the products looked up, and among those of a named size."""
    best = _which(words)
    if best is None:
        return
    sizes = [None, *(word for word in product_words(words) if is_size(word))]
    for size in sizes:
        prices = [
            one.price for one in reading.shown if one.price is not None and (size is None or size in one.words)
        ]
        yield from [best(prices)] if prices else []


def _which(words: str) -> Callable[[list[Decimal]], Decimal] | None:
    if _LOWEST.search(words):
        return min
    return max if _HIGHEST.search(words) else None
