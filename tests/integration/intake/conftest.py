"""Fixtures that this folder's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motabot.app import Service, create_app
from motabot.settings import Settings
from tests.integration.intake.layer import Layer


@pytest.fixture
def layer(settings: Settings, webhook_secret: str) -> Iterator[Layer]:
    service = Service(settings)
    yield Layer(service, create_app(service).test_client(), webhook_secret)
    service.close()
