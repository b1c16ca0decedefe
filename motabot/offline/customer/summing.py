"""What several things cost together, as a text asks for it beside other things."""

from __future__ import annotations

from collections.abc import Sequence

from motabot.customers.context import TurnContext
from motabot.offline.customer import follow_ups
from motabot.offline.customer.basket import ReadWish, may_be_basket, read_basket
from motabot.offline.customer.editing import PRODUCTS
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.subjects import subject_of
from motabot.offline.customer.topics import supported

#: Requests about what the customer bought: their sums are not prices.
_PAST = frozenset(("spent", "last_visit", "history"))
#: What a sum also says, or what is easily predicted for one.
_TOLD = frozenset((*PRODUCTS, "points", "loyalty", "usual", "order", "tax"))


def summed(
    text: str,
    requests: Sequence[Request],
    shown: Sequence[Product],
    context: TurnContext,
    old: Slots | None,
    wish_of: ReadWish,
) -> tuple[Request, ...]:
    """The request for a sum and what else a text asks for; none if it asks for no sum.

    Args:
        text: The text.
        requests: What it asks for by itself.
        shown: The products that the shop named last.
        context: The turn.
        old: What was wanted before.
        wish_of: Reads the wish in a part of the text.
    """
    plain = plain_words(text)
    if any(each.intent == "complaint" for each in requests):
        return ()
    if not may_be_basket(plain, context.last_shown) or _speaks_of_past(plain, requests):
        return ()
    basket = read_basket(text, shown, context.last_shown, old, wish_of)
    if shown and basket.is_unclear:
        return (Request("follow_up", plain),)
    if not basket.is_meant:
        return ()
    past = _PAST if basket.items else frozenset()
    told = {*_TOLD, *past} - ({"order"} if follow_ups.places_order(plain) else set())
    others = (each for each in requests if each.intent not in told or subject_of(each.query))
    return (basket.request(plain), *others)


def _speaks_of_past(plain: str, requests: Sequence[Request]) -> bool:
    """Whether a sum is that of a purchase, or the counted things should be held."""
    past = [each for each in requests if each.intent in _PAST and supported([each.intent], each.query)]
    if past and not follow_ups.supposes(plain):
        return True
    return any(each.intent == "order" for each in requests) and follow_ups.asks_to_hold(plain)
