"""What the offline model hears in a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.offline.customer.reading import read
from motabot.text.language import detect_language
from tests.unit.offline_customer.selling import INDEX


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
        ("you have a senior discount? is this right and what do i need to show", ["deals", "question"]),
        ("my wife says she was at your store friday. can you tell me if thats true", ["question"]),
        ("delete my purchase history please", ["privacy"]),
        ("what did i get last time. it was a cart i think", ["last_visit"]),
        ("who can we talk to about noise at night", ["for_staff"]),
        ("hows your day going", ["greeting"]),
        ("waited 40 minutes and you had no gelato. not happy", ["complaint"]),
        ("my cart is leaking, can i exchange it", ["complaint", "returns"]),
        ("how many points did my last trip get me", ["last_visit"]),
        ("do your prices include tax", ["tax"]),
        ("whats the name of the cart i always get", ["usual"]),
        ("the blue dream i got was amazing thank u", ["thanks"]),
        ("does it help with anxiety", ["medical"]),
        ("got something for my back pain", ["medical", "search"]),
        ("im 19", ["under_21"]),
        ("i am 20 years old, got gummies?", ["under_21"]),
        ("are you a bot", ["bot"]),
        ("how do i stop these texts", ["stop_question"]),
        ("how late can i order delivery", ["delivery"]),
        ("cual fue mi compra mas cara", ["spent"]),
        ("how does the loyalty program work for new people", ["loyalty"]),
        ("whats the alcohol content in the tincture", ["question"]),
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
    heard = [request.intent for request in read([text], index=INDEX).requests]
    assert sorted(heard) == sorted(intents)


def test_details_of_a_request_are_read() -> None:
    [request] = read(["got any cheap fruity indica carts under $40?"], index=INDEX).requests
    slots = request.slots
    assert (slots.category, slots.flower_type, slots.flavor, slots.sort) == (
        "Vapes",
        "Indica",
        "Fruit",
        "price_low",
    )
    assert slots.max_price == 40


def test_a_greeting_is_no_occasion() -> None:
    [request] = read(["good evening, got any gummies"], index=INDEX).requests
    assert (request.slots.occasion, request.slots.effect) == (None, None)


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


#: Words that look for a product may be read as any of these.
_SAME = {"guess": "search", "details": "search", "recommend": "search"}
HEARD = [
    line.split("|", 1)
    for line in (Path(__file__).parents[1] / "data" / "heard.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("wanted", "text"), HEARD)
def test_what_customers_text_is_heard(wanted: str, text: str) -> None:
    intents = {request.intent for request in read([text], index=INDEX).requests}
    if wanted == "unclear":
        assert intents <= {"guess", "off_topic", "question"}
    else:
        assert {_SAME.get(intent, intent) for intent in wanted.split(",")} <= {
            _SAME.get(intent, intent) for intent in intents
        }
