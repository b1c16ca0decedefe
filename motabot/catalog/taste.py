"""What a customer likes, learned from what they bought."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from motabot.agent.tools import CustomerTools
from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.habit import purchases_a_visit
from motabot.db.queries import read_sql
from motabot.text.normalize import normal

_SQL = read_sql(__package__, "bought")

Row = JsonMapping
Shares = Mapping[str, float]

#: How many purchases of the customer's own weigh as much as what everybody buys.
_PRIOR = 4
_SINGLE: Final = ("category", "brand", "strain", "flower_type")
_LISTED: Final = ("effects", "flavors", "terpenes", "negatives")


@dataclass(frozen=True)
class Taste:
    """Shares of what a customer can be expected to buy, between 0 and 1.

    Attributes:
        shares: For each column of a product, the share that has each value.
        relatives: The same for strains: the one bought, and those of its lineage.
        prices: For each category, the mean of the logarithm of what was paid for one.
        habits: For each product bought, by sku, how many purchases of it the next visit can be expected to bring.
        demand: Each category's share of what everybody buys.
        purchases: How many there were; 0 for an unknown customer.
    """

    shares: Mapping[str, Shares] = field(default_factory=dict)
    relatives: Shares = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)
    habits: Mapping[str, float] = field(default_factory=dict)
    demand: Shares = field(default_factory=dict)
    purchases: int = 0

    @classmethod
    def of(cls, bought: Iterable[Row], today: date, demand: Shares = MappingProxyType({})) -> Taste:
        """Learn from rows as `sql/bought.sql` gives them.

        Args:
            bought: One row a product, with how often and when last it was bought and at what price.
            today: The shop's day.
            demand: Each category's share of what everybody buys.
        """
        weight, purchases = 0.0, 0
        shares: dict[str, dict[str, float]] = {column: defaultdict(float) for column in (*_SINGLE, *_LISTED)}
        relatives: dict[str, float] = defaultdict(float)
        paid: dict[str, list[tuple[float, float]]] = defaultdict(list)
        habits: dict[str, float] = {}
        for row in bought:
            own = purchases_a_visit(row, today)
            habits[row.get("product_sku") or ""] = own
            purchases += row.get("purchase_count") or 1
            weight += own
            for column in _SINGLE:
                if row[column]:
                    shares[column][row[column]] += own
            for column in _LISTED:
                for value in set(row[column] or ()):
                    shares[column][value] += own
            for name in relatives_of(row):
                relatives[name] += own
            price = row.get("avg_price_paid") or row["retail_price"]
            if price and price > 0 and row["category"]:
                paid[row["category"]].append((math.log(price), own))
        if not weight:
            return cls(demand=demand)
        return cls(
            {column: _divided(values, weight) for column, values in shares.items()},
            _divided(relatives, weight),
            {category: _mean(values) for category, values in paid.items()},
            habits,
            demand,
            purchases,
        )

    def share(self, column: str, value: str | None) -> float:
        """The share of purchases with one value."""
        return self.shares.get(column, {}).get(value, 0.0) if value else 0.0

    def expects(self, category: str | None) -> float:
        """How likely the next product is of a category: its share, and the less is known, everybody's demand."""
        if not self.demand:
            return self.share("category", category)
        prior = _PRIOR * self.demand.get(category or "", 0.0)
        return (self.purchases * self.share("category", category) + prior) / (self.purchases + _PRIOR)

    def top(self, column: str, count: int) -> list[str]:
        """The commonest values of a column, the same order for the same facts."""
        values = self.shares.get(column, {})
        return sorted(values, key=lambda value: (-values[value], value))[:count]


def list_bought(ctx: CustomerTools) -> list[JsonObject]:
    """The products that the customer bought, most often bought first; empty for an unknown or shared number."""
    return ctx.rows(_SQL)


def relatives_of(row: Row) -> frozenset[str]:
    """A product's strain, its parents and whatever its lineage names, in normal form."""
    return _relatives(row["strain"] or "", tuple(row["parent_strains"] or ()), row["lineage"] or "")


@lru_cache(maxsize=4_096)
def _relatives(strain: str, parents: tuple[str, ...], lineage: str) -> frozenset[str]:
    named = [strain, *parents, *re.split(r"\s+[x×X]\s+|[,/;()]", lineage)]
    return frozenset(plain for name in named if (plain := normal(name)))


def _divided(values: Mapping[str, float], weight: float) -> dict[str, float]:
    return {name: value / weight for name, value in values.items()}


def _mean(values: list[tuple[float, float]]) -> float:
    return sum(value * weight for value, weight in values) / sum(weight for _, weight in values)
