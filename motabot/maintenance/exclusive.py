"""Admin actions on the shop's figures: one at a time, each in one snapshot, repeated when somebody interfered."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from motabot.db.narrow import suspects
from motabot.db.refusals import explain, is_refused
from motabot.db.tables import crm
from motabot.errors import MotaBotError, RuledOut

_Result = TypeVar("_Result")

#: Serialization failure, deadlock, and keys that somebody else took or removed after our snapshot.
_INTERFERENCE = frozenset({"40001", "40P01", "23503", "23505"})
_ATTEMPTS = 5
_SHOPS = tuple(table.name for table in crm.sorted_tables)


class Interfered(MotaBotError):
    """Others kept changing the same rows; nothing was changed. Try again later."""

    status = 409


def exclusively(
    engine: Engine,
    work: Callable[[Connection], _Result],
    *,
    keep: bool = True,
    lock: Sequence[str] = (),
    writes: Sequence[str] = _SHOPS,
) -> _Result:
    """Do `work` in one REPEATABLE READ transaction that waits for other admin actions first.

    The wait is a transaction-level lock on one of our own tables and not an advisory lock: asking for an
    advisory lock is a SELECT, which would fix the snapshot before the wait, and what the other action wrote
    would be missing from it.

    Args:
        engine: The service's own engine.
        work: May be called several times, each time on a fresh transaction.
        keep: Commit; otherwise everything is rolled back at the end.
        lock: Further tables whose writers have to wait in the meantime.
        writes: The shop's tables that `work` may write to: a value that is too large for a column is one of these.

    Raises:
        Interfered: Every attempt met a concurrent change.
        RuledOut: A rule of a table refuses what `work` writes.
    """
    for attempt in range(_ATTEMPTS):
        try:
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                connection.exec_driver_sql("lock table motabot.refresh_state in exclusive mode")
                for table in lock:
                    connection.exec_driver_sql(f"lock table {table} in share row exclusive mode")
                result = work(connection)
                if keep:
                    connection.commit()
                return result
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _INTERFERENCE:
                if is_refused(error):
                    raise RuledOut(_explain(engine, error, writes)) from error
                raise
            if attempt == _ATTEMPTS - 1:
                constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
                raise Interfered(f"{Interfered.__doc__} ({constraint})" if constraint else None) from error
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - spreads retries, hides nothing
    raise AssertionError("unreachable")


def _explain(engine: Engine, error: DBAPIError, tables: Sequence[str]) -> str:
    with engine.connect() as connection:
        columns = suspects(connection, error, tables)
    return explain(error) + (f"; it is too large for one of {', '.join(columns)}" if columns else "")
