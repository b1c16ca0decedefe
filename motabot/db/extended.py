"""Runs one statement by PostgreSQL's extended protocol, with a deadline that this side of the connection holds.

The extended protocol takes one statement and no more, so that no text can bring a second one along. The server's
own `statement_timeout` ends only what looks at its interrupts; a deadline here gives up whatever the server does.
"""

from __future__ import annotations

import selectors
import time
from collections.abc import Iterator, Sequence

import psycopg
from psycopg import abc, pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from motabot.boundary import Cell, DriverConnection, DriverRow, JsonObject

_NO_ROWS = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK, pq.ExecStatus.EMPTY_QUERY)


class Overdue(Exception):
    """The server has not answered by the deadline."""


def take(engine: Engine) -> tuple[PoolProxiedConnection, DriverConnection]:
    """A pooled connection with the driver's own inside, in autocommit: the caller begins and `give_back` ends.

    Raises:
        DBAPIError: No server answers.
    """
    try:
        pooled = engine.raw_connection()
    except psycopg.Error as error:  # which SQLAlchemy leaves as it is
        raise DBAPIError(None, None, error, hide_parameters=True, connection_invalidated=True) from error
    connection = pooled.driver_connection
    assert isinstance(connection, psycopg.Connection)
    connection.autocommit = True
    return pooled, connection


def give_back(pooled: PoolProxiedConnection, connection: DriverConnection) -> None:
    """Leave nothing in the session for the next one; a session that cannot be cleaned is closed."""
    try:
        if connection.info.transaction_status is pq.TransactionStatus.ACTIVE:
            connection.close()  # in the middle of a result that nobody wants
        else:
            # not prepared, as psycopg does with what runs often: DISCARD ALL would drop the statement that it is
            connection.execute("rollback", prepare=False)
            connection.execute("discard all", prepare=False)
            connection.autocommit = False
    except psycopg.Error:
        connection.close()
    if connection.closed:
        pooled.invalidate()
    pooled.close()


def describe(connection: DriverConnection, statement: bytes, deadline: float) -> list[tuple[str, int]]:
    """Parse a statement without running it.

    Args:
        connection: Idle, or inside a transaction.
        statement: One statement.
        deadline: A moment of `time.monotonic`.

    Returns:
        Name and type (an oid) of each column of its result.

    Raises:
        Overdue: The deadline has passed.
        psycopg.Error: The server refused it.
    """
    server = connection.pgconn
    server.send_prepare(b"", statement)
    drain(connection, deadline)
    server.send_describe_prepared(b"")
    found: list[tuple[str, int]] = []
    for result in _results(connection, deadline):
        found = [((result.fname(n) or b"").decode(), result.ftype(n)) for n in range(result.nfields)]
    return found


def stream(
    connection: DriverConnection, statement: bytes, parameters: Sequence[Cell], deadline: float
) -> Iterator[DriverRow]:
    """Run a statement with parameters `$1`, `$2` ... and yield its rows as they arrive.

    An iteration that is not finished leaves the connection in the middle of a result.

    Raises:
        Overdue: The deadline has passed.
        psycopg.Error: The server refused the statement, or failed in the middle.
    """
    adapt = _send(connection, statement, parameters)
    connection.pgconn.set_single_row_mode()
    is_first = True
    for result in _results(connection, deadline):
        adapt.set_pgresult(result, set_loaders=is_first)
        is_first = False
        yield from adapt.load_rows(0, result.ntuples, tuple)


def fetch(
    connection: DriverConnection, statement: bytes, parameters: Sequence[Cell], deadline: float
) -> list[JsonObject]:
    """Run a statement with parameters `$1`, `$2` ... and return its rows by the names of their columns.

    Raises:
        Overdue: The deadline has passed.
        psycopg.Error: The server refused the statement.
    """
    adapt = _send(connection, statement, parameters)
    rows: list[JsonObject] = []
    for result in _results(connection, deadline):
        names = [(result.fname(n) or b"").decode() for n in range(result.nfields)]
        adapt.set_pgresult(result)
        rows = [dict(zip(names, row, strict=True)) for row in adapt.load_rows(0, result.ntuples, tuple)]
    return rows


def _send(connection: DriverConnection, statement: bytes, parameters: Sequence[Cell]) -> abc.Transformer:
    adapt: abc.Transformer = Transformer(connection)
    values = adapt.dump_sequence(parameters, [PyFormat.AUTO] * len(parameters))
    connection.pgconn.send_query_params(statement, values, adapt.types, adapt.formats)
    return adapt


def drain(connection: DriverConnection, deadline: float) -> None:
    """Wait until the server is ready for the next statement, and drop what it says until then.

    Raises:
        Overdue: The deadline has passed.
        psycopg.Error: The statement ended with an error.
    """
    for _result in _results(connection, deadline):
        pass


def _results(connection: DriverConnection, deadline: float) -> Iterator[pq.abc.PGresult]:
    """The results of what was sent, until the server is ready for the next statement."""
    server = connection.pgconn
    failure: psycopg.Error | None = None
    with selectors.DefaultSelector() as selector:
        selector.register(server.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while server.flush():
            _wait(selector, deadline)
            server.consume_input()
        selector.modify(server.socket, selectors.EVENT_READ)
        while True:
            while server.is_busy():
                _wait(selector, deadline)
                server.consume_input()
            result = server.get_result()
            if result is None:
                break
            if result.status == pq.ExecStatus.FATAL_ERROR:
                failure = psycopg.errors.error_from_result(result, encoding="utf-8")
            elif result.status in _NO_ROWS or result.status == pq.ExecStatus.SINGLE_TUPLE:
                yield result
            else:  # COPY would wait for data
                raise psycopg.errors.FeatureNotSupported("this statement does not return rows")
    if failure is not None:
        raise failure


def _wait(selector: selectors.BaseSelector, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not selector.select(left):
        raise Overdue
