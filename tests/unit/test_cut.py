"""Words that are longer than the place for them."""

from __future__ import annotations

import pytest

from motabot.text.cut import divide, shorten


@pytest.mark.parametrize(
    ("words", "width", "kept"),
    [
        ("short", 5, "short"),
        ("one two three", 8, "one t..."),
        ("x" * 20, 3, "xxx"),
        ("a" * 200, 160, "a" * 132 + "... (the rest is in MotaBot)"),
        ("ends in a blank then more words", 12, "ends in a..."),
    ],
)
def test_a_text_that_is_too_long_says_that_it_goes_on(words: str, width: int, kept: str) -> None:
    assert shorten(words, width) == kept
    assert len(shorten(words, width)) <= width


@pytest.mark.parametrize(
    ("words", "width", "pieces"),
    [
        ("We are open.", 40, ["We are open."]),
        ("We are open until 9. Come by any time.", 24, ["We are open until 9.", "Come by any time."]),
        ("one two three four", 9, ["one two", "three", "four"]),
        ("exactly ten", 7, ["exactly", "ten"]),
        ("x" * 25, 10, ["x" * 10, "x" * 10, "x" * 5]),
        ("  ", 1, ["  "]),
    ],
)
def test_a_long_reply_is_divided_between_sentences_or_words(words: str, width: int, pieces: list[str]) -> None:
    assert divide(words, width) == pieces
    assert all(len(piece) <= max(width, len(words) if not words.strip() else 0) for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(words.split())
