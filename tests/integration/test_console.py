"""The console's doors: who may come in, and what cannot be had from outside its own pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.staff import tokens
from motabot.texting.outbox import lock_phone

ANA = "+14155550101"


@pytest.fixture
def token(engine: Engine) -> str:
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.messages (phone_number, content, timestamp, status, direction)"
                " values (:ana, 'hello', now(), 'unread', 'inbound')"
            ),
            {"ana": ANA},
        )
        return tokens.add(connection, "Kim", "admin", by="test")


def sign_in(client: FlaskClient, token: str) -> str:
    """Sign in and return the pages' CSRF token."""
    answer = client.post("/console/sign-in", data={"token": token})
    assert answer.status_code == 302
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/console/").get_data(as_text=True))
    assert found
    return found[1]


PAGES = ["/console/", "/console/inbox", f"/console/inbox/{ANA}", "/console/actions", "/console/health"]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_signing_in(client: FlaskClient, token: str, path: str) -> None:
    assert client.get(path).headers["location"] == "/console/sign-in"
    sign_in(client, token)
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.get_data(as_text=True)
    assert answer.headers["cache-control"] == "no-store"


def test_a_wrong_token_is_refused_and_a_revoked_one_ends_the_session(
    client: FlaskClient, token: str, engine: Engine
) -> None:
    assert client.post("/console/sign-in", data={"token": "mbs_wrong"}).status_code == 401
    sign_in(client, token)
    with engine.begin() as connection:
        tokens.revoke(connection, "Kim", by="test")
    assert client.get("/console/inbox").status_code == 302


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/console/ask", {"json": {"question": "hi"}}),
        ("/console/actions/1/approve", {"json": {"hash": "x"}}),
        (f"/console/inbox/{ANA}/pause", {"data": {}}),
        (f"/console/inbox/{ANA}/write", {"data": {"words": "hi"}}),
        ("/console/sign-out", {"data": {}}),
    ],
)
def test_a_request_from_elsewhere_is_refused(
    client: FlaskClient, token: str, engine: Engine, path: str, body: dict[str, Any]
) -> None:
    sign_in(client, token)
    assert client.post(path, **body).status_code == 403
    with engine.connect() as connection:
        assert (
            connection.execute(text("select count(*) from public.messages where direction = 'outbound'")).scalar()
            == 0
        )


def test_nobody_writes_to_a_number_that_opted_out_or_is_none(
    client: FlaskClient, token: str, engine: Engine
) -> None:
    csrf = sign_in(client, token)
    with engine.begin() as connection:
        lock_phone(connection, ANA)
        connection.execute(text("update motabot.phones set consent = 'out'"))
    answer = client.post(f"/console/inbox/{ANA}/write", data={"words": "hi", "csrf": csrf})
    assert answer.status_code == 403
    assert "opted out" in answer.get_data(as_text=True)
    assert client.post("/console/inbox/911/write", data={"words": "hi", "csrf": csrf}).status_code == 404
    assert client.get("/console/inbox/nobody").status_code == 404
    assert client.get("/console/nothing").status_code == 404


def test_words_too_long_for_three_texts_are_refused(client: FlaskClient, token: str) -> None:
    csrf = sign_in(client, token)
    answer = client.post(f"/console/inbox/{ANA}/write", data={"words": "x" * 900, "csrf": csrf})
    assert answer.status_code == 400
