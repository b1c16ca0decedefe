"""Words by which a text calls a product: sizes, kinds and short forms in one spelling, English and Spanish."""

from __future__ import annotations

import re

from motabot.conversation.reply_check.vocabulary import stem
from motabot.text.regex import regex

#: A word of a text: its usual spelling and its place.
Word = tuple[str, int, int]

_WORD = regex(
    r"\d+(?:\.\d+)?\s?(?:mg|g|ml|milligrams?|grams?|gramos?|miligramos?)\b"
    r"|1/8(?:th)?\b|1/4\b|1/2\s?(?:oz|ounce)\b"
    r"|\d+\.\d+"
    r"|half[- ](?:ounce|oz)\b|media onza\b|pre[- ]?rolls?\b"
    r"|#?[a-z0-9]+(?:'[a-z]+)?"
)
_LISTED_SIZES = regex(
    r"(?:,\s?\d+(?:\.\d+)?)*,?\s(?:and|or|y|o|&)\s\d+(?:\.\d+)?[\s-]?(?P<unit>mg|g|milligrams?|grams?|gramos?)\b"
)
#: "$25 over 3.5" is the price of an eighth.
_OF_SIZE = regex(r"(?:/|\b(?:over|for|the|of|an?|each|per|por|el|la|del|de))\s?$")
_HAS_PRICE = regex(r"\s(?:for|at|is|costs|por|a|es)\s\$")
_THE_ONLY = regex(r"(?<!by )(?<!per )(?<!por )\b(?:the|el) (?:full |single |one )?$")
_OTHER_UNIT = regex(r"\s?(?:%|mg|k?g\b|stars?|out of|/|points?|percent|hours?|days?|-|\d|\.\d)")
_SIZES = {
    "eighth": "3.5g",
    "1/8": "3.5g",
    "1/8th": "3.5g",
    "octavo": "3.5g",
    "quarter": "7g",
    "1/4": "7g",
    "cuarto": "7g",
    "half ounce": "14g",
    "half-ounce": "14g",
    "half oz": "14g",
    "half-oz": "14g",
    "media onza": "14g",
    "1/2 oz": "14g",
    "1/2 ounce": "14g",
    "ounce": "28g",
    "oz": "28g",
    "onza": "28g",
    "zip": "28g",
}
_SHORT = {
    "cart": "cartridge",
    "cartucho": "cartridge",
    "preroll": "pre-roll",
    "pre-roll": "pre-roll",
    "pre roll": "pre-roll",
    "joint": "pre-roll",
    "porro": "pre-roll",
    "vaporizador": "vape",
    "pluma": "pen",
    "flor": "flower",
    "trufa": "truffle",
    "galleta": "cookie",
    "cooky": "cookie",
    "browny": "brownie",
    "gomita": "gummy",
    "barra": "bar",
    "barrita": "bar",
    "dona": "donut",
    "rosquilla": "donut",
    "refresco": "soda",
    "capsula": "capsule",
    "te": "tea",
    "caramelo": "caramel",
    "nuez": "nut",
    "nueces": "nut",
    "comestible": "edible",
    "paquete": "pack",
    "menta": "mint",
    "jengibre": "ginger",
    "noche": "night",
    "gdp": "granddaddy purple",
    "gg4": "gorilla glue #4",
    "gsc": "girl scout cookie",
    "sativas": "sativa",
    "hibrida": "hybrid",
    "hibrido": "hybrid",
}
_METRIC = regex(r"(\d+(?:\.\d+)?)\s?(mg|milligram|miligramo|g|gram|gramo|ml)")

#: Words for kind, size and packaging: they describe a product and do not name one.
GENERIC = frozenset(
    """
    flower vape vapes cartridge pen pre-roll edible concentrate tincture topical gummy bar pack infused oil shatter
    wax cookie brownie chocolate capsule soda tea drink indica sativa hybrid 5 2 3 10 mini the of a
    """.split()
)

#: Words that name a kind of product, and may mean the products of that kind.
KINDS = frozenset(
    "flower vape cartridge pen pre-roll edible concentrate gummy shatter cookie brownie capsule soda tea".split()
)


def words_in(folded: str) -> list[Word]:
    """The words of a folded text in their usual spelling, with their places."""
    return [
        (word, match.start(), match.end())
        for match in _WORD.finditer(folded)
        for word in _usual(_size_meant(folded, match) or match[0] + _unit_ahead(folded, match)).split()
    ]


def _size_meant(folded: str, match: re.Match[str]) -> str | None:
    """The size of "the gram", which is one gram; "by the gram" names none."""
    is_gram = match[0] in ("gram", "gramo") and _THE_ONLY.search(folded, max(0, match.start() - 16), match.start())
    return "1g" if is_gram else None


def _unit_ahead(folded: str, match: re.Match[str]) -> str:
    """The unit of a number in a list of sizes that names it once: "1, 3.5 and 7 grams"."""
    if not match[0][0].isdigit() or not match[0].replace(".", "").isdigit():
        return ""
    if found := _LISTED_SIZES.match(folded, match.end()):
        return found["unit"]
    is_eighth = match[0] == "3.5" and (
        _OF_SIZE.search(folded, max(0, match.start() - 12), match.start()) or _HAS_PRICE.match(folded, match.end())
    )
    return "g" if is_eighth and not _OTHER_UNIT.match(folded, match.end()) else ""


def product_words(folded: str) -> tuple[str, ...]:
    """The same, without places."""
    return tuple(word for word, _, _ in words_in(folded))


def is_size(word: str) -> bool:
    """Whether a word in its usual spelling is a weight or a dose."""
    return bool(re.fullmatch(r"\d+(?:\.\d+)?(?:g|mg|ml)", word))


def _usual(written: str) -> str:
    if written in _SIZES:
        return _SIZES[written]
    if metric := _METRIC.match(written):
        number = metric[1].rstrip("0").rstrip(".") if "." in metric[1] else metric[1]
        unit = {"milligram": "mg", "miligramo": "mg", "gram": "g", "gramo": "g"}.get(metric[2], metric[2])
        return f"{number}{unit}"
    word = stem(written)
    return _SHORT.get(word) or _SHORT.get(written) or _SIZES.get(word) or word
