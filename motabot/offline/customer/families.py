"""Products that differ in nothing but the size of the package: a list names one of each, with the other sizes."""

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
        cheapest: Whether a family stands for its cheapest product; otherwise for the one that was found first.

    Returns:
        The products, each with `sizes`: the others of its family with their prices, the smallest first.
    """
    families: dict[tuple[str, str, str], list[Product]] = defaultdict(list)
    for product in products:
        name = normal(without_measures(str(product.get("name"))))
        families[name, str(product.get("brand")), str(product.get("category"))].append(product)
    chosen = [(_chosen(family, cheapest=cheapest), family) for family in families.values()]
    return [{**one, "sizes": _sizes([each for each in family if each is not one])} for one, family in chosen]


def _chosen(family: Sequence[Product], *, cheapest: bool) -> Product:
    priced = [product for product in family if product.get("price") is not None]
    return min(priced, key=_price) if priced and cheapest else family[0]


def _price(product: Product) -> Decimal:
    return Decimal(str(product["price"]))


def _sizes(family: Sequence[Product]) -> list[JsonObject]:
    sized = [(size.amount, str(size), each["price"]) for each in family if (size := find_size(str(each["name"])))]
    if len(sized) < len(family):
        return []
    return [{"size": size, "price": price} for _, size, price in sorted(sized, key=lambda one: one[0])]
