"""Texts that come in parts."""

from __future__ import annotations

import pytest

from tests.integration.intake.layer import Layer


def test_announced_parts_are_read_as_one_text_in_their_order(layer: Layer) -> None:
    layer.post(" the second item from it", part=2, parts=2, part_reference="r1")
    first = layer.post("could you please remove", part=1, parts=2, part_reference="r1")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)
    assert layer.rows("select content from public.messages where id = :id", id=first) == [
        "could you please remove the second item from it"
    ]
    assert layer.reasons() == ["part of a longer text"]


def test_a_stop_over_two_parts_is_a_stop(layer: Layer) -> None:
    layer.post("please stop tex", part=1, parts=2, part_reference="r1")
    assert layer.consent() == "unknown"
    layer.post("ting me", part=2, parts=2, part_reference="r1")
    assert layer.consent() == "out"


def test_without_its_missing_part_a_text_goes_ahead_and_changes_no_consent(layer: Layer) -> None:
    layer.post("could you please remove", part=1, parts=2, part_reference="r1")
    assert (layer.sweep(), layer.jobs()) == (0, 0)
    with layer.service.engine.begin() as connection:
        connection.exec_driver_sql("update motabot.parts set due_at = now()")
    assert (layer.sweep(), layer.consent()) == (1, "unknown")


def test_a_text_as_long_as_a_part_waits_for_the_rest(layer: Layer) -> None:
    words = "i ordered two things for tonight and one of them is wrong, " * 3
    start = words[: 153 - len("could you please remove")] + "could you please remove"
    layer.post(start)
    layer.post(" the second item from it")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)
    assert layer.rows("select content from public.messages order by id limit 1") == [
        f"{start} the second item from it"
    ]


@pytest.mark.parametrize(
    "words",
    [
        "¿Está lista mi orden? Salí temprano del trabajo y ya voy pa allá.",  # as long as a part of UCS-2
        "¡Qué rápidos! Llegó todo bien, la próxima semana pido más, gracias",
    ],
)
def test_only_a_text_that_may_be_cut_off_waits_for_the_rest(layer: Layer, words: str) -> None:
    whole = f"{words[:-1].ljust(66, 'á')}."
    layer.post(whole)
    assert layer.jobs() == 1
    layer.post(whole[:-1])
    assert layer.rows("select count(*) from motabot.parts") == [1]


def test_a_short_opt_out_that_ends_in_mid_sentence_waits_for_the_rest(layer: Layer) -> None:
    layer.post("could you please remove")
    assert layer.consent() == "unknown"
    layer.post(" the second item from it")
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)


@pytest.mark.parametrize("then", [None, "when do you open?"])
def test_an_opt_out_that_only_seemed_to_go_on_counts(layer: Layer, then: str | None) -> None:
    layer.post("could you please remove", ago=5)
    if then:
        layer.post(then)
    else:
        with layer.service.engine.begin() as connection:
            connection.exec_driver_sql("update motabot.parts set due_at = now()")
        layer.sweep()
    assert layer.consent() == "out"
    assert layer.reasons() == ["stop", "opted out"][: 2 if then else 1]
