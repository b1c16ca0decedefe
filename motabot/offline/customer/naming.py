"""How a reply names what a text asks for."""

from __future__ import annotations

from motabot.boundary import JsonObject
from motabot.offline.customer import clauses
from motabot.offline.customer.owned import titled
from motabot.offline.customer.relative import is_beside
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots

#: A word that customers use and a reply must not: vapes must not be thrown away.
_UNSAID = {"disposable": "all-in-one vape", "disposables": "all-in-one vapes"}
#: How many words of a question a reply quotes.
_QUOTED = 10


def left_out(left: Request) -> JsonObject:
    """A request for which a reply has no room, as a template names it."""
    return {"intent": left.intent, "about": about(left.slots), "quoted": quoted(left)}


def quoted(wanted: Request) -> str:
    """The beginning of a question, to tell it from others; empty if it has figures."""
    words = (clauses.clauses(wanted.question) or [""])[-1].split()
    is_plain = words and not any(character.isdigit() for character in "".join(words))
    return " ".join(words[:_QUOTED]).rstrip("?!. ,") + ("..." if len(words) > _QUOTED else "") if is_plain else ""


def about(wish: Slots) -> JsonObject:
    """What is wanted, as a template repeats it."""
    return {
        "type": wish.flower_type,
        "kind": _UNSAID.get(wish.kind or "", wish.kind),
        "category": wish.category,
        "extreme": "mildest" if wish.is_mild and not wish.is_new_to_it else wish.sort,
        "names": [titled(name) for name in wish.names] if wish.knows_names and not wish.alike else [],
        "unknown": list(wish.unknown),
        "least": wish.min_price,
        "min_thc": None if wish.relative else wish.min_thc,
        "most": None if is_beside(wish.max_price) else wish.max_price,
        "effect": wish.effect,
        "flavor": wish.flavor,
        "size": wish.size,
        "occasion": wish.occasion,
        "instead_of": wish.instead_of,
        "more_cbd": wish.more_cbd,
        "pack": wish.pack,
        "relative": wish.relative,
        "max_thc": None if is_beside(wish.max_thc) or wish.relative else wish.max_thc,
    }
