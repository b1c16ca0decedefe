"""Errors, limits and outages: what passes is tried again; what lasts falls back and says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.providers.imitation import BEHAVIORS, Ask, Behavior, Reply, behavior, refuses


def _once(name: str, servers: str, reply: Reply, times: int = 1) -> None:
    def answer(ask: Ask) -> Reply:
        return reply if ask.number < times else ask.usual()

    BEHAVIORS.append(Behavior(name, servers, answer))


def _always(name: str, servers: str, reply: Reply, why: str) -> None:
    BEHAVIORS.append(Behavior(name, servers, lambda _ask: reply, falls_back=why))


def _soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=0.2), usegmt=True)


for status, where in (
    (408, "proxies"), (409, "gateways"), (425, "gateways"), (429, "every provider"), (500, "every provider"), (502, "proxies"), (503, "every provider"),
    (504, "proxies"), (520, "Cloudflare"), (522, "Cloudflare"), (524, "Cloudflare"), (529, "Anthropic through gateways"),
):  # fmt: skip
    _once(f"Status {status} comes once.", where, Reply(b"<html>error</html>" if status >= 502 else b"{}", status))

_once("Status 503 comes twice.", "every provider", Reply({}, 503), times=2)
_once(
    "A model is still loading.",
    "llama.cpp",
    Reply({"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}, 503),
)
_once(
    "A model is loading, with an estimate.",
    "Hugging Face",
    Reply({"error": "Model m is currently loading", "estimated_time": 0.01}, 503),
)
_once("Retry-After is a number.", "every provider", Reply({}, 429, {"retry-after": "0"}))
_once("Retry-After is a fraction.", "gateways", Reply({}, 429, {"retry-after": "0.05"}))
_once("Retry-After is a date.", "proxies", Reply({}, 503, {"retry-after": _soon()}))
_once("Retry-After is nonsense.", "proxies", Reply({}, 503, {"retry-after": "soon"}))
_once(
    "`retry-after-ms` says how long.",
    "OpenAI, Azure",
    Reply({}, 429, {"retry-after-ms": "20", "retry-after": "1"}),
)
_once(
    "`x-ratelimit-reset-requests` says how long.",
    "OpenAI, Groq",
    Reply({}, 429, {"x-ratelimit-reset-requests": "20ms"}),
)
_once(
    "`x-ratelimit-reset-tokens` says how long.",
    "OpenAI, Groq",
    Reply({}, 429, {"x-ratelimit-reset-tokens": "0.02s"}),
)
_once(
    "`x-ratelimit-reset` is a moment.",
    "OpenRouter",
    Reply({}, 429, {"x-ratelimit-reset": str(int(datetime.now(UTC).timestamp() * 1000))}),
)
_once(
    "The words say how long to wait.",
    "Groq, OpenAI",
    refuses(429, "Rate limit reached. Please try again in 20ms.", code="rate_limit_exceeded"),
)
_once(
    "A refusal of 500 names nothing.",
    "every provider",
    Reply({"error": {"message": "The server had an error while processing your request."}}, 500),
)
_once("A 400 passes by itself.", "vLLM, gateways", Reply({"error": {"message": "Provider returned error"}}, 400))
_always(
    "Status 429 asks for a minute.",
    "every provider",
    Reply({}, 429, {"retry-after": "60"}),
    "the wait does not fit into the turn",
)
_always(
    "The account is empty.",
    "OpenAI",
    refuses(429, "You exceeded your current quota", code="insufficient_quota"),
    "the account is empty",
)
_always(
    "The account is empty, with status 402.",
    "DeepSeek, OpenRouter",
    refuses(402, "Insufficient Balance"),
    "the account is empty",
)
_always(
    "The key is refused.",
    "every provider",
    refuses(401, "Incorrect API key provided: sk-abc***xyz.", code="invalid_api_key"),
    "the key is refused",
)
_always(
    "The key may not do this.",
    "every provider",
    refuses(403, "Your key has no access to this model"),
    "the key is refused",
)
_always(
    "The model does not exist.",
    "OpenAI, Ollama",
    refuses(404, "The model `imitated` does not exist or you do not have access to it.", code="model_not_found"),
    "there is no such model",
)
_always(
    "The context is too long.",
    "every provider",
    refuses(400, "This model's maximum context length is 4096 tokens.", code="context_length_exceeded"),
    "the prompt does not fit",
)
_always(
    "The context is too long for a local model.",
    "llama.cpp",
    refuses(
        400, "the request exceeds the available context size, try increasing it", type="exceed_context_size_error"
    ),
    "the prompt does not fit",
)
_always(
    "Azure's filter refuses the prompt.",
    "Azure",
    refuses(
        400,
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        code="content_filter",
    ),
    "the provider filtered the prompt",
)
_always("Every request gets 500.", "every provider", Reply({}, 500), "the provider is down")
_always(
    "Every request gets 503 and a page.",
    "proxies",
    Reply(b"<html><title>503 Service Unavailable</title></html>", 503),
    "the provider is down",
)
_always("Every request is refused.", "gateways", refuses(400, "Invalid request"), "the server refuses everything")
_always(
    "A redirect leads to another host.",
    "captive portals",
    Reply(b"", 302, {"location": "http://elsewhere.example/login"}),
    "a key never follows to another host",
)
_always("The proxy wants a password.", "proxies", Reply(b"", 407), "the proxy refuses")


@behavior("proxies, load balancers")
def connections_close_once(ask: Ask) -> Reply:
    """The connection closes without an answer once."""
    if ask.number == 0:
        raise OSError("closed on purpose")
    return ask.usual()


@behavior("every provider", falls_back="the connection always closes")
def connections_always_close(ask: Ask) -> Reply:
    """The connection always closes without an answer."""
    raise OSError("closed on purpose")


@behavior("gateways")
def headers_are_odd(ask: Ask) -> Reply:
    """Headers hold odd values."""
    reply = ask.usual()
    odd: dict[str, Any] = {"x-ratelimit-reset": "never", "x-request-id": "", "retry-after": "-5"}
    return Reply(reply.body, reply.status, {**reply.headers, **odd})
