"""Ratios of two products: "twice the price of X", "half the weight", "three times the THC"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, products_of
from motabot.text.regex import regex

_RATIO = regex(
    r"\b(?P<factor>twice|double|half|triple|three times|(?:el )?doble|la mitad)\s(?:the |del? (?:la )?|el |la )?"
    r"(?P<measure>price|cost|weight|size|grams?|flower|thc|strength|dose|mg|precio|peso|costo)\b"
)
_FACTORS = {"half": Decimal("0.5"), "la mitad": Decimal("0.5"), "triple": Decimal(3), "three times": Decimal(3)}
_EXACTLY = regex(r"\b(?:exactly|precisely|exactamente|justo)\s$")
_ABOUT = regex(
    r"\b(?:about|almost|nearly|roughly|close to|around|just (?:under|over)|more than|less than|over|under|casi)\s$"
)
#: How far a ratio may be from the stated one, as a share of it.
_EXACT, _PLAIN, _LOOSE = Decimal("0.005"), Decimal("0.06"), Decimal("0.2")


def check_ratios(reading: DraftReading) -> Iterator[Problem]:
    """ "X is twice the price of Y" only if it is."""
    for found in _RATIO.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        before = reading.words[sentence.span.start : found.start()]
        own = products_of([one for one in sentence.mentions if one.end <= found.start()][:1])
        other = products_of([one for one in sentence.mentions if one.start >= found.end()][:1])
        if len(own) != 1 or len(other) != 1 or reading.draft.is_denied(found.start()):
            continue
        first, second = (_value(one[0], found["measure"]) for one in (own, other))
        if not first or not second or reading.text(sentence).rstrip().endswith("?"):
            continue
        factor = _FACTORS.get(found["factor"], Decimal(2))
        margin = _EXACT if _EXACTLY.search(before) else _LOOSE if _ABOUT.search(before) else _PLAIN
        if abs(first / second / factor - 1) > margin:
            excerpt = reading.draft.excerpt(*found.span())
            yield Problem(
                "rank", excerpt, f'"{excerpt}" is not right: it is {first:f} against {second:f}. Correct it.'
            )


def _value(one: Product, measure: str) -> Decimal | None:
    if measure.startswith(("p", "c")) and measure != "peso":
        return one.price
    if measure in ("thc", "strength", "dose", "mg"):
        return one.thc if one.thc is not None else one.milligrams
    return one.grams
