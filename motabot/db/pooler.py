"""What stands between us and the server: nothing, a session pooler, or a transaction pooler.

A session pooler behaves like the server itself. A transaction pooler (PgBouncer's ``pool_mode = transaction``,
Supabase's port 6543) hands each transaction to another session, so settings of a session, LISTEN and prepared
statements do not hold, and a worker cannot run through it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import psycopg

from motabot.boundary import Cell, DriverConnection

Connect = Callable[[], "psycopg.Connection[Any]"]
#: A setting that only MotaBot reads.
_MARK = "motabot.pooler_probe"
#: A pooler gives the session that was used last; others may use it too, so one look is not enough.
_LOOKS = 5


def is_transaction_pooler(connection: DriverConnection, connect: Connect) -> bool:
    """Whether each transaction on this connection may run in another session of the server.

    The server announces its process id when a session starts; a pooler announces its own number. Behind a pooler,
    a mark that one connection leaves in its session is looked for from a second connection: only a transaction
    pooler ever gives both the same session.

    Args:
        connection: A connection that is idle.
        connect: Opens a second connection to the same address.
    """
    was = connection.autocommit, connection.prepare_threshold
    connection.autocommit, connection.prepare_threshold = True, None
    try:
        if _scalar(connection, "select pg_backend_pid()") == connection.info.backend_pid:
            return False
        mark = secrets.token_hex(8)
        with connect() as other:
            other.autocommit, other.prepare_threshold = True, None
            for _ in range(_LOOKS):
                connection.execute("select set_config(%s, %s, false)", [_MARK, mark])
                if _scalar(other, f"select current_setting('{_MARK}', true)") == mark:
                    other.execute("select set_config(%s, '', false)", [_MARK])
                    return True
        return False
    finally:
        connection.autocommit, connection.prepare_threshold = was


def _scalar(connection: DriverConnection, query: str) -> Cell:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
