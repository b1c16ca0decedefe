"""The reporting views: one definition of each figure, over tidy and untidy data, with a copy standing and without."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from motabot.app import Service
from motabot.db import reporting, roles
from motabot.maintenance.duplicate import duplicate
from tests.support.staff_door import rows, run, shop
from tests.support.write_docs import DOCS, part

__all__ = ["shop"]


def asked(service: Service, query: str) -> list[tuple[Any, ...]]:
    """Rows as staff's queries get them: through the analyst role."""
    return service.sandbox.run(query).rows


def test_every_view_can_be_read_by_staff_s_queries(shop: Engine, service: Service) -> None:
    for name in reporting.VIEWS:
        asked(service, f"select * from {name} limit 1")
        asked(service, f"select * from reporting.{name} limit 1")


def test_sales_leave_refunds_the_future_and_copies_out(shop: Engine, service: Service) -> None:
    run(
        shop,
        "insert into public.transactions (transaction_id, customer_id, date, total_amount, total_tax, discounts) values"
        " ('R1', 'M1', '2026-03-11', -10, -1, 0), ('F1', 'M1', now() + interval '3 days', 99, 9, 0),"
        " ('D1', 'M2', '2026-03-12 06:30+00', 99, 9, 10), ('N1', 'M2', '2026-03-13', null, null, null);"
        "insert into public.transaction_items (transaction_id, product_sku, product_name, quantity, total_price) values"
        " ('D1', 'S1', 'Gelato', 2, 70), ('D1', null, 'Papers', 1, 30), ('R1', 'S1', 'Gelato', 1, 35)",
    )
    before = asked(service, "select sum(amount), sum(net_amount), count(*) from sales")
    assert before == [(Decimal(35 + 70 + 20 + 99), Decimal(35 + 70 + 20 + 90), 5)]
    assert asked(service, "select amount, tax, net_amount from refunds") == [(10, 1, 9)]
    # the ticket's discount of 10 is shared out by price: 7 of it to the lines of 70, 3 to that of 30
    lines = asked(
        service, "select product, net_amount, day from sale_lines where transaction_id = 'D1' order by 1"
    )
    assert [(line[0], line[1]) for line in lines] == [("Gelato", 63), ("Papers", 27)]
    assert lines[0][2] == "2026-03-11"  # still the eleventh at the shop
    duplicate(
        shop, "M1", name="Keanu Klare", phone="+14155550199", settings=service.settings, actor="Kim", messages=True
    )
    assert rows(shop, "select count(*) from public.transactions") == [(11,)]
    assert asked(service, "select sum(amount), sum(net_amount), count(*) from sales") == before
    assert asked(service, "select sum(amount) from refunds") == [(10,)]
    assert asked(service, "select count(*) from customers") == [(2,)]
    assert asked(service, "select count(*) from transactions where customer_id = 'M1'") == [(3,)]
    assert asked(service, "select source_member_id from copies") == [("M1",)]


UNTIDY = """
insert into public.customers (member_id, name, phone, last_visited, lifetime_value) values
  ('U1', null, null, 'infinity', 'NaN'), ('U2', '', 'call mom', '-infinity', 'Infinity'), ('U3', ' x ', '', null, null);
insert into public.products (product_id, sku, name, cost) values ('P9', 'NAN', 'Odd', 'NaN'), ('P8', null, null, null);
insert into public.transactions (transaction_id, customer_id, date, total_amount, total_tax, discounts) values
  ('X1', 'U1', 'infinity', 5, 0, 0), ('X2', 'U1', '-infinity', 5, 0, 0), ('X3', 'U1', '0001-01-01', 5, 'NaN', 'NaN'),
  ('X4', 'U2', now(), 'NaN', 1, 1), ('X5', 'U2', now(), 'Infinity', 1, 1), ('X6', 'U2', now(), '-Infinity', 1, 1);
insert into public.transaction_items (transaction_id, product_sku, product_name, quantity, total_price) values
  ('X4', null, null, null, null), ('X4', 'NAN', 'Odd', 2, 'NaN'), ('X3', 'S1', 'Gelato', 0, 0);
insert into public.messages (phone_number, content, timestamp, status, direction) values
  ('', '', 'infinity', 'odd', 'odd'), ('call mom', 'x', '-infinity', 'unread', 'inbound');
insert into public.leads (phone_number, lead_status, conversation_stage, conversion_probability) values
  ('x', 'Hot', 'intro', 'NaN');
"""


def test_views_survive_what_a_database_may_hold(shop: Engine, service: Service) -> None:
    run(shop, UNTIDY)
    for name in reporting.VIEWS:
        columns = service.sandbox.run(f"select * from {name} limit 0").columns
        asked(service, f"select * from {name}")
        sums = [f"sum({each.name})" for each in columns if each.type == "numeric"]
        if sums:
            (row,) = asked(service, f"select {', '.join(sums)} from {name}")
            assert all(value is None or Decimal(value).is_finite() for value in row), name
    assert asked(service, "select sum(amount) from sales") == [(35 + 70 + 20 + 5,)]


