"""A customer's tools in tests: the real catalog of tools, read through the real customer's role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from motabot.agent.registry import ToolRegistry, ToolResult
from motabot.agent.tools import CustomerTools
from motabot.customers.context import load_context
from motabot.db import roles
from motabot.db.customer_reader import CustomerReader
from motabot.db.engine import CUSTOMER_PATH, make_engine
from motabot.memo import Memo
from motabot.settings import load_settings
from motabot.shop import Shop

ZONE = ZoneInfo("America/Los_Angeles")
REGISTRY = ToolRegistry.load(Path(__file__).parents[2] / "tools")


@pytest.fixture
def customer_engine(engine: Engine, database_url: str) -> Iterator[Engine]:
    """Connections of the role that customers' tools read with."""
    with engine.connect() as connection:
        url = roles.role_url(connection, database_url, roles.CUSTOMER)
        assert url is not None
    customers = make_engine(url, load_settings(), search_path=CUSTOMER_PATH)
    yield customers
    customers.dispose()


ALWAYS = dict.fromkeys(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "0:00-24:00"
)
SHOP = Shop.model_validate({"name": "Green Door", "timezone": "UTC", "hours": ALWAYS})


@dataclass
class Caller:
    """Calls tools as the customer of one phone, at one moment."""

    engine: Engine
    customer_engine: Engine
    now: datetime
    phone: str = "+14155550101"
    is_adult: bool = True
    shop: Shop = SHOP
    memo: Memo = field(default_factory=lambda: Memo(60))

    def call(self, tool: str, /, **arguments: Any) -> ToolResult:
        """Call a tool as a model would."""
        context = load_context(self.engine, self.phone, token_seconds=60)
        reader = CustomerReader(self.customer_engine, context.token)
        tools = CustomerTools(
            self.now,
            ZONE,
            self.shop.at(self.now),
            is_customer=context.is_customer,
            is_adult=self.is_adult or context.is_adult,
            memo=self.memo,
            run_query=reader,
        )
        return REGISTRY.call(tool, json.dumps(arguments), tools, "customer")

    def ask(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """The result that a model reads."""
        result = self.call(tool, **arguments)
        assert result.ok, result.told
        told: dict[str, Any] = json.loads(result.told)
        return told

    def names(self, tool: str, /, **arguments: Any) -> list[str]:
        """The names of the products that a tool found, in its order."""
        return [card["name"] for card in self.ask(tool, **arguments)["products"]]
