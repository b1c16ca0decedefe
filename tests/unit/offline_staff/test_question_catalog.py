"""The question catalog: its own examples, its queries, and the questions that a shop adds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from motabot.agent.models.base import Message, ModelRequest
from motabot.errors import SettingsError
from motabot.offline.staff.lookup import fill
from motabot.offline.staff.model import OfflineStaffModel
from motabot.offline.staff.questions import Book
from motabot.staff.actions.registry import COMMANDS
from motabot.staff.sandbox.check import check
from tests.unit.offline_staff.talking import BOOK, TODAY, ZONE, follow, in_chat

#: The examples of the book's own questions.
ASKS = {question.ask for question in BOOK.questions}


@pytest.mark.parametrize("question", BOOK.questions, ids=lambda question: question.name)
def test_a_question_is_read_as_itself_by_its_own_example(question: Any) -> None:
    for example in (question.ask, question.es):
        told = example.replace("Ana Ruiz", "[h1]")
        state = follow(told)
        assert state.frame is None, told  # a frame that answers makes the entry of the book a second way
        assert state.question, told
        assert state.question.name == question.name, told
        if question.sql:
            assert state.reading
            filled = fill(question, state.reading, TODAY, ZONE, "M1", "Ana")
            assert check(filled.sql) == filled.sql
            assert "{" not in filled.sql


@pytest.mark.parametrize(
    "example", [each for each in BOOK.examples if each.ask not in ASKS], ids=lambda each: each.ask
)
def test_an_example_of_figures_is_read_in_both_languages(example: Any) -> None:
    for told in (example.ask, example.es):
        assert follow(told.replace("Ana Ruiz", "[h1]")).kind == "figures", told


OWN_QUESTION = """
[[question]]
name = "crows"
group = "Own"
ask = "how many crows sat on the roof?"
when = ["crows"]
title = "Crows"
moment = "t.date"
span = "this month"
sql = "select count(*) as crows from transactions t where {where}"
"""


def test_a_shop_adds_a_question_without_copying_ours(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN_QUESTION, encoding="utf-8")
    model = OfflineStaffModel(COMMANDS, [tmp_path])
    (call,) = in_chat(model).answer(ModelRequest([Message("user", "crows last week?")], [])).tool_calls
    assert json.loads(call.arguments)["title"] == "Crows, last week (16 to 22 Nov 2026)"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('moment = "t.date"', "question.0.moments: Extra inputs are not permitted"),
        ('sql = "select count(*) as crows from transactions t where {where}"', "needs sql or tool"),
        ('title = "Crows"', "question.0.title: Field required"),
    ],
)
def test_a_wrong_field_of_a_question_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(OWN_QUESTION.replace(wrong, 'moments = "x"' if "moment" in wrong else ""))
    with pytest.raises(SettingsError) as refused:
        Book([tmp_path])
    assert "own.toml" in str(refused.value)
    assert said in str(refused.value)


def test_every_query_names_its_tables() -> None:
    tables = re.compile(
        r"\b(?:transactions|sales|refunds|sale_lines|conversations|products|customers|customer_visit_patterns"
        r"|customer_product_affinity|messages|leads|staff) ([tipcvamls])\b"
    )
    for question in BOOK.questions:
        assert question.aliases == frozenset(tables.findall(question.sql)), question.name


def test_help_lists_every_group() -> None:
    said = in_chat(OfflineStaffModel(COMMANDS)).answer(ModelRequest([Message("user", "help")], [])).text
    for group in ("Sales:", "Products:", "Customers:", "Texts and leads:", "Staff:", "Actions:"):
        assert group in said
