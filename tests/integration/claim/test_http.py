"""Claims over HTTP and the commands of sending."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.cli.main import main
from motabot.sms.claim import Claims
from motabot.testing import signed_headers
from tests.integration.claim.queue import ANA, BOB, queue, value


def post(client: FlaskClient, secret: str, path: str, body: object) -> tuple[int, dict[str, object]]:
    raw = json.dumps(body).encode()
    answer = client.post(path, data=raw, headers=signed_headers(secret, raw))
    return answer.status_code, answer.get_json()


def test_a_signed_claim_takes_texts_once(shop: Service, webhook_secret: str, engine: Engine) -> None:
    client = create_app(shop).test_client()
    raw = b'{"limit": 5}'
    headers = signed_headers(webhook_secret, raw)
    queue(shop, ANA, "one")
    assert len(client.post("/sms/outbox/claim", data=raw, headers=headers).get_json()["messages"]) == 1
    queue(shop, BOB, "two")
    copied = client.post("/sms/outbox/claim", data=raw, headers=headers)
    assert copied.status_code == 409
    assert b"two" not in copied.get_data()
    assert value(engine, "select count(*) from motabot.deliveries where lease is not null") == 1


def test_a_sender_claims_and_settles_over_http(shop: Service, webhook_secret: str) -> None:
    client = create_app(shop).test_client()
    (message,) = queue(shop, ANA, "one")
    code, lease = post(client, webhook_secret, "/sms/outbox/claim", {"limit": 5})
    assert code == 200
    assert lease["messages"] == [
        {
            "id": message,
            "to": ANA,
            "text": "one",
            "segments": 1,
            "attempt": 1,
            "attempts_before": 0,
            "again": False,
            "line": None,
        }
    ]
    done = {"id": message, "status": "sent", "lease": lease["lease"]}
    assert post(client, webhook_secret, "/sms/status", done) == (200, {"id": message, "status": "sent"})
    assert post(client, webhook_secret, "/sms/outbox/claim", {})[1] == {
        "lease": None,
        "until": None,
        "messages": [],
    }


@pytest.mark.parametrize(
    ("path", "body", "code", "field"),
    [
        ("/sms/outbox/claim", {"limit": 0}, 422, "limit"),
        ("/sms/outbox/claim", {"limit": "5"}, 422, "limit"),
        ("/sms/outbox/claim", {"seconds": 5}, 422, "seconds"),
        ("/sms/outbox/claim", [], 400, None),
        ("/sms/status", {"id": 1}, 422, "status"),
        ("/sms/status", {"id": 1, "status": "lost"}, 422, "status"),
        ("/sms/status", {"id": 2**70, "status": "sent"}, 422, "id"),
        ("/sms/status", {"id": 1, "status": "sent", "lease": "x"}, 404, None),
    ],
)
def test_what_a_sender_gets_wrong_is_named(
    shop: Service, webhook_secret: str, path: str, body: object, code: int, field: str | None
) -> None:
    answered, said = post(create_app(shop).test_client(), webhook_secret, path, body)
    assert answered == code
    assert field is None or field in str(said["fields"])


@pytest.mark.parametrize("path", ["/sms/outbox/claim", "/sms/status"])
def test_nothing_is_handed_out_unsigned(shop: Service, path: str) -> None:
    assert create_app(shop).test_client().post(path, data=b"{}").status_code == 401


def test_the_commands_of_sending(shop: Service, claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shop.settings.database_url is not None
    monkeypatch.setenv("MOTABOT_DATABASE_URL", shop.settings.database_url.get_secret_value())
    monkeypatch.setenv("MOTABOT_DATA_DIR", str(shop.settings.data_dir))

    def say(*words: str) -> str:
        return CliRunner().invoke(main, words).output

    monkeypatch.setenv("MOTABOT_OUTBOX_MODE", "claim")
    assert "off" in say("sending", "off")
    assert "off" in say("sending", "status")
    assert "on" in say("sending", "on")
    (message,) = queue(shop, ANA, "one")
    claims.settle(message, "failed", lease=claims.claim().id, reason="invalid number", permanent=True)
    assert "invalid number" in say("dead-letters")
    assert json.loads(say("dead-letters", "--json"))[0]["id"] == message
    assert "queued again" in say("dead-letters", "--requeue", str(message))
    assert [each.id for each in claims.claim().messages] == [message]
