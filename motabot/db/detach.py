"""Drops MotaBot's views while the owner of the tables changes them.

PostgreSQL refuses to retype or drop a column that a view shows, and an index with a condition may not fit the new
type. `detach` takes MotaBot's views and that index away, in one transaction; `db init` makes them again, with the
rights that others had on them.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

import psycopg
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from motabot.db import customer_views, meta, reporting, rights, roles
from motabot.db.tables import INDEXES
from motabot.errors import DatabaseNotReady

_SINCE: Final = "detached.since"
_RIGHTS: Final = "detached.rights"
#: Indexes whose condition compares a column with a value of its present type.
_PARTIAL: Final = [name for name, (_table, definition) in INDEXES.items() if " where " in definition]
_PRESENT = text("select name from unnest(cast(:views as text[])) as v (name) where to_regclass(name) is not null")
#: Those that this login may drop; the tables' owner drops others before a change that they stop.
_OWN_INDEXES = text(
    "select relname from pg_class where relname = any(:names) and relkind in ('i', 'I')"
    " and relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'usage')"
)
#: Somebody else's view or function reads one of ours.
_DEPENDED_ON: Final = "2BP01"


def detach(engine: Engine) -> list[str]:
    """Drop what keeps the owner from changing the tables.

    Returns:
        The statements that were run; empty if nothing of ours was there.

    Raises:
        DatabaseNotReady: Views of somebody else read ours; nothing was dropped.
    """
    with engine.begin() as connection:
        made = (meta.read(connection, "reporting.views") or "").split()
        ours = [*(f"{reporting.SCHEMA}.{name}" for name in made), *customer_views.readable()]
        views = list(connection.execute(_PRESENT, {"views": ours}).scalars())
        statements = [
            f"drop index public.{name}" for name in connection.execute(_OWN_INDEXES, {"names": _PARTIAL}).scalars()
        ]
        if views:
            own = tuple(
                f" to {roles.role_name(connection, role)}" for role in roles.ROLES
            )  # `db init` sees to these
            others = (right for right in rights.on(connection, views) if not right.endswith(own))
            kept = {*_saved(connection), *others}
            meta.write(connection, _RIGHTS, json.dumps(sorted(kept)))
            statements.insert(0, f"drop view {', '.join(views)}")
        meta.write(connection, _SINCE, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        try:
            for statement in statements:
                connection.exec_driver_sql(statement)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _DEPENDED_ON:
                raise
            detail = error.orig.diag.message_detail if isinstance(error.orig, psycopg.Error) else None
            raise DatabaseNotReady(
                "Another object reads MotaBot's views, so nothing was dropped"
                f" ({' '.join((detail or '').split())}): drop it first, and restore it after `motabot db init`"
            ) from error
    return statements


def plan(connection: Connection) -> list[str]:
    """What `attach` will do besides creating the views: the rights that it will restore."""
    return _saved(connection)


def attach(connection: Connection) -> None:
    """Give back the rights that others had, once the views are there again, in the caller's transaction."""
    rights.give(connection, _saved(connection))
    connection.execute(
        text("delete from motabot.meta where key in (:since, :rights)"), {"since": _SINCE, "rights": _RIGHTS}
    )


def since(connection: Connection) -> str | None:
    """Since when MotaBot's views are dropped; None if they are not."""
    return meta.read(connection, _SINCE)


def _saved(connection: Connection) -> list[str]:
    found: list[str] = json.loads(meta.read(connection, _RIGHTS) or "[]")
    return found
