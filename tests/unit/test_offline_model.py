"""What the offline model hears in a text, and what it does about it."""

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
from motabot.catalog.index import arrange
from motabot.customers.records import Lookup
from motabot.offline.customer.model import OfflineTurn
from motabot.offline.customer.reading import read
from motabot.text.gsm7 import count, encoding
from motabot.text.language import detect_language
from tests.support.turns import NOW, REPLIES, profile, shop_now, turn

ROOT = Path(__file__).parents[2]
SHOP = {"name": "Green Door", "phone": "+14155550134", "address": "12 Example Street"}
SHELF = arrange(
    {
        "names": ["Blue Dream 3.5g", "Gelato 3.5g", "Camino Wild Berry Gummies"],
        "brands": ["Best Coast", "Camino", "Select", "Wyld"],
        "strains": ["Blue Dream", "Gelato", "Granddaddy Purple", "OG Kush", "Wedding Cake", "Sour Diesel"],
        "categories": ["Flower", "Edibles", "Vapes", "Pre-Rolls", "Concentrates"],
        "effects": ["Happy", "Relaxed", "Sleepy"],
        "flavors": ["Berry", "Sweet"],
        "negatives": ["Paranoid"],
        "helps_with": [],
        "best_rated": [],
        "popular": {},
        "demand": {},
    }
)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("hi", ["greeting"]),
        ("hey there!", ["greeting"]),
        ("how many points do i have", ["points"]),
        ("whats my rewards balance", ["points"]),
        ("how do points work?", ["loyalty"]),
        ("what did i get last time?", ["last_visit"]),
        ("when was i last in", ["last_visit"]),
        ("show me my purchase history", ["history"]),
        ("whats my usual", ["usual"]),
        ("anything new thats relaxing under 40?", ["recommend"]),
        ("sumthin 2 sleep", ["recommend"]),
        ("what do you recommend", ["recommend"]),
        ("something fruity", ["recommend"]),
        ("a eighth of gelato under 40", ["search"]),
        ("do u have indica carts", ["search"]),
        ("cheapest flower", ["search"]),
        ("strongest edibles you got", ["search"]),
        ("gelato", ["search"]),
        ("tell me about blue dream", ["details"]),
        ("compare blue dream and og kush", ["details"]),
        ("the second one", ["follow_up"]),
        ("how much is it?", ["follow_up"]),
        ("cheaper?", ["cheaper"]),
        ("do you deliver", ["delivery"]),
        ("whats your return policy", ["returns"]),
        ("where are you located", ["address"]),
        ("what time do you close today?", ["hours"]),
        ("r u open rn", ["hours"]),
        ("can i talk to a person", ["person"]),
        ("where is my order", ["order"]),
        ("can you hold one for me", ["order"]),
        ("my vape is broken", ["complaint"]),
        ("does it help with anxiety", ["medical"]),
        ("got something for my back pain", ["medical"]),
        ("im 19", ["under_21"]),
        ("i am 20 years old, got gummies?", ["under_21"]),
        ("are you a bot", ["bot"]),
        ("how do i stop these texts", ["stop_question"]),
        ("thanks!", ["thanks"]),
        ("👍", ["thanks"]),
        ("", ["wordless"]),
        ("points and what time do you open?", ["points", "hours"]),
        ("do you have wedding cake and how late are you open", ["search", "hours"]),
        ("hey, thanks. do you deliver?", ["delivery"]),
        ("hola", ["greeting"]),
        ("cuantos puntos tengo?", ["points"]),
        ("que compre la ultima vez", ["last_visit"]),
        ("algo para dormir", ["recommend"]),
        ("que tienen de comestibles baratos?", ["search"]),
        ("a que hora cierran", ["hours"]),
        ("donde estan", ["address"]),
        ("quiero hablar con una persona", ["person"]),
        ("tengo 19 años", ["under_21"]),
        ("gracias", ["thanks"]),
    ],
)
def test_a_text_is_understood(text: str, intents: list[str]) -> None:
    heard = [request.intent for request in read([text], index=SHELF).requests]
    assert sorted(heard) == sorted(intents)


def test_details_of_a_request_are_read() -> None:
    [request] = read(["got any cheap fruity indica carts under $40?"], index=SHELF).requests
    slots = request.slots
    assert (slots.category, slots.flower_type, slots.flavor, slots.sort) == (
        "Vapes",
        "Indica",
        "Tropical",
        "price_low",
    )
    assert slots.max_price == 40


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hola, cuantos puntos tengo?", "es"),
        ("how many points?", "en"),
        ("gelato", "en"),
        ("¿abren hoy?", "es"),
        ("", "en"),
    ],
)
def test_the_language_is_the_texts(text: str, language: str) -> None:
    assert detect_language(text) == language


CARD = {
    "sku": "S1",
    "name": "Blue Dream 3.5g",
    "brand": "Best Coast",
    "category": "Flower",
    "price": "28.00",
    "thc": "26.7",
    "thc_unit": "%",
    "flower_type": "Hybrid",
    "effects": ["Happy", "Relaxed"],
    "flavors": ["Berry"],
    "available": True,
}
OTHER = {**CARD, "sku": "S2", "name": "Gelato 3.5g", "price": "32.50"}
RESULTS: dict[str, Any] = {
    "show_my_profile": {"known": True, "loyalty_points": "120"},
    "search_products": {"products": [CARD, OTHER], "total": 2, "note": None},
    "recommend_products": {"products": [OTHER, CARD], "note": None},
    "show_product": {"product": CARD},
    "show_shop_info": {"hours": {"open_now": True, "closes_at": "9 PM", "today": "9 AM to 9 PM", "holidays": []}},
    "ask_for_person": {"noted": True},
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
            index=lambda: SHELF,
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
    assert reply == "Here you go: 1) Blue Dream 3.5g $28, THC 26.7%; 2) Gelato 3.5g $32.50, THC 26.7%."


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
    _, [*_, (name, arguments)] = talk(text)
    assert (name, arguments["reason"]) == ("ask_for_person", reason)
    assert text in arguments["summary"]


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "prompts" / "replies").rglob("*.j2")),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_reply_is_plain_characters_and_short(path: Path) -> None:
    values: dict[str, Any] = {
        "result": None,
        "products": [CARD, OTHER],
        "note": {"unmet": [], "unknown": [], "guessed": [], "is_gone": False, "is_least": False, "others": []},
        "about": {
            "type": None,
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
        },
        "is_same": False,
        "shown": False,
        "is_one_of": 1,
        "turn": 0,
        "day": None,
        "answer": "It depends.",
        "is_known": True,
        "left": ("hours", "points"),
        "visit": None,
        "is_older": False,
        "period": "",
        "sizes": [],
        "verdict": {"cheapest": {"name": "Blue Dream 3.5g", "price": Decimal(30)}},
        "asks": dict.fromkeys(
            ("cbd", "terpenes", "origin", "downside", "brand", "type", "ever", "ingredients"), False
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


#: Words that look for a product are heard as any of these.
_SAME = {"guess": "search", "details": "search", "recommend": "search"}
HEARD = [
    line.split("|", 1)
    for line in (Path(__file__).parent / "data" / "heard.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("wanted", "text"), HEARD)
def test_what_customers_text_is_heard(wanted: str, text: str) -> None:
    intents = {request.intent for request in read([text], index=SHELF).requests}
    if wanted == "unclear":
        assert intents <= {"guess", "off_topic", "question"}
    else:
        assert {_SAME.get(intent, intent) for intent in wanted.split(",")} <= {
            _SAME.get(intent, intent) for intent in intents
        }
