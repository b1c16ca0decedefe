"""No client, however slow or many, keeps the service from answering others."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import Engine

from benchmarks.load import http
from motabot import testing
from motabot.errors import TooManyQuestions
from motabot.settings import Settings
from motabot.staff import accounts
from motabot.web.throttle import InFlight
from tests.support.processes import environment_of, free_port
from tests.support.slow_clients import measure

SECONDS = float(os.environ.get("SLOW_CLIENT_SECONDS", "8"))


@pytest.fixture
def served(settings: Settings) -> Iterator[tuple[int, int]]:
    """A running `motabot serve`: its port and its process."""
    port = free_port()
    environment = environment_of(settings, MOTABOT_PORT=str(port), MOTABOT_STAFF_QUERY_SECONDS="1")
    process = subprocess.Popen([sys.executable, "-m", "motabot", "serve"], env=environment)
    try:
        testing.wait_until(lambda: answers(port), 60)
        yield port, process.pid
    finally:
        process.terminate()
        assert process.wait(30) == 0


def answers(port: int) -> bool:
    with (
        contextlib.suppress(OSError),
        contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection,
    ):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def held(pid: int) -> int:
    """Bytes that a process's children hold together."""
    total = 0
    for child in children(pid):
        status = Path(f"/proc/{child}/status").read_text(encoding="ascii")
        total += int(status.split("VmRSS:")[1].split()[0]) * 1024
    return total


def signed(webhook_secret: str, number: int) -> bytes:
    body = json.dumps({"sender": f"+1999{number:07d}", "text": "hi there", "message_id": f"m-{number}"}).encode()
    headers = {**testing.signed_headers(webhook_secret, body), "connection": "close"}
    return http("/sms/inbound", body, headers)


HEALTH = b"GET /healthz HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n"


def ninety_ninth(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.99)]


@pytest.mark.slow
def test_two_hundred_slow_clients_delay_nobody(served: tuple[int, int], webhook_secret: str) -> None:
    port, pid = served
    before = held(pid)
    # other tests share the machine: what slow clients cause shows in every round, what they do in one or two
    rounds = (_delayed_by_slow_clients(port, webhook_secret, 10_000_000 * number) for number in range(3))
    assert any(delayed == {} for delayed in rounds)
    testing.wait_until(lambda: held(pid) - before < 60_000_000)


def _delayed_by_slow_clients(port: int, webhook_secret: str, first: int) -> dict[int, float]:
    """Requests, by number, that 200 slow sockets delay beyond 250 ms and beyond what the machine itself does."""
    alone = asyncio.run(
        measure(
            port,
            lambda number: [HEALTH, signed(webhook_secret, first + 5_000_000 + number)],
            sockets=0,
            seconds=SECONDS / 2,
        )
    )
    taken = asyncio.run(
        measure(
            port, lambda number: [HEALTH, signed(webhook_secret, first + number)], sockets=200, seconds=SECONDS
        )
    )
    assert min(map(len, taken.values())) > 20
    slow = {number: ninety_ninth(times) for number, times in taken.items()}
    bounds = {number: max(250, 5 * ninety_ninth(times)) for number, times in alone.items()}
    return {number: time for number, time in slow.items() if time > bounds[number]}


@pytest.mark.slow
def test_staff_who_ask_all_at_once_delay_no_text(
    served: tuple[int, int], webhook_secret: str, engine: Engine
) -> None:
    port, _pid = served
    with engine.begin() as connection:
        tokens = [accounts.add(connection, f"Person {n}", "staff", by="test") for n in range(12)]
    statuses: list[int] = []

    def ask(token: str) -> None:
        query = json.dumps({"sql": "select count(*) from generate_series(1, 100000000000)"})
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("POST", "/query.csv", query, headers)
            statuses.append(connection.getresponse().status)

    threads = [threading.Thread(target=ask, args=(token,)) for token in tokens * 3]
    for thread in threads:
        thread.start()
    taken = asyncio.run(
        measure(port, lambda number: [HEALTH, signed(webhook_secret, number)], sockets=0, seconds=4)
    )
    for thread in threads:
        thread.join()
    assert max(map(max, taken.values())) < 1_000
    assert set(statuses) <= {422, 429, 503}
    assert len(statuses) == 36


def test_a_web_process_that_dies_is_replaced(served: tuple[int, int]) -> None:
    port, pid = served
    first = testing.wait_until(lambda: children(pid))
    for child in first:
        os.kill(child, signal.SIGKILL)
    testing.wait_until(lambda: len(set(children(pid)) - set(first)) == len(first) and answers(port))


def test_nobody_has_more_under_way_than_may_be() -> None:
    limit = InFlight(2)
    ends = [limit.begin(1), limit.begin(1)]
    limit.begin(2)()
    with pytest.raises(TooManyQuestions, match="still being answered"):
        limit.begin(1)
    ends[0]()
    limit.begin(1)()


def test_what_is_not_http_is_told_so(served: tuple[int, int]) -> None:
    port, _pid = served
    for raw, status in (
        (b"\x16\x03\x01\x02\x00\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n", b"400"),
        (b"POST /sms/inbound HTTP/1.1\r\nhost: x\r\ncontent-length: 999999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n", b"4"),
    ):
        asyncio.run(told(port, raw, status))


async def told(port: int, raw: bytes, status: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    assert answer.startswith((b"HTTP/1.1 " + status, b"HTTP/1.0 " + status)), answer[:100]
    assert b"application/problem+json" in answer
    writer.close()
