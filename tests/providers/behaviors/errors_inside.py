"""Errors inside a status of 200, and bodies that are not an answer."""

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
