"""Which language a text is written in, and the word tables that decide it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from motabot.boundary import JsonObject
from motabot.text.normalize import fold

Language = Literal["en", "es"]


def load_lexicon() -> JsonObject:
    """The tables that the offline model reads texts by: see lexicon.toml."""
    return tomllib.loads((Path(__file__).with_name("lexicon.toml")).read_text(encoding="utf-8"))


_LEXICON = load_lexicon()
_SPANISH, _ENGLISH = frozenset(_LEXICON["spanish"].split()), frozenset(_LEXICON["english"].split())


def detect_language(text: str, before: Sequence[str] = ()) -> Language:
    """English unless Spanish words are clearly in the majority.

    Args:
        text: The words to judge.
        before: Earlier words of the same writer, oldest first, for a text that does not show it ("30g").
    """
    for words in (text, *reversed(before)):
        score = _spanish_over_english(words)
        if score:
            return "es" if score > 0 else "en"
    return "en"


def _spanish_over_english(text: str) -> int:
    """How many more Spanish than English words a text has; 0 if it has as many, or none."""
    words = re.findall(r"[a-z']+", fold(text))
    spanish = sum(word in _SPANISH for word in words) + 2 * sum(mark in text for mark in "¿¡ñ")
    return spanish - sum(word in _ENGLISH for word in words)
