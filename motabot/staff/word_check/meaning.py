"""Which columns of a result words mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.grid import Grid
from motabot.text.regex import regex

_NEGATED: Final = regex(r"\b(?:not|no|none|never|without|lacks?|lacking|missing|cannot)\b|n['’]t\b")
_WORD: Final = regex(r"[a-z]{4,}")
_EMPTY: Final = frozenset(
    "have been with that them these those their they most more than half year this total all were what from into"
    " only each every least once customers never without".split()
)
#: How many letters identify a word.
_STEM: Final = 5
#: Words for the unit of a column.
_MONEY: Final = regex(r"\b(?:dollars?|money|revenue)\b")
_SHARE: Final = regex(r"\b(?:share|percent(?:age)?|rate|proportion)\b")
_SHARE_COLUMN: Final = regex(r"\b(?:share|percent|pct|rate)\b")


def meant(grid: Grid, places: Sequence[int], words: str) -> list[int]:
    """The columns that words are most about; all if they are about none of them.

    Args:
        grid: The result.
        places: The columns to choose from.
        words: The words.
    """
    named = named_in(grid, places, words)
    if named:
        return named
    about = concepts_in(words) - {"change", "customers"}
    places = _of_unit(grid, places, words)
    most = max((len(grid.columns[n].about & about) for n in places), default=0)
    return [n for n in places if len(grid.columns[n].about & about) == most]


def named_in(grid: Grid, places: Sequence[int], words: str) -> list[int]:
    """The columns whose names words hold in full, the longest of them."""
    own = {n: words_of(grid.columns[n].name) for n in _of_unit(grid, places, words)}
    exact = [n for n, name in own.items() if name and name <= words_of(words)]
    told, names = stems(words), {n: stems(grid.columns[n].name) for n in exact or own}
    held = {n: len(name) for n, name in names.items() if name and name <= told}
    return [n for n, many in held.items() if many == max(held.values())]


def _of_unit(grid: Grid, places: Sequence[int], words: str) -> list[int]:
    if _MONEY.search(words):
        return [n for n in places if grid.columns[n].unit == "money"] or [*places]
    if _SHARE.search(words):
        return [n for n in places if _SHARE_COLUMN.search(grid.columns[n].name)] or [*places]
    return [*places]


def words_of(words: str) -> frozenset[str]:
    """The words that mean something."""
    return frozenset(word for word in _WORD.findall(words.replace("e-mail", "email")) if word not in _EMPTY)


def stems(words: str) -> frozenset[str]:
    """The beginnings of the words that mean something."""
    return frozenset(
        word[:_STEM] for word in _WORD.findall(words.replace("e-mail", "email")) if word not in _EMPTY
    )


def is_negative(words: str) -> bool:
    """Whether words deny something, as a column "never sold" does."""
    return _NEGATED.search(words) is not None
