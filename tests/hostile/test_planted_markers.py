"""Failures of every kind, with words planted where a customer's or a secret's would be: no log line holds them."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import structlog
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from motabot import logs, testing
from motabot.app import Service, create_app
from motabot.errors import MotaBotError
from motabot.logs import log
from motabot.staff import accounts

NAME, WORDS, EMAIL = "Zebulon Quartermain", "periwinkle submarine", "zebulon@quartermain.example"
NUMBER, MEMBER, PASSWORD = "+14155550187", "QX-77-KIWI", "hunter2-tangerine"
MARKERS = ("Zebulon", "Quartermain", "periwinkle", "submarine", "5550187", "555-0187", "KIWI", "tangerine")


@pytest.fixture(params=["json", "console"])
def captured(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The standard error of a process that logs all that it can."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    logs.configure(style=request.param, level="DEBUG")
    yield said
    structlog.reset_defaults()
    root.handlers[:], sys.excepthook, threading.excepthook = before[0], before[2], before[3]
    root.setLevel(before[1])


@pytest.fixture
def app(service: Service) -> Flask:
    app = create_app(service)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/crash")
    def crash() -> str:
        raise ValueError(f"{NAME} wrote {WORDS} from {NUMBER}")

    return app


def assert_clean(captured: io.StringIO) -> str:
    said = captured.getvalue()
    assert [line for line in said.splitlines() if any(marker in line for marker in MARKERS)] == []
    return said


def test_requests_that_fail(captured: io.StringIO, app: Flask, engine: Engine, webhook_secret: str) -> None:
    client = app.test_client()
    with engine.begin() as connection:
        token = accounts.add(connection, NAME, "staff", by="test")
    bearer = {"authorization": f"Bearer {token}"}
    body = {"sender": NUMBER, "text": f"{WORDS} {EMAIL}", "message_id": "m-1"}
    testing.post_text(client, webhook_secret, body)
    testing.post_text(client, webhook_secret, {**body, "text": f"{NAME} other"})
    testing.post_text(client, webhook_secret, {**body, "sender": {"name": NAME}})
    testing.post_text(client, webhook_secret, f'{{"text": "{WORDS}'.encode())
    client.post("/sms/inbound", json=body, headers={"webhook-signature": f"v1,{PASSWORD}"})
    client.post("/query.csv", json={"sql": f"select '{WORDS}'::int, '{NAME}'"}, headers=bearer)
    client.post("/query.csv", json={"sql": f'select * from "{NAME}"'}, headers=bearer)
    client.post("/query.csv", json={"sql": 1, "name": NAME}, headers=bearer)
    client.post("/chat", json={"question": f"who is {NAME} {NUMBER}?"}, headers=bearer)
    client.get(f"/console/customers/{MEMBER}")
    client.get(f"/console/inbox/{NUMBER}?q={NAME}")
    client.get(f"/nothing/{NAME}/{MEMBER}")
    client.get(f"/actions/1/export.json?{WORDS}", headers={"authorization": f"Bearer mbs_{PASSWORD}"})
    assert client.get("/crash").status_code == 500
    assert "ValueError" in assert_clean(captured)


def test_a_database_that_refuses(captured: io.StringIO, app: Flask, engine: Engine, webhook_secret: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "create function refuse() returns trigger language plpgsql as"
            " $$ begin raise exception 'no %% from %%', new.content, new.phone_number; end $$;"
            "create trigger refuse before insert on public.messages for each row execute function refuse()"
        )
    body = {"sender": NUMBER, "text": f"{WORDS} by {NAME}", "message_id": "m-1"}
    assert testing.post_text(app.test_client(), webhook_secret, body).status_code >= 500
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "insert into public.customers (member_id, name) values (%(id)s, %(name)s), (%(id)s, %(name)s)",
                {"id": MEMBER, "name": NAME},
            )
    except DBAPIError as error:
        log.error("insert failed", error=str(error), exc_info=error)
        logging.getLogger("sqlalchemy.pool").exception("in the pool: %s", error)
    said = assert_clean(captured)
    assert "UniqueViolation (23505)" in said


def failing(kind: type[Exception], *arguments: Any) -> None:
    try:
        try:
            raise KeyError(f"{NAME} {WORDS}")
        except KeyError:
            raise kind(*arguments) from None
    except Exception as error:
        log.error("failed", reason=f"{type(error).__name__}: '{WORDS}'", exc_info=True)
        logging.getLogger("somebody.else").exception("Job x(phone='%s', words=\"%s\") failed", NUMBER, WORDS)


def test_exceptions_of_any_kind(captured: io.StringIO) -> None:
    failing(ValueError, f"bad value {WORDS}")
    failing(MotaBotError, f"{NAME} is not known")
    failing(psycopg.errors.NotNullViolation, f"Failing row contains ({NAME}, {EMAIL}).")
    failing(UnicodeDecodeError, "utf-8", WORDS.encode(), 0, 1, NAME)
    failing(ExceptionGroup, NAME, [ValueError(WORDS)])
    failing(json.JSONDecodeError, NAME, WORDS, 3)

    def crash() -> None:
        raise RuntimeError(f"{NAME} {WORDS} {PASSWORD}")

    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    try:
        crash()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    assert assert_clean(captured).count("test_planted_markers.py") >= 8


def test_fields_that_hold_words_or_secrets(captured: io.StringIO) -> None:
    log.info(
        f"mail {EMAIL} call (415) 555-0187",
        text=WORDS,
        name=NAME,
        email=EMAIL,
        arguments={"phone": NUMBER, "words": WORDS},
        url=f"postgresql://shop:{PASSWORD}@db.example/x",
        header=f"Bearer {PASSWORD}",
        said=f"password={PASSWORD} token: {PASSWORD}",
        key="mbs_tangerine_abcdef",
        lease="aB3" + "tangerineXY9" * 3,
    )
    logging.getLogger("httpx2").warning("POST /inbox/%s 'body %s'", NUMBER, WORDS)
    logging.getLogger("procrastinate").error(f"Job motabot.turn[1](phone='{NUMBER}', words='{WORDS}') ended")
    assert "postgresql://shop:***@db.example/x" in assert_clean(captured)
