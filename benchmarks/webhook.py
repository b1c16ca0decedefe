"""Webhook throughput of `motabot serve`, against a 15-line Flask app under gunicorn that inserts one row."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import psycopg

from benchmarks.load import drive, http
from motabot import secret, testing

CLIENTS = 8
GUNICORN = ["-w", "2", "-k", "gthread", "--threads", "8", "--keep-alive", "15", "--log-level", "warning"]


@contextlib.contextmanager
def running(arguments: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    """A server, as ``python -m`` starts it, for the length of a block."""
    process = subprocess.Popen([sys.executable, "-m", *arguments], env={**os.environ, **environment})
    try:
        testing.wait_until(lambda: _answers(port), 30)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        return True
    return False


def _requests(webhook_secret: str, rounds: int, each: int, run: str) -> list[list[bytes]]:
    """Different texts from a thousand phones, signed beforehand."""
    batches = []
    for client in range(rounds):
        batch = []
        for number in range(each):
            body = json.dumps(
                {
                    "sender": f"+1999{(client * each + number) % 1000:07d}",
                    "text": "do you have anything new for the evening?",
                    "message_id": f"{run}-{client}-{number}",
                }
            ).encode()
            batch.append(http("/sms/inbound", body, testing.signed_headers(webhook_secret, body)))
        batches.append(batch)
    return batches


def measure(each: int = 200, repeats: int = 11) -> dict[str, float]:
    """Alternate between both servers, so that a noisy moment hits both; the median of the ratios counts."""
    webhook_secret = secret.new_webhook_secret()
    with testing.server() as server, tempfile.TemporaryDirectory() as home:
        url, floor_url = server.clone(), server.empty()
        with psycopg.connect(floor_url) as connection:
            connection.execute("create table floor (id bigserial primary key, sender text, words text)")
            connection.commit()
        ours = {
            "MOTABOT_DATABASE_URL": url,
            "MOTABOT_DATA_DIR": home,
            "MOTABOT_WEBHOOK_SECRETS": webhook_secret,
            "MOTABOT_SETTLE_SECONDS": "0",
            "MOTABOT_REQUESTS_PER_MINUTE": "10000000",
        }
        with (
            running(["motabot", "serve"], 18471, {**ours, "MOTABOT_PORT": "18471"}),
            running(
                ["gunicorn", *GUNICORN, "-b", "127.0.0.1:18472", "benchmarks.floor_app:app"],
                18472,
                {"FLOOR_DATABASE_URL": floor_url},
            ),
        ):
            rates, tails, ours_rates = [], [], []
            for repeat in range(repeats + 1):
                batches = _requests(webhook_secret, CLIENTS, each, f"r{repeat}")
                floor = drive("127.0.0.1", 18472, batches)
                mine = drive("127.0.0.1", 18471, batches)
                if repeat:  # the first round warms both up
                    rates.append(mine["per_second"] / floor["per_second"])
                    tails.append(mine["p99_ms"] / floor["p99_ms"])
                    ours_rates.append(mine["per_second"])
                time.sleep(0.2)
    return {
        "ratio": round(statistics.median(rates), 3),
        "p99_ratio": round(statistics.median(tails), 2),
        "requests_per_second": round(statistics.median(ours_rates)),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
