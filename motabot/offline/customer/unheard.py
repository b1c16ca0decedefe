"""Names that nobody knows, which a clause asks for beside other goods: "and what about runtz"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from motabot.offline.customer import clauses
from motabot.offline.customer.intents import GOODS
from motabot.offline.customer.requests import Request
from motabot.offline.customer.slots import Slots, plain_words
from motabot.text.regex import regex

_ASKS_FOR_NAME = regex(
    r"^(?:(?:and|also|y|pero|but|ok|hi|hey|yo) )*"
    r"(?:what about|how about|que tal|(?:do (?:you|they) )?(?:have|carry|sell)"
    r"|(?:you )?got(?: any)?|any|tienen|tienes|venden|hay) (?:any |some |the |el |la )?\w+(?: \w+){0,2}$"
)


def unheard(text: str, requests: Sequence[Request], wish_of: Callable[[str], Slots]) -> Iterator[Request]:
    """Searches for the unknown names that the clauses of a text ask for and that no request holds.

    Args:
        text: The text.
        requests: What was read from it.
        wish_of: Reads the wish in a part of the text.
    """
    parts = clauses.clauses(text)
    if len(parts) == 1 or not any(each.intent in GOODS for each in requests):
        return
    told = " ".join(" ".join((*each.slots.unknown, each.question.lower())) for each in requests)
    for part in parts:
        plain = plain_words(part)
        if not _ASKS_FOR_NAME.search(plain):
            continue
        wish = wish_of(part)
        words = wish.unknown or wish.unexplained
        if not words or wish.category or wish.knows_names or any(each in told for each in words):
            continue
        query = " ".join(words)
        yield Request("guess", plain, replace(wish, query=query, names=(query,), unknown=(query,), unexplained=()))
