"""The words of a text that name goods, and unknown words that seem to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from motabot.catalog.filler import FILLER
from motabot.catalog.sizes import SIZES
from motabot.offline.customer.facts import asked_spans
from motabot.text.language import load_lexicon
from motabot.text.patterns import Lexicon

_FORMS = Lexicon(Path(__file__).with_name("slots.toml"))
_TRAIT, _OBJECT, _ORIGIN, _SAYS_NOTHING = (
    _FORMS.pattern(name) for name in ("trait", "object", "origin", "says_nothing")
)
_NAMELESS = frozenset(load_lexicon()["nameless"].split())
#: Replaces the letters of a name, so that positions stay the same.
BLANK = "q"
#: Replaces the letters of what must not be read.
HIDDEN = "z"
#: A text of at most this many words is a name, even if it is an everyday word.
_BARE = 2
#: Shorter or longer words name nothing.
_SHORTEST, _LONGEST = 3, 24
#: A shorter word may be a typo of any other.
_TELLING = 4
#: In a text of at most this many words, an unknown word names what is wanted.
_SHORT = 4

Span = tuple[int, int]


@dataclass(frozen=True)
class GoodsWords:
    """Words of a text.

    Attributes:
        words: Those that name goods, with their positions.
        unknown: Runs of words that may be names.
        unexplained: Other words that people do not use every day.
    """

    words: Sequence[tuple[int, str]]
    unknown: Sequence[Sequence[str]]
    unexplained: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The runs of words that may be names."""
        return tuple(" ".join(run) for run in self.unknown)

    def query(self, plain: str) -> str:
        """The words that name goods as they stood before names were blanked out."""
        return " ".join(plain[start : start + len(word)] for start, word in self.words)


def find_goods_words(
    plain: str, wanted: Sequence[Span], refused: Sequence[Span], is_ordinary: Callable[[str], bool]
) -> GoodsWords:
    """Find them in a text in normal form.

    Args:
        plain: The text, with names blanked out.
        wanted: Where the vocabulary's words for what is wanted stand.
        refused: Where those for what is not wanted stand.
        is_ordinary: Whether a word is one that people use every day.
    """
    reader = _Reader(plain, wanted, refused, is_ordinary)
    kept, unknown, run = list[tuple[int, str]](), list[list[str]](), list[str]()
    for start, word in reader.words:
        is_name = reader.is_name(start, word)
        if is_name or reader.is_goods(start, word):
            kept.append((start, word))
        if is_name:
            run.append(word)
        elif run:
            unknown.append(run)
            run = []
    unexplained = tuple(word for start, word in reader.words if reader.is_unexplained(start, word))
    return GoodsWords(kept, [*unknown, run] if run else unknown, unexplained)


class _Reader:
    def __init__(
        self, plain: str, wanted: Sequence[Span], refused: Sequence[Span], is_ordinary: Callable[[str], bool]
    ) -> None:
        self.words = [(word.start(), word[0]) for word in re.finditer(r"\S+", plain)]
        self._is_ordinary = is_ordinary
        self._wanted = wanted
        sizes = [(match.start, match.end) for match in SIZES.matches(plain) if match.exact]
        self._explained = [*wanted, *refused, *sizes, *asked_spans(plain)]
        self._traits = [found.span() for found in _TRAIT.finditer(plain)]
        self._objects = [found.span(found.lastindex or 0) for found in _OBJECT.finditer(plain)]
        origins = [found.span(found.lastindex or 0) for found in _ORIGIN.finditer(plain)]
        beside = [
            (self.words[n - 1][0], self.words[n - 1][0] + 1)
            for n, (start, _) in enumerate(self.words)
            if n and _within(start, wanted)
        ]
        self._close = [*self._objects, *origins, *beside]

    def is_goods(self, start: int, word: str) -> bool:
        """Whether the vocabulary or the catalog explains a word."""
        return _within(start, self._wanted) or word.startswith(BLANK * 2)

    def is_name(self, start: int, word: str) -> bool:
        """Whether an unknown word may name goods."""
        if word.startswith((BLANK * 2, HIDDEN * 3)) or _within(start, self._explained):
            return False
        if word in _NAMELESS or word in FILLER:
            return False
        if _within(start, self._traits):
            return True
        if word.isdigit() or not _SHORTEST <= len(word) <= _LONGEST:
            return False
        if _SAYS_NOTHING.fullmatch(word):
            return False
        if len(self.words) <= _BARE:
            return True
        if not self._is_ordinary(word):
            return len(self.words) <= _SHORT or _within(start, self._close)
        return not self._wanted and _within(start, self._objects)

    def is_unexplained(self, start: int, word: str) -> bool:
        """Whether a word is unknown and cannot be a name either."""
        if word in FILLER or word in _NAMELESS or not word.isalpha() or len(word) < _TELLING:
            return False
        if (
            _within(start, self._explained)
            or word.startswith((BLANK * 2, HIDDEN * 3))
            or _SAYS_NOTHING.fullmatch(word)
        ):
            return False
        return not self._is_ordinary(word) and not self.is_name(start, word)


def _within(start: int, spans: Sequence[Span]) -> bool:
    return any(first <= start < last for first, last in spans)
