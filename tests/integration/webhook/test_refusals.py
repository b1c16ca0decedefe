"""What is not signed, not JSON or not a text is refused, and leaves nothing."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from standardwebhooks import Webhook

from motabot.app import Service, create_app
from motabot.testing import post_text, signed_headers
from tests.integration.webhook.posting import BODY, rows


def nothing_was_written(engine: Engine) -> bool:
    tables = (
        "public.messages",
        "motabot.receipts",
        "motabot.phones",
        "motabot.procrastinate_jobs",
        "motabot.answered",
    )
    return not any(rows(engine, table) for table in tables)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("", ""),
        ("nul \x00 inside", "nul \ufffd inside"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("🌿🔥👩‍👩‍👧", "🌿🔥👩‍👩‍👧"),
        ("long " * 7_000, "long " * 7_000),
        ("'; drop table messages; -- %s {x}", "'; drop table messages; -- %s {x}"),
    ],
)
def test_any_words_are_recorded_as_far_as_a_database_can_hold_them(
    client: FlaskClient, engine: Engine, webhook_secret: str, words: str, kept: str
) -> None:
    assert post_text(client, webhook_secret, {**BODY, "text": words}).status_code == 202
    assert [row["content"] for row in rows(engine)] == [kept]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"sender": "+14155550101"}, "text"),
        ({"text": "hi"}, "sender"),
        ({**BODY, "sender": 14155550101}, "sender"),
        ({**BODY, "sender": "   "}, "sender"),
        ({**BODY, "sender": "5" * 65}, "sender"),
        ({**BODY, "text": None}, "text"),
        ({**BODY, "text": ["hi"]}, "text"),
        ({**BODY, "text": "x" * 40_000}, "text"),
        ({**BODY, "received_at": "yesterday"}, "received_at"),
        ({**BODY, "received_at": "2026-03-01T10:00:00"}, "received_at"),
        ({**BODY, "received_at": "99999-01-01T00:00:00Z"}, "received_at"),
        ({**BODY, "received_at": "0001-01-01T00:00:00Z"}, "received_at"),
        ({**BODY, "received_at": "9999-12-31T23:59:59Z"}, "received_at"),
        ({**BODY, "modem_timestamp": "0001-01-01T00:00:00Z"}, "modem_timestamp"),
        ({**BODY, "message_id": ""}, "message_id"),
        ({**BODY, "message_id": "x" * 256}, "message_id"),
        ({**BODY, "modem_timestamp": 12}, "modem_timestamp"),
        ({**BODY, "colour": "green"}, "colour"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(
    client: FlaskClient, engine: Engine, webhook_secret: str, body: dict[str, Any], field: str
) -> None:
    response = post_text(client, webhook_secret, body)
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert list(response.get_json()["fields"]) == [field]
    assert nothing_was_written(engine)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b"null", b"[" * 60_000, b'{"sender": NaN}'])
def test_what_is_no_json_object_is_malformed(
    client: FlaskClient, engine: Engine, webhook_secret: str, raw: bytes
) -> None:
    response = post_text(client, webhook_secret, raw)
    assert response.status_code in (400, 422)
    assert response.content_type == "application/problem+json"
    assert nothing_was_written(engine)


def test_times_at_the_edge_of_the_calendar_do_not_break_it(client: FlaskClient, webhook_secret: str) -> None:
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        response = post_text(client, webhook_secret, {**BODY, "received_at": moment})
        assert response.status_code == 422
        assert "received_at" in response.get_json()["fields"]


def test_a_huge_body_is_refused_before_it_is_read(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    response = post_text(client, webhook_secret, {**BODY, "text": "x" * 100_000})
    assert response.status_code == 413
    assert nothing_was_written(engine)


def tampered(webhook_secret: str) -> list[tuple[str, bytes, dict[str, str]]]:
    raw = json.dumps(BODY).encode()
    good = signed_headers(webhook_secret, raw)
    other = "whsec_" + base64.b64encode(b"x" * 32).decode()
    stale = datetime.now(UTC) - timedelta(minutes=6)
    early = datetime.now(UTC) + timedelta(minutes=6)
    return [
        ("no headers", raw, {}),
        ("another secret", raw, signed_headers(other, raw)),
        ("another body", raw + b" ", good),
        ("another id", raw, {**good, "webhook-id": "other"}),
        ("stale", raw, signed_headers(webhook_secret, raw, at=stale)),
        ("from the future", raw, signed_headers(webhook_secret, raw, at=early)),
        ("time is no number", raw, {**good, "webhook-timestamp": "now"}),
        ("time is infinite", raw, {**good, "webhook-timestamp": "inf"}),
        ("truncated", raw, {**good, "webhook-signature": good["webhook-signature"][:-4]}),
        ("no base64", raw, {**good, "webhook-signature": "v1,%%%"}),
        ("no comma", raw, {**good, "webhook-signature": "v1"}),
        ("another version", raw, {**good, "webhook-signature": good["webhook-signature"].replace("v1", "v2")}),
        ("not UTF-8", b"\xff\xfe", good),
    ]


def test_what_is_not_signed_by_us_now_is_unauthorized_and_leaves_nothing(
    client: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    for name, raw, headers in tampered(webhook_secret):
        response = client.post("/sms/inbound", data=raw, headers=headers)
        assert (name, response.status_code) == (name, 401)
        assert response.content_type == "application/problem+json"
    assert nothing_was_written(engine)


def test_the_signature_is_the_standards_own_vector() -> None:
    webhook = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = webhook.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_any_of_several_secrets_is_accepted_while_one_is_rotated(service: Service, webhook_secret: str) -> None:
    old = "whsec_" + base64.b64encode(b"o" * 32).decode()
    settings = service.settings.model_copy(update={"webhook_secrets": (*service.settings.webhook_secrets, old)})
    rotating = Service(
        settings.model_validate({**settings.model_dump(), "webhook_secrets": (webhook_secret, old)})
    )
    client = create_app(rotating).test_client()
    assert post_text(client, old, BODY).status_code == 202
    assert post_text(client, webhook_secret, {**BODY, "message_id": "m-2"}).status_code == 202
    rotating.close()


def test_another_path_and_another_method_are_problems_too(client: FlaskClient) -> None:
    for response, status in ((client.get("/nowhere"), 404), (client.get("/sms/inbound"), 405)):
        assert response.status_code == status
        assert response.get_json()["status"] == status
