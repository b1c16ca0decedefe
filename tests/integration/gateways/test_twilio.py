"""Twilio: signatures, forms, and reports on sent texts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from motabot.app import Service
from motabot.gateways.client import ServiceClient
from motabot.gateways.sender import Sender
from motabot.gateways.twilio import TwilioTransport
from motabot.sms.claim import Claims
from tests.integration.gateways.door import (
    ANA,
    FORM,
    PUBLIC,
    TOKENS,
    Layer,
    capcom6,
    event,
    give,
    inbound,
    queue,
    rows,
    twilio,
)


def test_twilios_vector_is_what_its_own_library_says() -> None:
    form = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "From": "+14158675309", "Caller": "+14158675309"}
    given = RequestValidator("12345").compute_signature(
        "https://mycompany.com/myapp.php?foo=1&bar=2", {**form, "To": "+18005551212"}
    )
    assert given == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize("token", TOKENS)
def test_a_text_of_twilio_is_recorded_once(door: FlaskClient, engine: Engine, token: str) -> None:
    for _delivery in range(2):
        answer = twilio(door, FORM, token=token)
        assert (answer.status_code, answer.data) == (200, b"<Response/>")
    assert inbound(engine) == [(ANA, "when do you open? ñ&=")]
    assert rows(engine, "select gateway, external_id from motabot.receipts") == [("twilio", "SM1")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"token": "wrong"}, 401),
        ({"signature": ""}, 401),
        ({"raw": urlencode({**FORM, "Body": "send it all"})}, 401),
        ({"raw": urlencode(FORM)[:-9]}, 401),
        ({"raw": b"\xff\xfe"}, 401),
    ],
)
def test_what_twilio_did_not_sign_is_refused(
    door: FlaskClient, engine: Engine, change: dict[str, Any], code: int
) -> None:
    answer = twilio(door, FORM, **change)
    assert answer.status_code == code
    assert answer.content_type == "application/problem+json"
    assert inbound(engine) == []


def test_a_form_that_lacks_fields_says_which(door: FlaskClient) -> None:
    answer = twilio(door, {"From": ANA})
    assert (answer.status_code, set(answer.get_json()["fields"])) == (422, {"MessageSid", "Body"})
    assert set(twilio(door, {**FORM, "From": " "}).get_json()["fields"]) == {"From"}


def test_a_receipt_is_believed_only_of_a_text_that_its_layer_was_given(
    shop: Service, door: FlaskClient, engine: Engine
) -> None:
    (message,) = queue(shop, "one")

    def tell_all() -> list[Any]:
        for status in ("sent", "delivered", "undelivered", "failed"):
            form = {"MessageSid": "SM9", "MessageStatus": status, "ErrorCode": "21610"}
            assert twilio(door, form, path=f"/sms/twilio?message={message}").status_code == 200
        for name in ("sms:sent", "sms:delivered", "sms:failed"):
            told = {**event(messageId=f"motabot-{message}-1", reason="x"), "event": name}
            assert capcom6(door, told).status_code == 200
        return rows(
            engine,
            "select m.status, d.delivered_at, d.dead, p.consent from public.messages m"
            " left join motabot.deliveries d on d.message_id = m.id"
            " left join motabot.phones p on p.phone = motabot.phone_key(m.phone_number)",
        )

    assert tell_all() == [("queued", None, False, None)]
    give(shop, "gammu")
    assert tell_all() == [("queued", None, False, "unknown")]


@pytest.mark.parametrize(
    ("path", "query"),
    [("/sms/twilio", "?"), ("/sms/twilio", "?shop=caf%C3%A9"), ("/sms/twilio", "?a=1&a=2&b="), ("/sms/twilio", "?a=%20+%2B")],
)  # fmt: skip
def test_twilios_signature_covers_the_address_as_it_was_written(
    door: FlaskClient, engine: Engine, path: str, query: str
) -> None:
    signature = RequestValidator(TOKENS[0]).compute_signature(PUBLIC + path + query, FORM)
    answer = door.post(
        path + query,
        data=urlencode(FORM),
        headers={"x-twilio-signature": signature},
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"REQUEST_URI": path + query},
    )
    assert answer.status_code == 200
    assert len(inbound(engine)) == 1


@pytest.mark.parametrize(
    "raw",
    [
        {"MessageSid": "SM1NumMedia0", "NumMedia": None},
        {"MessageSid": "SM1NumMedia0To+14155550199", "NumMedia": None, "To": None},
        {"From": f"{ANA}MessageSidSM1", "MessageSid": None},
        {"Body": f"when do you open? ñ&=From{ANA}", "From": None},
        {"NumMedia": "0To+14155550199", "To": None},
    ],
)
def test_a_field_that_took_in_its_neighbor_is_refused(
    door: FlaskClient, engine: Engine, raw: dict[str, str | None]
) -> None:
    moved = {name: value for name, value in {**FORM, **raw}.items() if value is not None}
    signed = RequestValidator(TOKENS[0])
    good = signed.compute_signature(f"{PUBLIC}/sms/twilio", FORM)
    assert signed.compute_signature(f"{PUBLIC}/sms/twilio", moved) == good  # the signature cannot tell
    assert twilio(door, moved, signature=good).status_code == 422
    assert inbound(engine) == []


def test_duplicate_fields_are_signed_and_not_believed(door: FlaskClient, engine: Engine) -> None:
    raw = urlencode([*FORM.items(), ("Tag", "b"), ("Tag", "a"), ("Tag", "a")])
    signature = RequestValidator(TOKENS[0]).compute_signature(
        f"{PUBLIC}/sms/twilio", MultiDict([*FORM.items(), ("Tag", "b"), ("Tag", "a"), ("Tag", "a")])
    )
    assert twilio(door, FORM, raw=raw, signature=signature).status_code == 200
    twice = MultiDict([*FORM.items(), ("MessageSid", "SM2")])
    signature = RequestValidator(TOKENS[0]).compute_signature(f"{PUBLIC}/sms/twilio", twice)
    raw = urlencode([*FORM.items(), ("MessageSid", "SM2")])
    assert twilio(door, FORM, raw=raw, signature=signature).status_code == 422
    assert len(inbound(engine)) == 1


def test_twilios_reports_are_noted_beside_the_text(shop: Service, door: FlaskClient, engine: Engine) -> None:
    delivered, lost = queue(shop, "one", "two")
    for number, status in ((delivered, "sent"), (delivered, "delivered"), (lost, "undelivered"), (99, "failed")):
        give(shop, "twilio")
        form = {"MessageSid": "SM9", "MessageStatus": status, "ErrorCode": "30005"}
        assert twilio(door, form, path=f"/sms/twilio?message={number}").status_code == 200
    assert rows(
        engine,
        "select message_id, delivered_at is not null, dead, reason from motabot.deliveries order by message_id",
    ) == [(delivered, True, False, None), (lost, False, True, "Twilio error 30005")]


@pytest.mark.parametrize(
    ("code", "consent", "reach"),
    [
        ("21610", "out", None),
        ("30003", "unknown", "unreachable"),
        ("30004", "unknown", "blocked"),
        ("30005", "unknown", "unknown number"),
        ("30006", "unknown", "landline"),
        ("30008", "unknown", None),
    ],
)
def test_what_a_carrier_says_later_of_a_number_is_kept(
    shop: Service, door: FlaskClient, engine: Engine, code: str, consent: str, reach: str | None
) -> None:
    (number,) = queue(shop, "one")
    give(shop, "twilio")
    form = {"MessageSid": "SM9", "MessageStatus": "undelivered", "ErrorCode": code}
    assert twilio(door, form, path=f"/sms/twilio?message={number}").status_code == 200
    assert rows(engine, "select consent, reach from motabot.phones") == [(consent, reach)]


def test_a_text_that_twilio_took_and_gave_up_goes_out_again_without_having_lost_an_attempt(
    shop: Service, door: FlaskClient, engine: Engine
) -> None:
    (number,) = queue(shop, "one")
    claims = Claims(shop.engine, shop.settings)
    claims.settle(number, "sent", lease=claims.claim(layer="twilio").id)
    form = {"MessageSid": "SM9", "MessageStatus": "failed", "ErrorCode": "30002"}
    state = "select m.status, m.retry_count, d.dead from public.messages m join motabot.deliveries d on d.message_id = m.id"
    for _time in range(2):  # a callback may come twice
        assert twilio(door, form, path=f"/sms/twilio?message={number}&attempt=1").status_code == 200
        assert rows(engine, state) == [("failed", 0, False)]
    assert rows(engine, "select down_since is not null from motabot.layers where name = 'twilio'") == [(True,)]
    with engine.begin() as connection:
        connection.exec_driver_sql("update motabot.deliveries set next_attempt_at = now()")
    lease = claims.claim(layer="twilio")
    assert [(text.attempt, text.attempts_before) for text in lease.messages] == [(1, 1)]
    claims.settle(number, "sent", lease=lease.id)
    assert twilio(door, form, path=f"/sms/twilio?message={number}&attempt=1").status_code == 200
    assert rows(engine, state) == [("sent", 1, False)]
    delivered = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    twilio(door, delivered, path=f"/sms/twilio?message={number}&attempt=2")
    assert rows(engine, "select down_since from motabot.layers where name = 'twilio'") == [(None,)]


def test_a_text_by_rcs_is_of_the_number_behind_it(door: FlaskClient, engine: Engine) -> None:
    twilio(door, {**FORM, "From": f"rcs:{ANA}", "Body": "STOP"})
    assert rows(engine, "select phone, consent from motabot.phones") == [(ANA, "out")]


def test_a_twilio_picture_without_words_is_a_text(door: FlaskClient, engine: Engine) -> None:
    form = {"MessageSid": "MM1", "From": ANA, "NumMedia": "1", "MessageStatus": "received"}
    assert twilio(door, form).status_code == 200
    assert inbound(engine) == [(ANA, "")]


@pytest.mark.parametrize(("heard", "consent"), [("STOP", "out"), ("START", "in"), ("HELP", "unknown")])
def test_what_twilio_heard_is_consent_and_needs_no_second_confirmation(
    door: FlaskClient, engine: Engine, heard: str, consent: str
) -> None:
    twilio(door, {**FORM, "Body": "nope nope", "OptOutType": heard})
    assert rows(engine, "select consent from motabot.phones") == [(consent,)]
    assert rows(engine, "select count(*) from public.messages where direction = 'outbound'") == [(0,)]


@pytest.mark.parametrize(
    ("code", "consent", "reach"),
    [
        (21610, "out", None),
        (21614, "unknown", "landline"),
        (30005, "unknown", "unknown number"),
        (30004, "unknown", "blocked"),
    ],
)
def test_what_twilio_says_of_a_number_is_kept(
    shop: Service, service_client: ServiceClient, engine: Engine, code: int, consent: str, reach: str | None
) -> None:
    queue(shop, "one")
    with (
        Layer(lambda *_asked: (400, {"code": code})) as layer,
        TwilioTransport("AC1", "t", "+14155550199", callback_url=None, url=layer.url) as transport,
    ):
        Sender(service_client, transport).step()
    assert rows(engine, "select consent, reach from motabot.phones") == [(consent, reach)]
    assert rows(engine, "select status from public.messages") == [("failed",)]
