"""Tables and columns that the shop added, and tables that lack keys, defaults or indexes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from motabot.settings import Settings
from tests.integration.duplicate.copies import COPY_PHONE, copy_of, rows_of, undone
from tests.support.bare_tables import drop_keys
from tests.support.oracle import read_table
from tests.support.shops import picture

SHOP_TABLES = """
set local search_path = public;
create table notes (id bigint generated always as identity primary key, customer_id text references customers (member_id),
                    words text, created_at timestamptz);
create table cards (number integer primary key, owner integer not null references customers (id), code text unique);
create table tags (customer_id text references customers (member_id), tag text, primary key (customer_id, tag));
create table invoices (id uuid primary key default gen_random_uuid(), t integer references transactions (id),
                       transaction_id text references transactions (transaction_id));
create table calls (id serial primary key, lead_id bigint references leads (id), about text);
create table vouchers (code text primary key, customer_id text references customers (member_id));
create table loose (customer_id text references customers (member_id));
insert into notes (customer_id, words) values ('M002', 'likes tea'), ('M001', 'no'), ('M002', 'tall'), (null, '-');
insert into cards select 100 + id, id, 'code ' || id from customers;
insert into tags values ('M002', 'a'), ('M002', 'b'), ('M001', 'a');
insert into invoices (t, transaction_id) select id, transaction_id from transactions;
insert into calls (lead_id, about) select id, last_message from leads;
insert into vouchers values ('V1', 'M002');
insert into loose values ('M002')
"""


def test_tables_that_the_shop_added_are_copied_too_or_named(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        connection.exec_driver_sql("alter table transactions add unique (id); alter table leads add unique (id)")
        connection.exec_driver_sql(SHOP_TABLES)
    before = picture(shop)
    report = copy_of(shop, "M002", settings)
    with shop.connect() as connection:

        def found(statement: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]

        assert found("select words from notes where customer_id = 'M004' order by id") == [
            ("likes tea",),
            ("tall",),
        ]
        own_card = "select number, code from cards c join customers o on o.id = c.owner where member_id = 'M004'"
        assert found(own_card) == [(104, None)]
        assert found("select tag from tags where customer_id = 'M004' order by 1") == [("a",), ("b",)]
        assert found(
            "select count(*) from invoices r join transactions t on (t.id, t.transaction_id) = (r.t, r.transaction_id)"
            " where customer_id = 'M004'"
        ) == [(8,)]
        assert found("select about from calls c join leads l on l.id = c.lead_id where customer_id = 'M004'") == [
            ("latest",)
        ]
    assert {"notes": 2, "cards": 1, "tags": 2, "invoices": 8, "calls": 1}.items() <= report.tables.items()
    named = " | ".join(report.notes)
    assert "vouchers is not copied" in named
    assert "loose is not copied" in named
    assert "cards.code is empty in the copy" in named
    undone(shop, report.copy, settings)
    assert picture(shop) == before


def test_columns_that_the_shop_added_are_named_and_values_that_tell_rows_apart_are_not_copied(
    shop: Engine, settings: Settings
) -> None:
    with shop.begin() as connection:
        connection.exec_driver_sql(
            "alter table public.customers add column notes text default 'tall', add column card text,"
            " add column ref uuid default gen_random_uuid(), add column number serial;"
            "create unique index on public.customers (lower(card)); update public.customers set card = 'c' || id;"
            "alter table public.transactions add column batch text unique"
        )
    report = copy_of(shop, "M002", settings)
    with shop.connect() as connection:
        rows = connection.exec_driver_sql(
            "select card, notes, count(*) over (partition by ref) + count(*) over (partition by number) as same"
            " from public.customers where member_id in ('M002', 'M004') order by member_id"
        ).all()
    assert [tuple(row) for row in rows] == [("c2", "tall", 2), (None, "tall", 2)]
    named = " | ".join(report.notes)
    assert "the copy shares the values of the shop's own columns of customers: notes" in named
    assert "customers.card is empty in the copy, because it must be unique" in named
    assert "transactions.batch is empty in the copy" in named
    undone(shop, report.copy, settings)


def test_without_keys_defaults_or_indexes_copies_are_right(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        drop_keys(connection)
        connection.exec_driver_sql(
            """
            alter table customers alter column id drop identity;
            alter table transactions alter column id drop identity;
            alter table transaction_items alter column id drop identity;
            alter table messages alter column id drop identity;
            alter table leads alter column id drop identity;
            """
        )
    before = picture(shop)
    report = copy_of(shop, "M002", settings, messages=True)
    assert report.tables["leads"] == 2
    with shop.connect() as connection:
        source, copy = rows_of(connection, "M002", "+14155550102"), rows_of(connection, "M004", COPY_PHONE)
        assert copy["transactions"] == source["transactions"]
        assert copy["transaction_items"] == source["transaction_items"]
        for table in ("customers", "transactions", "transaction_items", "messages", "leads"):
            ids = [row["id"] for row in read_table(connection, table)]
            assert len(set(ids)) == len(ids)
    undone(shop, report.copy, settings)
    assert picture(shop) == before
