"""Requests that nobody sends honestly: none stops the service, and none asks to be sent again."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from motabot import testing
from motabot.staff import accounts
from motabot.web.csv_file import as_csv, harmless

ANA = "+14155550101"
DEEP = b"[" * 100_000
DEEP_OBJECT = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
NOT_OBJECTS = [
    b"[1]",
    b"1",
    b"null",
    b'"text"',
    b"",
    b"{",
    b"{]",
    b"\x00",
    b"\xff\xfe",
    b'{"a": \x00}',
    b"NaN",
    b"[" + b"1," * 5_000 + b"1]",
    DEEP,
    DEEP_OBJECT,
    b"9" * 60_000,
    b'{"question": ' + b"9" * 10_000 + b"}",
]


@pytest.fixture
def token(engine: Engine) -> str:
    with engine.begin() as connection:
        return accounts.add(connection, "Kim", "admin", by="test")


def sign_in(client: FlaskClient, token: str) -> str:
    """Sign in and return the pages' CSRF token."""

    def form(path: str, pattern: str) -> str:
        found = re.search(pattern, client.get(path).get_data(as_text=True))
        assert found
        return found[1]

    csrf = form("/console/sign-in", r'name="csrf" value="([^"]+)"')
    assert client.post("/console/sign-in", data={"token": token, "csrf": csrf}).status_code == 302
    return form("/console/", r'name="csrf" content="([^"]+)"')


def is_final(answer: TestResponse) -> bool:
    return "retry-after" not in answer.headers


def test_a_body_that_is_no_object_is_refused_everywhere(
    client: FlaskClient, token: str, webhook_secret: str
) -> None:
    csrf = sign_in(client, token)
    bearer = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    own = {"x-csrf-token": csrf, "content-type": "application/json"}
    for body in NOT_OBJECTS:
        answers = [
            *(
                client.post(path, data=body, headers=bearer)
                for path in ("/chat", "/query.csv", "/actions/1/approve")
            ),
            *(
                client.post(path, data=body, headers=own)
                for path in ("/console/ask", "/console/actions/1/approve")
            ),
            *(
                client.post(path, data=body, headers=testing.signed_headers(webhook_secret, body))
                for path in ("/sms/inbound", "/sms/status", "/sms/outbox/claim")
                if body.isascii() and len(body) < 60_000
            ),
        ]
        for answer in answers:
            # an empty body is an empty object: what is missing is said field by field
            assert answer.status_code in ((400, 413, 422) if body else (400, 409, 422)), answer.get_data()
            assert is_final(answer)
        if body.startswith((b"[1", b'"', b"null")):
            assert {answer.status_code for answer in answers} == {400}


NUL_PATHS = [
    f"{path}{nul}"
    for nul in ("%00", "a%00b", "%00/", "%2500%00")
    for path in (
        "/console/inbox/",
        "/console/customers/",
        "/console/customers?q=",
        "/console/audit?q=",
        "/",
        "/chat/",
    )
] + [
    "/console/inbox?before=%00",
    "/console/inbox?%00=1",
    "/healthz?a=%00",
    "/metrics?x=%00",
    "/readyz%00",
    "/console/static/%00",
    "/openapi.json?%00",
]


def test_a_nul_in_an_address_is_refused_for_good(client: FlaskClient, token: str) -> None:
    sign_in(client, token)
    for path in NUL_PATHS:
        answer = client.get(path)
        assert (answer.status_code, is_final(answer)) == (400, True), path


def test_a_nul_in_a_form_or_in_json_is_refused_for_good(client: FlaskClient, token: str) -> None:
    csrf = sign_in(client, token)
    forms = [
        (f"/console/inbox/{ANA}/write", {"words": "a\x00b"}),
        (f"/console/inbox/{ANA}/lead", {"status": "\x00"}),
        ("/console/knowledge", {"question": "\x00", "en": "x"}),
        ("/console/actions/1/approve", {"hash": "\x00"}),
        (f"/console/inbox/{ANA}/pause", {"\x00": "x"}),
    ]
    for path, fields in forms:
        answer = client.post(path, data={**fields, "csrf": csrf})
        assert (answer.status_code, is_final(answer)) == (400, True), path
    bearer = {"authorization": f"Bearer {token}"}
    for path, body in (("/chat", {"question": "\x00"}), ("/query.csv", {"sql": "select '\x00'"})):
        answer = client.post(path, json=body, headers=bearer)
        assert answer.status_code in (200, 400, 422)
        assert is_final(answer)


STRANGE = [
    f"/chat/{2**64}",
    f"/actions/{10**30}/export.json",
    f"/console/chats/{10**40}",
    f"/console/inbox?before={10**40}",
    "/console/inbox/" + "9" * 5_000,
    "/console/inbox/%ff%fe",
    "/console/customers/%c3%28",
    "/console/inbox/" + quote("'; drop table customers; --"),
    "/console/customers/" + quote("' or '1'='1"),
    "/console/customers?q=" + quote("%_\\'\"\n\t"),
    "/console/nothing",
    "/console/inbox/../../etc/passwd",
    "/console/static/../__init__.py",
    "/console/static/%2e%2e/__init__.py",
    "//healthz//",
    "/sms/outbox/../inbound",
]


