"""A result and the chart that it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from motabot.agent.tools import ChartWish
from motabot.staff.sandbox.run import Result, ResultColumn
from motabot.staff.tables import as_table

TODAY = date(2026, 11, 26)
MONTHS = ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]
STORES = ["Oakland", "San Jose", "Berkeley"]


@dataclass(frozen=True)
class Shape:
    """One result.

    Attributes:
        name: What it shows, in words.
        head: Columns as "name:type".
        rows: Its rows.
        chart: The chart that it asks for; None: none.
        sql: The query, where its order or its totals matter.
        words: The question.
        wish: What the model asked for.
    """

    name: str
    head: str
    rows: list[tuple[Any, ...]]
    chart: dict[str, Any] | None
    sql: str = ""
    words: str = ""
    wish: ChartWish = field(default_factory=ChartWish)

    @property
    def columns(self) -> list[ResultColumn]:
        return [ResultColumn(*each.split(":")) for each in self.head.split()]

    def table(self) -> dict[str, Any]:
        """The table as the console draws it."""
        result = Result(self.sql or "select", self.columns, self.rows, truncated=False, ms=3.0)
        return {**as_table(result, "", words=self.words, today=TODAY, wish=self.wish), "title": self.name}


def money(*figures: float) -> list[Decimal]:
    return [Decimal(str(each)) for each in figures]


def by_month(*figures: float) -> list[tuple[str, Decimal]]:
    return list(zip(MONTHS, money(*figures), strict=True))
