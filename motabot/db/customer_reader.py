"""How a customer's tools read: through the role `motabot_customer`, as one turn's customer."""

from __future__ import annotations

import time
from functools import lru_cache

import psycopg
from psycopg import sql as compose
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from motabot.boundary import DriverConnection, JsonMapping, JsonObject
from motabot.db.engine import CUSTOMER_PATH, Statement, is_away
from motabot.db.extended import Overdue, fetch, give_back, take
from motabot.db.sessions import FORMS_LOCALLY
from motabot.errors import DatabaseUnavailable, ToolFailed

#: Seconds that one lookup may take.
_SECONDS = 5
#: A transaction that has run a SELECT cannot become writable, so it makes no temporary table and changes no role.
_OPENING = compose.SQL(
    f"begin read only; {FORMS_LOCALLY};"
    " select set_config('search_path', {path}, true), set_config('timezone', 'UTC', true),"
    " set_config('statement_timeout', {milliseconds}, true), set_config('motabot.turn', {token}, true)"
)


class CustomerReader:
    """Runs a SELECT in a short read-only transaction that presents a turn's token.

    The database, not this class, decides what the token shows: see `db/sql/customer_views.sql`. Whatever SQL
    a tool brings, it is one statement (the extended protocol takes no second), its transaction is rolled back, and
    the session is cleaned before anybody else gets it.
    """

    def __init__(self, engine: Engine, token: str) -> None:
        """
        Args:
            engine: Connections of the role `motabot_customer`.
            token: The turn's token, from `motabot.customers.context.load_context`.
        """
        self._engine = engine
        self._opening = _OPENING.format(
            path=compose.Literal(CUSTOMER_PATH),
            milliseconds=compose.Literal(str(_SECONDS * 1000)),
            token=compose.Literal(token),
        ).as_bytes()

    def __call__(self, sql: str, parameters: JsonMapping) -> list[JsonObject]:
        """Run one SELECT with ``:name`` parameters and return its rows.

        A connection that the pool kept through a restart of the database is stale. The first failure empties the
        pool, so the second try has a fresh connection.

        Raises:
            DatabaseUnavailable: The database is away, or MotaBot has let go of its tables (`motabot db detach`).
            ToolFailed: It took too long.
            DBAPIError: The database refused it.
        """
        try:
            return self._read(sql, parameters)
        except DBAPIError as error:
            if not is_away(error):
                raise
        self._engine.dispose()
        try:
            return self._read(sql, parameters)
        except DBAPIError as error:
            if is_away(error):
                raise DatabaseUnavailable from None
            raise

    def _read(self, sql: str, parameters: JsonMapping) -> list[JsonObject]:
        statement = _prepared(sql)
        pooled, connection = take(self._engine)
        try:
            connection.execute(self._opening, prepare=False)
            values = [parameters[name] for name in statement.names]
            return fetch(connection, statement.sql, values, time.monotonic() + _SECONDS + 1)
        except Overdue:
            raise ToolFailed("The lookup took too long.") from None
        except psycopg.errors.UndefinedTable as error:
            if _has_views(connection):  # a shop's own tool, with a table that does not exist
                raise DBAPIError(None, None, error, hide_parameters=True) from error
            raise DatabaseUnavailable("MotaBot's views are missing: run `motabot db init`.") from error
        except psycopg.Error as error:
            raise DBAPIError(
                None, None, error, hide_parameters=True, connection_invalidated=connection.closed
            ) from error
        finally:
            give_back(pooled, connection)


def _has_views(connection: DriverConnection) -> bool:
    """Whether the customers' views are there, which `motabot db detach` takes away for a while."""
    connection.execute("rollback", prepare=False)
    found = connection.execute("select to_regclass('motabot_customer.profile') is not null").fetchone()
    return bool(found and found[0])


_prepared = lru_cache(maxsize=256)(Statement)
