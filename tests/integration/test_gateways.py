"""The doors of other SMS layers, opened with what their own makers sign with, and their senders."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine, text
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from motabot.app import Service, create_app
from motabot.gateways.capcom6 import Capcom6Transport
from motabot.gateways.client import ServiceClient
from motabot.gateways.sender import OutboundText, Sender, SendOutcome
from motabot.gateways.twilio import TwilioTransport
from motabot.settings import Settings
from motabot.sms.claim import Claims
from motabot.testing import signed_headers, wait_until
from tests.support.processes import environment_of, terminated
from tests.support.site import serving

ANA = "+14155550101"
TOKENS, KEYS = ("12345", "next-token"), ("phone-key", "new-phone-key")
PUBLIC = "https://shop.example.org"


@pytest.fixture
def shop(settings: Settings) -> Iterator[Service]:
    secrets: dict[str, Any] = {
        "twilio_auth_tokens": tuple(map(SecretStr, TOKENS)),
        "capcom6_signing_keys": tuple(map(SecretStr, KEYS)),
        "public_url": PUBLIC,
        "outbox_mode": "claim",
    }
    service = Service(settings.model_copy(update=secrets))
    yield service
    service.close()


@pytest.fixture
def door(shop: Service) -> FlaskClient:
    return create_app(shop).test_client()


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def inbound(engine: Engine) -> list[tuple[Any, ...]]:
    return rows(
        engine, "select phone_number, content from public.messages where direction = 'inbound' order by id"
    )


# --- Twilio

FORM = {"MessageSid": "SM1", "From": ANA, "To": "+14155550199", "Body": "when do you open? ñ&=", "NumMedia": "0"}


def twilio(
    door: FlaskClient, form: dict[str, str], *, token: str = TOKENS[0], path: str = "/sms/twilio", **change: Any
) -> Any:
    signature = RequestValidator(token).compute_signature(PUBLIC + path, form)
    raw = change.get("raw", urlencode(form))
    headers = {"x-twilio-signature": change.get("signature", signature)}
    return door.post(path, data=raw, headers=headers, content_type="application/x-www-form-urlencoded")


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


def queue(shop: Service, *words: str) -> list[int]:
    with shop.engine.begin() as connection:
        return [shop.outbox.queue(connection, ANA, each) for each in words]


def give(shop: Service, layer: str) -> None:
    """Have a sender of a layer take what is queued."""
    Claims(shop.engine, shop.settings).claim(10, layer=layer)


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

    assert tell_all() == [("queued", None, None, None)]
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


# --- android-sms-gateway


def event(**payload: Any) -> dict[str, Any]:
    said = {"messageId": "m1", "message": "when do you open?", "sender": ANA, "simNumber": 1, **payload}
    return {"deviceId": "d", "event": "sms:received", "id": "e1", "payload": said, "webhookId": "w"}


def capcom6(
    door: FlaskClient,
    body: Any,
    *,
    key: str = KEYS[0],
    at: float | None = None,
    path: str = "/sms/capcom6",
    **change: Any,
) -> Any:
    """Signed as docs.sms-gate.app has it; its makers publish no library that signs."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = change.get("stamp", str(int(time.time() if at is None else at)))
    signature = hmac.new(key.encode(), raw + stamp.encode(), hashlib.sha256).hexdigest()
    headers = {"x-signature": change.get("signature", signature), "x-timestamp": stamp}
    return door.post(path, data=change.get("raw", raw), headers=headers)


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


# --- no secret opens another gateway's door


