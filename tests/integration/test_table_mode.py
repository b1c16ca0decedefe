"""An SMS layer that writes rows to `messages` itself, with a worker on the product's default settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from motabot.settings import Settings
from motabot.testing import wait_until
from tests.support.processes import Workers, environment_of
from tests.support.technician import SOON

PHONE = "+14155550101"


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


def write_row(engine: Engine, content: str) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.messages (phone_number, content, timestamp, direction, status)"
                " values (:phone, :content, now(), 'inbound', 'unread')"
            ),
            {"phone": PHONE, "content": content},
        )


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
def test_stop_and_a_question_in_the_table_take_effect_at_once(engine: Engine) -> None:
    write_row(engine, "when do you open?")
    wait_until(lambda: ask(engine, "select count(*) from public.messages where direction = 'outbound'"), SOON)
    write_row(engine, "STOP")
    wait_until(lambda: ask(engine, "select consent from motabot.phones") == "out", SOON)
