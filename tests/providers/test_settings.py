"""What a shop sets for its providers is what they receive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from motabot.agent.models.address import read_address
from motabot.agent.models.base import Message, ModelRequest
from motabot.agent.models.failures import retry_after, safe_words
from motabot.agent.models.openai import OpenAIModel, Options
from motabot.agent.models.providers import remote_models
from motabot.errors import ModelError, SettingsError
from motabot.settings import load_settings
from tests.providers.imitation import Ask, Reply, Server, refuses
from tests.support.customer import REGISTRY

REQUEST = ModelRequest(
    (Message("system", "s"), Message("user", "hi")), REGISTRY.for_audience("customer"), timeout=5.0
)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        opened.begin(lambda ask: ask.says())
        yield opened


def asked(server: Server, model: OpenAIModel, answer: Callable[[Ask], Reply] | None = None) -> Ask:
    server.begin(answer or (lambda ask: ask.says()))
    model.answer(REQUEST)
    return server.asks[-1]


@pytest.mark.parametrize("variable", ["MOTABOT_MODEL_URL", "OPENAI_BASE_URL"])
def test_a_url_alone_means_that_this_server_is_used(
    server: Server, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, server.url)
    [model] = remote_models(load_settings())
    ask = asked(server, model)
    assert ask.path == "/v1/chat/completions"
    assert "store" not in ask.body
    assert "max_tokens" in ask.body


def test_openai_chosen_without_key_and_url_is_refused() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        remote_models(load_settings(model="openai"))


def test_headers_body_effort_and_temperature_are_sent(server: Server) -> None:
    settings = load_settings(
        model_url=server.url,
        model_key="k1",
        model_effort="high",
        model_temperature=0.3,
        model_headers='{"X-Team": "shop"}',
        model_body={"top_p": 0.9, "strict_gateway": True, "prompt_cache_key": None},
        fallback_model_name="second",
        fallback_model_key="k2",
    )
    first, second = remote_models(settings)
    ask = asked(server, first)
    assert (ask.headers["x-team"], ask.headers["authorization"]) == ("shop", "Bearer k1")
    assert {"reasoning_effort": "high", "temperature": 0.3, "top_p": 0.9}.items() <= ask.body.items()
    other = asked(server, second)
    assert (other.body["model"], other.headers["authorization"]) == ("second", "Bearer k2")
    assert "temperature" not in other.body


def test_a_second_server_does_not_get_the_firsts_key(server: Server) -> None:
    settings = load_settings(
        model_url="http://127.0.0.1:9/v1", model_key="k1", fallback_model_name="b", fallback_model_url=server.url
    )
    assert asked(server, remote_models(settings)[1]).headers["authorization"] == "Bearer none"


def test_azure_gets_its_key_its_version_and_its_deployment(server: Server) -> None:
    base = server.url.removesuffix("/v1")
    model = OpenAIModel(
        "m", api_key="k", base_url=f"{base}/openai/deployments/m/chat/completions?api-version=2024-10-21"
    )
    ask = asked(server, model)
    assert ask.path == "/openai/deployments/m/chat/completions?api-version=2024-10-21"
    assert ask.headers["api-key"] == "k"
    assert "authorization" not in ask.headers


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (None, "https://api.openai.com/v1"),
        ("https://api.openai.com", "https://api.openai.com/v1"),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1"),
        ("localhost:11434", "http://localhost:11434"),
        ("http://h/v1/chat/completions", "http://h/v1"),
        ("http://h//v1", "http://h/v1"),
        ("http://h/v1/v1", "http://h/v1"),
        ('"http://h/v1"\n', "http://h/v1"),
        ("http://h:11434/api/chat", "http://h:11434"),
        ("https://n.openai.azure.com/", "https://n.openai.azure.com/openai/v1"),
        ("https://n.openai.azure.com/openai/v1", "https://n.openai.azure.com/openai/v1"),
        ("https://n.openai.azure.com?api-version=2024-10-21", "https://n.openai.azure.com/openai/deployments/m"),
    ],
)
def test_a_url_is_read_as_shops_paste_it(given: str | None, url: str) -> None:
    assert read_address(given, "m").url == url


@pytest.mark.parametrize("given", ["ftp://h/v1", "http://", "http://h:notaport", "http://a b/v1"])
def test_what_is_not_a_url_is_refused(given: str) -> None:
    with pytest.raises(SettingsError, match="MOTABOT_MODEL_URL"):
        read_address(given, "m")


def test_a_lesson_is_learned_once(server: Server) -> None:
    def strict(ask: Ask) -> Reply:
        return (
            refuses(400, "Unknown parameter: 'tools[0].function.strict'")
            if "strict" in str(ask.body)
            else ask.says()
        )

    model = OpenAIModel("m", api_key="k", base_url=server.url)
    asked(server, model, strict)
    assert len(server.asks) == 2
    asked(server, model, strict)
    assert len(server.asks) == 1
    assert "strict" in model.dialect.describe()


def test_a_refusal_of_the_content_teaches_nothing_for_the_next_request(server: Server) -> None:
    model = OpenAIModel("m", api_key="k", base_url=server.url, retries=0)
    before = model.dialect
    server.begin(lambda _ask: refuses(400, "Invalid request"))
    with pytest.raises(ModelError):
        model.answer(REQUEST)
    assert model.dialect == before


def test_thinking_gets_room_and_then_more_room_and_less_effort(server: Server) -> None:
    bodies: list[dict[str, Any]] = []
    model = OpenAIModel("gpt-5-mini", api_key="k", base_url=server.url, options=Options())
    bodies.append(asked(server, model).body)
    server.begin(lambda ask: ask.says())
    model.answer(ModelRequest(REQUEST.messages, (), max_tokens=3_000, spare_thinking=True))
    bodies.append(server.asks[-1].body)
    assert [body["reasoning_effort"] for body in bodies] == ["low", "minimal"]
    assert bodies[1]["max_tokens"] > bodies[0]["max_tokens"] > 1_500


def test_a_provider_s_words_stand_in_the_record_without_a_customer_s() -> None:
    said = "Invalid value 'my son Tim is at 555-0101' for parameter messages[1].content, key sk-abcdefghijk"
    shown = safe_words(said)
    assert "Invalid value" in shown
    assert "parameter messages" in shown
    for private in ("son", "Tim", "555", "abcdefghijk"):
        assert private not in shown


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"Retry-After": "1.5"}, 1.5),
        ({"x-ratelimit-reset-requests": "1m2.5s"}, 62.5),
        ({"x-ratelimit-reset-tokens": "120ms"}, 0.12),
        ({"ratelimit-reset": "7"}, 7.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_every_way_of_saying_how_long_to_wait_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_the_offline_model_is_chosen_by_its_name_and_by_its_former_one() -> None:
    assert load_settings(model="offline").speaks_with == "offline"
    assert load_settings(model="house").speaks_with == "offline"
