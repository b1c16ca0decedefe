"""Products that differ only in package size: a list names one of each, with the other sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from motabot.boundary import JsonObject
from motabot.catalog.sizes import find_size, without_measures
from motabot.offline.customer.results import Product
from motabot.text.normalize import normal


def one_of_each(products: Sequence[Product], *, cheapest: bool = True) -> list[JsonObject]:
    """One of the products of each family, in the order in which the families appear.

    Args:
        products: As a search found them.
        cheapest: Whether its cheapest product stands for a family; otherwise the one that was found first.

    Returns:
        The products, each with `sizes`: the others of its family with their prices, the smallest first.
    """
    families: dict[tuple[str, str, str], list[Product]] = defaultdict(list)
    for product in products:
        families[family_of(product)].append(product)
    chosen = [(_chosen(family, cheapest=cheapest), family) for family in families.values()]
    return [{**one, "sizes": _sizes([each for each in family if each is not one])} for one, family in chosen]


def family_of(product: Product) -> tuple[str, str, str]:
    """What a product shares with those that differ from it in size alone: name, brand and category."""
    name = normal(without_measures(str(product.get("name"))))
    return name, str(product.get("brand")), str(product.get("category"))


def all_sizes(product: Product) -> list[JsonObject]:
    """The sizes of a product that stands for a family, including its own; none if it is the only one."""
    others = product.get("sizes") or []
    return _in_order([product, *others]) if others else []


def _chosen(family: Sequence[Product], *, cheapest: bool) -> Product:
    priced = [product for product in family if product.get("price") is not None]
    return min(priced, key=_price) if priced and cheapest else family[0]


def _price(product: Product) -> Decimal:
    return Decimal(str(product["price"]))


def _sizes(family: Sequence[Product]) -> list[JsonObject]:
    return [] if any(find_size(str(each["name"])) is None for each in family) else _in_order(family)


def _in_order(products: Sequence[Product]) -> list[JsonObject]:
    """The sizes of products, or those in their `sizes`, with their prices, the smallest first."""
    sized = [(find_size(str(each.get("name") or each.get("size"))), each["price"]) for each in products]
    known = [(size, price) for size, price in sized if size is not None]
    return [{"size": str(size), "price": price} for size, price in sorted(known, key=lambda one: one[0].amount)]
