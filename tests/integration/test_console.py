"""The console's doors: who may come in, and what cannot be had from outside its own pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from motabot.customers.phones import lock_phone
from motabot.knowledge import store
from motabot.staff import accounts

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
        return accounts.add(connection, "Kim", "admin", by="test")


def sign_in(client: FlaskClient, token: str) -> str:
    """Sign in and return the pages' CSRF token."""
    answer = client.post("/console/sign-in", data={"token": token, "csrf": sign_in_form(client)})
    assert answer.status_code == 302
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    found = re.search(r'name="csrf" content="([^"]+)"', client.get("/console/").get_data(as_text=True))
    assert found
    return found[1]


def sign_in_form(client: FlaskClient) -> str:
    """The CSRF token of the sign-in page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/console/sign-in").get_data(as_text=True))
    assert found
    return found[1]


PAGES = [
    "/console/",
    "/console/inbox",
    f"/console/inbox/{ANA}",
    "/console/customers?q=a",
    "/console/actions",
    "/console/knowledge",
    "/console/audit",
    "/console/health",
]


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
    wrong = {"token": "mbs_wrong", "csrf": sign_in_form(client)}
    assert client.post("/console/sign-in", data=wrong).status_code == 401
    sign_in(client, token)
    with engine.begin() as connection:
        accounts.revoke(connection, "Kim", by="test")
    assert client.get("/console/inbox").status_code == 302


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/console/ask", {"json": {"question": "hi"}}),
        ("/console/actions/1/approve", {"json": {"hash": "x"}}),
        (f"/console/inbox/{ANA}/pause", {"data": {}}),
        (f"/console/inbox/{ANA}/write", {"data": {"words": "hi"}}),
        (f"/console/inbox/{ANA}/lead", {"data": {"status": "lost"}}),
        (f"/console/inbox/{ANA}/unlink", {"data": {}}),
        (f"/console/inbox/{ANA}/export", {"data": {}}),
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


@pytest.fixture
def customers(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.customers (member_id, name, phone, lifetime_value) values"
                f" ('M/1', 'Ana <b>Ruiz</b>', '{ANA}', 1500.5), ('M2', 'Bob Lee', '+14155550102', 20);"
                "insert into public.transactions (transaction_id, customer_id, date, total_amount) values"
                " ('T1', 'M/1', '2026-01-10 23:30+00', 1500.5);"
                f"insert into public.leads (phone_number, lead_status, conversation_stage) values ('{ANA}', 'new', 'greeting')"
            )
        )


@pytest.mark.usefixtures("customers")
def test_a_customer_is_found_and_shown_whole(client: FlaskClient, token: str) -> None:
    sign_in(client, token)
    found = client.get("/console/customers?q=ruiz").get_data(as_text=True)
    assert "Bob" not in found
    assert "$1,500.50" in found
    link = re.search(r'href="(/console/customers/M[^"]+)"', found)
    assert link
    page = client.get(link[1]).get_data(as_text=True)
    assert "<h1>Ana &lt;b&gt;Ruiz&lt;/b&gt;</h1>" in page
    assert "2026-01-10 15:30" in page  # in the shop's zone
    assert "hello" in page
    assert client.get("/console/customers/M404").status_code == 404
    assert "Nobody matches." in client.get("/console/customers?q=%27%25").get_data(as_text=True)


@pytest.mark.usefixtures("customers")
def test_a_lead_and_a_number_are_changed_by_hand(client: FlaskClient, token: str, engine: Engine) -> None:
    csrf = sign_in(client, token)

    def post(act: str, **data: str) -> int:
        return client.post(f"/console/inbox/{ANA}/{act}", data={"csrf": csrf, **data}).status_code

    assert post("lead", status="qualified", stage="follow_up") == 302
    assert post("lead", status="best") == 422
    assert post("unlink") == 302
    with engine.connect() as connection:
        state = connection.execute(
            text("select lead_status, unlinked_at is not null from public.leads, motabot.phones")
        ).one()
        audited = connection.execute(text("select action from motabot.audit where actor = 'Kim' order by id"))
        assert tuple(state) == ("new", True)  # the number's new owner is a new lead
        assert list(audited.scalars()) == ["lead.change", "phone.unlink"]
    assert post("link") == 302


@pytest.mark.usefixtures("customers")
def test_audit_and_export_are_an_admins(client: FlaskClient, token: str, engine: Engine) -> None:
    csrf = sign_in(client, token)
    given = client.post(f"/console/inbox/{ANA}/export", data={"csrf": csrf})
    assert given.headers["content-disposition"] == "attachment; filename=export.json"
    assert given.get_json()["public.customers"][0]["member_id"] == "M/1"
    assert "privacy.export" in client.get(f"/console/audit?q={ANA[1:]}").get_data(as_text=True)
    assert "privacy.export" not in client.get("/console/audit?q=nobody").get_data(as_text=True)
    with engine.begin() as connection:
        lou = accounts.add(connection, "Lou", "staff", by="test")
    csrf = sign_in(client, lou)
    assert client.get("/console/audit").status_code == 403
    assert client.post(f"/console/inbox/{ANA}/export", data={"csrf": csrf}).status_code == 403
    assert "Audit" not in client.get("/console/").get_data(as_text=True)


def test_the_inbox_shows_who_waits_for_a_person_first_and_has_older_pages(
    client: FlaskClient, token: str, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into public.messages (phone_number, content, timestamp, status, direction)"
                " select '+1999' || lpad(n::text, 7, '0'), 'text ' || n, now(), 'read', 'inbound'"
                " from generate_series(1, 130) n;"
                "insert into motabot.phones (phone) values ('+19990000001');"
                "insert into motabot.handoffs (phone, reason, summary) values ('+19990000001', 'asked', 'wants Kim')"
            )
        )
    sign_in(client, token)

    def shown(address: str) -> list[int]:
        page = client.get(address).get_data(as_text=True)
        return [int(found) for found in re.findall(r"text (\d+)\s*<", page)]

    first = shown("/console/inbox")
    assert first[:2] == [1, 130]
    link = re.search(r'href="(/console/inbox\?before=\d+)"', client.get("/console/inbox").get_data(as_text=True))
    assert link
    second = shown(link[1])
    assert set(first[1:]) & set(second) == set()
    assert max(second) < min(first[1:])
    assert shown("/console/inbox?before=1") == []
    assert client.get("/console/inbox?before=99999999999999999999").status_code == 200


def test_a_conversation_can_be_read_again_by_whoever_had_it_and_nobody_else(
    client: FlaskClient, token: str, engine: Engine
) -> None:
    csrf = sign_in(client, token)
    client.post(
        "/console/ask", json={"question": "how many customers?"}, headers={"x-csrf-token": csrf}
    ).get_data()
    page = client.get("/console/").get_data(as_text=True)
    link = re.search(r'href="/console/\?chat=(\d+)"', page)
    assert link
    messages = client.get(f"/console/chats/{link[1]}").get_json()["messages"]
    assert [message["role"] for message in messages] == ["user", "assistant"]
    assert messages[0]["text"] == "how many customers?"
    with engine.begin() as connection:
        lou = accounts.add(connection, "Lou", "staff", by="test")
    sign_in(client, lou)
    assert client.get(f"/console/chats/{link[1]}").status_code == 404
    assert "how many customers?" not in client.get("/console/").get_data(as_text=True)


def test_one_answer_makes_an_entry_of_an_open_question(client: FlaskClient, token: str, engine: Engine) -> None:
    with engine.begin() as connection:
        store.note(connection, ["is there a drive through"])
        [asked] = store.list_open(connection)
    csrf = sign_in(client, token)
    assert "is there a drive through" in client.get("/console/knowledge").get_data(as_text=True)
    given = {"open_id": asked.id, "en": "No, please come in.", "es": ""}
    assert client.post("/console/knowledge", data=given).status_code == 403
    assert client.post("/console/knowledge", data={**given, "csrf": csrf}).status_code == 302
    page = client.get("/console/knowledge").get_data(as_text=True)
    assert "Every question was answered." in page
    assert "No, please come in." in page
    assert client.post("/console/knowledge", data={"question": "a?", "en": " ", "csrf": csrf}).status_code == 422
