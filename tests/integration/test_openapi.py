"""The service's description: complete, and true under fire."""

from __future__ import annotations

import itertools
import json
import time
from collections import Counter
from hashlib import sha256
from hmac import new as new_hmac
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import Engine
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.wsgi import get_current_url

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.staff import accounts
from motabot.testing import signed_headers
from motabot.web.openapi import document
from tests.support.machines import tries

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
#: Pages for people, not an interface.
FOR_PEOPLE = ("/console", "/static")


@pytest.fixture
def app(settings: Settings) -> Any:
    update: dict[str, Any] = {
        "twilio_auth_tokens": (SecretStr("token"),),
        "capcom6_signing_keys": (SecretStr("key"),),
        "outbox_mode": "claim",
        "requests_per_minute": 1_000_000,
        "staff_questions_per_minute": 1_000_000,
    }
    service = Service(settings.model_copy(update=update))
    yield create_app(service)
    service.close()


def test_every_address_is_described(app: Flask) -> None:
    described = document(app)["paths"]
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(FOR_PEOPLE):
            assert rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}") in described


def test_what_is_described_is_served(app: Flask) -> None:
    answer = app.test_client().get("/openapi.json")
    assert answer.get_json() == json.loads(json.dumps(document(app)))
    inbound = answer.get_json()["paths"]["/sms/inbound"]["post"]
    assert set(inbound["responses"]) == {"200", "202", "400", "401", "409", "413", "422", "429", "500", "503"}
    assert inbound["security"] == [{"standardWebhooks": []}]
    assert inbound["requestBody"]["content"]["application/json"]["example"]["sender"] == "+14155550100"


class Signing:
    """An honest sender in front of the app: signs whatever bytes are sent, as the address wants them signed."""

    def __init__(self, app: Flask, native: str, token: str) -> None:
        self._app, self._native, self._token = app, native, token

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(raw)
        for name, value in self._sign(environ["PATH_INFO"], get_current_url(environ), raw).items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        answer = self._app(environ, start_response)
        try:
            return [b"".join(answer)]  # as a server does: read to the end, then close
        finally:
            getattr(answer, "close", lambda: None)()

    def _sign(self, path: str, url: str, raw: bytes) -> dict[str, str]:
        if not path.startswith("/sms/"):
            return {"authorization": f"Bearer {self._token}"}
        if path == "/sms/capcom6":
            stamp = str(int(time.time()))
            signed = new_hmac(b"key", raw + stamp.encode(), sha256).hexdigest()
            return {"x-timestamp": stamp, "x-signature": signed}
        if path == "/sms/twilio":
            form = MultiDict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
            return {"x-twilio-signature": RequestValidator("token").compute_signature(url, form)}
        headers = signed_headers(self._native, raw.decode("utf-8", "replace").encode())
        return {name: value for name, value in headers.items() if name != "content-type"}


@pytest.mark.slow
def test_no_request_gets_an_answer_that_is_not_described(app: Flask, engine: Engine, webhook_secret: str) -> None:
    with engine.begin() as connection:
        token = accounts.add(connection, "Kim", "admin", by="test")
    schema = schemathesis.openapi.from_wsgi("/openapi.json", Signing(app, webhook_secret, token))
    tried: Counter[tuple[str, int]] = Counter()
    for operation, mode in itertools.product(
        [schema[path][method] for path in schema for method in schema[path]], schemathesis.GenerationMode
    ):
        if mode is schemathesis.GenerationMode.NEGATIVE and operation.method == "get":
            continue  # there is nothing that could be wrong

        @examples(
            max_examples=tries(20, soak=200),
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def attack(case: schemathesis.Case[Any]) -> None:
            answer = case.call()
            tried[case.path, answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)

        attack()
    for path, status in (("/sms/inbound", 202), ("/sms/inbound", 422), ("/sms/outbox/claim", 200), ("/sms/twilio", 200),
                         ("/sms/capcom6", 200), ("/sms/status", 404), ("/sms/status", 422), ("/chat", 200), ("/chat", 422), ("/query.csv", 422),
                         ("/actions/{action}/approve", 404)):  # fmt: skip
        assert tried[path, status], f"{path} never answered {status}"
