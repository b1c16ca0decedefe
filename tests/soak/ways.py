"""Both foreign shops, on both servers, by every way to a database: `python -m pytest tests/soak/ways.py`.

The ordinary suite tries a part of this matrix. Each case does what a technician does on the first day: in one process
with a close look at what is different in the database afterwards, and by the command line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from motabot.testing import wait_until
from tests.integration.test_foreign_shop import PEOPLE, spend_a_day, way_to
from tests.support.foreign import ForeignServer
from tests.support.servers import embedded_foreign, embedded_harbor, installed, installed_harbor
from tests.support.technician import SOON, Technician, admin_url

__all__ = ["embedded_foreign", "embedded_harbor", "installed", "installed_harbor"]

#: PgBouncer wants passwords, which the embedded server does not ask for. A login whose transactions are read-only
#: cannot work through a transaction pooler, which `db init` says.
WAYS = [
    *(("installed", way) for way in ("directly", "session", "transaction", "role.project")),
    *(("installed_harbor", way) for way in ("directly", "session", "role.project")),
    ("embedded_foreign", "directly"),
    ("embedded_harbor", "directly"),
]


@pytest.fixture(params=WAYS, ids=lambda pair: " ".join(pair))
def shop_and_way(request: pytest.FixtureRequest) -> tuple[ForeignServer, str]:
    shop, way = request.param
    return request.getfixturevalue(shop), way


def test_a_day_leaves_the_owners_rows_alone(shop_and_way: tuple[ForeignServer, str], tmp_path: Path) -> None:
    spend_a_day(*shop_and_way, tmp_path)


def test_a_technician_brings_the_shop_up_by_the_command_line(
    shop_and_way: tuple[ForeignServer, str], tmp_path: Path
) -> None:
    foreign, way = shop_and_way
    direct = foreign.shop()
    phone, member, spelled, other, customers = PEOPLE[foreign.kind]
    with way_to(direct, foreign.server.url, way) as url:
        shop = Technician(url, direct, admin_url(foreign, direct), tmp_path)
        refused = shop.run("up")
        assert (refused.returncode, "motabot db init" in refused.stderr) == (1, True)
        for _ in range(2):
            assert shop.says("db", "init").splitlines()[-1] == "the database is ready"
        assert "wrong" not in shop.run("doctor").stdout
        token = shop.says("staff", "add", "Kim", "--role", "admin").split()[0]
        with shop.up():
            assert "points" in shop.says("text", "--from", phone, "--wait", "60", "how many points do I have?")
            shop.write_row(spelled, "STOP")
            wait_until(lambda: shop.knows(consent_of=other) == "out", SOON)
            shop.write_row("(415) 555-0188", "when do you open?")
            wait_until(lambda: shop.replies("(415) 555-0188"), SOON)
            assert str(customers) in shop.staff_is_told(token, "how many customers do we have?")
            assert "opted out" in shop.run("send", spelled, "Your order is ready.").stderr
            assert "customers" in shop.says("refresh", "--dry-run")
            copied = shop.says("duplicate", member, "--name", "Keanu Klare", "--phone", "+14155550177")
            assert "Keanu" in copied or "copy" in copied.lower()
            assert shop.says("privacy", "export", phone)
    assert "Traceback" not in shop.log.read_text(encoding="utf-8")
    foreign.server.drop(direct)
