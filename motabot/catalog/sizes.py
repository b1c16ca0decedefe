"""Sizes of packages: an eighth, 3.5 g, 100 mg."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from motabot.catalog.word_table import NOT_MEANT, Table
from motabot.text.regex import regex

#: Weights, as grams.
SIZES: Final = Table(
    {
        "1": (
            "gram", "a gram", "one gram", "full gram", "full grams", "full g", "whole gram", "whole grams",
            "gramo", "un gramo",
        ),
        "0.5": (
            "half gram", "half grams", "in half gram", "in half grams", "in half a gram", "in half g",
            "half g", "half gs", "half a gram", "half a g", "medio gramo",
            "medios gramos", "medio g",
        ),
        "2": ("two grams", "dos gramos"),
        "3.5": (
            "eighth", "eighths", "8th", "8ths", "1 8", "1 8th", "1 8 oz",
            "an eighth", "octavo", "un octavo", "octavos", "eigth", "eigths", "eight oz",
        ),
        "7": ("quarter", "quarters", "1 4", "1 4 oz", "quarter ounce", "quarter oz",
        "quarter zip", "quad", "quads", "cuarto", "un cuarto", "cuarto de onza"),
        "14": ("half", "in half ounce", "in half ounces", "in half oz",
        "half ounce", "half ounces", "half oz", "half an ounce", "half zip",
        "half o", "half z", "1 2 oz", "1 2", "media onza"),
        "28": (
            "ounce", "ounces", "oz", "an ounce", "zip", "zips", "full ounce", "full o", "full oz", "an o",
            "full zip", "onion", "onions", "onza", "una onza", "onzas",
        ),
        NOT_MEANT: (
            "cuanto", "cuanta", "cuantos", "cuantas",
            "half off", "half price", "other half", "second half", "remaining half", "otra mitad",
            "in half", "half a gummy", "half a piece", "half a cookie", "half a brownie", "half it",
            "half an hour", "half hour", "half past", "half the", "half of",
            "this quarter", "last quarter", "next quarter", "every quarter", "cuatro",
            "quarter to", "quarter past", "quarter of", "and a half", "7 8", "3 4", "de un cuarto",
            "cuarto de hora", "this quarter", "last quarter", "next quarter",
            "cuatro", "somos cuatro",
        ),
    }
)  # fmt: skip
_MEASURE = regex(
    r"(?<![\d./])(\d+(?:\.\d+)?|\.\d+)\s*-?\s*(mg|milligrams?|miligramos?|grams?|gramos?|gr?|oz|ounces?|onzas?)\b",
    re.IGNORECASE,
)
#: Words in normal form have lost the point: "0 5g" is half a gram, and "3 5g" an eighth.
_WITHOUT_POINT = regex(r"(?<=(?<![\d.])[03]) (?=[3-9] ?g\b)")
_GRAMS_PER_OUNCE = Decimal(28)  # as the trade counts it


@dataclass(frozen=True)
class Size:
    """An amount in one package: grams of flower or concentrate, or milligrams of THC."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount.normalize():f}{self.unit}"


def without_measures(text: str) -> str:
    """The text without sizes in figures, such as "3.5g" and "100 mg"."""
    return _MEASURE.sub(" ", text)


def find_size(text: str) -> Size | None:
    """The package size that a text names: "an eighth" and "3.5g" are 3.5 g, "100 mg" is 100 mg."""
    measured = _MEASURE.search(_WITHOUT_POINT.sub(".", text))
    if measured is None:
        grams = SIZES.first(text)
        return Size(Decimal(grams), "g") if grams else None
    amount, unit = Decimal(measured[1]), measured[2].casefold()
    if unit.startswith("mi") or unit == "mg":
        return Size(amount, "mg")
    return Size(amount * _GRAMS_PER_OUNCE if unit.startswith("o") else amount, "g")
