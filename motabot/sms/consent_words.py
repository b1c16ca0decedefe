"""How likely a text's words revoke consent: the second detector of `motabot.sms.consent`, besides its patterns.

A linear classifier (`motabot.text.classifier`), trained on example texts by `learning/train.py`, says how likely a
text revokes consent, gives it again, or says that the number has another owner. It reads words, the letters of
words (so misspelled ones count), and marks: which classes of words the text has, alone and in pairs, and how long
it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

from motabot.text.classifier import Classifier, features
from motabot.text.patterns import Lexicon

#: Written by `learning/train.py`.
MODEL = Path(__file__).with_name("consent.model.gz")
#: The most words of each class of length.
_LENGTHS = (1, 2, 4, 8, 16)

_LISTS = (
    "messages",
    "ending",
    "list",
    "our_number",
    "me",
    "weary",
    "wish",
    "consent",
    "goods",
    "again",
    "stranger",
    "owner",
    "carrier",
    "since",
)
_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_CLASSES = {name: _LEXICON.pattern_of_list(name) for name in _LISTS}


@cache
def classifier() -> Classifier:
    """The classifier trained on texts that do and do not revoke; see learning/README.md. Loaded on first use."""
    return Classifier.load(MODEL)


def predict(sentences: Sequence[str], known: Classifier | None = None) -> Mapping[str, float]:
    """How likely a text's words are to revoke ("stop"), to ask for texts again ("start"), and to say that the
    number has another owner ("moved").

    Args:
        sentences: As `motabot.sms.spelling.sentences_of` returns them.
        known: The classifier; None: the one that ships.
    """
    return _weigh(tuple(sentences), known or classifier())


@lru_cache(maxsize=16)  # two rules ask about the same text in turn
def _weigh(sentences: tuple[str, ...], known: Classifier) -> Mapping[str, float]:
    return known.predict(features(words_of(sentences), known.knows, letters=True, marks=marks_of(sentences)))


def words_of(sentences: Sequence[str]) -> list[str]:
    """The words to classify, with a sign between sentences."""
    return " . ".join(sentences).split()


def marks_of(sentences: Sequence[str]) -> list[str]:
    """The classes of words in a text, every pair of them, and its length."""
    whole = " . ".join(sentences)
    found = [name for name, pattern in _CLASSES.items() if pattern.matches(whole)]
    length = sum(len(whole.split()) > most for most in _LENGTHS)
    return [f"~{length}", *(f"@{name}" for name in found), *(f"@{a}&{b}" for a, b in combinations(found, 2))]
