"""The owner changes the tables: MotaBot lets go of them and takes them up again."""

from __future__ import annotations

import contextlib

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from motabot.app import Service
from motabot.db import init
from motabot.db.customer_reader import CustomerReader
from motabot.db.detach import detach
from motabot.db.plan import make_plan
from motabot.db.readiness import require_ready
from motabot.errors import DatabaseNotReady, DatabaseUnavailable
from motabot.settings import Settings
from tests.integration.test_refused_writes import run

#: What a technician's migration may hold.
MIGRATION = """
create type public.text_state as enum ('sent', 'queued', 'failed', 'unread', 'read');
alter table public.messages alter content type varchar(700), alter phone_number type varchar(40),
    alter status type public.text_state using status::public.text_state;
alter table public.customers alter loyalty_points type bigint, alter phone type varchar(30), drop column "old notes";
alter table public.transactions alter total_amount type numeric(12, 2), alter date type timestamptz(0);
alter table public.transaction_items alter quantity type numeric(9, 3);
alter table public.products alter retail_price type float8, drop column leafly_url;
alter table public.leads alter conversion_probability type real;
"""


@pytest.fixture
def shop(engine: Engine) -> Engine:
    run(
        engine,
        'alter table public.customers add column "old notes" text; insert into public.customers (member_id) values (1)',
    )
    assert init.prepare(engine).problems == []
    return engine


def test_a_migration_of_the_owners_runs_between_detach_and_init(shop: Engine, settings: Settings) -> None:
    run(
        shop,
        "create role bi_tool; grant usage on schema reporting to bi_tool; grant select on reporting.sales to bi_tool",
    )
    with pytest.raises(DBAPIError, match="used by a view"):
        run(shop, MIGRATION)
    with contextlib.closing(Service(settings)) as service:
        read = CustomerReader(service.customer_engine, "none")
        assert read("select count(*) as n from profile", {}) == [{"n": 0}]
        assert detach(shop)
        run(shop, MIGRATION)
        with pytest.raises(DatabaseUnavailable, match="views are missing"):
            read("select count(*) as n from profile", {})
        with pytest.raises(DatabaseNotReady, match=r"motabot db detach.*run `motabot db init`"):
            require_ready(shop)
        with shop.connect() as connection:
            assert "grant SELECT on reporting.sales to bi_tool" in make_plan(connection).lines()
        assert init.prepare(shop).problems == []
        assert read("select count(*) as n from profile", {}) == [{"n": 0}]
    require_ready(shop)
    with shop.connect() as connection:
        assert make_plan(connection).lines() == []
        allowed = "select has_table_privilege('bi_tool', 'reporting.sales', 'select')"
        assert connection.exec_driver_sql(allowed).scalar_one()
    run(shop, "drop owned by bi_tool; drop role bi_tool")


def test_a_detach_that_a_view_of_the_shops_stops_names_it_and_drops_nothing(shop: Engine) -> None:
    run(shop, "create view public.mine as select * from reporting.sales")
    with pytest.raises(DatabaseNotReady, match=r"view mine depends on view reporting\.sales"):
        detach(shop)
    require_ready(shop)


def test_detach_twice_keeps_the_rights_and_a_fresh_database_has_nothing_to_drop(shop: Engine) -> None:
    run(shop, "create role once_reader; grant select on reporting.visits to once_reader")
    detach(shop)
    detach(shop)
    init.prepare(shop)
    with shop.connect() as connection:
        allowed = "select has_table_privilege('once_reader', 'reporting.visits', 'select')"
        assert connection.exec_driver_sql(allowed).scalar_one()
    run(shop, "drop owned by once_reader; drop role once_reader")
