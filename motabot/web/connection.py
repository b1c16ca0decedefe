"""One client's connection: how its requests are read while others are answered, and how long it may be waited for.

A connection is read on while its request is answered, up to one request ahead. So when the answer is sent, nobody
need wake the thread that reads, which costs more than a text's own work does.
"""

from __future__ import annotations

import json
import threading
import time
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

#: Seconds for a request's headers, for all of a request, and for a response that nobody takes.
HEADER_SECONDS, REQUEST_SECONDS, RESPONSE_SECONDS = 10.0, 30.0, 60.0
#: Seconds for which a connection may stay open between two requests.
IDLE_SECONDS = 15.0


class _Serving(threading.local):
    connection: Connection | None = None


_serving = _Serving()


def serving() -> Connection | None:
    """The connection whose request this thread answers."""
    return _serving.connection


class Problem(ErrorTask):  # type: ignore[misc]
    """The answer to a request that cannot be read, as problem details (RFC 9457)."""

    def execute(self) -> None:
        error = self.request.error
        body = {
            "type": "about:blank",
            "title": HTTPStatus(error.code).phrase,
            "status": error.code,
            "detail": "The request cannot be read.",
        }
        content = json.dumps(body).encode()
        self.status = f"{error.code} {HTTPStatus(error.code).phrase}"
        self.response_headers.append(("Content-Type", "application/problem+json"))
        self.response_headers.append(("Connection", "close"))
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that knows how long its client has kept it waiting."""

    error_task_class = Problem
    waiting_since: float
    _is_at_end = False

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.waiting_since = time.time()
        super().__init__(*arguments, **named)

    def readable(self) -> bool:
        return not self._is_at_end and super().readable()

    def handle_read(self) -> None:
        """Read; at the end of what a client sends, what it asked before is still answered."""
        if not self.requests:
            super().handle_read()
            return
        try:
            data = self.socket.recv(self.adj.recv_bytes)
        except BlockingIOError:
            return
        except OSError:
            self.handle_close()
            return
        if data:
            self.last_activity = time.time()
            self.received(data)
            return
        self._is_at_end = True
        if not self.requests:  # they were answered in the meantime
            self.handle_close()

    def service(self) -> None:
        _serving.connection = self
        try:
            super().service()
        finally:
            _serving.connection = None

    def needs_loop(self) -> bool:
        """Whether the thread that reads has more to do with this connection than to go on reading."""
        if self._is_at_end and not self.requests:
            self.will_close = True
        return bool(self.will_close or self.close_when_flushed or self.total_outbufs_len or self.requests)

    def received(self, data: bytes) -> bool:
        before = self.request
        is_read: bool = super().received(data)
        if self.request is not before:
            self.waiting_since = time.time()
        return is_read

    def is_overdue(self, now: float) -> bool:
        """Whether the client has kept this connection waiting for longer than it may."""
        if self.requests:  # ours to answer
            self.waiting_since = now
            return False
        waited = now - self.waiting_since
        if self.total_outbufs_len:
            return waited > RESPONSE_SECONDS
        if self.request is None:
            return waited > IDLE_SECONDS
        return waited > (REQUEST_SECONDS if self.request.headers_finished else HEADER_SECONDS)