def test_each_gateway_takes_its_own_secrets_alone(
    shop: Service, door: FlaskClient, engine: Engine, webhook_secret: str
) -> None:
    raw = json.dumps(event()).encode()
    native = signed_headers(webhook_secret, raw)
    assert door.post("/sms/capcom6", data=raw, headers=native).status_code == 401
    assert door.post("/sms/twilio", data=raw, headers=native).status_code == 401
    assert capcom6(door, event(), key=webhook_secret).status_code == 401
    assert capcom6(door, event(), key=TOKENS[0]).status_code == 401
    assert twilio(door, FORM, token=webhook_secret).status_code == 401
    assert capcom6(door, event(), path="/sms/inbound").status_code == 401
    borrowed = "whsec_" + b64encode(KEYS[0].encode()).decode()
    assert door.post("/sms/inbound", data=raw, headers=signed_headers(borrowed, raw)).status_code == 401
    assert inbound(engine) == []


def test_a_gateway_without_secrets_has_no_door(client: FlaskClient) -> None:
    assert client.post("/sms/twilio").status_code == 404
    assert client.post("/sms/capcom6").status_code == 404


def test_behind_a_proxy_the_senders_address_counts(settings: Settings) -> None:
    update: dict[str, Any] = {
        "twilio_auth_tokens": (SecretStr("t"),),
        "trusted_proxies": 1,
        "requests_per_minute": 10,
    }
    service = Service(settings.model_copy(update=update))
    door = create_app(service).test_client()
    signature = RequestValidator("t").compute_signature("https://shop.example.org/sms/twilio", FORM)
    said = {
        "x-twilio-signature": signature,
        "x-forwarded-proto": "https",
        "x-forwarded-host": "shop.example.org",
        "x-forwarded-for": "203.0.113.7",
    }
    assert door.post("/sms/twilio", data=FORM, headers=said).status_code == 200
    codes = [door.get("/healthz", headers=said).status_code for _ in range(10)]
    assert codes == [200] * 9 + [429]
    refused = door.get("/healthz", headers=said)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.get_json()["status"] == 429
    assert door.get("/healthz", headers={**said, "x-forwarded-for": "203.0.113.8"}).status_code == 200
    service.close()


# --- senders


Answer = Callable[[str, str, dict[str, Any]], tuple[int, dict[str, Any]]]


