"""Incremental refreshes: the same figures as full ones, from what is new."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from motabot.maintenance import incremental as module
from motabot.maintenance.computation import RefreshReport
from motabot.settings import Settings
from tests.support.oracle import expected_figures, read_figures
from tests.support.refreshing import run
from tests.support.shops import NOW, customer, insert, line, sale, small_shop


def test_an_incremental_refresh_without_a_full_one_before_is_full(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    report = run(engine, settings, incremental=True)
    assert (report.mode, report.why) == ("full", "no full refresh has been made yet")
    assert run(engine, settings, incremental=True).mode == "incremental"


def changed(engine: Engine, settings: Settings, now: datetime = NOW) -> RefreshReport:
    """An incremental refresh, after which a full one must have nothing to write."""
    report = run(engine, settings, now, incremental=True)
    assert report.mode == "incremental", report.why
    with engine.connect() as connection:
        assert read_figures(connection) == expected_figures(connection, now)
    assert run(engine, settings, now, dry_run=True).written == 0
    return report


def test_an_incremental_refresh_finds_what_was_inserted_and_what_came_due(
    engine: Engine, settings: Settings
) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    assert changed(engine, settings).written == 0
    with engine.begin() as connection:
        insert(connection, "transactions", sale("new", "M003", 0.1, staff_name="New"))
        insert(connection, "transaction_items", line("new", "B"))
    report = changed(engine, settings)
    assert report.tables["customers"].looked_at == 1
    assert report.tables["transactions"].looked_at == 1
    with engine.begin() as connection:
        insert(connection, "transaction_items", line("T1", "C", "2.50"))  # a line that came after its sale
        insert(connection, "customers", customer("M004"))
    assert changed(engine, settings).tables["customers"].looked_at == 2
    tomorrow = changed(engine, settings, NOW + timedelta(days=1))
    assert tomorrow.tables["customers"].updated == 3  # the days since the last visit; M004 has none
    assert tomorrow.tables["transaction_items"].looked_at == 0
    due = changed(engine, settings, NOW + timedelta(days=2, hours=1))
    assert due.tables["transaction_items"].looked_at == 9  # M002's, whose future sale is past now
    back = changed(engine, settings, NOW)
    assert back.tables["staff"].updated == 1


def test_a_row_that_is_committed_late_is_found_although_its_id_is_low(
    engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_OVERLAP", 0)
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    with engine.connect() as slow, engine.connect() as slower:
        insert(slow, "transactions", sale("slow", "M001", 0.5))
        insert(slower, "transactions", sale("slower", "M003", 0.5))
        with engine.begin() as connection:
            insert(connection, "transactions", sale("quick", "M002", 0.5))
        assert changed(engine, settings).tables["transactions"].looked_at == 6
        slow.commit()
        assert changed(engine, settings).tables["customers"].updated == 1
        slower.commit()
    assert changed(engine, settings).tables["customers"].updated == 1
    for _ in range(2):
        with engine.begin() as connection:  # gives the next refresh a younger horizon
            connection.exec_driver_sql("select pg_current_xact_id()")
        changed(engine, settings)
    assert changed(engine, settings).tables["customers"].looked_at == 0  # and found only until it is settled


@pytest.mark.parametrize("seed", range(2))
def test_after_random_insertions_incremental_equals_full(engine: Engine, settings: Settings, seed: int) -> None:
    dice = random.Random(seed)
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    now = NOW
    for step in range(6):
        now += timedelta(hours=dice.choice([0, 1, 5, 30]))
        with engine.begin() as connection:
            for number in range(dice.randrange(4)):
                name = f"{step}-{number}"
                days = (NOW - now) / timedelta(days=1) + dice.uniform(-2, 5)
                insert(
                    connection,
                    "transactions",
                    sale(
                        name,
                        f"M00{dice.randint(1, 3)}",
                        days,
                        f"{dice.randint(-9, 30)}",
                        staff_name=f"S{dice.randint(1, 4)}",
                    ),
                )
                insert(
                    connection, "transaction_items", line(name, dice.choice("ABC")), line("T2", dice.choice("ABC"))
                )
        changed(engine, settings, now)


def test_where_an_incremental_refresh_would_be_wrong_it_is_full(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    for statement, why in [
        ("delete from transactions where transaction_id = 'F1'", "rows were deleted"),
        ("update motabot.refresh_state set origin = 'elsewhere'", "restored or moved"),
        ("update motabot.refresh_state set next_xid = 4000000000000000", "restored or moved"),
        ("update motabot.refresh_state set rules = rules || '{\"vip\": [3, 4, 5]}'", "settings changed"),
    ]:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        report = run(engine, settings, incremental=True)
        assert (report.mode, why in report.why) == ("full", True)
        assert run(engine, settings, incremental=True).mode == "incremental"


def test_many_changed_customers_make_it_full(
    engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_CUSTOMERS", 1)
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    with engine.begin() as connection:
        insert(connection, "transactions", sale("a", "M001", 0), sale("b", "M002", 0))
    assert run(engine, settings, incremental=True).mode == "full"
