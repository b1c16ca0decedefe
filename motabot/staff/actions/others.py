"""Who else a text tells of: a reader must not get another customer's name or number."""

from __future__ import annotations

from sqlalchemy import Connection

from motabot.db.queries import driver_sql

_NAMED = driver_sql(__package__, "named_in_text")


def others_named(connection: Connection, words: str, phone: str = "", reader: str = "") -> list[str]:
    """Warnings in words: empty, or which other customers a text names.

    Args:
        connection: A transaction.
        words: The text.
        phone: Its reader's number; empty if many read it.
        reader: Its reader's name.
    """
    rows = connection.exec_driver_sql(_NAMED, {"words": words, "phone": phone, "reader": reader})
    names = [row.name or "one without a name" for row in rows]
    return [f"The text holds another customer's name, number or address: {', '.join(names)}."] if names else []
