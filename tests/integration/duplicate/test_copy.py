"""A copy of a customer: which rows it has, under which keys, and what it starts with."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from motabot.maintenance.duplicate import DuplicateRefused
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import UndoRefused
from motabot.settings import Settings
from tests.integration.duplicate.copies import COPY_PHONE, copy_of, rows_of, undone
from tests.support.oracle import expected_figures, read_figures, read_table
from tests.support.shops import NOW, customer, insert, picture, sale


def test_a_copy_has_every_row_of_its_source_under_keys_of_its_own(shop: Engine, settings: Settings) -> None:
    with shop.connect() as connection:
        before = rows_of(connection, "M002", "+14155550102")
    started = datetime.now(UTC)
    report = copy_of(shop, "M002", settings, email="k@example.com")
    assert report.copy == "M004"
    with shop.connect() as connection:
        source, copy = rows_of(connection, "M002", "+14155550102"), rows_of(connection, "M004", COPY_PHONE)
        tables = {table: read_table(connection, table) for table in ("customers", "transactions", "leads")}
        assert read_figures(connection).patterns["M004"] == expected_figures(connection, NOW).patterns["M004"]
    assert source == before
    own = {"name": "Keanu Klare", "email": "k@example.com"}
    assert copy["customers"] == [{**source["customers"][0], **own}]
    for table in ("transactions", "transaction_items", "customer_visit_patterns", "customer_product_affinity"):
        assert copy[table] == source[table]
        assert len(copy[table]) == report.tables[table] > 0
    assert copy["messages"] == []
    made = [row for row in tables["transactions"] if row["customer_id"] == "M004"]
    assert all(row["created_at"] >= started for row in made)
    assert [
        (row["phone_number"], row["last_message"]) for row in tables["leads"] if row["customer_id"] == "M004"
    ] == [(COPY_PHONE, "latest")]
    assert tables["customers"][-1]["loyalty_points"] == Decimal("12.50")
    assert any("staff" in note for note in report.notes)
    assert any("1 older lead" in note for note in report.notes)


def test_a_refresh_of_a_fresh_copy_finds_nothing_to_change(shop: Engine, settings: Settings) -> None:
    copy = copy_of(shop, "M002", settings).copy
    report = refresh(shop, settings=settings, actor="test", as_of=NOW, force=True, customer=copy)
    assert report.written == 0
    assert report.tables["transactions"].looked_at == 8


def test_a_copy_starts_as_do_not_text(shop: Engine, settings: Settings) -> None:
    copy_of(shop, "M002", settings)
    with shop.connect() as connection:
        assert connection.exec_driver_sql("select phone, consent from motabot.phones").all() == [
            (COPY_PHONE, "out")
        ]
        consents = connection.exec_driver_sql("select phone, decision, source from motabot.consents").all()
    assert consents == [(COPY_PHONE, "out", "duplicate")]


def test_copied_messages_are_neither_queued_nor_open(shop: Engine, settings: Settings) -> None:
    report = copy_of(shop, "M002", settings, messages=True)
    with shop.connect() as connection:
        copied = [row for row in read_table(connection, "messages") if row["phone_number"] == COPY_PHONE]
        open_texts = connection.exec_driver_sql(
            "select count(*) from messages m where direction = 'inbound' and phone_number = %s and not exists"
            " (select from motabot.answered a where a.message_id = m.id and a.phone_number = m.phone_number)",
            (COPY_PHONE,),
        ).scalar()
    assert report.tables["messages"] == 3
    assert [(row["direction"], row["status"], row["message_hash"]) for row in copied] == [
        ("inbound", "read", None),
        ("outbound", "sent", None),
        ("outbound", "sent", None),
    ]
    assert open_texts == 0


@pytest.mark.parametrize("messages", [False, True])
def test_a_copy_of_the_copy_and_both_undone_leave_the_database_as_it_was(
    shop: Engine, settings: Settings, messages: bool
) -> None:
    before = picture(shop)
    first = copy_of(shop, "Aaron Amado", settings, messages=messages)
    second = copy_of(shop, first.copy, settings, messages=messages, name="Third", phone="+14155550124")
    assert second.copy == "M005"
    with shop.connect() as connection:
        one, two = rows_of(connection, "M004", COPY_PHONE), rows_of(connection, "M005", "+14155550124")
    assert two == {**one, "customers": [{**one["customers"][0], "name": "Third"}]}
    assert len(one["messages"]) == (3 if messages else 0)
    dry = undone(shop, first.copy, settings, dry_run=True)
    assert undone(shop, first.copy, settings).deleted == dry.deleted
    undone(shop, second.copy, settings)
    assert picture(shop) == before
    with pytest.raises(UndoRefused, match="is not a copy made by"):
        undone(shop, first.copy, settings)


def test_messages_of_a_number_that_two_customers_share_are_not_copied(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        insert(connection, "customers", customer("M010", phone="4155550102"))
    with pytest.raises(DuplicateRefused, match="messages"):
        copy_of(shop, "M002", settings, messages=True)
    report = copy_of(shop, "M002", settings)
    assert report.tables["leads"] == 1


def test_member_ids_are_in_the_style_of_the_existing_ones(engine: Engine, settings: Settings) -> None:
    styles = {
        "0042": "0043",
        "anna": "anna-2",
        "VIP-9": "VIP-10",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    }
    with engine.begin() as connection:
        insert(connection, "customers", *map(customer, [*styles, "0007", "VIP-1", "0041x"]))
    for number, (source, copy) in enumerate(styles.items()):
        assert re.fullmatch(copy, copy_of(engine, source, settings, phone=f"+1415555014{number}").copy)


def test_the_numbers_of_copied_transactions_fit_into_a_narrow_column(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        connection.exec_driver_sql("drop schema motabot_customer, reporting cascade")
        connection.exec_driver_sql("alter table public.transactions alter transaction_id type varchar(7)")
    report = copy_of(shop, "M002", settings)
    with shop.begin() as connection:
        ids = connection.exec_driver_sql(
            f"select transaction_id from public.transactions where customer_id = '{report.copy}'"
        )
        assert all(re.fullmatch(rf"{report.copy}-\d+", each) and len(each) <= 7 for each in ids.scalars())


def test_a_member_id_that_anything_uses_is_passed_over(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("alter table transactions drop constraint transactions_customer_id_fkey")
        insert(connection, "customers", customer("M7"), customer("M8"), *(customer(f"X{n}") for n in range(200)))
        insert(connection, "customers", customer("M6"))  # imported last, though its number is the smallest
        insert(connection, "transactions", sale("orphan", "M9", 1))
    assert copy_of(engine, "M6", settings).copy == "M10"


def test_copies_and_refreshes_at_once_wait_for_each_other(shop: Engine, settings: Settings) -> None:
    def copy(number: int) -> None:
        copy_of(shop, "M002", settings, name=f"Copy {number}", phone=f"+1415555013{number}")

    def bring_up_to_date(_number: int) -> None:
        refresh(shop, settings=settings, actor="test", as_of=NOW, force=True)

    with ThreadPoolExecutor(6) as threads:
        jobs = [threads.submit(act, number) for number in range(3) for act in (copy, bring_up_to_date)]
        for job in jobs:
            job.result()
    bring_up_to_date(0)
    with shop.connect() as connection:
        assert read_figures(connection) == expected_figures(connection, NOW)
        assert {row["member_id"] for row in read_table(connection, "customers")} == {
            f"M00{n}" for n in range(1, 7)
        }


def test_copies_and_undoings_are_audited(shop: Engine, settings: Settings) -> None:
    report = copy_of(shop, "M002", settings)
    undone(shop, report.copy, settings)
    with shop.connect() as connection:
        rows = (
            connection.exec_driver_sql("select * from motabot.audit where action <> 'refresh' order by id")
            .mappings()
            .all()
        )
    assert [(row["actor"], row["action"], row["arguments"]["copy"]) for row in rows] == [
        ("test", "duplicate", "M004"),
        ("test", "undo duplicate", "M004"),
    ]
    assert rows[0]["after"] == report.tables
    assert rows[1]["before"]["transactions"] == 8
    assert rows[1]["after"]["transactions"] == 0
