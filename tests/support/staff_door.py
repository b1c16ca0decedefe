"""The staff's door with a scripted model behind it, and a small shop that it looks into."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from motabot.agent.models.openai import OpenAIModel
from motabot.app import Service, create_app
from motabot.settings import Settings
from motabot.staff import accounts
from motabot.testing import ModelServer, completion

SCRIPT = Callable[[dict[str, Any], int], Any]


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def shop(engine: Engine) -> Engine:
    run(
        engine,
        "insert into public.customers (member_id, name, phone, email, vip_status, lifetime_value) values"
        " ('M1', 'Ana Ruiz', '+14155550101', 'ana@example.org', 'VIP', 500),"
        " ('M2', 'Bob Lee', '+14155550102', 'bob@example.org', 'New', 20);"
        "insert into public.products (product_id, sku, name, category, retail_price) values ('P1', 'S1', 'Gelato', 'Flower', 35);"
        "insert into public.transactions (transaction_id, customer_id, date, total_amount, staff_name) values"
        " ('T1', 'M1', '2026-01-10', 35, 'Kim'), ('T2', 'M1', '2026-02-10', 70, 'Kim'), ('T3', 'M2', '2026-03-10', 20, 'Lou');"
        "insert into public.transaction_items (transaction_id, product_sku, product_name, category, quantity, total_price) values"
        " ('T1', 'S1', 'Gelato', 'Flower', 1, 35), ('T2', 'S1', 'Gelato', 'Flower', 2, 70)",
    )
    return engine


class Door:
    """The web application with a scripted model behind it."""

    def __init__(self, settings: Settings, script: SCRIPT) -> None:
        self.model = ModelServer(script)
        self.model.__enter__()
        remote = OpenAIModel("scripted", api_key="k", base_url=self.model.url, retries=0)
        self.service = Service(settings, [remote])
        self.client: FlaskClient = create_app(self.service).test_client()

    def token(self, name: str = "Kim", role: accounts.Role = "admin") -> str:
        with self.service.engine.begin() as connection:
            return accounts.add(connection, name, role, by="test")

    def post(self, path: str, token: str, body: Any = None, **headers: str) -> TestResponse:
        given = {"authorization": f"Bearer {token}", **headers}
        return self.client.post(path, data=b"" if body is None else json.dumps(body), headers=given)

    def ask(self, token: str, question: str, chat: int | None = None) -> dict[str, Any]:
        body = {"question": question} if chat is None else {"question": question, "chat": chat}
        answer = self.post("/chat", token, body)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.get_json())

    def close(self) -> None:
        self.service.close()
        self.model.__exit__()


@pytest.fixture
def open_door(settings: Settings) -> Iterator[Callable[[SCRIPT], Door]]:
    doors: list[Door] = []

    def open_one(script: SCRIPT) -> Door:
        doors.append(Door(settings, script))
        return doors[-1]

    yield open_one
    for door in doors:
        door.close()


def calling(name: str, arguments: dict[str, Any], words: str = "See below.") -> SCRIPT:
    """A model that calls one tool and then says the words."""

    def answer(body: dict[str, Any], _number: int) -> dict[str, Any]:
        return completion(words) if body["messages"][-1]["role"] == "tool" else completion(None, (name, arguments))

    return answer
