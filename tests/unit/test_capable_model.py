"""Turns of a capable model through the real loop: what it wrote well at the first try is sent at the first try."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from motabot.agent.loop import Exchange, Limits, converse
from motabot.agent.models.base import Message
from motabot.conversation.reply_check import Keys, Vocabulary, check, fill, tidy
from motabot.testing import ScriptedModel
from motabot.text.language import detect_language
from tests.drafts import ZONE, context_of, facts_of, read_rows, with_turn

DATA = Path(__file__).parents[1] / "data"
LIMITS = Limits(deadline=time.monotonic() + 3_600, steps=4, tokens=100_000, answer_tokens=1_000, answer_seconds=5)


def answer(row: dict[str, Any], *drafts: str) -> tuple[str, list[str]]:
    """What is sent for these drafts of a recorded turn, and everything that was sent back before."""
    keys = Keys(ZONE)
    context = context_of(row["model_saw"])
    if any(call["tool"] == "list_my_purchases" for call in row["looked_up"]):
        context["purchases"] = []
    keys.annotate(context)
    for call in row["looked_up"]:
        keys.annotate(call["result"])
    facts = facts_of(row, Vocabulary())
    sent_back: list[str] = []

    def review(exchange: Exchange) -> Sequence[str]:
        text = tidy(exchange.text, opening="", max_segments=3)
        exchange.text, filled, problems = fill(text, keys, facts, detect_language(text))
        found = [problem.reason for problem in problems or check(exchange.text, facts, filled)]
        sent_back.extend(found)
        return found

    exchange = Exchange()
    opening = [Message("system", "..."), Message("user", row["model_saw"])]
    converse(
        ScriptedModel(drafts),
        opening,
        (),
        lambda name, _: _no_tool(name),
        exchange=exchange,
        limits=LIMITS,
        review=review,
    )
    return exchange.text, sent_back


def _no_tool(name: str) -> Any:
    raise AssertionError(name)


def test_replies_with_references_are_filled_and_sent_at_the_first_try() -> None:
    rows = [with_turn(row) for row in read_rows(DATA / "drafts_references.jsonl")]
    replies = {row["draft"]: answer(row, row["draft"], "Sorry.", "Sorry.") for row in rows}
    alarms = {draft: sent_back for draft, (_, sent_back) in replies.items() if sent_back}
    assert len(alarms) <= 0.04 * len(rows), alarms
    assert not [text for text, _ in replies.values() if "{" in text or "}" in text]


def test_a_wrong_reference_comes_back_with_its_keys_and_is_corrected() -> None:
    row = with_turn({"turn": "d0142"})
    text, sent_back = answer(
        row, "Three Purple Punch 3.5g come to {3*p77.price}.", "Three Purple Punch 3.5g come to {3*p1.price}."
    )
    assert text == "Three Purple Punch 3.5g come to $78.00."
    assert "p1 (Purple Punch 3.5g)" in sent_back[0]


def test_a_model_has_two_rounds_to_correct_a_draft() -> None:
    row = with_turn({"turn": "d0142"})
    text, sent_back = answer(
        row, "That's $70.00 for three.", "That's $76.50 for three.", "That's $78.00 for three."
    )
    assert text == "That's $78.00 for three."
    assert len(sent_back) == 2
