"""Consent is read from any reasonable wording, and from nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motabot.texting.consent import Decision, decide

CASES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data/consent.toml").read_text(encoding="utf-8")
)


def wrong(texts: list[str], expected: Decision, *, opted_out: bool) -> list[str]:
    return [text for text in texts if decide(text, opted_out=opted_out) is not expected]


def test_the_table_is_large_and_has_no_text_twice() -> None:
    texts = [text for group in CASES.values() for text in group]
    assert len(texts) >= 250
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("opted_out", [False, True])
def test_every_reasonable_wording_of_a_revocation_counts(opted_out: bool) -> None:
    assert wrong(CASES["stop"], Decision.STOP, opted_out=opted_out) == []


@pytest.mark.parametrize("opted_out", [False, True])
def test_renewed_consent_counts_at_any_time(opted_out: bool) -> None:
    assert wrong(CASES["start"], Decision.START, opted_out=opted_out) == []


def test_yes_is_consent_only_from_a_number_that_is_opted_out() -> None:
    assert wrong(CASES["yes"], Decision.START, opted_out=True) == []
    assert wrong(CASES["yes"], Decision.NONE, opted_out=False) == []


@pytest.mark.parametrize("opted_out", [False, True])
def test_only_a_bare_word_calls_for_help(opted_out: bool) -> None:
    assert wrong(CASES["help"], Decision.HELP, opted_out=opted_out) == []


def test_other_texts_with_the_same_words_are_left_alone() -> None:
    assert wrong(CASES["none"], Decision.NONE, opted_out=False) == []


@pytest.mark.parametrize(
    "keyword", ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"]
)
@pytest.mark.parametrize(
    "form", ["{}", "{}.", "{}!!!", " {}\n", '"{}"', "{} 🙏", "{}\u00a0", "\u200b{}", "{} please"]
)
def test_a_carriers_keyword_counts_however_it_is_typed(keyword: str, form: str) -> None:
    for written in (keyword, keyword.lower(), keyword.title()):
        assert decide(form.format(written), opted_out=False) is Decision.STOP


@pytest.mark.parametrize("revocation", ["stop texting me", "please stop.", "ya no me manden mensajes", "STOP"])
@pytest.mark.parametrize(
    "other", ["what time do you open?", "Do you have Blue Dream?", "¿a qué hora abren?", "Thanks!"]
)
def test_a_revocation_beside_a_question_wins(revocation: str, other: str) -> None:
    assert decide(f"{other} {revocation}", opted_out=False) is Decision.STOP
    assert decide(f"{revocation}\n{other}", opted_out=False) is Decision.STOP


def test_a_revocation_wins_over_a_renewal() -> None:
    assert decide("START. no wait, STOP", opted_out=True) is Decision.STOP


def test_nothing_is_read_into_nothing() -> None:
    for text in ("", " ", "\n", "👍", "...", "?!", "\x00", "1234"):
        assert decide(text, opted_out=True) is Decision.NONE


def test_a_very_long_text_is_read_to_its_end() -> None:
    assert decide("blue dream and gelato please " * 1_300 + ". stop texting me", opted_out=False) is Decision.STOP


@settings(deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_any_text_gets_a_decision(text: str, opted_out: bool) -> None:
    assert isinstance(decide(text, opted_out=opted_out), Decision)
