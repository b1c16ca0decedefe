"""What the real client puts on the wire is what was recorded; nobody has to listen."""

from __future__ import annotations

import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

from motabot.agent.models.base import ModelRequest
from tests.cassettes import record


def test_a_recorded_exchange_is_played_back_without_a_server() -> None:
    with record.tape("none") as cassette:
        assert record.ask("http://127.0.0.1:9/v1") == "We open at nine."
        assert cassette.play_count == 1


def test_a_request_that_was_not_recorded_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "REQUEST", ModelRequest(messages=(), tools=()))
    with record.tape("none"), pytest.raises(CannotOverwriteExistingCassetteException):
        record.ask("http://127.0.0.1:9/v1")


def test_a_cassette_says_what_it_was_recorded_from() -> None:
    cassettes = list(record.CASSETTE.parent.glob("*.yaml"))
    assert cassettes
    for path in cassettes:
        assert path.read_text(encoding="utf-8").startswith("# Recorded from ")
