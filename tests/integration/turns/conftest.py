"""A service whose model is a server on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from motabot.app import Service
from motabot.settings import Settings
from motabot.testing import ModelServer, Script


@pytest.fixture
def with_model(settings: Settings) -> Iterator[Callable[[Script], Service]]:
    """Makes a service whose model is a server on this machine."""
    open_things: list[Any] = []

    def make(script: Script, **changes: object) -> Service:
        server = ModelServer(script)
        server.__enter__()
        changed = settings.model_copy(
            update={
                "model": "openai",
                "model_url": server.url,
                "model_retries": 0,
                "model_timeout": 2.0,
                **changes,
            }
        )
        service = Service(changed)
        open_things.extend([service, server])
        service.server = server  # type: ignore[attr-defined]
        return service

    yield make
    for thing in open_things:
        if isinstance(thing, Service):
            thing.close()
        else:
            thing.__exit__()
