"""Any server that speaks OpenAI's Chat Completions. The only file that imports `openai`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, cast

import httpx2
import openai
from openai.lib.streaming.chat import ChatCompletionStreamState
from openai.types.chat import ChatCompletion

from motabot.agent.models.base import Finish, Message, ModelAnswer, ModelRequest, ToolCall, Usage
from motabot.agent.registry import ToolSpec
from motabot.errors import ModelError

#: Statuses below 500 that pass by themselves: timeout, conflict, too many requests.
_PASSING = frozenset({408, 409, 429})


class OpenAIModel:
    """A remote model.

    Retries are made here and not by the client: the client obeys a Retry-After of up to a minute, which
    would keep a customer waiting past the turn's own limit. Here a wait that does not fit into the
    request's timeout ends the attempt.
    """

    def __init__(
        self,
        model: str,
        *,
        api_key: str,
        base_url: str | None = None,
        retries: int = 2,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            model: The model's name at the provider.
            api_key: The key; servers without one take any word.
            base_url: Another server than OpenAI's own. What only OpenAI's own knows (`store`,
                `safety_identifier`, `prompt_cache_key`) is then left out.
            retries: How often a failed request is made again.
            sleep: Waits; a test passes its own.
        """
        self.name = model
        self._is_own_server = base_url is None
        self._retries = retries
        self._sleep = sleep
        self._client = openai.OpenAI(api_key=api_key, base_url=base_url, max_retries=0)

    def answer(self, request: ModelRequest) -> ModelAnswer:
        deadline = time.monotonic() + request.timeout
        for attempt in range(self._retries + 1):
            try:
                return _read(self._complete(request, deadline - time.monotonic()))
            except openai.OpenAIError as error:
                wait = _wait(error, attempt)
                if attempt == self._retries or wait is None or time.monotonic() + wait >= deadline:
                    raise ModelError(_reason(error)) from error
                self._sleep(wait)
            except (ValueError, TypeError, AttributeError, LookupError) as error:
                # the client parses without checking: a body of another shape surfaces as any of these
                raise ModelError(f"the provider's answer is malformed ({type(error).__name__})") from error
        raise AssertionError("the last attempt answers or raises")

    def _complete(self, request: ModelRequest, seconds: float) -> ChatCompletion:
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [_message(message) for message in request.messages],
            "timeout": max(seconds, 0.1),
        }
        if request.tools:
            body["tools"] = [_tool(spec) for spec in request.tools]
        if self._is_own_server:
            body |= {
                "max_completion_tokens": request.max_tokens,
                "store": False,
                "safety_identifier": request.safety_identifier,
                "prompt_cache_key": "motabot-customer",
            }
        else:
            body["max_tokens"] = request.max_tokens
        if request.on_text is not None:
            return self._stream(body, request.on_text, seconds)
        return cast(ChatCompletion, self._client.chat.completions.create(**body))

    def _stream(self, body: dict[str, Any], on_text: Callable[[str], None], seconds: float) -> ChatCompletion:
        """The same answer, told while it is written. The client times each piece; the whole has its own limit."""
        deadline = time.monotonic() + seconds
        state = ChatCompletionStreamState()
        stream = self._client.chat.completions.create(**body, stream=True, stream_options={"include_usage": True})
        try:
            with stream as pieces:
                for piece in pieces:
                    state.handle_chunk(piece)
                    if time.monotonic() > deadline:
                        raise ModelError("the provider did not answer in time")
                    if piece.choices and piece.choices[0].delta.content:
                        on_text(state.current_completion_snapshot.choices[0].message.content or "")
            whole = state.current_completion_snapshot
        except (httpx2.HTTPError, AssertionError) as error:  # the client does not wrap what happens between pieces
            raise ModelError("the provider's answer broke off") from error
        if not whole.choices or whole.choices[0].finish_reason is None:
            raise ModelError("the provider's answer broke off")
        return cast(ChatCompletion, whole)


def _message(message: Message) -> dict[str, Any]:
    shaped: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.tool_calls:
        shaped["content"] = message.content or None
        shaped["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.tool_calls
        ]
    if message.tool_call_id is not None:
        shaped["tool_call_id"] = message.tool_call_id
    return shaped


def _tool(spec: ToolSpec) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": spec.name,
            "description": spec.description,
            "parameters": spec.parameters,
            "strict": True,
        },
    }


def _read(completion: ChatCompletion) -> ModelAnswer:
    choice = completion.choices[0]
    message = choice.message
    calls = tuple(
        ToolCall(str(call.id), str(call.function.name), str(call.function.arguments or ""))
        for call in message.tool_calls or ()
        if call.type == "function"
    )
    finish: Finish = "tool_calls" if calls else "stop"
    if choice.finish_reason == "length":
        finish = "length"
    elif choice.finish_reason == "content_filter" or message.refusal:
        finish = "refusal"
    used = completion.usage
    details = used.prompt_tokens_details if used else None
    usage = Usage(
        input_tokens=used.prompt_tokens if used else 0,
        output_tokens=used.completion_tokens if used else 0,
        cached_tokens=(details.cached_tokens or 0) if details else 0,
    )
    text = message.content or ""
    if not isinstance(text, str):
        raise TypeError("content is no string")
    return ModelAnswer(text, calls, finish, usage)


def _wait(error: openai.OpenAIError, attempt: int) -> float | None:
    """Seconds until the next attempt, or None when another would be pointless."""
    backoff = min(4.0, 0.4 * 2.0**attempt) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, not a secret
    if isinstance(error, openai.APIStatusError):
        if error.code == "insufficient_quota" or (error.status_code < 500 and error.status_code not in _PASSING):
            return None
        try:
            return max(0.0, float(error.response.headers["retry-after"]))
        except (KeyError, ValueError):
            return backoff  # absent, or an HTTP date
    if isinstance(error, openai.APIConnectionError) and not isinstance(error, openai.APITimeoutError):
        return backoff
    return None


def _reason(error: openai.OpenAIError) -> str:
    """Why, in words that hold nothing of the request."""
    if isinstance(error, openai.APITimeoutError):
        return "the provider did not answer in time"
    if isinstance(error, openai.APIStatusError):
        code = f", {error.code}" if error.code else ""
        return f"the provider answered {error.status_code}{code}"
    if isinstance(error, openai.APIConnectionError):
        return "the provider cannot be reached"
    return f"the provider's answer is unusable ({type(error).__name__})"
