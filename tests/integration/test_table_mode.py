"""An SMS layer that writes rows to `messages` itself, with a worker on the product's default settings."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from motabot.settings import Settings
from motabot.testing import wait_until
from tests.support.processes import Workers, environment_of
from tests.support.technician import SOON


@pytest.fixture
def worker(settings: Settings, engine: Engine) -> Iterator[None]:
    workers = Workers(settings, environment=environment_of(settings))
    workers.start()
    try:
        wait_until(lambda: ask(engine, "select count(*) from motabot.procrastinate_workers"), 60)
        yield
    finally:
        workers.stop()


def ask(engine: Engine, query: str) -> object:
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar()


def write_row(engine: Engine, phone: str, content: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.messages (phone_number, content, timestamp, direction, status)"
                " values (:phone, :content, now(), 'inbound', 'unread')"
            ),
            {"phone": phone, "content": content},
        )


def taken(engine: Engine, phone: str, words: str, query: str) -> float:
    """Seconds from a row in the table to what it leads to."""
    began = time.monotonic()
    write_row(engine, phone, words)
    wait_until(lambda: ask(engine, query.format(phone=phone)), SOON)
    return time.monotonic() - began


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
def test_stop_and_a_question_in_the_table_take_effect_within_ten_seconds(engine: Engine) -> None:
    replied = "select count(*) from public.messages where direction = 'outbound' and phone_number = '{phone}'"
    opted_out = "select count(*) from motabot.phones where phone = '{phone}' and consent = 'out'"
    times = []
    for number in range(3):  # the first also waits for what a process loads once
        phone = f"+1415555010{number}"
        times.append(taken(engine, phone, "when do you open?", replied))
        times.append(taken(engine, phone, "STOP", opted_out))
    assert sorted(times)[-2] < 10, times  # one may meet a moment in which other tests take the machine
