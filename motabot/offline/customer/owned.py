"""What a text means of what its writer has bought: "the soak", "my pen", "las donas"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from motabot.catalog.filler import FILLER
from motabot.catalog.index import singular
from motabot.catalog.sort_words import SORTS
from motabot.catalog.vocabulary import CATEGORIES, FLAVORS
from motabot.customers.context import TurnContext
from motabot.offline.customer.spanish_names import english_of
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: A shorter word names nothing; one of at least the second may have a slip.
_SHORTEST, _LONG = 3, 5
#: So many products of those bought most are known.
_LISTED = 8
#: How alike two words must be, of 100, to be one word with a slip.
_ALIKE = 83.0
#: Words of names that a question about purchases uses for something else.
_IDLE = FILLER | frozenset(
    "pack night day time ever much many bought buy spend spent visit trip total mini infused".split()
)
#: Abbreviations that are written in capitals.
_CAPITALS = regex(r"\b(?:Cbd|Thc|Cbn|Cbg|Og|Ak|Rso)\b")
#: What is a salt in Spanish is a soak here.
_SALTS = {"sal": "soak", "sale": "soak", "sales": "soak"}


@dataclass(frozen=True)
class Bought:
    """Some of what was bought, as the tools take it.

    Attributes:
        product: Words that are in its name; None if only the kind is meant.
        category: Its kind; None if the words say it.
        label: What a reply calls it.
        price: Today's price, if it is one product that is still sold.
        is_one: Whether it has a name of its own, and is no kind.
    """

    product: str | None
    category: str | None
    label: str
    price: Decimal | None = None
    is_one: bool = False


def titled(name: str) -> str:
    """A name in normal form as a reply writes it."""
    return _CAPITALS.sub(lambda found: found[0].upper(), name.title())


def bought_in(plain: str, context: TurnContext) -> Bought | None:
    """What a part of a text in normal form means of what its writer buys; None if it means none of that."""
    said = {
        english: word for word in plain.split() for english in map(_english, _words(word)) if english not in _IDLE
    }
    names = [_words(normal(str(each.name))) for each in context.affinity if each.name]
    met = [[word for word in said if _is_in(word, name)] for name in names]
    most = max(map(len, met), default=0)
    if not most:
        return None
    words = next(each for each in met if len(each) == most)
    kin = [n for n, each in enumerate(met) if each == words]
    if all(CATEGORIES.first(word) and not SORTS.first(word) for word in words):  # "vapes" are a kind
        return None
    is_sort = len(context.affinity) >= _LISTED and all(SORTS.first(word) for word in words)
    if len(kin) > 1 or is_sort:  # there may be others that are not among those bought most
        product = " ".join(next(each for each in names[kin[0]] if _is_in(word, [each])) for word in words)
        label = " ".join(said[word] for word in words)
        return Bought(product, None, label if all(SORTS.first(word) for word in words) else titled(label))
    bought = context.affinity[kin[0]]
    return Bought(
        normal(str(bought.name)), None, str(bought.name), bought.price if bought.available else None, is_one=True
    )


def without_bought(plain: str, context: TurnContext) -> str:
    """A text in normal form without the words that name what its writer buys."""
    names = [word for each in context.affinity if each.name for word in _words(normal(str(each.name)))]
    return " ".join(word for word in plain.split() if not _is_in(_english(singular(word)), names))


def _english(word: str) -> str:
    """A word as names in the catalog have it: "donas" are a donut, "lavanda" is lavender."""
    return normal(_SALTS.get(word) or SORTS.first(word) or FLAVORS.first(word) or english_of(word))


def _words(plain: str) -> list[str]:
    return [singular(word) for word in plain.split() if len(word) >= _SHORTEST and not word.isdigit()]


def _is_in(word: str, name: Sequence[str]) -> bool:
    return any(
        word == each or (len(word) >= _LONG and len(each) >= _LONG and fuzz.ratio(word, each) >= _ALIKE)
        for each in name
    )
