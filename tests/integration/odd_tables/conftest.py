"""The nine tables as a shop has them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.integration.odd_tables.rules import DATA, run


@pytest.fixture
def bare(engine: Engine) -> Engine:
    """The nine tables with data and without anything of ours, as a shop has them."""
    run(
        engine,
        "drop schema motabot cascade; drop schema motabot_customer cascade; drop schema if exists motabot_reports cascade",
    )
    run(engine, DATA)
    return engine
