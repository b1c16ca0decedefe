"""The zone of the shop's timestamps without one: the database's, in which the shop's own programs write them.

Sessions of the service are set to it, so that PostgreSQL itself converts what is compared or assigned. Views are
read in other sessions, so they call ``motabot.moment``, which has the zone in its text.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from motabot.boundary import DriverConnection
from motabot.db import meta
from motabot.db.literal import literal
from motabot.db.queries import driver_sql
from motabot.db.steps import Step
from motabot.db.tables import crm

_SQL = driver_sql(__package__, "own_zone")
_TABLES = [table.name for table in crm.sorted_tables]
_KEY = "own_zone"
_FUNCTIONS = (
    "create or replace function motabot.moment(value timestamp) returns timestamptz language sql immutable"
    " parallel safe as $$ select value at time zone {zone} $$",
    "create or replace function motabot.moment(value timestamptz) returns timestamptz language sql immutable"
    " parallel safe as $$ select value $$",
)
_UTC = frozenset({"UTC", "Etc/UTC", "GMT", "Etc/GMT", "UCT", "Zulu", "Universal"})
_WITHOUT = text(
    "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
    " where c.relnamespace = 'public'::regnamespace and a.atttypid = 'timestamp'::regtype"
    " and (c.relname::text, a.attname::text) in"
    " (('transactions', 'date'), ('messages', 'timestamp'), ('messages', 'modem_timestamp')) order by 1"
)
_MISSING = text("select to_regprocedure('motabot.moment(timestamp)') is null")


def own_zone(connection: DriverConnection) -> str:
    """The name of the zone; UTC if every column has its own."""
    row = connection.execute(_SQL.encode(), {"tables": _TABLES}).fetchone()
    assert row is not None
    return str(row[0])


def plan(connection: Connection) -> list[Step]:
    """The step that creates the functions, if they are missing or the zone has changed. Reads only."""
    zone = _zone(connection)
    if meta.read(connection, _KEY) == zone and not connection.execute(_MISSING).scalar_one():
        return []
    words = f"create or replace the functions motabot.moment, for timestamps without a zone in {zone}"
    return [Step(words, make)]


def make(connection: Connection) -> None:
    """Create or replace the functions, in the caller's transaction."""
    zone = _zone(connection)
    for statement in _FUNCTIONS:
        connection.exec_driver_sql(statement.format(zone=literal(zone)).replace("%", "%%"))
    meta.write(connection, _KEY, zone)


def notes(connection: Connection) -> list[str]:
    """Which columns that decide something are read in a zone that is not UTC."""
    zone = _zone(connection)
    names = connection.execute(_WITHOUT).scalars().all() if zone not in _UTC else []
    return [
        f"public.{name} has no time zone: MotaBot takes it for a time of {zone}, the zone of the database. If it"
        f" holds UTC, ask the table's owner for timestamptz, using {name.rpartition('.')[2]} at time zone 'UTC'"
        for name in names
    ]


def _zone(connection: Connection) -> str:
    return str(connection.exec_driver_sql(_SQL, {"tables": _TABLES}).scalar_one())
