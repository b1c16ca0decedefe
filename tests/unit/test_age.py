"""How old people say they are, in words that are easily misread."""

from __future__ import annotations

import pytest

from motabot.conversation.age import AgeSaid, read_age, read_ages, says_only_age

ADULT = ["YES", "Yes, I'm 34", "21+", "yep lol", "S\u00ed, claro", "tengo 25 a\u00f1os", "25", "yeah 21", "of course", "40 years old",
         "22yo", "y", "Im well over 21", "yes something for sleep", "si", "I'm twenty one", "yup"]  # fmt: skip
MINOR = ["no", "No, 20", "im 19", "tengo 18", "not yet", "I turn 21 next week", "no tengo 21", "im not 21 yet",
         "I'm 20 but my sister is 25", "nope", "im a minor", "19", "soy menor de edad"]  # fmt: skip
UNSAID_WHEN_ASKED = ["what do you have", "why do you ask", "no thanks", "am i too late", "born in 1990", "No preference",
                     "No I don't want gummies I want flower"]  # fmt: skip
SAID_UNASKED = [("im 45 and cant sleep", AgeSaid.ADULT), ("I am over 21", AgeSaid.ADULT), ("soy mayor de edad", AgeSaid.ADULT),
                ("im 17 can i come in", AgeSaid.MINOR), ("no tengo 21", AgeSaid.MINOR),
                ("Im 17. got gummies?", AgeSaid.MINOR), ("i'm 34, got gelato?", AgeSaid.ADULT), ("soy de 19! tienen flores", AgeSaid.MINOR),
                ("hi, 19 yo here", AgeSaid.MINOR), ("20 years old, can i buy", AgeSaid.MINOR),
                ("female, 34 y/o", AgeSaid.ADULT)]  # fmt: skip
OTHER = ["yes", "no", "25", "something under 21 dollars", "I'm 21 miles away", "i have 20 dollars", "for my 19 year old son",
         "I'm 30 min away", "tengo 20 dolares", "do i need to be 21?", "not 21 grams, 2 grams", "im 12 minutes out",
         "im 10.5 miles away", "im 20, 25 min away", "omw, im 15 min out", "my dog is 14 years old",
         "my mom is 80 years old", "been smoking 15 years", "how long have you been open, 10 years?",
         "highschool reunion this weekend, 20 years! something social", "is this bong 15 years old", "im 18 years sober",
         "im 19 and a half blocks away", "not 21 but 51 lol", "im under 21 minutes away",
         "soy menor de mis hermanos"]  # fmt: skip


@pytest.mark.parametrize("text", ADULT)
def test_an_answer_of_somebody_old_enough(text: str) -> None:
    assert read_age(text, asked=True) is AgeSaid.ADULT


@pytest.mark.parametrize("text", MINOR)
def test_an_answer_of_somebody_too_young(text: str) -> None:
    assert read_age(text, asked=True) is AgeSaid.MINOR


@pytest.mark.parametrize("text", UNSAID_WHEN_ASKED)
def test_what_is_no_answer(text: str) -> None:
    assert read_age(text, asked=True) is AgeSaid.UNSAID


@pytest.mark.parametrize(("text", "age"), SAID_UNASKED)
def test_an_age_that_is_said_without_being_asked(text: str, age: AgeSaid) -> None:
    assert read_age(text, asked=False) is age


@pytest.mark.parametrize("text", OTHER)
def test_numbers_and_answers_about_something_else(text: str) -> None:
    assert read_age(text, asked=False) is AgeSaid.UNSAID


def test_who_once_says_to_be_too_young_stays_it() -> None:
    assert read_ages(["I'm 19", "yes I'm 25"], asked=True) is AgeSaid.MINOR


@pytest.mark.parametrize(("text", "alone"), [("yes", True), ("I'm 34", True), ("yes something for sleep", False)])
def test_an_answer_may_carry_a_question(text: str, alone: bool) -> None:
    assert says_only_age(text) is alone
