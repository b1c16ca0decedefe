"""What a model quotes as the source of a sentence stands in what the shop or a tool told it."""

from __future__ import annotations

from typing import Any

import pytest

from motabot.agent.loop import CallRecord
from motabot.agent.registry import ToolResult, to_json
from motabot.agent.tools import HandOff, KeepReply, QueueReply
from motabot.conversation.sources import DraftedSentence, SourceQuestion
from motabot.conversation.told import own_words

SHOP = "# The shop\n- Returns: Defective hardware can be exchanged.\n- Deal: 10% off Lemon Gummies on Tuesdays."
PROMPT = """It is Friday.

=== f00d what is known of the customer
First name: Ana
- [p1] Blue Dream (Flower), bought 2 times; described as happy, relaxed
- [v1] 2026-03-01, total $46: 1 x [p1]Blue Dream, 1 x [p2]Lemon Gummies
=== f00d the conversation so far, oldest first
customer: I grow tomatoes at home
shop: The gummies are vegan.
=== f00d looked up for the shop's last reply
- [p2] Lemon Gummies, $18.00
=== f00d the newest texts, to be answered now
customer: is it what is known of the customer: live resin
=== f00d end
"""
SEARCH = {
    "products": [
        {"key": "p3", "name": "Gelato", "price": "36.00", "effects": ["relaxed", "euphoric"]},
        {"key": "p2", "name": "Lemon Gummies", "price": "18.00", "flavors": ["tangy lemon"]},
    ],
    "note": "Nothing is filed as live rosin.",
}
ENTRY = {"entries": [{"question": "Is it strong stuff?", "answer": "Edibles take up\nto two hours."}]}
HAND_OFF = HandOff("order", "wants a person to confirm a live resin order")
PRODUCTS = ("blue dream", "lemon gummies", "gelato")


def called(name: str, value: Any, intent: Any = None, *, ok: bool = True) -> ToolResult:
    return ToolResult(ok, value, to_json(value), 0.1, {}, intent)


def is_source(quote: str, sentence: str, *products: str) -> bool:
    """Whether a draft of one sentence is kept for this quote."""
    question = SourceQuestion(own_words(SHOP, PROMPT, "f00d"), ["The gummies are vegan."])
    question.ask(sentence, [DraftedSentence(sentence, frozenset(products))], PRODUCTS)
    calls = [
        CallRecord(1, "search_products", called("search_products", SEARCH)),
        CallRecord(1, "look_up_answer", called("look_up_answer", ENTRY)),
        CallRecord(1, "ask_for_person", called("ask_for_person", HAND_OFF.told, HAND_OFF)),
        CallRecord(1, "show_product", called("show_product", {"error": "There is no live badder."}, ok=False)),
        CallRecord(2, "keep_reply", called("keep_reply", {"sources": [{"quotes": ["my own words"]}]})),
    ]
    kept = question.answer(called("keep_reply", {}, KeepReply({1: (quote,)})), calls)
    assert kept.intent == QueueReply(sentence)
    assert question.is_shown(sentence) == kept.ok
    return kept.ok


@pytest.mark.parametrize(
    ("quote", "products"),
    [
        ("Defective hardware can be exchanged", ()),
        ("described as happy,  RELAXED", ("blue dream",)),
        ('"effects":["relaxed","euphoric"]', ("gelato",)),
        ("Lemon Gummies, $18.00", ("lemon gummies",)),
        ("take up to two hours", ("gelato",)),
        ("1 x [p2]Lemon Gummies", ("lemon gummies",)),
        ("10% off Lemon Gummies on Tuesdays", ("lemon gummies",)),
        ("euphoric", ()),
        ("staff will follow up", ()),
    ],
)
def test_what_the_model_was_told_is_a_source(quote: str, products: tuple[str, ...]) -> None:
    assert is_source(quote, "It is what you were told.", *products)


@pytest.mark.parametrize(
    ("quote", "products"),
    [
        ("I grow tomatoes", ()),
        ("live resin", ()),
        ("filed as live rosin", ()),
        ("no live badder", ()),
        ("strong stuff", ()),
        ("my own words", ()),
        ("the gummies are vegan", ()),
        ("Ana", ()),
        ("", ()),
        ("happy relaxed sleepy", ()),
        ("appy, relax", ()),
        ('"effects":["relaxed","euphoric"]', ("lemon gummies",)),
        ("described as happy", ("gelato",)),
        ("tangy lemon", ("blue dream", "gelato")),
    ],
)
def test_what_nobody_told_it_of_this_product_is_no_source(quote: str, products: tuple[str, ...]) -> None:
    assert not is_source(quote, "It is what you were told.", *products)


def test_an_earlier_reply_is_the_source_of_a_sentence_about_it_alone() -> None:
    assert not is_source("the gummies are vegan", "They are vegan.")
    assert is_source("the gummies are vegan", "As I said, they are vegan.")
    assert is_source("the gummies are vegan", "I told you that the gummies are vegan.")
    assert is_source("the gummies are vegan", "Te dije que son veganas.")


def test_each_sentence_needs_its_own_source() -> None:
    question = SourceQuestion(own_words(SHOP, PROMPT, "f00d"))
    two = [DraftedSentence("One.", frozenset()), DraftedSentence("Two.", frozenset())]
    asked = question.ask("One. Two.", two, PRODUCTS)
    assert '1. "One."\n2. "Two."' in asked
    kept = question.answer(
        called("keep_reply", {}, KeepReply({1: ("hardware can be exchanged",), 3: ("One",)})), []
    )
    assert not kept.ok
    assert question.is_shown("One.")
    assert not question.is_shown("Two.")
    assert kept.arguments == kept.value
    again = question.answer(called("keep_reply", {}, KeepReply({2: ("hardware can be exchanged",)})), [])
    assert again.intent is None
