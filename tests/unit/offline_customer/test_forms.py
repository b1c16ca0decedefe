"""What the form of a text says, whatever it is about."""

from __future__ import annotations

from datetime import date

import pytest

from motabot.offline.customer import questions
from motabot.offline.customer.reading import read
from motabot.offline.customer.slots import plain_words


@pytest.mark.parametrize(
    "text",
    [
        "how long do edibles take to kick in",
        "How long does it stay in your system?",
        "hey quick question, is your weed tested?",
        "difference between indica and sativa",
        "why do gummies hit harder",
        "what does hybrid mean",
        "whats cbn",
        "is it legal to fly with a cart",
        "are your gummies vegan",
        "do I need an appointment",
        "do you accept medical cards?",
        "can I smoke in the car",
        "hi! does weed expire",
        "cuanto tardan las gomitas",
        "cual es la diferencia entre indica y sativa",
        "se puede fumar afuera",
        "que es el cbd",
    ],
)
def test_a_general_question_is_one(text: str) -> None:
    assert questions.is_general_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you have any gummies",
        "how much is an eighth of blue dream",
        "do you have an eighth of blue dream, what does it cost?",
        "got gelato carts? what do they go for",
        "what would two of those run me",
        "what do you recommend for sleep",
        "what's your cheapest cart",
        "can I get an eighth of gelato",
        "got any live resin?",
        "what is the least strong thing you have",
        "you guys are the best",
        "is there anything new",
        "what kind of edibles do you have",
        "tienen gomitas",
        "cuanto cuesta un cuarto",
        "que tienen para dormir",
        "gelato",
        "thanks, that is perfect",
    ],
)
def test_a_request_for_goods_or_a_statement_is_no_general_question(text: str) -> None:
    assert not questions.is_general_question(text)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("?", ["unclear"]),
        ("???", ["unclear"]),
        ("👍", ["thanks"]),
        ("你好 有什么推荐", ["other_language"]),
        ("привет, что посоветуете?", ["other_language"]),
        ("I'm over 21", ["age_noted"]),
        ("yes im 21", ["age_noted"]),
        ("soy mayor de 21", ["age_noted"]),
        ("how much have I spent this month", ["spent"]),
        ("cuanto he gastado", ["spent"]),
        ("do you have parking", ["question"]),
        ("how much til my next $5 off", ["points"]),
    ],
)
def test_a_form_that_says_it_all_needs_no_classifier(text: str, intents: list[str]) -> None:
    assert [request.intent for request in read([text]).requests] == intents


def test_a_text_without_a_language_has_that_of_the_texts_before() -> None:
    assert read(["30g"], before=["hola, tienen flor?"]).language == "es"
    assert read(["30g"], before=["got flower?"]).language == "en"
    assert read(["got any gummies?"], before=["hola, tienen flor?"]).language == "en"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("what did i get on halloween", date(2026, 10, 31)),
        ("my order from thanksgiving", date(2026, 11, 26)),
        ("que compre en navidad", date(2025, 12, 25)),
        ("my order from mothers day", date(2026, 5, 10)),
        ("did i come in on memorial day", date(2026, 5, 25)),
        ("my last black friday haul", date(2025, 11, 28)),
        ("what did i buy yesterday", None),
    ],
)
def test_a_holiday_is_its_latest_day(text: str, day: date | None) -> None:
    assert questions.holiday(text, date(2026, 11, 26)) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("you guys open xmas day or new years", [date(2026, 12, 25), date(2027, 1, 1)]),
        ("hours for new years eve", [date(2026, 12, 31)]),
        ("hours for nochebuena y navidad", [date(2026, 12, 24), date(2026, 12, 25)]),
        ("open dec 24 and dec 26", [date(2026, 12, 24), date(2026, 12, 26)]),
        ("what time do you close", []),
    ],
)
def test_every_day_that_is_named_is_meant(text: str, days: list[date]) -> None:
    assert list(questions.upcoming(plain_words(text), date(2026, 11, 26))) == days


def test_visits_are_counted_back_from_the_last() -> None:
    assert questions.visits_ago("what did i get two visits ago") == 2
    assert questions.visits_ago("the time before last") == 2
    assert questions.visits_ago("what did i get last time") is None
