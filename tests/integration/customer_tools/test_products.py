"""The catalog as customers see it: searched, shown, and never more than they may know."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.agent.tools import AgeNotAffirmed
from tests.integration.customer_tools.shelf import STRANGER, with_phone
from tests.support.customer import Caller
from tests.support.shops import NOW, insert, product


def test_a_card_holds_what_a_customer_may_know(ana: Caller) -> None:
    [card] = ana.ask("search_products", query="blue dream flower")["products"]
    assert card == {
        "sku": "F1",
        "name": "Blue Dream 3.5g",
        "brand": "Hill Farm",
        "category": "Flower",
        "strain": "Blue Dream",
        "flower_type": "Hybrid",
        "price": "35.00",
        "grams": "3.5",
        "mg": "787.5",
        "thc": "22.5",
        "cbd": None,
        "thc_unit": "%",
        "effects": ["Happy", "Relaxed"],
        "flavors": ["Berry", "Sweet"],
        "rating": "4.4",
        "available": True,
    }


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"query": "do you have any blue dream carts?"}, ["Blue Dream Cartridge 1g"]),
        ({"query": "blu dream"}, ["Blue Dream 3.5g", "Blue Dream Cartridge 1g"]),
        ({"query": "an eighth of something for sleep"}, ["Granddaddy Purple 3.5g"]),
        ({"query": "granddady purpel"}, ["Granddaddy Purple 3.5g"]),
        ({"query": "gomitas para dormir"}, ["Midnight Gummies 100mg"]),
        ({"query": "kiva"}, ["Dark Chocolate Bar 100mg", "Midnight Gummies 100mg"]),
        ({"query": "chocolate"}, ["Dark Chocolate Bar 100mg"]),
        ({"category": "carts"}, ["Blue Dream Cartridge 1g"]),
        ({"category": "gummies"}, ["Midnight Gummies 100mg"]),
        ({"category": "flowr", "effect": "chill"}, ["Granddaddy Purple 3.5g", "Blue Dream 3.5g"]),
        ({"effect": "sleepy and relaxed"}, ["Granddaddy Purple 3.5g"]),
        ({"flavor": "grape"}, ["Granddaddy Purple 3.5g"]),
        ({"brand": "night shft"}, ["Granddaddy Purple 3.5g"]),
        ({"strain": "blue dreem", "max_price": 40}, ["Blue Dream 3.5g"]),
        ({"flower_type": "Indica", "min_price": 25}, ["Granddaddy Purple 3.5g"]),
        ({"category": "flower", "min_thc": 20}, ["Blue Dream 3.5g"]),
        ({"category": "edibles", "sort": "price_low"}, ["Dark Chocolate Bar 100mg", "Midnight Gummies 100mg"]),
        ({"sort": "thc_high", "limit": 1, "category": "vape"}, ["Blue Dream Cartridge 1g"]),
        ({"query": "insomnia"}, ["Granddaddy Purple 3.5g", "Midnight Gummies 100mg"]),
    ],
)
def test_the_catalog_is_searched_in_a_customers_words(
    ana: Caller, given: dict[str, Any], names: list[str]
) -> None:
    assert ana.names("search_products", **given) == names


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"query": "granddady purpel"}, 'Read "granddady purpel" as Granddaddy Purple.'),
        ({"strain": "blue dreem"}, 'Read "blue dreem" as Blue Dream.'),
        ({"query": "gelato"}, "Not available at the moment."),
        (
            {"query": "blue dream gummies"},
            "Nothing available meets all of it; these do but for: Blue Dream.",
        ),
        (
            {"category": "edibles", "max_price": 5},
            "Nothing available meets all of it; these do but for: at most $5.",
        ),
        (
            {"strain": "blue dream", "category": "edibles", "beginner": True},
            "Nothing available of what is mild enough for somebody new to it meets all of it; these do but for: Blue Dream.",
        ),
        ({"query": "moon rocks"}, "Nothing in the catalog is called moon, rocks."),
        (
            {"category": "boats"},
            'The catalog has no category "boats". There is: Edibles, Flower, Vape Cartridges.',
        ),
        ({"category": "edibles"}, None),
    ],
)
def test_a_note_says_what_was_guessed_or_not_met(ana: Caller, given: dict[str, Any], note: str | None) -> None:
    assert ana.ask("search_products", **given)["note"] == note


def test_what_is_not_available_is_shown_only_when_nothing_else_is(ana: Caller) -> None:
    [card] = ana.ask("search_products", query="gelato")["products"]
    assert (card["name"], card["available"]) == ("Gelato 7g", False)
    assert "Gelato 7g" not in ana.names("search_products", category="flower", limit=10)


def test_total_counts_all_that_match(ana: Caller) -> None:
    told = ana.ask("search_products", limit=2)
    assert (len(told["products"]), told["total"]) == (2, 5)


def test_an_effect_is_found_under_the_catalogs_own_word(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        connection.exec_driver_sql("update public.products set is_active = true where sku = 'G1'")
    assert ana.names("search_products", effect="aroused") == ["Gelato 7g"]


def test_price_and_availability_are_never_kept_from_an_earlier_call(ana: Caller) -> None:
    assert ana.ask("search_products", query="midnight gummies")["products"][0]["price"] == "20"
    with ana.engine.begin() as connection:
        connection.exec_driver_sql("update public.products set retail_price = 21 where sku = 'E1'")
    assert ana.ask("search_products", query="midnight gummies")["products"][0]["price"] == "21"


@pytest.mark.parametrize("name", ["F1", "blue dream 3.5g", "Hill Farm blue dream 3.5g", "blue dreem 3.5g"])
def test_one_product_is_shown_in_full(ana: Caller, name: str) -> None:
    told = ana.ask("show_product", name=name)["product"]
    assert (told["sku"], told["terpenes"], told["negatives"], told["lineage"], told["parent_strains"]) == (
        "F1",
        ["Myrcene"],
        ["Dry Mouth"],
        "Blueberry x Haze",
        ["Blueberry", "Haze"],
    )


def test_a_name_that_fits_several_products_gives_candidates(ana: Caller) -> None:
    told = ana.ask("show_product", name="blue dream")
    assert [card["sku"] for card in told["candidates"]] == ["F1", "V1"]


def test_an_unknown_product_is_refused_with_the_nearest_names(ana: Caller) -> None:
    result = ana.call("show_product", name="midnight brownies")
    assert not result.ok
    assert result.value == {
        "error": 'The catalog has no product "midnight brownies". The nearest names are: Midnight Gummies 100mg.'
    }


def test_no_result_tells_of_cost_vendor_or_illness(ana: Caller) -> None:
    results = [
        ana.call("search_products", query="insomnia stress"),
        ana.call("search_products", limit=10),
        ana.call("show_product", name="F1"),
        ana.call("list_my_favorites"),
        ana.call("recommend_products", limit=10),
    ]
    for result in results:
        assert result.ok
        assert not any(word in result.told for word in ("11.11", "Secret", "Stress", "Insomnia", "helps_with"))


def test_strangers_may_search_the_catalog_too(ana: Caller) -> None:
    assert with_phone(ana, STRANGER).names("search_products", query="gummies") == ["Midnight Gummies 100mg"]


@pytest.mark.parametrize("tool", ["search_products", "recommend_products", "show_product"])
def test_products_are_for_adults(ana: Caller, tool: str) -> None:
    arguments = {"name": "Gelato"} if tool == "show_product" else {}
    with pytest.raises(AgeNotAffirmed):
        dataclasses.replace(with_phone(ana, STRANGER), is_adult=False).call(tool, **arguments)


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("search_products", {"category": "flower", "beginner": True}),
        ("search_products", {"query": "something mild in flower"}),
        ("search_products", {"query": "flower that isnt too strong"}),
        ("recommend_products", {"category": "flower", "beginner": True}),
        ("recommend_products", {"category": "flower", "max_thc": 20}),
    ],
)
def test_whoever_wants_something_mild_gets_nothing_else(ana: Caller, tool: str, given: dict[str, Any]) -> None:
    assert set(ana.names(tool, **given)) == {"Granddaddy Purple 3.5g"}


@pytest.mark.parametrize("tool", ["search_products", "recommend_products"])
def test_whoever_wants_something_mild_gets_the_weakest_first(engine: Engine, ana: Caller, tool: str) -> None:
    with engine.begin() as connection:
        for rating, (name, mg) in enumerate(
            {"Tea 5mg": 5, "Mints 10mg": 10, "Bar 40mg": 40, "Cake 90mg": 90}.items()
        ):
            insert(
                connection,
                "products",
                product(
                    name, name=name, category="Edibles", thc_content=mg, is_active=True, leafly_rating=rating + 1
                ),
            )
        for number in range(9):
            insert(
                connection,
                "products",
                product(
                    f"S{number}", name=f"Strong {number}", category="Edibles", thc_content=100, is_active=True
                ),
            )
    assert ana.names(tool, category="edibles", beginner=True)[:3] == ["Tea 5mg", "Mints 10mg", "Bar 40mg"]


def test_a_limit_of_strength_is_never_relaxed(ana: Caller) -> None:
    assert ana.ask("search_products", category="flower", max_thc=5)["products"] == []
    assert (
        ana.ask("recommend_products", effect="Happy", category="flower", beginner=True, max_thc=5)["products"]
        == []
    )


def test_candidates_of_one_strain_say_its_lineage_once(ana: Caller) -> None:
    told = ana.ask("show_product", name="blue dream")
    assert len(told["candidates"]) == 2
    assert told["strain"]["name"] == "Blue Dream"
    assert told["strain"]["lineage"] == "Blueberry x Haze"
    assert "lineage" not in told["candidates"][0]


def test_an_empty_catalog_is_no_error(engine: Engine, customer_engine: Engine) -> None:
    caller = Caller(engine, customer_engine, NOW, STRANGER)
    assert caller.ask("search_products", query="gummies")["products"] == []
    assert caller.ask("recommend_products")["products"] == []
