"""Columns that the shop's tables compute themselves: a refresh, its undoing and a text leave them to the table."""

from __future__ import annotations

import contextlib

from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.db import init
from motabot.maintenance.figures_before import restore
from motabot.maintenance.refresh import refresh
from motabot.settings import Settings
from motabot.testing import post_text
from tests.integration.odd_tables.rules import DATA, run

COMPUTED = """
alter table public.customers drop column lifetime_value, drop column avg_sale_value, drop column vip_status;
alter table public.customers
    add column lifetime_value numeric generated always as (gross_sales - gross_refunds) stored,
    add column avg_sale_value numeric generated always as (gross_sales / nullif(total_sales, 0)) stored,
    add column vip_status text generated always as (case when total_visits > 9 then 'gold' else 'none' end) stored;
alter table public.customer_visit_patterns drop column visit_consistency_score;
alter table public.customer_visit_patterns add column visit_consistency_score numeric generated always as (0.5) stored;
alter table public.customer_product_affinity drop column avg_price_paid;
alter table public.customer_product_affinity
    add column avg_price_paid numeric generated always as (total_spent / nullif(purchase_count, 0)) stored;
alter table public.staff drop column avg_transaction_value;
alter table public.staff
    add column avg_transaction_value numeric generated always as (total_sales / nullif(total_transactions, 0)) stored;
alter table public.messages drop column message_hash;
alter table public.messages add column message_hash text generated always as (md5(content)) stored;
"""
FIGURES = (
    "select c.member_id, c.total_sales, c.lifetime_value, c.avg_sale_value, c.vip_status,"
    " (select sum(a.avg_price_paid) from public.customer_product_affinity a where a.customer_id = c.member_id)"
    " from public.customers c order by 1"
)


def test_a_refresh_writes_no_column_that_its_table_computes(engine: Engine, settings: Settings) -> None:
    run(engine, "drop schema motabot cascade; drop schema motabot_customer cascade")
    run(engine, DATA + COMPUTED)
    assert init.prepare(engine).problems == []
    with engine.connect() as connection:
        before = connection.execute(text(FIGURES)).all()
    planned = refresh(engine, settings=settings, actor="test", dry_run=True)
    changed = {(change.table, change.column) for change in planned.columns}
    assert ("customers", "gross_sales") in changed
    assert ("customers", "lifetime_value") not in changed
    refresh(engine, settings=settings, actor="test")
    assert refresh(engine, settings=settings, actor="test").written == 0
    with engine.connect() as connection:
        found = connection.execute(text(FIGURES)).all()
        staff = connection.execute(text("select max(avg_transaction_value) from public.staff")).scalar_one()
    assert [(row[0], row[1], float(row[2]), row[4]) for row in found] == [
        ("M'1", 2, 59.05, "none"),
        ("M2", 0, 0, "none"),
    ]
    assert found[0][5] == 35
    assert staff == 70
    run(engine, "update public.customers set gross_sales = 1")
    assert refresh(engine, settings=settings, actor="test", customer="M'1").written == 1
    restore(engine, actor="test")
    with engine.connect() as connection:
        assert connection.execute(text(FIGURES)).all() == before
    with contextlib.closing(Service(settings)) as service:
        client, whsec = create_app(service).test_client(), settings.webhook_secrets[0].get_secret_value()
        for number in range(2):
            body = {"sender": "+14155550101", "text": "ok", "message_id": f"m-{number}"}
            assert post_text(client, whsec, body).status_code == 202
