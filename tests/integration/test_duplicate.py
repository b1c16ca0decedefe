"""Copies of customers: complete, separate, and removable without a trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from motabot.customers.find import AmbiguousCustomer, UnknownCustomer
from motabot.db.engine import make_engine
from motabot.maintenance.duplicate import DuplicateRefused, DuplicateReport, duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import UndoRefused, undo
from motabot.settings import Settings
from tests.support.oracle import Row, expected_figures, read_figures, read_table
from tests.support.shops import NOW, customer, insert, line, picture, sale, small_shop

COPY_PHONE = "+14155550123"


@pytest.fixture
def shop(engine: Engine, settings: Settings) -> Engine:
    """A fresh small shop whose M002 has everything that a customer can have."""
    with engine.begin() as connection:
        small_shop(connection)
        connection.exec_driver_sql(
            "update customers set name = 'Aaron Amado', phone = '+14155550102', email = 'a@example.com',"
            " loyalty_points = 12.50, zip_code = '94110' where member_id = 'M002'"
        )
        insert(
            connection, "transactions", sale("Z", "M002", 4), sale("Y", "M002", 4), sale("T10", "M002", 4, "-3")
        )
        insert(
            connection,
            "transaction_items",
            line("Z", "C"),
            line("Y", "C", product_name="Old name"),
            line("Y", None),
        )
        insert(
            connection,
            "leads",
            lead("+14155550102", None, last_message="first"),
            lead("+14155550199", "M002", last_message="latest"),
            lead("+14155550777", "M001"),
        )
        insert(
            connection,
            "messages",
            text("+14155550102", "inbound", "unread", message_hash="abc"),
            text("+14155550102", "outbound", "queued"),
            text("+14155550102", "outbound", "sent"),
            text("+14155550777", "inbound", "unread"),
        )
    refresh(engine, settings=settings, actor="test", as_of=NOW, force=True)
    return engine


def lead(phone: str, member: str | None, **columns: Any) -> Row:
    return {
        "phone_number": phone,
        "customer_id": member,
        "lead_status": "new",
        "conversation_stage": "greeting",
        **columns,
    }


def text(phone: str, direction: str, status: str, **columns: Any) -> Row:
    message = {
        "phone_number": phone,
        "content": "words",
        "timestamp": NOW,
        "direction": direction,
        "status": status,
    }
    return {**message, "modem_index": "7", "message_hash": None, "retry_count": 0, **columns}


def copy_of(engine: Engine, source: str, settings: Settings, **arguments: Any) -> DuplicateReport:
    return duplicate(
        engine,
        source,
        **{"name": "Keanu Klare", "phone": COPY_PHONE, "settings": settings, "actor": "test", **arguments},
    )


def undone(engine: Engine, copy: str, settings: Settings, **arguments: Any) -> Any:
    return undo(engine, copy, settings=settings, actor="test", **arguments)


def rows_of(
    connection: Connection, member: str, phone: str, *, without: str = "id created_at updated_at"
) -> dict[str, Any]:
    """Everything of one customer, keys replaced by what they stand for: equal for a source and its copy."""
    transactions = [row for row in read_table(connection, "transactions") if row["customer_id"] == member]
    order = sorted(row["transaction_id"] for row in transactions)
    names: dict[str | None, Any] = {
        **{row["transaction_id"]: order.index(row["transaction_id"]) for row in transactions},
        member: "<member>",
        phone: "<phone>",
    }
    hidden = set(without.split())

    def seen(rows: list[Row]) -> list[Row]:
        return [
            {
                column: names.get(value, value) if isinstance(value, str) else value
                for column, value in row.items()
                if column not in hidden
            }
            for row in rows
        ]

    def of(table: str, column: str, values: set[Any]) -> list[Row]:
        return seen([row for row in read_table(connection, table) if row[column] in values])

    return {
        "customers": of("customers", "member_id", {member}),
        "transactions": seen(transactions),
        "transaction_items": of("transaction_items", "transaction_id", set(order)),
        "customer_visit_patterns": of("customer_visit_patterns", "customer_id", {member}),
        "customer_product_affinity": sorted(of("customer_product_affinity", "customer_id", {member}), key=repr),
        "messages": of("messages", "phone_number", {phone}),
    }


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


def test_a_dry_run_returns_the_exact_counts_and_changes_nothing(shop: Engine, settings: Settings) -> None:
    before = picture(shop, without=frozenset())
    dry = copy_of(shop, "+1 415 555 0102", settings, messages=True, dry_run=True)
    assert picture(shop, without=frozenset()) == before
    wet = copy_of(shop, "(415) 555-0102", settings, messages=True)
    assert (dry.tables, dry.notes, dry.copy) == (wet.tables, wet.notes, wet.copy)


REFUSALS: list[tuple[str, dict[str, Any], type[Exception], str]] = [
    ("M999", {}, UnknownCustomer, "M999"),
    ("Name of M001", {"phone": "nonsense"}, DuplicateRefused, "phone: 'nonsense'"),
    ("M002", {"phone": "+14155550102"}, DuplicateRefused, "source's own number"),
    ("M002", {"phone": "415-555-0102"}, DuplicateRefused, "source's own number"),
    ("M001", {"phone": "+14155550102"}, DuplicateRefused, "a customer has"),
    ("M002", {"phone": "+14155550777"}, DuplicateRefused, "a lead has"),
    ("M002", {"phone": "+14155550888"}, DuplicateRefused, "a conversation has"),
    ("M002", {"email": "not an address"}, DuplicateRefused, "email: 'not an address'"),
    ("M002", {"email": "A@Example.com"}, DuplicateRefused, "source's own address"),
    ("M002", {"name": " aaron amado "}, DuplicateRefused, "source's own name"),
    ("M002", {"name": "  "}, DuplicateRefused, "a name of its own"),
]


def test_refusals_say_what_is_wrong_and_change_nothing(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        insert(connection, "messages", text("+14155550888", "inbound", "read"))
    before = picture(shop)
    for source, arguments, refusal, words in REFUSALS:
        with pytest.raises(refusal, match=re.escape(words)):
            copy_of(shop, source, settings, **arguments)
    assert picture(shop) == before


def test_an_ambiguous_name_lists_the_candidates(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        insert(
            connection,
            "customers",
            customer("M010", name="Aaron  Amado"),
            customer("M011") | {"name": "aaron amado"},
        )
    with pytest.raises(AmbiguousCustomer) as caught:
        copy_of(shop, "AARON AMADO", settings)
    assert [candidate.member_id for candidate in caught.value.candidates] == ["M002", "M011"]
    assert "+14155550102" in str(caught.value)


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


def test_without_keys_defaults_or_indexes_copies_are_right(shop: Engine, settings: Settings) -> None:
    with shop.begin() as connection:
        connection.exec_driver_sql(
            """
            do $$
            declare found record;
            begin
                for found in select conrelid::regclass as t, conname from pg_constraint
                             where connamespace = 'public'::regnamespace and contype in ('f', 'p', 'u')
                             order by contype loop
                    execute format('alter table %s drop constraint %I', found.t, found.conname);
                end loop;
            end $$;
            alter table customers alter column id drop identity;
            alter table transactions alter column id drop identity;
            alter table transaction_items alter column id drop identity;
            alter table messages alter column id drop identity;
            alter table leads alter column id drop identity;
            """.replace("%", "%%")
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


@contextmanager
def statements(engine: Engine, act: Any = lambda _number, _connection: None) -> Iterator[list[str]]:
    seen: list[str] = []

    def hook(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)
        act(len(seen), connection)

    event.listen(engine, "before_cursor_execute", hook)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", hook)


def test_it_takes_the_same_number_of_statements_whatever_the_size(shop: Engine, settings: Settings) -> None:
    counts = []
    for source, phone in (("M003", "+14155550130"), ("M002", "+14155550131")):
        with statements(shop) as seen:
            copy_of(shop, source, settings, phone=phone)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("action", ["duplicate", "undo"])
def test_failing_or_killed_at_any_statement_it_changes_nothing(
    shop: Engine, settings: Settings, database_url: str, action: str
) -> None:
    copy = copy_of(shop, "M002", settings).copy if action == "undo" else ""
    other = make_engine(database_url, settings)
    before = picture(other, without=frozenset())

    def carry_out(**arguments: Any) -> None:
        if action == "undo":
            undone(shop, copy, settings, **arguments)
        else:
            copy_of(shop, "M002", settings, messages=True, **arguments)

    with statements(shop) as seen:
        carry_out(dry_run=True)

    class Failed(Exception):
        pass

    def disturb(last: int, *, kill: bool) -> Any:
        def act(number: int, connection: Any) -> None:
            if number == last and kill:
                pid = connection.connection.driver_connection.info.backend_pid
                with other.connect() as killer:
                    killer.exec_driver_sql("select pg_terminate_backend(%s, 5000)", (pid,))
            elif number == last:
                raise Failed

        return act

    last, ended = 0, False
    while not ended:
        last += 1
        for kill in (False, True):
            with statements(shop, disturb(last, kill=kill)):
                try:
                    carry_out()
                    ended = True
                    break
                except (Failed, DBAPIError):
                    assert picture(other, without=frozenset()) == before
    other.dispose()
    assert last > len(seen)


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
