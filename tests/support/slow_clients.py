"""Clients that keep a server waiting, in six ways."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence

KINDS = 6
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


async def measure(
    port: int, requests: Callable[[int], Sequence[bytes]], *, sockets: int, rounds: int
) -> dict[int, list[float]]:
    """Milliseconds that each of some requests takes, again and again, while slow clients are there.

    Args:
        port: The server's.
        requests: The requests of a round, each closing its connection. One that is not answered 2xx fails, and so
            does one that is not answered within ten seconds.
        sockets: How many slow clients.
        rounds: How often.
    """
    there = [asyncio.Event() for _ in range(sockets)]
    slow = [asyncio.create_task(keep_waiting(n % KINDS, port, is_there)) for n, is_there in enumerate(there)]
    taken: dict[int, list[float]] = {}
    try:
        for is_there in there:
            await asyncio.wait_for(is_there.wait(), 60)
        for round_number in range(rounds):
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
    return taken
