"""Connections to the shop's database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from motabot.errors import SettingsError
from motabot.settings import Settings

#: procrastinate's SQL names its objects without a schema, so every connection looks into ours first.
SERVICE_PATH = "motabot,public"
#: Customers' tools see their views and nothing else by plain name.
CUSTOMER_PATH = "motabot_customer"

_PARAMETER = re.compile(r"%\((\w+)\)s")


def psycopg_url(url: str) -> str:
    """The URL with SQLAlchemy's driver name taken off: what libpq and psycopg read."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1).replace("postgres://", "postgresql://", 1)


def session_settings(settings: Settings, search_path: str = SERVICE_PATH) -> dict[str, str]:
    """What every session of ours is set to."""
    return {
        "search_path": search_path,
        "timezone": "UTC",
        # A process that freezes inside a transaction must not hold its locks for ever.
        "idle_in_transaction_session_timeout": str(int(settings.stalled_seconds * 1000)),
    }


def as_options(session: dict[str, str]) -> str:
    """Settings as libpq's connection option `options`."""
    return " ".join(f"-c {name}={value}" for name, value in session.items())


def make_engine(url: str, settings: Settings, *, search_path: str = SERVICE_PATH) -> Engine:
    """An engine whose sessions run in UTC and look up names in `search_path`.

    Args:
        url: A libpq URL (``postgresql://...``).
        settings: Pool size, and whether a transaction pooler stands in between.
        search_path: Schemas, comma separated.

    Raises:
        SettingsError: The URL is no PostgreSQL URL.
    """
    try:
        parsed = make_url(psycopg_url(url))
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise SettingsError(
            "MOTABOT_DATABASE_URL: is no database URL; it looks like postgresql://user:password@host:5432/name"
        ) from None
    if parsed.get_backend_name() != "postgresql":
        raise SettingsError("MOTABOT_DATABASE_URL: must start with postgresql://; MotaBot speaks only PostgreSQL")
    pooled = settings.database_pooler == "transaction"
    session = session_settings(settings, search_path)
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_pre_ping=False,
        connect_args={
            "application_name": "motabot",
            "connect_timeout": 10,
            **({"prepare_threshold": None} if pooled else {"options": as_options(session)}),
        },
    )
    if pooled:  # a pooled session is another one in each transaction, so its settings are too

        @event.listens_for(engine, "begin")
        def _set_session(connection: Connection) -> None:
            connection.exec_driver_sql(
                "; ".join(f"select set_config('{name}', '{value}', true)" for name, value in session.items())
            )

    return engine


class Statement:
    """SQL whose parameters have names, as ``%(phone)s``, made ready once for `in_one_round_trip`.

    psycopg would look for the names anew in each call whose text is longer than a few thousand characters.
    """

    def __init__(self, sql: str) -> None:
        self.names = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
        self.sql = _PARAMETER.sub(lambda found: f"${self.names.index(found[1]) + 1}", sql).encode()


def in_one_round_trip(
    engine: Engine, statement: Statement, parameters: Mapping[str, Any]
) -> tuple[Any, ...] | None:
    """Run one statement that is its own transaction, and return its row, if it has one.

    A BEGIN and a COMMIT would be two more round trips, and on so short a statement SQLAlchemy's layers cost a
    quarter of it. Where a transaction pooler stands in between, the session has no search path of ours.

    Raises:
        DBAPIError: As SQLAlchemy raises it; `connection_invalidated` if the connection is lost.
    """
    values = [parameters[name] for name in statement.names]
    try:
        pooled = engine.raw_connection()
    except psycopg.Error as error:  # which SQLAlchemy leaves as it is: no server answers
        raise DBAPIError(None, None, error, hide_parameters=True, connection_invalidated=True) from error
    connection = pooled.driver_connection
    assert isinstance(connection, psycopg.Connection)
    try:
        connection.autocommit = True
        cursor = psycopg.RawCursor(connection)
        cursor.execute(statement.sql, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        connection.autocommit = False
    except psycopg.Error as error:
        if connection.closed:
            engine.dispose()  # whatever took this connection took those that wait in the pool
        raise DBAPIError(
            None, None, error, hide_parameters=True, connection_invalidated=connection.closed
        ) from error
    finally:
        if connection.autocommit:
            pooled.invalidate()  # whatever happened, nobody else may get it like this
        pooled.close()
    return row
