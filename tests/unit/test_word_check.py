"""What a model says of a result is believed where the rows support it, and refused where they do not."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motabot.staff.figures_check import Evidence
from motabot.staff.formats import format_of
from motabot.staff.sandbox.run import ResultColumn
from motabot.staff.stated import Stated

TODAY = date(2026, 11, 26)
CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "staff_words.toml").read_text(encoding="utf-8")
)


def table_of(case: dict[str, Any]) -> dict[str, Any]:
    rows = [[None if cell == "" else cell for cell in row] for row in case["rows"]]  # TOML has no NULL
    columns = [
        {"name": name, "type": kind, "format": format_of(ResultColumn(name, kind))}
        for name, kind in (each.rsplit(maxsplit=1) for each in case["columns"])
    ]
    return {"title": "", "columns": columns, "rows": rows, "sql": case["sql"]}


def evidence(case: dict[str, Any]) -> Evidence:
    table = table_of(case)
    names = [each["name"] for each in table["columns"]]
    seen = json.dumps({"columns": names, "rows": table["rows"], "result": "result1"})
    tables = [*map(table_of, case.get("earlier", ())), table]  # the conversation keeps those of earlier questions
    first = date.fromisoformat(case["first"]) if "first" in case else None
    asked = ["how did we do?", case["sql"]]
    today = case.get("today", TODAY)
    return Evidence(tables, [seen], asked, case.get("tokens", {}), today, Stated(first, case.get("points", ())))


@pytest.mark.parametrize("name", CASES)
def test_a_true_sentence_is_believed_and_a_false_one_refused(name: str) -> None:
    held = evidence(CASES[name])
    assert {words: found for words in CASES[name]["true"] if (found := held.problems(words))} == {}
    assert [words for words in CASES[name]["false"] if not held.problems(words)] == []


def test_of_a_long_result_the_rows_that_a_model_sees_are_looked_at() -> None:
    rows = [[f"Product {n}", 1000 + n] for n in range(500)]
    case = {"columns": ["product text", "units int8"], "rows": rows, "sql": "select product, units from u"}
    held = evidence(case)
    assert held.problems("The list has 500 products; Product 7 sold 1,007 units.") == []
    assert held.problems("Product 7 sold 1,008 units.")
    assert held.problems("Product 450 sold 1,450 units."), "the model cannot have read it"
