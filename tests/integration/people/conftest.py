"""Fixtures that this folder's tests share."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import Engine

from motabot.app import Service
from motabot.settings import Settings
from tests.integration.people.talk import SHOP, Talk
from tests.scenarios.conftest import PEOPLE


@pytest.fixture
def with_service(settings: Settings, engine: Engine, webhook_secret: str) -> Iterator[Callable[..., Talk]]:
    with engine.begin() as connection:
        connection.exec_driver_sql(PEOPLE)
    services: list[Service] = []

    def make(models: Any = None, **changes: object) -> Talk:
        services.append(Service(settings.model_copy(update={"shop_file": SHOP, **changes}), models))
        return Talk(services[-1], webhook_secret)

    yield make
    for service in services:
        service.close()


@pytest.fixture
def talk(with_service: Callable[..., Talk]) -> Talk:
    return with_service()


@pytest.fixture
def inbox_of_staff() -> Iterator[tuple[str, list[dict[str, Any]], list[int]]]:
    """A webhook of the shop's: its address, what came in, and the statuses it answers with, the last for ever."""
    got: list[dict[str, Any]] = []
    statuses = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(statuses.pop(0) if len(statuses) > 1 else statuses[0])
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got, statuses
    server.shutdown()
    server.server_close()
