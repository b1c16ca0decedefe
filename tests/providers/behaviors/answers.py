"""The shapes in which servers give an answer."""

from __future__ import annotations

import json
from typing import Any

from tests.providers.imitation import (
    TEXT,
    Ask,
    Reply,
    behavior,
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
