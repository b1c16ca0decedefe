"""One world a test: its database, and a puppet before the offline model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from motabot.app import Service
from motabot.offline.customer.model import OfflineModel
from motabot.settings import Settings
from tests.hostile.world import Puppet, World
from tests.support.turns import REPLIES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def world(settings: Settings, webhook_secret: str) -> Iterator[World]:
    puppet = Puppet()
    changed = settings.model_copy(
        update={
            "shop_file": ROOT / "motabot" / "demo" / "data" / "shop.toml",
            "replies_per_hour": 1_000,
            "log_level": "ERROR",
        }
    )
    service = Service(changed, [puppet, OfflineModel(REPLIES)])
    made = World(service, puppet, webhook_secret)
    made.reset()
    yield made
    service.close()
