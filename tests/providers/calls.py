"""How servers write tool calls, names, ids and arguments."""

from __future__ import annotations

import json
from typing import Any

from tests.providers.imitation import (
    TEXT,
    Ask,
    Reply,
    behavior,
    call_of,
    chunk,
    completion,
    message,
    stream,
)


def _with(ask: Ask, **changes: Any) -> dict[str, Any]:
    """The door's call, with some of its fields changed; None leaves one out."""
    made = {**call_of(*ask.call), **changes}
    return {key: value for key, value in made.items() if value is not None}


def _written(ask: Ask, arguments: Any) -> Reply:
    if ask.has_result:
        return ask.says()
    name, _ = ask.call
    return ask.calls({"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}})


@behavior("Ollama, llama.cpp, LM Studio")
def arguments_are_an_object(ask: Ask) -> Reply:
    """Arguments are an object and not a string."""
    return _written(ask, ask.call[1])


@behavior("Qwen on vLLM, gateways")
def arguments_are_encoded_twice(ask: Ask) -> Reply:
    """Arguments are JSON inside a JSON string."""
    return _written(ask, json.dumps(json.dumps(ask.call[1])))


@behavior("Mistral, Llama")
def arguments_are_fenced(ask: Ask) -> Reply:
    """Arguments stand in a Markdown fence."""
    return _written(ask, f"```json\n{json.dumps(ask.call[1])}\n```")


@behavior("Gemma, Qwen")
def arguments_are_python(ask: Ask) -> Reply:
    """Arguments are a Python dict."""
    return _written(ask, repr(ask.call[1]))


@behavior("llama.cpp, TGI")
def arguments_lack_the_last_brace(ask: Ask) -> Reply:
    """Arguments lack their last brace."""
    return _written(ask, json.dumps(ask.call[1])[:-1])


@behavior("DeepSeek, vLLM")
def arguments_have_a_trailing_comma(ask: Ask) -> Reply:
    """Arguments end with a comma before the brace."""
    return _written(ask, json.dumps(ask.call[1])[:-1] + ",}")


@behavior("vLLM (DeepSeek parser)")
def arguments_have_words_around_them(ask: Ask) -> Reply:
    """Arguments have words around them."""
    return _written(ask, f"Here are the arguments: {json.dumps(ask.call[1])} Done.")


@behavior("LiteLLM, Together")
def arguments_come_twice(ask: Ask) -> Reply:
    """Arguments stand there twice in a row."""
    return _written(ask, json.dumps(ask.call[1]) * 2)


@behavior("Anthropic through gateways")
def arguments_begin_with_an_empty_object(ask: Ask) -> Reply:
    """An empty object stands before the arguments."""
    return _written(ask, "{}" + json.dumps(ask.call[1]))


@behavior("Ollama, Groq")
def arguments_have_unknown_keys(ask: Ask) -> Reply:
    """Arguments have keys that the tool does not know."""
    return _written(ask, json.dumps({**ask.call[1], "reason": "to know", "confidence": 0.9}))


@behavior("LangChain-trained models")
def arguments_are_wrapped(ask: Ask) -> Reply:
    """Arguments are wrapped in another `arguments`."""
    return _written(ask, json.dumps({"arguments": ask.call[1]}))


@behavior("Llama 3.1")
def arguments_are_wrapped_as_parameters(ask: Ask) -> Reply:
    """Arguments are a whole call with `parameters`."""
    return _written(ask, json.dumps({"name": ask.call[0], "parameters": ask.call[1]}))


@behavior("Kimi, Gemini")
def arguments_have_raw_line_breaks(ask: Ask) -> Reply:
    """Strings in the arguments hold raw line breaks."""
    return _written(ask, json.dumps(ask.call[1]).replace(" as ", "\n as ").replace('"hours"', '"hours"\n'))


@behavior("small local models")
def arguments_have_single_quotes(ask: Ask) -> Reply:
    """Arguments have bare keys."""
    arguments = ask.call[1]
    return _written(ask, "{" + ", ".join(f"{key}: {json.dumps(value)}" for key, value in arguments.items()) + "}")


@behavior("small local models")
def arguments_are_in_a_list(ask: Ask) -> Reply:
    """Arguments are a list with one object."""
    return _written(ask, json.dumps([ask.call[1]]))


@behavior("OpenAI, Ollama, vLLM")
def no_arguments_are_an_empty_string(ask: Ask) -> Reply:
    """No arguments are written as an empty string."""
    return _nothing(ask, "")


@behavior("vLLM, SGLang")
def no_arguments_are_null(ask: Ask) -> Reply:
    """No arguments are written as null."""
    return _nothing(ask, None)


@behavior("LM Studio")
def no_arguments_are_the_word_null(ask: Ask) -> Reply:
    """No arguments are written as the word null."""
    return _nothing(ask, "null")


@behavior("PHP gateways")
def no_arguments_are_an_empty_list(ask: Ask) -> Reply:
    """No arguments are written as an empty list."""
    return _nothing(ask, "[]")


def _nothing(ask: Ask, arguments: Any) -> Reply:
    """A call of a tool without required arguments."""
    if ask.has_result:
        return ask.says()
    name = "describe_tables" if ask.call[0] == "run_query" else "show_my_profile"
    return ask.calls({"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}})


@behavior("Gemini, Groq, Ollama", doors=("staff", "staff stream"))
def optional_arguments_are_the_word_null(ask: Ask) -> Reply:
    """An optional argument is the word null."""
    return _written(ask, json.dumps({**ask.call[1], "title": "null"}))


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
    return ask.says() if ask.has_result else ask.calls(_with(ask, id=None))


@behavior("Gemini")
def ids_are_empty(ask: Ask) -> Reply:
    """Calls have an empty id."""
    return ask.says() if ask.has_result else ask.calls(_with(ask, id=""))


@behavior("Mistral.rs")
def ids_are_numbers(ask: Ask) -> Reply:
    """Ids are numbers."""
    return ask.says() if ask.has_result else ask.calls(_with(ask, id=0))


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
    return ask.calls(_with(ask, id="0"), call_of(other, {}, "0"))


@behavior("TGI, Ollama")
def types_are_missing(ask: Ask) -> Reply:
    """Calls have no type."""
    return ask.says() if ask.has_result else ask.calls(_with(ask, type=None))


@behavior("gateways")
def types_are_empty(ask: Ask) -> Reply:
    """Calls have an empty type."""
    return ask.says() if ask.has_result else ask.calls(_with(ask, type=""))


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


@behavior("every model")
def arguments_are_wrong(ask: Ask) -> Reply:
    """Arguments have the wrong type; the model repairs them when it reads so."""
    results = sum(message["role"] == "tool" for message in ask.messages)
    name = ask.call[0]
    return (
        ask.says()
        if results > 1
        else ask.usual()
        if results
        else ask.calls(call_of(name, {"topic": 7, "query": 7}))
    )


def _sent_back(asks: list[Ask]) -> bool:
    return "SIGNATURE" in json.dumps(asks[-1].body)


@behavior("Gemini's OpenAI endpoint (thought signatures)", checks=_sent_back)
def signatures_want_to_come_back(ask: Ask) -> Reply:
    """A call carries a thought's signature that must come back."""
    if not ask.has_result:
        return ask.calls(_with(ask, extra_content={"google": {"thought_signature": "SIGNATURE"}}))
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
