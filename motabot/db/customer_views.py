"""The views through which customers' tools read: `sql/customer_views.sql`, and how it is brought up to date."""

from __future__ import annotations

import hashlib
import re

from sqlalchemy import Connection, text

from motabot.db import meta, rights
from motabot.db.queries import read_sql
from motabot.db.steps import Step

SCHEMA = "motabot_customer"
_VIEWS = read_sql(__package__, "customer_views")
#: The views of customer_views.sql, in order: name -> statement.
_VIEW_STATEMENTS = {
    found["name"]: found[0].strip()
    for found in re.finditer(r"create or replace view (?P<name>[\w.]+)[^;]*", _VIEWS)
}
_VERSION = hashlib.sha256(_VIEWS.encode()).hexdigest()
_OUR_VIEWS = text(
    "select format('%I.%I', n.nspname, c.relname) as name, c.oid from pg_class c"
    " join pg_namespace n on n.oid = c.relnamespace"
    f" where c.relkind = 'v' and (n.nspname = '{SCHEMA}' or c.oid = to_regclass('motabot.current_turn'))"
)


def plan(connection: Connection) -> list[Step]:
    """The step that creates the views, if they are missing or of another version. Reads only."""
    found = {
        row.name
        for row in connection.execute(
            text(
                "select name from unnest(cast(:views as text[])) as v (name) where to_regclass(name) is not null"
            ),
            {"views": list(_VIEW_STATEMENTS)},
        )
    }
    if meta.read(connection, "roles") == _VERSION and found == set(_VIEW_STATEMENTS):
        return []
    listed = ", ".join(_VIEW_STATEMENTS)
    return [Step(f"create or replace the views {listed}", make)]


def readable() -> list[str]:
    """The views that the customers' role reads."""
    return [view for view in _VIEW_STATEMENTS if view.startswith(f"{SCHEMA}.")]


def make(connection: Connection) -> None:
    """Create the customer's views, or replace them so that rights that others have on them stay."""
    connection.exec_driver_sql(f"create schema if not exists {SCHEMA}")
    try:
        with connection.begin_nested():
            _drop_unknown(connection)
            for statement in _VIEW_STATEMENTS.values():
                connection.exec_driver_sql(statement)
    except Exception as error:
        if getattr(getattr(error, "orig", None), "sqlstate", None) != "42P16":
            raise
        _remake_views(connection)  # columns changed in a way that a view cannot be replaced with
    meta.write(connection, "roles", _VERSION)


def _drop_unknown(connection: Connection) -> None:
    """Drop views of the customer's schema that this version has no more."""
    for view in connection.execute(_OUR_VIEWS).all():
        if view.name not in _VIEW_STATEMENTS:
            connection.exec_driver_sql(f"drop view {view.name}")


def _remake_views(connection: Connection) -> None:
    """Drop the views and make them again, with the rights that others had on them."""
    views = connection.execute(_OUR_VIEWS).all()
    given = rights.on(connection, [view.name for view in views])
    connection.exec_driver_sql(f"drop view {', '.join(view.name for view in views)}")
    for statement in _VIEW_STATEMENTS.values():
        connection.exec_driver_sql(statement)
    rights.give(connection, given)
