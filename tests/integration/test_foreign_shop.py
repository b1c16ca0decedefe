"""A shop's own database with default settings, directly and through poolers: everything works, and the rest stays."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import make_url, text

from motabot.app import Service, create_app
from motabot.cli.doctor import examine
from motabot.customers import privacy
from motabot.db import init, reporting
from motabot.db.engine import make_engine, render_url
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.figures_before import restore
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.settings import load_settings
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import post_text
from tests.integration.test_console import sign_in
from tests.support import pictures, postgres
from tests.support.foreign import HARBOR, HOSTED, VERDE, ForeignServer, Kind
from tests.support.proxy import project_pooler
from tests.support.servers import settings_of

#: Of each shop: a customer's number and member id, another's number as the table has it, and how many customers.
PEOPLE = {
    HOSTED: ("+14155550100", "M00001", "415-555-0101", "+14155550101", 140),
    HARBOR: ("+14155550101", "Mem-2", "415-555-0102", "+14155550102", 60),
    VERDE: ("+14155550003", "V0003", "415-555-0102", "+14155550102", 120),
}
#: Tables that texts, leads and their answers are written to, and the shop's own triggers' notes of that.
WRITTEN = {"public.messages", "public.leads", "audit.rows", "audit.ddl", "audit.record_version"}
#: What triggers of the shops' own set at every write.
STAMP = "updated_at"
#: Partitions of those.
WRITTEN |= {"public.messages_old", "public.messages_new"}


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
            yield render_url(url.set(port=port, username=f"{url.username}.abcdef"))
    else:
        with postgres.pgbouncer(server_url, way) as port:
            yield render_url(url.set(port=port))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shop", "way"),
    [
        ("installed", "directly"),
        ("installed", "transaction"),
        ("installed_harbor", "session"),
        ("embedded_foreign", "directly"),
        ("embedded_harbor", "directly"),
        ("installed_verde", "directly"),
        ("embedded_verde", "directly"),
    ],
)
def test_everything_works_on_the_shops_own_database(
    shop: str, way: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    spend_a_day(request.getfixturevalue(shop), way, tmp_path)


def spend_a_day(foreign: ForeignServer, way: str, folder: Path) -> None:
    """Everything that a shop does on its first day, on a new database reached by one way."""
    direct = foreign.shop()
    with way_to(direct, foreign.server.url, way) as url:
        admin = render_url(make_url(foreign.server.url).set(database=make_url(direct).database))
        Day(foreign.kind, admin, direct, url, folder).spend()
    foreign.server.drop(direct)


class Day:
    """What a shop does on its first day, and what is different in its database afterwards."""

    def __init__(self, kind: Kind, admin: str, direct: str, url: str, folder: Path) -> None:
        self.phone, self.member, self.spelled, self.other, self.customers = PEOPLE[kind]
        self.admin, self.direct = admin, direct
        self.watcher = make_engine(admin, load_settings())
        self.service = Service(settings_of(url, folder, worker_database_url=direct))

    def spend(self) -> None:
        objects, before = pictures.objects(self.admin), pictures.rows(self.watcher)
        with contextlib.closing(self.service) as service:
            planned = init.prepare(service.engine)
            assert planned.problems == []
            assert init.prepare(service.engine).lines() == []
            assert [each.words for each in examine(service) if each.verdict == "wrong"] == []
            self.compare_schema(objects, planned.lines())
            client = create_app(service).test_client()
            self.texts(client)
            self.staff(client)
            self.upkeep()
            with service.engine.begin() as connection:
                found = privacy.export(connection, self.phone)
                assert found["public.customers"][0]["member_id"]
                service.outreach.schedule(connection, "+14155550106", "Your order is ready.", by="kim")
        after = pictures.rows(self.watcher)
        assert {table for table in before if before[table] != after[table]} <= WRITTEN
        assert set(before["public.messages"]) <= set(after["public.messages"])
        self.rewrite()
        self.watcher.dispose()

    def compare_schema(self, before: dict[pictures.Object, set[str]], lines: list[str]) -> None:
        """What init added is what its dry run listed, object by object; and nothing is gone or different."""
        now = pictures.objects(self.admin)
        assert {each for each in before if not before[each] <= now.get(each, set())} == set()
        listed = {pictures.plain(line) for line in lines}
        schemas = {each.name for each in now if each.kind == "SCHEMA" and each not in before}
        assert {f"create schema {name}" for name in schemas} <= listed
        assert schemas <= set(pictures.OURS)
        added = {
            pictures.plain(statement)
            for each, statements in now.items()
            if not each.is_ours
            for statement in statements - before.get(each, set())
        }
        assert added <= listed
        assert {each for each in listed if " public." in each and not each.startswith("mark ")} <= added

    def texts(self, client: FlaskClient) -> None:
        whsec = self.service.settings.webhook_secrets[0].get_secret_value()
        asked = ("what did I buy last time?", "got anything for sleep?", "how many points do I have?", "ok", "ok")
        for number, words in enumerate(asked):
            body = {"sender": self.phone, "text": words, "message_id": f"m-{number}"}
            with post_text(client, whsec, body) as answer:
                assert answer.status_code == 202, answer.get_data(as_text=True)
            self.service.turns.run(self.phone)
        stranger = (
            "hello! my aunt told me about you and I would love to know where you are and when you open today"
        )
        with post_text(client, whsec, {"sender": "+14155550188", "text": stranger, "message_id": "s"}) as answer:
            assert answer.status_code == 202
        self.service.turns.run("+14155550188")
        with self.watcher.begin() as connection:
            connection.execute(
                text(
                    "insert into public.messages (phone_number, content, timestamp, status, direction)"
                    f" values ('{self.spelled}', 'STOP', now(), 'unread', 'inbound')"
                )
            )
        sweep(self.service.engine, self.service.inbox, self.service.jobs, region="US")
        with self.watcher.connect() as connection:
            consent, confirmed, troubles, leads = connection.execute(
                text(
                    "select (select consent from motabot.phones where phone = :other),"
                    " (select count(*) from public.messages m where m.phone_number = :spelled"
                    "  and m.status = 'queued' and m.direction = 'outbound'"
                    "  and m.id > (select value::bigint from motabot.meta where key = 'watermark')),"
                    " (select count(*) from motabot.turns where troubles <> '[]'),"
                    " (select array_agg(phone_number::text) from public.leads l where l.phone_number in (:phone, '+14155550188'))"
                ),
                {"other": self.other, "spelled": self.spelled, "phone": self.phone},
            ).one()
        assert (consent, confirmed, troubles, leads) == ("out", 1, 0, ["+14155550188"])

    def staff(self, client: FlaskClient) -> None:
        with self.service.engine.begin() as connection:
            token = accounts.add(connection, "Kim", "admin", by="test")
        headers = {"authorization": f"Bearer {token}"}
        asked = {
            "how many customers do we have?": str(self.customers),
            "sales by staff": "$",
            "which products sell best?": "1)",
        }
        for question, expected in asked.items():
            with client.post("/chat", data=json.dumps({"question": question}), headers=headers) as answer:
                assert answer.status_code == 200
                assert expected in answer.get_data(as_text=True)
        sign_in(client, token)
        pages = ["inbox", "customers?q=a", f"customers/{self.member}", f"inbox/{self.phone}", "actions", "health"]
        for page in pages:
            with client.get(f"/console/{page}") as answer:
                assert answer.status_code == 200, page
        for view in reporting.VIEWS:
            self.service.sandbox.run(f"select * from {view} limit 3")

    def upkeep(self) -> None:
        engine, settings = self.service.engine, self.service.settings
        assert refresh(engine, settings=settings, actor="test", dry_run=True).written > self.customers
        copy = duplicate(
            engine, self.member, name="Keanu Klare", phone="+14155550177", settings=settings, actor="test"
        )
        assert copy.tables["transactions"] > 0
        undo(engine, copy.copy, settings=settings, actor="test")

    def rewrite(self) -> None:
        """A refresh that was asked for, which agrees with itself and can be taken back; and an erasure."""
        engine, settings = make_engine(self.direct, load_settings()), self.service.settings
        figures = pictures.rows(self.watcher, STAMP)
        assert refresh(engine, settings=settings, actor="test").written > self.customers
        assert refresh(engine, settings=settings, actor="test").written == 0
        refresh(engine, settings=settings, actor="test", incremental=True)
        restore(engine, actor="test")
        restored = pictures.rows(self.watcher, STAMP)
        assert {table for table in figures if figures[table] != restored[table]} <= WRITTEN
        with engine.begin() as connection:
            assert privacy.erase(connection, self.phone, "test")["public.customers"] == 1
            assert "public.customers" not in privacy.export(connection, self.phone)
        erased = pictures.rows(self.watcher, STAMP)["public.customers"]
        assert len(set(restored["public.customers"]) - set(erased)) == 1
        engine.dispose()
