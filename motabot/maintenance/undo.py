"""Undoing a duplication: removes the rows that the copy was made of, and no others unless told to."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from psycopg import sql
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from motabot.boundary import Cell, DbRow
from motabot.db import audit
from motabot.db.queries import driver_sql_folder
from motabot.errors import MotaBotError
from motabot.maintenance.copying import identifier, key_text, qualified
from motabot.maintenance.exclusive import exclusively
from motabot.maintenance.links import DERIVED, LinkedTable, linked_tables
from motabot.maintenance.refresh import refresh
from motabot.settings import Settings

_SQL = driver_sql_folder(__package__, "duplicate")

OwnRows = Literal["refuse", "keep", "drop"]

#: How a row points at the copy, by the table and column it points at.
_POINTS_AT_COPY: Final[Mapping[tuple[str, str], str]] = {
    ("customers", "member_id"): "s.{column} = %(copy)s",
    ("customers", "id"): "s.{column} in (select c.id from public.customers c where c.member_id = %(copy)s)",
    ("customers", "phone"): "motabot.phone_key(s.{column}::text) = %(phone)s",
    ("transactions", "transaction_id"): (
        "s.{column} in (select t.transaction_id from public.transactions t where t.customer_id = %(copy)s)"
    ),
    (
        "transactions",
        "id",
    ): "s.{column} in (select t.id from public.transactions t where t.customer_id = %(copy)s)",
    ("leads", "id"): (
        "s.{column} in (select l.id from public.leads l"
        " where l.customer_id = %(copy)s or motabot.phone_key(l.phone_number::text) = %(phone)s)"
    ),
}


class UndoRefused(MotaBotError):
    """The copy cannot be undone as asked; nothing was changed.

    Attributes:
        own_rows: Rows that the copy has gained since it was made, by table.
    """

    status = 409

    def __init__(self, message: str, own_rows: Mapping[str, int] | None = None) -> None:
        super().__init__(message)
        self.own_rows = dict(own_rows or {})


@dataclass(frozen=True)
class UndoReport:
    """A copy that was undone, or would be.

    Attributes:
        copy: Its member id.
        source: Whose copy it was.
        dry_run: Nothing was written.
        deleted: Rows removed, by table.
        own_rows: Rows that the copy had gained since it was made, by table.
        kept: The customer stays, with those rows.
        seconds: Wall clock.
    """

    copy: str
    source: str
    dry_run: bool
    deleted: dict[str, int]
    own_rows: dict[str, int]
    kept: bool
    seconds: float = 0.0


def undo(
    engine: Engine,
    copy: str,
    *,
    own_rows: OwnRows = "refuse",
    dry_run: bool = False,
    settings: Settings,
    actor: str,
) -> UndoReport:
    """Remove a copy again: exactly the rows that it was made of.

    Args:
        engine: The service's own engine.
        copy: The copy's member id.
        own_rows: What to do if the copy has since gained its own rows, such as a purchase or a text: "refuse",
            "keep" them with the customer they belong to, or "drop" them too.
        dry_run: Count what would be removed and change nothing.
        settings: What a refresh needs; a customer who is kept gets figures again.
        actor: Who asked, for the audit.

    Raises:
        UndoRefused: This is not a copy, or it has its own rows, or other rows refer to what would be removed.
        Interfered: Others kept changing the same rows. Nothing was written.
    """
    began = time.perf_counter()
    with engine.connect() as connection:
        tables = [table for table in linked_tables(connection) if not table.problem]

    def work(connection: Connection) -> UndoReport:
        found = connection.exec_driver_sql(_SQL["find_copy"], {"copy": copy.strip()}).one_or_none()
        if found is None:
            raise UndoRefused(f"{copy} is not a copy made by `motabot duplicate`")
        try:
            return _Undo(connection, found, tables).carry_out(own_rows, actor, dry_run=dry_run)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) != "23503":
                raise
            diagnosis = getattr(error.orig, "diag", None)
            raise UndoRefused(
                f"rows of {getattr(diagnosis, 'table_name', 'another table')} refer to the copy's rows"
                f" ({getattr(diagnosis, 'constraint_name', 'a foreign key')}); remove those first"
            ) from error

    report = exclusively(engine, work, keep=not dry_run)
    if report.kept and not dry_run:
        refresh(engine, settings=settings, actor=actor, customer=report.copy)
    return replace(report, seconds=time.perf_counter() - began)


@dataclass(frozen=True)
class _Undo:
    connection: Connection
    record: DbRow
    tables: list[LinkedTable]

    def carry_out(self, policy: OwnRows, actor: str, *, dry_run: bool) -> UndoReport:
        own = {table.label: count for table in self.tables if (count := self._count_own(table))}
        if own and policy == "refuse":
            listed = ", ".join(f"{count} in {table}" for table, count in own.items())
            raise UndoRefused(f"{self.record.copy} now has its own rows ({listed}): keep or drop them?", own)
        kept = bool(own) and policy == "keep"
        if any(table.name == "messages" for table in self.tables):
            self._run(
                "delete from motabot.answered a"
                " where motabot.phone_key(a.phone_number) = %(phone)s and a.reason = 'duplicate'"
                " and a.message_id in (select k::bigint from motabot.duplicate_rows r, unnest(r.keys) k"
                " where r.duplicate_id = %(id)s and r.table_name = 'public.messages')"
            )
        deleted = {table.label: self._delete(table, policy, kept=kept) for table in reversed(self.tables)}
        if not kept:
            self._run(_SQL["forget_phone"])
        self._run("delete from motabot.duplicates where id = %(id)s")
        report = UndoReport(self.record.copy, self.record.source, dry_run, deleted, own, kept)
        audit.record(
            self.connection,
            actor=actor,
            action="undo duplicate",
            arguments={"copy": report.copy, "source": report.source, "own_rows": policy},
            before={table: count + (own.get(table, 0) if kept else 0) for table, count in deleted.items()},
            after={table: own.get(table, 0) if kept else 0 for table in deleted},
        )
        return report

    def _count_own(self, table: LinkedTable) -> int:
        """Rows of the copy's that were not made for it; derived rows are nobody's own."""
        if self._is_derived(table):
            return 0
        counted = sql.SQL("select count(*) from {table} s where ({linked}) and not ({made})").format(
            table=qualified(table), linked=self._linked(table), made=self._made(table)
        )
        return int(self._run(counted.as_string(None)).scalar_one())

    def _delete(self, table: LinkedTable, policy: OwnRows, *, kept: bool) -> int:
        if table.name == "customers" and table.is_known and kept:
            return 0
        everything = policy == "drop" or self._is_derived(table)
        which = self._linked(table) if everything else self._made(table)
        if table.name == "transactions" and table.is_known and kept:
            # one that has gained its own line stays with it
            which = sql.SQL(
                "({which}) and not exists (select from public.transaction_items i"
                " where i.transaction_id = s.transaction_id)"
            ).format(which=which)
        statement = sql.SQL("delete from {table} s where {which}").format(table=qualified(table), which=which)
        return int(self._run(statement.as_string(None)).rowcount)

    def _linked(self, table: LinkedTable) -> sql.Composed:
        conditions = [
            sql.SQL(_POINTS_AT_COPY[link.table, link.target]).format(column=identifier(link.column))
            for link in table.links
        ]
        if table.is_known and table.name == "customers":
            conditions.append(sql.SQL("s.member_id = %(copy)s").format())
        if table.is_known and table.name == "leads":
            conditions.append(sql.SQL("motabot.phone_key(s.phone_number::text) = %(phone)s").format())
        return sql.SQL(" or ").join(conditions)

    def _made(self, table: LinkedTable) -> sql.Composed:
        """The condition on rows that were made for the copy, by their recorded keys."""
        name = sql.Literal(f"{table.schema}.{table.name}")
        columns = table.keys[0]
        kind = table.column(columns[0]).type if len(columns) == 1 else "text"
        row = sql.SQL("s.{}").format(identifier(columns[0])) if len(columns) == 1 else key_text(table)
        return sql.SQL(
            "{row} = any(array(select unnest(r.keys)::{kind} from motabot.duplicate_rows r"
            " where r.duplicate_id = %(id)s and r.table_name = {name}))"
        ).format(row=row, kind=sql.SQL(kind), name=name)

    def _run(self, statement: str) -> Cell:
        return self.connection.exec_driver_sql(statement, dict(self.record._mapping))

    @staticmethod
    def _is_derived(table: LinkedTable) -> bool:
        return table.is_known and table.name in DERIVED
