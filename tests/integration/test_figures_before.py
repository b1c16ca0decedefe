"""Figures that were there before us are never rewritten unasked, are shown before they are, and come back whole."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.cli.doctor import examine
from motabot.cli.refresh import refresh as command
from motabot.db import init
from motabot.maintenance import schedule
from motabot.maintenance.figures_before import NothingToUndo, restore
from motabot.maintenance.refresh import refresh
from motabot.maintenance.schedule import ScheduleRefused
from motabot.settings import Settings
from motabot.worker import refresh_by_the_clock
from tests.support.servers import settings_of
from tests.support.shops import customer, insert, sale

#: `updated_at` apart, which the shop's own trigger sets.
FIGURES = {
    "customers": "to_jsonb(t) - 'updated_at'",
    "customer_visit_patterns": "to_jsonb(t)",
    "customer_product_affinity": "to_jsonb(t)",
    "staff": "to_jsonb(t)",
}


def picture(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            table: list(
                connection.execute(text(f"select cast({row} as text) from public.{table} t order by 1")).scalars()
            )
            for table, row in FIGURES.items()
        }


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def invoke(service: Service, *words: str) -> Any:
    return CliRunner().invoke(command, list(words), obj=service)


def test_the_clock_leaves_imported_figures_alone_until_a_person_has_seen_what_it_would_change(
    foreign_shop: Engine, shop_url: str, tmp_path: Path
) -> None:
    assert "keep the scheduled refresh off, because the tables hold figures" in init.prepare(foreign_shop).lines()
    before = picture(foreign_shop)
    with contextlib.closing(Service(settings_of(shop_url, tmp_path))) as service:
        refresh_by_the_clock(service)
        assert picture(foreign_shop) == before
        assert any("scheduled refresh is off" in finding.words for finding in examine(service))
        with foreign_shop.begin() as connection, pytest.raises(ScheduleRefused, match="--dry-run"):
            schedule.switch(connection, on=True, by="test")
        shown = invoke(service, "--dry-run").stdout
        assert "customers.vip_status" in shown
        assert "rows change" in shown
        assert shown.count(" -> ") >= 10
        report = json.loads(invoke(service, "--dry-run", "--json").stdout)
        assert len(report["examples"]) == 10
        assert {"table": "customers", "column": "vip_status"}.items() <= report["columns"][-1].items() or any(
            change["column"] == "vip_status" for change in report["columns"]
        )
        assert picture(foreign_shop) == before
        assert "every hour" in invoke(service, "schedule", "on").stdout
        refresh_by_the_clock(service)
        assert picture(foreign_shop) != before
        # a later refresh changes further rows, which come back as well
        run(foreign_shop, "delete from public.transaction_items where id % 2 = 0")
        run(
            foreign_shop,
            "update public.transactions set total_amount = 7, staff_name = 'Added Later' where id % 3 = 0",
        )
        refresh(foreign_shop, settings=service.settings, actor="test")
        assert invoke(service, "undo", "--dry-run").stdout.startswith("Would put back")
        assert picture(foreign_shop) != before
        assert invoke(service, "undo").exit_code == 0
        assert picture(foreign_shop) == before
        assert invoke(service, "schedule", "status").stdout.startswith("Off")
        with pytest.raises(NothingToUndo):
            restore(foreign_shop, actor="test")


def test_a_refresh_of_one_customer_is_undone_like_any_other(
    foreign_shop: Engine, shop_url: str, tmp_path: Path
) -> None:
    init.prepare(foreign_shop)
    before = picture(foreign_shop)
    settings = settings_of(shop_url, tmp_path)
    refresh(foreign_shop, settings=settings, actor="test", customer="M00001")
    assert picture(foreign_shop) != before
    restore(foreign_shop, actor="test")
    assert picture(foreign_shop) == before


def test_rows_that_belong_to_nobody_come_back_as_well(foreign_shop: Engine, shop_url: str, tmp_path: Path) -> None:
    """A table without a key may have such rows, which a refresh removes."""
    for table in ("customer_visit_patterns", "customer_product_affinity"):
        run(foreign_shop, f"alter table public.{table} drop constraint {table}_pkey")
    run(
        foreign_shop,
        "alter table public.customer_visit_patterns alter customer_id drop not null;"
        "alter table public.customer_product_affinity alter customer_id drop not null, alter product_sku drop not null;"
        "insert into public.customer_visit_patterns (customer_id, total_visits) values (null, 3), (null, 4);"
        "insert into public.customer_product_affinity (customer_id, product_sku, purchase_count)"
        " values (null, null, 3), ('M00001', null, 4), (null, 'X', 5)",
    )
    init.prepare(foreign_shop)
    before = picture(foreign_shop)
    refresh(foreign_shop, settings=settings_of(shop_url, tmp_path), actor="test")
    assert picture(foreign_shop) != before
    restore(foreign_shop, actor="test")
    assert picture(foreign_shop) == before


def test_in_tables_of_our_own_the_clock_refreshes_and_keeps_nothing(
    engine: Engine, settings: Settings, service: Service
) -> None:
    with engine.begin() as connection:
        insert(connection, "customers", customer("M1"))
        insert(connection, "transactions", sale("T1", "M1", 3.0))
    refresh_by_the_clock(service)
    with engine.connect() as connection:
        figures = connection.exec_driver_sql(
            "select (select total_sales from public.customers), (select count(*) from motabot.figures_before)"
        ).one()
    assert tuple(figures) == (1, 0)


def test_a_database_that_was_refreshed_before_this_version_goes_on_being_refreshed(
    engine: Engine, settings: Settings
) -> None:
    with engine.begin() as connection:
        insert(connection, "customers", customer("M1"))
    refresh(engine, settings=settings, actor="test")
    run(engine, "delete from motabot.meta where key in ('scheduled_refresh', 'figures_were_there')")
    init.prepare(engine)
    with engine.connect() as connection:
        assert schedule.is_on(connection)
