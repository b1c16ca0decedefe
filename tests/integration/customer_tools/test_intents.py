"""What the shop states, and what a tool leaves for the end of the turn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from motabot.agent.tools import CustomerTools, HandOff, LeadUpdate, QueueReply
from motabot.memo import Memo
from motabot.shop import Shop
from tests.integration.customer_tools.shelf import STRANGER, with_phone
from tests.support.customer import ALWAYS, REGISTRY, ZONE, Caller
from tests.support.shops import NOW


def test_shop_information_is_what_the_shop_states(ana: Caller) -> None:
    told = ana.ask("show_shop_info", topic="hours")
    assert (told["name"], told["timezone"]) == ("Green Door", "UTC")
    assert (told["hours"]["today"], told["hours"]["open_now"]) == ("open 24 hours", True)


_CLOSED = dict.fromkeys(ALWAYS, "closed")


STORES = [
    {"name": "Oakland", "address": "1 A Street", "hours": _CLOSED},
    {"name": "Berkeley", "address": "2 B Street", "hours": {**_CLOSED, "friday": "9:00-17:00"}},
]


SHOP = Shop.model_validate({"name": "A", "timezone": "UTC", "locations": STORES})


def ask_shop(visited: str | None, **arguments: object) -> Any:
    """What show_shop_info answers a customer of one store."""
    shop = SHOP.at(NOW, [visited])
    tools = CustomerTools(
        NOW, ZONE, shop, is_customer=True, is_adult=True, memo=Memo(60), run_query=lambda _sql, _parameters: []
    )
    return REGISTRY.call("show_shop_info", json.dumps(arguments), tools, "customer").value


@pytest.mark.parametrize(
    ("own", "asked", "location", "today"),
    [
        ("Oakland", None, "Oakland", "closed"),
        ("Oakland", "berkeley", "Berkeley", "9 AM to 5 PM"),
    ],
)
def test_each_store_has_its_own_hours(own: str, asked: str | None, location: str, today: str) -> None:
    told = ask_shop(own, topic="hours", location=asked)
    assert (told["location"], told["hours"]["today"]) == (location, today)


def test_every_store_is_shown_where_the_customers_own_is_not_known() -> None:
    told = ask_shop(None, topic="hours", location=None)
    assert told["hours"] is None
    assert [place["hours"]["today"] for place in told["locations"]] == ["closed", "9 AM to 5 PM"]


def test_a_store_that_does_not_exist_is_refused_with_those_that_do() -> None:
    error = 'There is no location "Fresno". The locations are: Oakland, Berkeley.'
    assert ask_shop(None, topic="hours", location="Fresno") == {"error": error}


def test_a_reply_is_an_intent_and_must_not_be_empty(ana: Caller) -> None:
    assert ana.call("queue_reply", text=" Hi Ana \n").intent == QueueReply("Hi Ana")
    assert not ana.call("queue_reply", text="  ").ok


def test_asking_for_a_person_is_an_intent_with_a_summary(ana: Caller) -> None:
    result = ana.call("ask_for_person", reason="complaint", summary="Cart\nleaks.")
    assert result.intent == HandOff("complaint", "Cart leaks.")
    assert not ana.call("ask_for_person", reason="complaint", summary=" ").ok
    assert not ana.call("ask_for_person", reason="angry", summary="x").ok


def test_a_lead_moves_on_by_an_intent(ana: Caller) -> None:
    stranger = with_phone(ana, STRANGER)
    for given, expected in (
        ({"stage": "discovery", "interest": "vapes"}, LeadUpdate("discovery", "qualified")),
        ({"stage": "greeting"}, LeadUpdate("greeting", "contacted")),
        ({"stage": "closed"}, LeadUpdate("closed", "lost")),
    ):
        assert stranger.call("update_my_lead", **given).intent == expected


def test_a_customer_is_no_lead(ana: Caller) -> None:
    assert not ana.call("update_my_lead", stage="discovery").ok
