"""A `server` fixture for tests that must hold on the oldest supported PostgreSQL as well as on the embedded one.

Import it into the module: ``from tests.support.either import server``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motabot.testing import PostgresServer
from tests.support import postgres


@pytest.fixture(scope="module", params=["embedded", "PostgreSQL 15"])
def server(request: pytest.FixtureRequest, server: PostgresServer) -> Iterator[PostgresServer]:
    """The embedded server, then an installed PostgreSQL 15; skipped where that is missing, and required in CI."""
    if request.param == "embedded":
        yield server
        return
    with postgres.cluster() as installed:
        yield installed
