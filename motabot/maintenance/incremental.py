"""What has changed since the last refresh, found without reading the tables.

New rows are found by id and by the database transaction that wrote them, so ids have to rise with time, as
identity columns and sequences make them; if they do not, every refresh is a full one. Edits and deletions leave no
such trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from motabot.boundary import DbRow, JsonObject
from motabot.db.ids import INTEGERS
from motabot.db.queries import driver_sql_folder

_SQL = driver_sql_folder(__package__, "incremental")
#: Ids below the last refresh's that are looked at again: an id is handed out a moment before its row is written.
_OVERLAP = 1_000
#: More changed customers than this are not told apart any more; the refresh is then a full one.
_MOST_CUSTOMERS = 5_000


@dataclass(frozen=True)
class Snapshot:
    """What one refresh sees.

    Attributes:
        as_of: The moment that counts as now.
        rules: Settings that the figures depend on.
        horizon: The oldest database transaction that was still under way.
        next_xid: The first one that had not begun.
    """

    as_of: datetime
    rules: JsonObject
    horizon: int
    next_xid: int


@dataclass(frozen=True)
class Changes:
    """What is new to a refresh.

    Attributes:
        why_not: Why that cannot be told; empty when it can.
        customers: Member ids of those with new rows, and with sales whose date has come.
        last_day: The day of the last refresh, in the shop's zone.
    """

    why_not: str = ""
    customers: tuple[str, ...] = ()
    last_day: date | None = None


def changes_since_last(connection: Connection, snapshot: Snapshot, zone: ZoneInfo) -> Changes:
    """Compare with what the last refresh remembered."""
    if not_in_order := [table for table, rises in _ids_rise(connection).items() if not rises]:
        return Changes(f"the ids of {' and '.join(not_in_order)} do not say which rows are new")
    last = _state(connection)
    if last.as_of is None:
        return Changes("no full refresh has been made yet")
    if last.origin != last.origin_now or last.next_xid > snapshot.next_xid:
        return Changes("the database was restored or moved since the last refresh")
    if last.rules != snapshot.rules:
        return Changes("the settings changed since the last refresh")
    if any(last.upto_now[table] < last.upto[table] for table in last.upto):
        return Changes("rows were deleted since the last refresh")
    found = connection.exec_driver_sql(
        _SQL["customers"],
        {
            **{table: since - _OVERLAP for table, since in last.since.items()},
            "known_customers": last.upto["customers"],
            "horizon": last.horizon,
            "earlier": min(last.as_of, snapshot.as_of),
            "later": max(last.as_of, snapshot.as_of),
            "most": _MOST_CUSTOMERS + 1,
        },
    )
    customers = tuple(row.customer_id for row in found)
    if len(customers) > _MOST_CUSTOMERS:
        return Changes(f"more than {_MOST_CUSTOMERS:,} customers changed since the last refresh")
    return Changes(customers=customers, last_day=last.as_of.astimezone(zone).date())


def remember(connection: Connection, snapshot: Snapshot) -> None:
    """Say where the next incremental refresh starts.

    A writer that is under way may hold ids below the largest that is seen. If nobody is, nothing can appear
    there any more; otherwise that holds for the ids of the last refresh, once whoever wrote then is done.
    """
    last = _state(connection)
    if snapshot.horizon == snapshot.next_xid:
        since = last.upto_now
    elif last.as_of is None or last.origin != last.origin_now:
        since = dict.fromkeys(last.upto_now, 0)
    else:
        since = last.upto if last.next_xid <= snapshot.horizon else last.since
    connection.exec_driver_sql(
        _SQL["save"],
        {
            "as_of": snapshot.as_of,
            "rules": Jsonb(snapshot.rules),
            "origin": last.origin_now,
            "horizon": snapshot.horizon,
            "next_xid": snapshot.next_xid,
            "since": Jsonb(since),
            "upto": Jsonb(last.upto_now),
        },
    )


def _ids_rise(connection: Connection) -> dict[str, bool]:
    """Whether new rows of a table have larger ids, which uuids and texts do not."""
    rows = connection.exec_driver_sql(_SQL["id_types"]).all()
    return {row.table_name: row.type in INTEGERS for row in rows}


def _state(connection: Connection) -> DbRow:
    largest = {
        table: f"(select coalesce(max(id), 0) from public.{table})" if rises else "0"
        for table, rises in _ids_rise(connection).items()
    }
    return connection.exec_driver_sql(_SQL["state"].format(**largest)).one()
