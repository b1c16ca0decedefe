"""Nothing of a model's internals reaches a customer or staff, in whichever pieces it comes."""

from __future__ import annotations

import re

import pytest

from motabot.agent.models.leaks import clean, has_leftovers
from motabot.agent.models.openai import Options
from tests.providers.doors import NAME, Doors, Outcome
from tests.providers.imitation import DOORS, TEXT, Ask, Door, Reply
from tests.providers.leaks import CALLS, HOPELESS, SECRET, THINKING, WRAPPED, filled, leaks

#: What no format of ours may leave behind.
_MARKUP = re.compile(
    r"[<>{}|▁Ġ◁▷]|&lt;|think|assistant|analysis|tool_call|functions?\.|Final|Human|INST", re.IGNORECASE
)
SPOKEN = {**THINKING, **WRAPPED}


def _clean(outcome: Outcome) -> None:
    assert SECRET not in outcome.shown
    found = _MARKUP.search(outcome.shown.replace("automated assistant", ""))  # of the first reply's disclosure
    assert found is None, (found, outcome.shown)
    assert outcome.model == NAME, outcome.troubles
    assert outcome.text.endswith(TEXT)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", SPOKEN)
def test_thinking_and_tokens_are_taken_out_of_an_answer(doors: Doors, name: str, door: Door) -> None:
    size = 1 + len(name) % 5
    _clean(doors.try_at(door, lambda ask: leaks(ask, SPOKEN[name], size)))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_is_written_as_text_is_made(doors: Doors, name: str, door: Door) -> None:
    def answer(ask: Ask) -> Reply:
        return ask.says() if ask.has_result else leaks(ask, filled(CALLS[name], ask), 1 + len(name) % 5)

    _clean(doors.try_at(door, answer))
    last = doors.server.asks[-1]
    assert last.has_result
    assert '"error"' not in str([each["content"] for each in last.messages if each["role"] == "tool"])


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", HOPELESS)
def test_what_nobody_can_use_is_sent_back_to_the_model(doors: Doors, name: str, door: Door) -> None:
    _clean(doors.try_at(door, lambda ask: ask.says() if ask.number else leaks(ask, HOPELESS[name], 3)))


@pytest.mark.parametrize("door", DOORS)
def test_a_model_that_only_thinks_aloud_is_not_used(doors: Doors, door: Door) -> None:
    outcome = doors.try_at(door, lambda ask: leaks(ask, HOPELESS["thinking aloud"], 3))
    assert SECRET not in outcome.shown
    assert outcome.model != NAME


@pytest.mark.parametrize("name", [name for name in SPOKEN if name != "think without its opening tag"])
def test_a_live_stream_shows_no_marker_either(doors: Doors, name: str) -> None:
    """Where a server is known to keep thinking apart, words pass at once: but nothing that could begin a marker."""
    outcome = doors.try_at(
        "staff stream", lambda ask: leaks(ask, SPOKEN[name], 2), options=Options(live_words=True)
    )
    if name.startswith(("harmony with its tokens", "a quote", "another turn", "a whole dialog")):
        assert outcome.text.endswith(TEXT)
        return
    _clean(outcome)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "1. Gelato: $35\n2. OG Kush: $40\nWant one?",
        "Hi Ana! You have 120 points <3",
        "Sales by month: [h1] leads with $500.",
        "Total: $35\nCustomers: 3\nBest customer: [h3]",
        "The customer is [h1]. She wants a call back; you should ring her.",
        "Okay, we have Gelato at $35 (3.5 g). Want me to ask staff to hold it?",
        "Let me know if you need anything else: we are open till 9.",
        "Here's what we have: 1) Gelato, 2) Runtz.",
        "Analysis: sales rose 5 % in May.",
        "We open at nine (note: closed on Sundays).",
        "Puntos: 120. ¿Algo más?",
        "Customer: [h1]\nSpent: $35",
        "```sql\nselect name from products\n```",
        "I used run_query and found 3 customers.",
    ],
)
def test_an_ordinary_answer_stays_as_it_is(text: str) -> None:
    cleaned = clean(text, ("run_query", "show_shop_info"))
    assert (cleaned.text, cleaned.calls, cleaned.leftover) == (text, (), False)
    assert not has_leftovers(text)


@pytest.mark.parametrize("name", [*THINKING, *HOPELESS])
def test_a_check_of_the_reply_finds_what_slipped_through(name: str) -> None:
    """Whatever `clean` did not see is refused: the raw formats with markup in them."""
    text = {**THINKING, **HOPELESS}[name]
    if re.search(r"[<|◁＜{]", text):
        assert has_leftovers(text)
