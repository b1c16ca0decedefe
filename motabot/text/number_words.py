"""Numbers in words, in English and Spanish: the table that every reader of spoken numbers takes its words from.

Patterns are built from these words, in both languages at once and folded to plain letters. So this is a table, and
not a parser of one language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_UNITS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
_UNIDADES: Final = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
    " veintiocho veintinueve"
).split()
_DECENAS: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien".split()
#: The values of words in English.
ENGLISH: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_UNITS, start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
#: The values of words in Spanish, without accents.
SPANISH: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_UNIDADES, start=1)},
    **{word: 10 * number for number, word in enumerate(_DECENAS, start=3)},
    "ciento": 100,
    "doscientos": 200,
    "trescientos": 300,
    "quinientos": 500,
}
_BOTH: Final[Mapping[str, int]] = {**ENGLISH, **SPANISH}
_WORD: Final = "(?:" + "|".join(sorted(_BOTH, key=len, reverse=True)) + ")"
#: A pattern of a number of one or more words in plain letters: "two hundred", "treinta y cinco".
SPOKEN_NUMBER: Final = rf"{_WORD}(?:(?: and | y |[ -]){_WORD})*"


def number_words(
    least: int, most: int, languages: tuple[Mapping[str, int], ...] = (ENGLISH, SPANISH)
) -> dict[str, int]:
    """The single words of the numbers from one number to another, with their values.

    Without "once", which is eleven in Spanish and in English one time.
    """
    words = {word: value for table in languages for word, value in table.items() if least <= value <= most}
    words.pop("once", None)
    return words


_TENS_AND_UNIT: Final = re.compile(
    rf"\b({'|'.join([*_TENS[:8], *_DECENAS[:7]])})(?: y | )({'|'.join([*_UNITS[:9], *_UNIDADES[:9]])})\b"
)


def in_figures(plain: str) -> str:
    """A text in normal form with figures for the numbers from ten up that it has in words: "twenty five"."""
    joined = _TENS_AND_UNIT.sub(lambda found: str(_BOTH[found[1]] + _BOTH[found[2]]), plain)
    return " ".join(str(_FROM_TEN.get(word, word)) for word in joined.split())


def spoken_value(words: str) -> int:
    """The value of what `SPOKEN_NUMBER` matched.

    Raises:
        KeyError: A word is not a number.
    """
    total = 0
    for word in re.split(r" and | y |[ -]", words):
        value = _BOTH[word]
        total = total * 100 if word == "hundred" and total else total + value
    return total


_FROM_TEN: Final = number_words(10, 100)
