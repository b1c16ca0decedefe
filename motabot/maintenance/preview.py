"""What a refresh would change, so that a person can judge it: columns with row counts, and examples."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from motabot.boundary import Cell

MOST_EXAMPLES: Final = 10


@dataclass(frozen=True)
class ColumnChange:
    """How many existing rows get another value in a column."""

    table: str
    column: str
    rows: int


@dataclass(frozen=True)
class Example:
    """One existing row that would change: its key, and old and new value by column."""

    table: str
    key: str
    changes: dict[str, tuple[Cell, Cell]]


@dataclass(frozen=True)
class _Changed:
    """A table of changes that a refresh has computed: the shop's table, its key, its derived columns."""

    changes: str
    table: str
    key: str
    columns: tuple[str, ...]
    is_wanted: str = "true"


_CHANGED: Final = (
    _Changed(
        "customer_change",
        "customers",
        "o.member_id",
        tuple(
            "total_visits total_sales total_refunds gross_sales gross_refunds avg_sale_value lifetime_value"
            " date_joined last_visited days_since_last_visit vip_status churn_risk".split()
        ),
    ),
    _Changed(
        "pattern_change",
        "customer_visit_patterns",
        "o.customer_id",
        tuple(
            "avg_days_between_visits visit_consistency_score predicted_next_visit last_visit_deviation_days"
            " longest_gap_days shortest_gap_days total_visits".split()
        ),
        "c.wanted",
    ),
    _Changed(
        "affinity_change",
        "customer_product_affinity",
        "concat_ws(' ', o.customer_id, o.product_sku)",
        tuple(
            "product_name category brand purchase_count total_spent last_purchased avg_price_paid"
            " repurchase_rate".split()
        ),
        "c.wanted",
    ),
    _Changed(
        "staff_change",
        "staff",
        "coalesce(o.staff_name, '(no name)')",
        ("shop_location", "total_transactions", "total_sales", "avg_transaction_value"),
    ),
)


def describe(
    connection: Connection, left_out: Mapping[str, Collection[str]]
) -> tuple[tuple[ColumnChange, ...], tuple[Example, ...]]:
    """Read the changes that a refresh of everybody has computed in this transaction.

    Args:
        connection: The refresh's transaction.
        left_out: By table, the columns that it does not write.
    """
    columns: list[ColumnChange] = []
    examples: list[Example] = []
    for every in _CHANGED:
        kept = tuple(column for column in every.columns if column not in left_out[every.table])
        changed = replace(every, columns=kept)
        columns += _count(connection, changed)
        if len(examples) < MOST_EXAMPLES:
            examples += _examples(connection, changed, MOST_EXAMPLES - len(examples))
    return tuple(columns), tuple(examples)


def _count(connection: Connection, changed: _Changed) -> list[ColumnChange]:
    counts = ", ".join(
        f"count(*) filter (where o.{column} is distinct from c.{column}) as {column}" for column in changed.columns
    )
    row = connection.exec_driver_sql(f"select {counts} {_source(changed)}").one()
    return [
        ColumnChange(changed.table, column, rows)
        for column, rows in zip(changed.columns, row, strict=True)
        if rows
    ]


def _examples(connection: Connection, changed: _Changed, most: int) -> list[Example]:
    pairs = ", ".join(f"o.{column}::text, c.{column}::text" for column in changed.columns)
    rows = connection.exec_driver_sql(
        f"select ({changed.key})::text as key, {pairs} {_source(changed)} order by 1 limit {most}"
    )
    found = []
    for key, *values in rows:
        old_new = zip(values[::2], values[1::2], strict=True)
        changes = {
            column: pair for column, pair in zip(changed.columns, old_new, strict=True) if pair[0] != pair[1]
        }
        found.append(Example(changed.table, key, changes))
    return found


def _source(changed: _Changed) -> str:
    place = "o.tableoid = c.home and o.ctid = c.place"
    return f"from {changed.changes} c join public.{changed.table} o on {place} where {changed.is_wanted}"
