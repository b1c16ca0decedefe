"""Tables with their own rules: no rule that PostgreSQL allows on the nine tables stops a text or a page."""

from __future__ import annotations

import contextlib
import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service, create_app
from motabot.customers import privacy
from motabot.db import init
from motabot.db.tables import crm
from motabot.maintenance.duplicate import duplicate
from motabot.maintenance.refresh import refresh
from motabot.maintenance.undo import undo
from motabot.settings import Settings
from motabot.sms.sweep import sweep
from motabot.staff import accounts
from motabot.testing import post_text
from tests.integration.odd_tables.rules import ALONE, ANA, RULES, run
from tests.integration.test_console import sign_in


@pytest.mark.parametrize("rule", [*RULES, "all of them"])
def test_everything_works_on_tables_with(bare: Engine, settings: Settings, rule: str) -> None:
    for name in [name for name in RULES if name not in ALONE] if rule == "all of them" else [rule]:
        run(bare, RULES[name])
    assert init.prepare(bare).problems == []
    assert init.prepare(bare).lines() == []
    with contextlib.closing(Service(settings)) as service:
        client = create_app(service).test_client()
        try_texts(bare, service, client)
        try_staff(bare, client)
        refresh(bare, settings=settings, actor="test")
        with bare.connect() as connection:
            (known,) = privacy.export(connection, ANA)["public.customers"]
        assert set(known) >= {column.name for column in crm.tables["public.customers"].columns}
        copy = duplicate(
            bare, "M'1", name="Keanu", phone="+14155550177", messages=True, settings=settings, actor="test"
        )
        assert copy.tables["transactions"] == 3
        undo(bare, copy.copy, settings=settings, actor="test")


def try_texts(engine: Engine, service: Service, client: FlaskClient) -> None:
    whsec = service.settings.webhook_secrets[0].get_secret_value()
    for number in range(2):  # the same word twice, which a hash of the words would refuse
        assert (
            post_text(client, whsec, {"sender": ANA, "text": "ok", "message_id": f"m{number}"}).status_code == 202
        )
    for number, words in enumerate(
        ("what did I buy last time?", "how many points do I have?", "anything for sleep?")
    ):
        assert (
            post_text(client, whsec, {"sender": ANA, "text": words, "message_id": f"q{number}"}).status_code == 202
        )
        service.turns.run(ANA)
    run(
        engine,
        "insert into public.messages (phone_number, content, timestamp, status, direction, modem_index, modem_timestamp,"
        " message_hash, updated_at, retry_count) values ('(415) 555-0102', 'how many points do I have?', now(), 'unread',"
        " 'inbound', '7', now(), '', now(), 0)",
    )
    sweep(engine, service.inbox, service.jobs, region="US")
    service.turns.run("+14155550102")
    with engine.connect() as connection:
        said = connection.execute(
            text("select content from public.messages where direction = 'outbound' order by id")
        ).scalars()
        replies = " ".join(said)
        crashed = connection.execute(
            text(
                "select count(*) from motabot.turns where cast(troubles as text) like '%crashed%' or outcome = 'held'"
            )
        ).scalar_one()
    assert crashed == 0
    assert "340" in replies
    assert "340.00" not in replies  # points are counted, however many places the column keeps
    assert "-45.95" not in replies
    assert "You got ." not in replies


def try_staff(engine: Engine, client: FlaskClient) -> None:
    with engine.begin() as connection:
        token = accounts.add(connection, "Kim", "admin", by="test")
    headers = {"authorization": f"Bearer {token}"}
    for question in ("how much did we sell this year?", "sales by staff", "who are our best customers?"):
        with client.post("/chat", data=json.dumps({"question": question}), headers=headers) as answer:
            assert answer.status_code == 200
            assert "failed" not in answer.get_data(as_text=True)
    sign_in(client, token)
    for page in ("/console/inbox", "/console/customers?q=Ana", "/console/customers/M'1", f"/console/inbox/{ANA}"):
        with client.get(page) as answer:
            assert answer.status_code == 200, page
