"""How servers count usage and say why an answer ends, and answers with nothing in them."""

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


@behavior("every model", falls_back="the model never ends")
def calls_never_end(ask: Ask) -> Reply:
    """The model calls tools for ever."""
    return ask.calls(call_of("look_into_the_future", {"when": ask.number}))
