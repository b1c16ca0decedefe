"""The phone app SMS Gateway for Android: signatures, events, and reports on sent texts."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from motabot.app import Service
from motabot.gateways.capcom6 import Capcom6Transport
from motabot.gateways.client import ServiceClient
from motabot.gateways.sender import Sender
from tests.integration.gateways.door import ANA, KEYS, Layer, capcom6, event, give, inbound, queue, rows


@pytest.mark.parametrize("key", KEYS)
def test_a_text_of_the_phone_is_recorded_once(door: FlaskClient, engine: Engine, key: str) -> None:
    first, again = (capcom6(door, event(), key=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json() == again.get_json()
    assert inbound(engine) == [(ANA, "when do you open?")]


def test_older_versions_of_the_phones_app_name_the_sender_otherwise(door: FlaskClient, engine: Engine) -> None:
    body = event(phoneNumber="+14155550102")
    del body["payload"]["sender"]
    assert capcom6(door, body).status_code == 200
    assert inbound(engine) == [("+14155550102", "when do you open?")]


def test_the_phones_message_id_may_come_twice_for_two_texts(door: FlaskClient, engine: Engine) -> None:
    assert capcom6(door, event()).status_code == 200
    assert capcom6(door, {**event(message="and tomorrow?"), "id": "e2"}).status_code == 200
    assert [words for _phone, words in inbound(engine)] == ["when do you open?", "and tomorrow?"]


@pytest.mark.parametrize(
    "change",
    [
        {"key": "wrong"},
        {"signature": "00"},
        {"raw": json.dumps(event(message="x")).encode()},
        {"raw": json.dumps(event()).encode()[:-4]},
        {"at": time.time() - 3_600},
        {"at": time.time() + 3_600},
        {"stamp": "soon"},
        {"stamp": "nan"},
        {"stamp": ""},
    ],
)
def test_what_the_phone_did_not_sign_just_now_is_refused(
    door: FlaskClient, engine: Engine, change: dict[str, Any]
) -> None:
    assert capcom6(door, event(), **change).status_code == 401
    assert inbound(engine) == []


def test_what_the_phone_gets_wrong_is_named(door: FlaskClient) -> None:
    assert capcom6(door, b"{").status_code == 400
    assert "payload" in capcom6(door, {"id": "e", "event": "sms:received"}).get_json()["fields"]
    assert "payload.sender" in capcom6(door, event(sender="")).get_json()["fields"]
    assert capcom6(door, {**event(), "event": "system:ping"}).get_json() == {"id": None}


def test_the_phones_report_is_noted(shop: Service, door: FlaskClient, engine: Engine) -> None:
    (message,) = queue(shop, "one")
    give(shop, "capcom6")
    told = {**event(messageId=f"motabot-{message}-1"), "event": "sms:delivered"}
    assert capcom6(door, told).status_code == 200
    assert rows(engine, "select delivered_at is not null from motabot.deliveries") == [(True,)]


@pytest.mark.parametrize(
    ("told", "status", "is_delivered", "dead"),
    [
        (["failed", "sent", "delivered"], "sent", True, False),
        (["delivered", "failed", "sent"], "sent", True, False),
        (["sent", "failed"], "sent", False, True),
        (["failed", "delivered"], "sent", True, False),
    ],
)
def test_the_phones_reports_end_in_the_truth_in_any_order(
    shop: Service, door: FlaskClient, engine: Engine, told: list[str], status: str, is_delivered: bool, dead: bool
) -> None:
    (message,) = queue(shop, "one")
    give(shop, "capcom6")
    for number, what in enumerate(told):
        said = {**event(messageId=f"motabot-{message}-1"), "event": f"sms:{what}", "id": f"r{number}"}
        assert capcom6(door, said).status_code == 200
    assert rows(
        engine,
        "select m.status, d.delivered_at is not null, d.dead from public.messages m"
        " join motabot.deliveries d on d.message_id = m.id",
    ) == [(status, is_delivered, dead)]


@pytest.mark.parametrize(
    ("reason", "reach"),
    [
        ("RESULT_ERROR_FDN_CHECK_FAILURE", "blocked"),
        ("Invalid destination number", "unknown number"),
        ("RESULT_ERROR_NO_SERVICE", None),
        ("RESULT_SMS_BLOCKED_DURING_EMERGENCY (Failed sending during an emergency call)", None),
        ("RESULT_RIL_SIMULTANEOUS_SMS_AND_CALL_NOT_ALLOWED", None),
        ("RESULT_INVALID_SMSC_ADDRESS (Failed because of an invalid SMSC address)", None),
    ],
)
def test_what_the_phone_says_of_a_number_is_kept(
    shop: Service, door: FlaskClient, engine: Engine, reason: str, reach: str | None
) -> None:
    (message,) = queue(shop, "one")
    give(shop, "capcom6")
    capcom6(door, {**event(messageId=f"motabot-{message}-1", reason=reason), "event": "sms:failed"})
    assert rows(engine, "select reach from motabot.phones") == [(reach,)]
    assert rows(engine, "select dead from motabot.deliveries") == [(reach is not None,)]


@pytest.mark.parametrize(
    "reason", ["RESULT_ERROR_NO_SERVICE", "RESULT_ERROR_GENERIC_FAILURE", "RESULT_MODEM_ERROR"]
)
def test_a_failure_that_may_be_the_phones_is_left_to_the_sender_that_holds_the_text(
    shop: Service, door: FlaskClient, engine: Engine, reason: str
) -> None:
    (message,) = queue(shop, "one")
    give(shop, "capcom6")
    capcom6(door, {**event(messageId=f"motabot-{message}-1", reason=reason), "event": "sms:failed"})
    status = "failed" if "MODEM" in reason else "queued"
    assert rows(engine, "select status from public.messages") == [(status,)]


def test_a_text_that_was_cancelled_on_the_phone_is_a_dead_letter(
    shop: Service, door: FlaskClient, engine: Engine
) -> None:
    (message,) = queue(shop, "one")
    give(shop, "capcom6")
    capcom6(door, {**event(messageId=f"motabot-{message}-1"), "event": "sms:cancelled"})
    assert rows(engine, "select dead, reason from motabot.deliveries") == [(True, "it was cancelled on the phone")]


@pytest.mark.parametrize("sim", [0, -1, 10, "2", None])
def test_a_sim_that_is_none_costs_no_text(door: FlaskClient, engine: Engine, sim: Any) -> None:
    assert capcom6(door, event(simNumber=sim)).status_code == 200
    assert len(inbound(engine)) == 1


def test_a_reply_leaves_by_the_sim_that_the_text_came_to(
    shop: Service, door: FlaskClient, service_client: ServiceClient
) -> None:
    capcom6(door, event(simNumber=2))
    queue(shop, "one")
    with Layer(lambda *_asked: (202, {})) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        Sender(service_client, transport).step()
        assert [body.get("simNumber") for method, _path, body in phone.asked if method == "POST"] == [2]


def test_one_sms_under_two_event_ids_is_one_text(door: FlaskClient, engine: Engine) -> None:
    at = datetime.now(UTC).isoformat()
    first = capcom6(door, event(receivedAt=at)).get_json()
    assert capcom6(door, {**event(receivedAt=at), "id": "e2"}).get_json() == first
    assert len(inbound(engine)) == 1


def mms(kind: str, **payload: Any) -> dict[str, Any]:
    said = {"messageId": f"m-{kind}", "sender": f"{ANA}/TYPE=PLMN", "simNumber": 1, "subject": None, **payload}
    return {"event": f"mms:{kind}", "id": f"e-{kind}", "payload": said}


def test_a_picture_message_is_one_text_and_its_words_count(
    shop: Service, door: FlaskClient, engine: Engine
) -> None:
    capcom6(door, mms("received", size=125_684))
    assert rows(engine, "select count(*) from motabot.procrastinate_jobs") == [(0,)]
    capcom6(door, mms("downloaded", body="STOP", attachments=[]))
    assert rows(engine, "select phone, consent from motabot.phones") == [(ANA, "out")]
    assert rows(engine, "select reason from motabot.answered order by message_id") == [
        ("stop",),
        ("part of a longer text",),
    ]


def test_the_words_of_a_picture_count_where_only_the_download_is_announced(
    door: FlaskClient, engine: Engine
) -> None:
    capcom6(door, mms("downloaded", body="stop texting me"))
    assert rows(engine, "select consent from motabot.phones") == [("out",)]


def test_the_announcement_of_a_picture_that_came_already_is_no_second_text(
    shop: Service, door: FlaskClient, engine: Engine
) -> None:
    at = datetime.now(UTC)
    capcom6(door, mms("downloaded", body="is this the one?", receivedAt=at.isoformat()))
    capcom6(door, mms("received", size=1, receivedAt=(at + timedelta(seconds=20)).isoformat()))
    assert rows(engine, "select message_id, reason from motabot.answered") == [(2, "part of a longer text")]
