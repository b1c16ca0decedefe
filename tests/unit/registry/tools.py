"""Tools of a test, and a registry that holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

from motabot.agent.registry import ToolRegistry, ToolResult
from motabot.agent.tools import CustomerTools
from motabot.memo import Memo
from tests.support.turns import NOW, shop_now

HEAD = """
from decimal import Decimal
from typing import Literal
from motabot.agent.tools import AnyTools, CustomerTools, HandOff, Proposal, StaffTools, ToolFailed, tool
"""


def no_rows(_sql: str, _parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    return []


CONTEXT = CustomerTools(
    NOW,
    ZoneInfo("America/Los_Angeles"),
    shop_now(),
    is_customer=False,
    is_adult=False,
    memo=Memo(60),
    run_query=no_rows,
)


def registry(folder: Path, *sources: str) -> ToolRegistry:
    for number, source in enumerate(sources):
        (folder / f"module{number}.py").write_text(HEAD + dedent(source), encoding="utf-8")
    return ToolRegistry.load(folder)


ADD = '''
@tool(audience="customer", effect="read")
def add(ctx: CustomerTools, one: int, other: int | None = None) -> dict[str, object]:
    """Add two numbers.

    Args:
        one: A number.
        other: Another,
            on two lines.
    """
    if one == 13:
        raise ToolFailed("13 is not added here.")
    if one == 14:
        raise ZeroDivisionError
    return {"sum": Decimal(one + (other or 0))}

@tool(audience="staff", effect="write")
def drop(ctx: StaffTools) -> HandOff:
    """Drop something."""
    return HandOff("other", "dropped")
'''


def error(result: ToolResult) -> str:
    assert not result.ok
    told = json.loads(result.told)
    assert set(told) == {"error"}
    return str(told["error"])
