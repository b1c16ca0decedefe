"""One phone number, however the shop's tables spell it: at every door, and each row keeps its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, make_url, text

from motabot.app import Service
from motabot.cli.doctor import examine
from motabot.customers import phones, privacy
from motabot.customers.find import find_customers
from motabot.customers.phones import lock_phone
from motabot.db.engine import render_url
from motabot.errors import OutreachRefused
from motabot.maintenance.duplicate import DuplicateRefused, duplicate
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import PostgresServer, post_text
from tests.integration.test_console import sign_in

ANA = "+14155550100"
SPELLINGS = [
    "(415) 555-0100",
    "415-555-0100",
    "+1 415 555 0100",
    "14155550100",
    "\u200e+1 (415) 555-0100",
    "4155550100;ext=5",
]
SPELLINGS += ["0014155550100", " 415.555.0100 "]


def run(engine: Engine, statement: str, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


def rows(engine: Engine, query: str, **values: Any) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def add_customer(engine: Engine, member_id: str, name: str, phone: str | None) -> None:
    run(
        engine,
        "insert into public.customers (member_id, name, phone, loyalty_points) values (:id, :name, :phone, 340)",
        id=member_id,
        name=name,
        phone=phone,
    )


def write_row(engine: Engine, phone: str, content: str) -> None:
    run(
        engine,
        "insert into public.messages (phone_number, content, timestamp, direction, status)"
        " values (:phone, :content, now(), 'inbound', 'unread')",
        phone=phone,
        content=content,
    )


def sweep_and_answer(service: Service) -> None:
    sweep(service.engine, service.inbox, service.jobs, region="US")
    locks = rows(
        service.engine, "select distinct lock from motabot.procrastinate_jobs where task_name = 'motabot.turn'"
    )
    for (lock,) in locks:
        service.turns.run(lock)
    run(service.engine, "delete from motabot.procrastinate_jobs")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_customer_is_known_under_every_spelling_and_answered_under_the_layers_own(
    service: Service, engine: Engine, spelling: str
) -> None:
    add_customer(engine, "M1", "Ana Ruiz", spelling)
    for layers_own in ("415-555-0100", "14155550100"):
        write_row(engine, layers_own, "how many points do I have?")
        sweep_and_answer(service)
        reply = rows(
            engine,
            "select phone_number, content from public.messages where direction = 'outbound' order by id desc limit 1",
        )
        assert reply[0][0] == layers_own
        assert "340" in reply[0][1]
    assert rows(engine, "select count(*) from public.leads") == [(0,)]
    assert rows(engine, "select distinct phone from motabot.turns") == [(ANA,)]
    assert rows(engine, "select phone from public.customers") == [(spelling,)]


def test_stop_under_one_spelling_holds_for_all(service: Service, engine: Engine) -> None:
    add_customer(engine, "M1", "Ana Ruiz", SPELLINGS[0])
    write_row(engine, SPELLINGS[1], "STOP")
    sweep_and_answer(service)
    assert rows(engine, "select phone, consent from motabot.phones") == [(ANA, "out")]
    for spelling in (ANA, *SPELLINGS):
        with engine.begin() as connection:
            assert lock_phone(connection, spelling).consent == "out"
    with engine.begin() as connection, pytest.raises(OutreachRefused):
        service.outreach.schedule(connection, ANA, "Your order is ready.", by="kim")
    write_row(engine, SPELLINGS[3], "do you have gelato?")
    sweep_and_answer(service)
    outbound = rows(engine, "select phone_number from public.messages where direction = 'outbound'")
    assert outbound == [(SPELLINGS[1],)]  # the confirmation alone


def test_texts_queued_under_another_spelling_do_not_go_out_after_stop(service: Service, engine: Engine) -> None:
    run(
        engine,
        "insert into public.messages (phone_number, content, timestamp, direction, status)"
        " values (:phone, 'sale today', now(), 'outbound', 'queued')",
        phone=SPELLINGS[3],
    )
    write_row(engine, SPELLINGS[0], "stop texting me")
    sweep_and_answer(service)
    assert rows(engine, "select status from public.messages where content = 'sale today'") == [("failed",)]


def test_two_customers_on_one_number_are_strangers_however_each_is_spelled(
    service: Service, engine: Engine, client: FlaskClient, webhook_secret: str, settings: Settings
) -> None:
    add_customer(engine, "M1", "Ana Ruiz", SPELLINGS[0])
    add_customer(engine, "M2", "Bob Lee", SPELLINGS[3])
    post_text(client, webhook_secret, {"sender": ANA, "text": "how many points do I have?"})
    service.turns.run(ANA)
    ((reply,),) = rows(engine, "select content from public.messages where direction = 'outbound'")
    assert "340" not in reply
    with pytest.raises(DuplicateRefused, match="another customer has the source's number"):
        duplicate(engine, "M1", name="New", phone="+14155550177", messages=True, settings=settings, actor="test")
    with pytest.raises(DuplicateRefused, match="the source's own number"):
        duplicate(engine, "M1", name="New", phone="1 (415) 555 0100", settings=settings, actor="test")


def test_a_customer_is_found_by_every_spelling(engine: Engine) -> None:
    add_customer(engine, "M1", "Ana Ruiz", SPELLINGS[4])
    with engine.connect() as connection:
        for spelling in (ANA, *SPELLINGS):
            assert [customer.member_id for customer in find_customers(connection, spelling, "US")] == ["M1"]
        assert find_customers(connection, "call mom", "US") == []


def test_privacy_finds_and_erases_every_spelling(
    service: Service, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    add_customer(engine, "M1", "Ana Ruiz", SPELLINGS[0])
    add_customer(engine, "M2", "Bob Lee", "415-555-0199")
    run(
        engine,
        "insert into public.leads (phone_number, lead_status, conversation_stage) values (:p, 'new', 'greeting')",
        p=SPELLINGS[5],
    )
    for spelling in SPELLINGS:
        write_row(engine, spelling, f"it is me, {spelling}")
    write_row(engine, "415-555-0199", "it is Bob")
    sweep_and_answer(service)
    with engine.begin() as connection:
        found = privacy.export(connection, ANA)
        assert len([row for row in found["public.messages"] if row["direction"] == "inbound"]) == len(SPELLINGS)
        assert len(found["public.customers"]) == len(found["public.leads"]) == 1
        privacy.erase(connection, ANA, "test")
    assert rows(engine, "select phone_number from public.messages where direction = 'inbound'") == [
        ("415-555-0199",)
    ]
    assert rows(engine, "select name from public.customers order by member_id") == [(None,), ("Bob Lee",)]


def test_the_console_shows_and_takes_over_a_number_of_any_spelling(
    service: Service, engine: Engine, client: FlaskClient
) -> None:
    add_customer(engine, "M1", "Ana Ruiz", SPELLINGS[0])
    write_row(engine, SPELLINGS[1], "hello")
    with engine.begin() as connection:
        token = accounts.add(connection, "Kim", "admin", by="test")
    sign_in(client, token)
    page = client.get("/console/inbox").get_data(as_text=True)
    assert "Ana Ruiz" in page
    assert "/console/inbox/+14155550100" in page or "/console/inbox/%2B14155550100" in page
    for spelling in (ANA, SPELLINGS[0]):
        assert "hello" in client.get(f"/console/inbox/{spelling}").get_data(as_text=True)
    csrf = re.findall(r'name="csrf" value="([^"]+)"', client.get(f"/console/inbox/{ANA}").get_data(as_text=True))[
        0
    ]
    answered = client.post(f"/console/inbox/{SPELLINGS[1]}/write", data={"csrf": csrf, "words": "Kim here"})
    assert answered.status_code == 302
    assert rows(engine, "select phone_number from public.messages where direction = 'outbound'") == [
        (SPELLINGS[1],)
    ]
    with engine.connect() as connection:
        assert (phones.show(connection, ANA) or {})["paused_at"] is not None


def test_staffs_figures_know_a_number_of_any_spelling(service: Service, engine: Engine) -> None:
    add_customer(engine, "M1", "Ana Ruiz", "+14155550100;ext=5")
    write_row(engine, SPELLINGS[0], "STOP")
    write_row(engine, SPELLINGS[1], "is anybody there?")
    with engine.begin() as connection:
        lock_phone(connection, ANA)
        phones.pause(connection, ANA, by="test")
    sweep_and_answer(service)
    conversations = rows(
        engine, "select member_id, name, came_in, consent, bot_paused from reporting.conversations"
    )
    assert conversations == [("M1", "Ana Ruiz", 2, "out", True)]
    assert rows(engine, "select consent, bot_paused from reporting.customers") == [("out", True)]


def test_doctor_counts_the_values_that_are_not_phone_numbers(service: Service, engine: Engine) -> None:
    for number, phone in enumerate(["call mom", "", "12", ANA, None]):
        add_customer(engine, f"M{number}", "X", phone)
    said = [finding.words for finding in examine(service) if finding.subject == "database"]
    assert any(words.startswith("3 values of public.customers.phone are not phone numbers") for words in said)


@pytest.fixture
def writer(server: PostgresServer, database_url: str, engine: Engine) -> Iterator[str]:
    """A login of the shop's own till: it may write to `customers` and knows nothing of our schema."""
    run(engine, "drop role if exists till; create role till login")
    run(engine, "grant insert, select on public.customers to till")
    yield render_url(make_url(database_url).set(username="till"))
    run(engine, "drop owned by till; drop role till")


def test_whoever_writes_to_an_indexed_table_needs_no_right_on_our_schema(writer: str) -> None:
    with psycopg.connect(writer) as connection:
        connection.execute(
            "insert into public.customers (member_id, phone) values ('T1', '(415) 555-0100'), ('T2', repeat('9', 5000))"
        )
        connection.execute(
            "set search_path = public; insert into public.customers (member_id, phone) values ('T3', '0')"
        )


def test_what_was_noted_under_other_spellings_is_one_note_after_an_upgrade(engine: Engine) -> None:
    from motabot.db import init

    run(engine, "delete from motabot.meta where key = 'phone_function'")
    for spelling, consent in ((ANA, "in"), (SPELLINGS[0], "out"), (SPELLINGS[1], "unknown"), ("72345", "unknown")):
        run(engine, "insert into motabot.phones (phone, consent) values (:p, :c)", p=spelling, c=consent)
    init.prepare(engine)
    assert rows(engine, "select phone, consent from motabot.phones order by 1") == [
        (ANA, "out"),
        ("72345", "unknown"),
    ]
