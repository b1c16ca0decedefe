"""Numbers in an answer come from a result."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from motabot.testing import completion
from tests.integration.staff_chat.asking import saying
from tests.support.staff_door import SCRIPT, Door


def test_a_number_that_no_result_has_is_sent_back_once(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    door = open_door(saying("Sales are $152.", "Sales are $125."))
    answer = door.ask(door.token(), "what were our sales?")
    assert (answer["text"], answer["problems"]) == ("Sales are $125.", [])
    assert "These numbers are in no result: $152" in door.model.requests[-1]["messages"][-1]["content"]


def test_after_that_the_table_speaks_alone(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    door = open_door(saying("Sales are $152.", "Sales are $153."))
    answer = door.ask(door.token(), "what were our sales?")
    assert (answer["text"], answer["model"]) == ("The figures are in the table below.", "scripted")
    assert answer["tables"][0]["rows"] == [["125"]]
    assert "These numbers are in no result: $153" in answer["problems"][0]


def test_sentences_that_hold_are_kept_and_those_that_go_on_about_others_are_not(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    words = "Sales are $125, paid with tax. Last week brought $60. That is a new record. Ask me for the months."
    door = open_door(saying("Sales are $152.", words))
    answer = door.ask(door.token(), "what were our sales?")
    assert answer["text"] == (
        "Sales are $125, paid with tax. Ask me for the months. The rest is in the table below."
    )
    assert "Some of the model's words are left out. These numbers are in no result: $60" in answer["problems"][0]


def test_words_that_send_people_to_a_table_want_one(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    said = iter(["It is in the table below.", "There is no figure for this."])
    door = open_door(lambda _body, _number: completion(next(said)))
    assert door.ask(door.token(), "how is the weather?")["text"] == "There is no figure for this."
    assert "People see no table" in door.model.requests[-1]["messages"][-1]["content"]
