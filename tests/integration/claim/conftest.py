"""Fixtures that this folder's tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motabot.app import Service
from motabot.settings import Settings
from motabot.sms.claim import Claims


@pytest.fixture
def shop(settings: Settings) -> Iterator[Service]:
    service = Service(settings.model_copy(update={"outbox_mode": "claim", "retry_limit": 3}))
    yield service
    service.close()


@pytest.fixture
def claims(shop: Service) -> Claims:
    return Claims(shop.engine, shop.settings)
