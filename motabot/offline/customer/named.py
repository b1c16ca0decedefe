"""What a text asks of the things that it names."""

from __future__ import annotations

from motabot.catalog.index import CatalogIndex
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer.comparing import may_compare
from motabot.offline.customer.entities import find_names
from motabot.offline.customer.groups import asks_which
from motabot.offline.customer.intents import classifier
from motabot.offline.customer.moves import asks_only_facts
from motabot.offline.customer.slots import Slots, plain_words
from motabot.offline.customer.whether import asks_whether_there
from motabot.offline.customer.wish import read_slots


def wish_in(part: str, index: CatalogIndex) -> Slots:
    """The wish in a part of a text, by the names of the catalog."""
    return read_slots(part, find_names(plain_words(part), index, classifier().knows), classifier().knows)


def sets_side_by_side(plain: str, wish: Slots) -> bool:
    """Whether a text in normal form compares what it names: "which tastes more like orange, tangie or mimosa"."""
    is_bare = not (wish.category or wish.size or wish.pack is not None or wish.is_mild or wish.narrows_much)
    is_of_several = len(wish.names) > 1 and wish.knows_names and not wish.is_brand
    asks = asks_which(plain) or bool(wish.effect or wish.flavor)
    return is_of_several and is_bare and asks and may_compare(plain) and not asks_whether_there(plain)


def is_asked_for_facts(plain: str, wish: Slots) -> bool:
    """Whether a text in normal form only asks for facts of what it names: "what is gelato bred from"."""
    if not wish.knows_names or wish.is_part or wish.is_brand:
        return False
    for name in wish.names:
        plain = plain.replace(name, " ")
    return asks_only_facts(CATEGORIES.replace(plain, " "))
