"""What a text does with the products that were just shown: which of them it means, and what it asks of them.

A text is about what was shown if pointing words, the facts that it asks for and empty words account for all of it:
"ok and the thc on the second one". The words left over say that it wants something else ("in a cart"), unless it
asks something unforeseen about "it" ("is it greasy").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motabot.catalog.index import singular
from motabot.catalog.sizes import SIZES, find_size
from motabot.catalog.sort_words import SORT_NAMES, SORTS
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, NEGATIVES
from motabot.offline.customer import refusals
from motabot.offline.customer.bounds import price_bounds, wants_no_high
from motabot.offline.customer.facts import asked, without_asked
from motabot.offline.customer.references import (
    Product,
    named_words,
    pointed_at,
    without_ordinals,
    without_pointing,
)
from motabot.text.normalize import normal
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_EMPTY, _REFERS, _ASKS_OF_IT, _DEFINITE = (
    _LEXICON.pattern(name) for name in ("empty", "refers", "asks_of_it", "definite")
)
#: Facts that the shop may be asked for as well: whether prices include tax, and what is there.
_OF_SHOP = frozenset(("tax", "stock"))
_ASKS_TYPE, _COMPARES, _NOT_THESE = (_LEXICON.pattern(name) for name in ("asks_type", "compares", "not_these"))
_RELATIVE, _WHICH, _THAN_IT = (_LEXICON.pattern(name) for name in ("relative", "which", "than_it"))
_EXCESS = _LEXICON.pattern("excess")
_SUPERLATIVE, _AMONG = _LEXICON.pattern("superlative"), _LEXICON.pattern("among")
_ONES, _THE_TYPE, _ABOUT = map(_LEXICON.pattern, "ones the_type about".split())
_OTHER_SIZES, _COMES_WITH = _LEXICON.pattern("other_sizes"), _LEXICON.pattern("comes_with")
_TRAITS = (CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES)
#: Facts whose words may also say what is wanted: "indica" and "strong".
_ALSO_WISHES = frozenset(("type",))
_NO_THC = regex(
    r"^(?:\w+ ){0,2}(?:no|without|zero|sin|0) (?:any )?thc(?: actually| just| only| solo| please| pls| cbd)*$"
    r"|\bthc free\b|\b(?:only|just|solo) cbd\b"
)
_IN_PACK = regex(
    r"\b(?:in|per) (?:an?|one|each|every|the) (?:packs?|packet|pouch|bag|box)(?: of (?:those|them|it|these))?\b"
)
#: "One thats not a cart" is one of those shown.
_ONE_WITHOUT = regex(r"\b(?:one|ones|un[oa]s?) (?:thats|that|which|with|que|sin)\b")
#: A longer text says more than what it asks of one product.
_LONGEST = 16


@dataclass(frozen=True)
class Move:
    """What a text does with the products shown.

    Attributes:
        facts: What it asks of them, by name.
        pointed: Those it points at; none if it points at none in particular or at all of them.
        refers: Whether it speaks of them as "it" or "those".
        asks_of_it: Whether it has the form of a question about "it".
        rest: Its words that none of this accounts for.
        wants_first: Whether it wants the first of all products in some order: "whats the cheapest one".
        is_relative: Whether it wants something else, by comparison: "stronger", and not "the stronger one".
    """

    facts: frozenset[str]
    pointed: tuple[Product, ...]
    refers: bool
    asks_of_it: bool
    rest: tuple[str, ...]
    is_relative: bool = False
    wants_first: bool = False

    @property
    def is_about_shown(self) -> bool:
        """Whether the text is about what was shown, and about nothing else."""
        says = self.facts - {"stock"} or self.pointed or (self.refers and self.facts)
        return not self.rest and not self.is_relative and bool(says)

    def is_only(self, names: Sequence[str]) -> bool:
        """Whether the text asks no fact, and its other words are those of some names."""
        return not self.facts and {*self.rest} <= {*" ".join(names).split()}

    @property
    def says_nothing(self) -> bool:
        """Whether the text asks nothing, and only points or says what it thinks: "that one looks good"."""
        return not self.rest and not self.facts and not self.is_relative

    @property
    def asks_unforeseen(self) -> bool:
        """Whether the text asks something about what was shown that the catalog does not say."""
        return bool(self.rest) and self.asks_of_it and not self.is_relative


def read_move(plain: str, shown: Sequence[Product], places: Sequence[str] = ()) -> Move:
    """Read what a text does with the products shown.

    Args:
        plain: The text in normal form.
        shown: The products that the shop named last, in its order.
        places: The names of the shop's stores in normal form.
    """
    spoken = without_refused(plain)
    refers = bool(_REFERS.search(spoken))
    is_definite = bool(_DEFINITE.search(_ABOUT.sub("", spoken)))
    is_sized = find_size(spoken) is not None and bool(asked(spoken) - {"size", "count"})  # "how much for 14g"
    pointed = pointed_at(spoken, shown) if is_definite or refers or is_sized else _ones(spoken, shown)
    if is_of_all := bool(_SUPERLATIVE.search(spoken)) and not _AMONG.search(spoken) and len(shown) > 1:
        pointed = []  # "whats the cheapest" means all products, not the few that were named
    facts = asked(spoken)
    asks_of_it = len(plain.split()) <= _LONGEST and bool(_ASKS_OF_IT.search(plain))
    if (_WHICH.search(spoken) or asks_of_it) and EFFECTS.first(spoken):  # "which is better for sleep"
        facts |= {"effects"}
    if "size" in facts and find_size(spoken) and not asks_of_it:  # "in a full gram"
        facts -= {"size"}
    is_of_one_type = len({each.get("flower_type") for each in shown}) == 1 and bool(_THE_TYPE.fullmatch(spoken))
    if "type" in facts and not (is_of_one_type or _ASKS_TYPE.search(spoken)):
        facts -= _ALSO_WISHES
    if "count" in facts:
        spoken = _IN_PACK.sub(" ", spoken)
    unpointed = without_pointing(spoken) if pointed else without_ordinals(spoken) if len(shown) == 1 else spoken
    left = f" {without_asked(SIZES.replace(unpointed, ' ') if 'size' in facts else unpointed, facts)} "
    for place in places:
        if f" {place} " in left:
            left, facts = left.replace(f" {place} ", " "), facts | {"stock"}
    known = {word for product in (pointed or shown) for word in named_words(product)}
    hidden = _TRAITS if facts & {"effects", "downside", "flavor", "type"} else ()
    for table in (*hidden, *((SIZES,) if facts & {"size", "count"} else ())):
        left = table.replace(left, " ")
    size = find_size(spoken)
    if size and "size" in facts and all(find_size(str(each.get("name"))) != size for each in shown):
        left = f"{left} {size}"  # "does it come in a full gram", of a half, wants another package
    known |= {found[0] for word in known if (found := re.match(r"\d+", word))}
    rest = tuple(
        word
        for word in left.split()
        if not _EMPTY.fullmatch(word) and singular(word) not in known and word not in known
    )
    if not asks_of_it and not _WHICH.search(spoken) and not facts - {"flavor"} and not pointed:
        rest = (*rest, *(word for word in FLAVORS.all(spoken) if "flavor" in facts))  # "any grape flavored"
    if facts == {"price"} and not (pointed or asks_of_it or _WHICH.search(spoken)):
        is_bounded = price_bounds(plain, plain).most is not None  # "menos de 30 dolares" wants others
        rest = (*rest, "price") if is_bounded else rest
    if not asks_of_it and not _WHICH.search(spoken) and not _ONE_WITHOUT.search(spoken):
        rest = (*rest, *_only_refused(plain))
    if (sort := SORTS.first(spoken)) and not _is_of_sort(sort, shown):  # "bubble hash then, which is cheapest"
        rest, pointed = (*rest, sort), []
    if _NO_THC.search(spoken) or wants_no_high(spoken):  # wants another, and asks for no figure
        rest = (*rest, "thc")
    is_than = bool(_THAN_IT.search(spoken))  # "whats cheaper than that" wants something else
    is_relative = is_of_all or is_than or bool(_EXCESS.search(spoken))
    is_relative = is_relative or (bool(_RELATIVE.search(spoken)) and not pointed and not _AMONG.search(spoken))
    return Move(facts, tuple(pointed), refers, asks_of_it, rest, is_relative, is_of_all and not rest)


def _ones(plain: str, shown: Sequence[Product]) -> list[Product]:
    """Those of some products that a text in normal form means by a word of their names: "ok then sour ones"."""
    found = _ONES.fullmatch(plain)
    word = singular(found[1]) if found else ""
    meant = [each for each in shown if word in map(singular, normal(str(each.get("name"))).split())]
    return meant if len(meant) < len(shown) else []


def _only_refused(plain: str) -> tuple[str, ...]:
    """What a text in normal form refuses, if it wants nothing else: "no chocolate", "que no me de ansiedad"."""
    parts = [refusals.part(plain, table) for table in (CATEGORIES, FLAVORS, FLOWER_TYPES, NEGATIVES)]
    return () if any(yes for yes, _ in parts) else tuple(each.words for _, no in parts for each in no)


def _is_of_sort(sort: str, shown: Sequence[Product]) -> bool:
    words = {sort, *SORT_NAMES.get(sort, ())}
    return any(words & {singular(word) for word in normal(str(each.get("name"))).split()} for each in shown)


def asks_only_facts(plain: str) -> bool:
    """Whether the facts that a text in normal form asks of products account for all that it says."""
    facts = asked(plain) - _OF_SHOP
    return bool(facts) and all(_EMPTY.fullmatch(word) for word in without_asked(plain, facts).split())


def compares(plain: str) -> bool:
    """Whether a text in normal form compares what was shown with something else."""
    return bool(_COMPARES.search(plain))


def comes_with(plain: str) -> bool:
    """Whether a text in normal form asks what comes with what was shown: "does it come with a battery"."""
    return bool(_COMES_WITH.search(plain))


def asks_which(plain: str) -> bool:
    """Whether a text in normal form asks which of several is meant: "which is better value"."""
    return bool(_WHICH.search(plain))


def wants_other_sizes(plain: str) -> bool:
    """Whether a text in normal form asks for other sizes of what was shown: "do you have it bigger"."""
    return bool(_OTHER_SIZES.search(plain))


def without_refused(plain: str) -> str:
    """A text in normal form without what it excludes: "the flower, not the wax" is about the flower."""
    return normal(_NOT_THESE.sub(_kept_unless_goods, plain))


def _kept_unless_goods(found: re.Match[str]) -> str:
    return " " if any(table.first(found[1]) for table in (CATEGORIES, FLOWER_TYPES)) else found[0]
