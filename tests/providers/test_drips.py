"""A limit is a limit: no server holds a request, a turn or a worker for longer, whatever it sends."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from motabot.agent.models.base import Message, ModelRequest
from motabot.agent.models.openai import OpenAIModel
from motabot.app import Service
from motabot.errors import ModelError
from motabot.settings import Settings
from motabot.testing import wait_until
from tests.providers.drips import DRIPS, Drip, DripServer, comments
from tests.providers.imitation import TEXT, chunk, stream
from tests.support.processes import Workers

LIMIT = 0.4
#: What a request may take beyond its limit.
GRACE = 1.0


def _request(*, streams: bool) -> ModelRequest:
    return ModelRequest(
        (Message("user", "x" * 300_000),), (), timeout=LIMIT, on_text=(lambda _words: None) if streams else None
    )


@pytest.mark.parametrize("streams", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("drip", DRIPS, ids=lambda drip: (drip.__doc__ or "").strip("."))
def test_a_request_ends_with_its_limit_whatever_drips(drip: Drip, streams: bool) -> None:
    with DripServer(drip) as server:
        model = OpenAIModel("dripping", api_key="k", base_url=server.url)
        started = time.monotonic()
        with pytest.raises(ModelError):
            model.answer(_request(streams=streams))
        assert time.monotonic() - started < LIMIT + GRACE


def test_a_stream_that_is_whole_but_never_closes_is_an_answer_at_once() -> None:
    def whole(connection: object) -> None:
        body = stream([chunk({"content": TEXT}), chunk({}, "stop")], done=False).body
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + body)  # type: ignore[attr-defined]
        while True:
            connection.sendall(b": ping\n\n")  # type: ignore[attr-defined]
            time.sleep(0.05)

    with DripServer(whole) as server:
        model = OpenAIModel("dripping", api_key="k", base_url=server.url)
        request = ModelRequest((Message("user", "hi"),), (), timeout=30.0, on_text=lambda _words: None)
        started = time.monotonic()
        assert model.answer(request).text == TEXT
        assert time.monotonic() - started < 5


@pytest.fixture
def dripping(settings: Settings) -> Iterator[Service]:
    with DripServer(comments) as server:
        service = Service(
            settings.model_copy(
                update={
                    "model": "openai",
                    "model_url": server.url,
                    "model_timeout": LIMIT,
                    "turn_seconds": LIMIT * 2,
                }
            )
        )
        yield service
        service.close()


def _insert(engine: Engine, number: int) -> str:
    phone = f"+1415555{number:04d}"
    with engine.begin() as connection:
        connection.execute(
            text(
                'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                " values (:phone, 'when do you open?', now(), 'unread', 'inbound')"
            ),
            {"phone": phone},
        )
    return phone


def test_a_ninth_customer_does_not_wait_behind_eight(dripping: Service) -> None:
    phones = [_insert(dripping.engine, number) for number in range(12)]
    dripping.turns.run(phones[0])  # what is read once is read
    seconds: list[float] = []

    def answer(phone: str) -> None:
        started = time.monotonic()
        dripping.turns.run(phone)
        seconds.append(time.monotonic() - started)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(answer, phones[1:]))
    assert max(seconds) < LIMIT * 2 + GRACE + 1.0  # a second for eleven turns' own work on a busy machine


def test_a_worker_ends_within_the_turns_limit(settings: Settings, engine: Engine) -> None:
    seen = threading.Event()

    def drip(connection: object) -> None:
        seen.set()
        comments(connection)  # type: ignore[arg-type]

    with DripServer(drip) as server:
        limits = {"MOTABOT_TURN_SECONDS": "2", "MOTABOT_MODEL_TIMEOUT": "1.5"}
        workers = Workers(settings, model_url=server.url, environment=limits)
        try:
            worker = workers.start()
            for number in range(10):
                _insert(engine, number)
            assert wait_until(seen.is_set, 30)
            started = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            worker.wait(30)
            assert time.monotonic() - started < 2.0 + 3.0
        finally:
            workers.stop()
