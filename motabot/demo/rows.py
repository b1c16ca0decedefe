"""Rows of a batch of demo customers on their way to COPY, and the ids given so far."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Rows:
    """Rows of a batch by table, as the lines that COPY reads."""

    products: list[str] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    transactions: list[str] = field(default_factory=list)
    transaction_items: list[str] = field(default_factory=list)
    customer_visit_patterns: list[str] = field(default_factory=list)
    customer_product_affinity: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)


@dataclass
class Ids:
    """The last ids used."""

    transactions: int = 0
    items: int = 0
    messages: int = 0
    leads: int = 0
