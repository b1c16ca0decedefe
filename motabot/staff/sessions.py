"""Who is signed in to the console. A session is a row: it ends when somebody signs out, or when it expires."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import Connection

from motabot.staff.accounts import Member

#: An unused session ends after these hours, and any session after these days.
IDLE_HOURS, MOST_DAYS = 12, 14
_IS_OPEN = (
    f"s.seen_at > now() - interval '{IDLE_HOURS} hours' and s.created_at > now() - interval '{MOST_DAYS} days'"
)


def begin(connection: Connection, member: Member) -> str:
    """Start a session of a person and return its token; sessions that have ended are deleted."""
    token = secrets.token_urlsafe(32)
    connection.exec_driver_sql(f"delete from motabot.console_sessions s where not ({_IS_OPEN})")
    connection.exec_driver_sql(
        "insert into motabot.console_sessions (token_hash, staff_id) values (%(hash)s, %(staff)s)",
        {"hash": _hash(token), "staff": member.id},
    )
    return token


def find(connection: Connection, token: str) -> Member | None:
    """The owner of a session; None if it has ended or the person's staff token was revoked."""
    row = connection.exec_driver_sql(
        "select t.id, t.name, t.role, s.seen_at < now() - interval '5 minutes' as is_old"
        " from motabot.console_sessions s join motabot.staff_tokens t on t.id = s.staff_id"
        f" where s.token_hash = %(hash)s and t.revoked_at is null and {_IS_OPEN}",
        {"hash": _hash(token)},
    ).one_or_none()
    if row is None:
        return None
    if row.is_old:
        connection.exec_driver_sql(
            "update motabot.console_sessions set seen_at = now() where token_hash = %(hash)s",
            {"hash": _hash(token)},
        )
    return Member(row.id, row.name, row.role)


def end(connection: Connection, token: str) -> None:
    """End a session at once, wherever its cookie still is."""
    connection.exec_driver_sql(
        "delete from motabot.console_sessions where token_hash = %(hash)s", {"hash": _hash(token)}
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
