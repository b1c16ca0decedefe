"""One world a test: its database, and a puppet before the offline model; and a sandbox for queries of staff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.offline.customer.model import OfflineModel
from motabot.settings import Settings
from motabot.staff.sandbox.run import Sandbox
from tests.hostile.sandbox import CANARY
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


@pytest.fixture
def sandbox(settings: Settings, engine: Engine) -> Iterator[Sandbox]:
    service = Service(settings.model_copy(update={"staff_query_seconds": 0.5}))
    with engine.begin() as connection:
        connection.execute(
            text("insert into motabot.meta (key, value) values ('canary', :canary)"), {"canary": CANARY}
        )
        connection.execute(
            text(
                "insert into public.customers (member_id, name, phone) select 'M' || n, 'Customer ' || n, '+1999555' || n"
                " from generate_series(1000, 3000) n;"
                "insert into public.transactions (transaction_id, customer_id, date, total_amount)"
                " select 'T' || n, 'M' || n, now(), n from generate_series(1000, 3000) n;"
                "insert into public.transaction_items (transaction_id, product_name, quantity)"
                " select 'T' || n, 'Gelato', 1 from generate_series(1000, 3000) n"
            )
        )
    yield service.sandbox
    service.close()
