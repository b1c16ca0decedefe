"""A colleague beside the bot, floods, and whole conversations."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import text

from motabot.sms.claim import Claims
from tests.integration.intake.layer import ANA, Layer


def written_by_a_colleague(layer: Layer, words: str, status: str = "sent") -> None:
    with layer.service.engine.begin() as connection:
        connection.execute(
            text(
                'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                " values (:phone, :words, now(), :status, 'outbound')"
            ),
            {"phone": ANA, "words": words, "status": status},
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


def test_a_campaign_of_another_program_silences_nobody(layer: Layer) -> None:
    written_by_a_colleague(layer, "20 % off all flower this weekend!")
    layer.post("when do you open?")
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
