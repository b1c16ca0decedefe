"""What staff's model reads with."""

from __future__ import annotations

from motabot.db.tables import crm
from motabot.tooling import StaffContext, ToolFailed, tool


@tool(audience="staff", effect="read")
def describe_tables(ctx: StaffContext, table: str | None = None) -> dict[str, object]:
    """Describe the shop's tables: columns with types and meanings, and how the tables relate.

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
    size = ctx.query(f"select count(*) as rows from {table}")["rows"][0][0]
    columns = {column.name: f"{column.type}: {column.comment}" for column in tables[table].columns}
    return {"table": table, "rows": size, "columns": columns, "relations": _relations()}


@tool(audience="staff", effect="read")
def run_query(ctx: StaffContext, query: str) -> dict[str, object]:
    """Run one PostgreSQL SELECT over the shop's nine tables and get its rows. It can only read.

    Aggregate where you can, and name columns so that people understand them. People see the rows as a table, with
    the query; you see names, phones, e-mails, member ids and texts as handles like [h1], which may stand in a
    query in quotes: '[h1]'. Days are of the shop's zone: date at time zone 'America/Los_Angeles'.

    Args:
        query: The SELECT.
    """
    return ctx.query(query)


def _relations() -> list[str]:
    written = [
        f"{table.name}.{key.parent.name} -> {key.column.table.name}.{key.column.name}"
        for table in crm.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    ]
    return [*written, "customers.phone = messages.phone_number, leads.phone_number"]
