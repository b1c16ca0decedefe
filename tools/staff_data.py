"""What staff's model reads with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from motabot.agent.tools import ChartWish, StaffTools, ToolFailed, tool
from motabot.db import reporting
from motabot.staff.people import OPEN_COLUMNS, OPEN_LISTS
from motabot.staff.sandbox.surface import READABLE

#: How many of a table's newest rows give sample values, and how many values of each column.
_NEWEST, _SAMPLES = 1_000, 4


@tool(audience="staff", effect="read")
def describe_tables(ctx: StaffTools, table: str | None = None) -> dict[str, object]:
    """Describe a view or table: columns, sample values, size.

    Args:
        table: Null: list all.
    """
    names = sorted(frozenset().union(*READABLE.values()))
    if table is None:
        return {"tables": names, "today": ctx.today.isoformat()}
    if table not in names:
        raise ToolFailed(f"There is no table {table}. The tables are: {', '.join(names)}.")
    (size,) = ctx.look(f"select count(*) as rows from {table}")
    columns = ctx.run(f"select * from {table} limit 0", None, ChartWish("none"))["columns"]
    meanings, samples = reporting.comments(table), _samples(ctx, table, columns)
    described = {name: f"{meanings.get(name, '')}{samples.get(name, '')}" for name in columns}
    return {"table": table, "rows": size["rows"], "columns": described}


@tool(audience="staff", effect="read")
def run_query(
    ctx: StaffTools,
    query: str,
    title: str | None = None,
    chart: Literal["line", "bar", "none"] | None = None,
    x: str | None = None,
    measures: list[str] | None = None,
    series: str | None = None,
) -> dict[str, object]:
    """Run one SELECT; people see its rows, as a chart if asked.

    Aggregate, name columns as people would, sort as asked.

    Args:
        query: PostgreSQL.
        title: Of the table.
        chart: Its kind.
        x: Its axis.
        measures: Columns.
        series: Column.
    """
    return ctx.query(query, title or "", chart=ChartWish(chart, x, measures or (), series))


def _samples(ctx: StaffTools, table: str, columns: Sequence[str]) -> dict[str, str]:
    """The values met most often among a table's newest rows, by column; a person's have none."""
    lists = OPEN_LISTS.get(table, "").split()
    names = [name for name in [*OPEN_COLUMNS.get(table, "").split(), *lists] if name in columns]
    if not names:
        return {}
    newest = f"(select * from {table} order by 1 desc limit {_NEWEST}) t"
    values = [f"unnest(t.{name})" if name in lists else f"t.{name}" for name in names]
    each = [
        f"(select {place} as place, v.value, count(*) as met from (select left({value}, 60) as value"
        f" from {newest}) v where v.value is not null group by 2 order by 3 desc, 2 limit {_SAMPLES})"
        for place, value in enumerate(values)
    ]
    met: dict[str, list[str]] = defaultdict(list)
    for row in ctx.look(" union all ".join(each)):
        met[names[row["place"]]].append(repr(row["value"]))
    return {name: f" Such as {', '.join(found)}." for name, found in met.items()}
