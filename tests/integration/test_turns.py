"""A customer's turn on real parts: what is answered, when, and what its record says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.testing import ModelServer, Reply, Script, completion, post_text, wait_until
from motabot.worker import create_worker
from tests.support.processes import Workers

PHONE = "+14155550101"


def rows(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query)).all())


def replies(engine: Engine) -> list[str]:
    query = "select content from public.messages where direction = 'outbound' and status = 'queued' order by id"
    return [row.content for row in rows(engine, query)]


def insert_text(engine: Engine, words: str, phone: str = PHONE) -> int:
    """A row as a layer writes it that knows nothing of webhooks."""
    with engine.begin() as connection:
        return int(
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                    " values (:phone, :words, now(), 'unread', 'inbound') returning id"
                ),
                {"phone": phone, "words": words},
            ).scalar_one()
        )


@pytest.fixture
def with_model(settings: Settings) -> Iterator[Callable[[Script], Service]]:
    """Makes a service whose model is a server on this machine."""
    open_things: list[Any] = []

    def make(script: Script, **changes: object) -> Service:
        server = ModelServer(script)
        server.__enter__()
        changed = settings.model_copy(
            update={
                "model": "openai",
                "model_url": server.url,
                "model_retries": 0,
                "model_timeout": 2.0,
                **changes,
            }
        )
        service = Service(changed)
        open_things.extend([service, server])
        service.server = server  # type: ignore[attr-defined]
        return service

    yield make
    for thing in open_things:
        if isinstance(thing, Service):
            thing.close()
        else:
            thing.__exit__()


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
