"""Staff accounts. Tokens are shown once and stored as hashes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from motabot.boundary import JsonObject
from motabot.db.audit import record
from motabot.errors import StaffRefused, Unauthorized

Role = Literal["staff", "admin"]
_PREFIX = "mbs_"


@dataclass(frozen=True)
class Member:
    """A staff member."""

    id: int
    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this person has a role's rights; an admin has all of them."""
        return self.role in (role, "admin")


def add(connection: Connection, name: str, role: Role, *, by: str) -> str:
    """Make a token for a person and return it; it cannot be read again.

    Raises:
        StaffRefused: The name is empty, or somebody has it already.
    """
    name = name.strip()
    if not name:
        raise StaffRefused("name: a person needs a name")
    token = _PREFIX + secrets.token_urlsafe(32)
    try:
        connection.exec_driver_sql(
            "insert into motabot.staff_tokens (name, role, token_hash) values (%(name)s, %(role)s, %(hash)s)",
            {"name": name, "role": role, "hash": _hash(token)},
        )
    except IntegrityError:
        raise StaffRefused(f"name: {name} has a token already; revoke it first") from None
    _audit(connection, by, "staff.add", name, role)
    return token


def revoke(connection: Connection, name: str, *, by: str) -> None:
    """Revoke a person's token at once.

    Raises:
        StaffRefused: Nobody of that name has one.
    """
    changed = connection.exec_driver_sql(
        "update motabot.staff_tokens set revoked_at = now() where name = %(name)s and revoked_at is null",
        {"name": name},
    ).rowcount
    if not changed:
        raise StaffRefused(f"name: {name} has no token; `motabot staff list` shows who has")
    _audit(connection, by, "staff.revoke", name, None)


def members(connection: Connection) -> list[JsonObject]:
    """Everybody who has or had a token, the newest first."""
    rows = connection.exec_driver_sql(
        "select name, role, created_at, revoked_at from motabot.staff_tokens order by id desc"
    )
    return [dict(row._mapping) for row in rows]


def identify(connection: Connection, token: str) -> Member:
    """Who a token belongs to.

    Raises:
        Unauthorized: Nobody, or not any more.
    """
    row = connection.exec_driver_sql(
        "select id, name, role from motabot.staff_tokens where token_hash = %(hash)s and revoked_at is null",
        {"hash": _hash(token)},
    ).one_or_none()
    if row is None:
        raise Unauthorized(
            "A staff token is needed: Authorization: Bearer mbs_... (`motabot staff add` makes one)."
        )
    return Member(row.id, row.name, row.role)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _audit(connection: Connection, by: str, action: str, name: str, role: str | None) -> None:
    record(connection, actor=by, action=action, arguments={"name": name, "role": role}, before={}, after={})
