"""What staff's queries can do: read the nine tables. Whatever the query, and even with the parser switched off."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.db.init import prepare
from motabot.errors import DatabaseNotReady, QueryFailed, QueryRefused
from motabot.settings import Settings
from motabot.staff.sandbox.check import TABLES, check
from motabot.staff.sandbox.run import MOST_ROWS, Sandbox
from motabot.staff.sandbox.surface import FUNCTIONS, is_hidden_call
from motabot.testing import wait_until
from tests.hostile.relatives import RELATIVES, SHOP_CANARY, SLOW, shops_own
from tests.hostile.sql import ATTACKS, QUESTIONS
from tests.support.either import server  # noqa: F401 - a fixture

CANARY = "the-canary-in-the-secret-table"


@pytest.fixture
def sandbox(settings: Settings, engine: Engine) -> Iterator[Sandbox]:
    service = Service(settings.model_copy(update={"staff_query_seconds": 0.5}))
    with engine.begin() as connection:
        connection.execute(
            text("insert into motabot.meta (key, value) values ('canary', :canary)"), {"canary": CANARY}
        )
        connection.execute(
            text(
                "insert into public.customers (member_id, name, phone) select 'M' || n, 'Customer ' || n, '+1999555' || n"
                " from generate_series(1000, 3000) n;"
                "insert into public.transactions (transaction_id, customer_id, date, total_amount)"
                " select 'T' || n, 'M' || n, now(), n from generate_series(1000, 3000) n;"
                "insert into public.transaction_items (transaction_id, product_name, quantity)"
                " select 'T' || n, 'Gelato', 1 from generate_series(1000, 3000) n"
            )
        )
    yield service.sandbox
    service.close()


def fingerprint(engine: Engine) -> str:
    """Everything that a query must not change: rows, objects, rights, roles, large objects."""
    rows = "select md5(string_agg(t::text, '' order by t::text)) from public.{} t"
    queries = [
        *(rows.format(table) for table in sorted(TABLES)),
        "select string_agg(relname || coalesce(relacl::text, ''), ',' order by oid) from pg_class",
        "select string_agg(proname, ',' order by oid) from pg_proc where oid > 16383",
        "select string_agg(rolname || rolsuper || rolcanlogin, ',' order by oid) from pg_roles",
        "select count(*)::text from pg_largeobject_metadata",
        "select string_agg(key || value, ',' order by key) from motabot.meta",
        "select string_agg(s.name || s.setting, ',' order by s.name) from pg_settings s where s.context <> 'internal'",
    ]
    with engine.connect() as connection:
        parts = [str(connection.execute(text(query)).scalar()) for query in queries]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def test_there_are_enough_of_both() -> None:
    assert len(set(ATTACKS)) >= 250
    assert len(set(RELATIVES)) >= 150
    assert len(set(SLOW)) >= 100
    assert len(set(QUESTIONS)) >= 100


@pytest.mark.slow
def test_every_attack_is_refused_or_stopped(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    for attack in ATTACKS:
        with pytest.raises((QueryRefused, QueryFailed)):
            pytest.fail(f"{attack[:200]} gave {sandbox.run(attack).rows[:3]}")
    assert fingerprint(engine) == before


@pytest.mark.slow
def test_with_the_parser_off_role_and_transaction_still_stop_them(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    passwords = [value for name, value in os.environ.items() if "PASSWORD" in name and len(value) > 8]
    for attack in ATTACKS:
        try:
            result = sandbox.run_unchecked(attack)
        except (QueryFailed, UnicodeError, ValueError):
            continue
        shown = str(result.rows)
        assert CANARY not in shown, attack[:200]
        assert "root:" not in shown, attack[:200]
        assert len(result.rows) <= MOST_ROWS
        assert not any(password in shown for password in passwords)
    assert fingerprint(engine) == before
    assert not list(Path("/tmp").glob("customers"))
    assert sandbox.run("select count(*) from customers").rows == [(2001,)]  # sessions are clean and usable


@pytest.fixture
def shop(engine: Engine) -> None:
    """A shop that has tables, functions, operators and types of its own."""
    with engine.begin() as connection:
        connection.exec_driver_sql(shops_own())


@pytest.mark.usefixtures("shop")
def test_a_name_never_means_more_than_where_it_stands(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    for attack in RELATIVES:
        with pytest.raises((QueryRefused, QueryFailed)):
            pytest.fail(f"{attack} gave {sandbox.run(attack).rows[:3]}")
    assert fingerprint(engine) == before


@pytest.mark.usefixtures("shop")
def test_with_the_parser_off_names_still_mean_those_of_postgresql(sandbox: Sandbox, engine: Engine) -> None:
    before = fingerprint(engine)
    for attack in RELATIVES:
        if "public." in attack:
            continue  # the role may call what the shop lets everybody call: the parser's to stop
        try:
            shown = str(sandbox.run_unchecked(attack).rows)
        except QueryFailed:
            continue
        assert SHOP_CANARY not in shown, attack
        assert CANARY not in shown, attack
    assert fingerprint(engine) == before


@pytest.mark.usefixtures("shop")
def test_the_shops_own_columns_and_types_do_not_stand_in_the_way(sandbox: Sandbox, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "alter table public.customers add column favorite text, add column mood public.mood;"
            " update public.customers set favorite = 'Gelato', mood = 'good'"
        )
    prepare(engine)  # the view of this name gets the new columns
    asked = "select c.favorite, c.mood, customers.opted_out from customers c, (select 1 as opted_out) customers limit 1"
    assert sandbox.run(asked).rows == [("Gelato", "good", 1)]


@pytest.mark.slow
@pytest.mark.parametrize("is_checked", [True, False], ids=["parser on", "parser off"])
def test_no_query_takes_longer_or_more_than_its_share(
    service: Service, sandbox: Sandbox, is_checked: bool
) -> None:
    hasty = Sandbox(service.analyst_engine, service.settings.model_copy(update={"staff_query_seconds": 0.05}))
    run = hasty.run if is_checked else hasty.run_unchecked
    before = memory()
    for query in SLOW if is_checked else SLOW[::3]:
        started = time.monotonic()
        with contextlib.suppress(QueryRefused, QueryFailed):
            run(query)
        assert time.monotonic() - started < 3, query[:200]  # without a limit they take longer, or for ever
    assert most_memory() - before < 150_000_000
    wait_until(lambda: hasty.run("select 1").rows == [(1,)])


def memory() -> int:
    """Bytes that this process holds; from here on the most is counted anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return most_memory()


