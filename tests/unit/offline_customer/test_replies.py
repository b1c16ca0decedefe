"""What the offline model does about a text, and the words of its replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from motabot.agent.models.base import Message, ModelRequest
from motabot.agent.registry import ToolRegistry
from motabot.customers.records import Lookup
from motabot.offline.customer.model import OfflineTurn
from motabot.offline.customer.reading import read
from motabot.text.gsm7 import count, encoding
from tests.support.turns import NOW, REPLIES, profile, shop_now, turn
from tests.unit.offline_customer.selling import CARD, INDEX, OTHER, RESULTS, ROOT, SHOP

NOTE = {
    "unmet": [],
    "unknown": [],
    "guessed": [],
    "is_gone": False,
    "is_least": False,
    "is_other_form": False,
    "others": [],
}


@pytest.fixture(scope="module")
def talk() -> Callable[..., tuple[str, list[tuple[str, dict[str, Any]]]]]:
    tools = ToolRegistry.load(ROOT / "tools").for_audience("customer")

    def talk(text: str, **facts: Any) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        messages = [Message("system", ""), Message("user", "")]
        context = turn(text, customers=1, profile=profile(first_name="Ana"), **facts)
        model = OfflineTurn(
            REPLIES,
            context,
            index=lambda: INDEX,
            facts=context.as_data(UTC),
            shop=shop_now(**SHOP),
            today=NOW.date(),
        )
        called: list[tuple[str, dict[str, Any]]] = []
        for _ in range(4):
            answer = model.answer(ModelRequest(messages, tools))
            if not answer.tool_calls:
                return answer.text, called
            messages.append(Message("assistant", "", answer.tool_calls))
            for call in answer.tool_calls:
                called.append((call.name, json.loads(call.arguments)))
                messages.append(Message("tool", json.dumps(RESULTS.get(call.name, {})), tool_call_id=call.id))
        raise AssertionError("the offline model does not come to an end")

    return talk


def test_points_are_looked_up_and_told(talk: Any) -> None:
    assert talk("how many points do i have?") == ("You have 120 points.", [("show_my_profile", {})])


def test_a_question_that_is_not_answered_is_named_beside_others(talk: Any) -> None:
    said, _ = talk("how many points do i have? and why is the sky over the bay so gray?")
    assert said.startswith("You have 120 points.")
    assert 'About "why is the sky over the bay so gray": I don\'t know that one, sorry.' in said


def test_several_products_are_numbered_with_their_prices(talk: Any) -> None:
    reply, [(name, arguments)] = talk("got any flower under 40?")
    assert (name, arguments["max_price"]) == ("search_products", 39.99)
    assert reply == "Yes, we have: 1) Blue Dream 3.5g $28, THC 26.7%; 2) Gelato 3.5g $32.50, THC 26.7%."


def test_the_second_one_is_the_second_of_the_last_reply(talk: Any) -> None:
    shown = (Lookup("search_products", {"query": "flower"}, RESULTS["search_products"]),)
    _, called = talk("the second one", last_shown=shown)
    assert called == [("show_product", {"name": "S2"})]


def test_cheaper_means_cheaper_than_the_cheapest_of_the_last_reply(talk: Any) -> None:
    shown = (Lookup("search_products", {"query": "flower"}, RESULTS["search_products"]),)
    _, [(name, arguments)] = talk("cheaper?", last_shown=shown)
    assert (name, arguments["category"], arguments["max_price"]) == ("search_products", "Flower", 27.99)


def test_a_follow_up_without_anything_before_asks_back(talk: Any) -> None:
    reply, called = talk("the second one")
    assert called == []
    assert reply.endswith("?") or "Which product" in reply


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("i want to talk to a manager", "asked"),
        ("my cart leaks", "complaint"),
        ("good for insomnia?", "medical"),
        ("im 18", "under_21"),
    ],
)
def test_what_a_person_should_see_to_is_handed_over_with_a_reason(talk: Any, text: str, reason: str) -> None:
    _, called = talk(text)
    arguments = dict(called)["ask_for_person"]
    assert arguments["reason"] == reason
    assert text in arguments["summary"]


ABOUT: dict[str, Any] = {
    "type": None,
    "min_thc": None,
    "kind": "flower",
    "extreme": None,
    "category": "Flower",
    "names": [],
    "unknown": [],
    "least": None,
    "most": None,
    "effect": None,
    "flavor": None,
    "size": None,
    "occasion": None,
    "instead_of": None,
    "more_cbd": False,
    "pack": None,
    "relative": None,
    "max_thc": None,
}
VERDICT: dict[str, Any] = {
    "cheapest": {"name": "Blue Dream 3.5g", "price": Decimal(30)},
    "traits": [
        {"word": "Sleepy", "kind": "effects", "having": ["A"], "lacking": ["B"], "first": None},
        {"word": "Orange", "kind": "flavors", "having": ["A", "B"], "lacking": [], "first": "A"},
        {"word": "Paranoid", "kind": "negatives", "having": [], "lacking": ["A", "B"], "first": None},
    ],
}

LEDGER: dict[str, Any] = {
    "known": True,
    "measure": "spent",
    "per": "",
    "rows": [{"what": "", "is_product": False, "period": "May", "spent": Decimal(90), "visit_days": 2}],
    "groups": [],
    "visits": [],
    "winner": None,
    "store": None,
}


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "prompts" / "replies").rglob("*.j2")),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_reply_is_plain_characters_and_short(path: Path) -> None:
    values: dict[str, Any] = {
        "result": None,
        "products": [CARD, OTHER],
        "note": NOTE,
        "about": ABOUT,
        "is_same": False,
        "total": 12,
        "is_cut": True,
        "shown": False,
        "is_one_of": 1,
        "is_one": False,
        "tells": frozenset(("price", "thc", "effects", "flavor", "downside")),
        "packs": {"number": 5, "having": [CARD], "lacking": ["Gelato"]},
        "turn": 0,
        "whether": True,
        "gone": "OG Kush 3.5g flower",
        "truth": None,
        "is_edible": True,
        "is_open": True,
        "hours": "Sunday: 10 AM to 8 PM.",
        "amount": None,
        "worth_of": None,
        "cities": [],
        "names_place": False,
        "offered": None,
        "day": None,
        "answer": "It depends.",
        "is_known": True,
        "left": [
            {"intent": "hours", "about": {**ABOUT, "kind": None}, "quoted": ""},
            {"intent": "question", "about": {**ABOUT, "kind": None}, "quoted": "is it raining"},
            {"intent": "search", "about": {**ABOUT, "size": "1g"}, "quoted": ""},
        ],
        "visit": None,
        "is_older": False,
        "period": "",
        "sizes": [],
        "verdict": VERDICT,
        "ledger": LEDGER,
        "asks": dict.fromkeys(
            ("cbd", "terpenes", "origin", "downside", "brand", "type", "ever", "ingredients", "often"), False
        ),
        "facts": turn("hi", customers=1, profile=profile(first_name="Ana")).as_data(UTC),
        "shop": SHOP,
        "request": read(["hours"]).requests[0],
    }
    said = REPLIES.say(path.stem, path.parent.name, **values)  # type: ignore[arg-type]
    assert encoding(said) == "gsm7", said
    assert 1 <= count(said) <= 2


def test_every_reply_stands_in_both_languages() -> None:
    names = {
        language: {path.name for path in (ROOT / "prompts" / "replies" / language).glob("*.j2")}
        for language in ("en", "es")
    }
    assert names["en"] == names["es"]
