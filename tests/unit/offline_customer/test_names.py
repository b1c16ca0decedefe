"""Names, flavors, kinds and sorts in a text, and several wishes in one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motabot.catalog.conditions import ProductQuery
from motabot.catalog.diminutives import without_diminutives
from motabot.catalog.flavors import named_for, told_effect
from motabot.catalog.free_words import want_words
from motabot.catalog.index import CatalogColumn
from motabot.offline.customer import clauses
from motabot.offline.customer.basket import read_basket
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.intents import classifier
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.spanish_names import in_catalogs_words
from motabot.offline.customer.wish import read_slots
from tests.unit.offline_customer.catalog_index import INDEX, ordinary


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("¿la barrita de brownie?", "¿la bar de brownie?"),  # Brownie Bar
        ("algo de sandía", "algo de sandía"),  # nothing is called watermelon
    ],
)
def test_a_spanish_word_is_that_of_products_names(text: str, words: str) -> None:
    assert in_catalogs_words(text, INDEX) == words


def test_a_flavor_is_told_by_products_names() -> None:
    assert named_for(INDEX, "Spicy", "spicy") == ("Dark Cayenne Chocolate 100mg",)
    assert named_for(INDEX, "Citrus", "citrus") == ("Super Lemon Haze Pre-Roll 1g",)


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


@pytest.mark.parametrize(
    ("text", "names", "unknown"),
    [
        ("how much is the earl grey tea", ("earl grey tea",), ()),
        ("something that tastes like lemons in a pre roll", (), ()),
        ("do you have anything cayenne", ("cayenne",), ()),
        ("got any runtz", ("runtz",), ("runtz",)),
        ("what is a quarter of blue dream", ("blue dream",), ()),
        ("the bliss crumble", ("bliss",), ()),
    ],
)
def test_goods_are_known_by_words_of_their_names(
    text: str, names: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    plain = plain_words(text)
    known = {*"how much is the something that tastes like lemons in a pre roll do you have".split()}
    found = find_names(plain, INDEX, lambda word: word in known)
    wish = read_slots(text, found, ordinary)
    assert (wish.names, wish.unknown) == (names, unknown)


@pytest.mark.parametrize(
    ("query", "sorts", "unknown"),
    [
        ("live resin", [], ["live resin"]),
        ("brownies or tea", ["brownie or tea"], []),
        ("drinks", ["drink"], []),
        ("flower or brownies", ["brownie"], []),
        ("pens", [], []),
    ],
)
def test_a_sort_is_wanted_by_its_words_or_named_as_missing(
    query: str, sorts: list[str], unknown: list[str]
) -> None:
    wanted = ProductQuery()
    want_words(wanted, INDEX, query)
    assert [each.said for each in wanted.conditions if each.kind == "sort"] == sorts
    assert wanted.unknown == unknown


def test_a_terpene_is_looked_for() -> None:
    wanted = ProductQuery()
    want_words(wanted, INDEX, "flower with limonene")
    assert ("terpene", "Limonene") in [(each.kind, each.said) for each in wanted.conditions]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("the strongest edible and the weakest edible", ["the strongest edible", "the weakest edible"]),
        ("a quarter ounce of gelato and a quarter ounce of runtz", None),
    ],
)
def test_what_is_the_most_and_what_is_the_least_are_two_wishes(text: str, parts: list[str] | None) -> None:
    assert clauses.wishes([text], ["gelato", "runtz"]) == (parts or text.split(" and "))


def test_a_name_with_a_joining_word_is_one_thing() -> None:
    assert clauses.wishes(["got cookies and cream"], ["cookies and cream"]) == ["got cookies and cream"]


def test_a_word_that_people_use_every_day_is_a_strain_before_its_form() -> None:
    shelf = replace(INDEX, strains=CatalogColumn(["Kush"]))
    named = find_names("how much do you want for the kush cart", shelf, lambda word: True)
    assert [name.label for name in named] == ["Kush"]
    assert not find_names("how much do you want for some kush flower", shelf, lambda word: True)


def test_a_name_without_a_strain_tells_an_effect() -> None:
    shelf = replace(INDEX, names=CatalogColumn(["Night Drops", "Midnight Dream 1g", "Blue Dream 3.5g"]))
    assert told_effect(shelf, "Sleepy") == ("Night Drops", "Midnight Dream 1g")


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("anything similar to white widow but stronger", "stronger"),
        ("parecido a blue dream pero mas suave", "milder"),
        ("something like blue dream", None),
        ("a stronger one", None),
    ],
)
def test_what_is_like_a_name_may_have_to_be_stronger(text: str, relative: str | None) -> None:
    names = find_names(plain_words(text), INDEX, ordinary)
    assert read_slots(text, names, lambda word: True).relative == relative


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("blue dream, a como la onza", {"alike": False, "size": "28g"}),
        ("algo como el blue dream", {"alike": True}),
        ("white widow, is it sativa or indica", {"flower_type": None}),
        ("white widow sativa", {"flower_type": "Sativa"}),
    ],
)
def test_a_question_about_a_name_is_no_wish_beside_it(text: str, slots: dict[str, object]) -> None:
    found = read_slots(text, find_names(plain_words(text), INDEX, ordinary), lambda word: True)
    assert {name: getattr(found, name) for name in slots} == slots


def test_one_of_each_type_is_an_item_of_its_own() -> None:
    said = "2 different 3.5g flowers, one indica and one sativa, whats the total"
    found = read_basket(said, [], [], None, lambda part: read_slots(part, [], lambda word: True))
    assert [(each.quantity, each.wish.flower_type, each.wish.size) for each in found.items] == [
        (1, "Indica", "3.5g"),
        (1, "Sativa", "3.5g"),
    ]


@pytest.mark.parametrize("frame", ["do you have {} gummies", "wey {} plumas de indica", "got any {} flower"])
def test_verbs_people_places_and_qualities_name_no_goods(frame: str) -> None:
    words = (
        "mama abuela cousins suegra roommate traes ofrecen consigo regalas buscaba quisieramos tendrian bringing"
        " sharing stopped bigger heavier tiny grandote viejitas tranquilo bakersfield parking recently basically"
    ).split()
    named = {word: read_slots(frame.format(word), [], classifier().knows).unknown for word in words}
    assert {word: found for word, found in named.items() if found} == {}


@pytest.mark.parametrize("word", ["jeeter", "runtz", "zkittlez", "kratom", "stiiizy", "wyld"])
def test_a_name_that_nobody_knows_is_still_one(word: str) -> None:
    assert read_slots(f"got any {word} flower", [], classifier().knows).unknown == (word,)