class Layer:
    """A stand-in for an SMS layer's HTTP API, on this machine."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
                is_form = "form" in (self.headers["content-type"] or "")
                body = {k: v[0] for k, v in parse_qs(raw).items()} if is_form else json.loads(raw or "{}")
                path = self.path.split("?")[0]
                owner.asked.append((self.command, path, body))
                code, said = answer(self.command, path, body)
                content = json.dumps(said).encode()
                self.send_response(code)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = _answer  # noqa: N815 - the base class looks for these names
            do_POST = _answer  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Layer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def service_url(shop: Service) -> Iterator[str]:
    with serving(create_app(shop)) as address:
        yield address


@pytest.fixture
def service_client(service_url: str, webhook_secret: str) -> Iterator[ServiceClient]:
    with ServiceClient(service_url, webhook_secret) as client:
        yield client


def test_the_phones_sender_waits_until_the_phone_says_what_became_of_a_text(
    shop: Service, service_client: ServiceClient, engine: Engine
) -> None:
    sent, failed = queue(shop, "one")[0], 0
    states = {f"motabot-{sent}-1": ["Pending", "Processed", "Sent"]}

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "POST":
            return 202, {"id": body["id"], "state": "Pending"}
        queue_of = states[path.removeprefix("/messages/")]
        return 200, {"state": queue_of.pop(0) if len(queue_of) > 1 else queue_of[0]}

    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        sender = Sender(service_client, transport)
        assert sender.step()
        assert [(path, body.get("textMessage")) for method, path, body in phone.asked if method == "POST"] == [
            ("/messages", {"text": "one"})
        ]
        for _look in range(3):
            sender.step()
        assert rows(engine, "select status from public.messages") == [("sent",)]
        (failed,) = queue(shop, "two")
        states[f"motabot-{failed}-1"] = ["Failed"]
        for _look in range(2):
            sender.step()
        assert rows(engine, "select status, retry_count from public.messages order by id desc limit 1") == [
            ("failed", 1)
        ]


def test_a_text_that_the_phone_has_from_a_sender_that_died_is_not_sent_again() -> None:
    state = "Pending"

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        assert method == "GET"
        return (200, {"state": state}) if path.endswith("-7-1") else (404, {})

    again = OutboundText(7, ANA, "one", 2)
    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        assert transport.hand_over(again) is None
        assert transport.outcome(again) is None
        state = "Delivered"
        assert transport.outcome(again) == SendOutcome("sent")
        assert transport.hand_over(again) == SendOutcome("sent")


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    [
        (201, {"sid": "SM1", "status": "queued"}, ("sent", False)),
        (400, {"code": 21211}, ("failed", True)),
        (400, {"code": 30459}, ("failed", True)),
        (400, {"code": 20003}, ("failed", False)),
        (429, {}, ("failed", False)),
        (503, {}, ("failed", False)),
    ],
)
def test_what_twilio_answers_decides_whether_it_is_tried_again(
    code: int, said: dict[str, Any], outcome: tuple[str, bool]
) -> None:
    callback = f"{PUBLIC}/sms/twilio"
    with (
        Layer(lambda *_: (code, said)) as api,
        TwilioTransport("AC1", "token", "MG1", callback_url=callback, url=api.url) as transport,
    ):
        given = transport.hand_over(OutboundText(7, ANA, "one", 1))
        assert given is not None
        assert (given.status, given.permanent) == outcome
        assert api.asked == [
            (
                "POST",
                "/2010-04-01/Accounts/AC1/Messages.json",
                {
                    "To": ANA,
                    "Body": "one",
                    "MessagingServiceSid": "MG1",
                    "StatusCallback": f"{PUBLIC}/sms/twilio?message=7",
                },
            )
        ]


def test_a_text_that_twilio_has_from_a_sender_that_died_is_not_sent_again() -> None:
    now, old = formatdate(time.time()), formatdate(time.time() - 90_000)

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        listed = [
            {"body": "one", "status": "sent", "date_created": now},
            {"body": "two", "status": "failed", "date_created": now},
            {"body": "three", "status": "sent", "date_created": old},
        ]
        return (200, {"messages": listed}) if method == "GET" else (201, {})

    with (
        Layer(answer) as api,
        TwilioTransport("AC1", "token", "+14155550100", callback_url=None, url=api.url) as transport,
    ):
        for words in ("one", "two", "three"):
            assert transport.hand_over(OutboundText(7, ANA, words, 2)) == SendOutcome("sent")
        assert [body["Body"] for method, _path, body in api.asked if method == "POST"] == ["two", "three"]


def test_an_outage_of_the_layer_costs_no_text_an_attempt_and_staff_hear_of_it(
    shop: Service, service_client: ServiceClient, engine: Engine
) -> None:
    queue(shop, "one", "two")
    answers = [500, 429, 401, 503]

    def answer(method: str, _path: str, _body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "GET":
            return (200, {"state": "Sent"}) if not answers else (404, {})
        return (answers.pop(0) if answers else 202), {"state": "Pending"}

    with Capcom6Transport("http://127.0.0.1:9", "user", "word") as transport:
        Sender(service_client, transport).step()
    state = "select status, retry_count from public.messages order by id"
    assert rows(engine, state) == [("queued", 0)] * 2
    assert rows(engine, "select name, down_since is not null from motabot.layers where name = 'capcom6'") == [
        ("capcom6", True)
    ]
    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        sender = Sender(service_client, transport)
        for _step in range(4):
            sender.step()
            assert rows(engine, state) == [("queued", 0)] * 2
        for _step in range(4):
            sender.step()
        posted = [body["id"] for method, _path, body in phone.asked if method == "POST"]
    assert rows(engine, state) == [("sent", 1)] * 2
    assert sorted(Counter(posted).items()) == [("motabot-1-1", 4), ("motabot-2-1", 1)]
    assert rows(engine, "select down_since from motabot.layers where name = 'capcom6'") == [(None,)]


@pytest.mark.parametrize("state", ["Processed", "Pending"])
def test_a_text_that_is_stuck_on_the_phone_is_given_up_and_blocks_nobody(
    shop: Service, service_client: ServiceClient, engine: Engine, state: str
) -> None:
    stuck, behind = queue(shop, "one", "two")

    def answer(method: str, path: str, _body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "POST":
            return 202, {}
        known = {f"/messages/motabot-{stuck}-1": state, f"/messages/motabot-{behind}-1": "Sent"}
        return (200, {"state": known[path]}) if path in known else (404, {})

    with Layer(answer) as phone, Capcom6Transport(phone.url, "user", "word") as transport:
        for _lease in range(shop.settings.retry_limit + 3):
            sender = Sender(service_client, transport)
            sender.step()
            sender.step()
            with engine.begin() as connection:
                connection.execute(
                    text("update motabot.deliveries set leased_until = now() where lease is not null")
                )
        posted = [body["id"] for method, _path, body in phone.asked if method == "POST"]
    assert posted == [f"motabot-{stuck}-1", f"motabot-{behind}-1"]
    assert rows(engine, "select status from public.messages order by id") == [("failed",), ("sent",)]
    assert rows(engine, f"select dead from motabot.deliveries where message_id = {stuck}") == [(True,)]


def test_what_was_cancelled_on_the_phone_is_a_dead_letter() -> None:
    with (
        Layer(lambda *_asked: (200, {"state": "Cancelled"})) as phone,
        Capcom6Transport(phone.url, "user", "word") as transport,
    ):
        outcome = transport.outcome(OutboundText(7, ANA, "one", 1))
    assert outcome is not None
    assert (outcome.status, outcome.permanent) == ("failed", True)


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


def test_a_layers_clock_is_noted_even_where_it_is_refused(door: FlaskClient, engine: Engine) -> None:
    assert capcom6(door, event(), at=time.time() - 900).status_code == 401
    ((name, skew),) = rows(engine, "select name, skew_seconds from motabot.layers")
    assert (name, round(skew / 10)) == ("capcom6", -90)
    assert b'motabot_layer_clock_skew_seconds{layer="capcom6"} -9' in door.get("/metrics").data


@pytest.mark.slow
@pytest.mark.parametrize("layer", ["capcom6", "twilio"])
def test_a_senders_process_sends_what_is_queued_once_its_layer_is_back(
    shop: Service, service_url: str, engine: Engine, layer: str
) -> None:
    queue(shop, "one")
    taken: list[str] = []
    outages = [503]

    def answer(method: str, path: str, _body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if method == "GET" and layer == "capcom6":
            return (200, {"state": "Sent"}) if taken else (404, {})
        if method == "GET":
            return 200, {"messages": []}
        if outages:
            return outages.pop(), {}
        taken.append(path)
        return 201, {"sid": "SM1", "status": "queued"}

    with Layer(answer) as api:
        env = environment_of(
            shop.settings,
            MOTABOT_CAPCOM6_URL=api.url,
            MOTABOT_CAPCOM6_USERNAME="user",
            MOTABOT_CAPCOM6_PASSWORD="word",
            MOTABOT_TWILIO_ACCOUNT_SID="AC1",
            MOTABOT_TWILIO_AUTH_TOKENS=TOKENS[0],
            MOTABOT_TWILIO_SENDER="+14155550199",
            MOTABOT_TWILIO_URL=api.url,
        )
        command = [sys.executable, "-m", "motabot", "gateway", layer, "--url", service_url]
        process = subprocess.Popen(command, env=env)
        try:
            wait_until(lambda: rows(engine, "select status from public.messages") == [("sent",)], 60)
        finally:
            terminated(process)
    assert len(taken) == 1
    assert rows(engine, "select retry_count from public.messages") == [(1,)]
