"""What sizes mean after what was shown: "a half" of a cart is half a gram, and "the 28" is an ounce."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from motabot.catalog.index import CatalogIndex
from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.spanish_names import in_catalogs_words
from motabot.text.normalize import normal, spell_fractions
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_FORMS = Lexicon(Path(__file__).with_name("moves.toml"))
_BARE_SIZE, _FULL_ONE, _HALF_ONE, _LESS_THAN = (
    regex(_FORMS.pattern(name).pattern, re.IGNORECASE)
    for name in ("bare_size", "full_one", "half_one", "less_than")
)
#: "3.5" is an eighth, whatever the context.
_EIGHTH = regex(
    r"(?<![\d$.])3\.5s?\b(?![.\d]|\s*(?:g|gr|grams?|mg|%|percent|stars?|dollars?|bucks?|oz|miles?)\b|%)",
    re.IGNORECASE,
)
#: "A quarter of that" is a package, of flower.
_PART_OF_IT = regex(
    r"\b(quarter|half)s? of (?=(?:it|that|this|those|them|the (?:\w+ one|first|second|third|last))\b)",
    re.IGNORECASE,
)
_HALF_THE_SIZE = regex(r"(?<!a )\bhalf (?:that|as much|the size|of that size)\b|\bla mitad\b", re.IGNORECASE)
#: Fractions in digits, and their names.
_FRACTIONS = (
    (regex(r"(?<![\d/])1/8(?:th)?s?\b(?: ?(?:of an? )?(?:oz|ounce)\b)?", re.IGNORECASE), "eighth"),
    (regex(r"(?<![\d/])1/4(?:th)?s?\b(?: ?(?:of an? )?(?:oz|ounce|zip)\b)?", re.IGNORECASE), "quarter"),
    (
        regex(r"(?<![\d/])1/2 ?(?:an? )?(?=(?:g|gr|grams?|oz|ounces?|zip|gramos?)\b)", re.IGNORECASE),
        "half ",
    ),
    (regex(r"(?<![\d/])3/4 ?(?:of an? )?(?=(?:oz|ounces?|zip)\b)", re.IGNORECASE), "0.75 "),
)
#: "3 1/2 g" and "3 and a half grams".
_MIXED = regex(
    r"(?<![\d/.])(\d{1,2})(?: (1/[248]|3/4)| and an? (half|quarter)) ?(?=(?:g|gr|grams?|gramos?|oz|ounces?)\b)",
    re.IGNORECASE,
)
_PARTS_OF_ONE = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
#: The numbers of a list, "1. hours 2. papers", are not amounts.
_NUMBERED = regex(r"(?:^|\s)\(?1[.)]\s+\D.*\s\(?2[.)]\s+\D", re.DOTALL)
_ITEM = regex(r"(?:^|(?<=\s))\(?\d[.)]\s+(?=[^\W\d])")
_COUNTED_GRAMS = regex(
    r"\b(one|two|three|four|an?|1|2|3|4|un[oa]?|dos|tres|cuatro) (7|14|28)s?\b"
    r"(?! ?(?:mgs?|g|gr|grams?|dollars?|bucks?|packs?|%|percent|days?|people|years?|of (?:them|those)))",
    re.IGNORECASE,
)
#: Grams that no package holds: "2 grams of gelato" are two of one gram.
_SEVERAL_GRAMS = regex(
    r"\b([2-6]|two|three|four|five|six|dos|tres|cuatro|cinco|seis) ?(?:grams?|gs|gramos?) (?:of|de|d) "
    r"(?!(?:it|that|those|them|the|your|my|thc|cbd|cada)\b)",
    re.IGNORECASE,
)
_SHORT_GRAM = regex(r"\b(full|half|whole) g\b", re.IGNORECASE)
_SHORT_QUARTER = regex(r"(?<=\ba )q\b|(?<=\bthe )q\b", re.IGNORECASE)
_PACKS = regex(
    r"\b(\d{1,2}|two|three|four|five|dos|tres|cuatro) (?:packs|bags|boxes|packages|bolsas|paquetes)\b",
    re.IGNORECASE,
)
#: "Regular" after infused ones.
_NOT_INFUSED = regex(r"\b(?:the )?(?:regular|plain|normal)(?: ones?)?\b", re.IGNORECASE)
#: How people shorten joining words, and their meaning.
_JOINING = (
    (
        regex(
            r"(?:^|(?<=[\s,.!]))(?:(?:\d|two|three|couple(?: of)?|dos|tres) "
            r"(?:quick )?(?:qs|questions|preguntas|preguntitas)"
            r"|(?:an?|one|una) (?:quick )?(?:question|pregunta|preguntita))\b[\s:,.!-]*",
            re.IGNORECASE,
        ),
        "",
    ),
    (regex(r"^\s*n (?=\w)", re.IGNORECASE), "and "),
    (
        regex(
            r"^\s*(?:hola|buen[oa]s(?: dias| tardes| noches)?)[\s,!.]+"
            r"(?=(?:que (?!tal|onda|hay|hubo|pas)|cuant[oa]s?|cuando) ?\w)",
            re.IGNORECASE,
        ),
        "",
    ),
    (regex(r"\b(?:btwn|btw?een|b/t)\b", re.IGNORECASE), "between"),
    (regex(r"\bless \${1,5}(?!\d)|\bfor less\b|\bbut less$", re.IGNORECASE), "cheaper"),
    (regex(r"\b(dark|white) (?:chocolate )?(?:not|over|instead of|no) milk\b", re.IGNORECASE), r"\1 chocolate"),
    (regex(r"\bw/o\b", re.IGNORECASE), "without"),
    (regex(r"\bw(?:/ ?| )(?=[a-z])", re.IGNORECASE), "with "),
    (regex(r"\b(a|one|1) g(?= *(?:$|[?.!,]))", re.IGNORECASE), r"\1 gram"),
    (regex(r"\bhow (?:bout|abt)\b|\b(?:wbt|hbu|hbt)\b", re.IGNORECASE), "how about"),
    (regex(r"\b(which|what|that|how|where|who)(?:s|z)\b(?<!hows)", re.IGNORECASE), r"\1s"),
    (regex(r"\bsj\b", re.IGNORECASE), "san jose"),
    (regex(r"\bsf\b", re.IGNORECASE), "san francisco"),
    (regex(r"\bdiffs?\b", re.IGNORECASE), "difference"),
)
#: "The tangie 0.3": a fraction of a gram, as carts and pens come.
_FRACTION_OF_GRAM = regex(
    r"(?<![\d$.])0?\.[357]5?\b(?!\s*(?:g|gr|grams?|gramos?|mg|%|percent|oz|miles?|stars?|dollars?|bucks?))",
    re.IGNORECASE,
)
#: Kinds of goods that are sold by the gram and half gram.
_BY_THE_GRAM = frozenset(("Vapes", "Concentrates"))
_OUNCE = Decimal(28)
#: A bound this many times above the highest price of a list is one of milligrams, not of dollars.
_FAR = Decimal("1.8")
#: Of how many words a strain's name is at most.
_LONGEST_NAME = 4


def as_meant(text: str, shown: Sequence[Product], index: CatalogIndex | None = None) -> str:
    """A text with its sizes written out, in the words of products' names, and without the numbers of a list.

    Args:
        text: As the customer sent it.
        shown: The products that the shop named last.
        index: The catalog's words; None if none is at hand.
    """
    if index is not None:
        text = in_catalogs_words(text, index)
    if _NUMBERED.search(text):
        first, *others = _ITEM.split(text)
        text = "\n".join(
            (first, *(f"and {item}" if number else item for number, item in enumerate(others)))
        ).strip()
    for form, words in _JOINING:
        text = form.sub(words, text)
    text = _EIGHTH.sub("3.5g", _MIXED.sub(_mixed_number, spell_fractions(text)))
    text = _FRACTION_OF_GRAM.sub(lambda found: f"{Decimal(found[0])}g", text)
    for form, words in _FRACTIONS:
        text = form.sub(words, text)
    text = _COUNTED_GRAMS.sub(r"\1 \2g", text if index is None else _in_single_grams(text, index))
    kinds = {str(product.get("category")) for product in shown}
    if not kinds:
        return text
    if not any("-pack" in str(product.get("name")).casefold() for product in shown):  # "2 packs" of gummies
        text = _PACKS.sub(r"\1 of those", text)
        if all("infused" in str(product.get("name")).casefold() for product in shown):
            text = _NOT_INFUSED.sub("not infused", text)
    if kinds <= _BY_THE_GRAM or kinds == {"Pre-Rolls"}:
        text = _SHORT_GRAM.sub(r"\1 gram", text)
    if kinds == {"Flower"}:
        text = _HALF_THE_SIZE.sub(lambda found: _half_of(shown) or found[0], text)
        text = _PART_OF_IT.sub(r"\1 ounce of ", text)
    if kinds <= _BY_THE_GRAM:
        text = _HALF_ONE.sub(lambda found: f"{found[0]} gram", _FULL_ONE.sub("a full gram", text))
    elif "Flower" in kinds:
        text = _SHORT_QUARTER.sub("quarter", text)
        text = _BARE_SIZE.sub(lambda found: found[0].replace(found[1], f"{found[1].replace(' ', '.')}g"), text)
        sizes = [size for product in shown if (size := find_size(str(product.get("name"))))]
        if all(size.amount < _OUNCE for size in sizes):
            text = _FULL_ONE.sub("an ounce", text)
    prices = [Decimal(str(product["price"])) for product in shown if product.get("price") is not None]
    is_of_kind = CATEGORIES.first(plain_words(text)) is not None  # "gummies under 24" is dollars
    if (
        {product.get("thc_unit") for product in shown} == {"mg"}
        and prices
        and not (is_of_kind or "Topicals" in kinds)
    ):
        least = max(prices) * (_FAR if len(shown) > 1 else 1)
        text = _LESS_THAN.sub(
            lambda found: f"less than {found[1]} mg" if Decimal(found[1]) > least else found[0], text
        )
    return text


def _in_single_grams(text: str, index: CatalogIndex) -> str:
    """A text with "2 x 1g gelato" for "2 grams of gelato", if it is sold by the gram."""
    found = _SEVERAL_GRAMS.search(text)
    words = normal(text[found.end() :]).split()[:_LONGEST_NAME] if found else []
    starts = [" ".join(words[:length]) for length in range(1, len(words) + 1)]
    flower = (name for name in index.names.spellings if name.endswith(" 1g"))
    if not any(name == f"{start} 1g" or name.endswith(f" {start} 1g") for name in flower for start in starts):
        return text
    return _SEVERAL_GRAMS.sub(r"\1 x 1g ", text)


def _half_of(shown: Sequence[Product]) -> str:
    """Half the size of the one product shown: "and half that", of an ounce, is 14g; empty if it is not known."""
    size = find_size(str(shown[0].get("name"))) if len(shown) == 1 else None
    return f"{size.amount / 2:g}g" if size else ""


def _mixed_number(found: re.Match[str]) -> str:
    if found[2]:
        above, below = found[2].split("/")
        return f"{Decimal(found[1]) + Decimal(above) / Decimal(below)}"
    return f"{Decimal(found[1]) + _PARTS_OF_ONE[found[3].lower()]}"
