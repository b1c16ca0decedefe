"""Timestamps without a zone mean times of the zone that the shop's database is set to."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.db import init, reporting
from motabot.db.engine import make_engine
from motabot.db.plan import make_plan
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.testing import post_text
from tests.integration.test_refused_writes import VIEWS_AWAY, run

ANA = "+14155550101"
NAIVE = (
    'alter table public.messages alter "timestamp" type timestamp, alter modem_timestamp type timestamp,'
    " alter updated_at type timestamp; alter table public.transactions alter date type timestamp;"
    " alter table public.leads alter updated_at type timestamp, alter created_at type timestamp"
)


@pytest.fixture
def tokyo(database_url: str, settings: Settings, engine: Engine) -> Iterator[Engine]:
    """A shop whose database says Tokyo, and whose tables leave the zone out."""
    run(engine, VIEWS_AWAY + NAIVE)
    run(
        engine,
        "do $$ begin execute format('alter database %I set timezone = ''Asia/Tokyo''', current_database()); end $$",
    )
    engine.dispose()
    fresh = make_engine(database_url, settings)
    assert init.prepare(fresh).problems == []
    yield fresh
    fresh.dispose()


def test_a_shops_own_times_are_read_and_written_as_it_means_them(tokyo: Engine, settings: Settings) -> None:
    run(
        tokyo,
        # as its own programs do: Tokyo's time, nine hours ahead of UTC
        "set local timezone = 'Asia/Tokyo';"
        "insert into public.customers (member_id, name, phone) values ('M1', 'Ana', '+14155550101');"
        "insert into public.transactions (transaction_id, customer_id, date, total_amount) values"
        " ('T1', 'M1', timestamp '2026-03-02 01:30', 40);"
        "insert into public.messages (phone_number, content, timestamp, status, direction)"
        " values ('+14155550102', 'how many points do I have?', localtimestamp, 'unread', 'inbound')",
    )
    whsec = settings.webhook_secrets[0].get_secret_value()
    with contextlib.closing(Service(settings)) as service:
        reporting.remember_settings(service.engine, settings)
        client = create_app(service).test_client()
        body = {"sender": ANA, "text": "what did I buy last time?", "message_id": "m1"}
        assert post_text(client, whsec, body).status_code == 202
        service.turns.run(ANA)
        sweep(service.engine, service.inbox, service.jobs, region="US")
        service.turns.run("+14155550102")
        with service.engine.connect() as connection:
            notes = make_plan(connection).notes
            stamps = connection.exec_driver_sql('select "timestamp" from public.messages').scalars().all()
            said = connection.exec_driver_sql("select content from public.messages where direction = 'outbound'")
            replies = list(said.scalars())
            sold = connection.exec_driver_sql("select day::text from reporting.sales").scalar_one()
            connection.exec_driver_sql("set local timezone = 'UTC'")
            sold_at = connection.exec_driver_sql("select sold_at from reporting.sales").scalar_one()
    assert any(
        "messages.timestamp has no time zone: MotaBot takes it for a time of Asia/Tokyo" in note for note in notes
    )
    assert len(replies) == 2  # a text of nine hours ago, or ahead, would have gone to staff
    assert all(abs(stamp - datetime.now(UTC)) < timedelta(minutes=5) for stamp in stamps)
    assert sold_at == datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert sold == "2026-03-01"  # 08:30 in the shop's Los Angeles
    assert "March 1" in replies[0]
