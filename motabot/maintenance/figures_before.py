"""Undoing refreshes: the shop's figures as they were before the first one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from psycopg import sql
from sqlalchemy import Connection, Engine, text

from motabot.db import audit, shape
from motabot.db.queries import driver_sql_folder
from motabot.errors import MotaBotError
from motabot.maintenance import schedule
from motabot.maintenance.computed import written
from motabot.maintenance.exclusive import exclusively

_SQL = driver_sql_folder(__package__, "restore")
#: The derived tables, each with the columns that tell its rows apart.
_DERIVED: Final = {
    "customer_visit_patterns": ("customer_id",),
    "customer_product_affinity": ("customer_id", "product_sku"),
}
_COLUMNS = text(
    "select attname from pg_attribute where attrelid = to_regclass(:table) and attnum > 0 and not attisdropped"
    " and attgenerated = '' order by attnum"
)


class NothingToUndo(MotaBotError):
    """No refresh has changed figures of the shop's own."""

    status = 409


@dataclass(frozen=True)
class RestoreReport:
    """Figures that were put back, or would be.

    Attributes:
        dry_run: Nothing was written.
        tables: Rows changed, removed or put back, by table.
    """

    dry_run: bool
    tables: dict[str, int]


def restore(engine: Engine, *, actor: str, dry_run: bool = False) -> RestoreReport:
    """Put back every figure that refreshes changed, and switch the scheduled refresh off.

    Args:
        engine: The service's own engine.
        actor: Who asked, for the audit.
        dry_run: Count what would be put back and change nothing.

    Raises:
        NothingToUndo: No values are kept.
        Interfered: Others kept changing the same rows. Nothing was written.
    """

    def work(connection: Connection) -> RestoreReport:
        if not connection.exec_driver_sql("select exists (select from motabot.figures_before)").scalar_one():
            raise NothingToUndo
        tables = {table: _restore_derived(connection, table) for table in _DERIVED}
        computed = shape.computed(connection)
        for table in ("customers", "staff"):
            sql = written(_SQL[table], computed[table])
            tables[table] = int(connection.exec_driver_sql(sql).scalar_one())
        connection.exec_driver_sql("delete from motabot.figures_before")
        connection.exec_driver_sql("delete from motabot.refresh_state")
        schedule.switch(connection, on=False, by=actor)
        audit.record(connection, actor=actor, action="undo refresh", arguments={}, before={}, after=tables)
        return RestoreReport(dry_run, tables)

    return exclusively(engine, work, keep=not dry_run)


def _restore_derived(connection: Connection, table: str) -> int:
    key = ", ".join(f"t.{column}" for column in _DERIVED[table])
    removed = connection.exec_driver_sql(_SQL["derived"].format(table=table, key=key)).scalar_one()
    names = [sql.Identifier(name) for name in connection.execute(_COLUMNS, {"table": f"public.{table}"}).scalars()]
    columns = sql.SQL(", ").join(names).as_string(None)
    values = sql.SQL(", ").join(sql.SQL("r.{}").format(name) for name in names).as_string(None)
    statement = _SQL["derived_rows"].format(table=table, columns=columns, values=values)
    added = connection.exec_driver_sql(statement.replace("%", "%%")).scalar_one()
    return max(int(removed), int(added))
