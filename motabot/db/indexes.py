"""The indexes that our queries need on the shop's tables: which are missing, and how they are built."""

from __future__ import annotations

from collections.abc import Container

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, NotSupportedError

from motabot.db.refusals import explain, is_refused
from motabot.db.tables import INDEXES

#: The login's transactions are read-only.
_READ_ONLY = "25006"
_OURS = text("select exists (select from pg_index where indexrelid = to_regclass(:name) and indisvalid)")
_BY_COLUMNS = text(
    "select exists (select from pg_index i where i.indrelid = to_regclass(:table) and i.indisvalid"
    " and i.indpred is null and (select array_agg(a.attname::text order by k.n)"
    " from unnest(i.indkey::int2[]) with ordinality k (attnum, n)"
    " join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum"
    " where k.n <= :width) = cast(:columns as text[]))"
)

_OWNERS = text(
    "select distinct format('grant usage on schema motabot to %I', pg_get_userbyid(c.relowner)) from pg_class c"
    " where c.relnamespace = 'public'::regnamespace and c.relname = any(:tables)"
    " and not pg_has_role(c.relowner, 'usage')"
    " and not coalesce(has_schema_privilege(c.relowner, to_regnamespace('motabot'), 'usage'), false)"
)


def missing(connection: Connection, present: Container[str], phones_are_read_anew: bool) -> list[str]:
    """Names of the indexes that must be built.

    Args:
        connection: A transaction.
        present: Tables that exist.
        phones_are_read_anew: The function of phone numbers changes, so that its indexes must be built again.
    """
    return [
        name
        for name, (table, definition) in INDEXES.items()
        if table not in present
        or not is_built(connection, name)
        or ("phone_key(" in definition and phones_are_read_anew)
    ]


def grants(connection: Connection) -> list[str]:
    """The rights that owners of the tables lack to build the indexes of phone numbers, if they must do it."""
    return list(
        connection.execute(_OWNERS, {"tables": [table for table, _definition in INDEXES.values()]}).scalars()
    )


def is_built(connection: Connection, name: str) -> bool:
    """Whether a valid index, ours or the shop's, starts with these columns; an expression's must be ours."""
    table, definition = INDEXES[name]
    if " where " in definition or "phone_key(" in definition:
        return bool(connection.execute(_OURS, {"name": f"public.{name}"}).scalar_one())
    columns = [column.strip() for column in definition.strip("()").split(",")]
    found = connection.execute(
        _BY_COLUMNS, {"table": f"public.{table}", "width": len(columns), "columns": columns}
    )
    return bool(found.scalar_one())


def statement(name: str, *, concurrently: bool = False) -> str:
    """The statement that builds an index."""
    table, definition = INDEXES[name]
    return f"create index {'concurrently ' if concurrently else ''}{name} on public.{table} {definition}"


def build_beside_traffic(engine: Engine, name: str) -> list[str]:
    """Index an existing table without blocking its writers; if this login cannot, say so and continue."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            # one that a broken build left, or that another version's function made
            connection.exec_driver_sql(f"drop index if exists public.{name}")
            try:
                connection.exec_driver_sql(statement(name, concurrently=True))
            except NotSupportedError:  # a partitioned table
                connection.exec_driver_sql(statement(name))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _READ_ONLY and not is_refused(error):
                raise
            if is_built(connection, name):  # somebody else's, so that it could not be dropped
                return [f"index {name} is of an older version; ask its owner to run: reindex index public.{name}"]
            return [f"index {name} is missing ({explain(error)}); ask the table's owner to run: {statement(name)}"]
    return []
