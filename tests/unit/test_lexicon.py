"""A lexicon's file reads as lists of words and patterns, and compiles to what it says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from motabot.sms import machine
from motabot.text import quotations
from motabot.text.patterns import Lexicon, _sides

MACHINE_TEXTS = Path(__file__).parent / "data" / "machine_texts.toml"

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
    with pytest.raises(ValueError, match="elsewhere than at a word: x"):
        lexicon.pattern_of_words("other")


def test_the_lists_are_named_in_the_files_order(lexicon: Lexicon) -> None:
    assert lexicon.names() == ["wish", "other"]


def test_an_unknown_list_is_an_error(lexicon: Lexicon) -> None:
    with pytest.raises(KeyError, match="nothing"):
        lexicon.pattern("nothing")


@pytest.mark.parametrize("name", ["away", "notice_3", "notice_2", "notice_1"])
def test_a_sieve_lets_through_what_a_pattern_matches_and_nothing_else(name: str) -> None:
    lexicon = Lexicon(Path(machine.__file__).with_suffix(".toml"))
    sieve, patterns = lexicon.sieve(name), lexicon.each(name)
    texts = [
        quotations.folded(text) for group in tomllib.loads(MACHINE_TEXTS.read_text()).values() for text in group
    ]
    assert [text for text in texts if sieve.matches(text)] == [
        text for text in texts if any(pattern.search(text) for pattern in patterns)
    ]


@pytest.mark.parametrize(
    ("pattern", "sides"),
    [
        ("a|b", ["a", "b"]),
        (r"a(b|c)|[|]d|\|e", ["a(b|c)", "[|]d", r"\|e"]),
        ("[]|]a|[^]|]b", ["[]|]a", "[^]|]b"]),
    ],
)
def test_a_pattern_is_cut_where_its_sides_end(pattern: str, sides: list[str]) -> None:
    assert _sides(pattern) == sides
