"""What every session of ours is set to, whatever the login, the database or a pooler says.

An owner sets a login up for people and other programs: with a format of dates, a time limit, a path of schemas, or
read-only transactions. None of that may change what our statements mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from motabot.boundary import DriverConnection
from motabot.db.literal import literal
from motabot.db.own_zone import own_zone
from motabot.db.pooler import is_transaction_pooler
from motabot.settings import Settings

#: procrastinate's SQL names its objects without a schema, so every connection looks into ours first.
SERVICE_SCHEMAS = "motabot,public,"
#: How values and queries are written: a login or a database may be set to other forms, for psql or a program.
_FORMS = {
    "datestyle": "ISO, MDY",
    "intervalstyle": "postgres",
    "bytea_output": "hex",
    "client_encoding": "UTF8",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "quote_all_identifiers": "off",
}
#: The same, and what else a login or a database may be set to that our sessions need otherwise.
_OF_EVERY_SESSION = {
    **_FORMS,
    "timezone": "UTC",
    "default_transaction_isolation": "read committed",
    "row_security": "on",
    "idle_session_timeout": "0",
    # compiling takes longer than our statements; if tables were just filled, it takes seconds
    "jit": "off",
}
#: Values that they must not have in sessions that write; our own roles have other limits.
_OF_SERVICE_SESSIONS = {"default_transaction_read_only": "off", "statement_timeout": "0", "lock_timeout": "0"}
#: Schemas that the login's own path names: the shop's triggers may call, unqualified, what is in them.
_OWN_SCHEMAS = b"""
select coalesce(string_agg(btrim(part.name) || ',', '' order by part.place), '')
from pg_settings, unnest(string_to_array(reset_val, ',')) with ordinality as part (name, place)
where pg_settings.name = 'search_path'
  and btrim(part.name, ' "') not in ('', 'motabot', 'public', 'pg_catalog', 'pg_temp')
"""


def session_settings(settings: Settings, search_path: str, server_version: int) -> dict[str, str]:
    """What every session of ours is set to, whatever the login or the database says.

    Args:
        settings: How long a process may do nothing inside a transaction.
        search_path: Schemas, comma separated.
        server_version: As 150004.
    """
    session = {
        **_OF_EVERY_SESSION,
        "search_path": search_path,
        # A process that freezes inside a transaction must not hold its locks for ever.
        "idle_in_transaction_session_timeout": str(int(settings.stalled_seconds * 1000)),
    }
    if search_path.startswith(SERVICE_SCHEMAS):
        session |= _OF_SERVICE_SESSIONS
    if server_version >= 170000:
        session["transaction_timeout"] = "0"
    return session


def session_query(session: Mapping[str, str], *, is_local: bool) -> bytes:
    """The statement that applies settings, to a session or to a transaction.

    They are not sent as the startup parameter `options`, which PgBouncer refuses.
    """
    local = "true" if is_local else "false"
    values = (f"set_config({literal(name)}, {literal(value)}, {local})" for name, value in session.items())
    return ("select " + ", ".join(values)).encode()


#: For a transaction in a session that DISCARD ALL has put back to what the database is set to.
FORMS_LOCALLY = session_query(_FORMS, is_local=True).decode()


async def set_up(connection: psycopg.AsyncConnection[Any], settings: Settings) -> None:
    """Set up a session of the queue's as one of the service's own engine."""
    await connection.set_autocommit(True)
    found = await (await connection.execute(_OWN_SCHEMAS)).fetchone()
    path = f"{SERVICE_SCHEMAS}{found[0] if found else ''}pg_temp"
    session = session_settings(settings, path, connection.info.server_version)
    await connection.execute(session_query(session, is_local=False))
    await connection.set_autocommit(False)


#: Key of `Connection.info`: this connection leads through a transaction pooler.
POOLED = "motabot_pooled"


class Sessions:
    """Sets up an engine's sessions; learns from the first one whether a transaction pooler is in between."""

    def __init__(self, url: str, settings: Settings, search_path: str | None) -> None:
        self._url = url
        self._settings = settings
        self._search_path = search_path
        pooler = settings.database_pooler
        self._is_pooled = None if pooler == "auto" else pooler == "transaction"
        self._session: dict[str, str] | None = None

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "begin", self._began)

    def _connected(self, connection: DriverConnection, record: ConnectionPoolEntry) -> None:
        if self._is_pooled is None:
            self._is_pooled = is_transaction_pooler(
                connection, lambda: psycopg.connect(self._url, connect_timeout=10)
            )
        record.info[POOLED] = self._is_pooled
        connection.autocommit = True
        if self._is_pooled:
            connection.prepare_threshold = None
        if self._session is None:
            self._session = self._settings_of(connection)
        if not self._is_pooled:
            connection.execute(session_query(self._session, is_local=False))
        connection.autocommit = False
        if self._search_path is None:
            connection.read_only = False  # a pooled session's default may be another

    def _settings_of(self, connection: DriverConnection) -> dict[str, str]:
        path = self._search_path
        if path is None:
            own = connection.execute(_OWN_SCHEMAS).fetchone()
            path = f"{SERVICE_SCHEMAS}{own[0] if own else ''}pg_temp"
            zone = own_zone(connection)  # the shop's timestamps without a zone mean what they say there
            return session_settings(self._settings, path, connection.info.server_version) | {"timezone": zone}
        return session_settings(self._settings, path, connection.info.server_version)

    def _began(self, connection: Connection) -> None:
        if self._is_pooled:  # a pooled session is another one in each transaction, so its settings are too
            assert self._session is not None
            connection.exec_driver_sql(session_query(self._session, is_local=True).decode())
