"""Small shops for tests: rows of the nine tables, and pictures of a whole database to compare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine

from motabot.db.tables import crm

NOW = datetime(2026, 3, 20, 19, 0, tzinfo=UTC)
TODAY = NOW.date()

Picture = dict[str, list[str]]


def insert(connection: Connection, table: str, *rows: dict[str, Any]) -> None:
    """Add rows to one of the nine tables; columns that are not given are NULL or made by the table."""
    for row in rows:
        connection.execute(crm.tables[f"public.{table}"].insert(), row)


def customer(member_id: str, **columns: Any) -> dict[str, Any]:
    return {"member_id": member_id, "name": f"Name of {member_id}", **columns}


def sale(
    transaction_id: str, member_id: str, days_ago: float, amount: str | None = "10", **columns: Any
) -> dict[str, Any]:
    """A transaction some days before `NOW`; a negative amount makes it a refund."""
    return {
        "transaction_id": transaction_id,
        "customer_id": member_id,
        "date": NOW - timedelta(days=days_ago),
        "total_amount": None if amount is None else Decimal(amount),
        **columns,
    }


def line(
    transaction_id: str, sku: str | None, price: str | None = "5", quantity: int | None = 1, **columns: Any
) -> dict[str, Any]:
    return {
        "transaction_id": transaction_id,
        "product_sku": sku,
        "total_price": None if price is None else Decimal(price),
        "quantity": quantity,
        **columns,
    }


def product(sku: str | None, **columns: Any) -> dict[str, Any]:
    return {"product_id": f"id of {sku}", "sku": sku, "name": f"Product {sku}", "category": "Flower", **columns}


def picture(engine: Engine, *, without: frozenset[str] = frozenset({"motabot.audit"})) -> Picture:
    """Every row of every table, as text and in order: two equal pictures are equal databases."""
    with engine.connect() as connection:
        names = connection.exec_driver_sql(
            "select format('%%I.%%I', schemaname, tablename) from pg_tables"
            " where schemaname in ('public', 'motabot') and tablename not like 'procrastinate%%' order by 1"
        ).scalars()
        return {
            name: list(connection.exec_driver_sql(f"select t::text from {name} t order by 1").scalars())
            for name in names
            if name not in without
        }


def small_shop(connection: Connection) -> None:
    """Three customers with some history, products, staff, and rows that a first refresh must correct."""
    insert(connection, "products", product("A"), product("B", brand="Hill"), product("C"))
    insert(connection, "customers", customer("M001"), customer("M002", date_joined=NOW.date()), customer("M003"))
    for number in range(1, 9):
        insert(
            connection,
            "transactions",
            sale(
                f"T{number}",
                f"M00{1 + number % 2}",
                3.0 * number,
                f"{10 + number}.25",
                staff_name=f"S{number % 3}",
            ),
        )
        insert(
            connection,
            "transaction_items",
            line(f"T{number}", "ABC"[number % 3]),
            line(f"T{number}", "A", "7.10", 2),
        )
    insert(
        connection, "transactions", sale("R1", "M001", 1, "-4.00"), sale("F1", "M002", -2, "99", staff_name="S1")
    )
    insert(connection, "customer_visit_patterns", {"customer_id": "M003", "total_visits": 7})
    insert(connection, "staff", {"staff_name": "Nobody", "total_sales": 5}, {"staff_name": None})
