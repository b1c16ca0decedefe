"""A limit for a whole request: name, connection, TLS, sending, and every byte of the answer.

HTTP clients limit each read. A server that sends one byte now and then, a comment that keeps the stream alive,
or headers that never end would hold a turn for as long as they please. Here every operation on the socket gets
what is left of the request's time, and nothing more begins when that is used up.
"""

from __future__ import annotations

import contextlib
import contextvars
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from motabot.boundary import Json

#: What is left counts as used up below this: no operation is begun for less.
_LEAST = 0.001
#: Bytes of a request that are handed to the socket at once.
_WRITTEN_AT_ONCE = 16_384
#: Most bytes of an answer: far above any that is meant for a person.
MOST_BYTES = 16 * 1024 * 1024
_current: contextvars.ContextVar[Deadline | None] = contextvars.ContextVar("deadline", default=None)


class Deadline:
    """A moment after which nothing of a request goes on."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds that are left; below zero when it has passed."""
        return self._at - time.monotonic()

    @property
    def has_passed(self) -> bool:
        return self.remaining < _LEAST

    def shorten(self, seconds: float) -> None:
        """Let it pass in this many seconds, if not before."""
        self._at = min(self._at, time.monotonic() + seconds)

    @contextlib.contextmanager
    def applied(self) -> Iterator[Deadline]:
        """Every operation on a socket of `DeadlineTransport`, in this thread, ends by this moment."""
        token = _current.set(self)
        try:
            yield self
        finally:
            _current.reset(token)


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    """The time for one operation: its own timeout, or what is left of the request's if that is less."""
    deadline = _current.get()
    if deadline is None:
        return timeout
    if deadline.has_passed:
        raise error("the request's time is used up")
    return deadline.remaining if timeout is None else min(timeout, deadline.remaining)


class _Stream(httpcore2.NetworkStream):
    """A connection each of whose operations ends with the request's time."""

    def __init__(self, inner: httpcore2.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _WRITTEN_AT_ONCE):
            part = buffer[start : start + _WRITTEN_AT_ONCE]
            self._inner.write(part, _left(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        limit = _left(timeout, httpcore2.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, limit))

    def get_extra_info(self, info: str) -> Json:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Opens connections whose every step ends with the request's time."""

    def __init__(self) -> None:
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Json] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = _resolve(host, port, _left(timeout, httpcore2.ConnectTimeout))
        for position, address in enumerate(addresses):
            limit = _left(timeout, httpcore2.ConnectTimeout)
            if limit is not None:
                limit /= len(addresses) - position  # the other addresses get their share
            try:
                return _Stream(self._inner.connect_tcp(address, port, limit, local_address, socket_options))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if position == len(addresses) - 1:
                    raise
        raise httpcore2.ConnectError("the name has no address")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def _resolve(host: str, port: int, limit: float | None) -> list[str]:
    """A host's addresses. The system's resolver knows no limit, so it runs in a thread that may be left behind."""
    with contextlib.suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    found: queue.Queue[list[str] | OSError] = queue.Queue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))
        except OSError as error:
            found.put(error)

    threading.Thread(target=look_up, name="resolver", daemon=True).start()
    try:
        answer = found.get(timeout=limit)
    except queue.Empty:
        raise httpcore2.ConnectTimeout("the name was not resolved in time") from None
    if isinstance(answer, OSError):
        raise httpcore2.ConnectError(str(answer)) from answer
    return answer


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """The certificates that are trusted: read once, which takes longer than a request on this machine."""
    return httpx2.create_ssl_context()


class DeadlineTransport(httpx2.HTTPTransport):
    """httpx's transport over connections that keep to the deadline of the thread that uses them."""

    def __init__(self, proxy: str | None = None) -> None:
        """
        Args:
            proxy: URL of a proxy to go through.
        """
        # nobody waits for a place behind somebody else's slow request
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=30.0)
        super().__init__(verify=_certificates(), limits=limits, proxy=proxy)
        self._pool._network_backend = _Backend()  # the pool takes one, but the transport does not pass it on

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Body(response.stream)
        return response


class _Body(httpx2.SyncByteStream):
    """An answer's bytes, up to `MOST_BYTES`."""

    def __init__(self, stream: httpx2.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > MOST_BYTES:
                raise httpx2.ReadError("the answer is too long")
            yield part

    def close(self) -> None:
        self._stream.close()


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for a URL (HTTPS_PROXY, NO_PROXY and so on), or None."""
    parsed = httpx2.URL(url)
    if not parsed.host or parsed.host in ("localhost", "127.0.0.1", "::1") or proxy_bypass(parsed.host):
        return None
    proxies = getproxies()
    found = proxies.get(parsed.scheme) or proxies.get("all")
    if not found:
        return None
    return found if "://" in found else f"http://{found}"
