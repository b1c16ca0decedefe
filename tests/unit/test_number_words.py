"""Numbers in words, in both languages."""

from __future__ import annotations

import re

import pytest

from motabot.text.number_words import ENGLISH, SPOKEN_NUMBER, number_words, spoken_value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("twenty five", 25),
        ("twenty-five", 25),
        ("two hundred and fifty", 250),
        ("treinta y cinco", 35),
        ("ciento veinte", 120),
        ("veintidos", 22),
        ("once", 11),
    ],
)
def test_what_the_pattern_matches_has_its_value(words: str, value: int) -> None:
    assert re.fullmatch(SPOKEN_NUMBER, words)
    assert spoken_value(words) == value


def test_single_words_leave_out_the_english_once() -> None:
    assert number_words(9, 12) == {
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "nueve": 9, "diez": 10, "doce": 12,
    }  # fmt: skip
    assert number_words(19, 30, (ENGLISH,)) == {"nineteen": 19, "twenty": 20, "thirty": 30}
