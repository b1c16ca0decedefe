"""Undoing a copy, also one that gained rows since."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import UndoRefused
from motabot.settings import Settings
from tests.integration.duplicate.copies import COPY_PHONE, copy_of, rows_of, text, undone
from tests.support.oracle import read_table
from tests.support.shops import NOW, insert, line, picture, sale


def test_a_copy_that_gained_rows_is_undone_only_when_told_what_becomes_of_them(
    shop: Engine, settings: Settings
) -> None:
    before = picture(shop)
    copy = copy_of(shop, "M002", settings).copy
    with shop.begin() as connection:
        insert(connection, "transactions", sale("own", copy, 1, "44"))
        insert(connection, "transaction_items", line("own", "B", "44"), line(f"{copy}-000001", "A", "9"))
        insert(connection, "messages", text(COPY_PHONE, "inbound", "read"))
    refresh(shop, settings=settings, actor="test", as_of=NOW, force=True, customer=copy)
    with pytest.raises(UndoRefused, match="1 in transactions") as caught:
        undone(shop, copy, settings)
    assert caught.value.own_rows == {"transactions": 1, "transaction_items": 2, "messages": 1}

    kept = undone(shop, copy, settings, own_rows="keep")
    assert kept.kept
    with shop.connect() as connection:
        left = rows_of(connection, copy, COPY_PHONE)
        assert {
            row["transaction_id"] for row in read_table(connection, "transactions") if row["customer_id"] == copy
        } == {
            "own",
            f"{copy}-000001",
        }
        assert len(left["transaction_items"]) == 2
        assert left["customers"][0]["total_visits"] == 2
        assert connection.exec_driver_sql("select consent from motabot.phones").scalar() == "out"

    with shop.begin() as connection:
        connection.exec_driver_sql(
            "delete from motabot.phones; delete from motabot.consents; delete from messages where id > 4"
        )
        for table in ("customer_product_affinity", "customer_visit_patterns"):
            connection.exec_driver_sql(f"delete from {table} where customer_id = %s", (copy,))
        connection.exec_driver_sql(
            "delete from transaction_items where transaction_id in ('own', %s)", (f"{copy}-000001",)
        )
        connection.exec_driver_sql("delete from transactions where customer_id = %s", (copy,))
        connection.exec_driver_sql("delete from customers where member_id = %s", (copy,))
    assert picture(shop) == before


def test_dropping_removes_what_the_copy_gained_but_not_a_choice_made_by_text(
    shop: Engine, settings: Settings
) -> None:
    before = picture(shop)
    copy = copy_of(shop, "M002", settings).copy
    with shop.begin() as connection:
        insert(connection, "transactions", sale("own", copy, 1, "44"))
        insert(connection, "transaction_items", line("own", "B"), line(f"{copy}-000001", "A"))
        insert(connection, "messages", text(COPY_PHONE, "inbound", "read"))
        connection.exec_driver_sql(
            "insert into motabot.consents (phone, decision, source) values (%s, 'out', 'text')", (COPY_PHONE,)
        )
    assert undone(shop, copy, settings, own_rows="drop").own_rows["transactions"] == 1
    after = picture(shop)
    assert {name for name in after if after[name] != before[name]} == {"motabot.phones", "motabot.consents"}


def test_undo_refuses_when_rows_of_a_table_that_it_does_not_know_refer_to_the_copy(
    shop: Engine, settings: Settings
) -> None:
    with shop.begin() as connection:
        connection.exec_driver_sql("create table public.loose (customer_id text references customers (member_id))")
    copy = copy_of(shop, "M002", settings).copy
    with shop.begin() as connection:
        connection.exec_driver_sql("insert into public.loose values (%s)", (copy,))
    before = picture(shop)
    with pytest.raises(UndoRefused, match="rows of loose refer"):
        undone(shop, copy, settings)
    assert picture(shop) == before
