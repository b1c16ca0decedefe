"""The words that a general question about a topic of the shop must use.

The classifier must choose among the intents that it knows, so it files "can I smoke on the street" under the
address. A general question is about a topic only if it uses one of the topic's own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_TOPICS = {name: _LEXICON.pattern(name) for name in _LEXICON.names()}


def supported(intents: Iterable[str], plain: str) -> list[str]:
    """The intents that a general question may have.

    Args:
        intents: What the classifier found.
        plain: The text in normal form.

    Returns:
        Those whose words are in the text, and those that have no such words.
    """
    return [each for each in intents if each not in _TOPICS or _TOPICS[each].search(plain)]


def speaks_of(topics: Iterable[str], plain: str) -> bool:
    """Whether a text in normal form uses a word of one of some topics."""
    return any(each in _TOPICS and _TOPICS[each].search(plain) for each in topics)
