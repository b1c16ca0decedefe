"""Which column is too small for a value: PostgreSQL names the type alone."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from motabot.db import shape
from motabot.text.regex import regex

#: The codes of a value that is too long, and of one that is too large.
_TOO_LONG, _TOO_LARGE = "22001", "22003"
#: The type in what the server says, whatever its language: "value too long for type character varying(10)",
#: "smallint out of range"; and the first numbers of "A field with precision 12, scale 2 must round to ...".
_TYPE: Final = regex(
    r"\b(?:(?:character varying|character|bit varying|bit)\(\d+\)|smallint|integer|bigint|money\b)"
)
_NUMERIC: Final = regex(r"\D*(\d+)\D+(\d+)")


def suspects(connection: Connection, error: DBAPIError, tables: Container[str]) -> list[str]:
    """The columns of a refused value's type, as `table.column`; empty if the refusal is about something else.

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
    if not isinstance(error.orig, psycopg.Error) or error.orig.sqlstate not in {_TOO_LONG, _TOO_LARGE}:
        return None
    said, detail = error.orig.diag.message_primary or "", error.orig.diag.message_detail or ""
    if match := _TYPE.search(said):
        return match[0]
    numbers = _NUMERIC.match(detail) if error.orig.sqlstate == _TOO_LARGE else None
    return f"numeric({numbers[1]},{numbers[2]})" if numbers else None
