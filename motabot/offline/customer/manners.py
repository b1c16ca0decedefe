"""Texts that ask for nothing: "ok cool", "no thanks", "bye". Each gets a short reply that fits it."""

from __future__ import annotations

from pathlib import Path

from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_THANKS = _LEXICON.pattern_of_list("thanks")
#: The templates by the form of the whole text, in the order in which the forms are tried.
_FORMS = tuple((name, _LEXICON.pattern(name)) for name in ("leaves", "declines", "noted"))


def courtesy(plain: str) -> str | None:
    """The template that answers a text in normal form which asks for nothing; None where it says more."""
    for template, form in _FORMS:
        if form.fullmatch(plain):
            return "thanks" if template == "noted" and _THANKS.search(plain) else template
    return None
