"""Logs hold neither phones nor words nor secrets."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from motabot import logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers
    logging.getLogger().setLevel(level)


def test_phones_bodies_and_secrets_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(style="json")
    structlog.stdlib.get_logger("motabot").info(
        "text from +14155550101", phone="+14155550101", text="my secret words", key="sk-abcdef123456"
    )
    line = json.loads(capsys.readouterr().err)
    assert (line["phone"], line["event"], line["level"]) == ("+***01", "text from +***01", "info")
    assert line["text"] == "<15 characters>"
    assert line["key"] == "sk-***"


def test_the_queues_own_chatter_about_phones_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    logging.getLogger("procrastinate.worker").info("Starting job motabot.turn[1](phone='+14155550101')")
    assert capsys.readouterr().err == ""
