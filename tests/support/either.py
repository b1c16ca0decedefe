"""A `server` fixture for tests that must hold on the oldest supported PostgreSQL as well as on the embedded one.

Import it into the module: ``from tests.support.either import server``.
"""

from __future__ import annotations

import pytest

from motabot.testing import PostgresServer


@pytest.fixture(scope="module", params=["embedded", "PostgreSQL 15"])
def server(request: pytest.FixtureRequest, server: PostgresServer) -> PostgresServer:
    """The embedded server, then an installed PostgreSQL 15; skipped where that is missing, and required in CI."""
    if request.param == "embedded":
        return server
    installed = request.getfixturevalue("postgres_15")
    assert isinstance(installed, PostgresServer)
    return installed
