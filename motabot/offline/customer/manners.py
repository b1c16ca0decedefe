"""Texts that ask for nothing: "ok cool", "no thanks", "bye". Each gets a short reply that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from motabot.offline.customer import clauses
from motabot.offline.customer.questions import begins_as_question
from motabot.offline.customer.requests import Request
from motabot.offline.customer.support import is_supported
from motabot.text.patterns import Lexicon

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_THANKS = _LEXICON.pattern_of_list("thanks")
#: The templates by the form of the whole text, in the order in which the forms are tried.
_FORMS = tuple((name, _LEXICON.pattern(name)) for name in ("leaves", "declines", "noted"))


def courtesy(plain: str) -> str | None:
    """The template that answers a text in normal form that asks for nothing; None if it says more."""
    for template, form in _FORMS:
        if form.fullmatch(plain):
            return "thanks" if template == "noted" and _THANKS.search(plain) else template
    return None


def without_courtesy(requests: Sequence[Request], plain: str, said: str) -> Sequence[Request]:
    """The requests without a mere courtesy: "ok. will there be some left by 6" is a question.

    Args:
        requests: What a turn was read as.
        plain: Its texts in normal form.
        said: Its texts as they were written, in one line.
    """
    is_courtesy = bool(requests) and {each.intent for each in requests} <= {"thanks", "greeting"}
    if not is_courtesy or any(is_supported(each.intent, plain) for each in requests):
        return requests
    is_asked = any(begins_as_question(part) for part in clauses.clauses(said))
    return [Request("question", plain, question=said)] if is_asked else requests
