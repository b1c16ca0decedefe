"""How a short text goes on from a list, a sum or one product: other terms, another count, back to the list."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from motabot.customers.records import Lookup
from tests.unit.offline_customer.test_conversation import GELATO, JACK, LIST, SHOWN_ONE, SUM, requests


@pytest.mark.parametrize("text", ["2 of those", "how much would two be", "cuanto seria por dos", "price for 2?"])
def test_a_number_of_one_of_several_is_priced_for_each(text: str) -> None:
    wanted = requests(text, LIST)
    assert [(each.intent, each.number) for each in wanted] == [("basket", 0), ("basket", 1)]
    items = [item for each in wanted for item in each.items]
    assert [(item.quantity, (item.product or {}).get("sku")) for item in items] == [(2, "G"), (2, "J")]


@pytest.mark.parametrize(
    "text",
    [
        *("tuesday price?", "will it be cheaper on tuesday", "how much is that with my vet discount"),
        *("whats it after the senior discount", "y con descuento de veterano", "how many points would it get me"),
    ],
)
def test_a_price_on_other_terms_is_a_sum(text: str) -> None:
    [wanted, *_] = requests(text, SHOWN_ONE)
    assert (wanted.intent, [item.quantity for item in wanted.items]) == ("basket", [1])


@pytest.mark.parametrize(
    "text", ["are you open tuesday", "till when can i come by tomorrow", "and on tuesday till when"]
)
def test_the_hours_of_a_day_are_no_sum(text: str) -> None:
    assert all(each.intent != "basket" for each in requests(text, SHOWN_ONE))


@pytest.mark.parametrize(
    ("text", "tells_points"),
    [
        ("what's my point balance, and how much would 2 gelato pens be", True),
        ("how many points do i have and what would 3 gelato carts cost", True),
        ("what would 3 gelato carts cost with my points", False),
    ],
)
def test_a_sum_leaves_no_question_about_points_unanswered(text: str, tells_points: bool) -> None:
    intents = [each.intent for each in requests(text, ())]
    assert intents[0] == "basket"
    assert ("points" in intents) is tells_points


@pytest.mark.parametrize("text", ["and today?", "ok and on tuesday"])
def test_a_sum_is_told_again_on_other_terms(text: str) -> None:
    [wanted, *_] = requests(text, SUM)
    assert [(item.quantity, (item.product or {}).get("sku")) for item in wanted.items] == [(2, "G")]


@pytest.mark.parametrize(
    ("text", "sku"),
    [("y la mas fuerte de esas", "J"), ("which of those is cheapest", "G"), ("which has the most thc", "J")],
)
def test_one_that_was_picked_leaves_the_list(text: str, sku: str) -> None:
    [wanted] = requests(text, SHOWN_ONE, earlier=tuple(replace(each, turns_ago=2) for each in LIST))
    assert [each["sku"] for each in wanted.meant] == [sku]


def test_what_is_refused_narrows_the_wish_and_points_at_nothing() -> None:
    gummies = {**GELATO, "name": "Berry Gummies 100mg", "category": "Edibles", "flavors": ["Berry"]}
    listed = (Lookup("search_products", {"query": "edibles"}, {"products": [gummies, JACK]}),)
    [wanted] = requests("hmm no berry itll stain", listed)
    assert wanted.intent in {"search", "recommend"}
    assert (wanted.slots.category, wanted.slots.avoid) == ("Edibles", ("berry",))


def test_a_bare_name_is_of_the_kind_that_was_wanted() -> None:
    vapes = (Lookup("search_products", {"query": "gelato vape", "category": "Vapes"}, {"products": [GELATO]}),)
    [wanted] = requests("and og kush?", vapes)
    assert (wanted.slots.names, wanted.slots.category) == (("og kush",), "Vapes")


def test_a_size_compares_the_strains_shown() -> None:
    [wanted] = requests("which is cheaper for an eighth", LIST)
    assert (wanted.slots.names, wanted.slots.size) == (("gelato", "jack herer"), "3.5g")


@pytest.mark.parametrize("text", ["take off the papers", "and without the papers", "skip the second"])
def test_what_is_left_out_of_a_sum_is_not_counted(text: str) -> None:
    papers = {"sku": "P", "name": "Rolling Papers 1 1/4", "category": "Accessories", "price": "3"}
    lines = [{**GELATO, "quantity": 2}, {**papers, "quantity": 1}]
    [wanted] = requests(text, (Lookup("price_my_basket", {}, {"lines": lines}),))
    assert [(item.quantity, (item.product or {}).get("sku")) for item in wanted.items] == [(2, "G")]


def test_two_of_a_list_are_added_up() -> None:
    listed = (Lookup("search_products", {"query": "flower"}, {"products": [GELATO, JACK, {**JACK, "sku": "K"}]}),)
    [wanted] = requests("the first two together how much", listed)
    assert [(item.product or {}).get("sku") for item in wanted.items] == ["G", "J"]


def test_a_bigger_one_of_what_was_shown_is_bigger() -> None:
    [wanted] = requests("got it bigger", SHOWN_ONE)
    assert (wanted.slots.more_than, wanted.slots.relative) == (Decimal("3.5"), "bigger")


@pytest.mark.parametrize(
    "text",
    [
        "can i get 3 og kush prerolls and how much would that be",
        "how much would 3 gelato eighths be with the tuesday deal",
    ],
)
def test_a_number_of_what_is_named_is_a_sum_and_no_dose(text: str) -> None:
    [wanted] = requests(text, ())
    assert (wanted.intent, [item.quantity for item in wanted.items]) == ("basket", [3])
