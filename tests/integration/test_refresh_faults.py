"""What a refresh does when it is disturbed, and on tables that are not as we would have made them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import DBAPIError

from motabot.db.engine import make_engine
from motabot.maintenance.computation import RefreshReport
from motabot.maintenance.exclusive import Interfered
from motabot.settings import Settings
from tests.support.bare_tables import drop_keys
from tests.support.oracle import expected_figures, read_figures, read_table
from tests.support.refreshing import check, figures, run
from tests.support.shops import NOW, insert, picture, sale, small_shop


@contextmanager
def before_statement(engine: Engine, act: Any) -> Iterator[None]:
    """Call `act(number, statement, connection)` before each statement of the refresh's own transaction."""
    counter = iter(range(10_000))
    began: list[bool] = []

    def hook(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if began or statement.startswith("lock table"):
            began.append(True)
            act(next(counter), statement, connection)

    event.listen(engine, "before_cursor_execute", hook)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", hook)


@pytest.mark.parametrize("arguments", [{}, {"customer": "M001"}], ids=["full", "one customer"])
def test_failing_or_killed_at_any_statement_it_changes_nothing(
    engine: Engine, settings: Settings, database_url: str, arguments: dict[str, Any]
) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    before = picture(engine, without=frozenset())
    statements: list[str] = []
    other = make_engine(database_url, settings)

    class Failed(Exception):
        pass

    def fail_at(last: int) -> Any:
        def act(number: int, _statement: str, _connection: Any) -> None:
            if number == last:
                raise Failed

        return act

    def kill_at(last: int) -> Any:
        def act(number: int, _statement: str, connection: Any) -> None:
            if number == last:
                pid = connection.connection.driver_connection.info.backend_pid
                with other.connect() as killer:
                    killer.exec_driver_sql("select pg_terminate_backend(%s, 5000)", (pid,))

        return act

    for number in range(30):
        ended = []
        for disturb in (fail_at, kill_at):
            statements.clear()
            act = disturb(number)

            def note(at: int, statement: str, connection: Any, act: Any = act) -> None:
                statements.append(statement)
                act(at, statement, connection)

            with before_statement(engine, note):
                try:
                    run(engine, settings, **arguments)
                    ended.append(True)
                except (Failed, DBAPIError):
                    ended.append(False)
            if ended == [True]:
                break
            assert picture(other, without=frozenset()) == before
        if ended == [True]:
            break
    assert number == len(statements)  # every statement had its turn, those that write included
    other.dispose()


def test_two_refreshes_at_once_wait_for_each_other(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
        expected = expected_figures(connection, NOW)
    reports: list[RefreshReport] = []
    threads = [threading.Thread(target=lambda: reports.append(run(engine, settings))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [report.written > 0 for report in reports].count(True) == 1
    assert len(reports) == 4
    assert figures(engine).affinity == expected.affinity


def test_a_row_that_somebody_changes_meanwhile_makes_it_start_anew(
    engine: Engine, settings: Settings, database_url: str
) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    other = make_engine(database_url, settings)
    interfered: list[bool] = []

    def interfere(_number: int, statement: str, _connection: Any) -> None:
        if "update public.customers" in statement and not interfered:
            interfered.append(True)
            with other.begin() as connection:
                connection.exec_driver_sql("update customers set loyalty_points = 77 where member_id = 'M001'")
                insert(connection, "transactions", sale("meanwhile", "M001", 1))

    with before_statement(engine, interfere):
        run(engine, settings)
    other.dispose()
    with engine.connect() as connection:
        assert read_figures(connection) == expected_figures(connection, NOW)
        assert (
            connection.exec_driver_sql("select loyalty_points from customers where member_id = 'M001'").scalar()
            == 77
        )


def test_when_others_never_stop_interfering_it_gives_up_and_changes_nothing(
    engine: Engine, settings: Settings, database_url: str
) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    other = make_engine(database_url, settings)

    def interfere(_number: int, statement: str, _connection: Any) -> None:
        if "update public.customers" in statement:
            with other.begin() as connection:
                connection.exec_driver_sql("update customers set loyalty_points = coalesce(loyalty_points, 0) + 1")

    with before_statement(engine, interfere), pytest.raises(Interfered):
        run(engine, settings)
    other.dispose()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select distinct total_visits, loyalty_points from customers").all() == [
            (None, 5)
        ]


def test_on_tables_of_another_owner_without_keys_or_indexes_it_is_right_and_says_what_would_help(
    engine: Engine, settings: Settings, database_url: str
) -> None:
    database = make_url(database_url).database
    owner, login = f"owner_{database}", f"login_{database}"
    with engine.begin() as connection:
        drop_keys(connection)
        connection.exec_driver_sql(
            f"""
            do $$
            declare found record;
            begin
                for found in select indexrelid::regclass as i from pg_index join pg_class c on c.oid = indexrelid
                             where c.relnamespace = 'public'::regnamespace loop
                    execute format('drop index %s', found.i);
                end loop;
            end $$;
            alter table staff alter column id drop identity;
            create role {owner};
            create role {login} login;
            """.replace("%", "%%")
        )
        small_shop_without_ids(connection)
        for table in ("customers", "transactions", "transaction_items", "products", "staff"):
            connection.exec_driver_sql(f"alter table public.{table} owner to {owner}")
        for table in ("customer_visit_patterns", "customer_product_affinity", "messages", "leads"):
            connection.exec_driver_sql(f"alter table public.{table} owner to {owner}")
        connection.exec_driver_sql(
            f"grant select, insert, update, delete on all tables in schema public to {login};"
            f"grant usage on schema motabot to {login};"
            f"grant all on all tables in schema motabot to {login}"
        )
    guest = make_engine(make_url(database_url).set(username=login).render_as_string(hide_password=False), settings)
    try:
        check(guest, settings, skus_are_products=False)
        with engine.connect() as connection:
            assert (
                len(read_table(connection, "customer_visit_patterns")) == 2
            )  # of two rows for one customer one is left
            assert sorted(row["id"] for row in read_table(connection, "staff")) == [1, 2, 3, 4, 5]
        report = run(guest, settings)
        assert any("motabot_transactions_customer on public.transactions" in note for note in report.notes)
        assert run(guest, settings, incremental=True).mode == "incremental"
    finally:
        guest.dispose()
        with engine.begin() as connection:
            connection.exec_driver_sql(f"reassign owned by {owner} to current_user; drop owned by {login}")
            connection.exec_driver_sql(f"drop role {owner}; drop role {login}")


def small_shop_without_ids(connection: Any) -> None:
    connection.exec_driver_sql("create sequence ids")
    connection.exec_driver_sql("alter table staff alter column id set default nextval('ids')")
    small_shop(connection)
    insert(
        connection, "customer_visit_patterns", {"customer_id": "M001"}, {"customer_id": "M001", "total_visits": 3}
    )
    insert(connection, "customer_product_affinity", *[{"customer_id": "M001", "product_sku": "A"}] * 2)
    connection.exec_driver_sql("alter table staff alter column id drop default")
