"""Webhook throughput of `motabot serve`, against a small Flask app under gunicorn that inserts one row."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psutil
import psycopg

from benchmarks.load import drive, http
from motabot import secret, testing

CLIENTS = 8
GUNICORN = ["-w", "2", "-k", "gthread", "--threads", "8", "--keep-alive", "15", "--log-level", "warning"]
#: A thousand different texts: whatever is remembered of one text must not make the next one cheaper.
TEXTS = [
    f"{hello}do you have {what} {when}?"
    for hello, what, when in itertools.product(
        ["", "hey ", "hi, ", "good evening, ", "Hello! ", "yo ", "quick question: ", "ok ", "so ", "Hi again, "],
        ["anything new", "gelato", "any edibles", "pre-rolls", "Blue Dream", "a sativa", "vapes", "something mellow",
         "gummies under $20", "the house eighths"],
        ["for the evening", "in stock", "today", "for sleep", "at your other store", "on sale", "for a beginner",
         "this weekend", "for my back", "by Emerald"],
    )
]  # fmt: skip


@dataclass
class Server:
    """A server that is measured, and what each round of it came to."""

    port: int
    process: psutil.Process
    per_second: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    web_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)

    def drive(self, batches: list[list[bytes]], database: psutil.Process) -> None:
        """Send all requests, and note the rate and the processor time of a text, here and in the database."""
        web, rows = _seconds(self.process), _seconds(database)
        found = drive("127.0.0.1", self.port, batches)
        texts = sum(map(len, batches))
        self.per_second.append(found["per_second"])
        self.p99_ms.append(found["p99_ms"])
        self.web_ms.append(1_000 * (_seconds(self.process) - web) / texts)
        self.database_ms.append(1_000 * (_seconds(database) - rows) / texts)

    def cpu_ms(self) -> list[float]:
        """Processor time of a text in each round, here and in the database together."""
        return [web + database for web, database in zip(self.web_ms, self.database_ms, strict=True)]


def _seconds(process: psutil.Process) -> float:
    """The processor time that a process and those below it have taken."""
    return sum(sum(each.cpu_times()[:2]) for each in [process, *process.children(recursive=True)])


@contextlib.contextmanager
def running(arguments: list[str], port: int, environment: dict[str, str]) -> Iterator[psutil.Process]:
    """A server, as ``python -m`` starts it, for the length of a block."""
    process = subprocess.Popen([sys.executable, "-m", *arguments], env={**os.environ, **environment})
    try:
        testing.wait_until(lambda: _answers(port), 120)
        yield psutil.Process(process.pid)
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
            place = (client * each + number) % 1000
            body = json.dumps(
                {"sender": f"+1999{place:07d}", "text": TEXTS[place], "message_id": f"{run}-{client}-{number}"}
            ).encode()
            batch.append(http("/sms/inbound", body, testing.signed_headers(webhook_secret, body)))
        batches.append(batch)
    return batches


def measure(each: int = 200, repeats: int = 12) -> dict[str, float | str]:
    """Take turns between the servers, each round in another order, so that a noisy moment hits all.

    A ratio is taken within each round. The median of the rounds counts, and their middle half says how far to trust it.
    """
    webhook_secret = secret.new_webhook_secret()
    with testing.server() as server, tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as opened:
        url, floor_url = server.clone(), server.empty()
        with psycopg.connect(floor_url) as connection:
            database = psutil.Process(connection.info.backend_pid).parent()
            assert database is not None
            connection.execute("create table floor (id bigserial primary key, sender text, words text)")
            connection.commit()
        ours = {
            "MOTABOT_DATABASE_URL": url,
            "MOTABOT_DATA_DIR": home,
            "MOTABOT_WEBHOOK_SECRETS": webhook_secret,
            "MOTABOT_SETTLE_SECONDS": "0",
            "MOTABOT_REQUESTS_PER_MINUTE": "10000000",
            "MOTABOT_PORT": "18471",
        }
        floor = {"FLOOR_DATABASE_URL": floor_url}
        servers = [
            Server(port, opened.enter_context(running(arguments, port, environment)))
            for port, arguments, environment in (
                (18471, ["motabot", "serve"], ours),
                (18472, _gunicorn(18472), floor),
                (18473, _gunicorn(18473), {**floor, "FLOOR_SECRET": webhook_secret}),
            )
        ]
        for repeat in range(repeats + 1):
            batches = _requests(webhook_secret, CLIENTS, each, f"r{repeat}")
            turn = repeat % len(servers)
            for each_server in [*servers[turn:], *servers[:turn]]:
                each_server.drive(batches, database)
            time.sleep(0.2)
    mine, bare, signed = servers
    return {
        **_ratios("ratio", mine.per_second, bare.per_second),
        **_ratios("cpu_ratio", bare.cpu_ms(), mine.cpu_ms()),
        **_ratios("p99_ratio", mine.p99_ms, bare.p99_ms),
        **_ratios("ratio_to_floor_that_verifies", mine.per_second, signed.per_second),
        "requests_per_second": round(statistics.median(mine.per_second[1:])),
        **{
            f"{where}_cpu_ms_{name}": round(statistics.median(getattr(each, f"{where}_ms")[1:]), 2)
            for where in ("web", "database")
            for name, each in (("ours", mine), ("floor", bare), ("floor_that_verifies", signed))
        },
    }


def _gunicorn(port: int) -> list[str]:
    return ["gunicorn", *GUNICORN, "-b", f"127.0.0.1:{port}", "benchmarks.floor_app:app"]


def _ratios(name: str, ours: list[float], theirs: list[float]) -> dict[str, float | str]:
    """The median of the rounds' ratios, and the middle half of them; the first round warms all up."""
    low, middle, high = statistics.quantiles(
        [mine / floor for mine, floor in list(zip(ours, theirs, strict=True))[1:]]
    )
    return {name: round(middle, 3), f"{name}_middle_half": f"{low:.2f} to {high:.2f}"}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
