"""The audit: who changed the shop's data, when, with which arguments, and what was there before and after."""

from __future__ import annotations

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from motabot.boundary import JsonMapping


def record(
    connection: Connection,
    *,
    actor: str,
    action: str,
    arguments: JsonMapping,
    before: JsonMapping,
    after: JsonMapping,
) -> None:
    """Add a row to ``motabot.audit`` in the caller's transaction, so that it stands or falls with the action.

    Args:
        connection: The action's own transaction.
        actor: Who asked: a login, a staff member, or the name of a periodic job.
        action: A verb, for example "refresh".
        arguments: What was asked for, as JSON can hold it.
        before: Counts before the action, by table.
        after: Counts after it, by table.
    """
    connection.exec_driver_sql(
        "insert into motabot.audit (actor, action, arguments, before, after)"
        " values (%(actor)s, %(action)s, %(arguments)s, %(before)s, %(after)s)",
        {
            "actor": actor,
            "action": action,
            "arguments": Jsonb(dict(arguments)),
            "before": Jsonb(dict(before)),
            "after": Jsonb(dict(after)),
        },
    )
