"""Running a refresh in tests, and holding what it leaves against the oracle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from motabot.maintenance.computation import RefreshReport
from motabot.maintenance.refresh import refresh
from motabot.settings import Settings
from tests.support.oracle import Figures, expected_figures, read_figures
from tests.support.shops import NOW


def run(engine: Engine, settings: Settings, now: datetime = NOW, **arguments: Any) -> RefreshReport:
    return refresh(engine, settings=settings, actor="test", as_of=now, force=True, **arguments)


def figures(engine: Engine) -> Figures:
    with engine.connect() as connection:
        return read_figures(connection)


def check(engine: Engine, settings: Settings, now: datetime = NOW, *, skus_are_products: bool = True) -> None:
    """A full refresh leaves what the oracle says, and a second one finds nothing to write."""
    with engine.connect() as connection:
        expected = expected_figures(connection, now, settings.timezone, skus_are_products=skus_are_products)
    run(engine, settings, now)
    found = figures(engine)
    assert found.customers == expected.customers
    assert found.patterns == expected.patterns
    assert found.affinity == expected.affinity
    assert found.staff == expected.staff
    assert run(engine, settings, now).written == 0
