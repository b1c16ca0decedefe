"""Which column is too small for a value: PostgreSQL names the type alone."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from motabot.db import shape

#: "value too long for type character varying(10)", "smallint out of range".
_TYPE: Final = re.compile(
    r"value too long for type (?P<long>.+)|(?P<range>smallint|integer|bigint|money) out of range"
)
_NUMERIC: Final = re.compile(r"precision (\d+), scale (\d+)")


def suspects(connection: Connection, error: DBAPIError, tables: Container[str]) -> list[str]:
    """The columns of a refused value's type, as `table.column`; empty where the refusal is about something else.

    Args:
        connection: A transaction that works.
        error: What refused the write.
        tables: Those that were written to, without their schema.
    """
    wanted = _type_of(error)
    if wanted is None:
        return []
    return [
        f"{table}.{name}"
        for table, columns in shape.columns(connection).items()
        for name, found in columns.items()
        if table in tables and found.base == wanted
    ]


def _type_of(error: DBAPIError) -> str | None:
    if not isinstance(error.orig, psycopg.Error):
        return None
    said, detail = error.orig.diag.message_primary or "", error.orig.diag.message_detail or ""
    if (found := _NUMERIC.search(detail)) and "overflow" in said:
        return f"numeric({found[1]},{found[2]})"
    match = _TYPE.fullmatch(said)
    return None if match is None else match["long"] or match["range"]
