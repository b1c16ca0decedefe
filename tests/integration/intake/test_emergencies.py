"""Emergencies in texts that no turn sees to: of numbers that are opted out, late ones, and the like."""

from __future__ import annotations

from tests.integration.intake.layer import ANA, Layer


def test_staff_are_told_of_an_emergency_of_a_number_that_is_opted_out(layer: Layer) -> None:
    layer.post("STOP", ago=9)
    layer.post("when do you open?", ago=8)
    layer.post("my 3 year old ate a gummy and wont wake up", ago=7)
    assert layer.reasons() == ["stop", "opted out", "opted out"]
    told = layer.rows("select reason || ' ' || is_urgent || ' ' || summary from motabot.handoffs")
    assert len(told) == 1
    assert told[0].startswith("emergency true Opted out of texts, so the bot sends nothing. child: my 3 year old")
    assert len(layer.sent()) == 1, "nothing but the confirmation"


def test_staff_are_told_of_an_emergency_that_no_turn_sees_to(layer: Layer) -> None:
    words = "my 3 year old ate a gummy and wont wake up"
    layer.post("hi", ago=20)
    with layer.service.engine.begin() as connection:
        connection.exec_driver_sql("update motabot.phones set paused_at = now(), paused_by = 'Jo'")
    layer.post("hello?", ago=9)
    layer.post(words, ago=8)
    layer.post(words, ago=3 * 3_600, sender="+14155550178")
    layer.post(words, sender="MOTHERS")
    told = layer.rows("select phone || ': ' || reason from motabot.handoffs where is_urgent order by id")
    assert told == [f"{ANA}: emergency", "+14155550178: emergency", "MOTHERS: emergency"]
    assert layer.sent() == []


def test_staff_are_told_of_an_emergency_beside_an_opt_out(layer: Layer) -> None:
    known = layer.post("i took way too many edibles and cant breathe", ago=9)
    layer.post("stop texting me", ago=8)
    layer.post("STOP. i want to kill myself", sender="+14155550177")
    with layer.service.engine.begin() as connection:
        connection.exec_driver_sql("delete from motabot.procrastinate_jobs")  # the turn ran, and found the opt-out
    layer.sweep()
    assert layer.consent("+14155550177") == "out"
    assert layer.rows("select reason from motabot.answered where message_id = :id", id=known) == ["opted out"]
    assert layer.handoffs() == ["emergency", "emergency"]
