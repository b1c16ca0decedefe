"""Connections to the shop's database."""

from __future__ import annotations

import re
import time
from urllib.parse import quote, unquote

import psycopg
from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from motabot.boundary import DriverRow, JsonMapping
from motabot.db import connecting, moments
from motabot.db.sessions import POOLED, Sessions
from motabot.errors import DatabaseUnavailable, SettingsError
from motabot.logs import log
from motabot.settings import Settings
from motabot.text.regex import regex

#: The settings that name databases: for all processes, and for workers if they need another.
OWN_URL, WORKER_URL = "MOTABOT_DATABASE_URL", "MOTABOT_WORKER_DATABASE_URL"
#: Customers' tools see their views and nothing else by plain name.
CUSTOMER_PATH = "motabot_customer,pg_temp"
#: Staff's queries name tables with their schema; functions and operators are those of PostgreSQL.
ANALYST_PATH = "pg_catalog,pg_temp"

#: The server ends the session; the connection itself may notice a moment later.
_SHUT_DOWN = frozenset({"57P01", "57P02", "57P03"})
_PARAMETER = regex(r"(?<![:\w]):(\w+)")


def psycopg_url(url: str) -> str:
    """The URL with SQLAlchemy's driver name taken off: what libpq and psycopg read."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1).replace("postgres://", "postgresql://", 1)


def parse_url(url: str, setting: str = OWN_URL) -> URL:
    """A libpq URL in parts.

    Args:
        url: The URL.
        setting: Where it comes from.

    Raises:
        SettingsError: The URL is not a PostgreSQL URL, or its password is not escaped.
    """
    if found := _PLACEHOLDER.search(url):
        raise SettingsError(f"{setting}: still holds {found[0]}; write the database's own password there")
    _refuse_unescaped_password(url, setting)
    try:
        parsed = make_url(psycopg_url(url))
    except (ArgumentError, ValueError):  # the latter for a port that is not a number
        raise SettingsError(
            f"{setting}: is not a database URL; it looks like postgresql://user:password@host:5432/name"
        ) from None
    if parsed.get_backend_name() != "postgresql":
        raise SettingsError(f"{setting}: must start with postgresql://; MotaBot speaks only PostgreSQL")
    # SQLAlchemy 2.0 leaves a name as it is escaped, 2.1 does not
    return parsed if parsed.database is None else parsed.set(database=_database(psycopg_url(url)))


#: What hosting companies show in place of the password.
_PLACEHOLDER = regex(r"\[YOUR[-_ ]PASSWORD\]|<(?:YOUR[-_ ])?PASSWORD>", re.IGNORECASE)


def _database(url: str) -> str:
    """The database's name in a URL of libpq's, without escapes."""
    without_query = url.partition("?")[0]
    return unquote(without_query.rpartition("/")[2])


#: A URL whose login is followed by a host: nothing in its password needs escaping.
_WELL_FORMED = regex(
    r"[\w+]+://([^:@/?#]*(:[^@/?#\[\]]*)?@)?"  # login
    r"(\[[^]]*\]|[^:@/?#\[\]]*)(:\d*)?(,[^@/?#]*)?"  # host and port, or several
    r"(/[^@?]*)?(\?.*)?",
    re.DOTALL,
)
#: Otherwise the password is what stands between the first colon of the login and the last @.
_PASSWORD = regex(r"[\w+]+://[^:@/?#]*:(.*)@", re.DOTALL)


def _refuse_unescaped_password(url: str, setting: str) -> None:
    """Name the character of a password that makes the URL mean something else, and how to write it.

    Raises:
        SettingsError: The password contains one. The message does not show the password.
    """
    found = _PASSWORD.match(url)
    if found is None:
        return
    if not _WELL_FORMED.fullmatch(url):
        for character in "@/?#[]":
            if character in found[1]:
                raise SettingsError(
                    f"{setting}: the password contains {character}, which has a meaning in a URL; "
                    f"write it as {quote(character, safe='')}"
                )
    if re.search(r"%(?![0-9A-Fa-f]{2})", found[1].partition("@")[0]):
        raise SettingsError(f"{setting}: the password contains %; write it as %25")


def render_url(url: URL) -> str:
    """The libpq URL of these parts, with everything escaped that libpq wants escaped."""
    # SQLAlchemy 2.0 does not escape the database's name, 2.1 leaves spaces; both write + for spaces of the query
    login = {"username": url.username, "password": url.password}
    server = URL.create("postgresql", **login, host=url.host, port=url.port, query=url.query)
    plain, mark, query = server.render_as_string(hide_password=False).partition("?")
    name = "" if url.database is None else "/" + quote(url.database, safe="")
    return f"{plain.replace(' ', '%20')}{name}{mark}{query.replace('+', '%20')}"


def make_engine(url: str, settings: Settings, *, search_path: str | None = None) -> Engine:
    """An engine whose sessions run in UTC and look up names in `search_path`.

    Args:
        url: A libpq URL (``postgresql://...``).
        settings: Pool size, and whether a transaction pooler is in between.
        search_path: Schemas of a role of ours, comma separated; None: the service's own, then the login's.

    Raises:
        SettingsError: The URL is not a PostgreSQL URL.
    """
    own_url = settings.worker_database_url
    is_workers = own_url is not None and url == own_url.get_secret_value()
    parsed = parse_url(url, WORKER_URL if is_workers else OWN_URL)
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_pre_ping=False,
        isolation_level="READ COMMITTED",
        hide_parameters=True,  # they hold phones, words and tokens, and a traceback would print them
        connect_args={"application_name": "motabot", "connect_timeout": 10},
    )
    moments.install(engine, "unknown")
    Sessions(psycopg_url(url), settings, search_path).watch(engine)
    return engine


def is_pooled(engine: Engine) -> bool:
    """Whether a transaction pooler is in front of the server, so that each transaction has another session."""
    with engine.connect() as connection:
        return bool(connection.info.get(POOLED))


def require_session(engine: Engine) -> None:
    """Check that a worker can run on these connections.

    Raises:
        SettingsError: They lead through a transaction pooler.
    """
    if is_pooled(engine):
        raise SettingsError(
            f"{WORKER_URL}: the worker needs a direct or session connection, and this database URL"
            " leads through a transaction pooler; set it to the server's own URL (on Supabase: port 5432)"
        )


class Statement:
    """SQL whose parameters have names, as ``:phone``, made ready once for `in_one_round_trip`.

    psycopg would look for the names again in each call whose text is longer than a few thousand characters.
    """

    def __init__(self, sql: str) -> None:
        self.names = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
        self.sql = _PARAMETER.sub(lambda found: f"${self.names.index(found[1]) + 1}", sql).encode()


def in_one_round_trip(engine: Engine, statement: Statement, parameters: JsonMapping) -> list[DriverRow]:
    """Run one statement that is its own transaction, and return its rows.

    A BEGIN and a COMMIT would be two more round trips, and on so short a statement SQLAlchemy's layers cost a
    quarter of it. Where a transaction pooler is in between, the session has no search path of ours.

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
        rows: list[DriverRow] = cursor.fetchall()
        connection.autocommit = False
    except psycopg.Error as error:
        is_lost = connection.closed or error.sqlstate in _SHUT_DOWN
        if is_lost:
            engine.dispose()  # whatever took this connection took those that wait in the pool
        raise DBAPIError(None, None, error, hide_parameters=True, connection_invalidated=is_lost) from error
    finally:
        if connection.autocommit:
            pooled.invalidate()  # whatever happened, nobody else may get it like this
        pooled.close()
    return rows


def is_away(error: DBAPIError) -> bool:
    """Whether the connection was lost or could not be made, so that the same statement may work a little later."""
    is_lost = isinstance(error.orig, psycopg.OperationalError) and error.orig.sqlstate is None
    return error.connection_invalidated or is_lost or connecting.is_standby(error.orig)


def wait_until_it_answers(engine: Engine, seconds: float, setting: str = OWN_URL) -> None:
    """Wait for a database that is away or still starting, so that a restart of both costs nothing.

    Args:
        engine: An engine of the database.
        seconds: How long to wait.
        setting: Where its URL comes from.

    Raises:
        DatabaseUnavailable: It did not answer in time, or it refuses this login, for which waiting does not help.
    """
    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("select 1")  # a standby refuses the transaction, not the login
        except DBAPIError as error:
            if not connecting.is_refusal(error):
                raise
            found = connecting.explain(error)
            if found.is_final or time.monotonic() > deadline:
                raise DatabaseUnavailable(f"{setting}: {found.words}") from error
            if not told:
                log.warning("waiting for the database", seconds=seconds, why=found.words)
                told = True
            time.sleep(0.5)
        else:
            return
