"""Shop talk: what words mean, in two languages, with slips of the finger, and what only looks like shop talk."""

from __future__ import annotations

import pytest

from motabot.catalog import vocabulary
from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import EFFECTS, FLAVORS, FLOWER_TYPES, NEGATIVES, find_category
from motabot.catalog.word_table import Table
from motabot.text.normalize import normal

TABLES = {name: value for name, value in vars(vocabulary).items() if isinstance(value, Table)}


@pytest.mark.parametrize("table", TABLES)
def test_every_word_stands_in_normal_form_and_means_one_thing_in_its_table(table: str) -> None:
    words = [word for words in TABLES[table].words.values() for word in words]
    assert [normal(word) for word in words] == words
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("got any carts?", "Vapes"),
        ("a J please", "Pre-Rolls"),
        ("pre-roll", "Pre-Rolls"),
        ("Gomitas", "Edibles"),
        ("some edibel", "Edibles"),
        ("DABS", "Concentrates"),
        ("how many points do I have", None),
        ("any new drops", None),
    ],
)
def test_categories(text: str, category: str | None) -> None:
    assert find_category(text) == category


def test_effects_come_in_the_order_of_the_text_each_once() -> None:
    assert EFFECTS.all("chill, sleepy, relaxing") == ["Relaxed", "Sleepy"]
    assert EFFECTS.first("algo para dormir") == "Sleepy"
    assert EFFECTS.first("energtic") == "Energetic"


@pytest.mark.parametrize("text", ["happy hour?", "happy birthday", "no sleep", "not happy"])
def test_what_only_looks_like_an_effect_is_none(text: str) -> None:
    assert EFFECTS.first(text) is None


def test_the_other_tables() -> None:
    assert NEGATIVES.first("no paranoia please") == "Paranoid"
    assert FLAVORS.first("sabor limón") == "Lemon"
    assert FLOWER_TYPES.first("hybird") == "Hybrid"
    assert FLOWER_TYPES.first("apply my points") is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("an eighth", "3.5g"),
        ("1/8 of og", "3.5g"),
        ("3.5 grams", "3.5g"),
        ("half oz", "14g"),
        ("1/2 oz", "14g"),
        ("2 oz", "56g"),
        ("una onza", "28g"),
        ("100mg gummies", "100mg"),
        (".5g cart", "0.5g"),
        ("half off today", "None"),
        ("back in half an hour", "None"),
        ("how i survived this quarter", "None"),
        ("somos cuatro", "None"),
        ("should i eat the other half", "None"),
    ],
)
def test_sizes(text: str, size: str) -> None:
    assert str(find_size(text)) == size
