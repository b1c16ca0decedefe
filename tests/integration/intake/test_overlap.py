"""Two runs that read the table at the same moment: each text is seen to once, and none is dropped."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from motabot.sms.arrival import Arrival
from motabot.sms.intake import Intake
from motabot.testing import wait_until
from tests.integration.intake.layer import Layer


def ask(engine: Engine, query: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar()


def test_two_sweeps_that_overlap_see_to_a_text_once(
    layer: Layer, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer.write("when do you open?")
    take, others = Intake.take, list[threading.Thread]()
    waits = (
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%motabot.receipts%'"
    )

    def take_beside_another(self: Intake, connection: Connection, arrival: Arrival) -> bool:
        if not others:
            others.append(threading.Thread(target=layer.sweep))
            others[0].start()
            wait_until(lambda: ask(engine, waits))
        return take(self, connection, arrival)

    monkeypatch.setattr(Intake, "take", take_beside_another)
    layer.sweep()
    others[0].join()
    assert ask(engine, "select count(*) from motabot.answered") == 0
    assert ask(engine, "select count(*) from motabot.procrastinate_jobs") == 1
