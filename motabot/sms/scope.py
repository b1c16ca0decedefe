"""How far an opt-out reaches: which texts the customer still wants, and what else they ask in the same text."""

from __future__ import annotations

from pathlib import Path

from motabot.sms.spelling import sentences_of
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_KEEPS = _LEXICON.pattern("keeps")
_ENDS = _LEXICON.pattern("ends")
_ASKS = _LEXICON.pattern("asks")
_ERASES = _LEXICON.pattern("erases")
_CLAUSE_END = regex(r" ?\b(?:and|but|also|plus|y|pero|tambien)\b ?")


def keeps_some(text: str, *, is_opt_out: bool) -> bool:
    """Whether a text stops some texts and says explicitly which ones the customer still wants.

    Only an explicit wish limits an opt-out; without one, every reasonable revocation ends all texts.

    Args:
        text: As the customer sent it.
        is_opt_out: It was read as an opt-out; otherwise its words have to end texts, too.
    """
    sentences = sentences_of(text)
    return any(_KEEPS.matches(sentence) for sentence in sentences) and (
        is_opt_out or any(_ENDS.matches(sentence) for sentence in sentences)
    )


def asks_for_erasure(text: str) -> bool:
    """Whether a text wants the customer's data deleted: "delete my number and everything you have"."""
    return any(_ERASES.matches(sentence) for sentence in sentences_of(text))


def other_requests(text: str) -> list[str]:
    """The clauses of a text that ask for something other than no more texts, in plain words."""
    clauses = [clause for sentence in sentences_of(text) for clause in _CLAUSE_END.split(sentence)]
    return [clause for clause in clauses if _ASKS.matches(clause) and not _KEEPS.matches(clause)]
