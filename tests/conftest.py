"""Fixtures that every test may use: a real PostgreSQL and a fresh, prepared database for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot import secret, testing
from motabot.app import Service, create_app
from motabot.db.engine import make_engine
from motabot.settings import Settings, load_settings
from tests.support.servers import postgres_15

__all__ = ["postgres_15"]

TESTS = Path(__file__).parent
#: The files that take longest, the longest first. `make test` gives each process whole files, so that what a file's
#: tests share is made once; these start first, so that no process is left alone with one of them at the end.
LONGEST = tuple(
    f"{name}.py"
    for name in """
    integration/test_worker_faults scenarios/test_scripted_stories integration/test_offline_conversations
    scenarios/test_closed_shop
    hostile/test_sql_sandbox hostile/test_sql_queries integration/test_foreign_up
    integration/offline_staff/test_figures integration/odd_tables/test_rules providers/test_providers
    hostile/test_slow_clients scenarios/test_customers_stories scenarios/test_capable_turns browser/test_console
    integration/test_supervisor hostile/test_injection providers/test_drips integration/test_faulty_layer
    integration/test_consent_doors hostile/test_hostile_model integration/test_foreign_roles
    integration/test_any_data integration/test_gammu integration/test_wheel integration/test_demo_seed
    integration/turns/test_answers integration/turns/test_timing integration/test_refresh_faults
    providers/test_leaks unit/test_classifier unit/test_drafts
    """.split()
)

for name in [name for name in os.environ if name.startswith(("MOTABOT_", "OPENAI_", "AZURE_"))]:
    del os.environ[name]  # the developer's shell settings have no effect here


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first."""
    if missing := [name for name in LONGEST if not (TESTS / name).exists()]:
        raise pytest.UsageError(f"LONGEST in {__file__} names files that are gone: {', '.join(missing)}")
    place = {TESTS / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(scope="session")
def server() -> Iterator[testing.PostgresServer]:
    with testing.server() as running:
        yield running


@pytest.fixture
def database_url(server: testing.PostgresServer) -> Iterator[str]:
    url = server.clone()
    yield url
    server.drop(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return load_settings(
        database_url=database_url,
        data_dir=tmp_path,
        webhook_secrets=(secret.new_webhook_secret(),),
        settle_seconds=0.0,
        worker_concurrency=4,
        database_pool_size=4,
    )


@pytest.fixture
def engine(database_url: str, settings: Settings) -> Iterator[Engine]:
    engine = make_engine(database_url, settings)
    yield engine
    engine.dispose()


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    service = Service(settings)
    yield service
    service.close()


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture
def webhook_secret(settings: Settings) -> str:
    return settings.webhook_secrets[0].get_secret_value()
