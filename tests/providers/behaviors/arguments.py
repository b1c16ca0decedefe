"""How servers write the arguments of tool calls."""

from __future__ import annotations

import json
from typing import Any

from tests.providers.imitation import (
    Ask,
    Reply,
    behavior,
    call_of,
)


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