def most_memory() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_a_query_that_does_not_end_holds_its_place_until_it_has(service: Service, sandbox: Sandbox) -> None:
    settings = service.settings.model_copy(update={"staff_query_seconds": 0.2, "staff_queries_at_once": 1})
    narrow = Sandbox(service.analyst_engine, settings)
    with pytest.raises(QueryFailed, match="longer than"):
        narrow.run_unchecked("select md5(format('%300000000s', 'x')), md5(format('%300000001s', 'x'))")
    with pytest.raises(QueryFailed, match="Too many queries"):
        narrow.run("select 1")
    wait_until(lambda: succeeds(narrow))


def succeeds(sandbox: Sandbox) -> bool:
    with contextlib.suppress(QueryFailed):
        return sandbox.run("select 1").rows == [(1,)]
    return False


def test_whatever_the_server_can_call_as_an_attribute_is_known(engine: Engine) -> None:
    harmless = set(
        "cash_in cash_out date_in date_out interval_out timestamp_out timestamptz_out system bernoulli".split()
    )
    with engine.connect() as connection:
        functions = connection.execute(
            text(
                "select distinct proname from pg_proc where pronamespace = 'pg_catalog'::regnamespace"
                " and provolatile <> 'i' and pronargs - pronargdefaults <= 1 and pronargs >= 1"
                " and not 'internal'::regtype = any(proargtypes)"
                " union select typname from pg_type where typname like 'reg%'"
            )
        ).scalars()
        assert [name for name in functions if name not in FUNCTIONS | harmless and not is_hidden_call(name)] == []


def test_a_width_that_is_computed_is_bounded_when_it_is_known(sandbox: Sandbox) -> None:
    bars = sandbox.run("select repeat('*', n), lpad('x', n, '.'), rpad('x', n) from generate_series(1, 3) n").rows
    assert bars[-1] == ("***", "..x", "x  ")
    assert sandbox.run("select replace(name, left(name, 1), lower(name)) from customers").rows
    with pytest.raises(QueryFailed, match=r"repeat\(\) would make more than 100,000"):
        sandbox.run("select repeat('*', n * 10000) from generate_series(1, 30) n")


