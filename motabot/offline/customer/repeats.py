"""Which parts of a reply would say again what another part says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motabot.offline.customer.goods import Goods
from motabot.offline.customer.lookups import GOODS, LISTS
from motabot.offline.customer.requests import Request

Told = tuple[Request, Goods]


def without_repeats(found: Sequence[Told]) -> list[Told]:
    """The requests that a reply answers, each with what it tells, so that no product is told of twice.

    A search that finds only what another request tells of is left out. One that finds only something close to what
    it wants, which another one tells of, says after that one what there is not: "how much is the cart, do you have
    it in a half gram".

    Args:
        found: The requests in the reply's order, each with what was found.
    """
    kept: list[Told] = []
    lacking: list[Told] = []
    for told in found:
        request, goods = told
        others = [each for each in found if each is not told and each[0].intent in GOODS]
        is_list = request.intent in LISTS and goods.products and not goods.note["unknown"]
        if is_list and goods.note["unmet"] and any(_is_met(each) and _tells(each, goods) for each in others):
            lacking.append((request, replace(goods, products=())))
        elif (
            is_list and not request.slots.narrows_much and any(_tells(each, goods) for each in _firm(others, kept))
        ):
            continue
        else:
            kept.append(told)
    return [*kept, *lacking]


def _firm(others: Sequence[Told], kept: Sequence[Told]) -> list[Told]:
    """Those that surely stay: what was kept before, and descriptions."""
    return [each for each in others if each[0].intent not in LISTS or any(each is one for one in kept)]


def _is_met(told: Told) -> bool:
    return not told[1].note["unmet"]


def _tells(told: Told, goods: Goods) -> bool:
    """Whether a request tells of all products of another one."""
    skus = {product.get("sku") for product in told[1].products}
    return {product.get("sku") for product in goods.products} <= skus
