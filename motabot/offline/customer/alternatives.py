"""A wish for one of two things of a sort, as two wishes that share the rest."""

from __future__ import annotations

from collections.abc import Sequence

from motabot.catalog.sizes import SIZES, find_size, without_measures
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES, FLOWER_TYPES
from motabot.text.normalize import normal
from motabot.text.regex import regex

_OR = frozenset(("or", "o", "vs", "vs.", "versus"))
_OR_SPANS = range(3, 0, -1)
ARTICLE = regex(r"^(?:an?|the|some|any|one|two|three|four|[1-4]|un[oa]?|dos|tres|el|la|los|las|unas|unos) ")
#: Asks about something, and wants neither: "is it sativa or hybrid".
_ASKS_OF_IT = regex(
    r"^(?:\w+ )?(?:is|are|was|es|son)\b(?! there\b)|\b(?:is|are) (?:it|that|this|they|those|the)\b"
)


def alternatives(text: str) -> list[str]:
    """A wish for one of two kinds or sizes as two wishes that share the rest; a list of one for any other.

    "Something fruity, gummies or a drink, under 20" wants fruity gummies under 20, or a fruity drink under 20.
    """
    tokens = text.split()
    if _ASKS_OF_IT.search(normal(text)):  # "is it sativa or hybrid"
        return [text]
    for place, token in enumerate(tokens):
        if token.casefold() not in _OR:
            continue
        before = next((n for n in _OR_SPANS if n <= place and _names_one(tokens[place - n : place])), 0)
        after = next((n for n in _OR_SPANS if _names_one(tokens[place + 1 : place + 1 + n])), 0)
        one, other = tokens[place - before : place], tokens[place + 1 : place + 1 + after]
        if before and after and _names_one(one) != _names_one(other):
            first = [*tokens[:place], *tokens[place + 1 + after :]]
            return [" ".join(first), " ".join([*tokens[: place - before], *tokens[place + 1 :]])]
    return [text]


def _names_one(tokens: Sequence[str]) -> str | None:
    """The kind or the size that a few words name, and nothing else beside an article."""
    words = " ".join(tokens).strip(" ,.?!")
    plain = ARTICLE.sub("", normal(words))
    kind = next(iter(CATEGORIES.matches(plain)), None)
    if kind is not None:
        return SORTS.first(kind.words) or kind.words if kind.words == plain else None
    if FLOWER_TYPES.means(plain.removesuffix("s")):
        return FLOWER_TYPES.first(plain)
    size = find_size(words)
    return str(size) if size and len(plain.split()) <= max(_OR_SPANS) and not _is_more_than_size(plain) else None


def _is_more_than_size(plain: str) -> bool:
    return bool(normal(without_measures(SIZES.replace(plain, " "))))
