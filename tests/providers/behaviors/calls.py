"""How servers write tool calls, their names and ids."""

from __future__ import annotations

import json

from tests.providers.imitation import (
    TEXT,
    Ask,
    Reply,
    behavior,
    call_changed,
    call_of,
    chunk,
    completion,
    message,
    stream,
)


@behavior("OpenAI's older models, Qwen")
def names_have_a_prefix(ask: Ask) -> Reply:
    """A tool's name has the prefix `functions.`."""
    return _named(ask, f"functions.{ask.call[0]}")


@behavior("gpt-oss on vLLM and Ollama")
def names_have_a_channel(ask: Ask) -> Reply:
    """A tool's name ends with a channel marker."""
    return _named(ask, f"{ask.call[0]}<|channel|>commentary")


@behavior("gpt-oss on llama.cpp")
def names_end_with_json(ask: Ask) -> Reply:
    """A tool's name ends with a constraint marker."""
    return _named(ask, f"{ask.call[0]}<|constrain|>json")


@behavior("Kimi K2")
def names_have_a_number(ask: Ask) -> Reply:
    """A tool's name has a prefix and a number, as in an id."""
    return _named(ask, f"functions.{ask.call[0]}:0")


@behavior("Gemini")
def names_have_the_default_api(ask: Ask) -> Reply:
    """A tool's name has the prefix `default_api.`."""
    return _named(ask, f"default_api.{ask.call[0]}")


@behavior("small local models")
def names_have_hyphens(ask: Ask) -> Reply:
    """A tool's name has hyphens for underscores and capitals."""
    return _named(ask, ask.call[0].replace("_", "-").title())


@behavior("small local models")
def names_have_spaces(ask: Ask) -> Reply:
    """A tool's name has blanks and brackets around it."""
    return _named(ask, f" {ask.call[0]}() ")


def _named(ask: Ask, name: str) -> Reply:
    if ask.has_result:
        return ask.says()
    return ask.calls(call_of(name, ask.call[1]))


@behavior("llama.cpp, TGI, Gemini")
def ids_are_missing(ask: Ask) -> Reply:
    """Calls have no id."""
    return ask.says() if ask.has_result else ask.calls(call_changed(ask, id=None))


@behavior("Gemini")
def ids_are_empty(ask: Ask) -> Reply:
    """Calls have an empty id."""
    return ask.says() if ask.has_result else ask.calls(call_changed(ask, id=""))


@behavior("Mistral.rs")
def ids_are_numbers(ask: Ask) -> Reply:
    """Ids are numbers."""
    return ask.says() if ask.has_result else ask.calls(call_changed(ask, id=0))


def _ids_differ(asks: list[Ask]) -> bool:
    last = asks[-1].messages
    ids = [message["tool_call_id"] for message in last if message["role"] == "tool"]
    wanted = [call["id"] for message in last for call in message.get("tool_calls") or ()]
    return len(set(ids)) == len(ids) == 2 and ids == wanted


@behavior("TGI (every id is 0), Ollama", checks=_ids_differ)
def ids_are_the_same(ask: Ask) -> Reply:
    """Two calls have the same id."""
    if ask.has_result:
        return ask.says()
    other = "describe_tables" if ask.call[0] == "run_query" else "show_my_profile"
    return ask.calls(call_changed(ask, id="0"), call_of(other, {}, "0"))


@behavior("TGI, Ollama")
def types_are_missing(ask: Ask) -> Reply:
    """Calls have no type."""
    return ask.says() if ask.has_result else ask.calls(call_changed(ask, type=None))


@behavior("gateways")
def types_are_empty(ask: Ask) -> Reply:
    """Calls have an empty type."""
    return ask.says() if ask.has_result else ask.calls(call_changed(ask, type=""))


