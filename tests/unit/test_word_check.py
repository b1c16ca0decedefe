"""What a model says of a result is believed where the rows support it, and refused where they do not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motabot.staff import figures_check
from motabot.staff.figures_check import Evidence
from motabot.staff.formats import formats_of
from motabot.staff.sandbox.run import ResultColumn
from motabot.staff.stated import Stated
from motabot.staff.word_check.remark import Fault, Remark

PARTS = 6
TODAY = date(2026, 11, 26)
CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "staff_words.toml").read_text(encoding="utf-8")
)
#: Answers of one to three sentences; of the false ones only those that are refused.
ANSWERS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "staff_answers.toml").read_text(encoding="utf-8")
)

#: Statements of how many, over results of both; of the false ones only those that are refused.
QUANTITIES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "staff_quantities.toml").read_text(encoding="utf-8")
)


def table_of(case: dict[str, Any]) -> dict[str, Any]:
    rows = [[None if cell == "" else cell for cell in row] for row in case["rows"]]  # TOML has no NULL
    named = [ResultColumn(*each.rsplit(maxsplit=1)) for each in case["columns"]]
    columns = [
        {"name": each.name, "type": each.type, "format": kind}
        for each, kind in zip(named, formats_of(named), strict=True)
    ]
    return {"title": "", "columns": columns, "rows": rows, "sql": case["sql"]}


def evidence(case: dict[str, Any]) -> Evidence:
    table = table_of(case)
    names = [each["name"] for each in table["columns"]]
    seen = json.dumps({"columns": names, "rows": table["rows"], "result": "result1"})
    earlier = [*map(table_of, case.get("earlier", ()))]  # the conversation keeps those of earlier questions
    first = date.fromisoformat(case["first"]) if "first" in case else None
    asked, ran = [case.get("asked", "how did we do?")], [case["sql"]]
    today = case.get("today", TODAY)
    stated = Stated(first, case.get("points", ()))
    return Evidence([table], [seen], asked, case.get("tokens", {}), today, stated, ran=ran, earlier=earlier)


@pytest.mark.parametrize("part", range(PARTS))
def test_true_sentences_are_believed_and_of_the_false_ones_those_that_rows_plainly_deny(part: int) -> None:
    held = {name: evidence(CASES[name]) for name in [*CASES][part::PARTS]}
    truths = [(name, words) for name in held for words in CASES[name].get("true", ())]
    lies = [(name, words) for name in held for words in CASES[name].get("false", ())]
    refused = [(name, words, found) for name, words in truths if (found := held[name].problems(words))]
    passed = [(name, words) for name, words in lies if not held[name].problems(words)]
    assert len(refused) <= 0.025 * len(truths), refused
    assert len(passed) <= 0.52 * len(lies), passed


@pytest.mark.parametrize("part", range(PARTS))
def test_of_how_many_something_is_said_is_computed(part: int) -> None:
    held = {name: evidence(CASES.get(name) or ANSWERS[name]) for name in [*QUANTITIES][part::PARTS]}
    refused = {words: found for name in held for words in QUANTITIES[name]["true"]
               if (found := held[name].problems(words))}  # fmt: skip
    passed = [words for name in held for words in QUANTITIES[name]["false"] if not held[name].problems(words)]
    assert (refused, passed) == ({}, [])


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_over_the_shops_results_is_believed_or_refused(name: str) -> None:
    held = evidence(ANSWERS[name])
    assert {words: found for words in ANSWERS[name]["true"] if (found := held.problems(words))} == {}
    assert [words for words in ANSWERS[name]["false"] if not held.problems(words)] == []


def test_what_is_refused_is_cut_to_its_clause() -> None:
    held = evidence(ANSWERS["stores"])
    words = "San Jose led with $7,808.50 from 85 tickets, 51.3% of the whole. Oakland made $6,062.71; Berkeley made $3,610.90."
    assert held.problems(words)
    assert held.holding(words) == "San Jose led with $7,808.50 from 85 tickets. Oakland made $6,062.71."


def test_a_claim_of_the_answer_itself_stays_and_a_number_of_no_result_does_not() -> None:
    held = evidence(ANSWERS["stores"])
    assert (
        held.holding("Oakland is the largest store with $6,062.71.")
        == "Oakland is the largest store with $6,062.71."
    )
    assert held.holding("Oakland made $9,999.99 in October.") == ""


def test_a_rule_that_fails_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_remark: Remark) -> Iterator[Fault]:
        raise ValueError

    held = evidence(ANSWERS["stores"])
    assert held.problems("Berkeley led October with $7,808.50.")
    monkeypatch.setattr(figures_check, "_RULES", (fails,))
    assert held.problems("San Jose led October with $7,808.50.") == []


def test_of_a_long_result_the_rows_that_a_model_sees_are_looked_at() -> None:
    rows = [[f"Product {n}", 1000 + n] for n in range(500)]
    case = {"columns": ["product text", "units int8"], "rows": rows, "sql": "select product, units from u"}
    held = evidence(case)
    assert held.problems("The list has 500 products; Product 7 sold 1,007 units.") == []
    assert held.problems("Product 7 sold 1,008 units.")
    assert held.problems("Product 450 sold 1,450 units."), "the model cannot have read it"
