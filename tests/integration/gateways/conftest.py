"""Fixtures that this folder's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import SecretStr

from motabot.app import Service, create_app
from motabot.gateways.client import ServiceClient
from motabot.settings import Settings
from tests.integration.gateways.door import KEYS, PUBLIC, TOKENS
from tests.support.site import serving


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


@pytest.fixture
def service_url(shop: Service) -> Iterator[str]:
    with serving(create_app(shop)) as address:
        yield address


@pytest.fixture
def service_client(service_url: str, webhook_secret: str) -> Iterator[ServiceClient]:
    with ServiceClient(service_url, webhook_secret) as client:
        yield client
