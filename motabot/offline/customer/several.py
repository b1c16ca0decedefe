"""What a text asks of several things that were told of: how they compare, or which of them its writer bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motabot.catalog.sizes import find_size, without_measures
from motabot.offline.customer import follow_ups, referents
from motabot.offline.customer.basket import may_be_basket
from motabot.offline.customer.comparing import asks_for_difference, figures_compared
from motabot.offline.customer.moves import Move, asks_which
from motabot.offline.customer.requests import BasketItem, Request
from motabot.offline.customer.results import SHOWN, WHOLE, Product
from motabot.offline.customer.sized import in_size
from motabot.offline.customer.slots import Slots
from motabot.text.normalize import normal

_SEVERAL = 2
#: What is predicted for a question about one's own purchases.
_OF_PAST = frozenset(("usual", "history", "spent"))


def compared(plain: str, told: Sequence[Product], move: Move, *, is_apart: bool) -> tuple[Request, ...]:
    """The figures of several things that a text compares, so that the reply can say which is which.

    Args:
        plain: The text in normal form: "which one hits harder", "whats the difference in price".
        told: The things.
        move: What the text asks of them.
        is_apart: Whether they were told of in several replies, or the text points at each of them.
    """
    asks, differs = move.facts | figures_compared(plain), asks_for_difference(plain)
    if not _SEVERAL <= len(told) <= WHOLE or not (asks or differs):
        return ()
    chooses = referents.compares(plain) or (asks_which(plain) and referents.counted(plain))
    if not (is_apart and chooses) and not (asks and differs):
        return ()
    return (Request("follow_up", plain, meant=tuple(told), asks=asks),)


def in_form(plain: str, told: Sequence[Product], wish: Slots) -> tuple[Request, ...]:
    """Several things in another form: "do you have either in a cart".

    Args:
        plain: The text in normal form.
        told: The things.
        wish: What the text wants, read as one wish.
    """
    names = tuple(dict.fromkeys(normal(str(each.get("strain") or "")) for each in told))
    is_other = wish.kind is not None and all(each.get("category") != wish.category for each in told)
    if len(names) < _SEVERAL or not all(names) or not is_other or referents.counted(plain) is None:
        return ()
    query = " ".join((*names, wish.query))
    return (Request("search", plain, replace(wish, query=query, names=names, knows_names=True, sort=None)),)


def unclear_which(plain: str, shown: Sequence[Product], move: Move) -> tuple[Request, ...]:
    """The question which are meant, if a text says "both" and not so many were told of."""
    number = referents.counted(plain) or 0
    is_asked = bool(number and shown) and bool(move.facts or may_be_basket(plain, ()))
    is_asked = is_asked and (len(shown) > number or (len(shown) < number and "price" in move.facts))
    return (Request("follow_up", plain),) if is_asked else ()


def one_of_each(plain: str, told: Sequence[Product], size: str | None) -> tuple[Request, ...]:
    """What one of each of several things costs: "if i took a gram of each whats the total".

    Args:
        plain: The text in normal form.
        told: The things.
        size: The size that it names.
    """
    number = referents.of_each(plain)
    if not number or len(told) < _SEVERAL or not (figures_compared(plain) or may_be_basket(plain, ())):
        return ()
    items = (
        BasketItem(number, product=each)
        if size is None or size == str(find_size(str(each.get("name"))))
        else BasketItem(number, in_size(each, size))
        for each in told
    )
    return (Request("basket", plain, items=tuple(items)),)


def own_history(
    plain: str, told: Sequence[Product], requests: Sequence[Request], *, is_of_it: bool
) -> tuple[Request, ...]:
    """Whether the writer bought what was told of: "have i had either one before".

    Args:
        plain: The text in normal form.
        told: The products that it means.
        requests: What it asks for by itself.
        is_of_it: Whether it speaks of what was told of.
    """
    is_of_it = is_of_it or referents.counted(plain) is not None
    if not told or not is_of_it or not follow_ups.asks_whether_usual(plain):
        return ()
    if not {each.intent for each in requests} <= _OF_PAST and not follow_ups.asks_whether_had_before(plain):
        return ()
    intent = "spent" if follow_ups.asks_how_many(plain) else "history"
    meant = told if referents.counted(plain) else told[:1]
    return tuple(Request(intent, plain, _in_any_size(each), number=n) for n, each in enumerate(meant[:SHOWN]))


def _in_any_size(product: Product) -> Slots:
    """A product in any of its sizes: who had a gram of it had the strain of an eighth."""
    name = normal(without_measures(str(product.get("name")))).strip()
    return Slots(query=name, names=(name,), knows_names=True, category=str(product.get("category")))
