"""Values that MotaBot keeps about a database: entries of `motabot.meta`."""

from __future__ import annotations

from sqlalchemy import Connection, text


def read(connection: Connection, key: str) -> str | None:
    """A value; None if there is none, or nothing is prepared yet."""
    if connection.execute(text("select to_regclass('motabot.meta') is null")).scalar_one():
        return None
    return connection.execute(text("select value from motabot.meta where key = :key"), {"key": key}).scalar()


def write(connection: Connection, key: str, value: str) -> None:
    """Keep a value, in the caller's transaction."""
    connection.execute(
        text(
            "insert into motabot.meta (key, value) values (:key, :value)"
            " on conflict (key) do update set value = excluded.value"
        ),
        {"key": key, "value": value},
    )
