"""Words such as "the ounce" and "that cart", which mean what an earlier clause of the same text names."""

from __future__ import annotations

import re

from motabot.catalog.sizes import SIZES
from motabot.catalog.vocabulary import CATEGORIES
from motabot.offline.customer import clauses
from motabot.offline.customer.groups import asks_fact_of_it
from motabot.text.normalize import normal
from motabot.text.regex import regex

_POINTS = regex(r"\b(?:the|that|those|these|el|la|los|las|ese|esa|esos|esas) ([a-z0-9]+)\b", re.IGNORECASE)


def with_pronouns(text: str) -> str:
    """A text with "it" where a clause asks a fact of what another names: "cheapest ounce? is the ounce indica"."""
    named: set[str] = set()
    for clause in clauses.clauses(text):
        found = _POINTS.search(clause)
        if found and named & _goods_in(found[1]):
            told = f"{clause[: found.start()]}it{clause[found.end() :]}"
            if asks_fact_of_it(told, (found[1],)):
                text = text.replace(clause, told, 1)
        named |= _goods_in(clause)
    return text


def _goods_in(words: str) -> set[str]:
    """The kinds and the sizes of goods that some words name."""
    plain = normal(words)
    return {match.name for table in (CATEGORIES, SIZES) for match in table.matches(plain)}
