"""Opt-outs in languages other than those of the replies, from Chinese to Armenian.

Consent law asks what a reasonable person means, not in which language. The words are fixed phrases: a text that
has one of them revokes, whatever else it says.
"""

from __future__ import annotations

from pathlib import Path

from motabot.text.patterns import Lexicon, Pattern
from motabot.text.quotations import folded

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
#: The phrases for every text, and those only for texts with letters of other scripts.
_REVOKES = _LEXICON.pattern("revocations"), _LEXICON.pattern("revocations_in_other_scripts")
_CHANGED_HANDS = _LEXICON.pattern("changed_hands"), _LEXICON.pattern("changed_hands_in_other_scripts")
#: Greek is the first script after Latin.
_LATIN = "\u0370"


def revokes_elsewhere(text: str) -> bool:
    """Whether a text asks for no more texts in a language other than English and Spanish."""
    return _any_matches(_REVOKES, text)


def changed_hands_elsewhere(text: str) -> bool:
    """Whether a text says in such a language that the number has another owner."""
    return _any_matches(_CHANGED_HANDS, text)


def _any_matches(patterns: tuple[Pattern, Pattern], text: str) -> bool:
    words = folded(text)
    latin, other = patterns
    return latin.matches(words) or (max(words, default="") >= _LATIN and other.matches(words))
