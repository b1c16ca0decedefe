"""A small shop, copies of its customers, and every row that is a customer's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine

from motabot.maintenance.duplicate import DuplicateReport, duplicate
from motabot.maintenance.undo import undo
from motabot.settings import Settings
from tests.support.oracle import Row, read_table
from tests.support.shops import NOW

COPY_PHONE = "+14155550123"


def lead(phone: str, member: str | None, **columns: Any) -> Row:
    return {
        "phone_number": phone,
        "customer_id": member,
        "lead_status": "new",
        "conversation_stage": "greeting",
        **columns,
    }


def text(phone: str, direction: str, status: str, **columns: Any) -> Row:
    message = {
        "phone_number": phone,
        "content": "words",
        "timestamp": NOW,
        "direction": direction,
        "status": status,
    }
    return {**message, "modem_index": "7", "message_hash": None, "retry_count": 0, **columns}


def copy_of(engine: Engine, source: str, settings: Settings, **arguments: Any) -> DuplicateReport:
    return duplicate(
        engine,
        source,
        **{"name": "Keanu Klare", "phone": COPY_PHONE, "settings": settings, "actor": "test", **arguments},
    )


def undone(engine: Engine, copy: str, settings: Settings, **arguments: Any) -> Any:
    return undo(engine, copy, settings=settings, actor="test", **arguments)


def rows_of(
    connection: Connection, member: str, phone: str, *, without: str = "id created_at updated_at"
) -> dict[str, Any]:
    """Everything of one customer, keys replaced by what they mean: equal for a source and its copy."""
    transactions = [row for row in read_table(connection, "transactions") if row["customer_id"] == member]
    order = sorted(row["transaction_id"] for row in transactions)
    names: dict[str | None, Any] = {
        **{row["transaction_id"]: order.index(row["transaction_id"]) for row in transactions},
        member: "<member>",
        phone: "<phone>",
    }
    hidden = set(without.split())

    def seen(rows: list[Row]) -> list[Row]:
        return [
            {
                column: names.get(value, value) if isinstance(value, str) else value
                for column, value in row.items()
                if column not in hidden
            }
            for row in rows
        ]

    def of(table: str, column: str, values: set[Any]) -> list[Row]:
        return seen([row for row in read_table(connection, table) if row[column] in values])

    return {
        "customers": of("customers", "member_id", {member}),
        "transactions": seen(transactions),
        "transaction_items": of("transaction_items", "transaction_id", set(order)),
        "customer_visit_patterns": of("customer_visit_patterns", "customer_id", {member}),
        "customer_product_affinity": sorted(of("customer_product_affinity", "customer_id", {member}), key=repr),
        "messages": of("messages", "phone_number", {phone}),
    }
