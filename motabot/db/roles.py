"""The login role through which a customer's tools read, and its views.

A role of its own is the wall: it is a member of nothing and owns nothing, so no SQL that a tool could be
talked into reaches another customer's rows. `SET ROLE` inside the service's own session would be no wall,
for one statement can undo it.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

CUSTOMER = "motabot_customer"
_VIEWS = (Path(__file__).parent / "customer_views.sql").read_text(encoding="utf-8")
_VERSION = hashlib.sha256(_VIEWS.encode()).hexdigest()


def are_stale(connection: Connection) -> bool:
    """Whether the role is missing or the views were made from another text."""
    found = connection.execute(
        text(
            "select (select value from motabot.meta where key = 'customer_views') = :version"
            " and exists (select from pg_roles where rolname = :role)"
            " and exists (select from motabot.meta where key = 'customer_password')"
        ),
        {"version": _VERSION, "role": CUSTOMER},
    ).scalar_one()
    return not found


def make(connection: Connection) -> list[str]:
    """Make the role and the views, in the caller's transaction.

    The role's password is random and kept in `motabot.meta`, which only the service's own login can read.

    Returns:
        Notes for the person who runs `db init`: empty, or why the role could not be made.
    """
    connection.exec_driver_sql(_VIEWS)
    notes = _make_role(connection)
    if not notes:
        connection.exec_driver_sql(f"grant usage on schema {CUSTOMER} to {CUSTOMER}")
        connection.exec_driver_sql(f"grant select on all tables in schema {CUSTOMER} to {CUSTOMER}")
        _remember(connection, "customer_views", _VERSION)
    return notes


def customer_url(connection: Connection, url: str) -> str:
    """The database's URL for the role `motabot_customer`."""
    password = connection.execute(
        text("select value from motabot.meta where key = 'customer_password'")
    ).scalar_one()
    return make_url(url).set(username=CUSTOMER, password=password).render_as_string(hide_password=False)


def _make_role(connection: Connection) -> list[str]:
    password = secrets.token_urlsafe(24)
    exists = connection.execute(
        text("select exists (select from pg_roles where rolname = :role)"), {"role": CUSTOMER}
    )
    verb = "alter" if exists.scalar_one() else "create"
    try:
        with connection.begin_nested():
            # utility statements take no parameters; the password is of the URL-safe alphabet
            connection.exec_driver_sql(
                f"{verb} role {CUSTOMER} login noinherit nosuperuser nocreatedb nocreaterole password '{password}'"
            )
            connection.exec_driver_sql(f"alter role {CUSTOMER} set search_path = {CUSTOMER}")
            connection.exec_driver_sql(f"alter role {CUSTOMER} set statement_timeout = '5s'")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        return [
            f"this login may not make roles, so customers' tools stay off; ask an administrator to run:"
            f" {verb} role {CUSTOMER} login; then run `motabot db init` again"
        ]
    _remember(connection, "customer_password", password)
    return []


def _remember(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        text(
            "insert into motabot.meta (key, value) values (:key, :value)"
            " on conflict (key) do update set value = excluded.value"
        ),
        {"key": key, "value": value},
    )
