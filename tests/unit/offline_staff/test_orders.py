"""Orders of the staff: their parts, who is meant, and who a text to many reaches."""

from __future__ import annotations

from typing import Any

import pytest

from motabot.offline.staff.frames.lexicon import lexicon
from motabot.offline.staff.frames.title import Titles
from tests.unit.offline_staff.talking import ANA, TODAY, follow, slot


@pytest.mark.parametrize(
    ("order", "asks", "answer", "name", "value"),
    [
        ("duplicate [h1] as Keanu Klare", "phone", "[h2]", "phone", "[h2]"),
        ("duplicate [h1] with phone [h2]", "name", "Keanu Klare", "name", "Keanu Klare"),
        ("duplicate a customer as Keanu Klare, phone [h2]", "who", "[h1]", "who", "[h1]"),
        ("stop answering", "who", "[h1]", "who", "[h1]"),
        ("text [h1]", "text", "your order is ready", "text", "your order is ready"),
        ("update lead [h2]", "change", "qualified", "status", "qualified"),
        ("text our VIPs", "text", "double points", "text", "double points"),
    ],
)
def test_what_is_missing_is_asked_for_and_taken_from_the_next_message(
    order: str, asks: str, answer: str, name: str, value: str
) -> None:
    first = follow(order).order
    assert first
    assert first.missing == asks
    state = follow(order, ">What is it?", answer)
    assert state.order
    assert state.order.missing is None
    assert slot(state, name) == value


def test_a_candidate_is_picked_by_number_by_word_and_by_name() -> None:
    listed = ">Several customers match ana. Which one is meant? 1) [h1] ([h3]); 2) [h4] ([h5])."
    for said in ("2", "the second one", "[h4]", "#2", "la segunda"):
        assert slot(follow("text ana: hi", listed, said), "who") == "[h5]", said


def test_an_order_can_be_dropped_and_is_not_approved_by_words() -> None:
    assert follow("pause the bot for [h1]", ">Proposed.", "never mind").kind == "dropped"
    assert follow("pause the bot for [h1]", ">Proposed.", "yes, do it").kind != "order"


@pytest.mark.parametrize(
    "said", ["don't pause the bot for [h1]", "do not text [h1]: hi", "no reanudes el bot para [h2]"]
)
def test_what_is_not_to_be_done_is_not_proposed(said: str) -> None:
    assert follow(said).order is None


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("text everybody who bought gelato but not flower: hi", "Customers, bought Gelato, not bought Flower"),
        ("text everyone who only bought flower: hi", "Customers, bought only Flower"),
        ("text our VIPs who haven't been in since october: hi", "Customers, VIP, not came in 1 Oct to today"),
        ("text the top 20 customers: hi", "Lifetime value by customer, the first 20"),
        ("text customers at risk who spent over $500: hi", "Customers, at high risk of leaving, spent over $500"),
    ],
)
def test_an_audience_is_a_question_of_figures(said: str, title: str) -> None:
    order = follow(said).order
    assert order
    assert order.audience
    assert order.audience.frame
    assert Titles(order.audience.frame, lexicon(), TODAY, "en").title() == title


def test_nobody_is_texted_of_an_audience_that_is_not_wholly_understood() -> None:
    order = follow("text everybody who bought unobtainium: hi").order
    assert order
    assert order.missing == "audience"


def test_a_customer_is_looked_up_before_something_is_proposed(talk: Any) -> None:
    words, called = talk("stop answering [h1]", find_customers=ANA, pause_bot={"proposed": 1, "preview": {}})
    assert called == [("find_customers", {"words": "[h1]"}), ("pause_bot", {"who": "[h2]"})]
    assert "waits for a person's approval" in words


def test_a_phone_needs_no_looking_up(talk: Any) -> None:
    _words, called = talk("stop answering [h2]", pause_bot={"proposed": 1, "preview": {}})
    assert called == [("pause_bot", {"who": "[h2]"})]


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({**ANA, "rows": [], "row_count": 0}, "No customer matches"),
        (
            {**ANA, "rows": [["a", "Ana A", None], ["b", "Ana B", None]], "row_count": 2},
            "1) Ana A (a); 2) Ana B (b).",
        ),
        ({**ANA, "note": "names that look alike"}, "Is one of these meant?"),
        ({**ANA, "rows": [["[h3]", "[h1]", None]]}, "no phone number"),
        ({"error": "it broke"}, "it broke"),
    ],
)
def test_who_is_not_clear_is_asked_for(talk: Any, found: Any, says: str) -> None:
    words, called = talk("pause the bot for ana", find_customers=found)
    assert says in words
    assert [name for name, _arguments in called] == ["find_customers"]
