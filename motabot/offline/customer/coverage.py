"""Whether requests cover a text: what it names has a part of the reply, and no part says it twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from motabot.offline.customer import clauses
from motabot.offline.customer.follow_ups import asks_for_worth
from motabot.offline.customer.intents import FIND, GOODS, PERSONS
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots, plain_words
from motabot.text.regex import regex

#: Statements that may hide a question for a product: "do you deliver, can i get the tea delivered".
_OF_SHOP = frozenset("hours address delivery payment contact tax".split())
_BALANCE = frozenset(("points", "loyalty"))
#: Asks for a product by its name.
_ASKS_FOR = regex(
    r"\b(?:(?:can|could|may) (?:i|we|you) (?:get|buy|order|have|bring)|do you (?:have|carry|sell)|how much|price"
    r"|tienen|venden|puedo (?:pedir|comprar)|me (?:traen|llevan|mandan)|cuanto (?:cuesta|sale|vale)n?)\b"
)


def covering(
    whole: str, requests: Sequence[Request], names: Sequence[str], read_wish: Callable[[str], Slots]
) -> list[Request]:
    """The requests of a text, without those that another one tells, and with the products that none is about.

    Args:
        whole: The text.
        requests: What was read from it.
        names: The catalog's names in it, in normal form.
        read_wish: Reads the wish in a part of it.
    """
    kept = [each for each in requests if not _is_told(each, requests)]
    return [*kept, *_left_out(whole, kept, names, read_wish)]


def _is_told(request: Request, requests: Sequence[Request]) -> bool:
    """Whether the reply to another request tells this one."""
    if request.intent == "question":  # "how many points do i have and what is that worth"
        return any(each.intent in _BALANCE for each in requests) and asks_for_worth(request.query)
    wish = request.slots
    if request.intent not in GOODS - {"details"} or not wish.knows_names:
        return False
    is_bare = not (wish.category or wish.size or wish.max_price or wish.pack is not None or wish.alike)
    told = {name for each in requests if each.intent == "details" for name in each.slots.names}
    return is_bare and told >= {*wish.names}


def _left_out(
    whole: str, requests: Sequence[Request], names: Sequence[str], read_wish: Callable[[str], Slots]
) -> Iterator[Request]:
    """Searches for what a clause asks for by its name or kind and that only a statement of the shop answers."""
    if {each.intent for each in requests} & {*PERSONS, "basket", "privacy", "ingredients"}:
        return
    goods = [each.slots for each in requests if each.intent in GOODS]
    told = " ".join((*(name for each in goods for name in each.names), *(each.query for each in goods)))
    others = [each.query for each in requests if each.intent not in GOODS | _OF_SHOP]
    parts = clauses.clauses(whole)
    for part in parts if len(parts) > 1 else ():
        plain = plain_words(part)
        named = [name for name in names if f" {name} " in f" {plain} "]
        is_told = any(name in told for name in named) or any(plain in each for each in others)
        wish = read_wish(part)
        is_told |= not named and (wish.category is None or any(each.category == wish.category for each in goods))
        if not is_told and _ASKS_FOR.search(plain):
            yield Request(FIND, plain, wish)
