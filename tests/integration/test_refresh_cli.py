"""`motabot refresh` and `motabot duplicate` as commands: arguments in, words or JSON out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from motabot.cli.maintenance import duplicate
from motabot.cli.refresh import refresh
from motabot.errors import DatabaseNotReady
from motabot.settings import Settings
from tests.support.shops import small_shop


@dataclass
class Service:
    engine: Engine
    settings: Settings


def invoke(service: Any, *words: str, ok: bool = True) -> Result:
    command = {"refresh": refresh, "duplicate": duplicate}[words[0]]
    result = CliRunner().invoke(command, list(words[1:]), obj=service, catch_exceptions=False)
    assert (result.exit_code == 0) is ok, result.output
    return result


@pytest.fixture
def service(engine: Engine, settings: Settings) -> Service:
    with engine.begin() as connection:
        small_shop(connection)
    return Service(engine, settings)


def test_refresh_tells_what_it_wrote_in_words_and_as_json(service: Service) -> None:
    dry = json.loads(invoke(service, "refresh", "--dry-run", "--json").stdout)
    words = invoke(service, "refresh").stdout
    again = json.loads(invoke(service, "refresh", "--incremental", "--json").stdout)
    assert dry["dry_run"] is True
    assert words.startswith("Wrote ")
    assert "customer_visit_patterns" in words
    assert "2 inserted, 0 updated, 1 deleted" in words
    assert again["mode"] == "incremental"
    assert {table: counts["updated"] for table, counts in again["tables"].items()} == dict.fromkeys(
        again["tables"], 0
    )


def test_a_time_without_a_zone_is_in_the_shops_zone(service: Service) -> None:
    report = json.loads(invoke(service, "refresh", "--as-of", "2026-01-31T18:00", "--json").stdout)
    assert datetime.fromisoformat(report["as_of"]) == datetime(2026, 2, 1, 2, 0, tzinfo=UTC)
    assert report["dry_run"] is True
    assert "is not a time" in invoke(service, "refresh", "--as-of", "yesterday", ok=False).output


def test_a_source_first_or_last_is_copied_and_undo_removes_the_copy(service: Service) -> None:
    options = ("--name", "Keanu", "--phone", "+14155550123")
    dry = invoke(service, "duplicate", "M001", *options, "--dry-run").stdout
    made = json.loads(invoke(service, "duplicate", *options, "--json", "M001").stdout)
    gone = invoke(service, "duplicate", "undo", made["copy"]).stdout
    assert "Would copy M001" in dry
    assert made["tables"]["transactions"] == 5
    assert f"Undid {made['copy']}, the copy of M001" in gone
    assert f"{5:>10,} rows removed" in gone


def test_help_shows_examples_without_a_database() -> None:
    for words in (["refresh"], ["duplicate"], ["duplicate", "copy"], ["duplicate", "undo"]):
        assert "Example" in invoke(None, *words, "--help").stdout


def test_an_unprepared_database_is_named_as_such(service: Service) -> None:
    with service.engine.begin() as connection:
        connection.exec_driver_sql("drop schema motabot cascade")
    with pytest.raises(DatabaseNotReady):
        invoke(service, "refresh")
