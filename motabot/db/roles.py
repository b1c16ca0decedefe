"""The login roles through which customers' tools and staff's queries read.

A role of its own is the wall: it is a member of nothing and owns nothing, so no SQL that a tool could be
talked into reaches what the role may not see. `SET ROLE` inside the service's own session would be no wall,
for one statement can undo it.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from motabot.db.tables import crm

CUSTOMER, ANALYST = "motabot_customer", "motabot_analyst"
_VIEWS = (Path(__file__).parent / "customer_views.sql").read_text(encoding="utf-8")
_TABLES = ", ".join(f"public.{table.name}" for table in crm.sorted_tables)
_GRANTS = {
    CUSTOMER: (
        f"grant usage on schema {CUSTOMER} to {CUSTOMER}",
        f"grant select on all tables in schema {CUSTOMER} to {CUSTOMER}",
    ),
    ANALYST: (f"grant usage on schema public to {ANALYST}", f"grant select on {_TABLES} to {ANALYST}"),
}
#: What every session of a role begins with.
_SESSIONS = {
    CUSTOMER: {"search_path": CUSTOMER, "statement_timeout": "'5s'"},
    ANALYST: {"search_path": "public", "statement_timeout": "'60s'", "default_transaction_read_only": "on"},
}
_VERSION = hashlib.sha256("\n".join((_VIEWS, repr(_GRANTS), repr(_SESSIONS))).encode()).hexdigest()


def are_stale(connection: Connection) -> bool:
    """Whether a role is missing, or role and views were made from another text."""
    found = connection.execute(
        text(
            "select (select value from motabot.meta where key = 'roles') = :version"
            " and (select count(*) from pg_roles where rolname = any(:roles)) = :many"
            " and (select count(*) from motabot.meta where key = any(:passwords)) = :many"
        ),
        {
            "version": _VERSION,
            "roles": list(_GRANTS),
            "passwords": [_password_key(role) for role in _GRANTS],
            "many": len(_GRANTS),
        },
    ).scalar_one()
    return not found


def make(connection: Connection) -> list[str]:
    """Make roles, views and rights, in the caller's transaction.

    The roles' passwords are random and kept in `motabot.meta`, which only the service's own login can read.

    Returns:
        Notes for the person who runs `db init`: empty, or what could not be made.
    """
    connection.exec_driver_sql(_VIEWS)
    notes = []
    for role, grants in _GRANTS.items():
        note = _make_role(connection, role) or _grant(connection, role, grants)
        if note:
            notes.append(note)
    if not notes:
        _remember(connection, "roles", _VERSION)
    return notes


def role_url(connection: Connection, url: str, role: str) -> str | None:
    """The database's URL for a role; None where it could not be made."""
    password = connection.execute(
        text("select value from motabot.meta where key = :key"), {"key": _password_key(role)}
    ).scalar()
    if password is None:
        return None
    return make_url(url).set(username=role, password=password).render_as_string(hide_password=False)


def _password_key(role: str) -> str:
    return f"{role}_password"


def _make_role(connection: Connection, role: str) -> str | None:
    known = connection.execute(
        text("select value from motabot.meta where key = :key"), {"key": _password_key(role)}
    )
    password = known.scalar() or secrets.token_urlsafe(24)  # services that run have the one that is known
    exists = connection.execute(text("select exists (select from pg_roles where rolname = :role)"), {"role": role})
    verb = "alter" if exists.scalar_one() else "create"
    try:
        with connection.begin_nested():
            # utility statements take no parameters; the password is of the URL-safe alphabet
            connection.exec_driver_sql(
                f"{verb} role {role} login noinherit nosuperuser nocreatedb nocreaterole password '{password}'"
            )
            for name, value in _SESSIONS[role].items():
                connection.exec_driver_sql(f"alter role {role} set {name} = {value}")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        return (
            f"this login may not make roles, so what reads through {role} stays off; ask an administrator to run:"
            f" {verb} role {role} login; then run `motabot db init` again"
        )
    _remember(connection, _password_key(role), password)
    return None


def _grant(connection: Connection, role: str, grants: tuple[str, ...]) -> str | None:
    try:
        with connection.begin_nested():
            for grant in grants:
                connection.exec_driver_sql(grant)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != "42501":
            raise
        return f"this login may not give {role} its rights; ask the tables' owner to run: {'; '.join(grants)}"
    return None


def _remember(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        text(
            "insert into motabot.meta (key, value) values (:key, :value)"
            " on conflict (key) do update set value = excluded.value"
        ),
        {"key": key, "value": value},
    )
