"""Whether the shop's tables have the columns that MotaBot works with, of the kinds that it can work with.

What a table has beside them does not matter, nor does the exact type: varchar, domains and float columns do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import ARRAY, Boolean, Column, Connection, Date, DateTime, Integer, Numeric, text

from motabot.db.tables import crm

_SQL = text((Path(__file__).parent / "sql" / "shape.sql").read_text(encoding="utf-8"))
_KINDS: Final = {"N": "a number", "S": "text", "D": "a date or time", "B": "a boolean", "A": "an array of text"}
_RELATIONS: Final = {"v": "a view", "m": "a materialized view", "f": "a foreign table"}
#: Columns that nothing of ours reads or writes: a table may lack them.
_UNUSED: Final = frozenset(
    "leafly_strain_type leafly_description leafly_review_count image_url leafly_url leafly_data_updated".split()
)
#: Columns that may be enums: they are only ever given one of the values that their documents name.
_MAY_BE_ENUMS: Final = frozenset({("messages", "status"), ("messages", "direction")})
#: Tables whose ids only tell rows apart; those of the others also tell older rows from newer ones.
_ANY_ID: Final = frozenset({"products", "staff"})
_INTEGERS: Final = frozenset({"smallint", "integer", "bigint"})


def relations(connection: Connection) -> set[str]:
    """Names of the nine that something stands under: a table, a view, or a foreign table."""
    return {
        row.table_name for row in connection.execute(_SQL, {"tables": [table.name for table in crm.sorted_tables]})
    }


def misfits(connection: Connection) -> list[str]:
    """What MotaBot cannot work with, each with its cure; empty when everything fits."""
    rows = connection.execute(_SQL, {"tables": [table.name for table in crm.sorted_tables]}).all()
    problems = []
    for table in crm.sorted_tables:
        found = {row.column_name: row for row in rows if row.table_name == table.name}
        if not found:
            continue
        kind = next(iter(found.values())).kind
        if kind in _RELATIONS:
            problems.append(
                f"public.{table.name} is {_RELATIONS[kind]}: MotaBot needs a table, and works in a database of its"
                " own into which yours is copied"
            )
            continue
        looked_at = (_misfit(table.name, column, found.get(column.name)) for column in table.columns)
        problems += [problem for problem in looked_at if problem]
    return problems


def _misfit(table: str, column: Column[Any], found: Any) -> str | None:
    wanted = _category(column)
    name = f"public.{table}.{column.name}"
    if found is None:
        if column.name in _UNUSED:
            return None
        kind = column.type.compile()
        return (
            f"{name} is missing: ask the table's owner to run:"
            f" alter table public.{table} add column {column.name} {kind.lower()}"
        )
    if column.name == "id":
        if table in _ANY_ID or found.type in _INTEGERS:
            return None
        return f"{name} is of type {found.type}: MotaBot needs an integer, because newer rows must have larger ids"
    fits = found.category == wanted or (found.category == "E" and (table, column.name) in _MAY_BE_ENUMS)
    return None if fits else f"{name} is of type {found.type}: MotaBot needs {_KINDS[wanted]} there"


def _category(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, ARRAY):
        return "A"
    if isinstance(kind, Boolean):
        return "B"
    if isinstance(kind, Integer | Numeric):
        return "N"
    return "D" if isinstance(kind, DateTime | Date) else "S"
