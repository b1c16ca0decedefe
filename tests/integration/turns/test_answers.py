"""What a text is answered with, by which model, and what the record of the turn says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.testing import ModelServer, Reply, Script, completion, post_text
from tests.integration.turns.texts import PHONE, insert_text, replies, rows


def test_a_text_gets_one_reply_a_lead_and_a_record(
    with_model: Callable[[Script], Service], engine: Engine, webhook_secret: str
) -> None:
    service = with_model(lambda body, number: completion("We open at nine."))
    post_text(create_app(service).test_client(), webhook_secret, {"sender": PHONE, "text": "when do you open?"})
    assert service.turns.run(PHONE) is not None
    assert service.turns.run(PHONE) is None
    [reply] = replies(engine)
    assert reply.endswith("We open at nine.")
    [turn] = rows(engine, "select * from motabot.turns")
    assert (turn.outcome, turn.model, turn.troubles, turn.input_tokens) == ("answered", "gpt-5-mini", [], 900)
    [lead] = rows(engine, "select * from public.leads")
    assert (lead.phone_number, lead.lead_status, lead.conversation_stage) == (PHONE, "new", "greeting")
    assert lead.last_message == "when do you open?"


def test_only_the_first_reply_to_a_number_says_that_a_bot_writes(
    with_model: Callable[[Script], Service], engine: Engine
) -> None:
    service = with_model(lambda body, number: completion("We open at nine."))
    for _ in range(2):
        insert_text(engine, "when do you open?")
        service.turns.run(PHONE)
    first, second = replies(engine)
    assert first != second == "We open at nine."


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Reply(b"{}", 500), "the provider answered 500"),
        (Reply(b"{}", 429), "the provider answered 429"),
        (Reply(b"nonsense"), "unusable"),
        (Reply(b'{"choices": []}'), "malformed"),
        (Reply(completion("late"), seconds=3.0), "did not answer in time"),
        (Reply(completion("You have 1", finish_reason="length")), "cut off"),
        (Reply(completion("", finish_reason="content_filter")), "refused"),
        (Reply(completion("")), "You wrote nothing"),
        (Reply(completion(None, ("no_such_tool", {}))), "no reply within 6 steps"),
        (Reply(completion(None, ("show_my_profile", "{broken"))), "no reply within 6 steps"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_model_that_fails_still_leaves_one_sensible_reply_and_its_record_says_why(
    with_model: Callable[[Script], Service], engine: Engine, trouble: Reply, reason: str
) -> None:
    service = with_model(lambda body, number: trouble)
    insert_text(engine, "hello")
    assert service.turns.run(PHONE) is not None
    assert len(replies(engine)) == 1
    [turn] = rows(engine, "select outcome, model, troubles from motabot.turns")
    assert (turn.outcome, turn.model) == ("answered", "offline")
    assert turn.troubles[0]["model"] == "gpt-5-mini"
    assert reason in turn.troubles[0]["reason"].replace("malformed", "unusable malformed")


def test_the_second_model_is_asked_before_the_offline_model(
    with_model: Callable[..., Service], engine: Engine
) -> None:
    def script(body: dict[str, Any], number: int) -> Reply | dict[str, Any]:
        return Reply(b"{}", 500) if body["model"] == "gpt-5-mini" else completion("We open at nine.")

    service = with_model(script, fallback_model_name="second")
    insert_text(engine, "when do you open?")
    service.turns.run(PHONE)
    [turn] = rows(engine, "select model, troubles from motabot.turns")
    assert (turn.model, [trouble["model"] for trouble in turn.troubles]) == ("second", ["gpt-5-mini"])


def test_when_every_model_fails_the_customer_is_told_and_a_person_is_asked(
    settings: Settings, engine: Engine
) -> None:
    from motabot.testing import ScriptedModel

    service = Service(settings, models=[ScriptedModel([])])
    insert_text(engine, "hello")
    service.turns.run(PHONE)
    assert len(replies(engine)) == 1
    assert [row.outcome for row in rows(engine, "select outcome from motabot.turns")] == ["held"]
    assert [row.phone for row in rows(engine, "select phone from motabot.handoffs where resolved_at is null")] == [
        PHONE
    ]
    service.close()


def test_the_stable_part_of_the_prompt_is_the_same_for_everybody_and_holds_no_number(
    with_model: Callable[[Script], Service], engine: Engine
) -> None:
    service = with_model(lambda body, number: completion("Hello."))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into public.customers (member_id, name, phone, email, loyalty_points)"
            " values ('M-77123', 'Ana Sandoval', '+14155550101', 'ana@example.com', 120)"
        )
    for phone in (PHONE, "+14155550102"):
        insert_text(engine, "call me at (415) 555-0199 or write to me@example.com", phone)
        service.turns.run(phone)
    server: ModelServer = service.server  # type: ignore[attr-defined]
    known, unknown = server.requests
    assert known["messages"][0] == unknown["messages"][0]
    assert known.get("tools") == unknown.get("tools")
    assert "Ana" in known["messages"][1]["content"]
    for raw in server.raw_requests:
        for secret in (b"Sandoval", b"M-77123", b"example.com", b"5550101", b"5550102", b"555-0199"):
            assert secret not in raw
