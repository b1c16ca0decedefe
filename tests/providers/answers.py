"""The shapes in which servers give an answer, its usage, its end, and errors inside a status of 200."""

from __future__ import annotations

import json
from typing import Any

from tests.providers.imitation import (
    TEXT,
    USAGE,
    Ask,
    Reply,
    behavior,
    call_of,
    completion,
    message,
)


@behavior("OpenAI")
def usual(ask: Ask) -> Reply:
    """A call, then an answer, as OpenAI's own server writes them."""
    return ask.usual()


def _content(ask: Ask, content: Any) -> Reply:
    return Reply(completion({"role": "assistant", "content": content}))


@behavior("Mistral, Anthropic through gateways")
def content_is_parts(ask: Ask) -> Reply:
    """Content is a list of text parts."""
    return _content(ask, [{"type": "text", "text": "We open "}, {"type": "text", "text": "at nine."}])


@behavior("Magistral on Mistral's own server")
def content_has_thinking_parts(ask: Ask) -> Reply:
    """Content is a list with a part of thinking."""
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": "The user wants the hours."}]}
    return _content(ask, [thinking, {"type": "text", "text": TEXT}])


@behavior("gateways")
def content_is_bare_strings(ask: Ask) -> Reply:
    """Content is a list of strings."""
    return _content(ask, ["We open ", "at nine."])


@behavior("gateways")
def content_is_an_object(ask: Ask) -> Reply:
    """Content is one part and not a list."""
    return _content(ask, {"type": "text", "text": TEXT})


@behavior("vLLM, OpenRouter, DeepSeek")
def thinking_is_kept_apart(ask: Ask) -> Reply:
    """Thinking comes in a field of its own."""
    return ask.completes({**message(TEXT), "reasoning_content": "The user wants the hours.", "reasoning": "Same."})


@behavior("Ollama")
def thinking_is_named_thinking(ask: Ask) -> Reply:
    """Thinking comes in the field `thinking`."""
    return ask.completes({**message(TEXT), "thinking": "The user wants the hours."})


@behavior("gateways")
def messages_have_no_role(ask: Ask) -> Reply:
    """A message has no role."""
    return Reply(completion({"content": TEXT}))


@behavior("llama.cpp, gateways")
def fields_are_missing(ask: Ask) -> Reply:
    """Id, object, model and time are missing."""
    return Reply({"choices": [{"message": message(TEXT)}]})


@behavior("gateways")
def unknown_fields_are_there(ask: Ask) -> Reply:
    """Fields are there that nobody knows."""
    return Reply(
        {**completion({**message(TEXT), "annotations": [], "audio": None}), "x_gateway": {"a": 1}, "provider": "p"}
    )


@behavior("older servers")
def answers_are_text_completions(ask: Ask) -> Reply:
    """A choice has `text` and no message."""
    return Reply({"choices": [{"text": TEXT, "index": 0, "finish_reason": "stop"}]})


@behavior("gateways")
def answers_have_a_delta(ask: Ask) -> Reply:
    """A whole answer has `delta` where `message` belongs."""
    return Reply({"choices": [{"delta": message(TEXT), "index": 0, "finish_reason": "stop"}]})


@behavior("Ollama's own interface")
def answers_are_ollamas(ask: Ask) -> Reply:
    """An answer in the shape of Ollama's own interface."""
    if ask.has_result:
        return Reply(
            {
                "model": "m",
                "message": message(TEXT),
                "done": True,
                "done_reason": "stop",
                "prompt_eval_count": 9,
                "eval_count": 4,
            }
        )
    name, arguments = ask.call
    calls = [{"function": {"name": name, "arguments": arguments}}]
    return Reply(
        {"model": "m", "message": {"role": "assistant", "content": "", "tool_calls": calls}, "done": True}
    )


