"""A small closed-loop HTTP load: prepared requests over keep-alive connections, latencies in milliseconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence


async def _client(
    host: str, port: int, requests: Sequence[bytes], latencies: list[float], bad: list[bytes]
) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    for request in requests:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        await reader.readexactly(length)
        latencies.append((time.perf_counter() - started) * 1000)
        if not head.startswith((b"HTTP/1.1 20",)):
            bad.append(head)
    writer.close()


async def _drive(host: str, port: int, batches: Sequence[Sequence[bytes]]) -> tuple[float, list[float]]:
    latencies: list[float] = []
    bad: list[bytes] = []
    started = time.perf_counter()
    await asyncio.gather(*(_client(host, port, batch, latencies, bad) for batch in batches))
    if bad:
        raise AssertionError(f"{len(bad)} requests were refused, the first with {bad[0]!r}")
    return time.perf_counter() - started, latencies


def drive(host: str, port: int, batches: Sequence[Sequence[bytes]]) -> dict[str, float]:
    """Send each batch over its own connection, all at the same time.

    Returns:
        Requests per second, and the 50th and 99th percentile of latency in milliseconds.
    """
    seconds, latencies = asyncio.run(_drive(host, port, batches))
    ordered = sorted(latencies)
    return {
        "per_second": len(ordered) / seconds,
        "p50_ms": ordered[len(ordered) // 2],
        "p99_ms": ordered[int(len(ordered) * 0.99)],
    }


def http(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """One POST as bytes on the wire."""
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
