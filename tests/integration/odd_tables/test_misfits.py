"""Indexes, lists and columns that do not fit, one by one."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.db import init
from motabot.db.plan import make_plan
from motabot.errors import DatabaseNotReady
from motabot.testing import post_text
from tests.integration.odd_tables.rules import ANA, run


def test_an_index_that_lets_one_moment_or_one_place_in_the_modem_have_one_text_loses_none(
    engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    run(
        engine,
        "create unique index moment_uq on public.messages (phone_number, date_trunc('second', timestamp, 'UTC'));"
        "create unique index slot_uq on public.messages (modem_index)",
    )
    for number in range(3):
        body = {"sender": ANA, "text": f"text {number}", "message_id": f"id-{number}", "modem_index": "3"}
        body["received_at"] = "2026-03-20T19:00:00+00:00"
        answer = post_text(client, webhook_secret, body)
        assert answer.status_code == 202, answer.get_data(as_text=True)
    assert post_text(client, webhook_secret, body).status_code == 200  # the last one again
    with engine.connect() as connection:
        words = connection.exec_driver_sql("select content from public.messages order by id").scalars().all()
    assert words == ["text 0", "text 1", "text 2"]


def test_lists_of_words_are_read_however_a_shop_keeps_them(engine: Engine) -> None:
    with engine.connect() as connection:
        read = connection.exec_driver_sql(
            'select motabot.words(\'["Sleepy", null, " ", {"a": 1}, "Very Relaxed"]\'::jsonb),'
            " motabot.words('Sleepy, Very Relaxed;'), motabot.words('[\"Sleepy\"]'), motabot.words('\"Sleepy\"'::json),"
            " motabot.words('{}'::jsonb), motabot.words(null::text)"
        ).one()
    both = ["Sleepy", "Very Relaxed"]
    assert list(read) == [both, both, ["Sleepy"], ["Sleepy"], None, None]


def test_a_hash_that_must_be_unique_stops_no_text_that_is_sent_twice(
    foreign_shop: Engine, shop_url: str, tmp_path: Path
) -> None:
    from tests.support.servers import settings_of

    init.prepare(foreign_shop)
    settings = settings_of(shop_url, tmp_path)
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        whsec = settings.webhook_secrets[0].get_secret_value()
        for number in range(3):
            answer = post_text(client, whsec, {"sender": ANA, "text": "ok", "message_id": f"id-{number}"})
            assert answer.status_code == 202, answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "alter table public.customers drop column phone",
            r"public\.customers\.phone is missing: .* add column phone text",
        ),
        (
            "alter table public.customers alter loyalty_points type text",
            r"loyalty_points is of type text: .* a number",
        ),
        (
            'alter table public.messages alter "timestamp" type text',
            r"messages\.timestamp is of type text: .* a date",
        ),
        (
            "alter table public.products alter effects type int using null",
            r"products\.effects is of type integer: .* array",
        ),
        (
            "alter table public.messages alter id drop identity;"
            "alter table public.messages alter id type uuid using gen_random_uuid()",
            r"messages\.id is of type uuid: MotaBot needs an integer",
        ),
        (
            "alter table public.staff rename to team; create view public.staff as select * from public.team",
            "staff is a view",
        ),
        (
            "create schema crm; alter table public.leads set schema crm",
            r"public\.leads is missing, and crm\.leads looks like it: .* alter table crm\.leads set schema public",
        ),
        (
            'alter table public.leads rename to "Leads"',
            r'leads is missing, and public\."Leads" looks like it: .* alter table public\."Leads" rename to leads',
        ),
        (
            'alter table public.customers rename member_id to "memberId"',
            r'customers\.member_id is missing, and .*"memberId" looks like it: .* rename column "memberId" to member_id',
        ),
    ],
)
def test_tables_that_do_not_fit_are_named_and_nothing_is_changed(bare: Engine, change: str, said: str) -> None:
    run(bare, change)
    with pytest.raises(DatabaseNotReady, match=said):
        init.prepare(bare)
    with bare.connect() as connection:
        assert connection.exec_driver_sql("select to_regnamespace('motabot') is null").scalar_one()
        assert any(re.search(said, problem) for problem in make_plan(connection).problems)


def test_the_cure_of_a_column_of_another_kind_runs_and_keeps_its_default(bare: Engine) -> None:
    run(
        bare,
        "alter table public.products alter is_active type smallint using is_active::int,"
        " alter is_active set default 1, alter is_active set not null;"
        "alter table public.customers alter loyalty_points type text, alter loyalty_points set default '0.00';"
        "alter table public.customers alter created_at type text, alter created_at set default '2026-01-01'",
    )
    with bare.connect() as connection:
        cures = [problem.partition(" run: ")[2] for problem in make_plan(connection).misfits]
    assert len(cures) == 3
    for cure in cures:
        run(bare, cure)
    run(
        bare,
        "insert into public.products (product_id) values ('new'); insert into public.customers (member_id) values ('new')",
    )
    assert init.prepare(bare).problems == []
    with bare.connect() as connection:
        found = connection.exec_driver_sql(
            "select (select is_active from public.products where product_id = 'new'),"
            " (select loyalty_points from public.customers where member_id = 'new')"
        ).one()
    assert (found[0], float(found[1])) == (True, 0.0)
