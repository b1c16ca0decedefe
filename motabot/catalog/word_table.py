"""Tables of words: each name with the words that mean it, found in a text with slips of the finger forgiven."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Final

from motabot.text.fuzzy import ONE_SLIP, nearest
from motabot.text.language import load_lexicon
from motabot.text.normalize import normal

#: The name under which a table lists phrases that contain one of its words and mean something else.
NOT_MEANT: Final = ""
#: How many words are remembered with their meaning.
_REMEMBERED = 4096


@cache
def _everyday() -> frozenset[str]:
    """Words that are right as they are: "manos" are not mangos."""
    lexicon = load_lexicon()
    return frozenset((*lexicon["spanish"].split(), *lexicon["english"].split()))


@dataclass(frozen=True)
class Match:
    """A table's name found in a text.

    Attributes:
        name: The table's name for it; `NOT_MEANT` never appears.
        words: The words of the text, in normal form.
        start: Where they begin in the normal form of the text.
        end: Where they end.
        exact: False when a misspelling was forgiven.
    """

    name: str
    words: str
    start: int
    end: int
    exact: bool


@dataclass(frozen=True)
class Table:
    """Names, each with the words that mean it, in normal form.

    Attributes:
        words: The words of each name.
        heads: Of all that a text names, what is meant; None: each of them.
        wide: Names that stand for any of several others.
    """

    words: dict[str, tuple[str, ...]]
    heads: Callable[[list[Match]], list[Match]] | None = None
    wide: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def kinds(self, name: str) -> tuple[str, ...]:
        """A name and those that it stands for: "fruity" is whatever tastes of a fruit."""
        return (name, *self.wide.get(name, ()))

    def first(self, text: str) -> str | None:
        """The name that comes first in a text."""
        found = self.matches(text)
        return found[0].name if found else None

    def all(self, text: str) -> list[str]:
        """Every name in a text, in its order, each once."""
        return list(dict.fromkeys(match.name for match in self.matches(text)))

    def matches(self, text: str) -> list[Match]:
        """Every place where a text has a name.

        Misspellings are looked for only if no word of the text is in the table.
        """
        plain = normal(text)
        hits = list(self._pattern.finditer(plain))
        if hits:
            found = [Match(self._names[hit[0]], hit[0], hit.start(), hit.end(), exact=True) for hit in hits]
            found = [match for match in found if match.name != NOT_MEANT]
            return self.heads(found) if self.heads else found
        guesses = [(word, self._meant(word[0])) for word in re.finditer(r"[a-z]{5,}", plain)]
        return [
            Match(self._names[meant], word[0], word.start(), word.end(), exact=False)
            for word, meant in guesses
            if meant is not None
        ]

    def means(self, phrase: str) -> bool:
        """Whether a phrase in normal form, as a whole, is one of the table's."""
        return self._names.get(phrase, NOT_MEANT) != NOT_MEANT

    def replace(self, plain: str, word: str) -> str:
        """A text in normal form with one word in place of all that mean a name of this table."""
        return self._pattern.sub(lambda hit: word if self._names[hit[0]] != NOT_MEANT else hit[0], plain)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {word: name for name, words in self.words.items() for word in words}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._names, key=lambda word: (-len(word), word))
        return re.compile(r"\b(?:" + "|".join(longest_first) + r")\b")

    @cached_property
    def _meant(self) -> Callable[[str], str | None]:
        """The table's word that a misspelled one means. It is remembered: people repeat theirs."""
        return lru_cache(maxsize=_REMEMBERED)(
            lambda word: None if word in _everyday() else nearest(word, self._forgiving)
        )

    @cached_property
    def _forgiving(self) -> tuple[str, ...]:
        """The words that are long enough to be recognized when misspelled."""
        return tuple(
            word
            for word, name in self._names.items()
            if name != NOT_MEANT and word.isalpha() and len(word) >= ONE_SLIP
        )
