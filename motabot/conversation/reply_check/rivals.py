"""The products that a superlative compares: those named, those listed, or those of a kind and a size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.rank_orders import BOUGHT, RankOrder
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.words import GENERIC, is_size, product_words, words_in
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import number_words
from motabot.text.regex import regex

_KINDS = {
    "flower": "flower",
    "edible": "edibles",
    "vape": "vapes",
    "cartridge": "vapes",
    "pre-roll": "pre-rolls",
    "concentrate": "concentrates",
    "gummy": "edibles",
    "tincture": "tinctures",
    "topical": "topicals",
}
_TYPES = frozenset({"indica", "sativa", "hybrid"})
#: What ends the words of a group: "cheapest wax is", "strongest flower we have".
_SCOPE_END = regex(r"[,.:;($]|\b(?:is|are|we|i|you|es|son|that|at|for|tenemos|que|goes|comes|runs)\b|'s\b")
#: "La sativa de 3.5g mas barata": in Spanish the group comes before the superlative.
_SPANISH_HEAD = regex(r"\b(?:el|la|los|las|nuestr[oa]s?|tu) (?P<group>[\w-]+(?:,? (?:de |en )?[\w.-]+){0,2}) $")
_PARTLY = regex(
    r"\b(?:(?:one|some|any|a (?:few|couple)|several|among|amongst|part|unas?|unos?|algun[oa]s?|entre)"
    r"(?: of| de)?(?: the| our| your| its| los| las| nuestr[oa]s)*|de (?:los|las))\s(?:very )?$"
)
_SO_MANY = regex(rf"\b(?:the|our|los|las|top)\s(?P<number>[2-9]|{'|'.join(number_words(2, 9))})\s$")
_ORDINALS = {"second": 1, "2nd": 1, "third": 2, "3rd": 2, "segundo": 1, "segunda": 1, "tercero": 2, "tercera": 2}
_IN_ORDER = regex(
    r"\b(?P<ordinal>second|2nd|third|3rd|next|segund[oa]|tercer[oa])[\s-]$|\b(?P<siguiente>siguiente)\s$"
)
#: "One of our strongest" is among the first three, or among the first third of many.
_FEW = 3
_OURS = regex(
    r"\b(?:our|we have|we carry|we'?ve got|in stock|overall|right now|you can get|tenemos|on the menu"
    r"|in the shop)\b"
)
_OF_SO_MANY = regex(
    r"\b(?:of|among|out of|de|entre) (?:the|these|those|all|las|los|est[ao]s|es[ao]s)"
    rf" (?P<number>[2-9]|{'|'.join(number_words(2, 9))})\b"
)
#: "The best rated of its forms".
_OF_ITS_FORMS = regex(
    r"\b(?:of|among|de|entre) (?:all )?(?:its|sus) (?:\w+ )?(?:forms|sizes|versions|kinds|formas|tamanos)\b"
)
#: "The gentlest of the bunch": of all that the customer was shown.
_WHOLE_LIST = regex(
    r"\bof everything (?:here|above|listed|on the list)\b|\b(?:of|among) (?:the (?:bunch|lot|whole lot|list"
    r"|group)|them all)\b|\bde (?:todos|todas|la lista)\b"
)
_ON = regex(r"\s(?:on|of|for|in|among) (?:the |your |our )?")
#: "Of the three that I found": among what was looked up in this turn.
_FOUND = regex(
    r"\b(?:of|among|out of|de|entre) (?:the |these |those |las |los |lo )?(?:\w+ ){0,3}?(?:(?:that )?(?:i|we) "
    r"(?:just )?(?:found|looked up|pulled up|see)|search results|results|que (?:te )?(?:encontre|busque|vi"
    r"|encontramos|salieron|aparecen))\b"
)


def rivals_of(
    reading: DraftReading, sentence: Sentence, found: re.Match[str], subject: Mention, order: RankOrder
) -> Sequence[Product]:
    """The products that a superlative compares."""
    text = reading.text(sentence)
    if order.name == BOUGHT:
        return [one for one in reading.products if one.bought]
    drafted = products_of(
        one for other in reading.sentences for one in other.mentions if not reading.is_reference(one)
    )
    is_close = bool(
        re.search(r"\b(?:of|among|out of|de) (?:the|these|those|them|las|los|est[ao]s)\b", text)
    ) and not _OURS.search(text)
    if lines := _lines_named(reading, sentence, found):
        return lines
    if _FOUND.search(text) and len(reading.shown) > 1:
        return [one for one in reading.shown if same_kind(one, subject)]
    shown = products_of(reading.spoken_of) if is_close and len(drafted) <= len(subject.candidates) + 1 else ()
    near = tuple(dict.fromkeys([*drafted, *shown]))
    if _OF_ITS_FORMS.search(text):
        strains = {one.strain for one in subject.candidates if one.strain}
        return [one for one in reading.products if one.strain in strains] or subject.candidates
    if so_many := _so_many(reading, sentence, subject, order):
        return so_many
    if _WHOLE_LIST.search(text):
        near = tuple(dict.fromkeys([*near, *products_of(reading.spoken_of), *reading.shown]))
    is_shown = any(one in reading.shown for one in subject.candidates)
    kind = of_kind(reading, sentence, found, reading.shown if is_shown else reading.products)
    if is_close and len(near) > 1:
        return [one for one in near if same_kind(one, subject)]
    if (
        len(near) == 2 < len(reading.shown)
        and set(near) <= set(reading.shown)
        and near[0].family != near[1].family
    ):
        near = ()  # of two, one is "cheaper": "cheapest" compares all that were looked up
    if len(near) > 1 and not _OURS.search(text) and not has_scope(reading, sentence, found):
        return [one for one in near if same_kind(one, subject)]
    is_listed = ":" in text[: max(0, subject.start - sentence.span.start)]
    types = [word for word in subject.words if word in _TYPES and is_listed]
    if types:  # "cheapest eighths: indica X, sativa Y"
        kind = [one for one in kind if all(_is_called(one, word) for word in types)]
    return [one for one in kind if same_kind(one, subject) and one.available is not False]


def _lines_named(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Sequence[Product]:
    """The sizes of the product that "the best value on the Skywalker" names."""
    end = sentence.span.start + found.end()
    named = next(
        (one for one in sentence.mentions if _ON.fullmatch(reading.words, end, max(end, one.start))), None
    )
    families = {one.family for one in named.candidates} if named and not named.is_kind else set()
    return [one for one in reading.products if one.family in families and one.available is not False]


def _so_many(reading: DraftReading, sentence: Sentence, subject: Mention, order: RankOrder) -> Sequence[Product]:
    """The products that "of the three" means: as many were named together, looked up or listed before.

    If no such group is known, it may be any of those looked up: the ones that the subject is not beaten by, as far
    as they suffice.
    """
    found = _OF_SO_MANY.search(reading.text(sentence))
    if found is None:
        return ()
    number = int(read_number(found["number"]))
    ahead = [one for one in reading.sentences if one.span.start <= sentence.span.start]
    together = [products_of(one for one in other.mentions if not one.is_bare) for other in reversed(ahead)]
    drafted = products_of(one for other in reading.sentences for one in other.mentions)
    spoken = products_of(reading.spoken_of)
    pools = (*together, drafted, reading.shown, spoken, tuple(dict.fromkeys([*drafted, *spoken])))
    alike = ([one for one in pool if same_kind(one, subject)] for pool in pools)
    fitting = (pool for pool in alike if len(pool) == number and set(pool) & set(subject.candidates))
    return next(fitting, ()) or _any_of(reading, subject, order, number)


def _any_of(reading: DraftReading, subject: Mention, order: RankOrder, number: int) -> Sequence[Product]:
    own = [one for one in reading.shown if one in subject.candidates]
    measured = [
        (value, one)
        for one in reading.shown
        if one not in own and same_kind(one, subject) and (value := order.measure(one)) is not None
    ]
    if not own or len(measured) < number - 1:
        return ()
    measured.sort(key=lambda pair: pair[0], reverse=not order.is_highest)
    return [*own, *(one for _, one in measured[: number - 1])]


def is_plain(words: Iterable[str]) -> bool:
    """Whether words are of kind and size alone, and name no product."""
    return all(word in GENERIC or is_size(word) for word in words)


def same_kind(one: Product, subject: Mention) -> bool:
    kinds = {(other.category or "", other.unit) for other in subject.candidates}
    return any(
        (not category or not one.category or one.category == category)
        and (unit is None or one.unit in (None, unit))
        for category, unit in kinds
    )


def of_kind(
    reading: DraftReading, sentence: Sentence, found: re.Match[str], products: Sequence[Product]
) -> list[Product]:
    """The products of the group next to a superlative: "cheapest eighth", "strongest wax"."""
    kept = list(products)
    for word in _scope_words(reading, sentence, found):
        kept = [one for one in kept if _is_called(one, word)] or kept
    return kept


def has_scope(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether words next to a superlative name a group of goods."""
    return any(
        _is_called(one, word) for word in _scope_words(reading, sentence, found) for one in reading.products
    )


