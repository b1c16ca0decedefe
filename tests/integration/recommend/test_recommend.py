"""Recommendations as a customer gets them: what comes first, what never appears, and why."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.customers.context import load_context
from motabot.db.customer_reader import CustomerReader
from tests.support.customer import Caller
from tests.support.shops import NOW, TODAY, customer, insert, product

ANA, STRANGER = "+14155550101", "+14155550999"


def shelf_product(sku: str, category: str, effects: list[str], price: int = 30, **columns: Any) -> dict[str, Any]:
    return product(
        sku, name=f"{columns.get('strain') or 'House'} {category} {sku}", category=category, effects=effects,
        retail_price=Decimal(price), is_active=columns.pop("is_active", True), **columns,
    )  # fmt: skip


SHELF = [
    shelf_product("F1", "Flower", ["Sleepy", "Relaxed"], strain="Purple Punch", brand="Hill", flavors=["Grape"],
                  flower_type="Indica", parent_strains=["Larry OG", "Granddaddy Purple"]),
    shelf_product("F2", "Flower", ["Sleepy", "Relaxed"], strain="Granddaddy Purple", brand="Hill",
                  flower_type="Indica", flavors=["Grape"], lineage="Purple Urkle x Big Bud"),
    shelf_product("F3", "Flower", ["Energetic", "Focused"], strain="Durban Poison", brand="Peak",
                  flower_type="Sativa", flavors=["Pine"], negatives=["Anxious", "Paranoid"]),
    shelf_product("F4", "Flower", ["Sleepy", "Relaxed"], strain="Bubba Kush", brand="Hill", flower_type="Indica",
                  price=120),
    shelf_product("F5", "Flower", ["Sleepy"], strain="Northern Lights", is_active=False, leafly_rating=Decimal(5)),
    shelf_product("V1", "Vapes", ["Happy", "Sleepy"], brand="Peak", leafly_rating=Decimal("4.9")),
    shelf_product("E1", "Edibles", ["Sleepy"], brand="Kiva", flavors=["Citrus"], leafly_rating=Decimal("3.0")),
]  # fmt: skip


def bought(sku: str, count: int, days_ago: int, rate: str = "0.5") -> dict[str, Any]:
    return {
        "customer_id": "M1",
        "product_sku": sku,
        "product_name": f"Product {sku}",
        "category": "Flower",
        "purchase_count": count,
        "last_purchased": TODAY - timedelta(days=days_ago),
        "avg_price_paid": Decimal(30),
        "repurchase_rate": Decimal(rate),
    }


@pytest.fixture
def ana(engine: Engine, customer_engine: Engine) -> Caller:
    with engine.begin() as connection:
        insert(connection, "products", *SHELF)
        insert(connection, "customers", customer("M1", name="Ana Lee", phone=ANA))
        insert(connection, "customer_product_affinity", bought("F1", 4, 7), bought("E1", 1, 200, "0"))
    return Caller(engine, customer_engine, NOW, ANA)


def skus(caller: Caller, **arguments: Any) -> list[str]:
    told = caller.ask("recommend_products", **{"limit": 10, **arguments})
    return [card["sku"] for card in told["products"]]


def reasons(caller: Caller, sku: str, **arguments: Any) -> list[str]:
    told = caller.ask("recommend_products", **{"limit": 10, **arguments})
    found: list[str] = next(card["reasons"] for card in told["products"] if card["sku"] == sku)
    return found


def test_what_was_bought_comes_first_and_what_resembles_it_next(ana: Caller) -> None:
    assert skus(ana)[:3] == ["F1", "E1", "F2"]
    assert reasons(ana, "F1")[0] == "you bought it 4 times, last on 2026-03-13"


def test_the_same_facts_give_the_same_answer(ana: Caller) -> None:
    assert len({ana.call("recommend_products", limit=10).told for _ in range(3)}) == 1


def test_something_new_is_something_never_bought_and_says_so(ana: Caller) -> None:
    told = skus(ana, novelty="new")
    assert told[0] == "F2"
    assert {"F1", "E1"}.isdisjoint(told)
    assert "new to you" in reasons(ana, "F2", novelty="new")


def test_the_usual_is_only_what_was_bought(ana: Caller) -> None:
    assert skus(ana, novelty="usual") == ["F1", "E1"]


def test_the_usual_of_a_kind_never_bought_is_said_to_be_missing(ana: Caller) -> None:
    told = ana.ask("recommend_products", novelty="usual", category="vapes")
    assert (told["products"], told["note"]) == (
        [],
        "Nothing of this was bought before, or none of it is available.",
    )


def test_what_is_not_available_is_never_recommended(ana: Caller) -> None:
    assert "F5" not in skus(ana)


def test_an_effect_that_is_asked_for_is_met_and_told_first(ana: Caller) -> None:
    told = ana.ask("recommend_products", effect="focus", limit=10)
    assert [card["sku"] for card in told["products"]] == ["F3"]
    assert told["products"][0]["reasons"][0] == "described as focused"


@pytest.mark.parametrize("unwanted", ["sleepy", "Sleepy"])
def test_an_unwanted_effect_never_appears(ana: Caller, unwanted: str) -> None:
    assert skus(ana, avoid=[unwanted]) == ["F3"]


def test_an_unwanted_side_effect_flavour_or_kind_never_appears(ana: Caller) -> None:
    assert "F3" not in skus(ana, avoid=["paranoia"])
    assert {"F1", "F2"}.isdisjoint(skus(ana, avoid=["grape"]))
    assert "E1" not in skus(ana, avoid=["edibles"])
    assert (
        ana.ask("recommend_products", avoid=["xyzzy"])["note"] == 'Nothing in the catalog is described as "xyzzy".'
    )


def test_a_wish_that_nothing_meets_is_met_as_closely_as_can_be_and_said_so(ana: Caller) -> None:
    told = ana.ask("recommend_products", category="flower", effect="sleepy", max_price=10)
    assert [card["category"] for card in told["products"]] == ["Flower"] * 3
    assert told["note"] == "Nothing available meets all of it; these do but for: at most $10."


def test_a_price_far_from_the_usual_one_counts_less(ana: Caller) -> None:
    told = skus(ana, novelty="new", category="flower")
    assert told.index("F2") < told.index("F4")
    assert "near what you usually pay" not in reasons(ana, "F4", novelty="new", category="flower")


def test_kinship_by_lineage_is_a_reason(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        connection.exec_driver_sql(
            "update public.products set effects = null, flavors = null, brand = null, flower_type = null,"
            " retail_price = 90 where sku = 'F2'"
        )
        insert(
            connection,
            "products",
            shelf_product(
                "F6", "Flower", [], strain="Purple Haze", parent_strains=["Granddaddy Purple"], price=90
            ),
        )
    assert "related to Granddaddy Purple, as what you buy is" in reasons(ana, "F6", category="flower")


def test_something_like_a_product_resembles_it_and_is_not_it(ana: Caller) -> None:
    told = ana.ask("recommend_products", similar_to="durban poison", limit=10)["products"]
    assert {card["category"] for card in told[:3]} == {"Flower"}
    assert "F3" not in [card["sku"] for card in told]
    assert not any("you bought" in reason for card in told for reason in card["reasons"])
    assert skus(ana, similar_to="purple punch")[0] == "F2"


def test_something_like_a_product_that_is_not_there_is_refused(ana: Caller) -> None:
    assert "has no" in ana.call("recommend_products", similar_to="zzzzzz").told


def test_an_unknown_number_gets_the_best_rated_that_meets_the_wish(ana: Caller) -> None:
    stranger = Caller(ana.engine, ana.customer_engine, NOW, STRANGER)
    told = stranger.ask("recommend_products", effect="sleep", limit=10)
    assert told["products"][0]["sku"] == "V1"
    assert told["products"][0]["reasons"] == ["described as sleepy", "rated 4.9"]
    assert not any("you" in reason for card in told["products"] for reason in card["reasons"])


def test_a_customer_without_any_purchase_gets_recommendations_too(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        connection.exec_driver_sql("delete from public.customer_product_affinity")
    assert skus(ana)[0] == "V1"


def test_a_list_of_new_products_is_varied(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        insert(
            connection,
            "products",
            *(shelf_product(f"N{number}", "Flower", ["Relaxed"], brand="Hill") for number in range(8)),
        )
    told = ana.ask("recommend_products", novelty="new", limit=5)["products"]
    assert told[0]["category"] == "Flower"
    assert "Vapes" in {card["category"] for card in told}


def test_the_first_of_a_category_that_the_customer_buys_comes_before_another_of_the_same(ana: Caller) -> None:
    with ana.engine.begin() as connection:
        connection.exec_driver_sql("delete from public.customer_product_affinity")
        insert(
            connection,
            "customer_product_affinity",
            bought("F1", 9, 7, "0.9"),
            bought("F2", 4, 7, "0.4"),
            bought("V1", 3, 7, "0.3"),
        )
    assert skus(ana)[:3] == ["F1", "V1", "F2"]


@pytest.fixture
def crowd(ana: Caller) -> Caller:
    """Ana's shop with twelve others: all buy V2, five of them E2, and four V3."""
    with ana.engine.begin() as connection:
        insert(
            connection,
            "products",
            shelf_product("V2", "Vapes", ["Happy"]),
            shelf_product("E2", "Edibles", ["Happy"]),
            shelf_product("V3", "Vapes", ["Happy"]),
        )
        for number in range(12):
            buyer = f"B{number}"
            insert(connection, "customers", customer(buyer, name="Somebody", phone=f"+1415555{2000 + number}"))
            skus_bought = ["V2", *(["E2"] if number < 5 else []), *(["V3"] if number < 4 else [])]
            rows = [{**bought(sku, 1, 7, "0"), "customer_id": buyer} for sku in skus_bought]
            insert(connection, "customer_product_affinity", *rows)
    return ana


def test_an_unknown_number_gets_what_many_people_buy_and_is_told_so(crowd: Caller) -> None:
    stranger = Caller(crowd.engine, crowd.customer_engine, NOW, STRANGER)
    told = stranger.ask("recommend_products", limit=10)["products"]
    assert [card["sku"] for card in told[:2]] == ["V2", "E2"]
    assert "popular here" in told[0]["reasons"]


def test_popularity_is_a_figure_about_many_and_only_for_a_turn_that_is_under_way(crowd: Caller) -> None:
    token = load_context(crowd.engine, ANA, token_seconds=60).token
    query = "select product_sku, popularity from popularity order by product_sku"
    rows = CustomerReader(crowd.customer_engine, token)(query, {})
    assert [(row["product_sku"], row["popularity"]) for row in rows] == [("E2", pytest.approx(5 / 12)), ("V2", 1)]
    assert CustomerReader(crowd.customer_engine, "guess")(query, {}) == []
