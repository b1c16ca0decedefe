"""One normalizer: what each form of a text keeps and drops, pinned. Consent's words must never change by accident."""

from __future__ import annotations

import pytest

from motabot.conversation.safety_words import plain_clauses
from motabot.sms.spelling import sentences_of
from motabot.text import quotations
from motabot.text.normalize import fold, fold_in_place, normal, plain

#: A text, then its words, its words with the signs of numbers, its clauses, its form with signs, its form in place,
#: and its sentences as consent reads them.
FORMS: list[tuple[str, str, str, str, str, str, str]] = []


@pytest.mark.parametrize(("text", "words", "signed", "clauses", "marked", "in_place", "consent"), FORMS)
def test_each_form_of_a_text(
    text: str, words: str, signed: str, clauses: str, marked: str, in_place: str, consent: str
) -> None:
    assert normal(text) == words
    assert plain(text) == signed
    assert plain_clauses(text) == clauses
    assert quotations.folded(text) == marked
    assert fold_in_place(text) == in_place
    assert " | ".join(sentences_of(text)) == consent


def test_a_product_is_found_with_or_without_its_trademark() -> None:
    assert normal("Runtz™") == normal("RUNTZ®") == normal("runtz")


def test_folding_twice_changes_nothing() -> None:
    for text, *_ in FORMS:
        assert fold(fold(text)) == fold(text)
        assert normal(normal(text)) == normal(text)
        assert len(fold_in_place(fold_in_place(text))) == len(fold_in_place(text))
