"""Two hundred clients that keep `motabot serve` waiting in six ways, and how long others wait for their answers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import quantiles

import psutil

from benchmarks.load import http
from benchmarks.webhook import running
from motabot import secret, testing

KINDS = 6
#: A request that needs no database, on its own connection.
HEALTH = b"GET /healthz HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n"
_PORT = 18_474
_POST = b"POST /sms/inbound HTTP/1.1\r\nhost: shop\r\n"


async def keep_waiting(kind: int, port: int, is_there: asyncio.Event) -> None:
    """Hold connections of one kind open, one after the other, until cancelled."""
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            is_there.set()
            try:
                await _hold(kind, reader, writer)
            finally:
                writer.close()
        await asyncio.sleep(0.2)


async def _hold(kind: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if kind == 0:  # says nothing
        await reader.read()
    elif kind == 1:  # headers, one a second
        writer.write(b"GET /healthz HTTP/1.1\r\n")
        while not reader.at_eof():
            writer.write(b"x-more: yes\r\n")
            await writer.drain()
            await asyncio.sleep(1)
    elif kind == 2:  # all headers, and two bytes of the body
        writer.write(_POST + b"content-length: 1000\r\n\r\n{}")
        await reader.read()
    elif kind == 3:  # the body byte by byte
        writer.write(_POST + b"content-length: 60000\r\n\r\n")
        while not reader.at_eof():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.5)
    elif kind == 4:  # one good request, and the beginning of the next
        writer.write(b"GET /healthz HTTP/1.1\r\nhost: shop\r\n\r\nGET /hea")
        while await reader.read(4096):
            pass
    else:  # asks for what is long, and does not read it
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(b"GET /openapi.json HTTP/1.1\r\nhost: shop\r\n\r\n" * 3)
        await asyncio.sleep(3600)


async def times(
    port: int, requests: Callable[[int], Sequence[bytes]], *, sockets: int, rounds: Iterable[int]
) -> list[list[float]]:
    """Milliseconds that each of some requests takes, again and again, while slow clients are there.

    Args:
        port: The server's.
        requests: The requests of a round, each closing its connection. One that is not answered 2xx fails, and so
            does one that is not answered within ten seconds.
        sockets: How many slow clients.
        rounds: Numbers of the rounds.

    Returns:
        For each request of a round its times.
    """
    there = [asyncio.Event() for _ in range(sockets)]
    slow = [asyncio.create_task(keep_waiting(n % KINDS, port, is_there)) for n, is_there in enumerate(there)]
    taken: dict[int, list[float]] = {}
    try:
        for is_there in there:
            await asyncio.wait_for(is_there.wait(), 60)
        for round_number in rounds:
            for number, request in enumerate(requests(round_number)):
                started = time.perf_counter()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(request)
                status = await asyncio.wait_for(reader.readline(), 10)
                assert status.startswith(b"HTTP/1.1 2"), status
                writer.close()
                taken.setdefault(number, []).append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(0.05)
    finally:
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
    return [taken[number] for number in sorted(taken)]


def signed_text(webhook_secret: str, number: int) -> bytes:
    """A new signed text, on its own connection."""
    body = json.dumps({"sender": f"+1999{number:07d}", "text": "hi there", "message_id": f"m-{number}"}).encode()
    headers = {**testing.signed_headers(webhook_secret, body), "connection": "close"}
    return http("/sms/inbound", body, headers)


def measure(seconds: float = 60.0, sockets: int = 200) -> dict[str, object]:
    """Time `/healthz` and a signed text in turn, and measure the web processes before, during and afterwards."""
    webhook_secret = secret.new_webhook_secret()
    with testing.server() as server, tempfile.TemporaryDirectory() as home:
        environment = {
            "MOTABOT_DATABASE_URL": server.clone(),
            "MOTABOT_DATA_DIR": home,
            "MOTABOT_WEBHOOK_SECRETS": webhook_secret,
            "MOTABOT_REQUESTS_PER_MINUTE": "1000000",
            "MOTABOT_PORT": str(_PORT),
        }
        with running(["motabot", "serve"], _PORT, environment) as process:
            most = 0

            def rounds() -> Iterator[int]:
                nonlocal most
                end, number = time.monotonic() + seconds, 0
                while time.monotonic() < end:
                    yield number
                    number += 1
                    if number % 50 == 0:
                        most = max(most, _held(process))

            def requests(number: int) -> Sequence[bytes]:
                return [HEALTH, signed_text(webhook_secret, number)]

            asyncio.run(times(_PORT, requests, sockets=0, rounds=range(50)))
            before = _held(process)
            health, text = asyncio.run(times(_PORT, requests, sockets=sockets, rounds=rounds()))
            time.sleep(5)  # until the server has noticed that they are gone
            after = _held(process)
    return {
        "slow_sockets": sockets,
        "seconds": round(seconds),
        "requests_of_each_kind": len(health),
        **{f"healthz_{name}_ms": value for name, value in _spread(health).items()},
        **{f"signed_text_{name}_ms": value for name, value in _spread(text).items()},
        "web_mb_before": before // 1_000_000,
        "web_mb_most": most // 1_000_000,
        "web_mb_afterwards": after // 1_000_000,
    }


def _held(process: psutil.Process) -> int:
    """Bytes that the web processes hold together."""
    return sum(int(child.memory_info().rss) for child in process.children())


def _spread(taken: Sequence[float]) -> dict[str, float]:
    hundredths = quantiles(taken, n=100)
    return {"p50": round(hundredths[49], 1), "p99": round(hundredths[98], 1), "longest": round(max(taken), 1)}
