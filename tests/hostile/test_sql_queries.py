"""Queries that staff may make: each runs within its limits, or is explained."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.errors import QueryFailed, QueryRefused
from motabot.settings import Settings
from motabot.staff.sandbox.check import check
from motabot.staff.sandbox.own_functions import OwnFunctions
from motabot.staff.sandbox.run import MOST_ROWS, Sandbox
from motabot.testing import wait_until
from tests.hostile.questions import QUESTIONS
from tests.hostile.relatives import SLOW
from tests.support.either import server  # noqa: F401 - a fixture

_LIMIT = 0.05


@pytest.mark.slow
@pytest.mark.parametrize("is_checked", [True, False], ids=["parser on", "parser off"])
def test_no_query_takes_longer_or_more_than_its_share(
    service: Service, sandbox: Sandbox, is_checked: bool
) -> None:
    hasty = Sandbox(
        service.analyst_engine,
        service.settings.model_copy(update={"staff_query_seconds": _LIMIT}),
        OwnFunctions(service.engine),
    )
    run = hasty.run if is_checked else hasty.run_unchecked
    before = memory()

    def seconds(query: str) -> float:
        started = time.monotonic()
        with contextlib.suppress(QueryRefused, QueryFailed):
            run(query)
        return time.monotonic() - started

    for query in SLOW if is_checked else SLOW[::3]:
        over = seconds(query) - _LIMIT
        if over > 1:  # another process may have had the processor: twice in a row it is the query
            over = seconds(query) - _LIMIT
        assert over <= 1, query[:200]  # without a limit they take longer, or for ever
    assert most_memory() - before < 150_000_000
    wait_until(lambda: hasty.run("select 1").rows == [(1,)])


def memory() -> int:
    """Bytes that this process holds; the maximum is counted from here on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return most_memory()


def most_memory() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_a_query_that_does_not_end_holds_its_place_until_it_has(service: Service, sandbox: Sandbox) -> None:
    settings = service.settings.model_copy(update={"staff_query_seconds": 0.2, "staff_queries_at_once": 1})
    narrow = Sandbox(service.analyst_engine, settings, OwnFunctions(service.engine))
    with pytest.raises(QueryFailed, match="longer than"):
        narrow.run_unchecked("select md5(format('%300000000s', 'x')), md5(format('%300000001s', 'x'))")
    with pytest.raises(QueryFailed, match="Too many queries"):
        narrow.run("select 1")
    wait_until(lambda: succeeds(narrow))


def succeeds(sandbox: Sandbox) -> bool:
    with contextlib.suppress(QueryFailed):
        return sandbox.run("select 1").rows == [(1,)]
    return False


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
