"""Emergencies, the day's money, and what a turn records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from motabot.agent.models.base import ModelAnswer, ModelRequest, Usage
from motabot.offline.customer.model import OfflineModel
from motabot.sms.notify import Notifier
from motabot.web import console
from tests.integration.people.talk import CUSTOMER, STRANGER, Talk
from tests.support.turns import REPLIES


class Dear:
    """A model whose every answer costs a million tokens."""

    name = "dear"

    def answer(self, _request: ModelRequest) -> ModelAnswer:
        return ModelAnswer("We are glad to hear from you.", usage=Usage(1_000, 1_000_000))


def test_a_day_s_spending_ends_at_its_limit(
    with_service: Callable[..., Talk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motabot.agent.budget._KEPT_SECONDS", 0.0)
    offline = OfflineModel(REPLIES)
    talk = with_service([Dear(), offline], model_daily_limit=2, max_turn_tokens=10_000_000)
    talk.text("hello there", CUSTOMER)
    talk.text("hello again", CUSTOMER)
    with talk.service.engine.connect() as connection:
        turns = connection.execute(text("select model, troubles from motabot.turns order by id")).all()
    assert [turn.model for turn in turns] == ["dear", "offline"]
    assert turns[1].troubles == [{"model": "dear", "reason": "the daily spending limit is reached"}]


def test_a_turn_records_how_long_both_parts_of_its_prompt_were(talk: Talk) -> None:
    talk.text("hi", CUSTOMER)
    talk.text("hi")
    with talk.service.engine.connect() as connection:
        first, second = connection.execute(
            text("select stable_tokens, facts_tokens from motabot.turns order by id")
        )
    assert first.stable_tokens == second.stable_tokens > 500
    assert 0 < second.facts_tokens < first.facts_tokens


def test_an_emergency_is_answered_at_once_whatever_the_age_and_stands_first_in_the_inbox(
    with_service: Callable[..., Talk], inbox_of_staff: tuple[str, list[dict[str, Any]], list[int]]
) -> None:
    url, got, _ = inbox_of_staff
    talk = with_service(notify_webhook_url=url)
    talk.text("i want to talk to a person", CUSTOMER)
    reply = talk.text("my dog ate a gummy!! do you have any flower?")
    assert "888-426-4435" in reply
    assert "21 or older" not in reply
    assert Notifier(talk.service.engine, talk.service.outbox, talk.service.settings).run() == 2
    assert [(each["phone"], each["urgent"]) for each in got] == [(STRANGER, True), (CUSTOMER, False)]
    assert got[0]["text"].startswith("URGENT: Emergency: ")
    talk.text("hello?", CUSTOMER)
    inbox = (Path(console.__file__).parent / "sql" / "inbox.sql").read_text(encoding="utf-8")
    with talk.service.engine.connect() as connection:
        shown = connection.execute(text(inbox), {"before": None}).all()
    assert [(row.phone, row.is_urgent, row.waits) for row in shown[:2]] == [
        (STRANGER, True, True),
        (CUSTOMER, False, True),
    ]


def test_what_else_is_asked_beside_a_safety_question_is_answered(talk: Talk) -> None:
    reply = talk.text("can i take gummies on the plane to texas? how many points do i have?", CUSTOMER)
    assert "can't leave the state" in reply
    assert "120" in reply


def test_an_emergency_stays_the_topic_until_it_is_over_and_products_wait_for_staff(talk: Talk) -> None:
    talk.text("my dog ate a gummy!!", CUSTOMER)
    assert "888-426-4435" in talk.text("what are your strongest gummies", CUSTOMER)
    assert "open" in talk.text("the vet says he is fine now. what time do you close?", CUSTOMER)
    assert "$" not in talk.text("ok got any flower", CUSTOMER)
    with talk.service.engine.connect() as connection:
        (summary,) = connection.execute(text("select summary from motabot.handoffs")).scalars()
    assert summary == "pet: my dog ate a gummy!! / pet: what are your strongest gummies"


def test_a_beginner_is_offered_no_extract_in_any_turn(talk: Talk) -> None:
    for words in ("first time EVER, friend says get a dab", "ok a vape then", "shatter?"):
        assert "so I don't suggest them" in talk.text(words, CUSTOMER)
