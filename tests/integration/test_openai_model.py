"""The real client against a server on this machine: what comes back becomes an answer or a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from motabot.agent.models.base import Message, ModelAnswer, ModelRequest, ToolCall
from motabot.agent.models.openai import OpenAIModel
from motabot.errors import ModelError
from motabot.testing import ModelServer, Reply, Script, completion

REQUEST = ModelRequest(
    messages=(
        Message("system", "stable"),
        Message("user", "hi"),
        Message("assistant", "", (ToolCall("c1", "show_points", "{}"),)),
        Message("tool", '{"points":120}', tool_call_id="c1"),
    ),
    tools=(),
    timeout=5.0,
    safety_identifier="abc",
)


def ask(script: Script, *, retries: int = 2, request: ModelRequest = REQUEST) -> tuple[ModelAnswer, ModelServer]:
    with ModelServer(script) as server:
        model = OpenAIModel("scripted", api_key="none", base_url=server.url, retries=retries, sleep=lambda _: None)
        return model.answer(request), server


def test_a_plain_answer_comes_with_its_usage() -> None:
    answer, server = ask(lambda _body, _number: completion("Hello."))
    assert (answer.text, answer.finish, answer.usage.total) == ("Hello.", "stop", 940)
    assert server.requests[0]["messages"] == [
        {"role": "system", "content": "stable"},
        {"role": "user", "content": "hi"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "show_points", "arguments": "{}"}}
            ],
        },
        {"role": "tool", "content": '{"points":120}', "tool_call_id": "c1"},
    ]


def test_tool_calls_keep_their_raw_arguments() -> None:
    answer, _ = ask(lambda _body, _number: completion(None, ("a", "{broken"), ("b", {"n": 1})))
    assert [(call.name, call.arguments) for call in answer.tool_calls] == [("a", "{broken"), ("b", '{"n": 1}')]


def test_what_only_openai_knows_is_not_sent_to_another_server() -> None:
    _, server = ask(lambda _body, _number: completion("Hello."))
    assert not {"store", "safety_identifier", "prompt_cache_key", "max_completion_tokens"} & set(
        server.requests[0]
    )


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_a_passing_failure_is_tried_again(status: int) -> None:
    answer, server = ask(lambda _body, number: Reply(b"{}", status) if number < 2 else completion("Hello."))
    assert answer.text == "Hello."
    assert len(server.requests) == 3


def fails(script: Script, **options: Any) -> tuple[str, int]:
    with ModelServer(script) as server:
        model = OpenAIModel("scripted", api_key="none", base_url=server.url, retries=2, sleep=lambda _: None)
        with pytest.raises(ModelError) as caught:
            model.answer(ModelRequest(**{**vars(REQUEST), **options}))
        return str(caught.value), len(server.requests)


def test_a_lasting_failure_ends_after_the_retries_with_its_status() -> None:
    assert fails(lambda _body, _number: Reply(b"{}", 500)) == ("the provider answered 500", 3)


def test_a_refused_key_is_not_tried_again() -> None:
    assert fails(lambda _body, _number: Reply(b"{}", 401)) == ("the provider answered 401", 1)


def test_an_empty_account_is_not_tried_again() -> None:
    body = json.dumps({"error": {"message": "no money", "code": "insufficient_quota"}}).encode()
    assert fails(lambda _body, _number: Reply(body, 429)) == ("the provider answered 429, insufficient_quota", 1)


def test_a_wait_that_does_not_fit_into_the_turn_ends_the_attempt() -> None:
    reason, requests = fails(lambda _body, _number: Reply(b"{}", 429, {"retry-after": "30"}))
    assert (reason, requests) == ("the provider answered 429", 1)


def test_a_slow_provider_is_given_up_at_the_requests_timeout() -> None:
    reason, _ = fails(lambda _body, _number: Reply(completion("late"), seconds=2.0), timeout=0.3)
    assert reason == "the provider did not answer in time"


def test_a_provider_that_is_not_there_is_said_to_be_out_of_reach() -> None:
    model = OpenAIModel("scripted", api_key="none", base_url="http://127.0.0.1:9/v1", retries=0)
    with pytest.raises(ModelError, match="cannot be reached"):
        model.answer(REQUEST)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>nonsense</html>",
        b"[]",
        b"null",
        b'{"choices": []}',
        b'{"choices": null}',
        b'{"choices": [{}]}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": 5}}]}',
        b'{"choices": [{"message": {"content": null, "tool_calls": [{"type": "function"}]}}]}',
        b'{"choices": [{"message": {"content": null, "tool_calls": 7}}]}',
        b"",
    ],
)
def test_nonsense_is_malformed_and_nothing_worse(body: bytes) -> None:
    reason, _ = fails(lambda _body, _number: Reply(body))
    assert "malformed" in reason or "unusable" in reason


def test_a_cut_off_and_a_filtered_answer_say_so() -> None:
    assert ask(lambda _body, _number: completion("You ha", finish_reason="length"))[0].finish == "length"
    assert ask(lambda _body, _number: completion("", finish_reason="content_filter"))[0].finish == "refusal"


STREAMED = replace(REQUEST, on_text=lambda _words: None)


@pytest.mark.parametrize(
    "made",
    [
        completion("Hello there."),
        completion(None, ("a", "{broken"), ("b", {"n": 1})),
        completion("Let me look.", ("a", {"n": 1})),
        completion("Cut o", finish_reason="length"),
        completion("", finish_reason="content_filter"),
    ],
)
def test_a_streamed_answer_is_the_same_answer(made: dict[str, Any]) -> None:
    whole, _ = ask(lambda _body, _number: made)
    streamed, server = ask(lambda _body, _number: made, request=STREAMED)
    assert streamed == whole
    assert server.requests[0]["stream"] is True
    assert "stream" not in ask(lambda _body, _number: made)[1].requests[0]


def test_words_are_told_while_they_are_written() -> None:
    told = list[str]()
    ask(lambda _body, _number: completion("One two three."), request=replace(REQUEST, on_text=told.append))
    assert told == ["One ", "One two ", "One two three."]


BEGUN = b'data: {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices":' + (
    b' [{"index": 0, "delta": {"role": "assistant", "content": "It is"}, "finish_reason": null}]}\n\n'
)


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        (BEGUN, "broke off"),
        (b"data: [DONE]\n\n", "broke off"),
        (b"", "broke off"),
        (BEGUN + b"data: {nonsense\n\n", "malformed"),
        (BEGUN + b'data: {"error": {"message": "secret words of the customer"}}\n\n', "unusable"),
    ],
)
def test_a_stream_that_breaks_off_is_no_answer(stream: bytes, reason: str) -> None:
    broken = Reply(stream, headers={"content-type": "text/event-stream"})
    with pytest.raises(ModelError, match=reason) as raised:
        ask(lambda _body, _number: broken, request=STREAMED, retries=0)
    assert "secret" not in str(raised.value)


def test_a_stream_that_drips_for_ever_ends_with_the_time() -> None:
    with pytest.raises(ModelError, match="in time"):
        ask(
            lambda _body, _number: Reply(completion("never said"), seconds=0.5),
            request=replace(STREAMED, timeout=0.3),
            retries=0,
        )
