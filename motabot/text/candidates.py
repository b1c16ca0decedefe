"""Which of many patterns may match a text, judged by its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from motabot.text.pieces import DIGIT, EDGE, MOST_NEEDS, Need
from motabot.text.regex import regex

_WORDS_AND_SIGNS = regex(r"\w+|[^\w\s]")
#: Words whose pieces are remembered; and texts, for several rules read the same text in turn.
_MOST_WORDS, _MOST_TEXTS = 4_096, 32


class Candidates:
    """For each piece of a word the needs that it meets.

    One number contains all needs: bit n is the first need of side n, and so on in blocks as long as there are
    sides. So a text's words are taken together by "or", and the blocks by "and".
    """

    def __init__(self, sides: Sequence[tuple[Need, ...]]) -> None:
        """
        Args:
            sides: The needs of each side of a pattern, `MOST_NEEDS` of them at most.
        """
        self._sides = len(sides)
        self._all = (1 << self._sides) - 1
        self._met = 0
        pieces: dict[str, int] = {}
        for number, needs in enumerate(sides):
            for place in range(MOST_NEEDS):
                bit = 1 << (number + place * self._sides)
                if place >= len(needs):
                    self._met |= bit
                for piece in needs[place] if place < len(needs) else ():
                    pieces[piece] = pieces.get(piece, 0) | bit
        self._meets = _Meets(pieces)
        self.among = lru_cache(maxsize=_MOST_TEXTS)(self._among)

    def _among(self, words: str) -> int:
        """The sides that may match somewhere in the words; bit n is side n. The others cannot match."""
        met, meets, sides = self._met, self._meets, self._sides
        for word in _WORDS_AND_SIGNS.findall(words):
            met |= meets[word]
        return met & (met >> sides) & (met >> 2 * sides) & self._all


class _Meets(dict[str, int]):
    """The needs that a word or sign meets, worked out when it is first seen."""

    def __init__(self, pieces: dict[str, int]) -> None:
        super().__init__()
        self._pieces = pieces
        self._longest = max(map(len, pieces), default=0)

    def __missing__(self, word: str) -> int:
        met = self._pieces.get(DIGIT, 0) if any(map(str.isdecimal, word)) else 0
        edged = f"{EDGE}{word}{EDGE}"
        for start in range(len(edged)):
            for end in range(start + 1, min(len(edged), start + self._longest) + 1):
                met |= self._pieces.get(edged[start:end], 0)
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = met
        return met
