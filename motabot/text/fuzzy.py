"""The form in which the staff's words are read: lower case, without accents, slips of the finger put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

_HANDLE = re.compile(r"\[h(\d+)\]")
_KEPT = re.compile(r"(?<=\d)[/.,-](?=\d)|(?<=\d)%|#(?=\s?\d)|\$(?=\d)|(?<=\d)\+")
#: A word this long forgives one slip, and a longer one two; in shorter ones a slip makes another word.
_ONE_SLIP, _TWO_SLIPS, _SWAPPED = 6, 9, 4


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes; signs are kept where they belong to a number or a date.

    A handle `[h1]` becomes the word `hndl1`.
    """
    handled = _HANDLE.sub(r" hndl\1 ", text)
    decomposed = unicodedata.normalize("NFKD", handled.casefold().replace("'", "").replace("’", ""))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    kept = {found.start() for found in _KEPT.finditer(bare)}
    signs = (c if (c.isascii() and c.isalnum()) or at in kept else " " for at, c in enumerate(bare))
    return " ".join("".join(signs).split())


class Speller:
    """Puts misspelt words right by a list of known ones."""

    def __init__(
        self, known: Iterable[str], idle: Iterable[str] = (), slang: Mapping[str, str] | None = None
    ) -> None:
        """
        Args:
            known: Words that others may be a misspelling of.
            idle: Words that are right as they are.
            slang: What some words stand for.
        """
        self._slang = slang or {}
        self._known = {word for word in known if word.isalpha() and len(word) >= _SWAPPED}
        self._right = {*known, *idle}
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known):
            self._by_letter.setdefault(word[0], []).append(word)

    def correct(self, text: str, names: frozenset[str] = frozenset()) -> str:
        """A text in plain form with its misspelt words put right.

        Args:
            text: In plain form.
            names: Words that are somebody's or something's name, and right.
        """
        return " ".join(word if word in names else self._nearest(word) for word in text.split())

    def _nearest(self, word: str) -> str:
        if word in self._slang:
            return self._slang[word]
        if not word.isalpha() or word in self._right or len(word) < _SWAPPED:
            return word
        best: tuple[int, str] | None = None
        for candidate in self._by_letter.get(word[0], ()):
            allowed = _slips(word, candidate)
            if not allowed:
                continue
            slips = OSA.distance(word, candidate, score_cutoff=allowed)
            if slips <= allowed and (best is None or (slips, candidate) < best):
                best = (slips, candidate)
        return best[1] if best else word


def _slips(word: str, candidate: str) -> int:
    """How many slips may lie between them."""
    if len(candidate) >= _TWO_SLIPS:
        return 2
    if len(candidate) >= _ONE_SLIP:
        return 1
    return 1 if sorted(word) == sorted(candidate) else 0
