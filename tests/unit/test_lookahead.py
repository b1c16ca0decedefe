"""What is looked up ahead of a model: the names and the questions of the newest texts."""

from __future__ import annotations

import pytest

from motabot.conversation.lookahead import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("how long do edibles take and what is a hybrid", ["how long do edibles take", "what is a hybrid"]),
        (
            "can i pay with a card? and how late are you open",
            ["can i pay with a card", "and how late are you open"],
        ),
        ("salt and vinegar edibles", ["salt and vinegar edibles"]),
        ("points?", []),
        ("hi\nis there parking there", ["is there parking there"]),
        (
            "cuanto tardan los comestibles y que es un hibrido",
            ["cuanto tardan los comestibles", "que es un hibrido"],
        ),
    ],
)
def test_a_text_is_read_as_its_questions(text: str, parts: list[str]) -> None:
    assert list(parts_of(text)) == parts
