"""Each gateway's door takes its own secrets alone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from base64 import b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine
from twilio.request_validator import RequestValidator

from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.testing import signed_headers, wait_until
from tests.integration.gateways.door import FORM, KEYS, TOKENS, Layer, capcom6, event, inbound, queue, rows, twilio
from tests.support.processes import environment_of, terminated


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
