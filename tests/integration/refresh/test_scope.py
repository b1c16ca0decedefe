"""Which rows a refresh changes, refuses, and audits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from motabot.customers.find import UnknownCustomer
from motabot.errors import InvalidRequest
from motabot.maintenance.computation import Unusable
from motabot.maintenance.refresh import refresh
from motabot.settings import Settings, load_settings
from tests.support.oracle import expected_figures, read_figures, read_table
from tests.support.refreshing import check, figures, run
from tests.support.shops import NOW, customer, insert, picture, sale, small_shop


def test_only_rows_that_differ_get_a_new_updated_at(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    with engine.begin() as connection:
        before = {row["member_id"]: row["updated_at"] for row in read_table(connection, "customers")}
        insert(connection, "transactions", sale("new", "M001", 0.01))
    report = run(engine, settings)
    with engine.connect() as connection:
        after = {row["member_id"]: row["updated_at"] for row in read_table(connection, "customers")}
    assert {member for member in before if before[member] != after[member]} == {"M001"}
    assert after["M001"] > before["M001"]
    assert report.tables["customers"].updated == 1


def test_one_customer_is_brought_up_to_date_and_staff_is_left_alone(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
        connection.exec_driver_sql("update customers set phone = '+14155550101' where member_id = 'M001'")
        expected = expected_figures(connection, NOW)
        untouched = read_figures(connection)
    report = run(engine, settings, phone="(415) 555-0101")
    found = figures(engine)
    assert found.customers == {**untouched.customers, "M001": expected.customers["M001"]}
    assert found.patterns == {**untouched.patterns, "M001": expected.patterns["M001"]}
    assert found.affinity == {key: row for key, row in expected.affinity.items() if key[0] == "M001"}
    assert found.staff == untouched.staff
    assert report.mode == "customer"
    assert report.tables["customers"].updated == 1
    assert run(engine, settings, customer="M001").written == 0


def test_unknown_customers_and_contradictory_arguments_are_refused(engine: Engine, settings: Settings) -> None:
    for refusal, arguments in [
        (UnknownCustomer, {"customer": "M999"}),
        (UnknownCustomer, {"phone": "+14155550199"}),
        (InvalidRequest, {"customer": "M1", "phone": "+14155550199"}),
        (InvalidRequest, {"customer": "M1", "incremental": True}),
        (InvalidRequest, {"now": NOW.replace(tzinfo=None)}),
    ]:
        with pytest.raises(refusal):
            run(engine, settings, **arguments)  # type: ignore[arg-type]


def test_a_dry_run_counts_and_changes_nothing(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    before = picture(engine, without=frozenset())
    dry = run(engine, settings, dry_run=True)
    dry_one = run(engine, settings, dry_run=True, customer="M001")
    past = refresh(engine, settings=settings, actor="test", as_of=NOW - timedelta(days=9))
    assert picture(engine, without=frozenset()) == before
    assert dry.dry_run
    assert dry_one.dry_run
    assert past.dry_run
    assert "force" in past.notes[0]
    wet_one = run(engine, settings, customer="M001")
    assert wet_one.tables == dry_one.tables
    assert run(engine, settings).written == dry.written - wet_one.written


def test_keep_imported_leaves_customers_without_transactions_as_they_are(
    engine: Engine, settings: Settings
) -> None:
    imported = {"total_visits": 40, "vip_status": "VIP", "lifetime_value": Decimal(900)}
    with engine.begin() as connection:
        small_shop(connection)
        insert(connection, "customers", customer("OLD", **imported))
        insert(connection, "customer_visit_patterns", {"customer_id": "OLD", "total_visits": 40})
        insert(connection, "customer_product_affinity", {"customer_id": "OLD", "product_sku": "A"})
    run(engine, settings, keep_imported=True)
    run(engine, settings, customer="OLD", keep_imported=True)
    kept = figures(engine)
    assert kept.customers["OLD"].items() >= imported.items()
    assert kept.patterns["OLD"]["total_visits"] == 40
    assert ("OLD", "A") in kept.affinity
    check(engine, settings)
    assert figures(engine).customers["OLD"]["vip_status"] == "New"


def test_vip_thresholds_are_settings(engine: Engine) -> None:
    settings = load_settings(vip_casual_from=1, vip_regular_from=3, vip_vip_from=4)
    with engine.begin() as connection:
        small_shop(connection)
        expected = expected_figures(connection, NOW, vip=(1, 3, 4))
    run(engine, settings)
    assert figures(engine).customers == expected.customers


def test_what_cannot_be_counted_is_refused_with_its_row(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    before = picture(engine, without=frozenset())
    for table, column, value, key, named in [
        ("transactions", "total_amount", "NaN", "transaction_id = 'T3'", "total_amount of transaction_id T3"),
        (
            "transactions",
            "total_amount",
            "-Infinity",
            "transaction_id = 'T3'",
            "total_amount of transaction_id T3",
        ),
        ("transactions", "date", "infinity", "transaction_id = 'T3'", "date of transaction_id T3"),
        ("transactions", "date", "-infinity", "transaction_id = 'T3'", "date of transaction_id T3"),
        ("transaction_items", "total_price", "NaN", "id = 5", "total_price of id 5"),
    ]:
        with engine.begin() as connection:
            was = connection.exec_driver_sql(f"select {column} from {table} where {key}").scalar()
            connection.exec_driver_sql(f"update {table} set {column} = '{value}' where {key}")
        for member in (None, "M002"):
            with pytest.raises(Unusable, match=named):
                run(engine, settings, customer=member)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"update {table} set {column} = %s where {key}", (was,))
    assert picture(engine, without=frozenset()) == before


def test_every_refresh_that_writes_is_audited(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        small_shop(connection)
    run(engine, settings)
    with engine.connect() as connection:
        row = connection.exec_driver_sql("select * from motabot.audit").mappings().one()
    assert row["actor"] == "test"
    assert row["action"] == "refresh"
    assert row["arguments"]["as_of"] == NOW.isoformat()
    assert row["before"]["customer_visit_patterns"] == 1
    assert row["after"]["customer_visit_patterns"] == {"rows": 2, "inserted": 2, "updated": 0, "deleted": 1}
