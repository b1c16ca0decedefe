"""The one customer that a question or an order is about."""

from __future__ import annotations

import json
from dataclasses import dataclass

from motabot.agent.models.base import ModelAnswer, ToolCall
from motabot.boundary import JsonMapping
from motabot.offline.staff.answers import listed
from motabot.offline.staff.sentences import say

#: The most customers of one name that are shown side by side.
_NAMESAKES = 5


@dataclass(frozen=True)
class Person:
    """A customer as tools identify them, or what to say if nobody or several match.

    Attributes:
        member, phone, name: As the tools give them; they may be placeholders.
        problem: What to say instead.
    """

    member: str = ""
    phone: str = ""
    name: str = ""
    problem: str = ""


def look_for(who: str) -> ModelAnswer:
    """The call that finds a customer."""
    return ModelAnswer("", (ToolCall("who", "find_customers", json.dumps({"words": who})),), "tool_calls")


def found(who: str, result: JsonMapping, language: str) -> Person:
    """The customer that find_customers found."""
    if "error" in result:
        return Person(problem=say("failed", language, error=result["error"]))
    columns, rows = result.get("columns", ()), result.get("rows", ())
    if len(rows) != 1 or result.get("note"):
        return Person(problem=which(who, result, language))
    row = dict(zip(columns, rows[0], strict=True))
    return Person(str(row["member_id"]), str(row["phone"] or ""), str(row["name"] or who))


def which(who: str, result: JsonMapping, language: str) -> str:
    """Ask which of several customers is meant."""
    rows = result.get("rows") or []
    if not rows:
        return say("nobody", language, who=who)
    is_alike = "alike" in str(result.get("note", ""))
    return say("alike" if is_alike else "several", language, who=who, listed=listed(result["columns"], rows))


def namesakes(result: JsonMapping) -> tuple[str, ...]:
    """The member ids of those found, where they are one customer or a few who have the same name; else none."""
    columns, rows = result.get("columns", ()), result.get("rows", ())
    if not rows or len(rows) > _NAMESAKES or (result.get("note") and len(rows) > 1):
        return ()
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return tuple(str(row["member_id"]) for row in found) if len({row["name"] for row in found}) == 1 else ()


def alike(result: JsonMapping) -> str:
    """The name of the one customer whose name looks like the one asked for; "" if the name itself was found."""
    if not result.get("note") or len(result.get("rows", ())) != 1:
        return ""
    return str(dict(zip(result["columns"], result["rows"][0], strict=True))["name"])
