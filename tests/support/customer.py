"""A customer's tools in tests: the real catalogue of tools, read through the real customer's role."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from motabot.agent.registry import Catalog, ToolResult
from motabot.agent.tools import ToolContext
from motabot.customers.context import load_context
from motabot.db.customer_reader import CustomerReader

ZONE = ZoneInfo("America/Los_Angeles")
CATALOG = Catalog.load(Path(__file__).parents[2] / "tools")


SHOP = {
    "name": "Green Door",
    "hours": {"today": "closed", "open_now": True, "opens_next": None},
    "timezone": "UTC",
}


@dataclass
class Caller:
    """Calls tools as the customer of one phone, at one moment."""

    engine: Engine
    customer_engine: Engine
    now: datetime
    phone: str = "+14155550101"
    is_adult: bool = True

    def call(self, tool: str, /, **arguments: Any) -> ToolResult:
        """Call a tool as a model would."""
        context = load_context(self.engine, self.phone, self.phone, token_seconds=60)
        facts = {**context.facts, "shop": SHOP, "age": "affirmed" if self.is_adult else context.facts["age"]}
        reader = CustomerReader(self.customer_engine, context.token)
        return CATALOG.call(tool, json.dumps(arguments), ToolContext(facts, self.now, ZONE, reader), "customer")

    def ask(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """The result that a model reads."""
        result = self.call(tool, **arguments)
        assert result.ok, result.told
        told: dict[str, Any] = json.loads(result.told)
        return told

    def names(self, tool: str, /, **arguments: Any) -> list[str]:
        """The names of the products that a tool found, in its order."""
        return [card["name"] for card in self.ask(tool, **arguments)["products"]]
