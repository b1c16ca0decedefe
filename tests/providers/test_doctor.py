"""`motabot doctor` asks the model, and says what is wrong and what to change, without a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from motabot.cli.try_models import try_models
from motabot.settings import load_settings
from tests.providers.imitation import Ask, Reply, Server, refuses
from tests.support.customer import REGISTRY

TOOLS = REGISTRY.for_audience("customer")
KEY = "sk-verysecretkey"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        yield opened


def tried(
    server: Server, answer: Callable[[Ask], Reply], url: str | None = None, **settings: object
) -> list[tuple[str, str]]:
    server.begin(answer)
    chosen = load_settings(
        model_url=url or server.url, model_key=KEY, model_retries=0, model_name="imitated", **settings
    )
    found: list[tuple[str, str]] = [(finding.verdict, finding.words) for finding in try_models(chosen, TOOLS)]
    assert KEY not in str(found)
    return found


def test_a_provider_that_answers_is_asked_four_times(server: Server) -> None:
    found = tried(server, lambda ask: ask.calls() if "tools" in ask.body else ask.says("ready"))
    assert {verdict for verdict, _ in found} == {"ok"}
    assert [(ask.streams, "tools" in ask.body) for ask in server.asks] == [
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    ]
    assert "dialect" in found[-1][1]


def test_a_missing_v1_is_found_out_and_named(server: Server) -> None:
    def answer(ask: Ask) -> Reply:
        return ask.says("ready") if ask.path.startswith("/v1/") else Reply(b"404 page not found", 404)

    bare = server.url.removesuffix("/v1")
    assert ("note", f"imitated at {bare}: the URL lacks /v1: set {bare}/v1") in tried(server, answer, bare)


@pytest.mark.parametrize("ending", ["/v1/", "/v1/chat/completions", "/v1/v1", "//v1"])
def test_other_spellings_of_the_url_are_read(server: Server, ending: str) -> None:
    base = server.url.removesuffix("/v1")
    found = tried(server, lambda ask: ask.calls() if "tools" in ask.body else ask.says("ready"), base + ending)
    assert {verdict for verdict, _ in found} <= {"ok", "note"}
    assert {ask.path for ask in server.asks} == {"/v1/chat/completions"}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (refuses(401, f"Incorrect API key provided: {KEY}."), "Check OPENAI_API_KEY"),
        (refuses(404, "The model `imitated` does not exist"), "does not know 'imitated'"),
        (refuses(400, "maximum context length is 2048 tokens"), "longer context"),
        (
            refuses(429, "You exceeded your current quota", code="insufficient_quota"),
            "exceeded your current quota",
        ),
        (Reply(b"<html><title>Welcome to nginx</title></html>"), "This is not an API"),
        (Reply(b"", 302, {"location": "http://elsewhere.example/"}), "another host"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said_with_what_to_change(server: Server, reply: Reply, said: str) -> None:
    wrong = [words for verdict, words in tried(server, lambda _ask: reply) if verdict == "wrong"]
    assert said in wrong[0]


def test_nobody_there_is_said_so(server: Server) -> None:
    found = tried(server, lambda ask: ask.says(), "http://127.0.0.1:9/v1")
    assert "nothing listens there" in found[-1][1]


def test_calls_as_text_and_thinking_are_noted(server: Server) -> None:
    def answer(ask: Ask) -> Reply:
        if "tools" in ask.body:
            return ask.says('<tool_call>{"name": "show_shop_info", "arguments": {"topic": "hours"}}</tool_call>')
        return ask.says("<think>hm</think>ready")

    notes = [words for verdict, words in tried(server, answer) if verdict == "note"]
    assert "written as text" in notes[-1]
    assert "taken out" in notes[0]


def test_without_a_key_and_a_url_the_offline_model_is_named() -> None:
    [finding] = try_models(load_settings(), TOOLS)
    assert finding.words.startswith("offline")
