"""Runs the web application: processes that share a socket, each with one thread that reads and many that answer.

A request costs a thread only when all of it has been read, so a client that is slow, silent or endless costs a
socket and nothing else. Waitress reads and answers; the deadlines and the processes are here.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from http import HTTPStatus
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from motabot.errors import SettingsError
from motabot.logs import log
from motabot.settings import Settings
from motabot.web.throttle import THREADS, Reserve

#: Seconds for a request's headers, for all of a request, and for a response that nobody takes.
HEADER_SECONDS, REQUEST_SECONDS, RESPONSE_SECONDS = 10.0, 30.0, 60.0
#: Seconds for which a connection may stay open between two requests.
IDLE_SECONDS = 15.0
#: Connections of one process. One more takes the place of the one that has kept its request waiting longest.
MOST_CONNECTIONS = 600
#: Seconds that requests in progress have to end when the service stops.
GRACE_SECONDS = 15.0
_MOST_HEADERS = 32_768


class _Problem(ErrorTask):  # type: ignore[misc]
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


class _Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that knows how long its client has kept it waiting."""

    error_task_class = _Problem
    waiting_since: float

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.waiting_since = time.time()
        super().__init__(*arguments, **named)

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


class _Listener(TcpWSGIServer):  # type: ignore[misc]
    """Closes connections that are overdue, and takes new ones when it is full."""

    channel_class = _Connection

    def maintenance(self, now: float) -> None:
        for connection in self.active_channels.values():
            if connection.is_overdue(now):
                connection.will_close = True

    def handle_accept(self) -> None:
        waiting = [each for each in self.active_channels.values() if not each.requests]
        if len(self.active_channels) >= MOST_CONNECTIONS and waiting:
            min(waiting, key=lambda each: each.waiting_since).handle_close()
        super().handle_accept()


class Server:
    """The web service of this machine."""

    def __init__(self, make_app: Callable[[], Flask], settings: Settings) -> None:
        """
        Args:
            make_app: Makes the application, once in each process.
            settings: Address, number of processes, size of a body.
        """
        self._make_app = make_app
        self._settings = settings
        self._children: dict[int, float] = {}
        self._is_stopping = False

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; then end the requests in progress and return.

        Raises:
            SettingsError: The address cannot be had.
        """
        listening = self._bind()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self._is_stopping:
            while len(self._children) < self._settings.web_workers and not self._is_stopping:
                self._start(listening)
            self._reap()
        self._end()
        listening.close()

    def _bind(self) -> socket.socket:
        host, port = self._settings.host, self._settings.port
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            listening = socket.socket(family, socket.SOCK_STREAM)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, port))
            listening.listen(1_024)
        except OSError as error:
            raise SettingsError(
                f"MOTABOT_HOST, MOTABOT_PORT: cannot listen on {host}:{port} ({error.strerror})"
            ) from None
        return listening

    def _start(self, listening: socket.socket) -> None:
        pid = os.fork()
        if pid:
            self._children[pid] = time.monotonic()
            return
        code = 1
        try:
            app = self._make_app()
            gc.collect()
            gc.freeze()  # going over all that was loaded and stays holds up every request for 0.1 s
            serve(app, listening, self._settings)
            code = 0
        except Exception as error:  # noqa: BLE001 - the process ends here, and its parent must hear why
            log.error("web process failed", error=type(error).__name__, exc_info=error)
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Wait until a child ends by itself or a signal comes."""
        pid, code = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            time.sleep(0.2)  # a signal ends it at once
            return
        started = self._children.pop(pid, 0.0)
        if not self._is_stopping:
            log.error("web process ended by itself", pid=pid, code=os.waitstatus_to_exitcode(code))
            time.sleep(0.0 if time.monotonic() - started > 5 else 1.0)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _end(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS + 2
        for pid in self._children:
            os.kill(pid, signal.SIGTERM)
        while self._children:
            pid, _code = os.waitpid(-1, os.WNOHANG)
            self._children.pop(pid, None)
            if pid == 0:
                if time.monotonic() > deadline:
                    for left in self._children:
                        os.kill(left, signal.SIGKILL)
                time.sleep(0.05)


def serve(app: Flask, listening: socket.socket, settings: Settings) -> None:
    """Serve on a socket that is bound, in this process, until SIGTERM, SIGINT or the parent's end."""
    logging.getLogger("waitress.queue").setLevel("ERROR")  # a request that waits a moment is not worth a line
    parent = os.getppid()
    connections: dict[int, Any] = {}
    listener = _Listener(
        Reserve(app),
        map=connections,
        _sock=listening,
        bind_socket=False,
        sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
        threads=THREADS,
        connection_limit=MOST_CONNECTIONS + 100,
        cleanup_interval=1,
        channel_timeout=int(IDLE_SECONDS),
        max_request_header_size=_MOST_HEADERS,
        max_request_body_size=4 * settings.max_body_bytes,
        asyncore_use_poll=True,
        ident=None,
        expose_tracebacks=False,
        clear_untrusted_proxy_headers=False,
    )
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: stopping.append(number))
    while not stopping and os.getppid() == parent:
        wasyncore.loop(timeout=0.5, map=connections, use_poll=True, count=1)
    listener.del_channel()  # other processes of ours go on accepting
    deadline = time.monotonic() + GRACE_SECONDS
    while any(each.requests for each in listener.active_channels.values()) and time.monotonic() < deadline:
        wasyncore.loop(timeout=0.1, map=connections, use_poll=True, count=1)
    listener.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
