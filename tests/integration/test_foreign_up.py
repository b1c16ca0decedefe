"""`motabot up` on databases that other hands made, on default settings. `make soak` does it by every way."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from motabot.db import init
from motabot.service import Service
from motabot.settings import load_settings
from motabot.staff import accounts
from motabot.testing import wait_until
from tests.integration.test_foreign_shop import PEOPLE, way_to
from tests.support.technician import SOON, Technician, admin_url

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("shop", "way"), [("installed", "transaction"), ("embedded_harbor", "directly")])
def test_a_shops_texts_are_answered_and_its_staff_is_told(
    shop: str, way: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    foreign = request.getfixturevalue(shop)
    direct = foreign.shop()
    _phone, _member, spelled, other, customers = PEOPLE[foreign.kind]
    with way_to(direct, foreign.server.url, way) as url:
        with contextlib.closing(Service(load_settings(database_url=url, data_dir=tmp_path))) as service:
            init.prepare(service.engine)
            with service.engine.begin() as connection:
                token = accounts.add(connection, "Kim", "admin", by="test")
        technician = Technician(url, direct, admin_url(foreign, direct), tmp_path)
        with technician.up():
            technician.write_row(spelled, "STOP")
            technician.write_row("(415) 555-0188", "when do you open?")
            wait_until(lambda: technician.knows(consent_of=other) == "out", SOON)
            wait_until(lambda: technician.replies("(415) 555-0188"), SOON)
            assert str(customers) in technician.staff_is_told(token, "how many customers do we have?")
    assert "Traceback" not in technician.log.read_text(encoding="utf-8")
    foreign.server.drop(direct)
