"""How a server differs from OpenAI's own, and what is known of it by its URL and its model's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Literal
from urllib.parse import urlsplit

from motabot.text.regex import regex

Unions = Literal["list", "anyOf", "nullable", "plain"]
Effort = Literal["none", "minimal", "low", "medium", "high"]
EFFORTS: tuple[Effort, ...] = ("none", "minimal", "low", "medium", "high")
#: Model names whose answers think first and whose thinking `reasoning_effort` governs.
_THINKS = regex(
    r"(?:^|[/\-_.])(?:gpt-5(?!.*chat)|o[134](?:-|$)|gpt-oss|gemini-(?:2\.5|3)|grok-3-mini|grok-4-fast-reasoning)",
    re.IGNORECASE,
)
#: Model names whose answers think first, on servers that need not know `reasoning_effort`.
_THINKS_ANYWAY = regex(
    r"qwen-?3|qwq|deepseek-(?:r1|reasoner|v3\.[12])|magistral|glm-4\.[5-9]|kimi-k2-thinking|minimax-m|nemotron|exaone|ernie.*think|thinking|reasoner?\b|phi-4-(?:mini-)?reasoning|hunyuan|seed-oss|smollm3",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dialect:
    """How requests to one server are written.

    Attributes:
        limit: The parameter that limits an answer's tokens; None: it takes none.
        omitted: Parameters and message fields that it refuses.
        unions: How an optional parameter's type is written: `["string", "null"]`, `anyOf`, `nullable: true`, or as
            the plain type that is not required.
        empty_parameters: What a tool without parameters has: an empty object, a dummy property, or no schema at all.
        additional: Whether schemas say `additionalProperties: false`.
        tools: Whether tools are a parameter of the request or part of the prompt, with calls as text.
        keeps_tools: Tools must stay in a request whose messages hold calls; `tool_choice: "none"` forbids them.
        single_calls: Each assistant message may hold one call.
        system: The role of the instructions; `user`: they are folded into the first user's message.
        alternates: Roles must alternate.
        tool_names: Tool messages carry the tool's name.
        nine_ids: Ids of calls are nine letters or digits.
        object_arguments: Arguments of earlier calls are objects and not strings.
        call_content: The content beside calls: null, an empty string, a word, or left out.
        content_parts: Content is a list of parts.
        streams: Whether answers are always or never streamed; None: as the caller wants.
        echoes_thinking: Thinking has to be sent back with calls, empty if there was none.
        path: What stands between the URL and `/chat/completions`, where the URL lacks it.
        url: Where a redirect on the same host led.
        effort: The least effort that it accepts; None: as asked for.
        thinks: Answers think first, so they need room for it.
    """

    limit: str | None = "max_tokens"
    omitted: frozenset[str] = frozenset()
    unions: Unions = "list"
    empty_parameters: Literal["object", "dummy", "omitted"] = "object"
    additional: bool = True
    tools: Literal["native", "prompt"] = "native"
    keeps_tools: bool = False
    single_calls: bool = False
    system: Literal["system", "developer", "user"] = "system"
    alternates: bool = False
    tool_names: bool = False
    nine_ids: bool = False
    object_arguments: bool = False
    call_content: Literal["null", "empty", "word", "omitted"] = "null"
    content_parts: bool = False
    streams: bool | None = None
    echoes_thinking: bool = False
    path: str = ""
    url: str = ""
    effort: Effort | None = None
    thinks: bool = False
    knows_effort: bool = False

    def describe(self) -> str:
        """What differs from the plainest request, in words for `motabot doctor`."""
        plain = Dialect()
        parts = []
        for each in fields(self):
            value = getattr(self, each.name)
            if value != getattr(plain, each.name):
                shown = ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
                parts.append(f"{each.name.replace('_', ' ')}: {shown}")
        return "; ".join(parts) or "plain"


def guess(url: str, model: str) -> Dialect:
    """What is known of a server by its address and of a model by its name."""
    host = (urlsplit(url).hostname or "").casefold()
    thinks = bool(_THINKS.search(model))
    known = Dialect(
        omitted=frozenset({"store", "safety_identifier", "prompt_cache_key"}),
        thinks=thinks or bool(_THINKS_ANYWAY.search(model)),
        knows_effort=thinks,
    )
    if host == "api.openai.com":
        return replace(known, limit="max_completion_tokens", omitted=frozenset())
    if host.endswith((".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")):
        return replace(known, limit="max_completion_tokens")
    if host == "generativelanguage.googleapis.com" or host.endswith("-aiplatform.googleapis.com"):
        return replace(known, unions="nullable", tool_names=True, omitted=known.omitted | {"strict"})
    if host.endswith("mistral.ai"):
        return replace(known, nine_ids=True, tool_names=True)
    if host.endswith("deepseek.com"):
        return replace(known, omitted=known.omitted | {"strict"})
    if host.endswith(("groq.com", "cerebras.ai")):
        return replace(known, limit="max_completion_tokens")
    return known


def separates_thinking(url: str) -> bool:
    """Whether a server is known never to mix thinking into its words, so that they can be shown while they come."""
    host = (urlsplit(url).hostname or "").casefold()
    return host in ("api.openai.com", "generativelanguage.googleapis.com", "api.anthropic.com") or host.endswith(
        ".openai.azure.com"
    )
