"""Texts of machines, senders that cannot be answered, and loops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from sqlalchemy import Engine

from motabot.conversation.commit import TurnConflict
from motabot.customers import phones
from tests.integration.intake.layer import ANA, Layer


def test_a_machines_text_is_recorded_and_changes_nothing(layer: Layer) -> None:
    layer.send("MoTa: welcome. Reply STOP to opt out.")
    for words in (
        "Questioned “MoTa: welcome. Reply STOP to opt out.”",
        "I’m driving with Do Not Disturb While Driving turned on. I’ll see your message when I get where I’m going.",
        "Your verification code is 482913. Do not share it.",
    ):
        layer.post(words)
        layer.write(words)
    layer.sweep()
    kinds = ["reaction", "automatic reply", "notice"]
    assert sorted(layer.reasons()) == sorted(f"machine text: {kind}" for kind in kinds * 2)
    assert (layer.consent(), layer.jobs(), len(layer.queued())) == ("unknown", 0, 1)


def test_an_opt_out_beside_a_quotation_of_ours_counts(layer: Layer) -> None:
    layer.send("MoTa: welcome. Reply STOP to opt out.")
    layer.post("“MoTa: welcome. Reply STOP to opt out.” please stop texting me")
    assert layer.consent() == "out"


def test_a_question_about_our_stop_line_is_a_question(layer: Layer) -> None:
    layer.send("MoTa: welcome. Reply STOP to opt out.")
    layer.post("what does “Reply STOP to opt out.” mean?")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)


@pytest.mark.parametrize(
    ("words", "consent"),
    [
        ("This number is mine now", "unknown"),
        ("hey i just got this number last week", "unknown"),
        ("my number changed hands, erase it", "unknown"),
        ("wrong person, stop", "out"),
        ("este numero ya no es de Maria", "unknown"),
    ],
)
def test_a_number_that_changed_hands_ends_all_use_of_the_former_owners_data(
    layer: Layer, words: str, consent: str
) -> None:
    layer.post(words)
    assert layer.rows("select unlinked_at is not null from motabot.phones") == [True]
    assert (layer.consent(), layer.handoffs(), layer.jobs()) == (consent, ["changed hands"], 0)
    assert len(layer.queued()) == 1


def test_nothing_that_was_meant_for_the_former_owner_goes_to_the_new_one(layer: Layer) -> None:
    outreach = layer.service.outreach
    layer.post("how many points do i have?", ago=9)
    layer.send("You have 240 points, Ana.")
    with layer.service.engine.begin() as connection:
        outreach.schedule(connection, ANA, "Hi Ana, your points are waiting.", by="Sam")
    layer.post("I just got this number")
    layer.service.turns.run(ANA)
    outreach.run(datetime.now(UTC) + timedelta(days=1))
    assert (layer.open(), [words for words in layer.queued() if "oints" in words]) == (0, [])
    assert layer.rows("select dropped from motabot.scheduled") == ["the number changed hands"]


def test_a_reply_in_the_making_does_not_reach_the_new_owner(layer: Layer) -> None:
    layer.post("how many points do i have?", ago=9)
    turns, now = layer.service.turns, datetime.now(UTC)
    drafted = turns._draft(ANA, now, monotonic() + 20)
    layer.post("I just got this number")
    assert drafted is not None
    with pytest.raises(TurnConflict):
        turns._commit.write(drafted.context, drafted.draft, now, 1)


def test_a_sender_that_cannot_be_answered_and_asks_to_stop_is_shown_to_staff(layer: Layer) -> None:
    layer.post("STOP", sender="72345")
    layer.post("hi there", sender="72346")
    assert layer.handoffs() == ["asks to stop"]


def test_staff_are_told_when_a_customer_writes_again_while_a_person_has_taken_over(
    layer: Layer, engine: Engine
) -> None:
    with engine.begin() as connection:
        phones.pause(connection, ANA, "Sam")
    layer.post("are you still there?")
    layer.post("hello??", ago=1)
    assert layer.handoffs() == ["waiting"]
    layer.write("STOP")
    layer.sweep()
    assert layer.consent() == "out"


@pytest.mark.parametrize(
    "answers", [["HELP"], ["STOP", "START"], ["STOP", "UNSTOP", "HELP"], ["this number is mine now"]]
)
def test_two_machines_that_confirm_each_other_end_after_a_few_texts(layer: Layer, answers: list[str]) -> None:
    sent = 0
    for number in range(20):  # the other machine answers each text of ours with its next one
        layer.post(answers[number % len(answers)], ago=100 - number)
        if len(layer.sent()) == sent:
            break
        sent = len(layer.sent())
    assert 1 <= sent <= 4
    assert "loop" in layer.handoffs()
    layer.post("START", ago=9)
    layer.post("STOP")
    assert layer.consent() == "out"  # a person's STOP counts at once, whether it is confirmed or not
    assert len(layer.sent()) <= 4


def test_a_stop_is_confirmed_after_all_the_help_that_may_be_given(layer: Layer) -> None:
    for number in range(12):
        layer.post("HELP", ago=20 - number)
    assert len(layer.sent()) == 3
    layer.post("STOP")
    assert "unsubscribed" in layer.sent()[-1]


def test_a_slow_loop_of_machines_ends_within_the_day(layer: Layer) -> None:
    for hour in range(24):
        layer.post("HELP", ago=24 - hour)
        layer.age_sent(hours=1)
    assert len(layer.sent()) == 6


@pytest.mark.parametrize(
    ("texts", "ends"),
    [(["ALTO"], "START"), (["hola, tienen flores?", "STOP"], "START"), (["no me manden mensajes"], "START")],
)
def test_the_confirmation_is_in_the_customers_language(layer: Layer, texts: list[str], ends: str) -> None:
    for words in texts:
        layer.post(words, ago=len(words))
    assert "ya no te llegan mensajes" in layer.queued()[-1]
    assert ends in layer.queued()[-1]
