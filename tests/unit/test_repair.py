"""Code repairs the form of a draft, and keeps the right part of one that cannot be saved."""

from __future__ import annotations

import pytest

from motabot.conversation.reply_check import Facts, check, salvage, tidy, without_repeated_opener
from motabot.text.gsm7 import count

NOTICE = "Hi, this is Green Door's automated assistant (a bot)."
FACTS = Facts.collect({"name": "Tangie 1g", "sku": "1", "price": "12.00", "available": True, "effects": []})


def test_accents_stay_where_they_cost_nothing_and_go_where_they_do() -> None:
    assert tidy("Sí, abrimos mañana.", opening="", max_segments=2) == "Sí, abrimos mañana."
    long = "Sí, tenemos más gomitas en el menú: están aquí. " * 5
    repaired = tidy(long, opening="", max_segments=2)
    assert "Si, tenemos mas gomitas en el menu: estan aqui." in repaired
    assert count(repaired) <= 2


def test_a_closing_courtesy_goes_when_the_reply_is_too_long() -> None:
    said = "Tangie 1g is $12.00 and in stock. " * 9
    assert tidy(f"{said}Want me to look for something else?", opening="", max_segments=2) == said.strip()


@pytest.mark.parametrize(
    "draft",
    [
        "Hi! Tangie 1g is $12.00 and in stock.",
        "Hello! I'm Green Door's automated assistant. Tangie 1g is $12.00 and in stock.",
    ],
)
def test_the_notice_greets_so_the_draft_does_not(draft: str) -> None:
    assert tidy(draft, opening=NOTICE, max_segments=2) == "Tangie 1g is $12.00 and in stock."
    assert tidy(draft, opening="", max_segments=2) == draft


def test_a_greeting_by_name_stays() -> None:
    draft = "Hi Dana! I'm Green Door's automated assistant. Tangie 1g is $12.00 and in stock."
    assert tidy(draft, opening=NOTICE, max_segments=2) == "Hi Dana! Tangie 1g is $12.00 and in stock."


def test_markup_that_an_sms_shows_as_typed_is_taken_out() -> None:
    assert (
        tidy('"**Tangie 1g** is $12.00.\n\n* In stock"', opening="", max_segments=2)
        == "Tangie 1g is $12.00.\n- In stock"
    )


def test_one_bad_sentence_goes_where_the_rest_answers() -> None:
    draft = "Tangie 1g is $12.00 and in stock. It helps with anxiety. See you soon!"
    assert salvage(draft, lambda text: check(text, FACTS)) == "Tangie 1g is $12.00 and in stock. See you soon!"


def test_nothing_is_kept_where_the_rest_says_nothing() -> None:
    assert salvage("Hi! It helps with anxiety.", lambda text: check(text, FACTS)) is None
    assert salvage("It helps with anxiety.", lambda text: check(text, FACTS)) is None


@pytest.mark.parametrize(
    ("draft", "sent"),
    [
        ("Hi Ana! Tangie 1g is $12.00 and in stock.", "Tangie 1g is $12.00 and in stock."),
        ("Good choice, Ana! tangie 1g is $12.00 and in stock.", "Tangie 1g is $12.00 and in stock."),
        ("Yes, we do! Tangie 1g is $12.00.", "Yes, we do! Tangie 1g is $12.00."),
        ("Hey Ana! Tangie 1g is $12.00 and in stock.", "Hey Ana! Tangie 1g is $12.00 and in stock."),
        ("Hi Ana! Bye.", "Hi Ana! Bye."),
    ],
)
def test_an_opener_that_an_earlier_reply_had_is_dropped(draft: str, sent: str) -> None:
    replies = [
        f"{NOTICE} Hi Ana! You have 120 points.",
        "Good choice, Ana! It is $12.00.",
        "Yes, we do! It is here.",
    ]
    assert without_repeated_opener(draft, replies) == sent
