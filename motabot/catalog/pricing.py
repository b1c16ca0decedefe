"""What a basket costs: deals, points and tax as the shop's file states them, in exact cents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motabot.catalog.matching import is_of_kind
from motabot.shop import Shop
from motabot.shop.policies import Deal
from motabot.text.normalize import normal

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class PricedItem:
    """A quantity of one product. `price` is for one, in dollars."""

    name: str
    price: Decimal
    quantity: int
    category: str | None
    brand: str | None

    @property
    def amount(self) -> Decimal:
        """Before any discount."""
        return self.price * self.quantity


@dataclass(frozen=True)
class BasketLine:
    """An item with the deal that takes most off it."""

    item: PricedItem
    saved: Decimal
    deal: str | None


@dataclass(frozen=True)
class Basket:
    """What has to be paid, in dollars.

    Attributes:
        lines: One for each item.
        subtotal: The sum of the shelf prices.
        saved: What deals take off.
        reward: What points take off.
        points: How many points that uses.
        before_tax: The rest, as shelf prices count it.
        tax: What is added at the counter; None if the shop does not state one rate.
        total: With tax; None if the tax is not known.
    """

    lines: tuple[BasketLine, ...]
    subtotal: Decimal
    saved: Decimal
    reward: Decimal
    points: Decimal
    before_tax: Decimal
    tax: Decimal | None
    total: Decimal | None


def price_basket(
    items: Sequence[PricedItem],
    shop: Shop,
    day: dt.date,
    *,
    buyer: Iterable[str] = (),
    points: Decimal = Decimal(0),
) -> Basket:
    """Price a basket. Deals do not add up: each item gets the one that takes most off.

    Args:
        items: What is bought.
        shop: Its deals, loyalty rule and tax.
        day: The day of the purchase, in the shop's zone.
        buyer: Groups that the buyer belongs to, such as "veterans".
        points: How many loyalty points may be used. Whole rewards only.
    """
    groups = {normal(group).removesuffix("s") for group in buyer}
    deals = [deal for deal in shop.deals if deal.holds_on(day) and _is_for(deal, groups)]
    lines = tuple(_best(item, deals) for item in items)
    subtotal = sum((item.amount for item in items), Decimal(0))
    saved = sum((line.saved for line in lines), Decimal(0))
    reward, used = _reward(shop, points, subtotal - saved)
    before_tax = subtotal - saved - reward
    tax = _tax(shop, before_tax)
    total = None if tax is None else before_tax + tax
    return Basket(lines, subtotal, saved, reward, used, before_tax, tax, total)


def _is_for(deal: Deal, groups: set[str]) -> bool:
    return not deal.for_whom or any(normal(who).removesuffix("s") in groups for who in deal.for_whom)


def _best(item: PricedItem, deals: Sequence[Deal]) -> BasketLine:
    best, name = Decimal(0), None
    for deal in deals:
        off = _takes_off(deal, item)
        if off > best:
            best, name = off, deal.en
    return BasketLine(item, best, name)


def _takes_off(deal: Deal, item: PricedItem) -> Decimal:
    if deal.categories and not any(is_of_kind(kind, item.category) for kind in deal.categories):
        return Decimal(0)
    if deal.brands and normal(item.brand or "") not in {normal(brand) for brand in deal.brands}:
        return Decimal(0)
    if deal.percent is not None:
        return (item.amount * deal.percent / 100).quantize(_CENT, ROUND_HALF_UP)
    return min(deal.dollars * item.quantity, item.amount) if deal.dollars is not None else Decimal(0)


def _reward(shop: Shop, points: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """Whole rewards that the points buy, up to what has to be paid, and the points used."""
    rule = shop.loyalty
    if rule is None or not rule.reward_points or not rule.reward_dollars or points <= 0:
        return Decimal(0), Decimal(0)
    rewards = min(points // rule.reward_points, most // rule.reward_dollars)
    return rewards * rule.reward_dollars, rewards * rule.reward_points


def _tax(shop: Shop, amount: Decimal) -> Decimal | None:
    if shop.tax is None:
        return None
    if shop.tax.included:
        return Decimal(0)
    if shop.tax.percent is None:
        return None
    return (amount * shop.tax.percent / 100).quantize(_CENT, ROUND_HALF_UP)
