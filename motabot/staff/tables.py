"""A result as people see it: JSON with formats, the query, and a chart if one helps."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from motabot.agent.tools import ChartWish
from motabot.boundary import Cell, JsonObject
from motabot.staff.basis import basis_of
from motabot.staff.charts import chart_of
from motabot.staff.formats import formats_of
from motabot.staff.sandbox.run import Result


def as_table(
    result: Result, title: str, *, words: str = "", today: date | None = None, wish: ChartWish | None = None
) -> JsonObject:
    """A result as JSON: with formats, the basis of its figures, and a chart if it fits one.

    Args:
        result: The result.
        title: The table's title.
        words: The question, which may name the measure to draw.
        today: The shop's day, which marks a period that is not over.
        wish: The chart that the model asked for.
    """
    rows = [[_jsonable(cell) for cell in row] for row in result.rows]
    kinds = formats_of(result.columns)
    columns = [{**asdict(column), "format": kind} for column, kind in zip(result.columns, kinds, strict=True)]
    return {
        "title": title,
        "columns": columns,
        "rows": rows,
        "truncated": result.truncated,
        "sql": result.sql,
        "basis": basis_of(result.sql, today) if today is not None else "",
        "ms": result.ms,
        "chart": chart_of(
            result.columns, result.rows, sql=result.sql, words=f"{title} {words}", today=today, wish=wish
        ),
    }


def _jsonable(cell: Cell) -> Cell:
    return cell if cell is None or isinstance(cell, bool | int | float | str) else str(cell)
