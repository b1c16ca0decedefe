"""Texts that come together, late, too early, or while a person or an opt-out comes between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.testing import ModelServer, Script, completion, post_text, wait_until
from motabot.worker import create_worker
from tests.integration.turns.texts import PHONE, insert_text, replies, rows
from tests.support.processes import Workers


def test_texts_in_quick_succession_get_one_turn_with_all_of_them(
    settings: Settings, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    with ModelServer(lambda body, number: completion("Both, yes.")) as server:
        workers = Workers(settings, model_url=server.url, settle_seconds=1.0)
        slow = Service(settings.model_copy(update={"settle_seconds": 1.0}))
        client = create_app(slow).test_client()
        try:
            post_text(client, webhook_secret, {"sender": PHONE, "text": "do you have gelato"})
            post_text(client, webhook_secret, {"sender": PHONE, "text": "and blue dream?"})
            workers.start()
            wait_until(lambda: replies(engine), 30)
            wait_until(
                lambda: not rows(engine, "select from motabot.procrastinate_jobs where queue_name = 'turns'"), 30
            )
        finally:
            workers.stop()
            slow.close()
        assert len(replies(engine)) == 1
        prompt = server.requests[0]["messages"][-1]["content"]
        assert "do you have gelato" in prompt
        assert "and blue dream?" in prompt
        assert [row.n for row in rows(engine, "select count(*) as n from motabot.answered group by turn_id")] == [
            2
        ]


def test_a_text_that_comes_while_the_model_thinks_is_answered_with_the_earlier_one(
    with_model: Callable[[Script], Service], engine: Engine
) -> None:
    def script(body: dict[str, Any], number: int) -> dict[str, Any]:
        if number == 0:
            insert_text(engine, "and on sunday?")
        return completion(f"Answer {number}.")

    service = with_model(script)
    insert_text(engine, "when do you open?")
    service.turns.run(PHONE)
    service.turns.run(PHONE)
    assert [reply[-9:] for reply in replies(engine)] == ["Answer 1."]
    assert [row.n for row in rows(engine, "select count(*) as n from motabot.answered group by turn_id")] == [2]


def test_ten_phones_are_answered_side_by_side(
    settings: Settings, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    together = threading.Barrier(10)

    def script(body: dict[str, Any], number: int) -> dict[str, Any]:
        together.wait(20)  # nobody is answered before all ten have asked
        return completion("Yes.")

    with ModelServer(script) as server:
        workers = Workers(settings, model_url=server.url)
        try:
            for number in range(10):
                body = {"sender": f"+1999555{number:04d}", "text": "are you open?"}
                assert post_text(client, webhook_secret, body).status_code == 202
            workers.start()
            wait_until(lambda: len(replies(engine)) == 10, 30)
        finally:
            workers.stop()
    assert {row.model for row in rows(engine, "select model from motabot.turns")} == {"gpt-5-mini"}


def test_a_number_that_opts_out_while_the_model_thinks_gets_no_reply(
    with_model: Callable[[Script], Service], engine: Engine, webhook_secret: str
) -> None:
    holder: list[FlaskClient] = []

    def script(body: dict[str, Any], number: int) -> dict[str, Any]:
        post_text(holder[0], webhook_secret, {"sender": PHONE, "text": "STOP"})
        return completion("We open at nine.")

    service = with_model(script)
    holder.append(create_app(service).test_client())
    post_text(holder[0], webhook_secret, {"sender": PHONE, "text": "when do you open?"})
    assert service.turns.run(PHONE) is None
    assert rows(engine, "select * from motabot.turns") == []
    [confirmation] = replies(engine)
    assert "nine" not in confirmation


def test_a_paused_phone_is_left_to_people_and_its_texts_stay_open(
    with_model: Callable[[Script], Service], engine: Engine
) -> None:
    service = with_model(lambda body, number: completion("We open at nine."))
    insert_text(engine, "when do you open?")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"insert into motabot.phones (phone, paused_at, paused_by) values ('{PHONE}', now(), 'Ana')"
        )
    assert service.turns.run(PHONE) is None
    assert replies(engine) == []
    assert rows(engine, "select * from motabot.answered") == []


def test_history_from_before_the_first_run_is_never_answered(
    with_model: Callable[[Script], Service], engine: Engine
) -> None:
    from motabot.db.init import mark_history

    service = with_model(lambda body, number: completion("Hello."))
    insert_text(engine, "from years ago")
    with engine.begin() as connection:
        mark_history(connection)
    assert service.turns.run(PHONE) is None
    assert sweep(engine, service.inbox, service.jobs, region="US") == 0


def test_the_sweep_finds_texts_that_a_layer_wrote_itself_and_heeds_their_stop(
    with_model: Callable[[Script], Service], engine: Engine
) -> None:
    service = with_model(lambda body, number: completion("Hello."))
    insert_text(engine, "hi", PHONE)
    insert_text(engine, "STOP", "+14155550102")
    insert_text(engine, "your code is 1234", "72345")
    create_worker(service)
    assert sweep(engine, service.inbox, service.jobs, region="US") == 1
    assert sweep(engine, service.inbox, service.jobs, region="US") == 0
    jobs = rows(
        engine, "select args ->> 'phone' as phone from motabot.procrastinate_jobs where queue_name = 'turns'"
    )
    assert [job.phone for job in jobs] == [PHONE]
    answered = rows(engine, "select phone_number, reason from motabot.answered order by message_id")
    assert [tuple(row) for row in answered] == [("+14155550102", "stop"), ("72345", "no number to reply to")]
    assert len(replies(engine)) == 1
