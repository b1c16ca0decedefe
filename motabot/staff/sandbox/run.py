"""Runs a staff query so that it changes nothing, sees nothing else, and uses little time and memory.

Three independent defenses: the parse (`motabot.staff.sandbox.check`), the login role
`motabot_analyst`, which may read the shop's tables and no more, and a READ ONLY transaction that is always rolled
back.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql as compose
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from motabot.boundary import Cell, DriverConnection, DriverRow
from motabot.db.engine import is_away
from motabot.db.extended import Overdue, describe, drain, give_back, stream, take
from motabot.db.policies import require_own_rows
from motabot.errors import QueryFailed
from motabot.logs import log
from motabot.settings import Settings
from motabot.staff.sandbox.check import check, qualify
from motabot.staff.sandbox.own_functions import OwnFunctions
from motabot.staff.sandbox.surface import EXTENSIONS

MOST_ROWS = 1_000
MOST_BYTES = 1_000_000
#: How much of a long value a cell shows.
MOST_CELL = 4_000
#: Seconds after the time limit in which the server itself may still end a query.
_GRACE = 0.3
#: Seconds to wait for a query that does not end before its connection is closed.
_PATIENCE = 600.0
_SESSION = (Path(__file__).parent / "session.sql").read_text(encoding="utf-8")
_PATH = (Path(__file__).parent / "search_path.sql").read_text(encoding="utf-8")
#: Types whose values are always short; the server cuts all others.
_SHORT_TYPES: Final = frozenset(
    {16, 20, 21, 23, 26, 700, 701, 1082, 1083, 1114, 1184, 1186, 1266, 1700, 2206, 2950}
)
#: Types from this oid on are made by users; those below are PostgreSQL's.
_FIRST_OWN_TYPE: Final = 16_384


@dataclass(frozen=True)
class ResultColumn:
    """A column of a result: its name, and PostgreSQL's name of its type."""

    name: str
    type: str


@dataclass(frozen=True)
class Result:
    """The result of a query.

    Attributes:
        sql: The original query.
        columns: In order.
        rows: At most `MOST_ROWS`, and at most about `MOST_BYTES`.
        truncated: Whether there was more.
        ms: How long it took.
    """

    sql: str
    columns: list[ResultColumn]
    rows: list[DriverRow]
    truncated: bool
    ms: float


class _ConnectionLost(QueryFailed):
    """The server closed the connection under the query."""


class Sandbox:
    """Runs queries as `motabot_analyst`."""

    def __init__(self, engine: Engine, settings: Settings, own: OwnFunctions) -> None:
        """
        Args:
            engine: Connections of the role `motabot_analyst`.
            settings: The time limit, how many queries run at once, and the zone of moments.
            own: Refuses queries that would call a user-defined function without naming it.
        """
        self._engine = engine
        self._own = own
        self._seconds = settings.staff_query_seconds
        self._slots = threading.BoundedSemaphore(settings.staff_queries_at_once)
        self._session = (
            compose.SQL(_SESSION)
            .format(
                path=compose.SQL(_PATH).format(extensions=compose.Literal(" ".join(EXTENSIONS))),
                zone=compose.Literal(settings.timezone),
                milliseconds=compose.Literal(str(int(self._seconds * 1000))),
            )
            .as_bytes()
        )

    def run(self, query: str, *, most_rows: int = MOST_ROWS) -> Result:
        """Check a query and run it.

        Raises:
            QueryRefused: It may not run.
            QueryFailed: PostgreSQL refused it, or it took too long; the message helps to fix it.
            DatabaseNotReady: Row-level security hides rows from the role.
        """
        checked = check(query)
        self._own.refuse(qualify(checked))
        return self.run_unchecked(checked, most_rows=most_rows)

    def run_unchecked(self, query: str, *, most_rows: int = MOST_ROWS) -> Result:
        """Run a checked query: from here on only the role and the transaction protect the database."""
        try:
            return self._attempt(query, most_rows)
        except (DBAPIError, _ConnectionLost) as error:
            if isinstance(error, DBAPIError) and not is_away(error):
                raise
            # the pool lost its connections in a restart of the database; a query changes nothing, so it may run
            # again
            self._engine.dispose()
            return self._attempt(query, most_rows)

    def _attempt(self, query: str, most_rows: int) -> Result:
        require_own_rows(self._engine)  # with hidden rows a figure would be too small but look right
        started = time.perf_counter()
        if not self._slots.acquire(timeout=self._seconds):
            raise QueryFailed("Too many queries run at the moment. Wait until one has ended.")
        is_over = True
        try:
            pooled, connection = take(self._engine)
            try:
                run = _Run(connection, qualify(query), time.monotonic() + self._seconds + _GRACE)
                columns, rows, truncated = run.fetch(self._session, most_rows)
            except Overdue:
                is_over = False
                _give_up(pooled, connection, self._slots)
                raise QueryFailed(_too_slow(self._seconds)) from None
            except psycopg.Error as error:
                failed = _ConnectionLost if connection.closed else QueryFailed
                raise failed(_explain(error, qualify(query), self._seconds)) from error
            finally:
                if is_over:
                    give_back(pooled, connection)
        finally:
            if is_over:
                self._slots.release()
        return Result(query, columns, rows, truncated, round((time.perf_counter() - started) * 1000, 2))


