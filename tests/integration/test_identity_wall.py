"""Holding the customer role's own connection and a valid token, no SQL reaches anybody else's rows."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.customers.context import load_context
from motabot.db.customer_reader import CustomerReader

ANA, BOB, SHARED = "+14155550101", "+14155550102", "+14155550103"
SECRETS = ("Bobson", "bob@example.com", BOB, "BOB-SECRET", "M-2")


@pytest.fixture
def token(service: Service, engine: Engine) -> str:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"""
                insert into public.customers (member_id, name, phone, email, loyalty_points) values
                    ('M-1', 'Ana Sandoval', '{ANA}', 'ana@example.com', 120), ('M-2', 'Bob Bobson', '{BOB}', 'bob@example.com', 7),
                    ('M-3', 'Cy Young', '{SHARED}', null, 1), ('M-4', 'Di Young', '{SHARED}', null, 2);
                insert into public.products (product_id, sku, name, cost, vendor, retail_price)
                    values ('P1', 'S1', 'Gelato', 11.11, 'VENDOR-SECRET', 35);
                insert into public.transactions (transaction_id, customer_id, date, total_amount)
                    values ('T1', 'M-1', now() - interval '1 day', 35), ('T2', 'M-2', now() - interval '1 day', 99);
                insert into public.transaction_items (transaction_id, product_sku, product_name, total_price)
                    values ('T1', 'S1', 'Gelato', 35), ('T2', 'S1', 'BOB-SECRET', 99);
                insert into public.messages (phone_number, content, "timestamp", status, direction)
                    values ('{ANA}', 'hi', now(), 'unread', 'inbound'), ('{BOB}', 'BOB-SECRET', now(), 'unread', 'inbound');
                insert into public.leads (phone_number, lead_status, conversation_stage, last_message)
                    values ('{BOB}', 'new', 'greeting', 'BOB-SECRET');
                """
        )
    load_context(service.engine, BOB, token_seconds=60)  # Bob's turn is under way as well
    return load_context(service.engine, ANA, token_seconds=60).token


@pytest.fixture
def attacker(service: Service, token: str) -> Iterator[psycopg.Connection]:
    url = service.customer_engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True, options="-c search_path=motabot_customer") as connection:
        connection.execute("select set_config('motabot.turn', %s, false)", [token])
        yield connection


def test_lookups_keep_their_connection_however_many_there_are(service: Service) -> None:
    read = CustomerReader(service.customer_engine, "none")
    sessions = [read("select pg_catalog.pg_backend_pid() as pid", {}) for _lookup in range(14)]
    assert len({str(row) for row in sessions}) == 1


def test_what_the_database_is_set_to_changes_no_lookup(service: Service, engine: Engine) -> None:
    with engine.begin() as connection:
        database = connection.exec_driver_sql("select current_database()").scalar_one()
        for setting in ("datestyle to 'German, DMY'", "intervalstyle to iso_8601", "client_encoding to 'LATIN1'"):
            connection.exec_driver_sql(f"alter database {database} set {setting}")
    read = CustomerReader(service.customer_engine, "none")
    for _lookup in range(2):  # the session is as the database sets it from the second one on
        (row,) = read("select timestamptz '2026-03-01 10:00Z' as at, interval '1 day' as day, '😀' as sign", {})
        assert (row["at"].isoformat(), str(row["day"]), row["sign"]) == (
            "2026-03-01T10:00:00+00:00",
            "1 day, 0:00:00",
            "😀",
        )


def test_the_customers_own_rows_are_there(attacker: psycopg.Connection) -> None:
    assert attacker.execute("select first_name, loyalty_points from profile").fetchone() == ("Ana", 120)
    assert attacker.execute("select product_name, total_price from purchases").fetchall() == [("Gelato", 35)]
    assert attacker.execute("select content from messages").fetchall() == [("hi",)]


def test_the_views_hold_neither_cost_nor_vendor_nor_anything_to_contact_people_by(
    attacker: psycopg.Connection,
) -> None:
    columns = {
        row[0]
        for row in attacker.execute(
            "select column_name from information_schema.columns where table_schema = 'motabot_customer'"
        )
    }
    assert len(columns) > 20
    assert not columns & {
        "cost",
        "vendor",
        "name_full",
        "phone",
        "email",
        "member_id",
        "customer_id",
        "phone_number",
    }


ATTACKS = [
    "select * from public.customers",
    "select * from public.messages",
    "select * from motabot.turn_identity",
    "select * from motabot.current_turn",
    "select * from motabot.meta",
    "select * from motabot.procrastinate_jobs",
    "set role postgres; select * from public.customers",
    "set session authorization postgres; select * from public.customers",
    "reset role; select * from public.customers",
    "reset session authorization; select * from public.customers",
    "select set_config('role', 'postgres', false); select * from public.customers",
    "select query_to_xml('select * from public.customers', true, false, '')",
    "select set_config('role', 'none', true), query_to_xml('select * from public.customers', true, false, '')",
    "select table_to_xml('public.customers', true, false, '')",
    "select schema_to_xml('public', true, false, '')",
    "select schema_to_xml('motabot', true, false, '')",
    "select set_config('motabot.turn', '', false); select * from profile",
    "select set_config('motabot.turn', '%', false); select * from profile",
    "select set_config('motabot.turn', 'a'' or true --', false); select * from profile",
    "reset motabot.turn; select * from profile",
    "discard all; select * from profile",
    "alter view profile owner to current_user",
    "create or replace view profile as select * from public.customers",
    "create function pg_temp.leak(text) returns bool language plpgsql cost 0.001 as $$ begin raise notice '%', $1; return true; end $$;"
    " select * from messages where pg_temp.leak(content)",
    "create function pg_temp.leak(text) returns bool language plpgsql cost 0.001 as $$ begin perform 1 / 0; return true; end $$;"
    " select * from messages where content = 'BOB-SECRET' and pg_temp.leak(content)",
    "create temp view mine as select * from public.customers; select * from mine",
    "copy public.customers to stdout",
    "copy (select * from public.customers) to stdout",
    "do $$ begin perform * from public.customers; end $$",
    "select * from pg_read_file('/etc/passwd')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/passwd')",
    "select * from dblink('dbname=postgres', 'select 1') as t(a int)",
    "create extension dblink",
    "select rolpassword from pg_authid",
    "select * from pg_stats where tablename = 'customers'",
    "select query from pg_stat_activity where query like '%BOB%'",
    "grant postgres to current_user",
    "grant select on public.customers to motabot_customer",
    "alter role motabot_customer superuser",
    "explain analyze select * from public.customers",
    "select * from profile union all select name, null, null, null, null, null, null, null, null, null, null, null, null, null from public.customers",
    "update public.customers set loyalty_points = 9999",
    "insert into public.messages (phone_number, content, \"timestamp\", status, direction) values ('+1', 'x', now(), 'queued', 'outbound')",
    "delete from messages",
    "update profile set loyalty_points = 9999",
    "with gone as (delete from public.messages returning *) select * from gone",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_statement_reaches_anybody_else(attacker: psycopg.Connection, engine: Engine, attack: str) -> None:
    before = snapshot(engine)
    notices: list[str] = []
    attacker.add_notice_handler(lambda notice: notices.append(str(notice.message_primary)))
    seen = "" if attack.startswith("copy") else run(attacker, attack)
    if attack.startswith("copy"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), attacker.cursor().copy(attack) as copy:
            seen = str(list(copy))
    for secret in (*SECRETS, "VENDOR-SECRET", "11.11", "root:"):
        assert secret not in seen + "".join(notices)
    assert snapshot(engine) == before


def run(connection: psycopg.Connection, statements: str) -> str:
    """Everything that the statements show, one after the other, errors included."""
    seen = []
    for statement in statements.split("; "):
        try:
            cursor = connection.execute(statement.encode())
            seen.append(str(cursor.fetchall()) if cursor.description else "")
        except psycopg.Error as error:
            # an attacker knows what he asked for; what counts is what the database adds
            seen.append(str(error.diag.message_primary))
    return "".join(seen).replace("BOB-SECRET", "" if "BOB-SECRET" in statements else "BOB-SECRET")


def snapshot(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return [
            connection.execute(text(f"select coalesce(json_agg(t), '[]')::text from {table} t")).scalar_one()
            for table in ("public.customers", "public.messages", "motabot.turn_identity", "motabot.meta")
        ]


def test_an_expired_token_shows_nothing(attacker: psycopg.Connection, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("update motabot.turn_identity set until = now() - interval '1 second'"))
    for view in ("profile", "purchases", "affinity", "lead", "messages", "products"):
        assert attacker.execute(f"select count(*) from {view}".encode()).fetchone() == (0,)


def test_a_number_that_customers_share_shows_nothing_personal(service: Service, token: str) -> None:
    shared = load_context(service.engine, SHARED, token_seconds=60)
    assert (shared.customers, shared.is_customer, shared.profile) == (2, False, None)
    from motabot.db.customer_reader import CustomerReader

    read = CustomerReader(service.customer_engine, shared.token)
    assert read("select * from profile", {}) == read("select * from purchases", {}) == []
    assert read("select count(*) as n from products", {}) == [{"n": 1}]


def test_tokens_are_long_and_never_the_same(service: Service, token: str) -> None:
    tokens = {load_context(service.engine, ANA, token_seconds=60).token for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43
