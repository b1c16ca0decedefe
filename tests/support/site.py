"""The web application on its own port, inside a test's process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from waitress import create_server, wasyncore


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application with the library that the product serves with.

    Werkzeug's own server leaves a file open when a browser drops a connection, and the suite counts that as a fault.

    Args:
        app: The application.

    Yields:
        Its address, such as ``http://127.0.0.1:40123``.
    """
    connections: dict[int, Any] = {}
    server = create_server(app, host="127.0.0.1", port=0, map=connections, threads=8)
    stopping = threading.Event()

    def answer() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=0.1, map=connections, use_poll=True, count=1)
        server.task_dispatcher.shutdown(timeout=5)
        wasyncore.close_all(connections)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stopping.set()
        thread.join()
