"""SQL files have one parameter style, and every statement in Python that reads one uses the loader."""

from __future__ import annotations

import re
from pathlib import Path

from motabot.db.queries import driver_sql_folder, load_sql, read_sql

PACKAGE = Path(__file__).parents[2] / "motabot"
FILES = [path for path in PACKAGE.rglob("*.sql") if "demo" not in path.parts]


def test_no_file_has_parameters_in_the_drivers_style_or_with_a_cast() -> None:
    assert len(FILES) > 40
    found = [
        f"{path.name}: {line}"
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"%\(\w+\)s|(?<![:\w]):\w+::", line)
    ]
    assert found == []


def test_a_statement_is_given_in_the_style_of_who_executes_it() -> None:
    assert ":phone" in read_sql("motabot.customers", "context")
    assert set(load_sql("motabot.customers", "lead").compile().params) == {"phone"}
    facts = driver_sql_folder("motabot.maintenance", "refresh")["unusable"]
    assert "%(" in facts
    assert not re.search(r"(?<![:\w]):\w", facts)
