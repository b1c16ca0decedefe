"""Reads how many tokens an answer used, under whichever names a server counts them."""

from __future__ import annotations

from motabot.agent.models.base import Usage
from motabot.boundary import JsonMapping

#: Above this a count is a mistake of the server's.
_MOST_TOKENS = 50_000_000


def usage_of(body: JsonMapping) -> Usage | None:
    """Tokens under whichever names a server counts them; None if it does not."""
    groq = body.get("x_groq")
    found = (
        body.get("usage")
        or body.get("usageMetadata")
        or (groq.get("usage") if isinstance(groq, dict) else None)
        or body.get("timings")
    )
    source: JsonMapping = found if isinstance(found, dict) else body
    read = _count(
        source,
        "prompt_tokens",
        "input_tokens",
        "prompt_eval_count",
        "promptTokenCount",
        "prompt_n",
        "promptTokens",
    )
    written = _count(
        source,
        "completion_tokens",
        "output_tokens",
        "eval_count",
        "candidatesTokenCount",
        "predicted_n",
        "completionTokens",
    )
    total = _count(source, "total_tokens", "totalTokenCount")
    if not written and total and read and total > read:
        written = total - read
    if not read and total and written and total > written:
        read = total - written
    if not read and not written:
        return None
    details = source.get("prompt_tokens_details") or source.get("input_tokens_details")
    cached = _count(details if isinstance(details, dict) else {}, "cached_tokens") or _count(
        source, "cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens"
    )
    return Usage(read, written, min(cached, read))


def _count(source: JsonMapping, *names: str) -> int:
    for name in names:
        value = source.get(name)
        if isinstance(value, bool) or value is None:
            continue
        try:
            number = int(float(value))
        except (TypeError, ValueError, OverflowError):
            continue
        if 0 < number < _MOST_TOKENS:
            return number
    return 0
