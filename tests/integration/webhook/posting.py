"""Texts as a layer posts them, and the rows they leave."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

BODY = {"sender": "+14155550101", "text": "hi there", "message_id": "m-1"}


def rows(engine: Engine, table: str = "public.messages") -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return list(connection.execute(text(f"select to_jsonb(t) from {table} t")).scalars())