def test_how_a_query_is_read_does_not_follow_from_the_roles_settings(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        for name, value in (
            ("standard_conforming_strings", "off"),
            ("datestyle", "'SQL, DMY'"),
            ("work_mem", "'1GB'"),
        ):
            connection.exec_driver_sql(
                f"alter role motabot_analyst in database {engine.url.database} set {name} = {value}"
            )
    service = Service(settings)
    assert service.sandbox.run("select '\\' || chr(97), date '2026-02-01'::text").rows == [("\\a", "2026-02-01")]
    assert service.sandbox.run_unchecked("select current_setting('work_mem')").rows == [("32MB",)]
    service.close()


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_what_people_ask_is_read(question: str) -> None:
    assert check(question) == question.rstrip(";")


@pytest.mark.slow
def test_what_people_ask_runs(sandbox: Sandbox, engine: Engine) -> None:
    with engine.connect() as connection:
        version = connection.execute(text("select current_setting('server_version_num')::int")).scalar_one()
    for question in QUESTIONS:
        if "json_object('name': " in question and version < 160_000:
            continue  # its syntax is younger
        result = sandbox.run(question)
        assert result.columns, question


def test_trigrams_run_where_the_extension_is_there(sandbox: Sandbox, engine: Engine) -> None:
    with engine.begin() as connection:
        installed = connection.execute(
            text("select exists (select from pg_extension where extname = 'pg_trgm')")
        ).scalar()
        if not installed:
            pytest.skip("this PostgreSQL has no pg_trgm")
    result = sandbox.run(
        "select name, similarity(name, 'Custmer 1001') from customers where name % 'Custmer 1001'"
        " order by name <-> 'Custmer 1001' limit 1"
    )
    assert result.rows[0][0] == "Customer 1001"


def test_a_result_of_any_size_is_cut(sandbox: Sandbox) -> None:
    assert len(sandbox.run("select * from generate_series(1, 3000) n").rows) == MOST_ROWS
    big = sandbox.run("select string_agg(n::text, ' ') from generate_series(1, 20000) n")
    assert len(big.rows[0][0]) < 5_000
    assert sandbox.run("select 1").rows == [(1,)]


def test_a_mistake_is_explained_so_that_it_can_be_mended(sandbox: Sandbox) -> None:
    with pytest.raises(QueryFailed, match=r'column "nam" does not exist.*Hint.*name'):
        sandbox.run("select nam from customers")
    with pytest.raises(QueryFailed, match="longer than"):
        sandbox.run("select count(*) from generate_series(1, 1000000000000)")
    with pytest.raises(QueryRefused, match="cannot read the query"):
        sandbox.run("selec name from customers")
    with pytest.raises(QueryRefused, match=r"pg_sleep\(\) is not among"):
        sandbox.run("select * from pg_sleep(60)")


def test_a_session_keeps_nothing_of_the_query_before(sandbox: Sandbox) -> None:
    sandbox.run_unchecked(
        "select set_config('search_path', 'motabot', false), set_config('timezone', 'Asia/Tokyo', false)"
    )
    shown = sandbox.run_unchecked("select current_setting('search_path'), current_setting('timezone')").rows
    assert shown in (
        [(path, "America/Los_Angeles")]
        for path in ("pg_catalog, motabot_trigrams, pg_temp", "pg_catalog, pg_temp")  # where the server has none
    )


@settings(max_examples=150, deadline=None, database=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from("select ( ) * from customers , pg_read_file ' ; -- /* */ with as union".split())).map(" ".join))  # fmt: skip
def test_whatever_is_written_is_read_or_refused(query: str) -> None:
    try:
        check(query)
    except QueryRefused:
        return
    is_called = re.search(r"\bpg_read_file\s*\(", query)
    assert not is_called or "'" in query or "--" in query or "/*" in query or " as " in query


def test_what_a_query_may_put_on_the_servers_disk_is_limited(sandbox: Sandbox) -> None:
    assert sandbox.run_unchecked("select current_setting('temp_file_limit')").rows == [("512MB",)]


def test_the_first_query_after_a_restart_of_the_database_runs(sandbox: Sandbox, engine: Engine) -> None:
    assert sandbox.run("select count(*) from customers").rows == [(2001,)]
    with engine.connect() as connection:  # what a restart does to the pool's connections
        ended = text(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'motabot_analyst'"
        )
        assert all(connection.execute(ended).scalars())
    assert sandbox.run("select count(*) from customers").rows == [(2001,)]


def test_without_the_role_it_is_off_and_not_open(settings: Settings, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("delete from motabot.meta where key = 'motabot_analyst_password'"))
    service = Service(settings)
    with pytest.raises(DatabaseNotReady, match="motabot db init"):
        _ = service.sandbox
    service.close()
