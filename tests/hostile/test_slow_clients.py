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
from statistics import quantiles

import pytest
from sqlalchemy import Engine, text

from benchmarks.slow_clients import HEALTH, signed_text, times
from motabot import testing
from motabot.db.engine import make_engine
from motabot.errors import TooManyQuestions
from motabot.settings import Settings
from motabot.staff import accounts
from motabot.web.throttle import InFlight
from tests.support.processes import environment_of, free_port
from tests.support.servers import settings_of

#: Rounds in which texts are timed while others keep the server waiting.
ROUNDS = int(os.environ.get("SLOW_CLIENT_ROUNDS", "40"))


@pytest.fixture(scope="module")
def shop(server: testing.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    url = server.clone()
    yield settings_of(url, tmp_path_factory.mktemp("slow"))
    server.drop(url)


@pytest.fixture(scope="module")
def served(shop: Settings) -> Iterator[tuple[int, int]]:
    """A running `motabot serve`: its port and its process."""
    port = free_port()
    environment = environment_of(shop, MOTABOT_PORT=str(port), MOTABOT_STAFF_QUERY_SECONDS="30")
    process = subprocess.Popen([sys.executable, "-m", "motabot", "serve"], env=environment)
    try:
        testing.wait_until(lambda: answers(port), 60)
        yield port, process.pid
    finally:
        process.terminate()
        assert process.wait(60) == 0


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


def signed(shop: Settings, number: int) -> bytes:
    return signed_text(shop.webhook_secrets[0].get_secret_value(), number)


@pytest.mark.slow
def test_two_hundred_slow_clients_delay_nobody(shop: Settings, served: tuple[int, int]) -> None:
    port, pid = served
    before = held(pid)

    def nearly_all(first: int, sockets: int) -> list[float]:
        taken = asyncio.run(
            times(
                port,
                lambda number: [HEALTH, signed(shop, first + number)],
                sockets=sockets,
                rounds=range(ROUNDS),
            )
        )
        return [quantiles(each, n=10)[-1] for each in taken]

    # one request in ten may wait for the machine, which other tests share; the others wait only for slow clients
    alone, beside = nearly_all(1_000_000, 0), nearly_all(2_000_000, 200)
    assert [time for time, free in zip(beside, alone, strict=True) if time > max(250, 5 * free)] == []
    testing.wait_until(lambda: held(pid) - before < 60_000_000, 60)


@pytest.mark.slow
def test_staff_who_ask_all_at_once_delay_no_text(
    shop: Settings, served: tuple[int, int], engine_of_shop: Engine
) -> None:
    port, _pid = served
    with engine_of_shop.begin() as connection:
        tokens = [accounts.add(connection, f"Person {n}", "staff", by="test") for n in range(12)]
    statuses: list[int] = []

    def ask(token: str) -> None:
        query = json.dumps({"sql": "select count(*) from generate_series(1, 100000000000)"})
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            connection.request("POST", "/query.csv", query, headers)
            statuses.append(connection.getresponse().status)

    threads = [threading.Thread(target=ask, args=(token,)) for token in tokens * 3]
    for thread in threads:
        thread.start()
    testing.wait_until(lambda: under_way(engine_of_shop))
    # every text is answered while the questions still wait for their figures
    asyncio.run(times(port, lambda number: [HEALTH, signed(shop, number)], sockets=0, rounds=range(ROUNDS // 2)))
    assert under_way(engine_of_shop)
    testing.wait_until(lambda: under_way(engine_of_shop, end=True) == 0 and len(statuses) == 36)
    for thread in threads:
        thread.join()
    assert set(statuses) <= {422, 429, 503}


@pytest.fixture
def engine_of_shop(shop: Settings) -> Iterator[Engine]:
    assert shop.database_url is not None
    engine = make_engine(shop.database_url.get_secret_value(), shop)
    yield engine
    engine.dispose()


def under_way(engine: Engine, *, end: bool = False) -> int:
    """How many queries of staff run; with `end`, each of them is canceled."""
    running = text(
        f"select count({'pg_cancel_backend(pid)' if end else '*'}) from pg_stat_activity"
        " where datname = current_database() and state = 'active' and query like '%generate_series(1, 100000000000)%'"
        " and pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        return int(connection.execute(running).scalar_one())


def test_a_web_process_that_dies_is_replaced(served: tuple[int, int]) -> None:
    port, pid = served
    first = testing.wait_until(lambda: children(pid))
    for child in first:
        os.kill(child, signal.SIGKILL)
    testing.wait_until(lambda: len(set(children(pid)) - set(first)) == len(first) and answers(port), 60)


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


@pytest.mark.parametrize("ends", [True, False])
def test_requests_of_one_connection_are_answered_in_order_also_when_no_more_come(
    shop: Settings, served: tuple[int, int], ends: bool
) -> None:
    port, _pid = served
    texts = [
        signed(shop, 90_000 + 4 * ends + number).replace(b"connection: close\r\n", b"") for number in range(4)
    ]
    long = b"GET /openapi.json HTTP/1.1\r\nhost: shop\r\n\r\n"

    async def ask() -> list[bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"".join([*texts[:2], long, *texts[2:], texts[0]]))
        if ends:
            writer.write_eof()
        statuses = []
        for _answer in range(6):
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
            statuses.append(head[9:12])
            await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        if ends:
            assert await asyncio.wait_for(reader.read(), 20) == b""
        writer.close()
        return statuses

    assert asyncio.run(ask()) == [b"202", b"202", b"200", b"202", b"202", b"200"]


async def told(port: int, raw: bytes, status: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    assert answer.startswith((b"HTTP/1.1 " + status, b"HTTP/1.0 " + status)), answer[:100]
    assert b"application/problem+json" in answer
    writer.close()
