"""What of an answer servers want to see again in the next request."""

from __future__ import annotations

import json

from tests.providers.imitation import (
    Ask,
    Reply,
    behavior,
    call_changed,
    call_of,
    message,
)


def _sent_back(asks: list[Ask]) -> bool:
    return "SIGNATURE" in json.dumps(asks[-1].body)


@behavior("Gemini's OpenAI endpoint (thought signatures)", checks=_sent_back)
def signatures_want_to_come_back(ask: Ask) -> Reply:
    """A call carries a thought's signature that must come back."""
    if not ask.has_result:
        return ask.calls(call_changed(ask, extra_content={"google": {"thought_signature": "SIGNATURE"}}))
    return (
        ask.says()
        if "SIGNATURE" in json.dumps(ask.body)
        else Reply({"error": {"message": "missing thought_signature"}}, 400)
    )


@behavior("LiteLLM before Gemini", checks=_sent_back)
def provider_fields_want_to_come_back(ask: Ask) -> Reply:
    """A call's function carries provider fields that must come back."""
    if ask.has_result:
        return ask.says()
    made = call_of(*ask.call)
    made["function"]["provider_specific_fields"] = {"thought_signature": "SIGNATURE"}
    return ask.calls(made)


@behavior("DeepSeek V3.2, Kimi K2 Thinking", checks=_sent_back)
def thinking_wants_to_come_back(ask: Ask) -> Reply:
    """The thinking behind a call must come back with it."""
    if not ask.has_result:
        return ask.completes(
            {**message(""), "reasoning_content": "SIGNATURE", "tool_calls": [call_of(*ask.call)]},
            finish_reason="tool_calls",
        )
    sent = [each for each in ask.messages if each.get("tool_calls")]
    if all("reasoning_content" in each for each in sent):
        return ask.says()
    return Reply({"error": {"message": "Missing `reasoning_content` field in the assistant message"}}, 400)


@behavior("OpenRouter", checks=_sent_back, doors=("customer", "staff"))
def reasoning_details_want_to_come_back(ask: Ask) -> Reply:
    """Reasoning details come with a call and go back with it."""
    if ask.has_result:
        return ask.says()
    return ask.completes(
        {**message(""), "reasoning_details": [{"data": "SIGNATURE"}], "tool_calls": [call_of(*ask.call)]}
    )


def _history_is_json(asks: list[Ask]) -> bool:
    calls = [call for each in asks[-1].messages for call in each.get("tool_calls") or ()]
    return all(isinstance(json.loads(call["function"]["arguments"]), dict) for call in calls)


@behavior("vLLM, llama.cpp, Ollama (they parse earlier calls)", checks=_history_is_json)
def broken_arguments_are_not_sent_back(ask: Ask) -> Reply:
    """Earlier calls with broken arguments make the next request fail."""
    return (
        ask.says()
        if ask.has_result
        else ask.calls(call_of(ask.call[0], "gibberish, not JSON, and no tool takes it {"))
    )
