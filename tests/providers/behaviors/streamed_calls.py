"""How servers stream tool calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.providers.imitation import (
    Ask,
    Reply,
    behavior,
    chunk,
    pieces_of,
    stream,
)
from tests.providers.streaming import in_parts, or_words, piece_of_call, streamed, words

streamed(
    "Arguments come in parts.",
    "OpenAI",
    or_words(lambda ask: in_parts(ask, first={"index": 0}, later={"index": 0})),
)
streamed(
    "A call's pieces have no index.", "Gemini, gateways", or_words(lambda ask: in_parts(ask, first={}, later={}))
)
streamed(
    "A call's index is null.",
    "gateways",
    or_words(lambda ask: in_parts(ask, first={"index": None}, later={"index": None})),
)
streamed(
    "A call's index starts at 1.",
    "Anthropic through gateways",
    or_words(lambda ask: in_parts(ask, first={"index": 1}, later={"index": 1})),
)
streamed(
    "A call's index is text.",
    "gateways",
    or_words(lambda ask: in_parts(ask, first={"index": "0"}, later={"index": "0"})),
)
streamed(
    "Only a call's first piece has an index.",
    "gateways",
    or_words(lambda ask: in_parts(ask, first={"index": 0}, later={})),
)
streamed(
    "Every piece repeats a call's name.",
    "vLLM, SGLang",
    or_words(lambda ask: in_parts(ask, first={"index": 0}, later={"index": 0, "function": {}})),
)
streamed(
    "Every piece repeats a call's id.",
    "gateways",
    or_words(lambda ask: in_parts(ask, first={"index": 0}, later={"index": 0, "id": "call_1"})),
)
streamed(
    "Later pieces have an empty id and name.",
    "DashScope, gateways",
    or_words(
        lambda ask: [
            chunk(
                {
                    "tool_calls": [
                        piece_of_call(
                            ask,
                            function={"name": ask.call[0], "arguments": part}
                            if not number
                            else {"name": "", "arguments": part},
                            id="call_1" if not number else "",
                        )
                    ]
                }
            )
            for number, part in enumerate(pieces_of(json.dumps(ask.call[1]), 9))
        ]
    ),
)
streamed(
    "Every piece repeats id and name.",
    "SGLang, LMDeploy",
    or_words(
        lambda ask: [
            chunk({"tool_calls": [piece_of_call(ask, function={"name": ask.call[0], "arguments": part})]})
            for part in pieces_of(json.dumps(ask.call[1]), 9)
        ]
    ),
)
streamed(
    "A call's name comes in parts.",
    "some gateways",
    or_words(
        lambda ask: [
            *(
                chunk({"tool_calls": [{"index": 0, "id": "c", "function": {"name": part}}]})
                for part in pieces_of(ask.call[0], 5)
            ),
            chunk({"tool_calls": [{"index": 0, "function": {"arguments": json.dumps(ask.call[1])}}]}),
        ]
    ),
)
streamed(
    "Every piece holds all arguments so far.",
    "Gemini through gateways",
    or_words(
        lambda ask: [
            chunk(
                {
                    "tool_calls": [
                        piece_of_call(
                            ask, function={"name": ask.call[0], "arguments": json.dumps(ask.call[1])[:end]}
                        )
                    ]
                }
            )
            for end in (10, 20, 200)
        ]
    ),
)
streamed(
    "A whole call comes in one piece with an object.",
    "Ollama",
    or_words(
        lambda ask: [
            chunk({"tool_calls": [piece_of_call(ask, function={"name": ask.call[0], "arguments": ask.call[1]})]})
        ]
    ),
)
streamed(
    "A call comes without index, id and type.",
    "llama.cpp",
    or_words(lambda ask: [chunk({"tool_calls": [piece_of_call(ask, index=..., id=..., type=...)]})]),
)
streamed(
    "`tool_calls` is one object.", "gateways", or_words(lambda ask: [chunk({"tool_calls": piece_of_call(ask)})])
)


def _both_called(asks: list[Ask]) -> bool:
    last = next(each for each in reversed(asks[-1].messages) if each.get("tool_calls"))
    return len(last["tool_calls"]) == 2 and sum(each["role"] == "tool" for each in asks[-1].messages) == 2


def _two(name: str, servers: str, pieces: Callable[[Ask], Iterable[dict[str, Any]]]) -> None:
    """Two calls in one stream, both of which must be made."""

    def answer(ask: Ask) -> Reply:
        if not ask.streams:
            return ask.usual()
        if ask.has_result:
            return stream([*words(), chunk({}, "stop")])
        return stream([*(chunk({"tool_calls": [piece]}) for piece in pieces(ask)), chunk({}, "tool_calls")])

    answer.__doc__ = name
    behavior(servers, doors=("staff stream",), checks=_both_called)(answer)


_OTHER = {"name": "describe_tables", "arguments": '{"table": null}'}
_two(
    "Two calls both have index 0 and ids of their own.",
    "Ollama, LiteLLM",
    lambda ask: [piece_of_call(ask), {"index": 0, "id": "call_2", "function": _OTHER}],
)
_two(
    "Two calls both have index 0 and no ids.",
    "Ollama, Gemini",
    lambda ask: [piece_of_call(ask, id=...), {"index": 0, "function": _OTHER}],
)
_two(
    "Two calls have neither index nor id.",
    "Gemini, llama.cpp",
    lambda ask: [piece_of_call(ask, id=..., index=...), {"function": _OTHER}],
)
_two(
    "Two calls have no index but ids.",
    "xinference",
    lambda ask: [piece_of_call(ask, index=...), {"id": "call_2", "function": _OTHER}],
)
_two(
    "Two calls have the same id and different indexes.",
    "TGI",
    lambda ask: [piece_of_call(ask, id="0"), {"index": 1, "id": "0", "function": _OTHER}],
)
_two(
    "The same tool is called twice at index 0 without ids.",
    "Ollama",
    lambda ask: [
        {"index": 0, "function": {"name": "describe_tables", "arguments": '{"table": "customers"}'}},
        {"index": 0, "function": {"name": "describe_tables", "arguments": '{"table": "products"}'}},
    ],
)
_two(
    "The pieces of two calls come by turns.",
    "vLLM",
    lambda ask: [
        piece_of_call(ask, function={"name": ask.call[0], "arguments": json.dumps(ask.call[1])[:9]}),
        {"index": 1, "id": "call_2", "function": {"name": "describe_tables", "arguments": '{"ta'}},
        {"index": 0, "function": {"arguments": json.dumps(ask.call[1])[9:]}},
        {"index": 1, "function": {"arguments": 'ble": null}'}},
    ],
)
