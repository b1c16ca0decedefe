"""Roles, row-level security and poolers on a database of other hands, without a superuser, on PostgreSQL 15 and 18."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from motabot.app import Service, create_app
from motabot.db import init, policies, readiness, roles
from motabot.db.engine import is_pooled, make_engine, render_url
from motabot.db.plan import make_plan
from motabot.errors import DatabaseNotReady, SettingsError
from motabot.settings import load_settings
from motabot.testing import post_text
from motabot.worker import create_worker
from tests.support import postgres
from tests.support.foreign import LOGIN, ForeignServer
from tests.support.proxy import project_pooler
from tests.support.servers import settings_of


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_a_second_run_as_an_ordinary_login_has_nothing_to_do_and_everything_works(foreign_shop: Engine) -> None:
    assert init.prepare(foreign_shop).problems == []
    again = init.prepare(foreign_shop)
    assert (again.lines(), again.problems) == ([], [])
    readiness.require_ready(foreign_shop)


def test_changed_views_keep_the_rights_of_our_role_and_of_others(foreign_shop: Engine) -> None:
    init.prepare(foreign_shop)
    run(
        foreign_shop,
        "grant usage on schema motabot_customer to anon; grant select on motabot_customer.products to anon",
    )
    run(
        foreign_shop,
        "drop view motabot_customer.lead; create view motabot_customer.lead as select null::text as old_column",
    )
    run(foreign_shop, "create view motabot_customer.gone as select 1 as n")
    run(foreign_shop, "update motabot.meta set value = 'an older version' where key = 'roles'")
    plan = init.prepare(foreign_shop)
    assert plan.problems == []
    with foreign_shop.connect() as connection:
        allowed = connection.exec_driver_sql(
            "select has_table_privilege('anon', 'motabot_customer.products', 'select'),"
            " to_regclass('motabot_customer.gone') is null"
        ).one()
    assert tuple(allowed) == (True, True)
    assert roles.find_problem(foreign_shop, roles.CUSTOMER) is None


def test_rows_that_row_level_security_hides_are_refused_and_not_counted_as_none(
    foreign_shop: Engine, shop_url: str, tmp_path: Path
) -> None:
    init.prepare(foreign_shop)
    with contextlib.closing(Service(settings_of(shop_url, tmp_path))) as service:
        count = "select count(*) from transactions"
        assert service.sandbox.run(count).rows[0][0] > 400
        run(foreign_shop, f'drop policy "{name_of(foreign_shop, roles.ANALYST)}_reads" on public.transactions')
        with pytest.raises(DatabaseNotReady, match=r"public\.transactions hides rows .* run `motabot db init`"):
            service.sandbox.run(count)
        with pytest.raises(DatabaseNotReady, match="create policy"):
            readiness.require_ready(foreign_shop)
        run(foreign_shop, "alter table public.staff enable row level security")
        assert [line for line in init.prepare(foreign_shop).lines() if "create policy" not in line] == []
        assert service.sandbox.run(count).rows[0][0] > 400


def test_what_everybody_may_do_opens_nothing_of_ours_and_is_named_where_it_opens_the_shops_tables(
    foreign_shop: Engine,
) -> None:
    for kind in ("usage on schemas", "all on tables", "all on sequences"):
        run(foreign_shop, f"alter default privileges grant {kind} to public")
    lines = make_plan_lines(foreign_shop)
    assert "revoke all on all tables in schema motabot from public" in lines
    assert init.prepare(foreign_shop).problems == []
    assert make_plan_lines(foreign_shop) == []
    can = "select has_schema_privilege({0}, 'motabot', 'usage'), has_table_privilege({0}, 'reporting.sales', 'select')"
    with foreign_shop.connect() as connection:
        names = [roles.role_name(connection, role) for role in roles.ROLES]
        found = [tuple(connection.exec_driver_sql(can.format(f"'{name}'")).one()) for name in names]
    assert found == [(False, False), (False, True)]
    run(foreign_shop, "grant select on public.customers to public; grant update on public.leads to public")
    problems = "\n".join(init.prepare(foreign_shop).problems)
    assert re.search(
        r"motabot_customer\w*, which must not, may write to public.customers, public.leads,", problems
    )
    assert re.search(
        r"motabot_analyst\w*, which must not, may write to public.leads, .*revoke all on all", problems
    )


def make_plan_lines(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return make_plan(connection).lines()


def test_a_restrictive_policy_is_named_because_no_other_policy_outweighs_it(foreign_shop: Engine) -> None:
    init.prepare(foreign_shop)
    run(
        foreign_shop,
        "create policy only_mission on public.transactions as restrictive using (shop_location = 'Mission')",
    )
    plan = init.prepare(foreign_shop)
    assert any("restrictive policy only_mission" in problem for problem in plan.problems)


def test_a_login_that_row_level_security_applies_to_is_told_what_its_owner_must_do(
    foreign_shop: Engine, shop_url: str
) -> None:
    init.prepare(foreign_shop)
    run(
        foreign_shop,
        "create role cashier login password 'cashier';"
        "grant usage on schema public, motabot to cashier; grant all on all tables in schema motabot to cashier;"
        "grant select, insert, update, delete on all tables in schema public to cashier",
    )
    cashier = make_engine(
        render_url(make_url(shop_url).set(username="cashier", password="cashier")), load_settings()
    )
    with pytest.raises(
        DatabaseNotReady, match=r'hides rows from the role cashier .* create policy "motabot_serves_cashier"'
    ):
        readiness.require_ready(cashier)
    assert {found.may_mend for found in hidden(cashier)} == {False}
    for found in hidden(cashier):
        run(foreign_shop, found.policy)
    readiness.require_ready(cashier)
    cashier.dispose()


def hidden(engine: Engine) -> list[policies.Hidden]:
    with engine.connect() as connection:
        return policies.hidden_rows(connection, {"cashier": policies.EVERYTHING})


def test_a_second_database_of_one_server_leaves_the_first_ones_logins_alone(
    foreign: ForeignServer, foreign_shop: Engine
) -> None:
    init.prepare(foreign_shop)
    second = foreign.shop()
    other = make_engine(second, load_settings())
    assert init.prepare(other).problems == []
    assert [roles.find_problem(foreign_shop, role) for role in roles.ROLES] == [None, None]
    assert init.prepare(other).lines() == []
    with foreign_shop.connect() as here, other.connect() as there:
        assert roles.role_name(here, roles.ANALYST) != roles.role_name(there, roles.ANALYST)
    other.dispose()
    foreign.server.drop(second)


def test_a_login_that_may_not_make_roles_is_told_what_to_ask_for(
    foreign: ForeignServer, foreign_shop: Engine, shop_url: str
) -> None:
    init.prepare(foreign_shop)
    with psycopg.connect(foreign.server.url, autocommit=True) as connection:
        connection.execute(f"alter role {LOGIN} nocreaterole")
        try:
            second = foreign.shop()
            other = make_engine(second, load_settings())
            problems = init.prepare(other).problems
            assert any("ask an administrator to run: create role" in problem for problem in problems)
            other.dispose()
            foreign.server.drop(second)
        finally:
            connection.execute(f"alter role {LOGIN} createrole")


def test_a_login_with_no_more_than_its_rights_works_after_one_round_of_what_it_was_told_to_ask_for(
    embedded_foreign: ForeignServer, tmp_path: Path
) -> None:
    url = make_url(embedded_foreign.shop())
    clerk = render_url(url.set(username="clerk_of_rights", password="c"))
    admin = psycopg.connect(render_url(make_url(embedded_foreign.server.url).set(database=url.database)))
    with admin:
        admin.execute("create role clerk_of_rights login password 'c'")
        admin.execute("grant select, insert, update, delete on all tables in schema public to clerk_of_rights")
        admin.execute(f"grant create on database {url.database} to clerk_of_rights".encode())
        admin.commit()
        with contextlib.closing(Service(settings_of(clerk, tmp_path))) as service:
            told = init.prepare(service.engine)
            assert len(told.problems) > 20
            for words in told.problems + told.notes:
                for statement in re.findall(r" run: (.*?)(?:;|$)", words):
                    admin.execute(statement.encode())
            admin.commit()
            assert init.prepare(service.engine).problems == []
            client = create_app(service).test_client()
            whsec = service.settings.webhook_secrets[0].get_secret_value()
            body = {"sender": "+14155550199", "text": "when do you open?", "message_id": "m-1"}
            assert post_text(client, whsec, body).status_code == 202
            assert service.turns.run("+14155550199") is not None
            assert service.sandbox.run("select count(*) from customers").rows[0][0] == 140
    embedded_foreign.server.drop(render_url(url))


def test_the_servers_log_never_holds_a_password(installed: ForeignServer) -> None:
    url = installed.shop()
    engine = make_engine(url, load_settings())
    init.prepare(engine)
    with engine.connect() as connection:
        passwords = (
            connection.exec_driver_sql("select value from motabot.meta where key like '%%_password'")
            .scalars()
            .all()
        )
    assert len(passwords) == 2
    assert installed.server.log is not None
    log = installed.server.log.read_text(encoding="utf-8")
    assert "SCRAM-SHA-256$4096:" in log
    statements = [line for line in log.splitlines() if " role " in line and "password" in line]
    assert statements
    assert not any(password in line for password in passwords for line in statements)
    engine.dispose()
    installed.server.drop(url)


@pytest.mark.parametrize("mode", ["session", "transaction"])
def test_pgbouncer_serves_web_and_roles_and_a_worker_where_it_can(
    installed: ForeignServer, mode: str, tmp_path: Path
) -> None:
    direct = installed.shop()
    with postgres.pgbouncer(installed.server.url, mode) as port:
        url = render_url(make_url(direct).set(port=port))
        settings = settings_of(url, tmp_path)
        with contextlib.closing(Service(settings)) as service:
            assert is_pooled(service.engine) is (mode == "transaction")
            assert init.prepare(service.engine).problems == []
            assert init.prepare(service.engine).lines() == []
            client = create_app(service).test_client()
            whsec = settings.webhook_secrets[0].get_secret_value()
            for number, words in enumerate(["do you have gelato?", "STOP"]):
                body = {"sender": f"+1415555019{number}", "text": words, "message_id": f"m-{number}"}
                assert post_text(client, whsec, body).status_code == 202
            assert service.sandbox.run("select count(*) from transactions").rows[0][0] > 400
            service.turns.run("+14155550190")
            with service.engine.connect() as connection:
                replies = connection.exec_driver_sql(
                    "select phone_number from public.messages where direction = 'outbound' and status = 'queued'"
                    " and id > (select value::bigint from motabot.meta where key = 'watermark') order by id"
                ).scalars()
                assert list(replies) == ["+14155550191", "+14155550190"]
            if mode == "session":
                create_worker(service)
            else:
                with pytest.raises(SettingsError, match="MOTABOT_WORKER_DATABASE_URL"):
                    create_worker(service)
        other = settings_of(url, tmp_path, worker_database_url=direct).for_worker()
        with contextlib.closing(Service(other)) as worker:
            create_worker(worker)
    installed.server.drop(direct)


def test_a_pooler_that_replaces_user_names_is_refused(installed: ForeignServer, tmp_path: Path) -> None:
    direct = installed.shop()
    with postgres.pgbouncer(installed.server.url, "session", user=postgres.ADMIN) as port:
        url = render_url(make_url(direct).set(port=port))
        with contextlib.closing(Service(settings_of(url, tmp_path))) as service:
            problems = init.prepare(service.engine).problems
            assert any("replaces user names" in problem for problem in problems)
            with pytest.raises(DatabaseNotReady, match="replaces user names"):
                _ = service.customer_engine
    installed.server.drop(direct)


def name_of(engine: Engine, role: str) -> str:
    with engine.connect() as connection:
        return roles.role_name(connection, role)


def test_logins_keep_the_ending_that_a_pooler_of_many_projects_wants(
    installed: ForeignServer, tmp_path: Path
) -> None:
    direct = make_url(installed.shop())
    assert direct.host is not None
    assert direct.port is not None
    with project_pooler(direct.host, direct.port, "qzkv.x") as port:
        url = render_url(direct.set(port=port, username=f"{LOGIN}.qzkv.x"))
        with contextlib.closing(Service(settings_of(url, tmp_path))) as service:
            assert init.prepare(service.engine).problems == []
            assert service.customer_engine.url.username == f"{name_of(service.engine, roles.CUSTOMER)}.qzkv.x"
            assert service.sandbox.run("select count(*) from customers").rows[0][0] == 140
    installed.server.drop(render_url(direct))
