"""The words of a text with the kinds of word in place of shop talk, names and figures.

"Got any gelato gummies under $20?" and "got any runtz carts under 35" become nearly the same words, so that what
was learned from one applies to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from motabot.catalog.sizes import SIZES
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, NEGATIVES
from motabot.text.normalize import normal
from motabot.text.regex import regex

_SIGNS = {
    "?": " qm ",
    "$": " dollar ",
    "#": " number ",
    "%": " percent ",
    "!": " bang ",
    "👍": " thumb ",
    "&": " and ",
}
_TABLES = (
    ("CATEGORY", CATEGORIES),
    ("EFFECT", EFFECTS),
    ("NEGATIVE", NEGATIVES),
    ("FLAVOR", FLAVORS),
    ("TYPE", FLOWER_TYPES),
    ("SIZE", SIZES),
)
#: Somebody's age, the writer's own or another's. All that matters is whether it is enough.
_AGE = regex(
    r"\b(im|i am|am|tengo|soy|turned|turning|cumpli|s?hes|s?he is|whos|who is|theyre|(?:el|ella|que) tiene)"
    r" (?:(?:only|just|like|now|already|solo|apenas|ya) )?"
    r"(\d\d)\b"
    r"(?! (?:min|minutes|minutos|miles|millas|puntos|points|dollars|dolares|bucks))"
)
#: The same, told without its owner: "first timer here, 64 years old".
_YEARS_OLD = regex(r"\b(\d\d) (?:years? (?:old|young)|yrs? old|yo|y o|anos de edad|anitos)\b")
_ADULT = 21
OF_AGE, TOO_YOUNG = "OFAGE", "TOOYOUNG"
_DRAWN_OUT = regex(r"([a-z])\1{2,}")
_FIGURE = regex(r"\b(\d+)(st|nd|rd|th|g|mg)?\b")
#: Figures that may point at one of a few products.
_SMALL = frozenset("1234")


def mask(text: str, slang: dict[str, str], names: Iterable[str] = ()) -> list[str]:
    """A text's words as the classifier knows them.

    Args:
        text: As the customer sent it.
        slang: The meaning of short forms.
        names: Brands, strains and products in it, in normal form.
    """
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    plain = " ".join(slang.get(word, word) for word in _DRAWN_OUT.sub(r"\1", normal(text)).split())
    for name in sorted(names, key=len, reverse=True):
        plain = re.sub(rf"\b{re.escape(name)}\b", "NAME", plain)
    for kind, table in _TABLES:
        plain = table.replace(plain, kind)
    return _FIGURE.sub(_figure, _AGE.sub(_age, plain)).split()


def tells_adult(plain: str) -> bool:
    """Whether a text in normal form tells an age, and none under 21: "64 years old"."""
    ages = [int(age) for age in _YEARS_OLD.findall(plain)]
    return bool(ages) and min(ages) >= _ADULT


def _age(found: re.Match[str]) -> str:
    return f"{found[1]} {OF_AGE if int(found[2]) >= _ADULT else TOO_YOUNG}"


def _figure(found: re.Match[str]) -> str:
    number, unit = found[1], found[2] or ""
    if unit in {"st", "nd", "rd"} or (number in _SMALL and not unit):
        return found[0]
    return "MEASURE" if unit in {"g", "mg"} else f"NUMBER{len(number)}"
