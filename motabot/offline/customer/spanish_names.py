"""Spanish words for what products' English names tell: "gomitas acidas" are Sour Gummies.

A word is put into English only where the catalog has products of the English word, and none of the Spanish one.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from motabot.catalog.index import CatalogIndex
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_WORDS: dict[str, str] = {
    spanish.replace("_", " "): english.replace("_", " ")
    for english, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))[
        "words"
    ].items()
    for spanish in words.split()
}
_ANY = regex(r"\b(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + r")\b")


def in_catalogs_words(text: str, index: CatalogIndex) -> str:
    """A text with the catalog's English words in place of Spanish ones."""
    plain = fold_in_place(text)
    if len(plain) != len(text):
        return text
    parts, end = [], 0
    for found in _ANY.finditer(plain):
        english = _WORDS[found[0]]
        if _is_told(english, index) and not _is_told(found[0], index):
            parts += [text[end : found.start()], english]
            end = found.end()
    return "".join([*parts, text[end:]])


def english_of(word: str) -> str:
    """The English word of names for a Spanish one; the word itself if there is none."""
    return _WORDS.get(word, word)


def _is_told(words: str, index: CatalogIndex) -> bool:
    """Whether the name of a product has all the words."""
    names = [set(index.with_word(word)) for word in words.split()]
    return bool(set.intersection(*names))
