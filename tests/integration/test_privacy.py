"""What is known of a number: all of it comes out, and none of it stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.app import Service
from motabot.cli.main import main
from motabot.customers import phones
from motabot.customers.privacy import erase, export, retain
from motabot.testing import post_text

ANA, BOB = "+14155550101", "+14155550102"


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def value(engine: Engine, query: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar()


@pytest.fixture
def known(service: Service, engine: Engine, client: FlaskClient, webhook_secret: str) -> Service:
    """A shop in which two people have left all the traces that people leave."""
    for number, name, phone in ((1, "Ana Ruiz", ANA), (2, "Bob Lee", BOB)):
        run(
            engine,
            "insert into public.customers (member_id, name, phone, email, zip_code, state) values"
            f" ('M{number}', '{name}', '{phone}', '{name[:3]}@example.org', '94{number}02', 'CA');"
            "insert into public.transactions (transaction_id, customer_id, date, total_amount)"
            f" values ('T{number}', 'M{number}', now() - interval '9 days', 35);"
            "insert into public.transaction_items (transaction_id, product_name, quantity)"
            f" values ('T{number}', 'Gelato', 1)",
        )
        post_text(client, webhook_secret, {"sender": phone, "text": f"{name} here, how many points do I have?"})
        service.turns.run(phone)
        post_text(client, webhook_secret, {"sender": phone, "text": f"may I talk to a person? {name}"})
        service.turns.run(phone)
        with engine.begin() as connection:
            phones.pause(connection, phone, "kim")
            service.outreach.schedule(connection, phone, f"{name}, your order is ready.", by="kim")
        post_text(client, webhook_secret, {"sender": phone, "text": "hello?"})
    return service


def tables_with(engine: Engine, words: str) -> set[str]:
    """Every table of ours and the shop's in which the words stand anywhere."""
    found = set()
    with engine.connect() as connection:
        tables = connection.execute(
            text("select schemaname, tablename from pg_tables where schemaname in ('public', 'motabot')")
        ).all()
        for schema, table in tables:
            query = text(f"select exists (select from {schema}.{table} t where t::text like '%' || :words || '%')")
            if connection.execute(query, {"words": words}).scalar():
                found.add(f"{schema}.{table}")
    return found


def rows_of(engine: Engine, phone: str) -> dict[str, int]:
    with engine.connect() as connection:
        return {table: len(rows) for table, rows in export(connection, phone).items()}


def test_the_export_covers_every_table_that_knows_the_number(known: Service, engine: Engine) -> None:
    with engine.connect() as connection:
        given = export(connection, ANA)
    knows = tables_with(engine, ANA) - {"motabot.turn_identity", "motabot.procrastinate_jobs"}
    assert {"public.messages", "public.customers", "motabot.phones", "motabot.audit"} <= knows
    assert knows - {"motabot.procrastinate_events"} <= set(given)
    assert BOB not in json.dumps(given, default=str)
    assert {"public.transactions", "public.transaction_items", "motabot.turns"} <= set(given)


def test_nothing_of_an_erased_number_stays_and_nothing_else_goes(known: Service, engine: Engine) -> None:
    before = rows_of(engine, BOB)
    with engine.begin() as connection:
        changed = erase(connection, ANA, "kim")
    for words in (ANA, "Ana", "94102"):
        assert tables_with(engine, words) == set(), words
    assert changed["public.messages"] >= 5
    assert rows_of(engine, BOB) == before
    assert value(engine, "select count(*) from public.transactions where customer_id = 'M1'") == 1
    with engine.begin() as connection:
        assert sum(erase(connection, ANA, "kim").values()) == 1  # the phone's own row, made by the lock


def test_a_number_that_opted_out_stays_opted_out(
    known: Service, engine: Engine, client: FlaskClient, webhook_secret: str
) -> None:
    post_text(client, webhook_secret, {"sender": ANA, "text": "STOP"})
    with engine.begin() as connection:
        erase(connection, ANA, "kim")
    assert tables_with(engine, ANA) == {"motabot.phones"}
    assert value(engine, f"select consent from motabot.phones where phone = '{ANA}'") == "out"
    post_text(client, webhook_secret, {"sender": ANA, "text": "hello?"})
    assert value(engine, "select count(*) from public.messages where direction = 'outbound' and status = 'queued'"
                         f" and phone_number = '{ANA}'") == 0  # fmt: skip


def test_an_erasure_that_fails_half_way_changes_nothing(known: Service, engine: Engine) -> None:
    before = rows_of(engine, ANA)
    run(
        engine,
        "create function public.no() returns trigger language plpgsql as $$ begin raise 'no'; end $$;"
        "create trigger no before update on public.customers for each row execute function public.no()",
    )
    with pytest.raises(Exception, match="no"), engine.begin() as connection:
        erase(connection, ANA, "kim")
    assert rows_of(engine, ANA) == before


def test_what_is_old_goes_and_what_is_new_or_open_stays(known: Service, engine: Engine) -> None:
    turns, messages = (
        value(engine, f"select count(*) from {table}") for table in ("motabot.turns", "public.messages")
    )
    assert retain(engine, trace_days=30, message_days=30) == {}
    run(
        engine,
        "update motabot.turns set finished_at = now() - interval '31 days';"
        "update motabot.receipts set received_at = now() - interval '31 days';"
        "update public.messages set timestamp = now() - interval '31 days'",
    )
    deleted = retain(engine, trace_days=30, message_days=None)
    assert deleted["motabot.turns"] == turns
    assert value(engine, "select count(*) from motabot.tool_calls") == 0
    assert value(engine, "select count(*) from public.messages") == messages
    retain(engine, trace_days=30, message_days=30)
    left = "select string_agg(distinct status, ' ' order by status) from public.messages"
    assert value(engine, left) == "queued unread"  # what waits to be sent, or for a person


def test_the_commands(known: Service, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert known.settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", known.settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(known.settings.data_dir))

    def say(*words: str, answer: str = "") -> str:
        return CliRunner().invoke(main, words, input=answer).output

    assert json.loads(say("privacy", "export", ANA))["public.customers"][0]["name"] == "Ana Ruiz"
    run(engine, "alter table public.customers add instagram text")
    preview = say("privacy", "erase", ANA, "--dry-run")
    assert "Nothing was erased" in preview
    assert "public.messages" in preview
    assert "public.customers also has columns that MotaBot does not know: instagram" in preview
    refused = say("privacy", "erase", ANA, answer="n\n")
    assert refused.index("public.messages") < refused.index("Erase this of")
    assert "Aborted" in refused
    assert say("privacy", "erase", "+14155550177", "--yes").strip() == "No data is kept about +14155550177."
    assert tables_with(engine, ANA)
    assert "public.messages" in say("privacy", "erase", ANA, answer="y\n")
    assert tables_with(engine, ANA) == set()
    assert json.loads(say("privacy", "export", ANA)) == {}
