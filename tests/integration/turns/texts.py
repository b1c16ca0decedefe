"""A phone's texts and replies, as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

PHONE = "+14155550101"


def rows(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(query)).all())


def replies(engine: Engine) -> list[str]:
    query = "select content from public.messages where direction = 'outbound' and status = 'queued' order by id"
    return [row.content for row in rows(engine, query)]


def insert_text(engine: Engine, words: str, phone: str = PHONE) -> int:
    """A row as a layer writes it that knows nothing of webhooks."""
    with engine.begin() as connection:
        return int(
            connection.execute(
                text(
                    'insert into public.messages (phone_number, content, "timestamp", status, direction)'
                    " values (:phone, :words, now(), 'unread', 'inbound') returning id"
                ),
                {"phone": phone, "words": words},
            ).scalar_one()
        )
