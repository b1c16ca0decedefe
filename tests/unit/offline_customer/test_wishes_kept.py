"""What a later text leaves of a wish: it stays until it is replaced or withdrawn."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from motabot.customers.records import Lookup
from motabot.offline.customer.slots import Slots
from tests.unit.offline_customer.test_conversation import CARD, GELATO, SHOWN_ONE, requests

MANGO = (Lookup("recommend_products", {"flavor": "Mango"}, {"products": [GELATO]}),)
RELAXING = (Lookup("recommend_products", {"effect": "Relaxed", "category": "gummies"}, {"products": []}),)
NEW = (Lookup("recommend_products", {"novelty": "new", "similar_to": "gelato"}, {"products": [GELATO]}),)
DARK = (Lookup("search_products", {"query": "dark chocolate", "category": "Edibles"}, {"products": []}),)
TANGIE = {"sku": "T", "name": "Tangie Vape Pen 0.3g", "category": "Vapes"}
UNDER_40 = (Lookup("search_products", {"query": "flower", "category": "Flower", "max_price": 39.99}, {}),)
WAX = (Lookup("search_products", {"query": "wax", "category": "Concentrates"}, {"products": [GELATO]}),)
CART = (Lookup("search_products", {"query": "gelato cart 1g", "category": "Vapes"}, {}),)
GUMMY = {"sku": "S", "name": "Sour Gummies", "category": "Edibles", "price": "13", "thc": "100", "thc_unit": "mg"}
SOUR = (
    Lookup(
        "search_products",
        {"query": "sour gummies", "category": "Edibles"},
        {"products": [GUMMY, {**GUMMY, "sku": "S2"}]},
    ),
)
CARTS = (Lookup("search_products", {"query": "cartuchos", "category": "Vapes"}, {"products": [GELATO]}),)
PEN = (Lookup("list_my_purchases", {}, {"visits": [{"items": [TANGIE]}]}),)
EIGHTH = (Lookup("search_products", {"query": "gelato 3.5g", "category": "Flower"}, {"products": [GELATO]}),)


def wish(text: str, before: tuple[Lookup, ...], **facts: Any) -> Slots:
    [wanted] = requests(text, before, **facts)
    return wanted.slots


@pytest.mark.parametrize(
    ("before", "text", "kept"),
    [
        (MANGO, "not flower, vapes", {"flavor": "Mango", "category": "Vapes"}),
        (MANGO, "not edibles sorry flower", {"flavor": "Mango", "category": "Flower", "avoid": ("edibles",)}),
        (RELAXING, "no, in a cart", {"effect": "Relaxed", "category": "Vapes"}),
        (RELAXING, "no, flower", {"effect": "Relaxed", "category": "Flower"}),
        (RELAXING, "no sorry i meant prerolls", {"effect": "Relaxed", "category": "Pre-Rolls"}),
        (NEW, "nah not a vape", {"wants_new": True, "alike": True, "names": ("gelato",), "avoid": ("vape",)}),
        (RELAXING, "y en chocolate", {"effect": "Relaxed", "category": "Edibles"}),
        (UNDER_40, "ok and prerolls", {"max_price": Decimal(40), "is_under": True, "category": "Pre-Rolls"}),
        (UNDER_40, "indica actually", {"max_price": Decimal(40), "flower_type": "Indica", "unknown": ()}),
        (MANGO, "not sativa tho, hybrid", {"flavor": "Mango", "flower_type": "Hybrid", "avoid": ("sativa",)}),
        (WAX, "the strongest", {"category": "Concentrates", "kind": "wax", "sort": "thc_high"}),
        (CART, "ok then the pen", {"names": ("gelato",), "size": None, "kind": "pen"}),
        (CARTS, "de sabor a uva", {"category": "Vapes", "flavor": "Grape"}),
        (CARTS, "menos de 30", {"category": "Vapes", "max_price": Decimal(30), "sort": None}),
        (EIGHTH, "in a sativa", {"names": (), "flower_type": "Sativa", "size": "3.5g"}),
        (PEN, "do you have it in a cart", {"names": ("tangie",), "category": "Vapes"}),
        (CARTS, "menos de 30 dolares", {"max_price": Decimal(30)}),
        (SOUR, "under 20", {"max_price": Decimal(20), "max_thc": None}),
        (SOUR, "under 50", {"max_price": None, "max_thc": Decimal("49.9")}),
        (DARK, "nothing spicy", {"query": "dark chocolate", "avoid": ("spicy",)}),
    ],
)
def test_what_a_text_does_not_change_stays(before: tuple[Lookup, ...], text: str, kept: dict[str, Any]) -> None:
    wanted = wish(text, before)
    assert {name: getattr(wanted, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("before", "text", "query"),
    [
        (EIGHTH, "ok what about jack herer", "jack herer 3.5g"),
        (EIGHTH, "and the og kush?", "og kush 3.5g"),
        (EIGHTH, "k and og kush same thing?", "og kush 3.5g"),
        (SHOWN_ONE, "y el jack herer?", "jack herer"),
    ],
)
def test_another_strain_is_wanted_in_the_form_spoken_of(before: tuple[Lookup, ...], text: str, query: str) -> None:
    wanted = wish(text, before)
    assert (wanted.query, wanted.category) == (query, "Flower")


def test_a_question_about_another_strain_is_no_wish_for_it() -> None:
    assert {each.intent for each in requests("and is jack herer sativa", CARD)} != {"search"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("and for my husband? he likes berry", {"effect": None, "flavor": "Berry", "kind": "gummies"}),
        ("thank you dear. and for my wife? she cannot sleep", {"effect": "Sleepy", "kind": "gummies"}),
        ("and for my wife?", {"effect": "Relaxed", "kind": "gummies"}),
    ],
)
def test_the_taste_of_another_person_replaces_that_of_the_one_before(text: str, kept: dict[str, Any]) -> None:
    wanted = wish(text, RELAXING)
    assert {name: getattr(wanted, name) for name in kept} == kept
