"""How servers stream. Of these behaviors only the staff's stream meets the pieces; the other doors meet the usual."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from tests.providers.imitation import (
    CHUNK,
    TEXT,
    USAGE,
    Ask,
    Reply,
    behavior,
    call_of,
    chunk,
    completion,
    message,
    pieces_of,
    stream,
)

Events = Callable[[Ask], Iterable[Any]]


def _streamed(name: str, servers: str, events: Events, **options: Any) -> None:
    """A behavior whose events are these where a stream was asked for."""
    falls_back = options.pop("falls_back", "")

    def answer(ask: Ask) -> Reply:
        return stream(events(ask), **options) if ask.streams else ask.usual()

    answer.__doc__ = name
    behavior(servers, falls_back=falls_back, doors=("staff stream",))(answer)


def _call(ask: Ask, **changes: Any) -> dict[str, Any]:
    made = {"index": 0, **call_of(*ask.call), **changes}
    return {key: value for key, value in made.items() if value is not ...}


def _in_parts(ask: Ask, *, first: dict[str, Any], later: dict[str, Any], size: int = 7) -> list[dict[str, Any]]:
    """A call whose arguments come in parts."""
    name, arguments = ask.call
    parts = pieces_of(json.dumps(arguments), size)
    begun = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": ""}, **first}
    return [chunk({"tool_calls": [{key: value for key, value in begun.items() if value is not ...}]})] + [
        chunk({"tool_calls": [{"function": {"arguments": part}, **later}]}) for part in parts
    ]


def _words(text: str = TEXT, **fields: Any) -> list[dict[str, Any]]:
    return [chunk({"content": word, **fields}) for word in pieces_of(text, 3)]


def _or_words(calls: Events) -> Events:
    """Calls first, and then words that end as usual."""

    def events(ask: Ask) -> Iterable[Any]:
        if ask.has_result:
            return [*_words(), chunk({}, "stop")]
        return [*calls(ask), chunk({}, "tool_calls")]

    return events


_streamed(
    "Arguments come in parts.",
    "OpenAI",
    _or_words(lambda ask: _in_parts(ask, first={"index": 0}, later={"index": 0})),
)
_streamed(
    "A call's pieces have no index.", "Gemini, gateways", _or_words(lambda ask: _in_parts(ask, first={}, later={}))
)
_streamed(
    "A call's index is null.",
    "gateways",
    _or_words(lambda ask: _in_parts(ask, first={"index": None}, later={"index": None})),
)
_streamed(
    "A call's index starts at 1.",
    "Anthropic through gateways",
    _or_words(lambda ask: _in_parts(ask, first={"index": 1}, later={"index": 1})),
)
_streamed(
    "A call's index is text.",
    "gateways",
    _or_words(lambda ask: _in_parts(ask, first={"index": "0"}, later={"index": "0"})),
)
_streamed(
    "Only a call's first piece has an index.",
    "gateways",
    _or_words(lambda ask: _in_parts(ask, first={"index": 0}, later={})),
)
_streamed(
    "Every piece repeats a call's name.",
    "vLLM, SGLang",
    _or_words(lambda ask: _in_parts(ask, first={"index": 0}, later={"index": 0, "function": {}})),
)
_streamed(
    "Every piece repeats a call's id.",
    "gateways",
    _or_words(lambda ask: _in_parts(ask, first={"index": 0}, later={"index": 0, "id": "call_1"})),
)
_streamed(
    "Later pieces have an empty id and name.",
    "DashScope, gateways",
    _or_words(
        lambda ask: [
            chunk(
                {
                    "tool_calls": [
                        _call(
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
_streamed(
    "Every piece repeats id and name.",
    "SGLang, LMDeploy",
    _or_words(
        lambda ask: [
            chunk({"tool_calls": [_call(ask, function={"name": ask.call[0], "arguments": part})]})
            for part in pieces_of(json.dumps(ask.call[1]), 9)
        ]
    ),
)
_streamed(
    "A call's name comes in parts.",
    "some gateways",
    _or_words(
        lambda ask: [
            *(
                chunk({"tool_calls": [{"index": 0, "id": "c", "function": {"name": part}}]})
                for part in pieces_of(ask.call[0], 5)
            ),
            chunk({"tool_calls": [{"index": 0, "function": {"arguments": json.dumps(ask.call[1])}}]}),
        ]
    ),
)
_streamed(
    "Every piece holds all arguments so far.",
    "Gemini through gateways",
    _or_words(
        lambda ask: [
            chunk(
                {
                    "tool_calls": [
                        _call(ask, function={"name": ask.call[0], "arguments": json.dumps(ask.call[1])[:end]})
                    ]
                }
            )
            for end in (10, 20, 200)
        ]
    ),
)
_streamed(
    "A whole call comes in one piece with an object.",
    "Ollama",
    _or_words(
        lambda ask: [chunk({"tool_calls": [_call(ask, function={"name": ask.call[0], "arguments": ask.call[1]})]})]
    ),
)
_streamed(
    "A call comes without index, id and type.",
    "llama.cpp",
    _or_words(lambda ask: [chunk({"tool_calls": [_call(ask, index=..., id=..., type=...)]})]),
)
_streamed("`tool_calls` is one object.", "gateways", _or_words(lambda ask: [chunk({"tool_calls": _call(ask)})]))


def _both_called(asks: list[Ask]) -> bool:
    last = next(each for each in reversed(asks[-1].messages) if each.get("tool_calls"))
    return len(last["tool_calls"]) == 2 and sum(each["role"] == "tool" for each in asks[-1].messages) == 2


def _two(name: str, servers: str, pieces: Callable[[Ask], Iterable[dict[str, Any]]]) -> None:
    """Two calls in one stream, both of which must be made."""

    def answer(ask: Ask) -> Reply:
        if not ask.streams:
            return ask.usual()
        if ask.has_result:
            return stream([*_words(), chunk({}, "stop")])
        return stream([*(chunk({"tool_calls": [piece]}) for piece in pieces(ask)), chunk({}, "tool_calls")])

    answer.__doc__ = name
    behavior(servers, doors=("staff stream",), checks=_both_called)(answer)


_OTHER = {"name": "describe_tables", "arguments": '{"table": null}'}
_two(
    "Two calls both have index 0 and ids of their own.",
    "Ollama, LiteLLM",
    lambda ask: [_call(ask), {"index": 0, "id": "call_2", "function": _OTHER}],
)
_two(
    "Two calls both have index 0 and no ids.",
    "Ollama, Gemini",
    lambda ask: [_call(ask, id=...), {"index": 0, "function": _OTHER}],
)
_two(
    "Two calls have neither index nor id.",
    "Gemini, llama.cpp",
    lambda ask: [_call(ask, id=..., index=...), {"function": _OTHER}],
)
_two(
    "Two calls have no index but ids.",
    "xinference",
    lambda ask: [_call(ask, index=...), {"id": "call_2", "function": _OTHER}],
)
_two(
    "Two calls have the same id and different indexes.",
    "TGI",
    lambda ask: [_call(ask, id="0"), {"index": 1, "id": "0", "function": _OTHER}],
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
        _call(ask, function={"name": ask.call[0], "arguments": json.dumps(ask.call[1])[:9]}),
        {"index": 1, "id": "call_2", "function": {"name": "describe_tables", "arguments": '{"ta'}},
        {"index": 0, "function": {"arguments": json.dumps(ask.call[1])[9:]}},
        {"index": 1, "function": {"arguments": 'ble": null}'}},
    ],
)

_streamed(
    "No piece has a finish reason.",
    "gateways",
    lambda ask: _words() if ask.has_result else [chunk({"tool_calls": [_call(ask)]})],
)
_streamed(
    "The stream ends without [DONE].", "Gemini, gateways", lambda ask: [*_words(), chunk({}, "stop")], done=False
)
_streamed("The stream ends with neither reason nor [DONE].", "gateways", lambda ask: _words(), done=False)
_streamed(
    "Every piece has a finish reason.",
    "Gemini",
    lambda ask: [chunk({"content": word}, "stop") for word in pieces_of(TEXT, 3)],
)
_streamed(
    "The finish reason is empty until the end.",
    "DashScope",
    lambda ask: [*(chunk({"content": word}, "") for word in pieces_of(TEXT, 3)), chunk({}, "stop")],
)
_streamed(
    "The finish reason is the word null until the end.",
    "Zhipu",
    lambda ask: [*(chunk({"content": word}, "null") for word in pieces_of(TEXT, 3)), chunk({}, "stop")],
)
_streamed(
    "Choices are null in some pieces.",
    "gateways",
    lambda ask: [{**CHUNK, "choices": None}, *_words(), chunk({}, "stop")],
)
_streamed(
    "Choices are empty in some pieces.",
    "Azure (content filter results)",
    lambda ask: [{**CHUNK, "choices": [], "prompt_filter_results": []}, *_words(), chunk({}, "stop")],
)
_streamed(
    "Choices are missing in some pieces.", "gateways", lambda ask: [{"id": "x"}, *_words(), chunk({}, "stop")]
)
_streamed("A delta is null.", "gateways", lambda ask: [chunk(None), *_words(), chunk(None, "stop")])
_streamed(
    "A delta's content is null.",
    "OpenAI, gateways",
    lambda ask: [chunk({"role": "assistant", "content": None}), *_words(), chunk({"content": None}, "stop")],
)
_streamed(
    "A delta's content is a list of parts.",
    "Mistral",
    lambda ask: [
        *(chunk({"content": [{"type": "text", "text": word}]}) for word in pieces_of(TEXT, 3)),
        chunk({}, "stop"),
    ],
)
_streamed(
    "A delta's content holds parts of thinking.",
    "Magistral",
    lambda ask: [
        chunk({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hours."}]}]}),
        *_words(),
        chunk({}, "stop"),
    ],
)
_streamed(
    "Thinking streams in a field of its own.",
    "DeepSeek, vLLM",
    lambda ask: [
        chunk({"reasoning_content": "The user"}),
        chunk({"reasoning": " wants"}),
        *_words(),
        chunk({}, "stop"),
    ],
)
_streamed(
    "Pieces have `message` for `delta`.",
    "gateways",
    lambda ask: [{**CHUNK, "choices": [{"index": 0, "message": message(TEXT), "finish_reason": "stop"}]}],
)
_streamed(
    "Pieces have `text` for `delta`.",
    "older servers",
    lambda ask: [{**CHUNK, "choices": [{"index": 0, "text": word}]} for word in pieces_of(TEXT, 3)],
)
_streamed(
    "Every piece holds all words so far.",
    "DashScope",
    lambda ask: [*(chunk({"content": TEXT[:end]}) for end in (3, 8, 12, 16)), chunk({}, "stop")],
)
_streamed(
    "The last piece repeats the whole message.",
    "gateways",
    lambda ask: [
        *_words(),
        {**CHUNK, "choices": [{"index": 0, "delta": {}, "message": message(TEXT), "finish_reason": "stop"}]},
    ],
)
_streamed(
    "Usage is null in every piece.",
    "vLLM",
    lambda ask: [*({**piece, "usage": None} for piece in _words()), chunk({}, "stop")],
)
_streamed(
    "Usage comes in every piece.",
    "vLLM, xAI",
    lambda ask: [*({**piece, "usage": USAGE} for piece in _words()), chunk({}, "stop")],
)
_streamed("Usage comes with the last choice.", "Moonshot", lambda ask: [*_words(), chunk({}, "stop", usage=USAGE)])
_streamed(
    "Usage comes in Groq's own field.",
    "Groq",
    lambda ask: [*_words(), {**chunk({}, "stop"), "x_groq": {"usage": USAGE}}],
)
_streamed(
    "Comments keep the stream alive.",
    "OpenRouter",
    lambda ask: [": OPENROUTER PROCESSING\n\n", *_words(), ": ping\n\n", chunk({}, "stop")],
)
_streamed("Lines end with CR LF.", "proxies", lambda ask: [*_words(), chunk({}, "stop")], ending="\r\n\r\n")
_streamed(
    "No blank line stands between events.", "gateways", lambda ask: [*_words(), chunk({}, "stop")], ending="\n"
)
_streamed("No blank follows `data:`.", "gateways", lambda ask: [*_words(), chunk({}, "stop")], head="data:")
_streamed(
    "Events have ids, names and retry times.",
    "gateways",
    lambda ask: ["retry: 3000\n\n", *_words(), "id: 7\nevent: message\n", chunk({}, "stop")],
)
_streamed(
    "Events are wrapped as data twice.",
    "gateways",
    lambda ask: [*_words(), chunk({}, "stop")],
    head="data: data: ",
)
_streamed(
    "[DONE] stands in the middle of blanks.",
    "gateways",
    lambda ask: [*_words(), chunk({}, "stop"), "data:  [DONE] \n\n"],
    done=False,
)
_streamed(
    "The error event comes once the stream has begun.",
    "OpenRouter, vLLM",
    lambda ask: [*_words("We op"), {"error": {"message": "Upstream error", "code": 502}}],
)
_streamed(
    "An event named error comes.",
    "LiteLLM, Anthropic",
    lambda ask: ['event: error\ndata: {"type": "error", "message": "overloaded"}\n\n'],
)
_streamed("The stream breaks off in the middle.", "proxies", lambda ask: _words("We open at"), done=False)
_streamed("The stream is empty.", "gateways", lambda ask: [], done=False)
_streamed("The stream is nothing but [DONE].", "gateways", lambda ask: [])
_streamed(
    "An event is broken JSON.", "proxies", lambda ask: [*_words("We op"), 'data: {"choices": [{"delta": {"con\n\n']
)
_streamed(
    "The stream ends with the finish reason error.",
    "OpenRouter",
    lambda ask: [*_words("We op"), chunk({}, "error")],
)
_streamed(
    "Ollama's own lines of JSON come.",
    "Ollama's own interface",
    lambda ask: (
        [json.dumps({"message": {"content": word}, "done": False}) + "\n" for word in pieces_of(TEXT, 3)]
        + [json.dumps({"message": {"content": ""}, "done": True}) + "\n"]
    ),
    done=False,
)
_streamed(
    "Anthropic's own events come.",
    "gateways",
    lambda ask: [
        'event: message_start\ndata: {"type": "message_start", "message": {"id": "m", "role": "assistant", "content": []}}\n\n',
        *(
            f"event: content_block_delta\ndata: {json.dumps({'type': 'content_block_delta', 'delta': {'type': 'text_delta', 'text': word}})}\n\n"
            for word in pieces_of(TEXT, 3)
        ),
        'event: message_stop\ndata: {"type": "message_stop"}\n\n',
    ],
    done=False,
)
_streamed(
    "OpenAI's events of Responses come.",
    "gateways",
    lambda ask: [
        *({"type": "response.output_text.delta", "delta": word} for word in pieces_of(TEXT, 3)),
        {
            "type": "response.completed",
            "response": {"output": [], "usage": {"input_tokens": 9, "output_tokens": 4}},
        },
    ],
    done=False,
)
_streamed(
    "Two choices come; the first counts.",
    "gateways",
    lambda ask: [
        *_words(),
        {**CHUNK, "choices": [{"index": 1, "delta": {"content": "Other."}}]},
        chunk({}, "stop"),
    ],
)


@behavior("LM Studio, gateways", doors=("staff stream",))
def json_for_a_stream(ask: Ask) -> Reply:
    """One JSON body comes where a stream was asked for."""
    if ask.has_result:
        return Reply(completion(message(TEXT)))
    return Reply(completion({**message(None), "tool_calls": [call_of(*ask.call)]}, finish_reason="tool_calls"))


@behavior("gateways", doors=("staff stream",))
def json_typed_as_a_stream(ask: Ask) -> Reply:
    """One JSON body comes that says it is a stream."""
    return Reply(completion(message(TEXT)), headers={"content-type": "text/event-stream"})


@behavior("gateways that always stream", doors=("customer", "staff"))
def a_stream_for_json(ask: Ask) -> Reply:
    """A stream comes where none was asked for."""
    if ask.has_result:
        return stream([*_words(), chunk({}, "stop")])
    return stream([*_in_parts(ask, first={"index": 0}, later={"index": 0}), chunk({}, "tool_calls")])


@behavior("gateways", doors=("staff stream",))
def streams_are_refused_by_silence(ask: Ask) -> Reply:
    """A stream ends at once, and answers come whole."""
    return Reply(b"", headers={"content-type": "text/event-stream"}) if ask.streams else ask.usual()


@behavior("proxies", doors=("staff stream",))
def characters_are_cut_in_two(ask: Ask) -> Reply:
    """A piece ends in the middle of a character."""
    text = "Abrimos a las nueve, señora."
    if not ask.streams:
        return ask.says(text)
    event = f"data: {json.dumps(chunk({'content': TEXT}), ensure_ascii=False)}\n\n".encode()
    end = f"data: {json.dumps(chunk({}, 'stop'))}\n\ndata: [DONE]\n\n".encode()
    return Reply(headers={"content-type": "text/event-stream"}, pieces=[event[:40], event[40:41], event[41:], end])
