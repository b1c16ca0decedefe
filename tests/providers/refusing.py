"""Refusals for the behaviors: each refuses until the request is written as it wants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.providers.imitation import BEHAVIORS, DOORS, Ask, Behavior, Door, Reply, refuses


def refused(
    name: str, servers: str, is_wrong: Callable[[Ask], bool], words: str, status: int = 400, **options: Any
) -> None:
    """A behavior that refuses what is wrong with these words and else answers as usual."""
    doors: tuple[Door, ...] = options.pop("doors", DOORS)

    def answer(ask: Ask) -> Reply:
        return refuses(status, words, **options) if is_wrong(ask) else ask.usual()

    BEHAVIORS.append(Behavior(name, servers, answer, doors=doors))


def functions(ask: Ask) -> list[dict[str, Any]]:
    return [tool["function"] for tool in ask.body.get("tools") or ()]


def properties(ask: Ask) -> list[dict[str, Any]]:
    schemas = [function.get("parameters") or {} for function in functions(ask)]
    return [value for schema in schemas for value in (schema.get("properties") or {}).values()]


def has(name: str) -> Callable[[Ask], bool]:
    return lambda ask: name in ask.body


def roles_of(ask: Ask) -> list[str]:
    return [message["role"] for message in ask.messages]


def called(ask: Ask) -> list[dict[str, Any]]:
    return [message for message in ask.messages if message.get("tool_calls")]
