"""A shop's tool that runs any SQL it likes changes and reads no later customer's turn."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.app import Service
from motabot.customers.context import load_context
from motabot.db.customer_reader import CustomerReader
from motabot.errors import ToolFailed
from motabot.settings import Settings
from tests.support.either import server  # noqa: F401 - a fixture

ANA, BOB = "+14155550101", "+14155550102"

#: Each is what one call of a tool runs, in the turn of Ana, on the session that Bob's turn gets next.
ATTACKS = [
    "create temp table profile as select 'Evil'::text as first_name",
    "create temp view profile as select 'Evil'::text as first_name, 9999 as loyalty_points",
    "create temporary view messages as select 'read me' as content",
    "create or replace temp view motabot_customer_profile as select 1",
    "select 'Evil'::text as first_name into temp profile",
    "create function pg_temp.now() returns timestamptz language sql as 'select ''2000-01-01''::timestamptz'",
    "create function pg_temp.split_part(text, text, int) returns text language sql as 'select ''Evil'''",
    "create temp sequence s",
    "create type pg_temp.text as (x int)",
    "create domain pg_temp.numeric as int",
    "create operator pg_temp.= (leftarg = text, rightarg = text, function = texteq)",
    "create schema evil",
    "create table motabot_customer.profile2 (x int)",
    "create or replace view motabot_customer.profile as select 'Evil'::text as first_name",
    "drop view motabot_customer.profile",
    "alter view motabot_customer.profile set (security_barrier = false)",
    "alter role motabot_customer set search_path = pg_temp, motabot_customer",
    "alter role current_user set statement_timeout = 1",
    "alter role motabot_customer set motabot.turn = 'x'",
    "alter role motabot_customer password 'stolen'",
    "alter role motabot_customer reset all",
    "alter role motabot_customer nologin",
    "alter role motabot_customer createrole",
    "alter role motabot_analyst set search_path = pg_temp",
    "alter user motabot_customer in database {database} set search_path = pg_temp",
    "alter database {database} set search_path = pg_temp",
    "alter default privileges grant all on tables to public",
    "set search_path = pg_temp",
    "set session search_path to pg_catalog",
    "set local search_path to pg_temp",
    "select set_config('search_path', 'pg_temp', false)",
    "set default_transaction_read_only = off",
    "set transaction read write",
    "set session characteristics as transaction read write",
    "select set_config('transaction_read_only', 'off', false)",
    "set timezone = 'Pacific/Kiritimati'",
    "set statement_timeout = 1",
    "set lock_timeout = 1",
    "set row_security = off",
    "set motabot.turn = 'x'",
    "select set_config('motabot.turn', 'x', false)",
    "set role none",
    "set session authorization default",
    "reset all",
    "reset session authorization",
    "discard all",
    "discard temp",
    "commit",
    "commit and chain",
    "rollback",
    "abort",
    "end",
    "begin",
    "start transaction read write",
    "savepoint a",
    "release savepoint a",
    "prepare transaction 'x'",
    "rollback prepared 'x'",
    "prepare profile as select 1",
    "deallocate all",
    "declare messages cursor with hold for select first_name from profile",
    "declare c cursor for select 1",
    "close all",
    "fetch all from c",
    "listen procrastinate_any_queue",
    "notify procrastinate_any_queue, 'x'",
    "unlisten *",
    "load 'auto_explain'",
    "lock table motabot_customer.profile",
    "select pg_advisory_lock(1)",
    "select pg_advisory_lock(n) from generate_series(1, 100) n",
    "select pg_notify('x', 'y')",
    "copy (select 1) to stdout",
    "copy profile from stdin",
    "copy (select 1) to program 'id'",
    "do $$ begin perform set_config('search_path', 'pg_temp', false); end $$",
    "do $$ begin execute 'create temp table profile (x int)'; end $$",
    "do $$ begin commit; end $$",
    "do $$ begin execute 'alter role motabot_customer set search_path = pg_temp'; end $$",
    "call anything()",
    "explain analyze select * from profile",
    "select 1; create temp view profile as select 1",
    "commit; create temp view profile as select 'Evil'::text as first_name",
    "rollback; alter role motabot_customer set search_path = pg_temp",
    "select 1; set search_path = pg_temp; commit",
    "; set search_path = pg_temp",
    "select query_to_xml('create temp table x (a int)', true, true, '')",
    "select lo_create(4711)",
    "select lo_from_bytea(4712, 'x')",
    "select nextval('public.messages_id_seq')",
    "select setseed(0.5)",
    "update profile set loyalty_points = 1",
    "insert into messages (content) values ('x')",
    "with x as (delete from messages returning 1) select * from x",
    "truncate public.messages",
    "select * from public.messages for update",
    "grant all on all tables in schema motabot_customer to public",
    "reassign owned by motabot_customer to postgres",
    "comment on role motabot_customer is 'x'",
    "security label on role motabot_customer is 'x'",
    "import foreign schema x from server y into z",
    "create user mapping for public server x",
    "create extension dblink",
    "select 1/0",
    "selec nonsense",
    "",
]


@pytest.fixture
def narrow(settings: Settings, engine: Engine) -> Iterator[Service]:
    """A service with one session for all customers."""
    service = Service(settings.model_copy(update={"database_pool_size": 1}))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into public.customers (member_id, name, phone, loyalty_points) values"
            f" ('M-1', 'Ana Sandoval', '{ANA}', 120), ('M-2', 'Bob Bobson', '{BOB}', 7);"
            'insert into public.messages (phone_number, content, "timestamp", status, direction) values'
            f" ('{ANA}', 'from ana', now(), 'unread', 'inbound'), ('{BOB}', 'from bob', now(), 'unread', 'inbound')"
        )
    yield service
    service.close()


def seen_by(read: CustomerReader) -> list[Any]:
    """What a turn of Bob sees, and what its session is."""
    return [
        *read("select first_name, loyalty_points from profile", {}),
        *read("select content from messages where content <> :no", {"no": "x"}),
        *read(
            "select current_setting('search_path') as path, current_setting('timezone') as zone, current_user as who,"
            " session_user as login, current_setting('transaction_read_only') as read_only,"
            " current_setting('statement_timeout') as timeout, current_setting('row_security') as rows,"
            " current_setting('lock_timeout') as locks",
            {},
        ),
        *read("select count(*) as n from pg_class where relpersistence = 't'", {}),
        *read("select count(*) as n from pg_prepared_statements", {}),
        *read("select count(*) as n from pg_cursors where name <> ''", {}),
        *read("select count(*) as n from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()", {}),
        *read("select count(*) as n from pg_listening_channels()", {}),
    ]


def kept(engine: Engine) -> list[Any]:
    """What must stand on the server as it was."""
    queries = [
        "select rolname, rolsuper, rolcreaterole, rolcanlogin, rolpassword from pg_authid order by 1",
        "select * from pg_db_role_setting order by 1, 2",
        "select relname, relkind, reloptions from pg_class where oid > 16383 order by 1",
        "select proname from pg_proc where oid > 16383 order by 1",
        "select count(*) from pg_largeobject_metadata",
        "select content from public.messages order by id",
        "select last_value, is_called from public.messages_id_seq",
    ]
    with engine.connect() as connection:
        return [connection.execute(text(query)).all() for query in queries]


def test_no_statement_of_a_tool_reaches_the_next_turn(narrow: Service, engine: Engine) -> None:
    bob = load_context(narrow.engine, BOB, token_seconds=600)
    ana = load_context(narrow.engine, ANA, token_seconds=600)
    before, on_server = seen_by(CustomerReader(narrow.customer_engine, bob.token)), kept(engine)
    assert before[:2] == [{"first_name": "Bob", "loyalty_points": 7}, {"content": "from bob"}]
    database = engine.url.database
    for attack in ATTACKS:
        with contextlib.suppress(DBAPIError, ToolFailed):
            CustomerReader(narrow.customer_engine, ana.token)(attack.replace("{database}", str(database)), {})
        assert seen_by(CustomerReader(narrow.customer_engine, bob.token)) == before, attack
    assert kept(engine) == on_server


def test_a_tool_cannot_carry_state_from_one_call_to_the_next(narrow: Service) -> None:
    ana = load_context(narrow.engine, ANA, token_seconds=600)
    read = CustomerReader(narrow.customer_engine, ana.token)
    read("select set_config('evil.kept', 'x', false)", {})
    assert read("select current_setting('evil.kept', true) as kept", {})[0]["kept"] in (None, "")
    with pytest.raises(DBAPIError, match="cannot insert multiple commands"):
        read("select 1; select 2", {})
    with pytest.raises(DBAPIError, match="read-only transaction"):
        read("create temp table x (a int)", {})


def test_values_arrive_as_values(narrow: Service) -> None:
    ana = load_context(narrow.engine, ANA, token_seconds=600)
    read = CustomerReader(narrow.customer_engine, ana.token)
    sql = "select cast(:a as text) as a, cast(:b as integer) + 1 as b, cast(:c as text[]) as c, cast(:a as text) as d, '50%' as e"
    assert read(sql, {"a": "x'; --", "b": 41, "c": ["p", "q"]}) == [
        {"a": "x'; --", "b": 42, "c": ["p", "q"], "d": "x'; --", "e": "50%"}
    ]
