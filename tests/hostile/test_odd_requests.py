"""Requests with odd methods, headers, types and fields: each is answered for good, and none gives more than it may."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.testing import signed_headers
from tests.hostile.test_requests import is_final, token  # noqa: F401 - a fixture

JSON = {"content-type": "application/json"}
#: Method, path, headers, body. Each without a login.
STRANGERS: list[tuple[str, str, dict[str, str], bytes]] = [
    ("TRACE", "/chat", {}, b""),
    ("CONNECT", "/chat", {}, b""),
    ("PROPFIND", "/console/", {}, b""),
    ("PUT", "/sms/inbound", JSON, b"{}"),
    ("PATCH", "/actions/1/approve", JSON, b"{}"),
    ("DELETE", "/chat/1", {}, b""),
    ("OPTIONS", "/query.csv", {"origin": "https://evil.example", "access-control-request-method": "POST"}, b""),
    ("HEAD", "/chat", {}, b""),
    ("GET", "/actions", {"x-http-method-override": "POST", "authorization": "Bearer"}, b""),
    ("POST", "/chat", {"authorization": "Bearer "}, b"{}"),
    ("POST", "/chat", {"authorization": "Bearer null"}, b"{}"),
    ("POST", "/chat", {"authorization": "Basic YWRtaW46YWRtaW4="}, b"{}"),
    ("POST", "/chat", {"authorization": "Bearer " + "A" * 8_000}, b"{}"),
    ("POST", "/chat", {"authorization": "bearer\ta b c"}, b"{}"),
    ("POST", "/chat", {"authorization": "Bearer \u00e9\u00ff"}, b"{}"),
    ("POST", "/chat", {"authorization": "Bearer ' or 1=1 --"}, b"{}"),
    ("POST", "/chat?token=x&access_token=y", {}, b"{}"),
    ("POST", "/query.csv", {"cookie": "motabot=x; motabot=y"}, b'{"sql": "select 1"}'),
    ("POST", "/console/ask", {"cookie": "motabot=eyJhIjoxfQ.x.y"}, b"{}"),
    (
        "GET",
        "/console/inbox",
        {"x-forwarded-for": "127.0.0.1", "x-forwarded-user": "Kim", "x-real-ip": "::1"},
        b"",
    ),
    ("GET", "/console/inbox", {"host": "evil.example"}, b""),
    ("GET", "/console/inbox", {"x-forwarded-host": "evil.example"}, b""),
    ("GET", "/console/inbox", {"x-original-url": "/healthz", "x-rewrite-url": "/healthz"}, b""),
    ("GET", "/console;/inbox", {}, b""),
    ("GET", "/console/%2e%2e/chat/1", {}, b""),
    ("GET", "/CONSOLE/inbox", {}, b""),
    ("GET", "/console/inbox/.json", {}, b""),
    ("GET", "/console/sign-in?next=https://evil.example", {}, b""),
    ("GET", "/console/sign-in?next=//evil.example", {}, b""),
    ("POST", "/sms/inbound", {"webhook-id": "x", "webhook-timestamp": "1e3", "webhook-signature": "v1,"}, b"{}"),
    (
        "POST",
        "/sms/inbound",
        {"webhook-id": "x", "webhook-timestamp": "-1", "webhook-signature": "v1,AA=="},
        b"{}",
    ),
    ("POST", "/sms/inbound", {"webhook-id": "", "webhook-timestamp": "", "webhook-signature": "," * 4_000}, b"{}"),
    ("POST", "/sms/capcom6", {"x-signature": "00" * 32, "x-timestamp": "NaN"}, b"{}"),
    ("POST", "/sms/twilio", {"x-twilio-signature": "AAAA"}, b"a=%ff%fe"),
    ("POST", "/sms/outbox/claim", JSON, b'{"limit": 1}'),
    ("POST", "/sms/layer", JSON, b'{"name": "x", "down": true}'),
]
#: Paths and bodies of somebody who is signed in, and what they may not do.
SIGNED_IN: list[tuple[str, dict[str, Any]]] = [
    ("/chat", {"question": {"$ne": None}}),
    ("/chat", {"question": ["a"] * 50}),
    ("/chat", {"question": "x", "role": "admin"}),
    ("/chat", {"question": "x", "conversation": "1 or 1=1"}),
    ("/chat", {"question": "x", "conversation": 2**70}),
    ("/chat", {"__proto__": {"role": "admin"}, "question": 1}),
    ("/query.csv", {"sql": ["select 1"]}),
    ("/query.csv", {"sql": "select 1", "limit": -1}),
    ("/query.csv", {"sql": "select 1; select 2"}),
    ("/query.csv", {"sql": "\u202eselect 1"}),
    ("/actions/1/approve", {"hash": ["0" * 64]}),
    ("/actions/1/approve", {"hash": "0" * 64, "by": "Kim"}),
    ("/actions/-1/approve", {"hash": "0" * 64}),
    ("/actions/1.0/approve", {"hash": "0" * 64}),
    ("/actions/0x1/approve", {"hash": "0" * 64}),
    ("/actions/1%20or%201=1/reject", {}),
]
SIGNED: list[tuple[str, dict[str, Any]]] = [
    ("/sms/inbound", {"sender": "+14155550101", "text": "x", "sent_by": "staff"}),
    ("/sms/inbound", {"sender": "+14155550101", "text": ["STOP"]}),
    ("/sms/inbound", {"sender": {"a": 1}, "text": "x"}),
    ("/sms/inbound", {"sender": "+14155550101", "text": "x", "part": 2, "parts": 1, "part_reference": "r"}),
    ("/sms/inbound", {"sender": "+14155550101", "text": "x", "received_at": "9999-12-31T23:59:59Z"}),
    ("/sms/status", {"id": -1, "status": "sent"}),
    ("/sms/status", {"id": 1, "status": "read"}),
    ("/sms/status", {"id": 1, "status": "returned", "gave_up": "maybe"}),
    ("/sms/status", {"id": 99_999, "status": "returned", "gave_up": True}),
    ("/sms/outbox/claim", {"limit": 10**9}),
    ("/sms/outbox/claim", {"limit": 1, "layer": ""}),
    ("/sms/layer", {"name": "x" * 5_000, "down": True}),
]


@pytest.mark.parametrize(("method", "path", "headers", "body"), STRANGERS)
def test_a_stranger_gets_nothing(
    client: FlaskClient, method: str, path: str, headers: dict[str, str], body: bytes
) -> None:
    answer = client.open(path, method=method, headers=headers, data=body)
    assert answer.status_code in (302, 307, 308, 400, 401, 403, 404, 405, 413, 422) or path.startswith("/console/sign-in") or method in ("OPTIONS", "HEAD")  # fmt: skip
    assert is_final(answer)
    assert "evil.example" not in answer.headers.get("location", "")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(("path", "body"), SIGNED_IN)
def test_a_wrong_field_is_refused_for_good(
    client: FlaskClient,
    token: str,  # noqa: F811 - the fixture
    path: str,
    body: dict[str, Any],
) -> None:
    bearer = {"authorization": f"Bearer {token}", **JSON}
    answer = client.post(path, data=json.dumps(body), headers=bearer)
    assert answer.status_code in (400, 404, 405, 409, 422), answer.get_data()
    assert is_final(answer)


@pytest.mark.parametrize(("path", "body"), SIGNED)
def test_a_signed_request_with_a_wrong_field_changes_nothing(
    client: FlaskClient, engine: Engine, webhook_secret: str, path: str, body: dict[str, Any]
) -> None:
    raw = json.dumps(body).encode()
    answer = client.post(path, data=raw, headers=signed_headers(webhook_secret, raw))
    assert answer.status_code in (400, 404, 409, 422), answer.get_data()
    assert is_final(answer)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from public.messages").scalar() == 0