class _Run:
    """One query on one connection."""

    def __init__(self, connection: DriverConnection, query: str, deadline: float) -> None:
        self._connection = connection
        self._query = query
        self._deadline = deadline

    def fetch(self, session: bytes, most_rows: int) -> tuple[list[ResultColumn], list[DriverRow], bool]:
        """Columns, rows, and whether there were more rows."""
        connection = self._connection
        connection.execute(session, prepare=False)
        described = describe(connection, self._query.encode(), self._deadline)
        columns = [ResultColumn(name, self._type_name(oid)) for name, oid in described]
        wrapped = self._cut([oid for _name, oid in described], most_rows + 1)
        rows: list[DriverRow] = []
        size = 0
        for row in stream(connection, wrapped, (), self._deadline):
            plain = tuple(_plain(value) for value in row)
            size += sum(len(str(value)) for value in plain)
            if len(rows) == most_rows or size > MOST_BYTES:
                return columns, rows, True
            rows.append(plain)
        return columns, rows, False

    def _cut(self, types: list[int], most_rows: int) -> bytes:
        """The query inside another that cuts rows and long values, so that no more than this leaves the server."""
        cells = ", ".join(self._cut_cell(f"q.c{n}", oid) for n, oid in enumerate(types))
        names = ", ".join(f"c{n}" for n in range(len(types)))
        alias = f"q ({names})" if names else "q"
        # the new line ends a comment at the end of the query
        return f"select {cells} from (\n{self._query}\n) as {alias} limit {most_rows}".encode()

    def _cut_cell(self, cell: str, oid: int) -> str:
        if oid in _SHORT_TYPES:
            return cell
        known = self._connection.adapters.types.get(oid)
        is_array = known is not None and known.array_oid == oid
        if is_array:
            words = f"to_jsonb({cell})::text"
        elif oid < _FIRST_OWN_TYPE:
            words = f"{cell}::text"
        else:  # a cast to text may be a function of the shop; format() uses the type's own output
            words = f"case when {cell} is distinct from null then format('%s', {cell}) end"
        return f"left({words}, {MOST_CELL + 1})"

    def _type_name(self, oid: int) -> str:
        known = self._connection.adapters.types.get(oid)
        return known.name if known and known.oid == oid else "text"  # an array is shown as words


def _give_up(
    pooled: PoolProxiedConnection, connection: DriverConnection, slots: threading.BoundedSemaphore
) -> None:
    """End a query that exceeded its deadline, and free its slot when the server has really ended it.

    The server ends a query only where it checks for interrupts. Until then the query counts as running, so that
    similar queries cannot pile up.
    """
    pooled.detach()  # the pool opens another one
    log.warning("query overdue", pid=connection.info.backend_pid)

    def wait() -> None:
        try:
            connection.cancel_safe(timeout=5)
            drain(connection, time.monotonic() + _PATIENCE)
        except (Overdue, psycopg.Error):
            pass
        finally:
            pooled.close()
            slots.release()

    threading.Thread(target=wait, name="query overdue", daemon=True).start()


def _plain(value: Cell) -> Cell:
    """A value that JSON and a page can show, with money and moments as people write them."""
    if value is None or isinstance(value, bool | int | str):
        shown: Cell = value
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
        return _too_slow(seconds)
    said = diagnosis.message_primary or str(error).splitlines()[0]
    parts = [f"PostgreSQL says: {said}."]
    if diagnosis.message_hint:
        parts.append(f"Hint: {diagnosis.message_hint}")
    if diagnosis.statement_position and diagnosis.statement_position.isdecimal():
        at = int(diagnosis.statement_position) - 1
        parts.append(f"Near: {query[max(0, at - 20) : at + 30]!r}.")
    return " ".join(parts)


def _too_slow(seconds: float) -> str:
    return f"The query took longer than {seconds:g} s. Read fewer rows: filter by date, aggregate, or limit."
