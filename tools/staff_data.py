"""What staff's model reads with."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ARRAY, Table

from motabot.agent.tools import StaffTools, ToolFailed, tool
from motabot.db.tables import crm
from motabot.staff.redaction import OPEN_COLUMNS, OPEN_LISTS

#: Sample values come from so many of a table's newest rows, so many of each column.
_NEWEST, _SAMPLES = 1_000, 4


@tool(audience="staff", effect="read")
def describe_tables(ctx: StaffTools, table: str | None = None) -> dict[str, object]:
    """Describe the shop's tables: columns with types, meanings and sample values, sizes, and how they relate.

    Args:
        table: One table's name; null for all of them, with the columns' names alone.
    """
    tables = {found.name: found for found in crm.sorted_tables}
    if table is None:
        names = {name: [column.name for column in found.columns] for name, found in tables.items()}
        return {
            "tables": names,
            "relations": _relations(),
            "today": ctx.now.astimezone(ctx.zone).date().isoformat(),
        }
    if table not in tables:
        raise ToolFailed(f"There is no table {table}. The tables are: {', '.join(tables)}.")
    (size,) = ctx.look(f"select count(*) as rows from {table}")
    samples = _samples(ctx, tables[table])
    columns = {
        column.name: f"{column.type}: {column.comment}{samples.get(column.name, '')}"
        for column in tables[table].columns
    }
    return {"table": table, "rows": size["rows"], "columns": columns, "relations": _relations()}


@tool(audience="staff", effect="read")
def run_query(ctx: StaffTools, query: str, title: str | None = None) -> dict[str, object]:
    """Run one PostgreSQL SELECT over the shop's nine tables and get its rows. It can only read.

    Aggregate where you can, and name columns so that people understand them. People see the rows as a table, with
    the query; you see names, phones, e-mails, member ids and texts as handles like [h1], which may stand in a
    query in quotes: '[h1]'. Moments and days are of the shop's own zone already.

    Args:
        query: The SELECT.
        title: What the table is called for people; null for no title.
    """
    return ctx.query(query, title or "")


def _samples(ctx: StaffTools, table: Table) -> dict[str, str]:
    """The values met most often among a table's newest rows, by column; a person's have none."""
    newest = f"(select * from {table.name} order by 1 desc limit {_NEWEST}) t"
    names = [*OPEN_COLUMNS.get(table.name, "").split(), *OPEN_LISTS.get(table.name, "").split()]
    if not names:
        return {}
    values = [
        f"unnest(t.{name})" if isinstance(table.columns[name].type, ARRAY) else f"t.{name}" for name in names
    ]
    each = [
        f"(select {place} as place, v.value, count(*) as met from (select left({value}, 60) as value"
        f" from {newest}) v where v.value is not null group by 2 order by 3 desc, 2 limit {_SAMPLES})"
        for place, value in enumerate(values)
    ]
    met: dict[str, list[str]] = defaultdict(list)
    for row in ctx.look(" union all ".join(each)):
        met[names[row["place"]]].append(repr(row["value"]))
    return {name: f" Such as {', '.join(found)}." for name, found in met.items()}


def _relations() -> list[str]:
    written = [
        f"{table.name}.{key.parent.name} -> {key.column.table.name}.{key.column.name}"
        for table in crm.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    ]
    return [*written, "customers.phone = messages.phone_number, leads.phone_number"]
