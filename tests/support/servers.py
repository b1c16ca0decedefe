"""Fixtures: the foreign shops on the embedded server and on PostgreSQL 15."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from motabot import secret
from motabot.db.engine import make_engine
from motabot.settings import Settings, load_settings
from motabot.testing import PostgresServer
from tests.support import postgres
from tests.support.foreign import HARBOR, VERDE, ForeignServer


@pytest.fixture(scope="session")
def postgres_15() -> Iterator[PostgresServer]:
    """PostgreSQL 15, which asks for passwords, as the embedded server does not."""
    with postgres.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def installed(postgres_15: PostgresServer) -> ForeignServer:
    return ForeignServer(postgres_15)


@pytest.fixture(scope="session")
def installed_harbor(postgres_15: PostgresServer) -> ForeignServer:
    return ForeignServer(postgres_15, HARBOR)


@pytest.fixture(scope="session")
def embedded_harbor(server: PostgresServer) -> ForeignServer:
    return ForeignServer(server, HARBOR)


@pytest.fixture(scope="session")
def installed_verde(postgres_15: PostgresServer) -> ForeignServer:
    return ForeignServer(postgres_15, VERDE)


@pytest.fixture(scope="session")
def embedded_verde(server: PostgresServer) -> ForeignServer:
    return ForeignServer(server, VERDE)


@pytest.fixture(scope="session")
def embedded_foreign(server: PostgresServer) -> ForeignServer:
    return ForeignServer(server)


@pytest.fixture(params=["embedded", "PostgreSQL 15"])
def foreign(request: pytest.FixtureRequest) -> ForeignServer:
    found = request.getfixturevalue("embedded_foreign" if request.param == "embedded" else "installed")
    assert isinstance(found, ForeignServer)
    return found


@pytest.fixture
def shop_url(foreign: ForeignServer) -> Iterator[str]:
    """A new database with the foreign shop in it."""
    url = foreign.shop()
    yield url
    foreign.server.drop(url)


@pytest.fixture
def foreign_shop(shop_url: str) -> Iterator[Engine]:
    engine = make_engine(shop_url, load_settings())
    yield engine
    engine.dispose()


def settings_of(url: str, folder: Path, **more: object) -> Settings:
    """Settings of a service on a database: defaults, folders and settling time aside."""
    return load_settings(
        database_url=url,
        data_dir=folder,
        webhook_secrets=(secret.new_webhook_secret(),),
        settle_seconds=0.0,
        **more,
    )
