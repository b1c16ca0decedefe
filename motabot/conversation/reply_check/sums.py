"""Sums over products that a text names, for every product that a short name can mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from itertools import product as every_choice

from motabot.conversation.reply_check.mentions import Mention

_MOST_CHOICES = 200
_MOST_GROUPS = 40
_CENT = Decimal("0.01")


def sums_of(groups: Iterable[Sequence[Mention]]) -> Iterator[Decimal]:
    """Sums of groups of products, for every product that a short name can mean."""
    for group in islice(groups, _MOST_GROUPS):
        options = [
            [one.price * (mention.quantity or 1) for one in mention.candidates if one.price is not None]
            for mention in each_once(group)
        ]
        if len(options) > 1 and all(options):
            yield from (sum(chosen, Decimal()) for chosen in islice(every_choice(*options), _MOST_CHOICES))


def orders_of(baskets: Iterable[Sequence[Mention]], percents: Iterable[Decimal]) -> Iterator[Decimal]:
    """What a customer's own order comes to, in full and with a deal on one of its products."""
    rates = list(percents)
    for basket in baskets:
        for total in sums_of([basket]):
            yield total
            for mention in basket:
                prices = [
                    one.price * (mention.quantity or 1) for one in mention.candidates if one.price is not None
                ]
                yield from (total - (price * rate / 100).quantize(_CENT) for price in prices for rate in rates)


def each_once(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without those that mean what an earlier one means; a quantity is kept."""
    kept: list[Mention] = []
    for mention in mentions:
        same = next((one for one in kept if set(one.candidates) & set(mention.candidates)), None)
        if same is None:
            kept.append(mention)
    return kept
