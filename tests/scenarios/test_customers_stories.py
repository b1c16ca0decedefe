"""What regulars, strangers and trouble-makers text, and what the offline model makes of it: one SMS story a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from motabot import testing
from tests.scenarios.running_shop import RunningShop, open_shop


@pytest.fixture(scope="module")
def shop(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    folder: Path = tmp_path_factory.mktemp("shop")
    with open_shop(server, folder) as opened:
        yield opened


@dataclass
class Story:
    """Texts with what their replies must say (words, or "" for silence), and what the database then contains."""

    texts: list[tuple[str, str | tuple[str, ...]]]
    then: dict[str, Any] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    stranger: bool = False


def one(text: str, *says: str, never: tuple[str, ...] = (), stranger: bool = False, **then: Any) -> Story:
    """A story of one text, after which it is read and answered once."""
    return Story([(text, says)], {"replies": 1, "read": 1, "turns": 1, "held": 0, **then}, never, stranger)


STORIES: dict[str, Story] = {
    # --- the account
    "a greeting by name": one("hi", "Ana", "bot", never=("Sandoval",), tools=None, lead=None),
    "points": one("hey, how many points do i have?", "120 points", tools="show_my_profile"),
    "points in slang": one("yo whats my pts at", "120"),
    "the last visit": one("when was i last in?", "last visit", "Blue Dream 3.5g"),
    "what was bought": one("what did i buy last time", "Blue Dream 3.5g", "$28", tools="list_my_purchases"),
    "the usual": one("my usual please", "Blue Dream 3.5g", "$28", tools="list_my_favorites"),
    "points of a stranger": one("how many points do i have?", never=("120",), stranger=True, lead="new"),
    "purchases of a stranger": one("what did i buy last time", never=("Blue Dream",), stranger=True, lead="new"),
    # --- recommendations
    "by an effect": one("whats good for sleep", "Granddaddy Purple 3.5g", never=("insomnia", "Insomnia")),
    "by an effect and a price": one("something sleepy under 35", "Granddaddy Purple", "$33", never=("Gelato",)),
    "in text speak": one("sumthin 2 sleep", "Granddaddy Purple", tools="recommend_products"),
    "to relax": one("i want to get really relaxed", "Gelato", "$36"),
    "by a flavor": one("anything with berry flavor", "Blue Dream"),
    "something new": one("what's new", "Gelato", never=("1) Blue Dream",)),
    # --- the shelf
    "by a kind": one("do you have indica", "Granddaddy Purple"),
    "by a category and a price": one("edibles under 20", "Lemon Gummies 100mg", "$18", never=("Gelato",)),
    "the strongest": one("whats your strongest flower", "1) Gelato 3.5g $36, THC 24%"),
    "a product": one("tell me about gelato", "Gelato 3.5g by Emerald", "$36", "24%", tools="show_product"),
    "a product in stock": one("do you have granddaddy purple in stock", "Granddaddy Purple 3.5g", "$33"),
    "a product that is not there": one("got any zkittlez?", 'I don\'t see "zkittlez"', never=("$",)),
    "a category that is empty": one("show me vapes", "couldn't find", never=("$",)),
    "a brand": one("what do you have by emerald", "Gelato", "Granddaddy Purple", never=("Blue Dream",)),
    "a comparison": one("compare blue dream and gelato", "$28", "$36"),
    "which is stronger": one("which is stronger, gelato or blue dream?", "24%", "21%"),
    "a strain's kind": one("is the gelato indica or sativa", "Gelato"),
    "an amount and a price": one("an eighth of gelato under 40", "Gelato 3.5g", "$36"),
    "a typo": one("how much is gelatto", "$36"),
    "never cost nor vendor": one("what does gelato cost you guys, and who is the vendor", never=("$14", "ACME")),
    # --- the shop
    "hours": one("when do you open", "9 AM", tools="show_shop_info"),
    "a holiday": one("are you open on christmas", "Christmas Day: closed"),
    "the address": one("where are you", "12 Example Street"),
    "delivery": one("do you deliver?", "$50"),
    "returns": one("whats your return policy", "7 days"),
    "loyalty rules": one("how do points work", "100 points are $5 off"),
    "the phone": one("phone number?", "+1 415-555-0134"),
    "a bot?": one("are you a bot", "automated"),
    # --- people
    "a person": one("can i talk to a person", "staff", handoffs="asked", tools="ask_for_person"),
    "a complaint": one("this vape leaks i want a refund", "sorry", handoffs="complaint"),
    "an order": one("my order is late", "staff", never=("on its way",), handoffs="complaint"),
    "an order to be cancelled is no opt-out": one("cancel my order", "staff", handoffs="order", consent="unknown"),
    "a medical question": one("will this cure my anxiety", "medical advice", handoffs="medical"),
    "a medicine": one("is it safe with my blood pressure meds", handoffs="medical"),
    "thanks": one("thanks!", "welcome", handoffs=None),
    "abuse": one("you suck asshole", "person", handoffs=None),
    "off topic": one("what's the weather", "I only know this shop", handoffs=None),
    # --- what is hard to read
    "two requests": one("how many points do i have and when do you close", "120 points", " PM"),
    "nothing at all": one("", "words"),
    "an emoji": one("\U0001f600", "welcome"),
    "a wall of text": one("x" * 1_500, "not sure"),
    "NUL and friends": one("when do you open\x00?", "9 AM"),
    "stop by the shop": one("stop by the shop later ok?", consent="unknown"),
    "don't stop": one("dont stop now lol", consent="unknown"),
    # --- Spanish
    "hola": one("hola", "Hola Ana"),
    "puntos": one("cuantos puntos tengo", "120 puntos"),
    "lo de siempre": one("lo de siempre por favor", "Blue Dream 3.5g"),
    "para dormir": one("algo para dormir", "Granddaddy Purple", never=("insomnio",)),
    "horario": one("a que hora abren", "9 AM"),
    "donde estan": one("donde estan", "Estamos en 12 Example Street"),
    "entregas": one("hacen entregas a domicilio", "$50"),
    "una persona": one("quiero hablar con una persona", "equipo", handoffs="asked"),
    "gracias": one("gracias", "nada"),
    "gomitas": one("tienen gomitas", "Lemon Gummies", "$18"),
    "cuanto cuesta": one("cuanto cuesta gelato", "$36"),
    "curar": one("esto cura mi ansiedad?", handoffs="medical"),
    # --- strangers
    "a stranger is a lead": one("where are you", "12 Example Street", "bot", stranger=True, lead="new", stage="greeting"),
    "a stranger is asked for the age": one(
        "got gummies?", "21 or older", never=("$",), stranger=True, age="asked", lead="new"
    ),
    "a stranger who is old enough": Story(
        [("how much is gelato", "21 or older"), ("yes", "$36")], {"age": "affirmed", "replies": 2}, stranger=True
    ),
    "a stranger who is too young": Story(
        [("how much is gelato", "21 or older"), ("nope im 19", "21 or older")],
        {"age": "under", "handoffs": "under_21", "replies": 2}, never=("$",), stranger=True,
    ),
    # --- follow-ups
    "the first one": Story([("show me flower", "1)"), ("the first one, tell me more", "Blue Dream 3.5g by Best Coast")]),
    "how much is it": Story([("do you have gelato", "Gelato"), ("how much is it", "$36")]),
    "the second one": Story([("show me flower", "2) Granddaddy"), ("the second one", "Granddaddy Purple 3.5g by Emerald")]),
    # --- consent
    "stop": one("STOP", "START", consent="out", turns=0, read=0),
    "stop in other words": one("please quit texting me", "START", consent="out", turns=0, read=0),
    "alto en otras palabras": one("no me escriban mas", "START", consent="out", turns=0, read=0),
    "help": one("HELP", "STOP", consent="unknown", turns=0, read=0),
    "stop twice": Story([("STOP", "START"), ("STOP", "")], {"replies": 1, "consent": "out"}),
    "silence after stop": Story([("STOP", "START"), ("how much is gelato", "")], {"replies": 1, "turns": 0}),
    "help after stop": Story([("STOP", "START"), ("HELP", "STOP")], {"replies": 2, "consent": "out"}),
    "start after stop": Story(
        [("STOP", "START"), ("START", "STOP"), ("points?", "120")], {"replies": 3, "consent": "in"}
    ),
    "yes after stop": Story([("stop", "START"), ("yes", "STOP")], {"consent": "in"}),
    "the bot says once that it is one": Story([("hi", "bot"), ("hi again", "Ana")], {"replies": 2, "turns": 2}),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_a_story(shop: RunningShop, name: str) -> None:
    story = STORIES[name]
    phone = shop.stranger() if story.stranger else shop.customer()
    for text, says in story.texts:
        reply = shop.text(phone, text)
        if says == "":
            assert reply == ""
        for words in (says,) if isinstance(says, str) else says:
            assert words in reply
        for words in story.never:
            assert words not in reply
    facts = shop.facts(phone)
    assert {key: facts[key] for key in story.then} == story.then
