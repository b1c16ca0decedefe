"""What a turn costs beyond the model: an instant scripted model over HTTP, two tool calls, a full-size shop."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import text

from motabot import logs, testing
from motabot.app import Service
from motabot.demo.seed import seed
from motabot.settings import load_settings

CALLS = [
    ("show_my_profile", {}),
    (
        "search_products",
        {
            "query": "gelato",
            "category": "Flower",
            "effect": None,
            "flavor": None,
            "strain": None,
            "brand": None,
            "flower_type": None,
            "max_price": 60,
            "min_price": None,
            "min_thc": None,
            "max_thc": None,
            "sort": None,
            "limit": 3,
        },
    ),
]


def answer(body: dict[str, Any], _number: int) -> dict[str, Any]:
    step = sum(message["role"] == "tool" for message in body["messages"])
    return (
        testing.completion(None, CALLS[step])
        if step < len(CALLS)
        else testing.completion("Yes, come by any time.")
    )


def _serve(pipe: Connection) -> None:
    with testing.ModelServer(answer) as server:
        pipe.send(server.url)
        pipe.recv()


@contextlib.contextmanager
def model_process() -> Iterator[str]:
    """The model in a separate process, so that its work is not counted as ours."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    process.start()
    yield here.recv()
    here.send(None)
    process.join(10)


def _regulars(service: Service, most: int) -> list[str]:
    """Phones of one customer each who came more than five times."""
    with service.engine.connect() as connection:
        found = connection.execute(
            text(
                "select min(phone) from public.customers where phone is not null and total_visits > 5"
                " group by phone having count(*) = 1 order by md5(phone) limit :n"
            ),
            {"n": most},
        )
        return list(found.scalars())


def measure(scale: float = 1.0, turns: int = 200) -> dict[str, float]:
    """Milliseconds of a turn from its first query to its commit.

    `beyond_model_ms` leaves out the time inside the requests to the model, `whole_ms` does not.
    """
    with testing.server() as server, model_process() as model_url, tempfile.TemporaryDirectory() as home:
        settings = load_settings(
            database_url=server.clone(),
            data_dir=Path(home),
            model="openai",
            model_url=model_url,
            settle_seconds=0.0,
            log_level="WARNING",
        )
        logs.configure(level=settings.log_level)
        service = Service(settings)
        seed(service.engine, scale=scale, timezone=settings.zone)
        phones = _regulars(service, turns + 20)
        whole: list[float] = []
        beyond: list[float] = []
        for index, phone in enumerate(phones):
            with service.engine.begin() as connection:
                connection.execute(
                    text(
                        'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                        " values (:phone, 'got any gelato under 60?', now(), 'unread', 'inbound')"
                    ),
                    {"phone": phone},
                )
            started = time.perf_counter()
            turn_id = service.turns.run(phone)
            elapsed = (time.perf_counter() - started) * 1000
            assert turn_id is not None
            with service.engine.connect() as connection:
                row = connection.execute(
                    text(
                        "select t.model, t.model_ms, (select bool_and(c.ok) and count(*) filter (where step > 0) = 2 from motabot.tool_calls c"
                        " where c.turn_id = t.id) as ok from motabot.turns t where t.id = :id"
                    ),
                    {"id": turn_id},
                ).one()
            assert row.ok, "both tools must have been called and have answered"
            assert row.model != "offline", "the scripted model must have answered"
            if index >= 20:  # the first ones warm caches and prepared statements
                whole.append(elapsed)
                beyond.append(elapsed - row.model_ms)
        service.close()
    return {
        "scale": scale,
        "p50_beyond_model_ms": round(statistics.median(beyond), 1),
        "p95_beyond_model_ms": round(sorted(beyond)[int(len(beyond) * 0.95)], 1),
        "p50_whole_ms": round(statistics.median(whole), 1),
    }


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0), indent=2))
