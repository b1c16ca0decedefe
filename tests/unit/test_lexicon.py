"""A lexicon's file reads as lists of words and patterns, and compiles to what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.text.patterns import Lexicon

SOURCE = """
[words]
fruit = "apple sour_cherry pears?"

[parts]
much = '(lots of|many) <fruit>'

[patterns]
wish = [
  '^i want <much>$',
  '''^(give|hand
     |throw) me an? <fruit>''',
]
other = ['x']
"""


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    path = tmp_path / "words.toml"
    path.write_text(SOURCE, encoding="utf-8")
    return Lexicon(path)


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("i want many sour cherry", True),
        ("i want lots of pears", True),
        ("i want many sour_cherry", False),
        ("throw me an apple", True),
        ("give me a pear now", True),
        ("please give me a pear", False),
        ("i want many", False),
    ],
)
def test_references_stand_for_lists_and_line_breaks_for_nothing(
    lexicon: Lexicon, text: str, matches: bool
) -> None:
    assert bool(lexicon.pattern("wish").search(text)) is matches
    assert bool(lexicon.pattern_of_words("wish").search(text)) is matches


def test_what_may_begin_inside_a_word_is_no_pattern_of_words(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="in the middle of a word: x"):
        lexicon.pattern_of_words("other").search("x")


def test_the_lists_are_named_in_the_files_order(lexicon: Lexicon) -> None:
    assert lexicon.names() == ["wish", "other"]


def test_an_unknown_list_is_an_error(lexicon: Lexicon) -> None:
    with pytest.raises(KeyError, match="nothing"):
        lexicon.pattern("nothing")
