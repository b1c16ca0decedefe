"""What the wishes of one text have in common: a name, a price, an order, and whom something mild is for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from motabot.catalog.sizes import SIZES, without_measures
from motabot.catalog.sort_words import SORTS
from motabot.catalog.strength import is_beginner, wants_mild
from motabot.catalog.vocabulary import CATEGORIES, FLOWER_TYPES
from motabot.offline.customer.questions import gets_anxious
from motabot.offline.customer.slots import OF_STRAINS, Slots, plain_words
from motabot.text.normalize import normal
from motabot.text.persons import are_others, person_in
from motabot.text.regex import regex

#: A price that applies to each of several wishes.
_EACH = regex(
    r"\b(?:each|apiece|a piece|per item|cada un[oa]|both|neither|none|nothing|ningun[oa]?|ambos|los dos|las dos)\b"
)
#: A type or an order that applies to each of several wishes.
_ALL_OF_TYPE = regex(
    r"\b(?:all|both|tod[oa]s|amb[oa]s)(?: of (?:it|them))? (indicas?|sativas?|hybrids?|hibrid[oa]s?)\b"
)
_OF_EACH = regex(r"\b(?:of|in|de|for) (?:each|both|every|cada)\b")
#: "The weakest cart" says nothing about the other wishes of a text.
WEAKEST = regex(r"\b(?:weakest|mildest|lowest|least (?:strong|thc)|mas (?:suave|leve|ligero))\b")
_COMES_IN = regex(r"\b(?:version|comes? in|have it in|got it in|in both|viene en|lo tienen en)\b")
_IT = regex(
    r"\b(?:it|that one|them|those|eso|esa|ese|(?:lo|la|los|las)(?= (?:tien|hay|quier|vend|manej|hac|trae)\w*))\b"
)
#: Says that another form of what was named is meant: "in cart", "the 1g cart version".
_IN_FORM = (
    r"\b(?:in|en|as)(?! stock\b)(?: (?:an?|the|una?|el|la|\d\S*|half|full|gram)){0,3} KIND\b"
    r"|\bKIND (?:version|form|format)\b"
)
#: Words beside a form or a size that say nothing of what is wanted.
_BESIDE_FORM = frozenset(
    "in the a as for of it that each both either too also well form version price prices much how is what and"
    " or y o en de el la un una lo tambien version precio cuanto cuesta".split()
)


def is_wish(part: str, wish: Slots) -> bool:
    """Whether a part of a text says what is wanted; for a person, it may be only how strong: "algo suave"."""
    return wish.narrows or (wish.is_mild and person_in(plain_words(part)) is not None)


def of_what_is_named(wish: Slots, names: Collection[str]) -> Slots:
    """A wish for "it", if the text names one thing: "is gelato indica, do you have it in an ounce"."""
    if len(names) != 1:
        return wish
    [name] = names
    return replace(wish, names=(name,), knows_names=True, query=f"{name} {wish.query}")


def with_shared(wishes: list[Slots], plain: str) -> list[Slots]:
    """Wishes with the type, the order and the price that a text in normal form gives for each of them."""
    if len(wishes) > 1 and (found := _ALL_OF_TYPE.search(plain)):
        kind = FLOWER_TYPES.first(found[1])
        wishes = [replace(wish, flower_type=wish.flower_type or kind) for wish in wishes]
    if len(wishes) > 1 and _OF_EACH.search(plain):
        order = next((wish.sort for wish in wishes if wish.sort), None)
        wishes = [replace(wish, sort=wish.sort or order) for wish in wishes]
    most = max((wish.max_price for wish in wishes if wish.max_price is not None), default=None)
    if most is not None and _EACH.search(plain):
        wishes = [replace(wish, max_price=wish.max_price or most) for wish in wishes]
    return wishes


def with_later_name(wishes: Sequence[Slots]) -> list[Slots]:
    """The wishes; a size before any name belongs to the next name: "the half gram or the gram of jack oil".

    A second size of an extract is one of that extract: "blue dream wax, half gram and full gram".
    """
    first = wishes[0] if wishes else None
    if first and first.category == "Concentrates" and first.size:
        wishes = [
            replace(
                wish, category=first.category, kind=first.kind, query=f"{first.kind or ''} {wish.query}".strip()
            )
            if wish.size and not wish.category and wish.names == first.names
            else wish
            for wish in wishes
        ]
    named = next((wish for wish in wishes if wish.knows_names), None)
    return [
        replace(
            wish,
            names=named.names,
            knows_names=True,
            category=named.category,
            kind=named.kind,
            query=f"{' '.join((*named.names, *filter(None, [named.kind])))} {wish.query}",
        )
        if named and wish.size and not (wish.names or wish.category)
        else wish
        for wish in wishes
    ]


def with_name(part: str, wish: Slots, before: Sequence[Slots], names: Collection[str], text: str) -> Slots:
    """A wish for another size or form of what an earlier one names: "gelato flower, and in a cart"; or for "it".

    Args:
        part: The part of a text that has the wish.
        wish: What it says.
        before: The wishes before it.
        names: The catalog's names in the whole text, in normal form.
        text: The whole text in normal form.
    """
    if wish.names or wish.yardstick:
        return wish
    plain = plain_words(part)
    named = next((each for each in reversed(before) if each.knows_names), None)
    if named is None:
        is_it = bool(wish.size or wish.category) and _IT.search(plain)
        is_size = wish.size is not None and not wish.category and not _says_more(wish)
        return of_what_is_named(wish, names) if not before and (is_it or is_size) else wish
    is_size = wish.size is not None and wish.category is None
    is_form = wish.category in OF_STRAINS and not _says_more(wish) and _is_form(plain, wish)
    if not (is_size or is_form or _IT.search(plain) or (wish.category and _COMES_IN.search(text))):
        return wish
    return replace(wish, names=named.names, knows_names=True, query=f"{named.names[0]} {wish.query}")


def _says_more(wish: Slots) -> bool:
    """Whether a wish says what is wanted beside its kind and its size."""
    return bool(
        wish.effect or wish.flavor or wish.flower_type or wish.narrows_much or wish.more_cbd or wish.unknown
    )


def _is_form(plain: str, wish: Slots) -> bool:
    """Whether a part of a text only names a form: "in cart", "the 1g cart version", "prerolls of it"."""
    kind = wish.kind or ""
    if re.search(_IN_FORM.replace("KIND", re.escape(kind)), plain):
        return True
    left = CATEGORIES.replace(SIZES.replace(without_measures(plain), " "), " ")
    return {*normal(left).split()} <= _BESIDE_FORM


def are_mild(parts: Sequence[tuple[str, Slots]], plain: str) -> list[bool]:
    """Which of the wishes of a text must be mild: all of them, but those of another person than who wants it mild.

    Args:
        parts: The parts of the text that have wishes, each with what it says.
        plain: The whole text in normal form.
    """
    asks = [(wish.is_mild and not WEAKEST.search(normal(part))) or is_beginner(part) for part, wish in parts]
    persons = [person_in(plain_words(part)) for part, _ in parts]
    rest = plain
    for part, _ in parts:
        rest = rest.replace(plain_words(part), " ")
    of_all = is_beginner(rest) or wants_it_mild(rest)
    mild = [person for person, is_mild in zip(persons, asks, strict=True) if is_mild]
    return [
        wish.is_mild or of_all or any(not are_others(person, each) for each in mild)
        for (_, wish), person in zip(parts, persons, strict=True)
    ]


def once(wishes: Sequence[Slots]) -> list[Slots]:
    """The wishes, without those that only name the same kind in another word: "drops or tinctures"."""
    kept: dict[Slots, Slots] = {}
    for wish in wishes:
        is_wide = wish.kind is not None and SORTS.first(wish.kind) is None and not wish.names
        kept.setdefault(replace(wish, kind=None, query="") if is_wide else wish, wish)
    return list(kept.values())


def wants_it_mild(plain: str) -> bool:
    """Whether any part of a text in normal form asks for something mild: this applies to all its wishes."""
    return (wants_mild(plain) or gets_anxious(plain)) and not WEAKEST.search(plain)
