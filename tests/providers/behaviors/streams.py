"""How servers stream words, ends and errors."""

from __future__ import annotations

import json

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
from tests.providers.streaming import in_parts, piece_of_call, streamed, words

streamed(
    "No piece has a finish reason.",
    "gateways",
    lambda ask: words() if ask.has_result else [chunk({"tool_calls": [piece_of_call(ask)]})],
)
streamed(
    "The stream ends without [DONE].", "Gemini, gateways", lambda ask: [*words(), chunk({}, "stop")], done=False
)
streamed("The stream ends with neither reason nor [DONE].", "gateways", lambda ask: words(), done=False)
streamed(
    "Every piece has a finish reason.",
    "Gemini",
    lambda ask: [chunk({"content": word}, "stop") for word in pieces_of(TEXT, 3)],
)
streamed(
    "The finish reason is empty until the end.",
    "DashScope",
    lambda ask: [*(chunk({"content": word}, "") for word in pieces_of(TEXT, 3)), chunk({}, "stop")],
)
streamed(
    "The finish reason is the word null until the end.",
    "Zhipu",
    lambda ask: [*(chunk({"content": word}, "null") for word in pieces_of(TEXT, 3)), chunk({}, "stop")],
)
streamed(
    "Choices are null in some pieces.",
    "gateways",
    lambda ask: [{**CHUNK, "choices": None}, *words(), chunk({}, "stop")],
)
streamed(
    "Choices are empty in some pieces.",
    "Azure (content filter results)",
    lambda ask: [{**CHUNK, "choices": [], "prompt_filter_results": []}, *words(), chunk({}, "stop")],
)
streamed("Choices are missing in some pieces.", "gateways", lambda ask: [{"id": "x"}, *words(), chunk({}, "stop")])
streamed("A delta is null.", "gateways", lambda ask: [chunk(None), *words(), chunk(None, "stop")])
streamed(
    "A delta's content is null.",
    "OpenAI, gateways",
    lambda ask: [chunk({"role": "assistant", "content": None}), *words(), chunk({"content": None}, "stop")],
)
streamed(
    "A delta's content is a list of parts.",
    "Mistral",
    lambda ask: [
        *(chunk({"content": [{"type": "text", "text": word}]}) for word in pieces_of(TEXT, 3)),
        chunk({}, "stop"),
    ],
)
streamed(
    "A delta's content holds parts of thinking.",
    "Magistral",
    lambda ask: [
        chunk({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hours."}]}]}),
        *words(),
        chunk({}, "stop"),
    ],
)
streamed(
    "Thinking streams in a field of its own.",
    "DeepSeek, vLLM",
    lambda ask: [
        chunk({"reasoning_content": "The user"}),
        chunk({"reasoning": " wants"}),
        *words(),
        chunk({}, "stop"),
    ],
)
streamed(
    "Pieces have `message` for `delta`.",
    "gateways",
    lambda ask: [{**CHUNK, "choices": [{"index": 0, "message": message(TEXT), "finish_reason": "stop"}]}],
)
streamed(
    "Pieces have `text` for `delta`.",
    "older servers",
    lambda ask: [{**CHUNK, "choices": [{"index": 0, "text": word}]} for word in pieces_of(TEXT, 3)],
)
streamed(
    "Every piece holds all words so far.",
    "DashScope",
    lambda ask: [*(chunk({"content": TEXT[:end]}) for end in (3, 8, 12, 16)), chunk({}, "stop")],
)
streamed(
    "The last piece repeats the whole message.",
    "gateways",
    lambda ask: [
        *words(),
        {**CHUNK, "choices": [{"index": 0, "delta": {}, "message": message(TEXT), "finish_reason": "stop"}]},
    ],
)
streamed(
    "Usage is null in every piece.",
    "vLLM",
    lambda ask: [*({**piece, "usage": None} for piece in words()), chunk({}, "stop")],
)
streamed(
    "Usage comes in every piece.",
    "vLLM, xAI",
    lambda ask: [*({**piece, "usage": USAGE} for piece in words()), chunk({}, "stop")],
)
streamed("Usage comes with the last choice.", "Moonshot", lambda ask: [*words(), chunk({}, "stop", usage=USAGE)])
streamed(
    "Usage comes in Groq's own field.",
    "Groq",
    lambda ask: [*words(), {**chunk({}, "stop"), "x_groq": {"usage": USAGE}}],
)
streamed(
    "Comments keep the stream alive.",
    "OpenRouter",
    lambda ask: [": OPENROUTER PROCESSING\n\n", *words(), ": ping\n\n", chunk({}, "stop")],
)
streamed("Lines end with CR LF.", "proxies", lambda ask: [*words(), chunk({}, "stop")], ending="\r\n\r\n")
streamed(
    "No blank line stands between events.", "gateways", lambda ask: [*words(), chunk({}, "stop")], ending="\n"
)
streamed("No blank follows `data:`.", "gateways", lambda ask: [*words(), chunk({}, "stop")], head="data:")
streamed(
    "Events have ids, names and retry times.",
    "gateways",
    lambda ask: ["retry: 3000\n\n", *words(), "id: 7\nevent: message\n", chunk({}, "stop")],
)
streamed(
    "Events are wrapped as data twice.",
    "gateways",
    lambda ask: [*words(), chunk({}, "stop")],
    head="data: data: ",
)
streamed(
    "[DONE] stands in the middle of blanks.",
    "gateways",
    lambda ask: [*words(), chunk({}, "stop"), "data:  [DONE] \n\n"],
    done=False,
)
streamed(
    "The error event comes once the stream has begun.",
    "OpenRouter, vLLM",
    lambda ask: [*words("We op"), {"error": {"message": "Upstream error", "code": 502}}],
)
streamed(
    "An event named error comes.",
    "LiteLLM, Anthropic",
    lambda ask: ['event: error\ndata: {"type": "error", "message": "overloaded"}\n\n'],
)
streamed("The stream breaks off in the middle.", "proxies", lambda ask: words("We open at"), done=False)
streamed("The stream is empty.", "gateways", lambda ask: [], done=False)
streamed("The stream is nothing but [DONE].", "gateways", lambda ask: [])
streamed(
    "An event is broken JSON.", "proxies", lambda ask: [*words("We op"), 'data: {"choices": [{"delta": {"con\n\n']
)
streamed(
    "The stream ends with the finish reason error.",
    "OpenRouter",
    lambda ask: [*words("We op"), chunk({}, "error")],
)
streamed(
    "Ollama's own lines of JSON come.",
    "Ollama's own interface",
    lambda ask: (
        [json.dumps({"message": {"content": word}, "done": False}) + "\n" for word in pieces_of(TEXT, 3)]
        + [json.dumps({"message": {"content": ""}, "done": True}) + "\n"]
    ),
    done=False,
)
streamed(
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
streamed(
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
streamed(
    "Two choices come; the first counts.",
    "gateways",
    lambda ask: [
        *words(),
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
        return stream([*words(), chunk({}, "stop")])
    return stream([*in_parts(ask, first={"index": 0}, later={"index": 0}), chunk({}, "tool_calls")])


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
