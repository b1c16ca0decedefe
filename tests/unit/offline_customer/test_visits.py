"""What a text says about visits and purchases that were just told of."""

from __future__ import annotations

import pytest

from motabot.customers.records import Line, Lookup
from motabot.offline.customer.arguments import find
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.visits import days_beside_told, number_of
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