@behavior("OpenAI's Responses through gateways")
def answers_are_responses(ask: Ask) -> Reply:
    """An answer in the shape of OpenAI's Responses."""
    name, arguments = ask.call
    call = {"type": "function_call", "call_id": "c1", "name": name, "arguments": json.dumps(arguments)}
    said = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": TEXT}]}
    reasoning = {"type": "reasoning", "summary": [{"type": "summary_text", "text": "hours"}]}
    return Reply(
        {
            "object": "response",
            "output": [reasoning, said if ask.has_result else call],
            "usage": {"input_tokens": 9, "output_tokens": 4},
        }
    )


@behavior("Anthropic through gateways")
def answers_are_anthropics(ask: Ask) -> Reply:
    """An answer in the shape of Anthropic's Messages."""
    name, arguments = ask.call
    call = {"type": "tool_use", "id": "t1", "name": name, "input": arguments}
    content = [{"type": "text", "text": TEXT}] if ask.has_result else [call]
    return Reply(
        {
            "type": "message",
            "role": "assistant",
            "content": content,
            "stop_reason": "end_turn",
            "usage": {"input_tokens": 9, "output_tokens": 4},
        }
    )


@behavior("Gemini through gateways")
def answers_are_geminis(ask: Ask) -> Reply:
    """An answer in the shape of Gemini's own interface."""
    name, arguments = ask.call
    part = {"text": TEXT} if ask.has_result else {"functionCall": {"name": name, "args": arguments}}
    return Reply(
        {
            "candidates": [{"content": {"parts": [part]}, "finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 4},
        }
    )


@behavior("TGI's own interface")
def answers_are_generated_text(ask: Ask) -> Reply:
    """An answer in the shape of TGI's own interface."""
    return Reply([{"generated_text": TEXT}])


@behavior("gateways (One API, Cloudflare)")
def answers_are_enveloped(ask: Ask) -> Reply:
    """The completion stands inside another object."""
    return Reply({"success": True, "errors": [], "result": completion(message(TEXT))})


@behavior("gateways")
def answers_are_in_a_list(ask: Ask) -> Reply:
    """The completion is the only element of a list."""
    return Reply([completion(message(TEXT))])


@behavior("gateways")
def answers_have_a_byte_order_mark(ask: Ask) -> Reply:
    """The body begins with a byte order mark and blank lines."""
    return Reply(b"\xef\xbb\xbf\n\n" + json.dumps(completion(message(TEXT))).encode())


@behavior("OpenRouter (it keeps connections alive with blanks)")
def answers_begin_with_blanks(ask: Ask) -> Reply:
    """Blank lines come before the body."""
    return Reply(b"\n   \n\n" + json.dumps(completion(message(TEXT))).encode())


@behavior("proxies")
def answers_are_plain_text_by_type(ask: Ask) -> Reply:
    """The content type is text/plain."""
    return Reply(completion(message(TEXT)), headers={"content-type": "text/plain"})


@behavior("proxies")
def answers_have_no_type(ask: Ask) -> Reply:
    """The content type is application/octet-stream."""
    return Reply(completion(message(TEXT)), headers={"content-type": "application/octet-stream"})


@behavior("servers of status 201")
def answers_have_another_status(ask: Ask) -> Reply:
    """The status is 201."""
    return Reply(completion(message(TEXT)), 201)


@behavior("vLLM, SGLang")
def raw_line_breaks_are_in_strings(ask: Ask) -> Reply:
    """Strings of the body hold raw line breaks and tabs."""
    return Reply(b'{"choices":[{"message":{"role":"assistant","content":"\n\tWe open at nine."}}]}')


def _usage(name: str, usage: Any) -> None:
    def answer(ask: Ask) -> Reply:
        if ask.has_result:
            return ask.completes(message(TEXT), usage=usage)
        return ask.completes({**message(None), "tool_calls": [call_of(*ask.call)]}, usage=usage)

    answer.__doc__ = name
    behavior("vLLM, Ollama, gateways")(answer)


_usage("Usage is null.", None)
_usage("Usage is empty.", {})
_usage("Usage has only the prompt's tokens.", {"prompt_tokens": 12})
_usage("Usage has strings.", {"prompt_tokens": "12", "completion_tokens": "4", "total_tokens": "16"})
_usage("Usage has fractions.", {"prompt_tokens": 12.0, "completion_tokens": 4.5})
_usage(
    "Usage has nulls.",
    {"prompt_tokens": None, "completion_tokens": None, "total_tokens": None, "prompt_tokens_details": None},
)
_usage("Usage is negative.", {"prompt_tokens": -1, "completion_tokens": -1})
_usage("Usage is absurdly high.", {"prompt_tokens": 10**15, "completion_tokens": 10**15})
_usage("Usage has other names.", {"input_tokens": 12, "output_tokens": 4})
_usage(
    "Usage has details of another shape.", {**USAGE, "prompt_tokens_details": [], "completion_tokens_details": 7}
)
_usage("Usage is a list.", [])
_usage("Usage is text.", "12 tokens")
_usage("Usage has only a total.", {"total_tokens": 16})


def _finish(reason: Any, servers: str, falls_back: str = "") -> None:
    def answer(ask: Ask) -> Reply:
        return ask.completes(message(TEXT), finish_reason=reason)

    answer.__doc__ = f"The finish reason is {json.dumps(reason)}."
    behavior(servers, falls_back=falls_back)(answer)


_finish("STOP", "Gemini")
_finish("end_turn", "Anthropic through gateways")
_finish("eos", "Together, TGI")
_finish("eos_token", "TGI")
_finish("stop_sequence", "TGI, Anthropic")
_finish("", "gateways")
_finish(None, "gateways, Ollama")
_finish("unknown", "gateways")
_finish("tool_calls", "vLLM (without a call)")
_finish("content_filter", "Azure, OpenAI", "the provider filtered the answer")
_finish("SAFETY", "Gemini", "the provider filtered the answer")
_finish("sensitive", "Zhipu", "the provider filtered the answer")


@behavior("OpenAI", falls_back="the model refused")
def refusals(ask: Ask) -> Reply:
    """The model refuses in the field `refusal`."""
    return ask.completes({**message(None), "refusal": "I cannot help with that."})


@behavior("OpenAI, Qwen, DeepSeek")
def thinking_uses_up_the_budget(ask: Ask) -> Reply:
    """Thinking uses up the tokens; with more room there is an answer."""
    if ask.number == 0:
        return ask.completes({**message(""), "reasoning_content": "Hm. " * 50}, finish_reason="length")
    return ask.says()


@behavior("Qwen, DeepSeek on vLLM without a parser")
def thinking_is_cut_off_in_the_text(ask: Ask) -> Reply:
    """Thinking in the text is cut off; with more room there is an answer."""
    return ask.says("<think>The user wants", finish_reason="length") if ask.number == 0 else ask.says()


@behavior("every server", falls_back="the answer is cut off, with more room too")
def answers_are_always_cut_off(ask: Ask) -> Reply:
    """Every answer is cut off in the middle."""
    return ask.says("We open at", finish_reason="length")


@behavior("every model")
def empty_answers(ask: Ask) -> Reply:
    """An answer is empty once."""
    return ask.says("") if ask.number == 0 else ask.says()


@behavior("every model", falls_back="the model has nothing to say")
def only_empty_answers(ask: Ask) -> Reply:
    """Every answer is empty."""
    return ask.says("  \n")


@behavior("Gemini, OpenRouter, proxies")
def choices_are_empty_once(ask: Ask) -> Reply:
    """The list of choices is empty once."""
    return Reply({**completion(message(TEXT)), "choices": []}) if ask.number == 0 else ask.says()


@behavior("OpenRouter, gateways")
def choices_are_null_once(ask: Ask) -> Reply:
    """Choices are null once."""
    return Reply({**completion(message(TEXT)), "choices": None}) if ask.number == 0 else ask.says()


@behavior("gateways", falls_back="no answer is ever in it")
def choices_are_always_empty(ask: Ask) -> Reply:
    """The list of choices is always empty."""
    return Reply({**completion(message(TEXT)), "choices": []})


def _error(name: str, servers: str, body: Any, falls_back: str = "") -> None:
    def answer(ask: Ask) -> Reply:
        return Reply(body) if ask.number == 0 or falls_back else ask.says()

    answer.__doc__ = name
    behavior(servers, falls_back=falls_back)(answer)


_error(
    "An error stands inside a 200, once.",
    "OpenRouter",
    {"error": {"message": "Provider returned error", "code": 502}},
)
_error("An error as text stands inside a 200, once.", "Ollama, gateways", {"error": "upstream connect error"})
_error(
    "A vLLM error stands inside a 200, once.",
    "vLLM",
    {"object": "error", "message": "Internal server error", "type": "InternalServerError", "code": 500},
)
_error(
    "A gateway's code and message stand inside a 200, once.",
    "One API, Zhipu",
    {"code": 1234, "msg": "network error", "success": False},
)
_error("FastAPI's detail stands inside a 200, once.", "gateways", {"detail": "Service temporarily unavailable"})
_error(
    "A rate limit stands inside a 200, once.",
    "OpenRouter",
    {"error": {"message": "Rate limit exceeded, please try again in 20ms", "code": 429}},
)
_error(
    "A refused key stands inside a 200.",
    "gateways",
    {"error": {"message": "Invalid API key", "code": 401}},
    "the key is refused",
)
_error(
    "Choices stand beside an error, once.",
    "OpenRouter",
    {
        "choices": [
            {
                "error": {"code": 502, "message": "Upstream error"},
                "finish_reason": "error",
                "message": message("We op"),
            }
        ]
    },
)


@behavior("proxies, captive portals")
def web_pages_once(ask: Ask) -> Reply:
    """A web page comes with status 200 once."""
    page = b"<!DOCTYPE html><html><head><title>Please wait</title></head></html>"
    return Reply(page, headers={"content-type": "text/html"}) if ask.number == 0 else ask.says()


@behavior("wrong URLs, captive portals", falls_back="no answer is ever in it")
def web_pages_always(ask: Ask) -> Reply:
    """A web page always comes with status 200."""
    return Reply(b"<html><body>Welcome to nginx!</body></html>", headers={"content-type": "text/html"})


@behavior("gateways", falls_back="no answer is ever in it")
def bodies_are_nonsense(ask: Ask) -> Reply:
    """The body is not JSON."""
    return Reply(b"OK")


@behavior("proxies")
def bodies_break_off_once(ask: Ask) -> Reply:
    """The body breaks off in the middle once."""
    if ask.number:
        return ask.says()
    half = json.dumps(completion(message(TEXT))).encode()[:90]
    return Reply(half, headers={"content-type": "application/json"})


@behavior("every model", falls_back="the model never ends")
def calls_never_end(ask: Ask) -> Reply:
    """The model calls tools for ever."""
    return ask.calls(call_of("look_into_the_future", {"when": ask.number}))


@behavior("every model")
def other_choices(ask: Ask) -> Reply:
    """Several choices come; the first counts."""
    made = completion(message(TEXT))
    made["choices"].append({"index": 1, "finish_reason": "stop", "message": message("Another answer.")})
    return Reply(made)


@behavior("gateways")
def choices_are_an_object(ask: Ask) -> Reply:
    """Choices are one object and not a list."""
    return Reply({"choices": {"index": 0, "message": message(TEXT), "finish_reason": "stop"}})


@behavior("gateways")
def messages_are_text(ask: Ask) -> Reply:
    """A choice's message is text."""
    return Reply({"choices": [{"message": TEXT}]})
