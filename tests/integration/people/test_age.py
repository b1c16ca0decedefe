"""Who is asked for the age, and what happens if somebody is too young."""

from __future__ import annotations

import json
from collections.abc import Callable

from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall
from motabot.customers import phones
from motabot.offline.customer.model import OfflineModel
from tests.integration.people.talk import CUSTOMER, STRANGER, Talk
from tests.support.turns import REPLIES


def test_a_stranger_is_asked_for_the_age_once_and_then_gets_the_answer(talk: Talk) -> None:
    assert "21 or older" in talk.text("how much is gelato?")
    assert "$36" in talk.text("YES")
    assert talk.value("select age from motabot.phones where phone = :p", p=STRANGER) == "affirmed"
    assert "$28" in talk.text("and blue dream?")


def test_an_answer_that_carries_more_is_answered_whole(talk: Talk) -> None:
    talk.text("how much is gelato?")
    reply = talk.text("yes im 34. and when do you open?")
    assert "$36" in reply
    assert "open" in reply.lower().replace("$36", "")


def test_a_stranger_may_ask_for_anything_but_products_without_being_asked_for_the_age(talk: Talk) -> None:
    assert "21 or older" not in talk.text("where are you?")
    assert talk.value("select age from motabot.phones where phone = :p", p=STRANGER) == "unknown"


def test_a_customer_is_never_asked_for_the_age(talk: Talk) -> None:
    assert "$36" in talk.text("how much is gelato?", CUSTOMER)


def test_who_is_too_young_gets_a_person_and_the_bot_is_silent(talk: Talk) -> None:
    talk.text("got any gummies?")
    assert "21 or older" in talk.text("no im 19")
    assert talk.value("select reason from motabot.handoffs where phone = :p", p=STRANGER) == "under_21"
    assert talk.text("come on, how much are they?") == ""
    talk.do(phones.resume)
    assert "$" not in talk.text("how much are the gummies?")
    assert "$" not in talk.text("ok im 25. how much are the gummies?")
    talk.do(phones.set_age, is_adult=True)
    assert "$18" in talk.text("how much are the lemon gummies?")


def test_a_model_that_talks_of_products_first_is_held_to_the_question(with_service: Callable[..., Talk]) -> None:
    class Eager:
        name = "eager"

        def answer(self, request: ModelRequest) -> ModelAnswer:
            if request.messages[-1].role != "tool":
                call = ToolCall("c1", "search_products", json.dumps({"words": "gelato"}))
                return ModelAnswer("", (call,), "tool_calls")
            return ModelAnswer("Gelato 3.5g by Emerald is $36.")

    talk = with_service([Eager(), OfflineModel(REPLIES)])
    assert "21 or older" in talk.text("how much is gelato?")
