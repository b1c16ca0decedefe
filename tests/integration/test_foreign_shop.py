"""A shop's own database, with default settings, directly and through poolers: everything works, and the rest stays."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from motabot.app import Service, create_app
from motabot.cli.doctor import examine
from motabot.customers import privacy
from motabot.db import init
from motabot.db.engine import make_engine, render_url
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.settings import load_settings
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import post_text
from tests.support import postgres
from tests.support.foreign import LOGIN, ForeignServer
from tests.support.proxy import project_pooler
from tests.support.servers import settings_of

#: In tests/data/foreign_shop/fill.py: AARON AMADO, "(415) 555-0100".
AARON = "+14155550100"
#: Tables that texts, leads and their answers are written to; all others stay as they are.
WRITTEN = {"messages", "leads"}


@contextlib.contextmanager
def way_to(direct: str, server_url: str, way: str) -> Iterator[str]:
    """The database's URL by one of the ways in which a service may reach it."""
    url = make_url(direct)
    if way == "directly":
        yield direct
    elif way == "role.project":
        assert url.host is not None
        assert url.port is not None
        with project_pooler(url.host, url.port, "abcdef") as port:
            yield render_url(url.set(port=port, username=f"{LOGIN}.abcdef"))
    else:
        with postgres.pgbouncer(server_url, way) as port:
            yield render_url(url.set(port=port))


def statements(url: str) -> set[str]:
    """What `pg_dump -s` says of the shop's own schema."""
    dump = subprocess.run(
        [postgres.POSTGRES_15 / "pg_dump", "-s", "-n", "public", "-d", url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    said = "\n".join(line for line in dump.splitlines() if line and not line.startswith(("--", "\\", "SET ")))
    return {part.strip() for part in said.split(";\n") if part.strip()}


def rows(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        tables = connection.execute(
            text("select tablename from pg_tables where schemaname = 'public' order by 1")
        ).scalars()
        return {
            table: list(
                connection.execute(text(f"select cast(t as text) from public.{table} t order by 1")).scalars()
            )
            for table in tables
        }


@pytest.mark.slow
@pytest.mark.parametrize("way", ["directly", "session", "transaction", "role.project"])
def test_everything_works_on_postgresql_15_by_every_way(
    installed: ForeignServer, way: str, tmp_path: Path
) -> None:
    direct = installed.shop()
    with way_to(direct, installed.server.url, way) as url:
        use_everything(direct, url, tmp_path, dump=way == "directly")
    installed.server.drop(direct)


@pytest.mark.slow
def test_everything_works_on_the_embedded_server(embedded_foreign: ForeignServer, tmp_path: Path) -> None:
    direct = embedded_foreign.shop()
    use_everything(direct, direct, tmp_path, dump=False)
    embedded_foreign.server.drop(direct)


def use_everything(direct: str, url: str, folder: Path, *, dump: bool) -> None:
    """Do with the shop's database what a shop does on its first day, and look at what is different afterwards."""
    watcher = make_engine(direct, load_settings())
    schema, before = statements(direct) if dump else set(), rows(watcher)
    settings = settings_of(url, folder, worker_database_url=direct)
    with contextlib.closing(Service(settings)) as service:
        planned = init.prepare(service.engine)
        assert planned.problems == []
        assert init.prepare(service.engine).lines() == []
        assert [
            finding for finding in examine(service) if finding.verdict == "wrong" and finding.subject == "database"
        ] == []
        prepared = statements(direct) if dump else set()
        texts(service, watcher)
        staff(service)
        refresh(service.engine, settings=settings, actor="test", dry_run=True)
        copy = duplicate(
            service.engine,
            "M00001",
            name="Keanu Klare",
            phone="+14155550177",
            settings=settings,
            actor="test",
        )
        undo(service.engine, copy.copy, settings=settings, actor="test")
        with service.engine.begin() as connection:
            found = privacy.export(connection, AARON)
            assert found["public.customers"][0]["name"] == "AARON AMADO"
            service.outreach.schedule(connection, "+14155550102", "Your order is ready.", by="kim")
    after = rows(watcher)
    assert {table for table in before if before[table] != after[table]} <= WRITTEN
    assert set(before["messages"]) <= set(after["messages"])
    watcher.dispose()
    if dump:
        lines = {line.replace('"', "") for line in planned.lines()}
        assert schema <= prepared
        for added in prepared - schema:
            assert " motabot_" in added, added
            kind = " ".join(added.split("\n")[-1].split()[:2]).lower()
            assert any(line.startswith(kind.split()[0]) for line in lines), added


def texts(service: Service, watcher: Engine) -> None:
    client = create_app(service).test_client()
    whsec = service.settings.webhook_secrets[0].get_secret_value()
    for number, words in enumerate(("what did I buy last time?", "got anything for sleep?", "ok", "ok")):
        body = {"sender": AARON, "text": words, "message_id": f"m-{number}"}
        with post_text(client, whsec, body) as answer:
            assert answer.status_code == 202, answer.get_data(as_text=True)
        service.turns.run(AARON)
    with watcher.begin() as connection:
        connection.execute(
            text(
                "insert into public.messages (phone_number, content, timestamp, status, direction)"
                " values ('415-555-0101', 'STOP', now(), 'unread', 'inbound')"
            )
        )
    sweep(service.engine, service.inbox, service.jobs, region="US")
    with watcher.connect() as connection:
        consent, own, stranger = connection.execute(
            text(
                "select (select consent from motabot.phones where phone = '+14155550101'),"
                " (select count(*) from public.messages m where m.phone_number = '415-555-0101' and m.status = 'queued'"
                "  and m.direction = 'outbound' and m.id > (select value::bigint from motabot.meta where key = 'watermark')),"
                " (select count(*) from public.leads where phone_number = :aaron)"
            ),
            {"aaron": AARON},
        ).one()
    assert (consent, own, stranger) == ("out", 1, 0)


def staff(service: Service) -> None:
    with service.engine.begin() as connection:
        token = accounts.add(connection, "Kim", "admin", by="test")
    client = create_app(service).test_client()
    headers = {"authorization": f"Bearer {token}"}
    with client.post(
        "/chat", data=json.dumps({"question": "how many customers do we have?"}), headers=headers
    ) as answer:
        assert answer.status_code == 200
        assert "140" in answer.get_data(as_text=True)
