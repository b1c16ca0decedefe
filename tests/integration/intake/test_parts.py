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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("could you please remove", " the second item from it"),
        ("could you please remove ", "the second item from it"),
        ("I want to stop", " by at 5, is that ok?"),
        ("por favor quiten", " la segunda cosa de mi orden"),
        ("(1/2) could you please remove", "(2/2) the second item from it"),
        ("[1 of 2]could you please remove", "[2 of 2]the second item from it"),
    ],
)
def test_a_short_opt_out_that_ends_in_mid_sentence_waits_for_the_rest(
    layer: Layer, first: str, second: str
) -> None:
    layer.post(first)
    assert layer.consent() == "unknown"
    layer.post(second)
    assert (layer.consent(), layer.jobs()) == ("unknown", 1)
    assert layer.reasons() == ["part of a longer text"]


def test_a_text_that_says_which_part_it_is_is_put_together(layer: Layer) -> None:
    layer.post("(2/2) me", ago=1)
    first = layer.post("(1/2) please stop texting", ago=1)
    assert layer.consent() == "out"
    assert layer.rows("select content from public.messages where id = :id", id=first) == ["please stop texting me"]
    layer.post("1/2 oz of gelato, and START")
    assert layer.rows("select count(*) from motabot.parts") == [0]


LONG = "i ordered two things for tonight and one of them is wrong, " * 3


@pytest.mark.parametrize("length", [153, 160])
@pytest.mark.parametrize(
    ("ends", "consent"), [("could you please remove", "unknown"), (". stop texting me", "out")]
)
def test_a_part_whose_rest_is_missing_changes_consent_only_if_it_ends_like_a_text(
    layer: Layer, length: int, ends: str, consent: str
) -> None:
    layer.post(LONG[: length - len(ends)] + ends)
    assert layer.consent() == "unknown"
    layer.end_waiting()
    assert layer.consent() == consent


def test_parts_that_came_in_the_wrong_order_are_one_text(layer: Layer) -> None:
    layer.post(" the second item from it", ago=1)
    first = layer.post(LONG[: 153 - len("could you please remove")] + "could you please remove", ago=1)
    assert (layer.consent(), layer.reasons()) == ("unknown", ["part of a longer text"])
    assert layer.rows("select count(*) from public.messages where id = :id and content like '%from it'", id=first)


def test_two_parts_with_the_same_words_are_two(layer: Layer) -> None:
    first = layer.post("ha", part=1, parts=2, part_reference="r1")
    layer.post("ha", part=2, parts=2, part_reference="r1")
    assert layer.rows("select content from public.messages where id = :id", id=first) == ["haha"]


@pytest.mark.parametrize("then", [None, "when do you open?"])
def test_an_opt_out_that_only_seemed_to_go_on_counts(layer: Layer, then: str | None) -> None:
    layer.post("could you please remove", ago=5)
    if then:
        layer.post(then)
    else:
        layer.end_waiting()
    assert layer.consent() == "out"
    assert layer.reasons() == ["stop", "opted out"][: 2 if then else 1]


WHOLE = "stop by at 5"


@pytest.mark.parametrize(("first", "second"), [("stop", " by at 5"), ("stop ", "by at 5")])
@pytest.mark.parametrize("before", ["unknown", "in"])
def test_a_stop_that_turns_out_to_be_the_beginning_of_a_visit_is_taken_back(
    layer: Layer, before: str, first: str, second: str
) -> None:
    if before == "in":
        layer.post("START", ago=30)
    begun = layer.post(first, ago=2)
    assert layer.consent() == "out"  # who means it must not wait
    layer.post(second, ago=1)
    assert (layer.consent(), layer.jobs()) == (before, 1)
    assert layer.rows("select content from public.messages where id = :id", id=begun) == [WHOLE]
    assert layer.rows("select reason from motabot.answered order by message_id desc limit 1") == [
        "part of a longer text"
    ]
    assert layer.queued() == []  # no word of an opt-out leaves
    assert layer.rows("select count(*) from motabot.audit where action = 'consent.take_back'") == [1]


def test_a_visit_whose_end_came_first_is_no_stop(layer: Layer) -> None:
    layer.post(" by at 5", ago=1)
    begun = layer.post("stop", ago=2)
    assert layer.rows("select content from public.messages where id = :id", id=begun) == [WHOLE]
    assert (layer.rows("select consent from motabot.phones"), layer.queued()) == (["unknown"], [])


@pytest.mark.parametrize(
    ("second", "ago"),
    [("by at 5", 1), (" please", 1), (" im moving", 1), (" by the way do you have gummies", 1), (" by at 5", -30)],
)
def test_a_stop_stays_where_what_follows_is_a_text_of_its_own(layer: Layer, second: str, ago: float) -> None:
    layer.post("stop", ago=2)
    layer.post(second, ago=ago)
    assert (layer.consent(), layer.reasons()[0], len(layer.queued())) == ("out", "stop", 1)


def test_a_stop_stays_where_another_text_came_between(layer: Layer) -> None:
    layer.post("stop", ago=3)
    layer.post("ok?", ago=2)
    layer.post(" by at 5", ago=1)
    assert layer.consent() == "out"
