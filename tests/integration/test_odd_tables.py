"""Tables with rules of their own: what PostgreSQL lets a shop say about its nine tables stops no text and no page."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.db import init
from motabot.db.plan import make_plan
from motabot.errors import DatabaseNotReady
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
    "enums for status and direction": (
        "create type public.text_status as enum ('sent', 'queued', 'failed', 'unread', 'read');"
        "create type public.text_direction as enum ('inbound', 'outbound');"
        "alter table public.messages alter status type public.text_status using status::public.text_status,"
        " alter direction type public.text_direction using direction::public.text_direction"
    ),
    "money, moments without a zone, words of a fixed length and numbers as phones": (
        "alter table public.customers alter gross_sales type money using gross_sales::money,"
        " alter loyalty_points type smallint, alter lifetime_value type money using lifetime_value::money,"
        " alter phone type bigint using right(regexp_replace(phone, '[^0-9]', '', 'g'), 10)::bigint,"
        " alter state type char(2), alter created_at type timestamp, alter updated_at type timestamp,"
        " alter last_visited type timestamp, alter date_joined type timestamptz;"
        "alter table public.products alter retail_price type money using retail_price::money, alter category type char(12),"
        " alter effects type jsonb using to_jsonb(effects), alter flavors type text using array_to_string(flavors, ', '),"
        " alter terpenes type json using to_json(terpenes);"
        "alter table public.transactions alter total_amount type money using total_amount::money,"
        " alter date type timestamp, alter total_tax type money using total_tax::money, alter terminal type char(4);"
        "alter table public.transaction_items alter total_price type money using total_price::money,"
        " alter unit_price type money using unit_price::money, alter quantity type real;"
        "alter table public.messages alter \"timestamp\" type timestamp, alter modem_timestamp type timestamp,"
        " alter status type char(8), alter direction type char(10), alter updated_at type timestamp,"
        " alter phone_number type char(24), alter retry_count type numeric;"
        "alter table public.leads alter created_at type timestamp, alter updated_at type timestamp,"
        " alter lead_status type char(12), alter conversion_probability type real;"
        "alter table public.customer_product_affinity alter total_spent type money using total_spent::money,"
        " alter avg_price_paid type money using avg_price_paid::money, alter last_purchased type timestamp;"
        "alter table public.staff alter total_sales type money using total_sales::money"
    ),
    "columns that we never use missing": (
        "alter table public.products drop column leafly_url, drop column image_url, drop column leafly_description"
    ),
    "partitions": (
        "drop table public.messages; create table public.messages (id bigint generated by default as identity,"
        ' phone_number text not null, content text not null, "timestamp" timestamptz not null,'
        " modem_timestamp timestamptz, status text not null, direction text not null, modem_index text,"
        " message_hash text, updated_at timestamptz, retry_count int, primary key (id, phone_number))"
        " partition by hash (phone_number);"
        "create table public.messages_0 partition of public.messages for values with (modulus 2, remainder 0);"
        "create table public.messages_1 partition of public.messages for values with (modulus 2, remainder 1);"
        "create table public.people (like public.customers including defaults, primary key (member_id))"
        " partition by hash (member_id);"
        "create table public.people_0 partition of public.people for values with (modulus 2, remainder 0);"
        "create table public.people_1 partition of public.people for values with (modulus 2, remainder 1);"
        "insert into public.people select * from public.customers; drop table public.customers cascade;"
        "alter table public.people rename to customers;"
        "create table public.team (like public.staff) partition by list (shop_location);"
        "create table public.team_a partition of public.team for values in ('A');"
        "create table public.team_b partition of public.team default;"
        "insert into public.team select * from public.staff; drop table public.staff; alter table public.team rename to staff"
    ),
    "domains": (
        "create domain public.phone_text as text check (value is null or length(value) < 40);"
        "create domain public.points as numeric check (value is null or value < 1e9);"
        "alter table public.customers alter phone type public.phone_text, alter loyalty_points type public.points;"
        "alter table public.messages alter phone_number type public.phone_text;"
        "alter table public.leads alter phone_number type public.phone_text"
    ),
}  # fmt: skip

#: Rules that another rule of these excludes.
_ALONE = (
    "domains",
    "other types",
    "enums for status and direction",
    "partitions",
    "money, moments without a zone, words of a fixed length and numbers as phones",
)

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
    for name in [name for name in RULES if name not in _ALONE] if rule == "all of them" else [rule]:
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


def test_an_index_that_lets_one_moment_or_one_place_in_the_modem_have_one_text_loses_none(
    engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    run(
        engine,
        "create unique index moment_uq on public.messages (phone_number, date_trunc('second', timestamp, 'UTC'));"
        "create unique index slot_uq on public.messages (modem_index)",
    )
    for number in range(3):
        body = {"sender": ANA, "text": f"text {number}", "message_id": f"id-{number}", "modem_index": "3"}
        body["received_at"] = "2026-03-20T19:00:00+00:00"
        answer = post_text(client, webhook_secret, body)
        assert answer.status_code == 202, answer.get_data(as_text=True)
    assert post_text(client, webhook_secret, body).status_code == 200  # the last one again
    with engine.connect() as connection:
        words = connection.exec_driver_sql("select content from public.messages order by id").scalars().all()
    assert words == ["text 0", "text 1", "text 2"]


def test_lists_of_words_are_read_however_a_shop_keeps_them(engine: Engine) -> None:
    with engine.connect() as connection:
        read = connection.exec_driver_sql(
            'select motabot.words(\'["Sleepy", null, " ", {"a": 1}, "Very Relaxed"]\'::jsonb),'
            " motabot.words('Sleepy, Very Relaxed;'), motabot.words('[\"Sleepy\"]'), motabot.words('\"Sleepy\"'::json),"
            " motabot.words('{}'::jsonb), motabot.words(null::text)"
        ).one()
    both = ["Sleepy", "Very Relaxed"]
    assert list(read) == [both, both, ["Sleepy"], ["Sleepy"], None, None]


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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "alter table public.customers drop column phone",
            r"public\.customers\.phone is missing: .* add column phone text",
        ),
        (
            "alter table public.customers alter loyalty_points type text",
            r"loyalty_points is of type text: .* a number",
        ),
        (
            'alter table public.messages alter "timestamp" type text',
            r"messages\.timestamp is of type text: .* a date",
        ),
        (
            "alter table public.products alter effects type int using null",
            r"products\.effects is of type integer: .* array",
        ),
        (
            "alter table public.messages alter id drop identity;"
            "alter table public.messages alter id type uuid using gen_random_uuid()",
            r"messages\.id is of type uuid: MotaBot needs an integer",
        ),
        (
            "alter table public.staff rename to team; create view public.staff as select * from public.team",
            "staff is a view",
        ),
        (
            "create schema crm; alter table public.leads set schema crm",
            r"public\.leads is missing, and crm\.leads looks like it: .* alter table crm\.leads set schema public",
        ),
        (
            'alter table public.leads rename to "Leads"',
            r'leads is missing, and public\."Leads" looks like it: .* alter table public\."Leads" rename to leads',
        ),
        (
            'alter table public.customers rename member_id to "memberId"',
            r'customers\.member_id is missing, and .*"memberId" looks like it: .* rename column "memberId" to member_id',
        ),
    ],
)
def test_tables_that_do_not_fit_are_named_and_nothing_is_changed(bare: Engine, change: str, said: str) -> None:
    run(bare, change)
    with pytest.raises(DatabaseNotReady, match=said):
        init.prepare(bare)
    with bare.connect() as connection:
        assert connection.exec_driver_sql("select to_regnamespace('motabot') is null").scalar_one()
        assert any(re.search(said, problem) for problem in make_plan(connection).problems)


def test_the_cure_of_a_column_of_another_kind_runs_and_keeps_its_default(bare: Engine) -> None:
    run(
        bare,
        "alter table public.products alter is_active type smallint using is_active::int,"
        " alter is_active set default 1, alter is_active set not null;"
        "alter table public.customers alter loyalty_points type text, alter loyalty_points set default '0.00';"
        "alter table public.customers alter created_at type text, alter created_at set default '2026-01-01'",
    )
    with bare.connect() as connection:
        cures = [problem.partition(" run: ")[2] for problem in make_plan(connection).misfits]
    assert len(cures) == 3
    for cure in cures:
        run(bare, cure)
    run(
        bare,
        "insert into public.products (product_id) values ('new'); insert into public.customers (member_id) values ('new')",
    )
    assert init.prepare(bare).problems == []
    with bare.connect() as connection:
        found = connection.exec_driver_sql(
            "select (select is_active from public.products where product_id = 'new'),"
            " (select loyalty_points from public.customers where member_id = 'new')"
        ).one()
    assert (found[0], float(found[1])) == (True, 0.0)
