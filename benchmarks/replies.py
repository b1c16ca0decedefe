"""Replies a second of one worker, and how long a reply takes with many conversations at once."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection as Pipe
from typing import Any

import openai
import psycopg

from motabot import secret, testing
from motabot.app import Service, create_app
from motabot.settings import load_settings
from motabot.testing import ModelServer, Reply, completion, post_text

TEXTS, THREADS = 400, 32
IN_FLIGHT, MODEL_SECONDS, STEADY_SECONDS = 64, 2.0, 20.0


def _serve(pipe: Pipe, seconds: float, *, with_tool: bool) -> None:
    def answer(body: dict[str, Any], _number: int) -> Reply:
        asks = with_tool and body["messages"][-1]["role"] != "tool"
        made = (
            completion(None, ("show_shop_info", {"topic": "hours"}))
            if asks
            else completion("We are here every day.")
        )
        return Reply(made, seconds=seconds)

    with ModelServer(answer) as model:
        pipe.send(model.url)
        pipe.recv()
        pipe.send(model.requests[-2:])


@contextlib.contextmanager
def model_process(seconds: float, *, with_tool: bool) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A model server in a separate process; its last two requests are in the list when the block is over."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs, seconds), kwargs={"with_tool": with_tool}
    )
    process.start()
    requests: list[dict[str, Any]] = []
    try:
        yield ours.recv(), requests
    finally:
        ours.send("stop")
        requests.extend(ours.recv())
        process.join(20)


@contextlib.contextmanager
def shop() -> Iterator[tuple[str, dict[str, str]]]:
    with testing.server() as server, tempfile.TemporaryDirectory() as home:
        url = server.clone()
        yield (
            url,
            {
                "MOTABOT_DATABASE_URL": url,
                "MOTABOT_DATA_DIR": home,
                "MOTABOT_WEBHOOK_SECRETS": secret.new_webhook_secret(),
                "MOTABOT_SETTLE_SECONDS": "0",
                "MOTABOT_MODEL": "openai",
                "MOTABOT_LOG_LEVEL": "ERROR",
            },
        )


@contextlib.contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "motabot", "worker"], env={**os.environ, **environment})
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _ask(url: str, query: str) -> Any:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def _post(environment: dict[str, str], phones: Iterator[int], pause: float = 0.0) -> None:
    settings = load_settings(
        database_url=environment["MOTABOT_DATABASE_URL"],
        data_dir=environment["MOTABOT_DATA_DIR"],
        webhook_secrets=(environment["MOTABOT_WEBHOOK_SECRETS"],),
        settle_seconds=0.0,
        requests_per_minute=1_000_000,
    )
    service = Service(settings)
    client = create_app(service).test_client()
    began = time.perf_counter()
    for number, phone in enumerate(phones):
        time.sleep(max(0.0, began + number * pause - time.perf_counter()))
        text = {"sender": f"+1999555{phone:04d}", "text": "when do you open?"}
        post_text(client, environment["MOTABOT_WEBHOOK_SECRETS"], text)
    service.close()


_ANSWERED = "select count(*) from public.messages where direction = 'outbound'"


def _replies_per_second() -> tuple[float, list[dict[str, Any]]]:
    with shop() as (url, environment), model_process(0.0, with_tool=True) as (model_url, requests):
        environment["MOTABOT_MODEL_URL"] = model_url
        _post(environment, iter(range(TEXTS)))
        with worker({**environment, "MOTABOT_WORKER_CONCURRENCY": str(THREADS)}):
            testing.wait_until(lambda: _ask(url, _ANSWERED)[0][0] == TEXTS, 120)
        ((first, last),) = _ask(
            url,
            "select extract(epoch from min(finished_at)), extract(epoch from max(finished_at)) from motabot.turns",
        )
    return (TEXTS - 1) / float(last - first), requests


def _floor_per_second(bodies: list[dict[str, Any]]) -> float:
    """One process that makes the same calls with as many threads, and nothing else."""
    with model_process(0.0, with_tool=True) as (url, _requests):
        client = openai.OpenAI(api_key="none", base_url=url, max_retries=0)
        ends: list[float] = []

        def reply(_number: int) -> None:
            for body in bodies:
                client.chat.completions.create(**body)
            ends.append(time.perf_counter())

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(reply, range(TEXTS)))
        client.close()
    return (TEXTS - 1) / (max(ends) - min(ends))


def _latencies() -> list[float]:
    with shop() as (url, environment), model_process(MODEL_SECONDS, with_tool=False) as (model_url, _requests):
        environment["MOTABOT_MODEL_URL"] = model_url
        with worker({**environment, "MOTABOT_WORKER_CONCURRENCY": str(2 * IN_FLIGHT)}):
            _post(environment, iter([9_999]))
            testing.wait_until(lambda: _ask(url, _ANSWERED)[0][0] == 1, 60)  # it is awake
            pause = MODEL_SECONDS / IN_FLIGHT
            texts = int(STEADY_SECONDS / pause)
            _post(environment, iter(range(texts)), pause)
            testing.wait_until(lambda: _ask(url, _ANSWERED)[0][0] == texts + 1, 60)
        rows = _ask(
            url,
            "select extract(epoch from t.finished_at - r.received_at) from motabot.turns t"
            " join motabot.answered a on a.turn_id = t.id join motabot.receipts r on r.message_id = a.message_id"
            " order by t.id offset 1",
        )
    return sorted(float(row[0]) for row in rows)


def measure(repeats: int = 3) -> dict[str, float]:
    """Worker and floor by turns; the median of the ratios counts."""
    ratios, ours = [], []
    for _repeat in range(repeats):
        rate, bodies = _replies_per_second()
        floor = _floor_per_second([json.loads(json.dumps(body)) for body in bodies])
        ratios.append(rate / floor)
        ours.append(rate)
    latencies = _latencies()
    p95 = latencies[int(len(latencies) * 0.95)]
    return {
        "ratio": statistics.median(ratios),
        "replies_per_second": statistics.median(ours),
        "in_flight_p50_of_model": statistics.median(latencies) / MODEL_SECONDS,
        "in_flight_p95_of_model": p95 / MODEL_SECONDS,
    }