def _scope_words(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> list[str]:
    """The words that name the group of a superlative: "wax" in "the cheapest wax"."""
    start = sentence.span.start + found.end()
    tail = _SCOPE_END.split(reading.words[start : min(start + 40, sentence.span.end)])[0]
    named = [one for one in sentence.mentions if len(one.candidates) == 1 and not is_plain(one.words)]
    ahead = _SPANISH_HEAD.search(reading.words, sentence.span.start, sentence.span.start + found.start())
    begin = ahead.start("group") if ahead and found[0].startswith("mas ") else start
    return [
        word
        for written, place in ((ahead["group"] if begin != start and ahead else "", begin), (tail, start))
        for word, first, _ in words_in(written)
        if not any(one.start <= place + first < one.end for one in named)
    ]


def _is_called(one: Product, word: str) -> bool:
    """Whether a product is of the group that a word names: a kind, a size, a type, a strain or a brand."""
    if word in _KINDS and (one.category or "").casefold() == _KINDS[word]:
        return True
    return word in one.words or word in product_words(fold_in_place(one.brand or ""))


def share_of(reading: DraftReading, place: int) -> range | None:
    """Which places of an order a superlative means: "one of our strongest", "the second cheapest".

    Returns:
        Positions that count from 0 for the best; None for the best alone.
    """
    before = reading.words[max(0, place - 30) : place]
    if found := _IN_ORDER.search(before):
        word = found["ordinal"] or found["siguiente"]
        return range(1, 3) if word in ("next", "siguiente") else range(_ORDINALS[word], _ORDINALS[word] + 1)
    if found := _SO_MANY.search(before):
        return range(int(read_number(found["number"])))
    return range(_FEW) if _PARTLY.search(before) else None


def is_in_share(value: Decimal, rivals: Iterable[Decimal], share: range, *, is_highest: bool) -> bool:
    """Whether a value has a place that a share means among its rivals; equal values have the same place."""
    ordered = sorted({value, *rivals}, reverse=is_highest)
    every = sorted([value, *rivals], reverse=is_highest)
    many = range(share.start, max(share.stop, len(ordered) // 3)) if share.start == 0 else share
    return ordered.index(value) in many or every.index(value) in share
