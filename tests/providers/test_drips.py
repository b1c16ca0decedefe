"""A limit is a limit: no server holds a request, a turn or a worker for longer, whatever it sends."""

from __future__ import annotations

import contextlib
import itertools
import signal
import threading
import time
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
#: What a request may take beyond its limit on a busy machine. No server here ever ends one.
GRACE = 15.0


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
        request = ModelRequest((Message("user", "hi"),), (), timeout=120.0, on_text=lambda _words: None)
        started = time.monotonic()
        assert model.answer(request).text == TEXT
        assert time.monotonic() - started < GRACE


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


def test_a_ninth_customer_does_not_wait_behind_eight(settings: Settings) -> None:
    asked, all_ask = itertools.count(1), threading.Event()

    def hold(_connection: object) -> None:
        if next(asked) == 12:
            all_ask.set()
        all_ask.wait(60)

    with DripServer(hold) as server:
        patient = {
            "model": "openai",
            "model_url": server.url,
            "model_retries": 0,
            "turn_seconds": 90.0,
            "model_timeout": 60.0,
        }
        with contextlib.closing(Service(settings.model_copy(update=patient))) as service:
            phones = [_insert(service.engine, number) for number in range(12)]
            with ThreadPoolExecutor(12) as pool:
                list(pool.map(service.turns.run, phones))
    assert all_ask.is_set()  # all twelve were asked at the same time


def test_a_worker_ends_within_the_turns_limit(settings: Settings, engine: Engine) -> None:
    seen = threading.Event()

    def drip(connection: object) -> None:
        seen.set()
        comments(connection)  # type: ignore[arg-type]

    with DripServer(drip) as server:
        limits = {"MOTABOT_TURN_SECONDS": "10", "MOTABOT_MODEL_TIMEOUT": "9"}  # a first turn also reads patterns
        workers = Workers(settings, model_url=server.url, environment=limits)
        try:
            worker = workers.start()
            for number in range(10):
                _insert(engine, number)
            assert wait_until(seen.is_set, 60)
            worker.send_signal(signal.SIGTERM)
            worker.wait(60)  # the server never ends an answer
        finally:
            workers.stop()
