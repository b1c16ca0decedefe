"""Runs a staff query where it can change nothing, see nothing else, and take neither long nor much.

Three walls, each of which stands alone: the parse (`motabot.staff.sandbox.check`), the login role
`motabot_analyst`, which may read the nine tables and no more, and a READ ONLY transaction that is always rolled
back.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql as compose
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine

from motabot.db.policies import require_own_rows
from motabot.errors import QueryFailed
from motabot.settings import Settings
from motabot.staff.sandbox.check import check

MOST_ROWS = 1_000
MOST_BYTES = 1_000_000
#: What a cell shows of a value that is longer.
MOST_CELL = 4_000


@dataclass(frozen=True)
class Column:
    """A column of a result: its name, and PostgreSQL's name of its type."""

    name: str
    type: str


@dataclass(frozen=True)
class Result:
    """What a query gave.

    Attributes:
        sql: The query as it ran.
        columns: In order.
        rows: At most `MOST_ROWS`, and at most about `MOST_BYTES`.
        truncated: There was more.
        ms: How long it took.
    """

    sql: str
    columns: list[Column]
    rows: list[tuple[Any, ...]]
    truncated: bool
    ms: float


class Sandbox:
    """Runs queries as `motabot_analyst`."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """
        Args:
            engine: Connections of the role `motabot_analyst`.
            settings: The time limit, and the zone in which moments are read and shown.
        """
        self._engine = engine
        self._zone = settings.timezone
        self._seconds = settings.staff_query_seconds

    def run(self, query: str, *, most_rows: int = MOST_ROWS) -> Result:
        """Check a query and run it.

        Raises:
            QueryRefused: It may not run.
            QueryFailed: PostgreSQL refused it, or it took too long; the message helps to repair it.
            DatabaseNotReady: Row-level security hides rows from the role.
        """
        return self.run_unchecked(check(query), most_rows=most_rows)

    def run_unchecked(self, query: str, *, most_rows: int = MOST_ROWS) -> Result:
        """Run a query that was checked: what stands between it and the database now are role and transaction."""
        require_own_rows(self._engine)  # a figure of rows that are hidden would be too small, and look right
        pooled = self._engine.raw_connection()
        connection = pooled.driver_connection
        assert isinstance(connection, psycopg.Connection)
        started = time.perf_counter()
        try:
            connection.rollback()
            connection.execute(
                compose.SQL(
                    "set transaction isolation level repeatable read, read only;"
                    " set local statement_timeout = {}; set local timezone = {}"
                ).format(compose.Literal(int(self._seconds * 1000)), compose.Literal(self._zone))
            )
            connection.execute("select 1")  # from here on nothing can make the transaction writable
            columns, rows, truncated = self._fetch(connection, query, most_rows)
        except psycopg.Error as error:
            raise QueryFailed(_explain(error, query, self._seconds)) from error
        finally:
            self._clean(pooled, connection)
        return Result(query, columns, rows, truncated, round((time.perf_counter() - started) * 1000, 2))

    @staticmethod
    def _fetch(
        connection: psycopg.Connection[Any], query: str, most_rows: int
    ) -> tuple[list[Column], list[tuple[Any, ...]], bool]:
        rows: list[tuple[Any, ...]] = []
        size = 0
        with connection.cursor() as cursor:
            # row by row, so that a result of any size costs no more than what is kept of it; and by the extended
            # protocol, which takes one statement
            for row in cursor.stream(query.encode()):
                plain = tuple(_plain(value) for value in row)
                size += sum(len(str(value)) for value in plain)
                if len(rows) == most_rows or size > MOST_BYTES:
                    connection.cancel_safe(timeout=5)
                    return _columns(connection, cursor), rows, True
                rows.append(plain)
            return (_columns(connection, cursor) if rows else _described(connection, query)), rows, False

    @staticmethod
    def _clean(pooled: Any, connection: psycopg.Connection[Any]) -> None:
        """Leave nothing of the query in the session; a session that cannot be cleaned is closed."""
        try:
            connection.rollback()
            connection.autocommit = True
            connection.execute("discard all")
            connection.autocommit = False
        except psycopg.Error:
            pooled.invalidate()
        else:
            if connection.info.transaction_status is not TransactionStatus.IDLE:
                pooled.invalidate()
        pooled.close()


def _columns(connection: psycopg.Connection[Any], cursor: psycopg.Cursor[Any]) -> list[Column]:
    return [Column(column.name, _type_name(connection, column.type_code)) for column in cursor.description or ()]


def _described(connection: psycopg.Connection[Any], query: str) -> list[Column]:
    """The columns of a query that gave no row, of which the stream then says nothing."""
    connection.pgconn.prepare(b"", query.encode())
    said = connection.pgconn.describe_prepared(b"")
    return [
        Column((said.fname(n) or b"").decode(), _type_name(connection, said.ftype(n))) for n in range(said.nfields)
    ]


def _type_name(connection: psycopg.Connection[Any], oid: int) -> str:
    known = connection.adapters.types.get(oid)
    return known.name if known else "text"


def _plain(value: Any) -> Any:
    """What JSON and a page can hold, with money and moments as people write them."""
    if value is None or isinstance(value, bool | int | str):
        shown: Any = value
    elif isinstance(value, Decimal | float):
        shown = value
    elif isinstance(value, datetime | date):
        shown = value.isoformat()
    elif isinstance(value, timedelta):
        shown = str(value)
    elif isinstance(value, list | dict | tuple):
        shown = json.dumps(value, default=str, ensure_ascii=False)
    else:
        shown = str(value)
    if isinstance(shown, str) and len(shown) > MOST_CELL:
        return shown[:MOST_CELL] + "..."
    return shown


def _explain(error: psycopg.Error, query: str, seconds: float) -> str:
    diagnosis = error.diag
    if error.sqlstate == "57014":
        return f"The query took longer than {seconds:g} s. Read fewer rows: filter by date, aggregate, or limit."
    said = diagnosis.message_primary or str(error).splitlines()[0]
    parts = [f"PostgreSQL says: {said}."]
    if diagnosis.message_hint:
        parts.append(f"Hint: {diagnosis.message_hint}")
    if diagnosis.statement_position and diagnosis.statement_position.isdecimal():
        at = int(diagnosis.statement_position) - 1
        parts.append(f"Near: {query[max(0, at - 20) : at + 30]!r}.")
    return " ".join(parts)
