"""Logs hold neither phones nor words nor secrets."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog

from motabot import logs
from motabot.logs import mask


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    handlers, level = logging.getLogger().handlers[:], logging.getLogger().level
    hooks = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = hooks
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


@pytest.mark.parametrize(
    "number",
    "+14155550101|(415) 555-0101|415-555-0101|1 415 555 0101|14155550101|\u200e415.555.0101|+52 55 1234 5601"
    "|415\u2013555\u20130101|0014155550101".split("|"),
)
def test_a_number_is_masked_however_it_is_written(number: str) -> None:
    assert "555" not in mask(f"turn of {number} dropped")
    assert "01 dropped" in mask(f"turn of {number} dropped")


@pytest.mark.parametrize(
    "words",
    ["2026-11-26 18:00:00", "took 12345678 ms", "row 4155550", "2026-01-31T18:00:00.123456+00:00", "v1.2.3"],
)
def test_moments_and_counts_are_not_numbers_to_call(words: str) -> None:
    assert mask(words) == words


def test_the_queues_own_chatter_about_phones_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    logging.getLogger("procrastinate.worker").info("Starting job motabot.turn[1](phone='+14155550101')")
    assert capsys.readouterr().err == ""
