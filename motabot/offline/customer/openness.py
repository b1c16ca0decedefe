"""Requests about what was shown that name no fact: how the reply handles them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motabot.offline.customer import follow_ups
from motabot.offline.customer.facts import asked
from motabot.offline.customer.moves import Move
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.whether import asks_beside_facts


def asked_which(wanted: Request, move: Move, shown: Sequence[Product], plain: str, said: str) -> Request:
    """A request about what was shown, with the facts that it asks for or a mark that none is known.

    Args:
        wanted: The request.
        move: What the text asks of what was shown.
        shown: The products that the shop named last.
        plain: The text in normal form.
        said: The text as the customer sent it.

    Returns:
        The request; without products if it names neither one of several nor a fact, so that the reply asks.
    """
    is_open = wanted.intent == "follow_up" and not (wanted.rival or wanted.asks or wanted.is_unforeseen)
    if is_open and wanted.question and asks_beside_facts(wanted.query):  # "is that a lot for one person"
        return replace(wanted, is_unforeseen=True)
    if is_open and wanted.meant and (facts := asked(wanted.query)):
        return replace(wanted, asks=facts)
    is_open = is_open and not wanted.question
    if is_open and move.asks_unforeseen and wanted.meant:  # "and how are they rolled"
        return replace(wanted, question=said, is_unforeseen=True)
    if is_open and len(wanted.meant) == len(shown) > 1 and not move.pointed:
        return wanted if follow_ups.asks_among_shown(plain) else replace(wanted, meant=())
    return wanted
