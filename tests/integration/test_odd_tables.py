"""Tables with rules of their own: what PostgreSQL lets a shop say about its nine tables stops no text and no page."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.db import init
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import post_text
from tests.integration.test_console import sign_in

ANA = "+14155550101"

#: What a table may have, each tried alone and all together.
RULES = {
    "a unique hash": "create unique index hash_uq on public.messages (message_hash)",
    "checks on status and direction": (
        "alter table public.messages add check (direction in ('inbound', 'outbound')),"
        " add check (status in ('sent', 'queued', 'failed', 'unread', 'read'))"
    ),
    "columns with defaults": (
        "alter table public.messages add column sim smallint not null default 1, add column tags text[] not null default '{}';"
        "alter table public.leads add column owner text not null default 'nobody';"
        "alter table public.customers add column pos uuid not null default gen_random_uuid();"
        "alter table public.staff add column code text not null default 'x'"
    ),
    "generated columns": (
        "alter table public.customers add column initials text generated always as (left(name, 1)) stored;"
        "alter table public.messages add column words int generated always as (length(content)) stored;"
        "alter table public.transactions add column net numeric generated always as (total_amount * 0.9) stored"
    ),
    "triggers": (
        "create function public.touch() returns trigger language plpgsql as"
        " $$ begin new.updated_at = clock_timestamp(); return new; end $$;"
        "create trigger t before update on public.messages for each row execute function public.touch();"
        "create trigger t before update on public.customers for each row execute function public.touch();"
        "create trigger t before insert or update on public.leads for each row execute function public.touch()"
    ),
    "columns beside ours in capitals": (
        'alter table public.customers add column "phoneNumber" text, add column "Name" text, add column "select" int;'
        'alter table public.messages add column "Status" text default \'x\'; alter table public.products add column "SKU" text'
    ),
    "identities that are always generated": (
        "alter table public.messages alter id set generated always; alter table public.leads alter id set generated always;"
        "alter table public.transactions alter id set generated always;"
        "alter table public.transaction_items alter id set generated always;"
        "alter table public.customers alter id set generated always; alter table public.staff alter id set generated always"
    ),
    "other types": (
        "alter table public.customers alter phone type varchar(40), alter name type varchar(200), alter loyalty_points type float8;"
        "alter table public.messages alter phone_number type varchar(40), alter status type varchar(20);"
        "alter table public.products alter retail_price type float8, alter thc_content type real;"
        "alter table public.transactions alter total_amount type numeric(12, 2), alter date type timestamp(0) with time zone;"
        "alter table public.leads alter phone_number type varchar(40)"
    ),
    "domains": (
        "create domain public.phone_text as text check (value is null or length(value) < 40);"
        "create domain public.points as numeric check (value is null or value < 1e9);"
        "alter table public.customers alter phone type public.phone_text, alter loyalty_points type public.points;"
        "alter table public.messages alter phone_number type public.phone_text;"
        "alter table public.leads alter phone_number type public.phone_text"
    ),
}  # fmt: skip

DATA = """
insert into public.products (product_id, sku, name, category, retail_price, is_active, effects) values
    ('P1', 'S1', 'Blue Dream', 'Flower', 35, true, '{Relaxed}'), ('P2', null, 'No Sku', 'Edibles', null, true, null),
    ('P3', 'S3', 'No Price', 'Edibles', null, true, '{Sleepy}');
insert into public.customers (member_id, name, phone, loyalty_points) values
    ('M''1', 'Ana "Bo" O''Neil \\', '(415) 555-0101', 340), ('M2', 'BOB', '415-555-0102', null);
insert into public.transactions (transaction_id, customer_id, date, total_amount, staff_name) values
    ('T1', 'M''1', now() - interval '9 days', 35, 'KIM'), ('T2', 'M''1', now() - interval '3 days', 70, 'kim "k" \\'),
    ('T3', 'M''1', now() - interval '1 day', -45.95, 'KIM');
insert into public.transaction_items (transaction_id, product_sku, product_name, category, quantity, total_price) values
    ('T1', 'S1', 'Blue Dream', 'Flower', 1, 35), ('T2', null, 'No Sku', 'Edibles', 1, 35);
