"""A result as people get it: JSON with formats, the query, and a chart where one helps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from motabot.staff.charts import chart_of
from motabot.staff.formats import format_of
from motabot.staff.sandbox.run import Result


def as_table(result: Result, title: str, *, chart: bool = True) -> dict[str, Any]:
    """A result as JSON has it, with its columns' formats and the chart that its shape asks for."""
    rows = [[_jsonable(cell) for cell in row] for row in result.rows]
    columns = [{**asdict(column), "format": format_of(column)} for column in result.columns]
    return {
        "title": title,
        "columns": columns,
        "rows": rows,
        "truncated": result.truncated,
        "sql": result.sql,
        "ms": result.ms,
        "chart": chart_of(result.columns, result.rows) if chart else None,
    }


def _jsonable(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, bool | int | float | str) else str(cell)
