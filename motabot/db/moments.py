"""Dates and moments that PostgreSQL holds and Python does not: infinity, and years before 1 or after 9999."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.types.datetime import DateLoader, TimestampLoader, TimestamptzLoader
from sqlalchemy import Engine, event


def _tolerant(loader: type[Any]) -> type[Any]:
    class Tolerant(loader):  # type: ignore[misc]
        """Loads a value, or keeps PostgreSQL's own words for it where Python has no such value."""

        def load(self, data: Buffer) -> Any:
            try:
                return super().load(data)
            except psycopg.DataError:
                return bytes(data).decode()

    return Tolerant


def install(engine: Engine) -> None:
    """Let connections of an engine read every date and moment; those outside Python's range come as text."""

    @event.listens_for(engine, "connect")
    def _register(connection: psycopg.Connection[Any], _record: object) -> None:
        for name, loader in (
            ("date", DateLoader),
            ("timestamp", TimestampLoader),
            ("timestamptz", TimestamptzLoader),
        ):
            connection.adapters.register_loader(name, _tolerant(loader))
