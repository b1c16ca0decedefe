"""What a text says beside what was just told: visits, purchases, days, packages and their prices."""

from __future__ import annotations

from datetime import date

import pytest

from motabot.customers.records import Line, Lookup
from motabot.offline.customer.arguments import find
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.visits import days_beside_told, days_named, number_of
from motabot.offline.customer.wish import read_slots
from tests.support.turns import NOW, turn
from tests.unit.offline_customer.test_conversation import requests

PEN = {"sku": "T", "name": "Tangie Vape Pen 0.3g", "category": "Vapes", "total_price": "29.50"}
VISITS = {
    "visits": [
        {"date": "2026-03-18", "refund": True, "items": []},
        {"date": "2026-03-16", "items": [PEN]},
        {"date": "2026-03-06", "items": []},
    ]
}
LAST = (Lookup("list_my_purchases", {}, VISITS),)
DATED = (Lookup("list_my_purchases", {"since": "2026-03-16", "until": "2026-03-16"}, VISITS),)
COMPLAINT = (
    Lookup("ask_for_person", {"reason": "complaint"}, {}),
    Lookup("show_shop_info", {"topic": "returns"}, {}),
)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("and the time before that", {"until": "2026-03-15"}),
        ("damn ok and the visit before", {"until": "2026-03-15"}),
        ("and before that", {"until": "2026-03-15"}),
        ("y la vez anterior", {"until": "2026-03-15"}),
        ("how much was that total", {"since": "2026-03-16", "until": "2026-03-16"}),
        ("what did i get", {}),
    ],
)
@pytest.mark.parametrize("before", [LAST, DATED])
def test_a_visit_is_told_beside_the_one_before_it(
    before: tuple[Lookup, ...], text: str, days: dict[str, str]
) -> None:
    context = turn(text, last_shown=before)
    assert (days_beside_told(text, context), number_of(text, context)) == (days, 1)
    assert not days or [each.intent for each in requests(text, before)] == ["last_visit"]


def test_the_visit_told_of_may_be_an_older_one() -> None:
    said = (Line("customer", "what did i get the visit before last", NOW),)
    context = turn("and before that", last_shown=LAST, history=said)
    assert days_beside_told("and before that", context) == {"until": "2026-03-05"}
    assert number_of("two visits ago", turn("two visits ago")) == 2


@pytest.mark.parametrize(
    ("slots", "category"),
    [(Slots(effect="Relaxed", query="relaxing"), None), (Slots(), "Vapes")],
)
def test_an_open_wish_takes_no_kind_from_a_past_purchase(slots: Slots, category: str | None) -> None:
    [(_, _, arguments)] = find(Request("recommend", "anything relaxing", slots), [PEN])
    assert arguments["category"] == category


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("which store do i bring it to", ["returns", "person"]),
        ("can i get a different flavor instead", ["returns", "person"]),
        ("i tossed the receipt tho", ["returns", "person"]),
        ("y a que tienda lo llevo", ["returns", "person"]),
        ("do i need the receipt", ["returns"]),
    ],
)
def test_what_the_rule_on_returns_leaves_open_is_for_a_person(text: str, intents: list[str]) -> None:
    assert [each.intent for each in requests(text, COMPLAINT)] == intents


@pytest.mark.parametrize(
    ("text", "is_complaint"),
    [
        ("my pen died", True),
        ("the cart i got yesterday gave out after two hits", True),
        ("mi vape ya murio", True),
        ("this disposable just quit on me", True),
        ("any new pens since my old one died", False),
    ],
)
def test_a_device_that_gave_out_is_a_complaint(text: str, is_complaint: bool) -> None:
    assert ("complaint" in [each.intent for each in requests(text, ())]) == is_complaint


USUAL = (
    Lookup(
        "list_my_favorites",
        {},
        {
            "favorites": [
                {"sku": "S", "name": "Gelato 1g", "strain": "Gelato", "category": "Flower", "price": "8"},
                {"sku": "B", "name": "Rose Bath Soak", "strain": None, "category": "Topicals", "price": "31"},
                {"sku": "D", "name": "Mini Donut 100mg", "strain": None, "category": "Edibles", "price": "21"},
            ]
        },
    ),
)
OUNCE = {"sku": "O", "name": "Gelato 28g", "strain": "Gelato", "category": "Flower", "price": "199", "thc": "24"}
GUMMIES = {
    "sku": "S",
    "name": "Sour Gummies Squares 100mg",
    "strain": None,
    "category": "Edibles",
    "price": "23.50",
}


def test_it_is_what_is_bought_most_often_of_the_usual() -> None:
    [wanted] = requests("does it come in a preroll", USUAL)
    assert (wanted.slots.names, wanted.slots.category) == (("gelato",), "Pre-Rolls")


@pytest.mark.parametrize(
    "text", ["add that up for me without the bath soak", "how much would all that be minus the soak"]
)
def test_a_sum_leaves_out_what_a_text_does(text: str) -> None:
    [wanted] = requests(text, USUAL)
    assert [item.product and item.product["sku"] for item in wanted.items] == ["S", "D"]


@pytest.mark.parametrize(
    ("text", "count", "size"),
    [
        ("wait does that come out cheaper than 8 eighths lol", 8, "3.5g"),
        ("is that better than two quarters", 2, "7g"),
        ("es mas barato que 4 cuartos", 4, "7g"),
    ],
)
def test_a_package_is_set_beside_several_smaller_ones(text: str, count: int, size: str) -> None:
    shown = (Lookup("search_products", {"query": "gelato 28g"}, {"products": [OUNCE]}),)
    told, several = requests(text, shown)
    [item] = several.items
    assert [each["sku"] for each in told.meant] == ["O"]
    assert (item.quantity, item.wish.names, item.wish.size, item.wish.max_price) == (
        count,
        ("gelato",),
        size,
        None,
    )


def test_cheaper_stays_within_the_sort_that_was_named() -> None:
    shown = (Lookup("search_products", {"query": "sour gummies"}, {"products": [GUMMIES]}),)
    [wanted] = requests("anything cheaper", shown)
    assert (wanted.slots.kind, wanted.slots.category) == ("gummies", "Edibles")


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("is there one which does not make you high", 0),
        ("got gummies that dont get you high", 0),
        ("algo que no me ponga", 0),
        ("a balm that wont get me high", None),  # none does
        ("does it get you high", None),
    ],
)
def test_what_makes_nobody_high_has_no_thc(text: str, most: int | None) -> None:
    assert read_slots(text, [], str.isalpha).max_thc == most


def test_the_day_before_is_that_of_the_day_named_last() -> None:
    said = (Line("customer", "are you open on christmas", NOW),)
    context = turn("and the day before", history=said)
    assert days_named("and the day before", context, NOW.date()) == (date(2026, 12, 24),)
    assert days_named("and new years", context, NOW.date()) == (date(2027, 1, 1),)


@pytest.mark.parametrize(
    "text", ["so should i eat the other half or no", "can i have another", "me como la otra mitad"]
)
def test_whether_to_eat_more_is_a_question(text: str) -> None:
    cookies = {**GUMMIES, "name": "Redeye Cookies 100mg"}
    shown = (Lookup("search_products", {"query": "redeye"}, {"products": [cookies]}),)
    for before in ((), shown):
        [wanted] = requests(text, before)
        assert (wanted.intent, bool(wanted.question)) == ("question", True)
