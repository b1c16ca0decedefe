"""`motabot doctor` asks each provider for one plain answer and one tool call, whole and streamed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from motabot.agent.models.base import Message, ModelAnswer, ModelRequest
from motabot.agent.models.failures import Failure, shown_words
from motabot.agent.models.leaks import clean
from motabot.agent.models.openai import OpenAIModel
from motabot.agent.models.providers import remote_models
from motabot.agent.models.textual_calls import find_calls
from motabot.agent.registry import ToolSpec
from motabot.cli.findings import Finding
from motabot.settings import Settings

#: Seconds for each question to a provider without its own limit.
_SECONDS = 60.0
_PLAIN = "Reply with the one word: ready"
_TOOL = "Call the tool {name} now to look up the opening hours. Do not answer without it."


def try_models(settings: Settings, tools: list[ToolSpec]) -> Iterator[Finding]:
    """Ask every provider that the settings name.

    Args:
        settings: The providers.
        tools: The customers' tools, all of which are offered.

    Yields:
        Findings that hold no key.
    """
    models = remote_models(settings)
    if not models:
        why = " (neither OPENAI_API_KEY nor MOTABOT_MODEL_URL is set)" if settings.model == "auto" else ""
        yield _finding("ok", f"offline{why}")
        return
    yield _finding("ok", ", then ".join([*(model.name for model in models), "offline"]))
    for model in models:
        yield from _tried(model, tools)


def _tried(model: OpenAIModel, tools: list[ToolSpec]) -> Iterator[Finding]:
    where = f"{model.name} at {model.address.url}"
    if model.address.note:
        yield _finding("note", f"{where}: the URL {model.address.note}")
    plain = ModelRequest(
        (Message("system", "You are being tested."), Message("user", _PLAIN)), (), timeout=_SECONDS
    )
    asked = next((spec for spec in tools if spec.name == "show_shop_info"), tools[0] if tools else None)
    questions = [("a plain answer", plain)]
    if asked is not None:
        words = _TOOL.format(name=asked.name)
        questions.append(("a tool call", replace(plain, messages=(Message("user", words),), tools=tuple(tools))))
    for what, request in questions:
        for streams in (False, True):
            how = f"{what}{', streamed' if streams else ''}"
            started = time.monotonic()
            try:
                answer = model.probe(replace(request, on_text=(lambda _words: None) if streams else None))
            except Failure as failure:
                yield _finding("wrong", f"{where}: {how}: {_explained(failure, model)}")
                if failure.kind != "malformed":
                    return
                continue
            yield _judged(answer, request, f"{where}: {how}", time.monotonic() - started)
    yield _finding("ok", f"{where}: dialect: {model.dialect.describe()}")
    if model.dialect.path:
        yield _finding(
            "note", f"{where}: the URL lacks {model.dialect.path}: set {model.address.url}{model.dialect.path}"
        )
    if model.dialect.tools == "prompt":
        yield _finding(
            "note", f"{where}: the server takes no tools, so they stand in the prompt; see docs/models.md"
        )


def _judged(answer: ModelAnswer, request: ModelRequest, what: str, seconds: float) -> Finding:
    cleaned = clean(answer.text, [spec.name for spec in request.tools])
    took = f"after {seconds:.1f} s"
    estimate = "; it reports no usage, so costs are estimated" if answer.usage.is_estimated else ""
    if request.tools:
        if answer.tool_calls:
            return _finding("ok", f"{what}: {answer.tool_calls[0].name} {took}{estimate}")
        if cleaned.calls or find_calls(answer.thinking, [spec.name for spec in request.tools])[0]:
            return _finding(
                "note", f"{what}: written as text, and understood, {took}: its server does not parse it"
            )
        return _finding("note", f"{what}: the model answered without calling the tool {took}")
    if cleaned.leftover or not cleaned.text:
        return _finding(
            "wrong", f"{what}: thinking or markup and no answer, {took}: raise MOTABOT_MODEL_MAX_TOKENS"
        )
    if cleaned.text != answer.text.strip():
        return _finding("note", f"{what}: it came with thinking or tokens, which are taken out, {took}{estimate}")
    return _finding("ok", f"{what} {took}{estimate}")


def _explained(failure: Failure, model: OpenAIModel) -> str:
    """Why, with the provider's own words and what to do about it: the question was ours, so nothing is private."""
    words = shown_words(failure.words, model.key)
    said = f'{failure.reason}: "{words}"' if words else failure.reason
    hint = _hint(failure, model)
    return f"{said}. {hint}" if hint else said


def _hint(failure: Failure, model: OpenAIModel) -> str:
    url, words = model.address.url, failure.words
    if failure.status == 401:
        return "Check OPENAI_API_KEY or MOTABOT_MODEL_KEY."
    if failure.status == 407 or "proxy" in failure.reason:
        return "Check HTTPS_PROXY and NO_PROXY."
    if failure.status in (404, 405) and re.search(r"\bmodel\b|deployment", words, re.IGNORECASE):
        return f"Check MOTABOT_MODEL_NAME: the server does not know {model.name!r}."
    if failure.status in (404, 405):
        if not re.search(r"/v\d", url):
            return f"The URL may lack its path: try {url}/v1."
        return "Check the path of MOTABOT_MODEL_URL: /chat/completions is added to it."
    if "web page" in failure.reason or "web page" in words:
        return "This is not an API: check MOTABOT_MODEL_URL."
    if failure.kind == "time":
        return "Raise MOTABOT_MODEL_COLD_TIMEOUT if the model has to load first."
    if "context" in words.casefold():
        return "Give the model a longer context; Ollama's default is too short (docs/models.md)."
    if "nothing listens" in failure.reason or "name is not known" in failure.reason:
        return "Check host and port of MOTABOT_MODEL_URL."
    if 300 <= failure.status < 400:
        return "The server redirects to another host; set its URL."
    return ""


def _finding(verdict: Literal["ok", "note", "wrong"], words: str) -> Finding:
    return Finding(verdict, "model", words)
