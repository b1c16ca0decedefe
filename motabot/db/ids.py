"""New ids for rows in the shop's tables, whether or not those tables make ids themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text

_FIND = text(
    """
    select pg_get_serial_sequence(:table, 'id') as sequence,
           (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
            join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
            where d.adrelid = to_regclass(:table) and a.attname = 'id') as expression,
           (select format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = to_regclass(:table) and attname = 'id') as type
    """
)
INTEGERS: Final = frozenset({"smallint", "integer", "bigint"})
#: Advisory lock of tables that have no default: ids are then the largest plus one, one writer at a time.
_LOCK = 7_106_220_012


@dataclass(frozen=True)
class NewId:
    """How one table gets its next id.

    Attributes:
        expression: SQL that yields it.
        needs_lock: `take_turn` must be called before, in the same transaction.
    """

    expression: str
    needs_lock: bool

    @classmethod
    def of(cls, connection: Connection, table: str) -> NewId:
        """Look the table up in the catalog."""
        found = connection.execute(_FIND, {"table": f"public.{table}"}).one()
        if found.sequence:
            return cls(f"nextval('{found.sequence}'::regclass)", needs_lock=False)
        if found.expression:
            return cls(found.expression, needs_lock=False)
        if found.type not in INTEGERS:
            return cls(f"gen_random_uuid()::{found.type}", needs_lock=False)
        return cls(f"(select coalesce(max(id), 0) + 1 from public.{table})", needs_lock=True)

    def take_turn(self, connection: Connection) -> None:
        """Wait until no other transaction is choosing an id, if the table needs that."""
        if self.needs_lock:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
