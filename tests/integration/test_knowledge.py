"""General questions on a real database: what is found, what is counted, and how one answer makes an entry."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from motabot.agent.models.base import ModelAnswer, ModelRequest, ToolCall
from motabot.app import Service, create_app
from motabot.cli.knowledge import knowledge
from motabot.db import roles
from motabot.db.engine import CUSTOMER_PATH, make_engine
from motabot.knowledge import store
from motabot.knowledge.entries import load_entries
from motabot.settings import Settings
from motabot.testing import post_text
from motabot.text.language import detect_language
from tests.support.customer import Caller

ROOT = Path(__file__).parents[2]
QUESTIONS = tomllib.loads(
    (ROOT / "tests" / "unit" / "data" / "knowledge_questions.toml").read_text(encoding="utf-8")
)
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)


@pytest.fixture
def caller(engine: Engine, settings: Settings, database_url: str) -> Iterator[Caller]:
    store.sync(engine, load_entries([ROOT / "prompts"]))
    with engine.connect() as connection:
        url = roles.role_url(connection, database_url, roles.CUSTOMER)
    assert url is not None
    customer_engine = make_engine(url, settings, search_path=CUSTOMER_PATH)
    yield Caller(engine, customer_engine, NOW)
    customer_engine.dispose()


def test_questions_in_other_words_find_their_entry(caller: Caller) -> None:
    asked = [(key, question) for key, questions in QUESTIONS.items() if key != "none" for question in questions]
    first = there = 0
    for key, question in asked:
        found = caller.ask("look_up_answer", question=question, language=detect_language(question))
        keys = [entry["key"] for entry in found["entries"]]
        first += keys[:1] == [key]
        there += key in keys
    assert first >= 0.93 * len(asked)
    assert there >= 0.97 * len(asked)


def test_what_nobody_knows_is_said_to_be_unknown(caller: Caller) -> None:
    found = caller.ask("look_up_answer", question="who won the ball game on sunday")
    assert (found["known"], found["entries"]) == (False, [])
    assert "offer a person" in found["note"]
    for other in ("they dont have that anymore? ugh", "dont have the receipt anymore"):  # "anymore" is no subject
        assert not caller.ask("look_up_answer", question=other)["known"], other
    found = caller.ask("look_up_answer", question="is there parking?")
    assert (found["known"], found["entries"][0]["key"]) == (False, "parking")
    assert not caller.call("look_up_answer", question=" ").ok


def test_an_answer_comes_in_the_language_of_the_question(caller: Caller) -> None:
    found = caller.ask("look_up_answer", question="cuanto tardan las gomitas en pegar", language="es")
    assert found["entries"][0]["answer"].startswith("Los comestibles suelen tardar")


def test_files_are_synced_and_what_staff_wrote_stays(engine: Engine) -> None:
    entries = load_entries([ROOT / "prompts"])
    store.sync(engine, entries)
    with engine.begin() as connection:
        store.answer(
            connection, "Sam", answer_en="Free parking behind the store.", key="parking", question="Parking?"
        )
    store.sync(engine, entries[:3])
    with engine.connect() as connection:
        stored = {entry.key: entry for entry in store.list_entries(connection)}
    assert set(stored) == {"parking", *(entry.key for entry in entries[:3])}
    assert stored["parking"].answer_en == "Free parking behind the store."
    assert "Where do I park?" in stored["parking"].questions_en
    assert not stored["parking"].is_unknown


def test_open_questions_are_counted_without_numbers_and_one_answer_makes_an_entry(
    engine: Engine, service: Service, caller: Caller
) -> None:
    with engine.begin() as connection:
        store.note(connection, ["do you have drive through", "Is there a ramp? call me at 415-555-0123"])
        store.note(connection, ["Do you have a drive-through?"])
        [first, second] = store.list_open(connection)
    assert (first.question, first.times) == ("do you have drive through", 2)
    assert "555" not in second.question
    result = CliRunner().invoke(knowledge, ["unanswered"], obj=service)
    assert result.output.splitlines()[0] == f"{first.id}  2 x  do you have drive through"
    given = ["add", "--open", str(first.id), "--answer", "No, please come in."]
    result = CliRunner().invoke(knowledge, given, obj=service)
    assert result.output == "do-you-have-drive-through: No, please come in.\n"
    found = caller.ask("look_up_answer", question="is there a drive through")
    assert (found["known"], found["entries"][0]["answer"]) == (True, "No, please come in.")
    with engine.connect() as connection:
        assert [question.id for question in store.list_open(connection)] == [second.id]
    assert CliRunner().invoke(knowledge, given, obj=service).exit_code == 1


def test_a_turn_counts_what_its_model_could_not_answer(settings: Settings, webhook_secret: str) -> None:
    class Asking:
        name = "asking"

        def for_turn(self, *_: object) -> Asking:
            return self

        def answer(self, request: ModelRequest) -> ModelAnswer:
            if request.messages[-1].role != "tool":
                questions = ("is there parking?", "how long do edibles take to kick in?")
                calls = (
                    ToolCall(str(n), "look_up_answer", json.dumps({"question": q}))
                    for n, q in enumerate(questions)
                )
                return ModelAnswer("", tuple(calls), "tool_calls")
            return ModelAnswer('I do not know about parking. Reply "person" for our staff.')

    service = Service(settings, [Asking()])
    post_text(create_app(service).test_client(), webhook_secret, {"sender": "+14155550101", "text": "parking?"})
    service.turns.run("+14155550101")
    with service.engine.connect() as connection:
        assert [question.question for question in store.list_open(connection)] == ["is there parking?"]
        assert connection.execute(text("select count(*) from motabot.knowledge")).scalar_one() > 50
    service.close()
