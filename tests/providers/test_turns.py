"""What the loop and the turn make of providers: two hand-offs are one, and a second provider has its share of the time."""

from __future__ import annotations

import time

from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.settings import Settings
from tests.providers.doors import NAME, Doors
from tests.providers.drips import DripServer, comments
from tests.providers.imitation import Ask, Reply, Server, call_of


def test_two_hand_offs_in_one_turn_are_one(doors: Doors) -> None:
    def answer(ask: Ask) -> Reply:
        if ask.has_result:
            return ask.says("I have asked our staff to get back to you.")
        first = {"reason": "other", "summary": "<think>hm</think>Wants a call."}
        return ask.calls(
            call_of("ask_for_person", first, "c1"),
            call_of("ask_for_person", {**first, "summary": "Again."}, "c2"),
        )

    outcome = doors.try_at("customer", answer)
    assert outcome.model == NAME, outcome.troubles
    query = "select h.summary from motabot.handoffs h where h.turn_id = (select max(id) from motabot.turns)"
    with doors.service.engine.connect() as connection:
        [summary] = connection.execute(text(query)).scalars()
    assert summary.startswith("Wants a call.")
    assert "think" not in summary


def test_a_first_provider_that_drips_leaves_time_for_the_second(settings: Settings, engine: Engine) -> None:
    with DripServer(comments) as dripping, Server() as second:
        changed = settings.model_copy(
            update={
                "model": "openai",
                "model_url": dripping.url,
                "model_timeout": 30.0,
                "turn_seconds": 4.0,
                "fallback_model_name": "second",
                "fallback_model_url": second.url,
            }
        )
        service = Service(changed)
        with engine.begin() as connection:
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                    " values ('+14155550101', 'when do you open?', now(), 'unread', 'inbound')"
                )
            )
        started = time.monotonic()
        service.turns.run("+14155550101")
        assert time.monotonic() - started < 20.0  # the first one alone would take 30
        with engine.connect() as connection:
            assert connection.execute(text("select model from motabot.turns")).scalar_one() == "second"
        service.close()
