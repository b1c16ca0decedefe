"""How the derived columns are computed and written: the stages of a refresh, inside its transaction.

Everything is computed first, into temporary tables that hold only the rows that differ, and written last: readers
see all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from motabot.boundary import DbRow, JsonObject
from motabot.customers.find import UnknownCustomer
from motabot.db import audit, shape
from motabot.db.blanks import blank
from motabot.db.queries import driver_sql_folder
from motabot.errors import MotaBotError
from motabot.maintenance import schedule
from motabot.maintenance.computed import compared, written
from motabot.maintenance.incremental import Snapshot, changes_since_last, remember
from motabot.maintenance.preview import ColumnChange, Example, describe
from motabot.settings import Settings
from motabot.text.regex import regex

_SQL = driver_sql_folder(__package__, "refresh")
#: The type of a column of the shop's, in a statement.
_TYPE, _BLANK = regex(r"\{(\w+\.\w+)\}"), regex(r"\{or (\w+)\.(\w+)\}")
#: Keep what was in a table before, by table.
_KEEPS = driver_sql_folder(__package__, "keep")
#: What is computed, in order, each from what comes before it: the name that the next ones know it by, and words.
_STAGES = {
    "visit_summary": "grouping transactions into visits",
    "customer_change": "comparing customers",
    "pattern_change": "comparing visit patterns",
    "affinity_change": "grouping lines into products bought, and comparing",
}
_WRITES = {
    "customers": "write_customers",
    "customer_visit_patterns": "write_patterns",
    "customer_product_affinity": "write_affinity",
}
#: The shop's table that a stage compares with.
_TABLES = {
    "customer_change": "customers",
    "pattern_change": "customer_visit_patterns",
    "affinity_change": "customer_product_affinity",
    "staff_change": "staff",
}
Mode = Literal["full", "incremental", "customer"]


class Unusable(MotaBotError):
    """A row cannot be counted; the message names it."""

    status = 422


@dataclass(frozen=True)
class Counts:
    """Rows of one table: looked at, and how many of them were (or would be) written."""

    looked_at: int
    inserted: int = 0
    updated: int = 0
    deleted: int = 0

    @property
    def written(self) -> int:
        return self.inserted + self.updated + self.deleted


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh did, or would do.

    Attributes:
        mode: What it was in the end; an incremental one may have had to be full.
        why: Why it was full although an incremental one was asked for; empty otherwise.
        dry_run: Nothing was written.
        as_of: The moment whose figures these are.
        tables: Counts by table name; `transactions` and `transaction_items` are only looked at.
        seconds: Wall clock.
        notes: Why nothing was written although it was asked for, and what would make it faster.
        columns: In a dry run of everybody: columns that change, with how many rows.
        examples: In a dry run of everybody: rows that change, with old and new values.
    """

    mode: Mode
    why: str
    dry_run: bool
    as_of: datetime
    tables: dict[str, Counts]
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    columns: tuple[ColumnChange, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def written(self) -> int:
        """Rows written in all tables."""
        return sum(counts.written for counts in self.tables.values())


@dataclass(frozen=True)
class RefreshScope:
    """Whose figures are computed: None is everybody.

    `profiles` are customers and visit patterns, which the calendar alone can change; `bought` is affinity.
    """

    mode: Mode = "full"
    why: str = ""
    profiles: list[str] | None = None
    bought: list[str] | None = None
    staff: bool = True


@dataclass
class Computation:
    """One refresh: what was asked for, and the facts of the transaction it runs in."""

    settings: Settings
    actor: str
    asked_as_of: datetime | None
    dry_run: bool
    force: bool
    keep_imported: bool
    progress: Callable[[str], None]
    facts: DbRow = field(init=False)
    as_of: datetime = field(init=False)
    writes: bool = field(init=False)
    keeps: bool = field(init=False)
    computed: dict[str, frozenset[str]] = field(init=False)
    columns: dict[str, dict[str, shape.StoredColumn]] = field(init=False)

    def start(self, connection: Connection) -> None:
        memory = {"work_mem_kb": self.settings.refresh_work_mem_mb * 1024}
        self.facts = connection.exec_driver_sql(_SQL["facts"], memory).one()
        self.as_of = self.asked_as_of or self.facts.clock
        self.writes = not self.dry_run and (self.force or self.as_of >= self.facts.clock)
        self.keeps = schedule.keeps_values(connection)
        self.columns = shape.columns(connection)
        self.computed = shape.computed(connection)

    @property
    def snapshot(self) -> Snapshot:
        settings = self.settings
        rules = {
            "zone": settings.timezone,
            "vip": [settings.vip_casual_from, settings.vip_regular_from, settings.vip_vip_from],
            "keep_imported": self.keep_imported,
        }
        return Snapshot(self.as_of, rules, self.facts.horizon, self.facts.next_xid)

    def what_changed(self, connection: Connection) -> RefreshScope:
        """Whom an incremental refresh has to look at, found by ids and the snapshot of the last one."""
        self.progress("finding what changed")
        changes = changes_since_last(connection, self.snapshot, self.settings.zone)
        if changes.why_not:
            return RefreshScope(why=changes.why_not)
        customers = list(changes.customers)
        same_day = changes.last_day == self.as_of.astimezone(self.settings.zone).date()
        return RefreshScope(
            "incremental", profiles=customers if same_day else None, bought=customers, staff=bool(customers)
        )

    def carry_out(self, connection: Connection, scope: RefreshScope) -> RefreshReport:
        """Compute, write, and account for it."""
        settings = self.settings
        parameters = {
            "customers": scope.profiles,
            "bought_by": scope.bought,
            "now": self.as_of,
            "today": self.as_of.astimezone(settings.zone).date(),
            "zone": settings.timezone,
            "casual_from": settings.vip_casual_from,
            "regular_from": settings.vip_regular_from,
            "vip_from": settings.vip_vip_from,
            "keep_imported": self.keep_imported,
            "skus_are_products": self.facts.skus_are_products,
            "patterns_are_unique": self.facts.patterns_are_unique,
            "affinity_is_unique": self.facts.affinity_is_unique,
        }
        if scope.profiles is not None:
            # a few customers' rows are best found by index; the default is meant for disks that spin
            connection.exec_driver_sql("set local random_page_cost = 1.1")
        self.progress("checking amounts and dates")
        looked_at = connection.exec_driver_sql(_SQL["unusable"], parameters).one()
        if looked_at.unusable:
            raise Unusable(f"{looked_at.unusable}: correct it and refresh again")
        tables = {
            "transactions": Counts(looked_at.transactions),
            "transaction_items": Counts(looked_at.transaction_items),
        }
        staff = [self._compare_staff(connection, parameters)] if scope.staff else []
        everybody = scope.profiles is None
        changes = [*(self._in_stages if everybody else self._in_one_statement)(connection, parameters), *staff]
        for row in changes:
            tables[row.table_name] = Counts(row.rows_before + row.inserted, row.inserted, row.updated, row.deleted)
        if scope.mode == "customer" and not tables["customers"].looked_at:
            raise UnknownCustomer(f"No customer has the member id {', '.join(scope.profiles or [])}")
        columns, examples = (
            describe(connection, self.computed) if not self.writes and scope == RefreshScope() else ((), ())
        )
        if self.writes:
            if scope.staff and tables["staff"].written:
                self._write_staff(connection)
            if scope.mode != "customer":
                remember(connection, self.snapshot)
            self._audit(connection, scope, changes)
        return RefreshReport(
            scope.mode, scope.why, not self.writes, self.as_of, tables, columns=columns, examples=examples
        )

    def _sql(self, name: str) -> str:
        """A stage's statement with the types of the shop's columns, and without those that a table computes."""
        filled = _BLANK.sub(lambda found: blank(self.columns[found[1]][found[2]]), _SQL[name])
        typed = _TYPE.sub(lambda found: str(self.facts.types[found[1]]), filled)
        return compared(name, typed, self.computed.get(_TABLES.get(name, ""), ()))

    def _writing(self, table: str) -> str:
        return written(_SQL[_WRITES[table]], self.computed[table])

    def _in_stages(self, connection: Connection, parameters: JsonObject) -> list[DbRow]:
        """Everybody: a table for each stage, so that reading can use several processors and writing comes last."""
        for table, step in _STAGES.items():
            self.progress(step)
            connection.exec_driver_sql(
                f"create temp table {table} on commit drop as {self._sql(table)}", parameters
            )
        changes = list(connection.exec_driver_sql(_SQL["count_changes"], parameters))
        if self.writes:
            self.progress("writing")
            touched = {row.table_name for row in changes if row.inserted or row.updated or row.deleted}
            for table in _WRITES:
                if table in touched:
                    if self.keeps:
                        connection.exec_driver_sql(_KEEPS[table])
                    connection.exec_driver_sql(self._writing(table))
        return changes

    def _in_one_statement(self, connection: Connection, parameters: JsonObject) -> list[DbRow]:
        """A few customers: the same stages as parts of one statement, which spares making tables."""
        self.progress("comparing and writing")
        parts = [f"{table} as materialized ({self._sql(table)})" for table in _STAGES]
        if self.writes:
            writes = [part for table in _WRITES for part in self._writing(table).split(";\n")]
            if self.keeps:
                writes += [_KEEPS[table] for table in _WRITES]
            parts += [f"write_{number} as ({sql})" for number, sql in enumerate(writes)]
        sql = f"with {', '.join(parts)} {_SQL['count_changes']}"
        return list(connection.exec_driver_sql(sql, parameters))

    def _compare_staff(self, connection: Connection, parameters: JsonObject) -> DbRow:
        self.progress("comparing staff")
        connection.exec_driver_sql(
            f"create temp table staff_change on commit drop as {self._sql('staff_change')}", parameters
        )
        return connection.exec_driver_sql(_SQL["count_staff_changes"]).one()

    def _write_staff(self, connection: Connection) -> None:
        if self.keeps:
            connection.exec_driver_sql(_KEEPS["staff"])
        new_id = "(select coalesce(max(id), 0) from public.staff) + row_number() over (order by c.staff_name),"
        makes_ids = self.facts.staff_makes_ids
        sql = _SQL["write_staff"].format(id="" if makes_ids else "id,", new_id="" if makes_ids else new_id)
        connection.exec_driver_sql(written(sql, self.computed["staff"]))

    def _audit(self, connection: Connection, scope: RefreshScope, changes: Sequence[DbRow]) -> None:
        audit.record(
            connection,
            actor=self.actor,
            action="refresh",
            arguments={
                "mode": scope.mode,
                "customers": scope.profiles if scope.mode == "customer" else None,
                "as_of": self.as_of.isoformat(),
                **self.snapshot.rules,
            },
            before={row.table_name: row.rows_before for row in changes},
            after={
                row.table_name: {
                    "rows": row.rows_before + row.inserted - row.deleted,
                    "inserted": row.inserted,
                    "updated": row.updated,
                    "deleted": row.deleted,
                }
                for row in changes
            },
        )
