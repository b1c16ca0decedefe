"""The only speller: finds the known word that a misspelled one means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

#: A word this long forgives one slip, and a longer one two; in shorter ones a slip makes another word.
ONE_SLIP, _TWO_SLIPS, _SWAPPED = 6, 9, 4


class Speller:
    """Puts misspelled words right by a list of known ones."""

    def __init__(
        self, known: Iterable[str], idle: Iterable[str] = (), slang: Mapping[str, str] | None = None
    ) -> None:
        """
        Args:
            known: Words that others may be a misspelling of.
            idle: Words that are right as they are.
            slang: The meaning of some words.
        """
        self._slang = slang or {}
        self._known = {word for word in known if word.isalpha() and len(word) >= _SWAPPED}
        self._right = {*known, *idle}
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known):
            self._by_letter.setdefault(word[0], []).append(word)

    def correct(self, text: str, names: frozenset[str] = frozenset()) -> str:
        """A text in plain form with its misspelled words corrected.

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
        return nearest(word, self._by_letter.get(word[0], ())) or word


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a word misspells, if any. The first letter must be right: "points" are not "joints"."""
    best: tuple[int, str] | None = None
    for candidate in candidates:
        allowed = _slips(word, candidate) if candidate[0] == word[0] else 0
        if not allowed:
            continue
        slips = OSA.distance(word, candidate, score_cutoff=allowed)
        if slips <= allowed and (best is None or (slips, candidate) < best):
            best = (slips, candidate)
    return best[1] if best else None


def _slips(word: str, candidate: str) -> int:
    """How many slips may lie between them."""
    if len(candidate) >= _TWO_SLIPS:
        return 2
    if len(candidate) >= ONE_SLIP:
        return 1
    return 1 if sorted(word) == sorted(candidate) else 0
