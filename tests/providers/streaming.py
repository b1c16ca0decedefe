"""Streams for the behaviors: of these only the staff's stream meets the pieces; the other doors meet the usual."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.providers.imitation import (
    TEXT,
    Ask,
    Reply,
    behavior,
    call_of,
    chunk,
    pieces_of,
    stream,
)

Events = Callable[[Ask], Iterable[Any]]


def streamed(name: str, servers: str, events: Events, **options: Any) -> None:
    """A behavior whose events are these where a stream was asked for."""
    falls_back = options.pop("falls_back", "")

    def answer(ask: Ask) -> Reply:
        return stream(events(ask), **options) if ask.streams else ask.usual()

    answer.__doc__ = name
    behavior(servers, falls_back=falls_back, doors=("staff stream",))(answer)


def piece_of_call(ask: Ask, **changes: Any) -> dict[str, Any]:
    made = {"index": 0, **call_of(*ask.call), **changes}
    return {key: value for key, value in made.items() if value is not ...}


def in_parts(ask: Ask, *, first: dict[str, Any], later: dict[str, Any], size: int = 7) -> list[dict[str, Any]]:
    """A call whose arguments come in parts."""
    name, arguments = ask.call
    parts = pieces_of(json.dumps(arguments), size)
    begun = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": ""}, **first}
    return [chunk({"tool_calls": [{key: value for key, value in begun.items() if value is not ...}]})] + [
        chunk({"tool_calls": [{"function": {"arguments": part}, **later}]}) for part in parts
    ]


def words(text: str = TEXT, **fields: Any) -> list[dict[str, Any]]:
    return [chunk({"content": word, **fields}) for word in pieces_of(text, 3)]


def or_words(calls: Events) -> Events:
    """Calls first, and then words that end as usual."""

    def events(ask: Ask) -> Iterable[Any]:
        if ask.has_result:
            return [*words(), chunk({}, "stop")]
        return [*calls(ask), chunk({}, "tool_calls")]

    return events