@behavior("gateways", doors=("customer", "staff"))
def calls_are_flat(ask: Ask) -> Reply:
    """Calls have name and arguments without `function`."""
    if ask.has_result:
        return ask.says()
    name, arguments = ask.call
    return Reply(completion({**message(None), "tool_calls": [{"id": "1", "name": name, "arguments": arguments}]}))


@behavior("gateways", doors=("customer", "staff"))
def calls_are_one_object(ask: Ask) -> Reply:
    """`tool_calls` is one object and not a list."""
    if ask.has_result:
        return ask.says()
    return Reply(completion({**message(None), "tool_calls": call_of(*ask.call)}))


@behavior("gateways", doors=("customer", "staff"))
def calls_are_text(ask: Ask) -> Reply:
    """`tool_calls` is JSON in a string."""
    if ask.has_result:
        return ask.says()
    return Reply(completion({**message(None), "tool_calls": json.dumps([call_of(*ask.call)])}))


@behavior("older servers")
def calls_are_legacy(ask: Ask) -> Reply:
    """A legacy `function_call` stands for `tool_calls`."""
    if ask.has_result:
        return ask.says()
    name, arguments = ask.call
    legacy = {"name": name, "arguments": json.dumps(arguments)}
    if ask.streams:
        return stream(
            [
                chunk({"role": "assistant", "function_call": {"name": name, "arguments": ""}}),
                chunk({"function_call": {"arguments": legacy["arguments"]}}),
                chunk({}, "function_call"),
            ]
        )
    return Reply(completion({**message(None), "function_call": legacy}, finish_reason="function_call"))


@behavior("Ollama, llama.cpp")
def calls_finish_with_stop(ask: Ask) -> Reply:
    """Calls come with the finish reason stop."""
    if ask.has_result:
        return ask.says()
    return ask.completes({**message(""), "tool_calls": [call_of(*ask.call)]}, finish_reason="stop")


@behavior("vLLM")
def calls_finish_with_length(ask: Ask) -> Reply:
    """Whole calls come with the finish reason length."""
    if ask.has_result:
        return ask.says()
    return ask.completes({**message(""), "tool_calls": [call_of(*ask.call)]}, finish_reason="length")


@behavior("Anthropic through gateways")
def calls_come_with_words(ask: Ask) -> Reply:
    """Words stand beside a call."""
    return ask.says() if ask.has_result else ask.calls(text="Let me look that up.")


@behavior("vLLM, Ollama")
def calls_are_an_empty_list(ask: Ask) -> Reply:
    """An answer has an empty list of calls."""
    return ask.completes({**message(TEXT), "tool_calls": []})


@behavior("gateways")
def calls_are_null(ask: Ask) -> Reply:
    """An answer has null for calls and the reason tool_calls."""
    return ask.completes({**message(TEXT), "tool_calls": None, "function_call": None}, finish_reason="tool_calls")


@behavior("GitHub Copilot's gateway", doors=("customer", "staff"))
def calls_are_in_a_second_choice(ask: Ask) -> Reply:
    """Words and calls of one answer come as two choices."""
    if ask.has_result:
        return ask.says()
    made = completion(message("Let me look."), finish_reason="tool_calls")
    made["choices"].append(
        {
            "index": 1,
            "finish_reason": "tool_calls",
            "message": {**message(None), "tool_calls": [call_of(*ask.call)]},
        }
    )
    return Reply(made)


@behavior("Anthropic through gateways", doors=("customer", "staff"))
def calls_are_parts_of_the_content(ask: Ask) -> Reply:
    """A call is a part of the content."""
    if ask.has_result:
        return ask.says()
    name, arguments = ask.call
    parts = [
        {"type": "text", "text": "Looking."},
        {"type": "tool_use", "id": "t1", "name": name, "input": arguments},
    ]
    return Reply(completion({"role": "assistant", "content": parts}))


@behavior("every model")
def unknown_tools_are_called(ask: Ask) -> Reply:
    """A tool is called that does not exist."""
    return ask.says() if ask.has_result else ask.calls(call_of("look_into_the_future", {"when": "now"}))
