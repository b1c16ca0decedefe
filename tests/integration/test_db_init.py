"""`db init` makes what is missing and changes nothing that is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Engine, text

from motabot import testing
from motabot.db import init, readiness, revisions
from motabot.db.engine import make_engine
from motabot.db.plan import make_plan
from motabot.errors import DatabaseNotReady, SettingsError
from motabot.settings import load_settings

#: The nine tables as another system might have made them: no identities, hardly a constraint, no index.
FOREIGN = """
create table public.customers (id int4 primary key, member_id text not null, name text, phone text, email text,
    loyalty_points numeric, total_visits int4, total_sales int4, total_refunds int4, gross_sales numeric,
    gross_refunds numeric, avg_sale_value numeric, lifetime_value numeric, customer_type text, member_group text,
    marketing_source text, state text, zip_code text, date_joined date, last_visited date, vip_status text,
    churn_risk text, days_since_last_visit int4, created_at timestamptz, updated_at timestamptz, nickname text);
create table public.messages (id int8 not null, phone_number text not null, content text not null,
    "timestamp" timestamptz not null, modem_timestamp timestamptz, status text not null, direction text not null,
    modem_index text, message_hash text, updated_at timestamptz, retry_count int4, primary key (id, phone_number));
insert into public.customers (id, member_id, name, nickname) values (5, 'X-5', 'Ada Byron', 'Ada');
insert into public.messages (id, phone_number, content, "timestamp", status, direction)
values (41, '+14155550101', 'years ago', '2020-01-01', 'unread', 'inbound');
"""


@pytest.fixture
def empty(server: testing.PostgresServer) -> Iterator[Engine]:
    url = server.empty()
    engine = make_engine(url, load_settings())
    yield engine
    engine.dispose()
    server.drop(url)


def dump(engine: Engine) -> list[tuple[object, ...]]:
    """Every table, column and index outside the system's own schemas."""
    with engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.execute(
                text(
                    "select table_schema::text, table_name::text, column_name::text, data_type::text"
                    " from information_schema.columns where table_schema in ('public', 'motabot', 'motabot_customer')"
                    " union all select schemaname::text, tablename::text, indexname::text, indexdef from pg_indexes"
                    " where schemaname in ('public', 'motabot') order by 1, 2, 3, 4"
                )
            )
        ]


def test_an_empty_database_is_prepared_and_a_second_run_has_nothing_to_do(empty: Engine) -> None:
    said: list[str] = []
    init.prepare(empty, said.append)
    assert "create table public.customers" in said
    assert any(line.startswith("migrate schema motabot") for line in said)
    before = dump(empty)
    said.clear()
    init.prepare(empty, said.append)
    assert said == []
    assert dump(empty) == before
    readiness.require_ready(empty)


def test_tables_that_were_there_are_left_as_they_are(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql(FOREIGN)
    with empty.connect() as connection:
        was = connection.execute(text("select to_jsonb(c) from public.customers c")).scalars().all()
    said: list[str] = []
    init.prepare(empty, said.append)
    assert "create table public.customers" not in said
    assert "create table public.transactions" in said
    assert any("public.messages.id has no default" in line for line in said)
    with empty.connect() as connection:
        assert connection.execute(text("select to_jsonb(c) from public.customers c")).scalars().all() == was
        columns = connection.execute(
            text(
                "select count(*) from information_schema.columns"
                " where table_schema = 'public' and table_name = 'customers'"
            )
        ).scalar_one()
        assert columns == 26
        # member_id is not unique there, so nothing can refer to it by a foreign key
        keys = connection.execute(
            text(
                "select count(*) from pg_constraint where contype = 'f' and conrelid = 'public.transactions'::regclass"
            )
        ).scalar_one()
        assert keys == 0
    said.clear()
    init.prepare(empty, said.append)
    assert [line for line in said if not line.startswith("note:")] == []


def test_texts_that_were_there_before_the_first_run_are_history(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql(FOREIGN)
    init.prepare(empty)
    with empty.connect() as connection:
        watermark = connection.execute(text("select value from motabot.meta where key = 'watermark'")).scalar_one()
    assert watermark == "41"


def test_a_dry_look_changes_nothing(empty: Engine) -> None:
    with empty.connect() as connection:
        plan = make_plan(connection)
    assert len(plan.tables) == 9
    assert dump(empty) == []


def test_a_login_without_the_right_is_told_so_and_nothing_is_left_half_made(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql("drop role if exists clerk")
        connection.exec_driver_sql("create role clerk login")
    clerk = make_engine(empty.url.set(username="clerk").render_as_string(hide_password=False), load_settings())
    with pytest.raises(DatabaseNotReady, match="may not prepare"):
        init.prepare(clerk)
    assert dump(empty) == []
    clerk.dispose()


def test_a_trigger_on_statements_that_refuses_them_is_named_and_nothing_is_left_half_made(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql(
            "create function public.gate() returns event_trigger language plpgsql as"
            " $$ begin raise exception 'changes of the schema go through Tom'; end $$;"
            "create event trigger gate on ddl_command_start when tag in ('CREATE POLICY', 'CREATE SCHEMA')"
            " execute function public.gate()"
        )
    with pytest.raises(DatabaseNotReady, match=r"could not be prepared, .* go through Tom .*gate\(\)"):
        init.prepare(empty)
    with empty.connect() as connection:
        assert connection.exec_driver_sql("select to_regnamespace('motabot') is null").scalar_one()


def test_an_unprepared_database_is_refused_with_the_command_that_helps(empty: Engine) -> None:
    with pytest.raises(DatabaseNotReady, match="motabot db init"):
        readiness.require_ready(empty)


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("update motabot.alembic_version set version_num = '9999'")
    with pytest.raises(DatabaseNotReady, match="newer"):
        readiness.require_ready(engine)


@pytest.mark.parametrize("url", ["mysql://localhost/shop", "nonsense"])
def test_a_url_of_another_kind_is_refused_by_name(url: str) -> None:
    with pytest.raises(SettingsError, match="MOTABOT_DATABASE_URL"):
        make_engine(url, load_settings())


def test_identity_tokens_are_not_written_ahead_neither_in_a_new_database_nor_in_one_of_before(
    empty: Engine,
) -> None:
    def persistence() -> str:
        with empty.connect() as connection:
            return str(
                connection.execute(
                    text("select relpersistence from pg_class where oid = 'motabot.turn_identity'::regclass")
                ).scalar_one()
            )

    with empty.begin() as connection:  # as a shop's database was before
        connection.exec_driver_sql("create schema motabot")
        command.upgrade(revisions.alembic_config(connection), "0006")
    assert persistence() == "p"
    assert init.prepare(empty).migrations[0] == "0007"
    assert persistence() == "u"