def test_other_types_of_ids_and_amounts_do_as_well(engine: Engine, service: Service) -> None:
    run(
        engine,
        "drop schema reporting cascade; drop table public.transaction_items, public.transactions cascade;"
        "create table public.transactions (transaction_id bigint primary key, customer_id varchar(20), date timestamptz,"
        " shop_location text, staff_name text, terminal text, payment_type text, total_amount double precision,"
        " total_tax real, discounts int, loyalty_points_earned int, loyalty_points_spent int, created_at timestamptz);"
        "create table public.transaction_items (id uuid primary key default gen_random_uuid(), transaction_id bigint,"
        " product_sku varchar, product_name text, brand text, category text, strain text, flower_type text,"
        " quantity int, unit_price float8, total_price float8, thc_content float8, cbd_content float8);"
        "insert into public.transactions values (1, 'M1', now() - interval '1 hour', null, null, null, null, 11, 1, 0),"
        " (2, 'M1', now() - interval '1 hour', null, null, null, null, 'NaN', 'Infinity', null);"
        "insert into public.transaction_items (transaction_id, product_name, quantity, total_price) values (1, 'A', 1, 10)",
    )
    assert made(engine) == []
    assert asked(service, "select sum(amount), sum(net_amount) from sales") == [(11, 10)]
    assert asked(service, "select sum(net_amount) from sale_lines") == [(10,)]


def made(engine: Engine) -> list[str]:
    """Make the views; returns what could not be made."""
    with engine.begin() as connection:
        return reporting.make(connection, roles.role_name(connection, roles.ANALYST))


def test_what_others_have_in_the_schema_is_left_alone_and_a_missing_column_is_a_note(engine: Engine) -> None:
    run(
        engine,
        "drop schema reporting cascade; create schema reporting; create table reporting.sales (mine int);"
        "create view reporting.my_view as select 1 as one; alter table public.customers drop column zip_code",
    )
    notes = made(engine)
    assert any(
        'view reporting.sales is not made, and what reads it will fail: relation "sales"' in note for note in notes
    )
    assert any("view reporting.customers is not made" in note for note in notes)
    assert rows(engine, "select one from reporting.my_view") == [(1,)]
    assert rows(engine, "select mine from reporting.sales") == []
    run(engine, "drop table reporting.sales; alter table public.customers add column zip_code text")
    assert made(engine) == []


def test_every_view_and_column_has_a_comment_and_the_docs_list_them(engine: Engine) -> None:
    with engine.connect() as connection:
        found = reporting.views(connection)
        generated = reporting.dictionary(connection)
    assert [view.name for view in found] == list(reporting.VIEWS)
    missing = [f"{view.name}.{each.name}" for view in found for each in view.columns if not each.comment]
    assert missing == []
    assert [view.name for view in found if not view.comment] == []
    assert part((DOCS / "reporting.md").read_text(encoding="utf-8"), "dictionary") == generated


def test_conversations_say_who_waits_and_since_when(shop: Engine, service: Service) -> None:
    run(
        shop,
        "insert into public.messages (phone_number, content, timestamp, status, direction) values"
        " ('+14155550101', 'hi', now() - interval '3 hours', 'read', 'inbound'),"
        " ('+14155550101', 'hello', now() - interval '2 hours', 'sent', 'outbound'),"
        " ('+14155550101', 'and?', now() - interval '1 hour', 'unread', 'inbound'),"
        " ('+14155550101', 'please', now() - interval '5 minutes', 'unread', 'inbound'),"
        " ('+14155550102', 'hi', now() - interval '3 hours', 'read', 'inbound'),"
        " ('+14155550102', 'hello', now() - interval '2 hours', 'sent', 'outbound');"
        "insert into motabot.phones (phone, consent, paused_at) values ('+14155550102', 'out', now());"
        "insert into motabot.handoffs (phone, reason, summary) values ('+14155550102', 'person', 'x')",
    )
    found = asked(
        service,
        "select name, unanswered, round(extract(epoch from now() - waiting_since) / 60) as minutes, unread, person_asked,"
        " bot_paused, consent from conversations order by phone_number",
    )
    assert found == [
        ("Ana Ruiz", True, 60, 2, False, False, "unknown"),
        ("Bob Lee", False, None, 0, True, True, "out"),
    ]
    assert asked(service, "select consent, bot_paused from customers where member_id = 'M2'") == [("out", True)]


def test_a_bot_turn_has_its_cost_at_the_prices_in_the_settings(shop: Engine, service: Service) -> None:
    settings = service.settings
    run(
        shop,
        "insert into motabot.turns (phone, started_at, outcome, model, input_tokens, cached_tokens, output_tokens)"
        " values ('+14155550101', now(), 'answered', 'm', 3000000, 1000000, 2000000)",
    )
    ((cost,),) = asked(service, "select cost from bot_turns")
    price = 2 * settings.model_price_input + settings.model_price_cached + 2 * settings.model_price_output
    assert Decimal(cost) == Decimal(str(price))


def test_a_text_whose_answer_failed_waits_for_one(shop: Engine, service: Service) -> None:
    run(
        shop,
        "insert into public.messages (phone_number, content, timestamp, status, direction) values"
        " ('+14155550101', 'hi', now() - interval '3 hours', 'read', 'inbound'),"
        " ('+14155550101', 'hello', now() - interval '2 hours', 'failed', 'outbound');"
        "insert into motabot.turns (phone, started_at, outcome, model, reply_id)"
        " select '+14155550101', now(), 'answered', 'm', id from public.messages where direction = 'outbound';"
        "insert into motabot.answered (message_id, phone_number, turn_id, reason)"
        " select m.id, m.phone_number, t.id, 'reply' from public.messages m, motabot.turns t where m.direction = 'inbound'",
    )
    assert asked(service, "select unanswered from conversations") == [(True,)]
    run(shop, "update public.messages set status = 'sent' where direction = 'outbound'")
    assert asked(service, "select unanswered from conversations") == [(False,)]
