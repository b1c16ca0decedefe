"""Which language a text is written in, and the word tables that this rests on."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "es"]


def load_lexicon() -> dict[str, Any]:
    """The tables that the house's reading rests on: see lexicon.toml."""
    return tomllib.loads((Path(__file__).with_name("lexicon.toml")).read_text(encoding="utf-8"))


_LEXICON = load_lexicon()
_SPANISH, _ENGLISH = frozenset(_LEXICON["spanish"].split()), frozenset(_LEXICON["english"].split())


def detect_language(text: str) -> Language:
    """English unless Spanish words are clearly in the majority."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z']+", bare)
    spanish = sum(word in _SPANISH for word in words) + 2 * sum(mark in text for mark in "¿¡ñ")
    return "es" if spanish > sum(word in _ENGLISH for word in words) else "en"
