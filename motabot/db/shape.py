"""Whether the shop's tables have the columns that MotaBot works with, of the kinds that it can work with.

What a table has beside them does not matter, nor does the exact type: varchar, domains and float columns do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, Boolean, Column, Connection, Date, DateTime, Integer, Numeric

from motabot.boundary import DbRow
from motabot.db.ids import INTEGERS
from motabot.db.queries import load_sql
from motabot.db.tables import crm

_SQL = load_sql(__package__, "shape")
_KINDS: Final = {"N": "a number", "S": "text", "D": "a date or time", "B": "a boolean", "A": "an array of text"}
_RELATIONS: Final = {"v": "a view", "m": "a materialized view", "f": "a foreign table"}
#: Columns that nothing of ours reads or writes: a table may lack them.
_UNUSED: Final = frozenset(
    "leafly_strain_type leafly_description leafly_review_count image_url leafly_url leafly_data_updated".split()
)
#: Columns of a customer that lead to a person.
_PERSONAL: Final = ("name", "phone", "email", "zip_code")
#: Columns of text that may not be enums, because any words can come into them.
_FREE_TEXT: Final = frozenset(
    "member_id name phone email customer_id transaction_id product_id sku product_sku product_name staff_name"
    " phone_number content message_hash modem_index last_message".split()
)
#: Tables whose ids also tell older rows from newer ones; those of the others only tell rows apart.
_IDS_IN_ORDER: Final = frozenset({"messages"})


def relations(connection: Connection) -> set[str]:
    """Names of the nine that something stands under: a table, a view, or a foreign table."""
    return {row.table_name for row in _rows(connection)}


@dataclass(frozen=True)
class Found:
    """A column as the database has it: its type as a cast names it, and whether it must have a value."""

    type: str
    required: bool


def columns(connection: Connection) -> dict[str, dict[str, Found]]:
    """The columns of those of the nine that exist, by table and name, in their order."""
    found: dict[str, dict[str, Found]] = {}
    for row in _rows(connection):
        found.setdefault(row.table_name, {})[row.column_name] = Found(row.type, row.required)
    return found


def nobody(customer: Mapping[str, Found]) -> str:
    """The assignments that take the person out of a customer's row.

    A column that must have a value gets one that says nothing and that no other row has.
    """
    return ", ".join(
        f"{name} = "
        + (f"cast('erased ' || member_id as {customer[name].type})" if customer[name].required else "null")
        for name in _PERSONAL
    )


def column_type(connection: Connection, table: str, column: str) -> str:
    """The type of a column of one of the nine, as a cast names it."""
    return columns(connection)[table][column].type


def misfits(connection: Connection) -> list[str]:
    """What MotaBot cannot work with, each with its cure; empty when everything fits."""
    rows = _rows(connection)
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


def _rows(connection: Connection) -> Sequence[DbRow]:
    return connection.execute(_SQL, {"tables": [table.name for table in crm.sorted_tables]}).all()


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
        if table not in _IDS_IN_ORDER or found.type in INTEGERS:
            return None
        return f"{name} is of type {found.type}: MotaBot needs an integer, because newer rows must have larger ids"
    fits = found.category == wanted or (wanted == "S" and found.category == "E" and column.name not in _FREE_TEXT)
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
