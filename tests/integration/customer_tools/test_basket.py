"""What a basket costs, and what is the better value."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from motabot.conversation.reply_check import Keys
from motabot.shop import Shop
from tests.support.customer import ZONE, Caller

SHOP_WITH_RULES = Shop.model_validate(
    {
        "name": "A",
        "timezone": "America/Los_Angeles",
        "deals": [
            {"en": "Fridays 10% off flower.", "percent": 10, "days": ["friday"], "categories": ["Flower"]},
            {"en": "Veterans 20% off.", "percent": 20, "for_whom": ["veterans"]},
        ],
        "loyalty": {"en": "100 points are $5 off.", "reward_points": 100, "reward_dollars": 5},
        "tax": {"en": "Tax of 10% is added at the counter.", "percent": 10},
    }
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"subtotal": "90.00", "saved_by_deals": "7.00", "before_tax": "83.00", "tax": "8.30", "total": "91.30"}),
        ({"day": "2026-03-21"}, {"subtotal": "90.00", "saved_by_deals": "0.00", "total": "99.00"}),
        ({"groups": ["veteran"]}, {"saved_by_deals": "18.00", "before_tax": "72.00"}),
        ({"use_points": True}, {"points_used": "200", "points_discount": "10.00", "before_tax": "73.00", "points_balance": "240"}),
    ],
)  # fmt: skip
def test_a_basket_is_priced_with_the_deal_of_the_day_points_and_tax(
    ana: Caller, given: dict[str, Any], expected: dict[str, str]
) -> None:
    ana = dataclasses.replace(ana, shop=SHOP_WITH_RULES)  # it is a Friday
    items = [{"product": "Blue Dream 3.5g", "quantity": 2}, {"product": "midnight gummies", "quantity": 1}]
    told = ana.ask("price_my_basket", items=items, **given)
    assert {key: told[key] for key in expected} == expected
    assert [(line["name"], line["quantity"], line["amount"]) for line in told["lines"]] == [
        ("Blue Dream 3.5g", 2, "70.00"),
        ("Midnight Gummies 100mg", 1, "20.00"),
    ]


def test_without_a_stated_rate_the_total_stays_open(ana: Caller) -> None:
    told = ana.ask("price_my_basket", items=[{"product": "Blue Dream 3.5g", "quantity": 1}], use_points=True)
    assert (told["before_tax"], told["tax"], told["total"], told["points_used"]) == ("35.00", None, None, "0")
    refused = ana.call("price_my_basket", items=[{"product": "zzyzx", "quantity": 1}])
    assert 'has no product "zzyzx"' in refused.told.replace("\\", "")


def test_sums_baskets_and_their_products_have_keys_that_a_reply_can_refer_to(ana: Caller) -> None:
    keys = Keys(ZONE)
    told = keys.annotate(ana.call("sum_my_purchases", by="month").value)
    assert [row["key"] for row in told["rows"]] == ["s1", "s2"]
    items = [{"product": "Blue Dream 3.5g", "quantity": 2}]
    told = keys.annotate(ana.call("price_my_basket", items=items).value)
    assert (told["key"], told["lines"][0]["key"]) == ("b1", "p1")
    told = keys.annotate(ana.call("compare_value", by="gram", products=["blue dream 3.5g"]).value)
    assert told["products"][0]["key"] == "p1"


def test_value_is_compared_by_gram_and_by_milligram(ana: Caller) -> None:
    told = ana.ask("compare_value", by="gram", products=["Blue Dream 3.5g", "Granddaddy Purple 3.5g"])["products"]
    assert [(one["name"], one["price_per_gram"]) for one in told] == [
        ("Granddaddy Purple 3.5g", "8.00"),
        ("Blue Dream 3.5g", "10.00"),
    ]
    told = ana.ask("compare_value", by="mg", category="gummies")
    assert [(one["name"], one["mg"], one["price_per_mg"]) for one in told["products"]] == [
        ("Midnight Gummies 100mg", "100", "0.200")
    ]
    assert not ana.call("compare_value", by="mg").ok
