"""An opt-out that holds another request, or a wish for some texts still: every part is answered and recorded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motabot.app import Service, create_app
from motabot.settings import Settings
from tests.integration.intake.layer import Layer


@pytest.fixture
def layer(settings: Settings, webhook_secret: str) -> Iterator[Layer]:
    service = Service(settings)
    yield Layer(service, create_app(service).test_client(), webhook_secret)
    service.close()


@pytest.mark.parametrize(
    "words",
    [
        "stop the Tuesday texts but keep the rest",
        "no more promo texts but keep my order updates",
        "stop sending me deals, just order updates",
        "unsubscribe me from the daily deals only",
        "quit texting me at night, daytime is ok",
        "I don't want the weekend texts anymore, keep the others",
        "please stop all messages except order updates",
        "ya no quiero los mensajes de los martes pero los demas si",
        "please take my number off the birthday thing",
        "stop sending me the survey texts",
    ],
)
def test_a_wish_for_some_texts_still_goes_to_staff_and_is_no_opt_out(layer: Layer, words: str) -> None:
    layer.post(words)
    assert (layer.consent(), layer.handoffs(), layer.jobs()) == ("unknown", ["text wishes"], 0)
    [reply] = layer.queued()
    assert "STOP" in reply
    assert layer.reasons() == ["text wishes"]


@pytest.mark.parametrize(
    "words",
    [
        "cancel the order and take me off marketing",
        "please cancel my order #1234 and stop texting me",
        "opt me out of promotions and refund my last order",
        "stop texting me, where is my refund?",
        "cancela mi pedido y no me manden mas promociones",
    ],
)
def test_an_opt_out_counts_at_once_and_staff_get_what_else_it_asks(layer: Layer, words: str) -> None:
    layer.post(words)
    assert (layer.consent(), layer.handoffs(), layer.jobs()) == ("out", ["asks more"], 0)
    [reply] = layer.queued()
    assert "START" in reply
    assert ("rest of your text" in reply) or ("resto de tu mensaje" in reply)


@pytest.mark.parametrize(
    "words", ["STOP and delete my account", "delete my number and everything you have on me, stop texting"]
)
def test_a_wish_to_be_deleted_reaches_staff_as_a_privacy_request(layer: Layer, words: str) -> None:
    layer.post(words)
    assert (layer.consent(), layer.handoffs(), layer.jobs()) == ("out", ["asks more"], 0)
    [reply] = layer.queued()
    assert "delete your data" in reply


@pytest.mark.parametrize(
    "words",
    ["STOP", "stop texting me, just leave me alone", "no more texts ok?", "why do you keep texting me? stop"],
)
def test_a_plain_opt_out_stays_whole_and_asks_nobody(layer: Layer, words: str) -> None:
    layer.post(words)
    assert (layer.consent(), layer.handoffs()) == ("out", [])


def test_a_wish_for_some_texts_beside_a_question_leaves_the_question_to_a_turn(layer: Layer) -> None:
    layer.post("stop the Tuesday texts but keep the rest. what time do you close?")
    assert (layer.handoffs(), layer.jobs(), len(layer.queued())) == (["text wishes"], 1, 1)
