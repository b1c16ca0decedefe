"""Texts that come twice, late, out of order, or all at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motabot.db.queries import read_sql
from tests.integration.intake.layer import ANA, NOW, Layer


def test_one_sms_under_two_ids_is_one_text_and_an_honest_repeat_is_two(layer: Layer) -> None:
    first = layer.post("ok", message_id="a")
    assert layer.post("ok", message_id="b") == first
    assert layer.post("ok", message_id="c", ago=3) != first
    layer.write("ok", stamped=NOW)
    layer.sweep()
    assert layer.reasons() == ["delivered before"]


def test_a_text_of_long_ago_goes_to_staff_and_its_stop_counts(layer: Layer) -> None:
    layer.post("do you have gelato?", ago=3 * 3600)
    layer.write("is anybody there?", stamped=NOW - timedelta(days=90))
    layer.sweep()
    assert (layer.reasons(), layer.jobs(), layer.handoffs()) == (["sent long ago"] * 2, 0, ["late"])
    layer.post("STOP", ago=5 * 3600)
    assert layer.consent() == "out"


@pytest.mark.parametrize(
    ("words", "handoffs"),
    [
        ("HELP", ["late"]),
        ("I just got this number", ["changed hands"]),
        ("only send me order updates, no deals", ["text wishes"]),
        ("Your verification code is 449201. Do not share it.", []),
    ],
)
def test_a_text_of_long_ago_gets_no_answer_whatever_it_says(layer: Layer, words: str, handoffs: list[str]) -> None:
    layer.post(words, ago=3 * 86_400)
    assert (layer.sent(), layer.handoffs(), layer.open()) == ([], handoffs, 0)


@pytest.mark.parametrize(
    ("arriving", "consent"),
    [
        ([("STOP", 10), ("START", 20)], "out"),
        ([("START", 10), ("STOP", 20)], "in"),
        ([("yes", 10), ("STOP", 20)], "in"),
        ([("STOP", 10), ("yes", 20)], "out"),
        ([("START", 30), ("STOP", 10), ("START", 20)], "out"),
        ([("please stop texting me", 5), ("START", 50), ("yes", 40)], "out"),
    ],
)
def test_consent_follows_the_order_of_sending(layer: Layer, arriving: list[tuple[str, int]], consent: str) -> None:
    for words, ago in arriving:
        layer.post(words, ago=ago)
    assert layer.consent() == consent


def test_a_clock_that_is_not_set_or_is_ahead_decides_nothing(layer: Layer) -> None:
    layer.post("START", modem_timestamp=(NOW + timedelta(days=400)).isoformat())
    layer.post("STOP", modem_timestamp="1970-01-01T00:00:00Z")
    assert layer.consent() == "out"


def test_a_turn_notices_a_newer_text_in_another_spelling_of_the_number(layer: Layer) -> None:
    known = layer.post("when do you open?")
    layer.write("and do you have gummies?", sender="(415) 555-0101")
    newer = layer.rows(read_sql("motabot.conversation", "newer_text"), phone=ANA, known=known)
    assert newer == [True]


def test_in_a_backlog_consent_is_decided_first_and_a_flood_delays_nobody(layer: Layer) -> None:
    layer.write("hello?", many=1100)
    layer.write("STOP", sender="+14155550102")
    layer.write("when do you open?", sender="+14155550103")
    layer.sweep()
    assert layer.consent("+14155550102") == "out"
    assert layer.jobs() == 2


def test_a_stop_in_the_table_does_not_wait_for_a_turn(layer: Layer) -> None:
    layer.post("when do you open?")
    layer.write("STOP")
    layer.sweep()
    assert layer.consent() == "out"


def test_a_turn_answers_no_backlog_whose_end_is_an_opt_out(layer: Layer) -> None:
    layer.write("hello?", many=120)
    layer.write("STOP")
    layer.service.turns.run(ANA)
    assert (layer.consent(), len(layer.queued())) == ("out", 1)
