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
_LOOK_ALIKES = load_sql(__package__, "look_alikes")
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
    """Which of the nine names are in use: a table, a view, or a foreign table."""
    return {row.table_name for row in _rows(connection)}


@dataclass(frozen=True)
class StoredColumn:
    """A column as the database has it.

    Attributes:
        type: As a cast names it.
        base: The same; a domain's own type.
        required: Whether it must have a value.
        computed: Whether the table computes it from other columns, so that nobody can write it.
        category: The kind of its type, as `shape.sql` has it.
        has_default: Whether the table makes a value where none is given.
    """

    type: str
    base: str
    required: bool
    computed: bool
    category: str
    has_default: bool


def columns(connection: Connection) -> dict[str, dict[str, StoredColumn]]:
    """The columns of those of the nine that exist, by table and name, in their order."""
    found: dict[str, dict[str, StoredColumn]] = {}
    for row in _rows(connection):
        found.setdefault(row.table_name, {})[row.column_name] = StoredColumn(
            row.type, row.base, row.required, row.computed, row.category, row.default_value is not None
        )
    return found


def nobody(customer: Mapping[str, StoredColumn]) -> str:
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


def computed(connection: Connection) -> dict[str, frozenset[str]]:
    """The columns that each of the nine computes from others, which nobody can write."""
    return {
        table: frozenset(name for name, column in found.items() if column.computed)
        for table, found in columns(connection).items()
    }


def misfits(connection: Connection) -> list[str]:
    """What MotaBot cannot work with, each with its cure; empty when everything fits."""
    rows = _rows(connection)
    problems = _misplaced(connection)
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
        looked_at = (_misfit(table.name, column, found) for column in table.columns)
        problems += [problem for problem in looked_at if problem]
    return problems


def _rows(connection: Connection) -> Sequence[DbRow]:
    return connection.execute(_SQL, {"tables": [table.name for table in crm.sorted_tables]}).all()


def _misplaced(connection: Connection) -> list[str]:
    """Tables of the nine that are in another schema, or whose names are written with capitals."""
    names = {table.name: [_bare(column.name) for column in table.columns] for table in crm.sorted_tables}
    columns = sorted({column for each in names.values() for column in each})
    problems = []
    for row in connection.execute(_LOOK_ALIKES, {"tables": list(names), "columns": columns}):
        cure = f"rename to {row.table_name}" if row.is_here else "set schema public"
        problems.append(
            f"public.{row.table_name} is missing, and {row.found} looks like it: MotaBot reads the tables of the"
            f" schema public by their plain names. Ask the table's owner to run: alter table {row.found} {cure};"
            " if it is another table, to rename it"
        )
    return problems


def _bare(name: str) -> str:
    return name.lower().replace("_", "")


def _misfit(table: str, column: Column[Any], columns: Mapping[str, Any]) -> str | None:
    wanted, found = _category(column), columns.get(column.name)
    name = f"public.{table}.{column.name}"
    if found is None:
        if column.name in _UNUSED:
            return None
        alike = next((other for other in columns if other and _bare(other) == _bare(column.name)), None)
        if alike is not None:
            return (
                f'{name} is missing, and public.{table}."{alike}" looks like it: ask the table\'s owner to run:'
                f' alter table public.{table} rename column "{alike}" to {column.name}'
            )
        kind = column.type.compile()
        return (
            f"{name} is missing: ask the table's owner to run:"
            f" alter table public.{table} add column {column.name} {kind.lower()}"
        )
    if column.name == "id":
        if table not in _IDS_IN_ORDER or found.type in INTEGERS:
            return None
        return (
            f"{name} is of type {found.type}: MotaBot needs an integer, because newer rows must have larger ids;"
            " ask the table's owner to rename the column and to add: id bigint generated by default as identity"
        )
    if (table, column.name) == ("customers", "phone") and found.category == "N":
        return None  # digits, which are read as a number of the shop's region
    if wanted == "A" and (found.type in {"json", "jsonb"} or found.category == "S"):
        return None  # a list in JSON, or words with commas between them: `motabot.words` reads them
    fits = found.category == wanted or (wanted == "S" and found.category == "E" and column.name not in _FREE_TEXT)
    if fits:
        return None
    return (
        f"{name} is of type {found.type}: MotaBot needs {_KINDS[wanted]} there; ask the table's owner to run:"
        f" alter table public.{table} {_change_of_type(column.name, found, wanted)}"
    )


def _change_of_type(name: str, found: DbRow, wanted: str) -> str:
    """What makes a column one of the wanted kind, its default value with it."""
    cast = {"N": "numeric", "S": "text", "D": "timestamptz", "B": "boolean", "A": "text[]"}[wanted]

    def converted(value: str) -> str:
        return f"{value}::numeric <> 0" if (wanted, found.category) == ("B", "N") else f"{value}::{cast}"

    quoted = f'"{name}"'
    change = f"alter column {quoted} type {cast} using {converted(quoted)}"
    if found.default_value is None:
        return change
    again = f"alter column {quoted} set default {converted(f'({found.default_value})')}"
    return f"alter column {quoted} drop default, {change}, {again}"


def _category(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, ARRAY):
        return "A"
    if isinstance(kind, Boolean):
        return "B"
    if isinstance(kind, Integer | Numeric):
        return "N"
    return "D" if isinstance(kind, DateTime | Date) else "S"
