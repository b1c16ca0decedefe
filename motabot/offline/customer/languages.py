"""A text that only asks for another language: "in english please". The text before it is answered again."""

from __future__ import annotations

from pathlib import Path

from motabot.customers.context import TurnContext
from motabot.offline.customer.slots import plain_words
from motabot.text.language import Language
from motabot.text.patterns import Lexicon, Pattern

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_ASKS: dict[Language, Pattern] = {"en": _LEXICON.pattern("en"), "es": _LEXICON.pattern("es")}


def asked_language(context: TurnContext) -> Language | None:
    """The language that a turn's texts ask for; None if they ask for something else."""
    return _language_in(" ".join(context.questions))


def last_said(context: TurnContext) -> str:
    """The customer's last text that asks for more than a language; empty if there is none."""
    said = (line.text for line in reversed(context.history) if line.author == "customer")
    return next((text for text in said if _language_in(text) is None), "")


def _language_in(text: str) -> Language | None:
    plain = plain_words(text)
    return next((name for name, form in _ASKS.items() if form.fullmatch(plain)), None)
