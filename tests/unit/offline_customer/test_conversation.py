"""How the offline model continues a conversation: what a short text means, given what was said before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from motabot.catalog.index import arrange
from motabot.customers.records import Line, Lookup
from motabot.offline.customer.dialogue import Dialogue
from motabot.offline.customer.focus import shown_to
from motabot.offline.customer.gone import what_is_gone
from motabot.offline.customer.manners import courtesy
from motabot.offline.customer.relative import wish_beside
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots, plain_words
from tests.support.turns import NOW, turn

INDEX = arrange(
    {
        "names": ["Gelato 3.5g", "Gelato 28g", "Jack Herer 14g", "OG Kush Pre-Roll 1g", "Rolling Papers"],
        "brands": ["Best Coast", "Camino"],
        "strains": ["Gelato", "Jack Herer", "OG Kush"],
        "categories": ["Flower", "Edibles", "Vapes", "Pre-Rolls", "Concentrates", "Accessories"],
        "effects": ["Happy", "Relaxed", "Sleepy"],
        "flavors": ["Berry", "Sweet"],
        "negatives": ["Paranoid"],
        "helps_with": [],
        "best_rated": [],
        "popular": {},
        "demand": {},
    }
)
GELATO: dict[str, Any] = {
    "sku": "G",
    "name": "Gelato 3.5g",
    "strain": "Gelato",
    "category": "Flower",
    "price": "33",
    "thc": "24",
}
JACK = {**GELATO, "sku": "J", "name": "Jack Herer 14g", "strain": "Jack Herer", "price": "93", "thc": "28.9"}
LIST = (Lookup("search_products", {"query": "flower", "category": "Flower"}, {"products": [GELATO, JACK]}),)
CARD = (Lookup("search_products", {"query": "gelato"}, {"products": [GELATO]}),)
SHOWN_ONE = (Lookup("show_product", {"name": "G"}, {"product": GELATO}),)
POINTS = (Lookup("show_my_profile", {}, {"known": True}),)
PAYMENT = (Lookup("show_shop_info", {"topic": "payment"}, {}),)
DEALS = (Lookup("show_shop_info", {"topic": "deals"}, {}),)
SUM = (
    Lookup(
        "price_my_basket",
        {"items": [{"product": "G", "quantity": 2}]},
        {"lines": [{**GELATO, "quantity": 2, "amount": "66"}]},
    ),
)


def requests(text: str, before: tuple[Lookup, ...], **facts: Any) -> tuple[Request, ...]:
    context = turn(text, last_shown=before, **facts)
    return Dialogue(context, shown_to(context), INDEX).read().requests


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("ok cool", "noted"),
        ("lol", "noted"),
        ("k omw", "noted"),
        ("sounds good, see you soon", "noted"),
        ("ok thanks!", "thanks"),
        ("muchas gracias", "thanks"),
        ("no", "declines"),
        ("nah im good", "declines"),
        ("no thats all thanks", "declines"),
        ("nada mas, gracias", "declines"),
        ("thats your loss then", "leaves"),
        ("ok thanks bye", "leaves"),
        ("ok and the hours", None),
        ("no gummies", None),
        ("yes", None),
    ],
)
def test_a_text_that_asks_for_nothing_gets_a_word_that_fits(text: str, template: str | None) -> None:
    assert courtesy(plain_words(text)) == template


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ok i'll take the second one", ["J"]),
        ("lemme get the gelato", ["G"]),
        ("gimme both", ["G", "J"]),
        ("ill take it", []),
        ("me llevo el primero", ["G"]),
    ],
)
def test_whoever_takes_what_was_shown_orders_it(text: str, meant: list[str]) -> None:
    [wanted] = requests(text, LIST)
    assert (wanted.intent, [each["sku"] for each in wanted.meant]) == ("order", meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("who makes it", ["G", "J"]),
        ("how strong is the first one", ["G"]),
        ("is it indica", ["G", "J"]),
        ("which is cheapest", ["G"]),
        ("whats the difference between them", ["G", "J"]),
        ("a que sabe el segundo", ["J"]),
    ],
)
def test_a_question_about_what_was_shown_is_about_that(text: str, meant: list[str]) -> None:
    [wanted] = requests(text, LIST)
    assert (wanted.intent, [each["sku"] for each in wanted.meant]) == ("follow_up", meant)


@pytest.mark.parametrize(
    ("before", "text", "query", "category"),
    [
        (CARD, "actually english is fine lol, how much for a half", "gelato 14g", "Flower"),
        (CARD, "and a full O?", "gelato 28g", "Flower"),
        (SHOWN_ONE, "got it as a cart?", "gelato cart", "Vapes"),
        (SHOWN_ONE, "do you have it bigger", "gelato", "Flower"),
        (LIST, "in a cart instead", "cart", "Vapes"),
    ],
)
def test_a_short_text_asks_for_the_same_in_another_form(
    before: tuple[Lookup, ...], text: str, query: str, category: str | None
) -> None:
    [wanted] = requests(text, before)
    assert (wanted.slots.query, wanted.slots.category) == (query, category)


def test_what_was_wanted_is_remembered_over_a_detail_and_another_topic() -> None:
    earlier = tuple(Lookup(each.tool, each.arguments, each.result, turns_ago=2) for each in LIST)
    [wanted] = requests("actually id go up to 35 if its better", SHOWN_ONE, earlier=earlier)
    assert (wanted.slots.category, wanted.slots.max_price) == ("Flower", Decimal(35))
    [wanted] = requests("ok and how strong was the second one", DEALS, earlier=earlier)
    assert [each["sku"] for each in wanted.meant] == ["J"]
    [wanted] = requests("and the price of the other one", SHOWN_ONE, earlier=earlier)
    assert [each["sku"] for each in wanted.meant] == ["J"]


def test_the_brand_of_what_was_shown_is_meant_by_them() -> None:
    shown = (Lookup("show_product", {"name": "G"}, {"product": {**GELATO, "brand": "Best Coast"}}),)
    [wanted] = requests("anything under 20 from them", shown)
    assert "best coast" in wanted.slots.query


def test_a_flavor_that_nothing_shown_has_is_looked_for() -> None:
    [wanted] = requests("which is sweet", LIST)
    assert (wanted.intent, wanted.slots.flavor, wanted.slots.category) == ("search", "Sweet", "Flower")


def test_the_order_stays_where_only_the_kind_changes() -> None:
    strongest = (Lookup("search_products", {"sort": "thc_high"}, {"products": [GELATO, JACK]}),)
    [wanted] = requests("in edibles", strongest)
    assert (wanted.slots.category, wanted.slots.sort) == ("Edibles", "thc_high")


def test_who_does_not_say_which_is_asked() -> None:
    for text in ("yes", "2 of that one and a lighter how much"):
        [wanted] = requests(text, LIST)
        assert (wanted.intent, wanted.meant) == ("follow_up", ())


def test_an_unknown_name_is_a_wish_of_its_own() -> None:
    [wanted] = requests("and zkittlez", CARD)
    assert (wanted.intent, wanted.slots.names) == ("guess", ("zkittlez",))


def test_a_lighter_is_of_no_strain() -> None:
    [wanted] = requests("and a lighter", CARD)
    assert (wanted.slots.category, "gelato" in wanted.slots.query) == ("Accessories", False)


@pytest.mark.parametrize("text", ["nah not that one", "not jack. tried it, headache", "no me gusta"])
def test_what_is_refused_is_not_shown_again(text: str) -> None:
    [wanted] = requests(text, LIST)
    assert wanted.slots.wants_others


@pytest.mark.parametrize(
    ("before", "text", "items"),
    [
        (CARD, "make that 2 n add papers", [(2, "G"), (1, "papers")]),
        (CARD, "if i bought 8 eighths instead", [(8, "gelato 3.5g")]),
        (LIST, "2 of the first one, total?", [(2, "G")]),
        (SUM, "and papers", [(2, "G"), (1, "papers")]),
        (SUM, "total?", [(2, "G")]),
        (
            (),
            "3 gelato eighths and papers, how much is that all together",
            [(3, "gelato 3.5g"), (1, "papers")],
        ),
        ((), "cuanto seria por dos gelato 28g", [(2, "gelato 28g")]),
        (SHOWN_ONE, "how many can i get for 100", [(1, "G")]),
        (CARD, "how much for 2 eighths", [(2, "gelato 3.5g")]),
        (SUM, "and a preroll of it", [(2, "G"), (1, "gelato preroll")]),
        (SHOWN_ONE, "dame dos", [(2, "G")]),
        (SUM, "is that cheaper than gelato 28g, total?", [(1, "gelato 28g")]),
        (SHOWN_ONE, "ill take two", [(2, "G")]),
        (LIST, "how much would all that be", [(1, "G"), (1, "J")]),
        ((*CARD, Lookup("search_products", {}, {"products": [JACK]})), "total?", [(1, "G"), (1, "J")]),
    ],
)
def test_several_things_are_added_up(before: tuple[Lookup, ...], text: str, items: list[tuple[int, str]]) -> None:
    [wanted] = requests(text, before)
    assert wanted.intent == "basket"
    told = [
        (each.quantity, each.product["sku"] if each.product else " ".join(dict.fromkeys(each.wish.query.split())))
        for each in wanted.items
    ]
    assert told == items


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (LIST, "what about under 25 still indica"),
        (LIST, "something 2 sleep"),
        ((), "gelato under 30"),
        ((), "how much have i spent in total"),
        ((), "i need 2 different strains, one for day"),
    ],
)
def test_a_number_alone_is_no_basket(before: tuple[Lookup, ...], text: str) -> None:
    assert all(each.intent != "basket" for each in requests(text, before))


@pytest.mark.parametrize(
    ("before", "text", "intents"),
    [
        (DEALS, "ugh. what about for my grandpa", ["deals"]),
        (PAYMENT, "what about apple pay", ["payment"]),
        (DEALS, "does that apply to chocolates", ["deals"]),
        (DEALS, "my wife is 70, does she get it too", ["deals"]),
        (POINTS, "so thats like how many dollars off", ["points", "loyalty"]),
    ],
)
def test_a_short_text_goes_on_with_the_topic(before: tuple[Lookup, ...], text: str, intents: list[str]) -> None:
    assert [each.intent for each in requests(text, before)] == intents


def test_yes_accepts_the_offer_of_a_person_and_ok_cool_does_not() -> None:
    history = (Line("shop", 'I don\'t know that. Reply "person" and our staff will answer you here.', NOW),)
    assert [each.intent for each in requests("yes please", (), history=history)] == ["person"]
    assert [each.intent for each in requests("ok cool", (), history=history)] == ["noted"]
    assert [each.intent for each in requests("no thanks", (), history=history)] == ["declines"]


PEN: dict[str, Any] = {"sku": "P", "name": "Gelato Vape Pen 0.3g", "category": "Vapes", "price": "29"}


def test_a_bigger_pen_may_be_a_cartridge_of_its_name() -> None:
    wish = wish_beside(Slots(), [PEN], frozenset({"bigger"}))
    assert wish is not None
    assert (wish.query, wish.category, wish.more_than) == ("gelato", "Vapes", Decimal("0.3"))


def test_the_cheaper_of_two_forms_is_looked_for_among_all_of_them() -> None:
    before = (Lookup("show_product", {"name": "P"}, {"product": {**PEN, "strain": "Gelato"}}),)
    [wanted] = requests("which one is cheaper the pen or the cart", before)
    slots = wanted.slots
    assert (wanted.intent, slots.query, slots.category, slots.sort) == ("search", "gelato", "Vapes", "price_low")


@pytest.mark.parametrize(
    ("wish", "looked_up", "told", "gone"),
    [
        (Slots(size="1g"), None, [{**PEN, "strain": "Gelato"}], "Gelato 1g flower"),
        (Slots(size="1g"), None, [{**GELATO, "name": "Gelato 1g"}], ""),
        (Slots(size="1g", category="Vapes"), None, [{**PEN, "strain": "Gelato"}], ""),
        (
            Slots(alike=True, category="Vapes", kind="vape"),
            {"candidates": [{**PEN, "available": False}]},
            [],
            "Gelato vape",
        ),
        (Slots(alike=True, category="Vapes"), {"candidates": [{**PEN, "available": True}]}, [], ""),
        (Slots(alike=True), {"error": "none"}, [], ""),
    ],
)
def test_what_is_asked_for_by_name_and_is_out_is_told(wish: Slots, looked_up: Any, told: Any, gone: str) -> None:
    wanted = Request("search", "", replace(wish, names=("gelato",), knows_names=True))
    assert what_is_gone(wanted, looked_up, told) == gone
