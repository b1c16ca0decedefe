"""Fixtures that this folder's tests share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from motabot.testing import completion
from tests.support.staff_door import SCRIPT, Door


@pytest.fixture
def door(shop: Engine, open_door: Callable[[SCRIPT], Door]) -> Door:
    return open_door(lambda _body, _number: completion("Hello."))
