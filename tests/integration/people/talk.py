"""A conversation with the shop, and the people in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from motabot.app import Service, create_app
from motabot.testing import post_text

SHOP = Path(__file__).parents[3] / "motabot" / "demo" / "data" / "shop.toml"


STRANGER, CUSTOMER = "+14155550177", "+14155550101"


class Talk:
    """A conversation that is answered on the spot, in this process."""

    def __init__(self, service: Service, secret: str) -> None:
        self.service = service
        self.client = create_app(service).test_client()
        self.secret = secret

    def text(self, words: str, phone: str = STRANGER) -> str:
        """Text the shop, have the turn run, and return the newest reply; empty if none was due."""
        before = self.value("select coalesce(max(id), 0) from public.messages")
        post_text(self.client, self.secret, {"sender": phone, "text": words})
        self.service.turns.run(phone)
        return str(
            self.value(
                "select coalesce(string_agg(content, ' ' order by id), '') from public.messages"
                " where phone_number = :phone and direction = 'outbound' and id > :before",
                phone=phone,
                before=before,
            )
        )

    def value(self, query: str, **parameters: object) -> Any:
        with self.service.engine.connect() as connection:
            return connection.execute(text(query), parameters).scalar()

    def do(self, act: Callable[..., object], phone: str = STRANGER, **options: object) -> object:
        with self.service.engine.begin() as connection:
            return act(connection, phone, "Sam", **options)