insert into public.staff (staff_name, shop_location) values ('KIM', 'A'), ('KIM', 'B'), ('kim "k" \\', null), (null, null);
"""


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement.replace("%", "%%"))


@pytest.fixture
def bare(engine: Engine) -> Engine:
    """The nine tables with data and without anything of ours, as a shop has them."""
    run(
        engine,
        "drop schema motabot cascade; drop schema motabot_customer cascade; drop schema if exists motabot_reports cascade",
    )
    run(engine, DATA)
    return engine


@pytest.mark.parametrize("rule", [*RULES, "all of them"])
def test_everything_works_on_tables_with(bare: Engine, settings: Settings, rule: str) -> None:
    for name in (
        [name for name in RULES if name not in ("domains", "other types")] if rule == "all of them" else [rule]
    ):
        run(bare, RULES[name])
    assert init.prepare(bare).problems == []
    assert init.prepare(bare).lines() == []
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        try_texts(bare, service, client)
        try_staff(bare, client)
        refresh(bare, settings=settings, actor="test")
        copy = duplicate(
            bare, "M'1", name="Keanu", phone="+14155550177", messages=True, settings=settings, actor="test"
        )
        assert copy.tables["transactions"] == 3
        undo(bare, copy.copy, settings=settings, actor="test")


def try_texts(engine: Engine, service: Service, client: FlaskClient) -> None:
    whsec = service.settings.webhook_secrets[0].get_secret_value()
    for number in range(2):  # the same word twice, which a hash of the words would refuse
        assert (
            post_text(client, whsec, {"sender": ANA, "text": "ok", "message_id": f"m{number}"}).status_code == 202
        )
    for number, words in enumerate(
        ("what did I buy last time?", "how many points do I have?", "anything for sleep?")
    ):
        assert (
            post_text(client, whsec, {"sender": ANA, "text": words, "message_id": f"q{number}"}).status_code == 202
        )
        service.turns.run(ANA)
    run(
        engine,
        "insert into public.messages (phone_number, content, timestamp, status, direction)"
        " values ('(415) 555-0102', 'how many points do I have?', now(), 'unread', 'inbound')",
    )
    sweep(engine, service.inbox, service.jobs, region="US")
    service.turns.run("+14155550102")
    with engine.connect() as connection:
        said = connection.execute(
            text("select content from public.messages where direction = 'outbound' order by id")
        ).scalars()
        replies = " ".join(said)
        crashed = connection.execute(
            text(
                "select count(*) from motabot.turns where cast(troubles as text) like '%crashed%' or outcome = 'held'"
            )
        ).scalar_one()
    assert crashed == 0
    assert "340" in replies
    assert "-45.95" not in replies
    assert "You got ." not in replies


def try_staff(engine: Engine, client: FlaskClient) -> None:
    with engine.begin() as connection:
        token = accounts.add(connection, "Kim", "admin", by="test")
    headers = {"authorization": f"Bearer {token}"}
    for question in ("how much did we sell this year?", "sales by staff", "who are our best customers?"):
        with client.post("/chat", data=json.dumps({"question": question}), headers=headers) as answer:
            assert answer.status_code == 200
            assert "failed" not in answer.get_data(as_text=True)
    sign_in(client, token)
    for page in ("/console/inbox", "/console/customers?q=Ana", "/console/customers/M'1", f"/console/inbox/{ANA}"):
        with client.get(page) as answer:
            assert answer.status_code == 200, page


def test_a_hash_that_must_be_unique_stops_no_text_that_is_sent_twice(
    foreign_shop: Engine, shop_url: str, tmp_path: Path
) -> None:
    from tests.support.servers import settings_of

    init.prepare(foreign_shop)
    settings = settings_of(shop_url, tmp_path)
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        whsec = settings.webhook_secrets[0].get_secret_value()
        for number in range(3):
            answer = post_text(client, whsec, {"sender": ANA, "text": "ok", "message_id": f"id-{number}"})
            assert answer.status_code == 202, answer.get_data(as_text=True)
