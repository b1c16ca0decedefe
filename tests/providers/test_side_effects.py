"""What a model did on the way to a failure is undone, what it says it did is true, and what it costs is counted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.agent.loop import CallRecord, Exchange
from motabot.agent.models.base import Usage
from motabot.agent.models.prices import prices_of
from motabot.agent.registry import ToolResult
from motabot.agent.tools import Proposal
from motabot.settings import load_settings
from motabot.staff.claims import unfounded_claims
from motabot.testing import Reply, completion
from motabot.web import stream
from tests.support.staff_door import SCRIPT, Door, open_door, rows, run, shop

__all__ = ["open_door", "shop"]

REFRESH = completion(None, ("refresh_figures", {"customer": None}))


def _proposes_and_fails(body: dict[str, Any], _number: int) -> Any:
    return Reply({}, 500) if body["messages"][-1]["role"] == "tool" else REFRESH


def test_a_proposal_on_the_way_to_a_failure_is_withdrawn(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    door = open_door(_proposes_and_fails)
    answer = door.ask(door.token(), "refresh the figures please")
    assert answer["model"] == "offline"
    statuses = [status for (status,) in rows(shop, "select status from motabot.actions order by id")]
    assert statuses[0] == "withdrawn"
    assert statuses.count("pending") == len(answer["actions"]) <= 1


def test_a_stream_says_that_the_next_model_begins_anew(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    door = open_door(_proposes_and_fails)
    streamed = door.post("/chat", door.token(), {"question": "refresh the figures"}, accept="text/event-stream")
    kinds = [
        line.removeprefix("event: ")
        for line in streamed.get_data(as_text=True).split("\n")
        if line.startswith("event")
    ]
    assert kinds.index("action") < kinds.index("restart") < kinds.index("text")


def test_a_claim_of_a_deed_is_sent_back_and_then_refused(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    door = open_door(
        lambda _body, number: completion("Done, I refreshed everything." if number == 0 else "Nothing was done.")
    )
    assert door.ask(door.token(), "refresh everything")["text"] == "Nothing was done."
    stubborn = open_door(lambda _body, _number: completion("I've texted all of them."))
    assert stubborn.ask(stubborn.token("Lou"), "text them all")["model"] == "offline"


@pytest.mark.parametrize(
    ("words", "looked", "is_claim"),
    [
        ("Done, I refreshed everything.", True, True),
        ("I've just sent the text to all 12 customers.", True, True),
        ("The figures have been refreshed.", False, True),
        ("All set!", False, True),
        ("Ya envié el mensaje.", True, True),
        ("Proposed: a refresh. It waits for approval.", False, True),
        ("12 texts were sent this week.", True, False),
        ("I found 3 customers who were added in May.", True, False),
        ("I can text them if you approve.", False, False),
        ("Done: see below.", True, False),
        ("It is [h1].", True, False),
    ],
)
def test_only_deeds_that_nobody_did_are_refused(words: str, looked: bool, is_claim: bool) -> None:
    call = CallRecord(1, "run_query", ToolResult(True, {}, "{}", 1.0, {}))
    assert bool(unfounded_claims(Exchange(text=words, calls=[call] if looked else []))) == is_claim


def test_a_proposal_is_still_no_deed() -> None:
    proposed = Exchange(text="I refreshed everything.", intents=[Proposal(1, {})])
    assert unfounded_claims(proposed)


def test_questions_of_staff_count_toward_the_days_limit_and_stop_at_it(
    shop: Engine, open_door: Callable[[SCRIPT], Door]
) -> None:
    door = open_door(lambda _body, _number: completion("Hello."))
    kim = door.token()
    assert door.ask(kim, "hi")["model"] == "scripted"
    ((cost, is_estimated),) = rows(shop, "select cost, usage_is_estimated from motabot.chat_costs")
    assert cost == prices_of(door.service.settings, "scripted").of(Usage(900, 40))
    assert not is_estimated
    run(shop, "update motabot.chat_costs set cost = 21")
    spent = Door(door.service.settings, lambda _body, _number: completion("Hello."))
    try:
        answer = spent.ask(kim, "hi")
    finally:
        spent.close()
    assert answer["model"] == "offline"
    assert "daily spending limit" in answer["problems"][0]


def test_a_provider_without_usage_costs_an_estimate(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> None:
    door = open_door(lambda _body, _number: {**completion("Hello."), "usage": None})
    door.ask(door.token(), "hi")
    ((read, written, is_estimated),) = rows(
        shop, "select input_tokens, output_tokens, usage_is_estimated from motabot.chat_costs"
    )
    assert read > 500
    assert written == 2
    assert is_estimated


def test_each_model_has_its_own_prices() -> None:
    settings = load_settings(
        model_name="a",
        model_price_input=1,
        fallback_model_name="b",
        fallback_model_price_input=2,
        fallback_model_price_output=3,
    )
    usage = Usage(1_000_000, 1_000_000, 0)
    assert prices_of(settings, "a").of(usage) == 3
    assert prices_of(settings, "b").of(usage) == 5


def test_a_silent_stream_shows_a_sign_of_life(
    shop: Engine, open_door: Callable[[SCRIPT], Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_SILENCE_SECONDS", 0.05)

    def slow(_body: dict[str, Any], _number: int) -> Any:
        time.sleep(0.3)
        return completion("Hello.")

    door = open_door(slow)
    streamed = door.post("/chat", door.token(), {"question": "hi"}, accept="text/event-stream").get_data(
        as_text=True
    )
    assert streamed.startswith(": still at work\n\n")
    assert json.loads(streamed.strip().split("\n")[-1].removeprefix("data: "))["chat"]
