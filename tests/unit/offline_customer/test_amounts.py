"""Prices, sizes, doses and comparisons in a text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from motabot.customers.records import Lookup
from motabot.offline.customer import bounds, superlatives
from motabot.offline.customer.arguments import find
from motabot.offline.customer.comparing import verdict
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.families import one_of_each
from motabot.offline.customer.reading import read
from motabot.offline.customer.results import once
from motabot.offline.customer.said import as_meant
from motabot.offline.customer.slots import plain_words
from motabot.offline.customer.state import after_correction
from motabot.offline.customer.wish import read_slots
from tests.unit.offline_customer.catalog_index import INDEX, ordinary


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
        ("under twenty five dollars", None, "25"),
        ("menos de treinta y cinco", None, "35"),
    ],
)
def test_a_price_is_exact_near_or_bounded(text: str, least: str | None, most: str | None) -> None:
    found = bounds.price_bounds(text, plain_words(text))
    told = [None if each is None else Decimal(each) for each in (least, most)]
    assert [found.least, found.most] == told


def test_a_list_names_one_of_several_sizes_and_tells_the_others() -> None:
    found = [
        {"name": "Blue Dream 7g", "brand": "A", "category": "Flower", "price": 60},
        {"name": "Blue Dream 3.5g", "brand": "A", "category": "Flower", "price": 33},
        {"name": "Blue Dream Pre-Roll 1g", "brand": "A", "category": "Pre-Rolls", "price": 9},
    ]
    listed = one_of_each(found)
    assert [(each["name"], each["sizes"]) for each in listed] == [
        ("Blue Dream 3.5g", [{"size": "7g", "price": 60}]),
        ("Blue Dream Pre-Roll 1g", []),
    ]
    assert one_of_each(found, cheapest=False)[0]["name"] == "Blue Dream 7g"


@pytest.mark.parametrize(
    ("text", "size", "most"),
    [
        ("no pase de 50 mg", None, "50"),
        ("gummies under 10mg", None, "9.9"),
        ("gummies 100 mg", "100mg", None),
        ("never again w/ the 100mg stuff", None, None),
    ],
)
def test_the_most_thc_is_no_size(text: str, size: str | None, most: str | None) -> None:
    wish = read_slots(text, [], ordinary)
    assert (wish.size, wish.max_thc) == (size, None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("which is stronger, the flower or the pen", {"strongest": "Pen"}),
        ("whats cheaper, the pen or the flower", {"cheapest": "Flower"}),
        ("is the pen cheaper and stronger than the flower", {"strongest": "Pen", "cheapest": "Flower"}),
        ("do you have the pen", {}),
    ],
)
def test_a_comparison_says_which_one_it_is(text: str, told: dict[str, str]) -> None:
    products = [
        {"name": "Flower", "thc": Decimal("21.2"), "thc_unit": "%", "price": Decimal("35.5")},
        {"name": "Pen", "thc": Decimal(85), "thc_unit": "%", "price": Decimal(52)},
    ]
    found = verdict(plain_words(text), products) or {}
    assert {name: product["name"] for name, product in found.items()} == told


def test_percent_and_milligrams_are_not_compared() -> None:
    products = [{"name": "A", "thc": 21, "thc_unit": "%"}, {"name": "B", "thc": 100, "thc_unit": "mg"}]
    assert verdict("which is stronger", products) is None


def test_a_half_of_something_is_half_an_ounce() -> None:
    assert read_slots("how much for a half of mimosa", [], ordinary).size == "14g"
    assert read_slots("half of that", [], ordinary).size is None


def test_only_the_weakest_is_weak() -> None:
    (strong, weak) = read(["the strongest edible and the weakest edible"], index=INDEX).requests
    assert (strong.slots.is_mild, strong.slots.sort) == (False, "thc_high")
    assert weak.slots.is_mild


@pytest.mark.parametrize("text", ["shes 20 btw does that matter", "its for my friend hes 19", "im 20 is that ok"])
def test_an_age_under_21_is_heard_whoever_has_it(text: str) -> None:
    shown = [{"name": "Blue Dream 3.5g", "sku": "A", "category": "Flower", "price": 30}]
    assert "under_21" in {each.intent for each in read([text], shown, INDEX).requests}


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("cheapest to priciest", "price_low"),
        ("most expensive to cheapest", "price_high"),
        ("strongest", "thc_high"),
    ],
)
def test_an_order_is_the_one_that_is_named_first(text: str, sort: str) -> None:
    assert read_slots(f"vapes {text}", [], ordinary).sort == sort


@pytest.mark.parametrize(
    ("text", "tool", "by"),
    [
        ("which edible has the most mg for the money", "compare_value", "mg"),
        ("cheapest per gram concentrates", "compare_value", "gram"),
        ("best value blue dream flower", "search_products", None),
    ],
)
def test_the_most_for_the_money_is_compared_by_the_gram_or_the_milligram(
    text: str, tool: str, by: str | None
) -> None:
    wanted = read([text], index=INDEX).requests[0]
    ((_, called, arguments),) = find(wanted, [])
    assert (called, arguments.get("by")) == (tool, by)


@pytest.mark.parametrize(
    ("text", "mild"),
    [
        ("gummies of 5mg", True),
        ("comestibles de unos 10 mg", True),
        ("algo que no pegue tan recio", True),
        ("a 100mg gummy", False),
        ("cookies with 50 mg", False),
    ],
)
def test_so_few_milligrams_are_a_small_dose(text: str, mild: bool) -> None:
    assert read_slots(text, [], lambda word: True).is_mild is mild


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("whichever one is the strongest", "thc_high"),
        ("and which hits the hardest", "thc_high"),
        ("cual tiene menos thc", "thc_low"),
        ("cual es el menos fuerte", "thc_low"),
        ("which one has the lowest mg", "thc_low"),
        ("the priciest one?", "price_high"),
        ("la mas barata", "price_low"),
        ("strongest of those three", None),
        ("between them whats cheapest", None),
        ("algo mas barato", None),
        ("a stronger one", None),
    ],
)
def test_a_superlative_is_of_all_unless_it_names_those_shown(text: str, by: str | None) -> None:
    assert superlatives.order(plain_words(text)) == by


def test_the_first_of_all_is_looked_for_where_a_list_named_a_few_of_many() -> None:
    products = [{"sku": str(n), "name": f"Kief {n}"} for n in range(5)]
    search = Lookup("search_products", {"query": "kief"}, {"products": products}, 2)
    card = Lookup("show_product", {"name": "1"}, {"product": products[1]}, 1)
    whole = Lookup("search_products", {"query": "kief"}, {"products": products[:3]}, 1)
    assert superlatives.cut_list([card, search], products[1:2]) is search
    assert superlatives.cut_list([whole], products[:3]) is None
    assert superlatives.cut_list([search, replace(search, tool="price_my_basket")], products[:3]) is None


def test_the_better_deal_by_the_gram_is_not_the_lower_price() -> None:
    small = {"name": "Wedding Cake 1g", "price": Decimal(8), "category": "Flower"}
    large = {"name": "Wedding Cake 14g", "price": Decimal(70), "category": "Flower"}
    found = verdict("which is the better deal per gram", [small, large]) or {}
    assert {name: each["name"] for name, each in found.items()} == {"best_value": "Wedding Cake 14g"}
    assert found["best_value"]["per_gram"] == Decimal(5)


def test_the_price_of_another_kind_is_no_answer() -> None:
    flowers = [
        {"name": "Blue Dream 1g", "price": Decimal(9), "category": "Flower"},
        {"name": "White Widow 7g", "price": Decimal(40), "category": "Flower"},
    ]
    assert verdict("which of them is cheaper as a preroll", flowers) is None


@pytest.mark.parametrize(
    ("text", "size", "category"),
    [
        ("a white widow g please", "1g", None),
        ("the half gs", "0.5g", None),
        ("medios gramos de cera", "0.5g", "Concentrates"),
        ("2 preroles", None, "Pre-Rolls"),
        ("una dona", None, "Edibles"),
        ("a 510 battery", None, "Accessories"),
        ("not the cart, i said flower", None, "Flower"),
    ],
)
def test_a_size_or_a_form_is_heard_in_its_short_words(text: str, size: str | None, category: str | None) -> None:
    said = after_correction(text)
    wish = read_slots(said, find_names(plain_words(said), INDEX, ordinary), lambda word: True)
    assert (wish.size, wish.category) == (size, category)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1. OG kush price 2. Veterans discount?", "OG kush price \nand Veterans discount?"),
        ("give me 2. thanks", "give me 2. thanks"),
        ("give me gummies under 24", "give me gummies under 24"),
        ("anything under 24", "anything less than 24 mg"),
    ],
)
def test_a_number_of_a_list_is_no_amount_and_a_kind_under_so_much_has_a_price(text: str, meant: str) -> None:
    shown = [{"name": "Lemonade 75mg", "category": "Edibles", "price": 19, "thc_unit": "mg"}]
    assert as_meant(text, shown) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("⅛ of sherbert?", "eighth of sherbert?"),
        ("½ oz of gelato", "half oz of gelato"),
        ("¼ oz indica", "quarter indica"),
        ("3½ g sativa", "3.5g sativa"),
        ("2 1/2 grams of wax", "2.5grams of wax"),
        ("3 and a half grams", "3.5grams"),
        ("1½ oz", "1.5oz"),
        ("¾ oz", "0.75 oz"),
        ("open 11/8 or 11/27?", "open 11/8 or 11/27?"),
    ],
)
def test_a_fraction_is_one_amount_however_it_is_typed(text: str, meant: str) -> None:
    assert as_meant(text, []) == meant


def test_a_product_that_two_searches_find_is_told_once() -> None:
    found = [{"sku": "A"}, {"sku": "B"}, {"sku": "A"}]
    assert once(found) == found[:2]


def test_words_that_only_sound_like_an_amount_are_none() -> None:
    wish = read(["the bath soak got me through this quarter, is it in stock"]).requests[0].slots
    assert (wish.category, wish.size) == ("Topicals", None)
    assert read(["night capsules, how many in a pack"]).requests[0].slots.pack is None


def test_a_second_size_of_an_extract_is_one_of_it() -> None:
    wishes = [each.slots for each in read(["price on the og wax, half gram and full gram"]).requests]
    assert [(str(each.size), each.kind) for each in wishes] == [("0.5g", "wax"), ("1g", "wax")]
