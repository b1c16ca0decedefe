"""What goes over the wire to a model's provider, byte by byte, and how many statements a turn's facts cost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from motabot.app import Service, create_app
from motabot.customers.context import load_context
from motabot.settings import Settings
from motabot.testing import ModelServer, completion, post_text
from tests.scenarios.conftest import PEOPLE, SHOP
from tests.scenarios.test_customers_stories import STORIES

ANA, BOB, SHARED, STRANGER = "+14155550101", "+14155550102", "+14155550103", "+14155550188"
#: None of this may leave the shop, whatever anybody texts.
SECRETS = [
    "Sandoval", "Bobson", "ana@example", "bob@example", "5550101", "555-0101", "5550102", "5550103", "5550188", "M1\"", "M2\"",
    "ACME", "\"cost\"",
]  # fmt: skip
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("show_my_profile", {}), ("list_my_purchases", {"limit": 3}), ("list_my_favorites", {"limit": 3}),
    ("search_products", {"query": "emerald"}), ("recommend_products", {"effect": "sleepy"}), ("show_product", {"name": "gelato"}),
    ("show_shop_info", {"topic": "hours"}),
]  # fmt: skip


@pytest.fixture
def wire(settings: Settings, engine: Engine, webhook_secret: str) -> Iterator[tuple[Any, list[bytes]]]:
    """Texts a shop whose model is a server that asks for every tool; returns how, and every request's bytes."""
    with engine.begin() as connection:
        connection.exec_driver_sql(PEOPLE)
        connection.exec_driver_sql(
            "insert into motabot.phones (phone, age, age_at) values ('+14155550188', 'affirmed', now())"
        )
    bodies: list[bytes] = []

    def script(body: dict[str, Any], _number: int) -> dict[str, Any]:
        bodies.append(json.dumps(body, ensure_ascii=False).encode())
        if any(message["role"] == "tool" for message in body["messages"]):
            return completion("Glad to hear from you. What can I look up?")
        return completion(None, *CALLS)

    with ModelServer(script) as server:
        changed = settings.model_copy(
            update={"model": "openai", "model_url": server.url, "model_retries": 0, "shop_file": SHOP,
                    "replies_per_hour": 1_000}
        )  # fmt: skip
        service = Service(changed)
        client = create_app(service).test_client()

        def text(phone: str, words: str) -> None:
            post_text(client, webhook_secret, {"sender": phone, "text": words})
            service.turns.run(phone)

        yield text, bodies
        service.close()


def test_nothing_personal_goes_to_a_provider_in_any_story(wire: tuple[Any, list[bytes]]) -> None:
    text, bodies = wire
    for story in STORIES.values():
        if story.then.get("consent") in {"out", "in"}:
            continue
        for words, _says in story.texts:
            text(ANA, words)
    for phone in (BOB, SHARED, STRANGER):
        for words in ("hi, I am 30", "what did i buy last time", "call me at (415) 555-0102 or bob@example.com"):
            text(phone, words)
    assert len(bodies) > 100
    for body in bodies:
        said = body.decode()
        for secret in SECRETS:
            assert secret not in said.replace('\\"', '"'), f"{secret} went out"


def test_another_customers_facts_never_go_out(wire: tuple[Any, list[bytes]]) -> None:
    text, bodies = wire
    text(BOB, "what do i usually get?")
    text(SHARED, "what do i usually get?")
    text(STRANGER, "what do i usually get?")
    for body in bodies:
        assert b"Ana" not in body
        assert b"Loyalty points: 120" not in body


def test_the_stable_part_is_the_same_bytes_for_everybody(wire: tuple[Any, list[bytes]]) -> None:
    text, bodies = wire
    for phone in (ANA, BOB, SHARED, STRANGER):
        text(phone, f"hello from {phone[-2:]}")
    stable = {
        json.dumps([body["tools"], body["messages"][0]]) for body in map(json.loads, bodies) if "tools" in body
    }
    assert len(stable) == 1
    last = json.loads(bodies[-1])["messages"]
    assert "Ana" not in last[0]["content"]
    assert last[0]["role"] == "system"


def test_a_turns_facts_cost_one_statement(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(PEOPLE)
    load_context(engine, ANA, token_seconds=30)  # the connection is there already
    statements: list[object] = []
    execute = psycopg.Cursor.execute

    def count(cursor: Any, query: Any, *rest: Any, **options: Any) -> Any:
        statements.append(query)
        return execute(cursor, query, *rest, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", count)
    for phone in (ANA, SHARED, STRANGER):
        statements.clear()
        load_context(engine, phone, token_seconds=30)
        assert len(statements) == 1
