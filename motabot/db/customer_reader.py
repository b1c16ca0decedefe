"""How a customer's tools read: through the role `motabot_customer`, as one turn's customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.db.engine import is_away
from motabot.errors import DatabaseUnavailable


class CustomerReader:
    """Runs a SELECT in a short read-only transaction that presents a turn's token.

    The database, not this class, decides what the token shows: see `motabot/db/customer_views.sql`.
    """

    def __init__(self, engine: Engine, token: str) -> None:
        """
        Args:
            engine: Connections of the role `motabot_customer`.
            token: The turn's token, from `motabot.customers.context.load_context`.
        """
        self._engine = engine
        self._token = token

    def __call__(self, sql: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Run one SELECT with ``:name`` parameters and return its rows.

        A connection that the pool kept through a restart of the database is stale. The first failure empties the
        pool, so the second try has a fresh connection.

        Raises:
            DatabaseUnavailable: The database is away.
        """
        try:
            return self._read(sql, parameters)
        except DBAPIError as error:
            if not is_away(error):
                raise
        try:
            return self._read(sql, parameters)
        except DBAPIError as error:
            if is_away(error):
                raise DatabaseUnavailable from None
            raise

    def _read(self, sql: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._engine.connect() as connection, connection.begin():
            connection.execute(
                text(
                    "select set_config('transaction_read_only', 'on', true),"
                    " set_config('motabot.turn', :token, true)"
                ),
                {"token": self._token},
            )
            return [dict(row) for row in connection.execute(text(sql), dict(parameters)).mappings()]
