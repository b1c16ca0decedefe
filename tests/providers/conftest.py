"""One set of doors for all imitated servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motabot import secret
from motabot.settings import load_settings
from motabot.testing import PostgresServer
from tests.providers.doors import Doors


@pytest.fixture(scope="package")
def doors(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    url = server.clone()
    opened = Doors(
        load_settings(
            database_url=url,
            data_dir=tmp_path_factory.mktemp("doors"),
            webhook_secrets=(secret.new_webhook_secret(),),
            settle_seconds=0.0,
            database_pool_size=4,
            staff_questions_per_minute=1_000_000,
        )
    )
    yield opened
    opened.close()
    server.drop(url)
