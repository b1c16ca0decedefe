"""Spanish diminutives of shop talk: a "cartuchito" is a cartucho."""

from __future__ import annotations

import re
from typing import Final

from motabot.catalog.sizes import SIZES
from motabot.catalog.vocabulary import CATEGORIES, FLAVORS
from motabot.text.regex import regex

_SMALL: Final = regex(r"\b([a-zñáéíóú]{3,}?)(?:[cs]?it)([oa]s?)\b", re.IGNORECASE)
_KNOWN: Final = frozenset(
    word for table in (CATEGORIES, FLAVORS, SIZES) for words in table.words.values() for word in words
)


def without_diminutives(text: str) -> str:
    """A text with the plain words of shop talk in place of their diminutives; other words stay."""
    return _SMALL.sub(_plain, text)


def _plain(found: re.Match[str]) -> str:
    if found[0].casefold() in _KNOWN:
        return found[0]
    stem, ending = found[1].casefold(), found[2].casefold()
    plural = "s" if ending.endswith("s") else ""
    candidates = (f"{stem}{ending}", *(f"{stem}{vowel}{plural}" for vowel in ("o", "a", "e", "")))
    return next((word for word in candidates if word in _KNOWN), found[0])
