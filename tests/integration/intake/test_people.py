"""A colleague who answers too, floods, and whole conversations."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import text

from motabot.sms.claim import Claims
from tests.integration.intake.layer import ANA, Layer


def written_by_a_colleague(layer: Layer, words: str, status: str = "sent", phone: str = ANA) -> None:
    with layer.service.engine.begin() as connection:
        connection.execute(
            text(
                'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                " values (:phone, :words, now(), :status, 'outbound')"
            ),
            {"phone": phone, "words": words, "status": status},
        )


@pytest.mark.parametrize("status", ["sent", "delivered", "queued", "claimed"])
def test_the_bot_does_not_answer_over_a_colleague_who_wrote_in_the_layer(layer: Layer, status: str) -> None:
    layer.post("can you hold two eighths for me?")
    written_by_a_colleague(layer, "Sure, Ana, they are at the counter.", status.replace("claimed", "queued"))
    if status == "claimed":
        Claims(layer.service.engine, layer.service.settings.model_copy(update={"outbox_mode": "claim"})).claim()
    assert layer.service.turns.run(ANA) is None
    assert layer.reasons() == ["a colleague"]
    layer.post("thanks! which door?", ago=1)
    layer.service.turns.run(ANA)
    assert (len(layer.sent()), layer.handoffs()) == (1, ["waiting"])


def test_the_bot_does_not_answer_over_a_colleague_who_began_the_conversation(layer: Layer) -> None:
    written_by_a_colleague(
        layer, "Hi, Sam from Green Door. Maria, you left your umbrella here.", phone="+14155550188"
    )
    written_by_a_colleague(layer, "Hey Ana, it's Sam. Did the cart work out?")
    layer.post("it leaks, can i bring it back?", ago=-1)
    assert layer.service.turns.run(ANA) is None
    assert (layer.sent()[1:], layer.handoffs()) == (["Hey Ana, it's Sam. Did the cart work out?"], ["waiting"])


@pytest.mark.parametrize(
    ("words", "to_another"),
    [
        ("20 % off all flower this weekend!", None),
        ("Your order 4711 is ready for pickup.", "Your order 4692 is ready for pickup."),
        ("Hi Ana, we miss you! Come by for a fresh drop.", "Hi Bob, we miss you! Come by for a fresh drop."),
    ],
)
def test_what_another_program_sends_silences_nobody(layer: Layer, words: str, to_another: str | None) -> None:
    if to_another:
        written_by_a_colleague(layer, to_another, phone="+14155550188")
    written_by_a_colleague(layer, words)
    layer.post("when do you open?", ago=-1)
    assert layer.service.turns.run(ANA) is not None


def test_every_text_of_a_flood_ends_in_a_reply(layer: Layer) -> None:
    for number in range(70):
        layer.post(f"hello? {number}", ago=number)
    layer.service.turns.run(ANA)
    assert layer.reasons() == ["reply"] * 70
    assert len(layer.queued()) == 1


def test_a_turn_answers_no_opt_out_that_the_sweep_did_not_read_yet(layer: Layer) -> None:
    layer.post("when do you open?")
    layer.write("please stop texting me")
    layer.service.turns.run(ANA)
    assert layer.consent() == "out"


SEQUENCES = tomllib.loads((Path(__file__).parents[2] / "unit" / "data" / "sms_sequences.toml").read_text("utf-8"))


def test_a_conversation_ends_as_the_table_says(layer: Layer) -> None:
    for number, sequence in enumerate(SEQUENCES["sequence"]):
        phone = f"+1415555{1000 + number}"
        ids = [layer.post(words, ago=ago, sender=phone) for words, ago in sequence["texts"]]
        reasons = dict(layer.rows("select message_id, reason from motabot.answered"))
        sent = layer.rows(
            "select count(*) from public.messages where direction = 'outbound' and phone_number = :p", p=phone
        )
        found = (layer.consent(phone), [reasons.get(each, "turn") for each in ids], sent[0])
        assert found == (sequence["consent"], sequence["reasons"], sequence["sent"]), sequence["name"]
