"""The demo's catalog: what a shop shows, from real names."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest

from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import CATEGORIES
from motabot.catalog.word_table import NOT_MEANT
from motabot.demo import kushy
from motabot.demo.catalog import SHARES, SMALLEST, make_catalog
from motabot.demo.figures import consistency, money, quotient
from motabot.demo.names import CALIFORNIAN, FICTIONAL, phone_number
from motabot.demo.product import DemoProduct
from motabot.text.phone_numbers import to_e164
from tests.support import oracle

EVERYBODY_KNOWS = ["Blue Dream", "Gelato", "OG Kush", "Sour Diesel", "Granddaddy Purple", "Girl Scout Cookies"]


@pytest.fixture(scope="module")
def small() -> list[DemoProduct]:
    return make_catalog(SMALLEST, Random(7))


@pytest.fixture(scope="module")
def large() -> list[DemoProduct]:
    return make_catalog(5_000, Random(7))


def test_a_catalog_has_as_many_products_as_asked_for(small: list[DemoProduct], large: list[DemoProduct]) -> None:
    assert (len(small), len(large)) == (300, 5_000)
    assert len({product.sku for product in large}) == 5_000
    assert len({product.name.casefold() for product in large}) == 5_000


def test_the_same_number_makes_the_same_catalog(small: list[DemoProduct]) -> None:
    assert make_catalog(SMALLEST, Random(7)) == small
    assert make_catalog(SMALLEST, Random(8)) != small


def test_a_further_assortment_goes_on_where_the_first_ended(small: list[DemoProduct]) -> None:
    further = make_catalog(SMALLEST, Random(9), after=len(small))
    assert [product.number for product in further] == list(range(301, 601))
    assert not {product.sku for product in further} & {product.sku for product in small}
    assert not {product.name for product in further} & {product.name for product in small}


@pytest.mark.parametrize("strain", EVERYBODY_KNOWS)
def test_even_a_small_shop_has_an_eighth_of_what_everybody_knows(strain: str, small: list[DemoProduct]) -> None:
    eighth = next(product for product in small if product.name == f"{strain} 3.5g")
    assert eighth.is_active
    assert eighth.category == "Flower"
    assert eighth.price < 4_000
    size = find_size(eighth.name)
    assert size is not None
    assert size.amount == Decimal("3.5")
    assert eighth.strain is not None
    assert eighth.strain.effects
    assert eighth.strain.flavors
    assert eighth.strain.parents
    assert len(eighth.terpenes) == 3


def test_every_category_is_one_that_customers_can_ask_for(large: list[DemoProduct]) -> None:
    assert {product.category for product in large} == set(SHARES) == set(CATEGORIES.words) - {NOT_MEANT}


def test_every_product_is_complete_and_costs_less_than_it_sells_for(large: list[DemoProduct]) -> None:
    for product in large:
        assert product.name == product.name.strip()
        assert product.brand
        assert product.vendor
        assert 0 < product.cost < product.price
        assert product.earlier_price > product.cost
        assert (product.thc is None) == (product.category == "Accessories")


def test_strength_is_a_percentage_where_it_is_no_dose(large: list[DemoProduct]) -> None:
    percent = [
        product for product in large if product.category in {"Flower", "Pre-Rolls", "Vapes", "Concentrates"}
    ]
    assert all(product.thc is not None and 0 < product.thc < 1_000 for product in percent)
    edibles = [product for product in large if product.category == "Edibles"]
    assert all(product.thc is not None and product.thc <= 1_000 for product in edibles)  # 100 mg a package


def test_a_few_products_are_not_sold_any_more(large: list[DemoProduct]) -> None:
    assert 0.06 < sum(not product.is_active for product in large) / len(large) < 0.10


def test_names_are_fit_for_a_shelf(large: list[DemoProduct]) -> None:
    unfit = re.compile(
        r"disposable|[<>{}\\\"\t]|\bnull\b|relief|pain\b|heal|medicat|lollipop|kids\b|  ", re.IGNORECASE
    )
    assert not [product.name for product in large if unfit.search(product.name)]
    assert not [product.brand for product in large if unfit.search(product.brand)]


def test_descriptions_name_flavors_and_effects_and_no_ailment(large: list[DemoProduct]) -> None:
    ailments = {ailment for strain in kushy.strains().values() for ailment in strain.helps_with}
    for product in large:
        if product.description is not None and product.strain is not None:
            said = product.description.replace(product.strain.name, "")
            assert not [ailment for ailment in ailments if ailment.lower() in said.lower()]


def test_the_data_tells_pleasant_effects_from_unpleasant_ones() -> None:
    strains = kushy.strains().values()
    effects = {effect for strain in strains for effect in strain.effects}
    negatives = {negative for strain in strains for negative in strain.negatives}
    assert {"Relaxed", "Happy", "Sleepy"} <= effects
    assert {"Dry Mouth", "Paranoid", "Anxious"} <= negatives
    assert not effects & negatives


def test_crosses_are_the_parents_that_the_trade_knows() -> None:
    strains = kushy.strains()
    assert strains["White Rhino"].parents == ("White Widow",)
    assert strains["Critical Mass"].parents == ("Afghani", "Skunk #1")
    assert strains["Vortex"].parents == ("Romulan", "Cinderella 99")


def test_every_phone_is_possible_different_and_reaches_nobody() -> None:
    slots = [*range(0, FICTIONAL, 97), FICTIONAL - 1, *range(FICTIONAL, FICTIONAL + 50_000, 997), CALIFORNIAN]
    numbers = [phone_number(slot) for slot in slots]
    assert len(set(numbers)) == len(set(slots))
    assert all(to_e164(number, "US") == number for number in numbers)
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d|\+1999[2-9]\d{6}", number) for number in numbers)


def test_the_fictional_range_has_no_number_twice() -> None:
    assert len({phone_number(slot) for slot in range(FICTIONAL)}) == FICTIONAL


@pytest.mark.parametrize(
    "gaps", [[1, 1], [7, 7, 7], [1, 100], [3, 4], [10, 11, 9, 30], [2] * 50 + [3], [1, 3], [39, 61]]
)
def test_consistency_is_rounded_like_the_definition(gaps: list[int]) -> None:
    ours = consistency(len(gaps), sum(gaps), sum(gap * gap for gap in gaps))
    assert Decimal(money(ours)) == oracle.consistency(gaps)


def test_quotients_are_rounded_half_away_from_zero() -> None:
    assert [quotient(1, 2), quotient(3, 2), quotient(5, 4), quotient(7, 4), quotient(0, 3)] == [1, 2, 1, 2, 0]


def test_money_keeps_its_sign_and_its_cents() -> None:
    assert [money(5), money(-5), money(-12_345), money(100)] == ["0.05", "-0.05", "-123.45", "1.00"]
