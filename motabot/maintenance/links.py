"""What belongs to a customer: the tables that hold it, and how their rows refer to it.

Tables of the shop's own are found by their foreign keys; those of the nine are known even where a database
lacks the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from motabot.boundary import Cell
from motabot.db.queries import driver_sql

_SQL = driver_sql(__package__, "duplicate/references")

#: Computed from the others: a refresh makes and removes these rows.
DERIVED: Final = frozenset({"customer_visit_patterns", "customer_product_affinity"})

_KNOWN_LINKS: Final = {
    "transactions": ("customer_id", "customers", "member_id"),
    "transaction_items": ("transaction_id", "transactions", "transaction_id"),
    "customer_visit_patterns": ("customer_id", "customers", "member_id"),
    "customer_product_affinity": ("customer_id", "customers", "member_id"),
    "leads": ("customer_id", "customers", "member_id"),
    "messages": ("phone_number", "customers", "phone"),
}
_KNOWN_KEYS: Final = {
    "customers": (("member_id",), ("id",)),
    "transactions": (("transaction_id",), ("id",)),
    "transaction_items": (("id",),),
    "customer_visit_patterns": (("customer_id",),),
    "customer_product_affinity": (("customer_id", "product_sku"),),
    "leads": (("id",),),
    "messages": (("id",),),
}
#: Columns by which the shop's own tables may point at a customer, a transaction or a lead.
_TARGETS: Final = {
    "customers": {"member_id", "id"},
    "transactions": {"transaction_id", "id"},
    "leads": {"id"},
}


@dataclass(frozen=True)
class TableColumn:
    """A column.

    Attributes:
        makes_itself: It has a default or is an identity.
        numbers_rows: Its default gives each row another value, of a sequence or a UUID.
    """

    name: str
    type: str
    required: bool
    makes_itself: bool
    computed: bool
    numbers_rows: bool = False


@dataclass(frozen=True)
class Link:
    """A column whose value is a `target` column's in `table`: customers, transactions or leads."""

    column: str
    table: str
    target: str


@dataclass(frozen=True)
class LinkedTable:
    """A table with rows of a customer.

    Attributes:
        is_known: One of the nine.
        keys: Sets of columns whose values tell rows apart, the best first.
        problem: Why its rows cannot be copied; empty when they can.
    """

    schema: str
    name: str
    is_known: bool
    columns: tuple[TableColumn, ...]
    keys: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]
    problem: str

    @property
    def label(self) -> str:
        """Its name as reports have it: the nine, and others in public, by their plain name."""
        return self.name if self.schema == "public" else f"{self.schema}.{self.name}"

    def column(self, name: str) -> TableColumn:
        return next(column for column in self.columns if column.name == name)

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)


def linked_tables(connection: Connection) -> list[LinkedTable]:
    """Every table that holds something of a customer, parents before children; `customers` comes first."""
    return [_table(row) for row in connection.exec_driver_sql(_SQL).mappings()]


def _table(row: Cell) -> LinkedTable:
    name: str = row["name"]
    links = [
        Link(key["columns"][0], key["table"], key["targets"][0])
        for key in row["links"]
        if len(key["columns"]) == 1
    ]
    keys = [tuple(columns) for columns in row["keys"] if columns]
    if row["is_known"]:
        if name in _KNOWN_LINKS and Link(*_KNOWN_LINKS[name]) not in links:
            links.append(Link(*_KNOWN_LINKS[name]))
        keys = [*_KNOWN_KEYS[name], *(key for key in keys if key not in _KNOWN_KEYS[name])]
    problem = ""
    if not row["is_known"]:
        if len(links) < len(row["links"]) or any(link.target not in _TARGETS[link.table] for link in links):
            problem = "its foreign key is not by a single member id, transaction id or id"
        elif not keys:
            problem = "it has no key by which a copy could be told apart"
        elif not row["is_allowed"]:
            problem = "this login may not read, add and delete its rows"
    return LinkedTable(
        schema=row["schema"],
        name=name,
        is_known=row["is_known"],
        columns=tuple(TableColumn(**column) for column in row["columns"]),
        keys=tuple(keys),
        links=tuple(dict.fromkeys(links)),
        problem=problem,
    )
