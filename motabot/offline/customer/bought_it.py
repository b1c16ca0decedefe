"""What "it" means in a question about purchases: what the text names, or what was shown before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from motabot.catalog.sizes import find_size, without_measures
from motabot.customers.context import TurnContext
from motabot.offline.customer.intents import GOODS
from motabot.offline.customer.owned import bought_in
from motabot.offline.customer.purchases import PAST, SUMS, names_time
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import PURCHASES, Product
from motabot.offline.customer.slots import Slots
from motabot.offline.customer.usual import bought
from motabot.text.normalize import normal
from motabot.text.regex import regex

_IT = regex(
    r"\b(?:it|them|those|that(?: one)?|this(?: one)?|ell[oa]s|es[oa]s?"
    r"|(?:lo|la|los|las) (?=he |compre|lleve|pedi|habia))\b(?! (?:time|day|week|month|year|visit|trip)\b)"
)

_LAST = regex(r"\b(?:la|el) ultim[oa](?: vez)?$|\b(?:the )?last (?:one|time)$")


def with_it(requests: Sequence[Request], shown: Sequence[Product], context: TurnContext) -> Iterator[Request]:
    """The requests; those about purchases of "it" with what it means.

    Args:
        requests: What a text asks for.
        shown: The products that the shop's last text named.
        context: The turn.
    """
    for each in requests:
        if each.intent in PAST and _LAST.search(each.query) and (of := _bought_beside(each, requests, context)):
            yield replace(each, slots=of)
            continue
        is_open = each.intent in PAST and not (each.slots.says_something or each.meant)
        is_of_it = is_open and _IT.search(each.query) and not bought_in(each.query, context)
        meant = _meant(requests, shown, context) if is_of_it and not names_time(each.query) else None
        yield replace(each, slots=meant) if meant else each


def _bought_beside(request: Request, requests: Sequence[Request], context: TurnContext) -> Slots | None:
    """What another request asks the purchases of: "how many donuts did i buy, and when was the last time"."""
    for each in requests:
        if each.intent in PAST and each is not request:
            if each.slots.category or each.slots.knows_names:
                return each.slots
            if own := bought_in(each.query, context):
                return Slots(query=own.label, names=(normal(own.label),), knows_names=True)
    return None


def _meant(requests: Sequence[Request], shown: Sequence[Product], context: TurnContext) -> Slots | None:
    """The one thing that a text and the reply before it speak of."""
    named = next((each.slots.names for each in requests if each.intent in GOODS and each.slots.knows_names), ())
    if named:
        return Slots(query=" ".join(named), names=named, knows_names=True)
    if any(each.intent == "usual" for each in requests):
        return _of_product(next(iter(bought(context)), None))
    is_of_past = {each.tool for each in context.last_shown} & {PURCHASES, SUMS}
    return _of_product(shown[0]) if len(shown) == 1 and not is_of_past else None


def _of_product(product: Product | None) -> Slots | None:
    if product is None:
        return None
    name, size = str(product.get("name")), find_size(str(product.get("name")))
    words = normal(without_measures(name))
    return Slots(query=words, names=(words,), knows_names=True, size=str(size) if size else None)
