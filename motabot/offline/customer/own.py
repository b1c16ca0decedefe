"""What "my pen" and "mi dona" mean: the one that the writer buys, if they buy such a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motabot.catalog.index import singular
from motabot.catalog.sizes import without_measures
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES
from motabot.customers.context import TurnContext
from motabot.offline.customer.intents import FIND
from motabot.offline.customer.relative import directions, wish_beside
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.usual import bought
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: At most three words behind a possessive may name a product.
_MINE = regex(r"\b(my|mi)((?:\s+[a-z0-9.]+){1,3})", re.IGNORECASE)
_MINE_OR_THE = regex(r"\b(my|mi|the|that|el|la)((?:\s+[a-z0-9.]+){1,3})", re.IGNORECASE)
#: Say nothing of the product: "my usual pen" means the pen.
_BESIDE = frozenset(("usual", "regular", "favorite", "fav", "same", "old", "de", "siempre"))
_SHORTEST = 3
_JOINT = regex(r"([?!;\n,]+\s*|\.(?=\s|$)| (?:and|also|plus|y|tambien|también) )", re.IGNORECASE)
#: The comparisons that a figure of the product decides.
_WAYS = frozenset(("cheaper", "stronger", "milder", "pricier"))


def with_own(text: str, context: TurnContext) -> str:
    """A text with the names of the products that it calls the writer's: "is my pen still 29.50".

    After a reply that told what they buy, "the pen" is theirs as well.
    """
    own = bought(context)
    is_of_usual = {each.tool for each in context.last_shown} == {"list_my_favorites"}
    words = _MINE_OR_THE if is_of_usual else _MINE
    return words.sub(lambda found: _named(found, own), text) if own else text


@dataclass(frozen=True)
class OwnCompared:
    """What a text wants by comparison with what its writer buys: "a cheaper version of my bath soak".

    Attributes:
        rest: The text without the parts that want it.
        requests: The searches.
    """

    rest: str
    requests: tuple[Request, ...]


def beside_own(text: str, context: TurnContext) -> OwnCompared:
    """Set apart what a text wants cheaper, stronger or milder than what its writer buys.

    Args:
        text: As the customer sent it, with the names of what it calls theirs.
        context: The turn.
    """
    if not _MINE.search(text):  # "which is stronger, gelato or blue dream" compares what it names
        return OwnCompared(text, ())
    own = bought(context)
    rest: list[str] = []
    requests: list[Request] = []
    pieces = _JOINT.split(text)
    for place in range(0, len(pieces), 2):
        part, plain = pieces[place], plain_words(pieces[place])
        ways = directions(plain) & _WAYS
        product = next((each for each in own if ways and f" {_bare(each)} " in f" {plain} "), None)
        if product is None:
            rest += [pieces[place - 1] if place else "", part]
            continue
        category = str(product.get("category"))
        sort = SORTS.first(normal(str(product["name"]))) if category == "Vapes" else None  # a cart fits no pen
        kind = sort or category.lower()
        wish = Slots(query=kind, category=category, kind=kind)
        if found := wish_beside(wish, [product], ways):
            requests.append(Request(FIND, plain, found, number=len(requests)))
    return OwnCompared("".join(rest).strip(" ,;"), tuple(requests))


def _bare(product: Product) -> str:
    return normal(without_measures(str(product["name"])))


def _named(found: re.Match[str], own: Sequence[Product]) -> str:
    words = found[2].split()
    for count in range(len(words), 0, -1):
        said = [normal(word) for word in words[:count] if normal(word) not in _BESIDE]
        if said and (product := next((each for each in own if _is_it(said, each)), None)):
            return " ".join((found[1], *without_measures(str(product["name"])).split(), *words[count:]))
    return found[0]


def _is_it(said: Sequence[str], product: Product) -> bool:
    """Whether each of some words is one of a product's name, or names its sort, and not all goods of its kind."""
    name = normal(str(product["name"]))
    own = {singular(word) for word in name.split() if len(word) >= _SHORTEST}
    sort = SORTS.first(name)
    return all(
        singular(word) in own or (sort is not None and SORTS.first(word) == sort) or _is_kind(word, product)
        for word in said
    ) and not (len(said) == 1 and said[0].endswith("s") and CATEGORIES.first(said[0]) is not None)


def _is_kind(word: str, product: Product) -> bool:
    return SORTS.first(word) is None and CATEGORIES.first(word) == product.get("category")
