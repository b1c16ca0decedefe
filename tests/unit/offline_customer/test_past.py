"""What a short text asks of the purchases, the points or the rule that were just told of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motabot.customers.records import Line, Lookup
from motabot.offline.customer.questions import season
from tests.support.turns import NOW
from tests.unit.offline_customer.test_conversation import DEALS, GELATO, JACK, POINTS, requests

BOUGHT = {"visits": [{"date": "2026-03-16", "items": [{**GELATO, "total_price": "33"}]}]}
VISIT = (Lookup("list_my_purchases", {}, BOUGHT),)
OF_GELATO = (Lookup("list_my_purchases", {"product": "gelato"}, BOUGHT),)
BOUGHT_FLOWER = (Lookup("list_my_purchases", {"category": "Flower"}, BOUGHT),)
SPENT = (Lookup("sum_my_purchases", {"since": "2026-02-01", "until": "2026-02-28"}, {}),)
OF_FLOWER = (Lookup("sum_my_purchases", {"category": "Flower"}, {}),)
USUAL = (Lookup("list_my_favorites", {}, {"favorites": [GELATO, JACK]}),)
DELIVERY = (Lookup("show_shop_info", {"topic": "delivery"}, {}),)
RETURNS = (Lookup("show_shop_info", {"topic": "returns"}, {}),)
SAID = (Line("customer", "how much did i spend in february", NOW),)


@pytest.mark.parametrize(
    ("before", "text", "intents"),
    [
        (VISIT, "when was that", ["last_visit"]),
        (VISIT, "ok at which store", ["last_visit"]),
        (VISIT, "y cuando fue", ["last_visit"]),
        (VISIT, "is it still the same price", ["last_visit", "follow_up"]),
        (VISIT, "how many times", ["spent"]),
        (OF_GELATO, "how much in all", ["spent"]),
        (BOUGHT_FLOWER, "and edibles", ["history"]),
        (VISIT, "what did i spend", ["last_visit"]),
        (DELIVERY, "on sunday too", ["delivery"]),
        (DEALS, "on edibles", ["deals"]),
        (OF_GELATO, "when", ["history"]),
        (OF_GELATO, "is it more now than what i paid", ["last_visit", "follow_up"]),
        (OF_GELATO, "what about jack herer", ["history"]),
        (USUAL, "do you have all of it", ["usual"]),
        (USUAL, "todavia lo tienen", ["usual"]),
        (USUAL, "which do i buy most", ["usual"]),
        (POINTS, "y si gasto 50 mas", ["points"]),
        (POINTS, "how do i get more", ["loyalty"]),
        (DELIVERY, "how late", ["delivery"]),
        (DELIVERY, "ok what time do they stop", ["delivery"]),
        (DELIVERY, "is there a fee", ["delivery"]),
        (RETURNS, "how many days", ["returns"]),
        (RETURNS, "what about flower", ["returns"]),
        (RETURNS, "what if i lost the receipt", ["returns", "person"]),
        ((), "when", ["hours"]),
    ],
)
def test_a_short_text_asks_more_of_what_was_told(
    before: tuple[Lookup, ...], text: str, intents: list[str]
) -> None:
    assert [each.intent for each in requests(text, before)] == intents


@pytest.mark.parametrize(
    ("before", "text", "query", "kept"),
    [
        (SPENT, "on flower only", "on flower only february", {"category": "Flower"}),
        (SPENT, "and vapes", "and vapes february", {"category": "Vapes"}),
        (OF_FLOWER, "and in january", "and in january", {"category": "Flower"}),
        (OF_GELATO, "how many times", "how many times february", {"names": ("gelato",)}),
    ],
)
def test_a_sum_keeps_its_period_and_what_it_is_of(
    before: tuple[Lookup, ...], text: str, query: str, kept: dict[str, Any]
) -> None:
    [wanted] = requests(text, before, history=SAID)
    assert (wanted.intent, wanted.query) == ("spent", query)
    assert {name: getattr(wanted.slots, name) for name in kept} == kept


def test_which_of_two_was_bought_more_counts_both() -> None:
    told = (Lookup("show_product", {}, {"product": JACK}),)
    before = (Lookup("show_product", {}, {"product": GELATO}, turns_ago=2),)
    found = requests("which did i buy more of", told, earlier=before)
    assert [(each.intent, each.slots.names) for each in found] == [
        ("spent", ("gelato 3 5g",)),
        ("spent", ("jack herer 14g",)),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("how many have i bought this winter", date(2025, 12, 1), date(2026, 2, 28)),
        ("what did i spend last fall", date(2025, 9, 1), date(2025, 11, 30)),
        ("cuanto gaste este verano", date(2025, 6, 1), date(2025, 8, 31)),
        ("how much this spring", date(2026, 3, 1), date(2026, 3, 20)),
        ("and last spring", date(2025, 3, 1), date(2025, 5, 31)),
    ],
)
def test_a_season_is_a_period(text: str, first: date, last: date) -> None:
    found = season(text, NOW.date())
    assert found is not None
    assert (found.first, found.last) == (first, last)


def test_a_word_of_a_season_alone_is_none() -> None:
    assert season("will it fall apart", NOW.date()) is None
