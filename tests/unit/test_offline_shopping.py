"""What the offline model understands of shopping: figures, refusals, small words, several wishes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from motabot.catalog.diminutives import without_diminutives
from motabot.catalog.flavors import named_for
from motabot.catalog.index import arrange
from motabot.offline.customer import bounds, clauses
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.wish import read_slots

SHELF = arrange(
    {
        "names": [
            "Blue Dream 3.5g",
            "Blue Dream Cartridge 1g",
            "White Widow Pre-Roll 5-Pack 2.5g",
            "Wedding Cake 3.5g",
            "Earl Grey Tea 30mg",
            "Brownie Bar 100mg",
            "Dark Cayenne Chocolate 100mg",
            "Lighter",
            "Rolling Papers 1 1/4",
            "Super Lemon Haze Pre-Roll 1g",
        ],
        "brands": ["Bliss Edibles & Extracts", "NugRun Concentrates"],
        "strains": ["Blue Dream", "White Widow", "Wedding Cake", "Super Lemon Haze", "Do-Si-Dos"],
        "categories": ["Flower", "Edibles", "Vapes", "Pre-Rolls", "Concentrates", "Accessories"],
        "effects": ["Happy", "Relaxed", "Sleepy"],
        "flavors": ["Berry", "Sweet", "Lemon"],
        "negatives": ["Paranoid"],
        "helps_with": [],
        "best_rated": [],
        "popular": {},
        "demand": {},
    }
)


def ordinary(word: str) -> bool:
    return word not in {"runtz", "wyld"}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("half oz around 90", "72", "99"),
        ("a gift, 30ish", "24", "33"),
        ("carts under 35", None, "35"),
        ("dos brownies de 18", "18", "18"),
        ("between 150 and 170", "150", "170"),
        ("over 20 dollars", "20", None),
        ("20 bux left", None, "20"),
        ("around 20 mg", None, None),
    ],
)
def test_a_price_is_exact_near_or_bounded(text: str, least: str | None, most: str | None) -> None:
    found = bounds.price_bounds(text, plain_words(text))
    told = [None if each is None else Decimal(each) for each in (least, most)]
    assert [found.least, found.most] == told


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("if not, what gummies do you have", "Edibles", ()),
        ("no gummies please", None, ("gummies",)),
        ("not too strong gummies", "Edibles", ()),
        ("dont want it too strong, gummies", "Edibles", ()),
        ("nothing but flower", "Flower", ()),
        ("not tea or chocolate", None, ("tea", "chocolate")),
        ("a concentrate for pros", "Concentrates", ()),
    ],
)
def test_a_no_is_meant_for_what_follows_it_and_ends_where_another_thought_begins(
    text: str, wanted: str | None, unwanted: tuple[str, ...]
) -> None:
    wish = read_slots(text, [], ordinary)
    assert wish.category == wanted
    assert set(unwanted) <= set(wish.avoid)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("un cartuchito", "un cartucho"),
        ("chocolatitos", "chocolates"),
        ("gomitas de fresa", "gomitas de fresa"),
        ("un octavito", "un octavo"),
        ("un poquito bonito", "un poquito bonito"),
    ],
)
def test_a_diminutive_of_shop_talk_is_its_plain_word(text: str, plain: str) -> None:
    assert without_diminutives(text) == plain


def test_a_flavor_is_told_by_products_names() -> None:
    assert named_for(SHELF, "Spicy", "spicy") == ("Dark Cayenne Chocolate 100mg",)
    assert named_for(SHELF, "Citrus", "citrus") == ("Super Lemon Haze Pre-Roll 1g",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("two brownies and an earl grey tea", ["two brownies", "an earl grey tea"]),
        ("blue dream bud vs blue dream pen", ["blue dream bud", "blue dream pen"]),
        ("(1) sleepy edible (2) daytime tincture", ["sleepy edible", "daytime tincture"]),
        ("any cbd thing? and whats the strongest wax", ["any cbd thing", "whats the strongest wax"]),
        ("looking for something relaxing. gummies maybe", ["looking for something relaxing.. gummies maybe"]),
    ],
)
def test_each_thing_is_a_wish_of_its_own(text: str, parts: list[str]) -> None:
    assert clauses.wishes(clauses.clauses(text), ["earl grey tea", "blue dream"]) == parts