def test_strange_addresses_are_answered(client: FlaskClient, token: str) -> None:
    sign_in(client, token)
    for path in STRANGE:
        answer = client.get(path, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code < 500, path
        assert is_final(answer), path


KEYS = [
    "A/B",
    "A//B",
    "/A",
    "A/",
    "A\nB",
    "A?B",
    "A#B",
    "A%2FB",
    "ä ö",
    "..",
    "A/../B",
    "<b>",
    "'",
    '"',
    "\t",
    "a" * 300,
]


def test_every_legal_key_has_a_page(client: FlaskClient, token: str, engine: Engine) -> None:
    sign_in(client, token)
    for number, key in enumerate(KEYS):
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "insert into public.customers (member_id, name) values (%(key)s, %(name)s)",
                {"key": key, "name": f"Zoe Key{number:03}"},
            )
        found = client.get(f"/console/customers?q=key{number:03}").get_data(as_text=True)
        link = re.search(r'href="(/console/customers/[^"]+)"', found)
        assert link, key
        answer = client.get(html.unescape(link[1]))
        assert answer.status_code == 200, key
        assert f"Zoe Key{number:03}" in answer.get_data(as_text=True), key


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient, token: str) -> None:
    csrf = sign_in(client, token)
    cookie = client.get_cookie("motabot", path="/console")
    assert cookie is not None
    assert client.post("/console/sign-out", data={"csrf": csrf}).status_code == 302
    client.set_cookie("motabot", cookie.value, path="/console")
    assert client.get("/console/inbox").headers["location"] == "/console/sign-in"
    assert client.post("/console/ask", json={"question": "x"}, headers={"x-csrf-token": csrf}).status_code == 401


def test_nobody_is_signed_in_by_another_site(client: FlaskClient, token: str) -> None:
    assert client.post("/console/sign-in", data={"token": token}).status_code == 403
    client.get("/console/sign-in")
    assert client.post("/console/sign-in", data={"token": token}).status_code == 403
    assert client.post("/console/sign-in", data={"token": token, "csrf": "x"}).status_code == 403
    assert client.get("/console/inbox").status_code == 302


def test_a_session_that_nobody_uses_ends(client: FlaskClient, token: str, engine: Engine) -> None:
    sign_in(client, token)
    with engine.begin() as connection:
        connection.exec_driver_sql("update motabot.console_sessions set seen_at = now() - interval '13 hours'")
    assert client.get("/console/inbox").status_code == 302


def test_nothing_of_the_staff_is_stored_on_the_way(client: FlaskClient, token: str) -> None:
    sign_in(client, token)
    bearer = {"authorization": f"Bearer {token}"}
    answers = [
        client.post("/query.csv", json={"sql": "select 1 as x"}, headers=bearer),
        client.post("/query.csv", json={"sql": "delete"}, headers=bearer),
        client.get("/actions", headers=bearer),
        client.get("/chat/1", headers=bearer),
        client.get("/actions"),
        *(
            client.get(path)
            for path in ("/console/", "/console/inbox", "/console/nothing", "/console/customers/no")
        ),
        client.post("/console/inbox"),
    ]
    assert {answer.headers.get("cache-control") for answer in answers} == {"no-store"}


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_people_see_and_reject_what_their_role_allows(
    client: FlaskClient, token: str, engine: Engine, role: str
) -> None:
    with engine.begin() as connection:
        lou = accounts.add(connection, "Lou", role, by="test") if role == "staff" else token  # type: ignore[arg-type]
        made = connection.exec_driver_sql(
            "insert into motabot.actions (proposed_by, name, arguments, facts, hash, expires_at)"
            " values ('Kim', 'erase', %(empty)s, %(empty)s, %(hash)s, now() + interval '1 hour') returning id",
            {"empty": json.dumps({}), "hash": "0" * 64},
        ).scalar_one()
    bearer = {"authorization": f"Bearer {lou}"}
    seen: list[Any] = client.get("/actions", headers=bearer).get_json()["actions"]
    rejected = client.post(f"/actions/{made}/reject", headers=bearer).status_code
    assert ([action["id"] for action in seen], rejected) == (([], 409) if role == "staff" else ([made], 200))


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =1", "\t=1", "\n=1", "\r=1", "\ufeff=1", "\u00a0@x", "\u200b+x", "＝1", "＋1", "－1", "＠x", "\x00=1", "\t", "|calc", "%0A=1", "  \n =HYPERLINK(\"x\")"],
)  # fmt: skip
def test_no_cell_and_no_header_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert as_csv([cell], [[cell]]).count("'") == 2


def test_honest_cells_stay_as_they_are() -> None:
    cells = ["", None, "a", "-5.25", "+14155550101", "5", 7, -7, 1.5, "a=b", "x@y.z", "2026-01-01", "'quoted'"]
    assert [harmless(cell) for cell in cells] == cells
    assert as_csv(["a", "b"], [["", None]]) == "a,b\r\n,\r\n"
