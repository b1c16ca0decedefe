"""The products among which a superlative is meant: those named, those listed, or those of a kind and a size."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.words import is_size, words_in

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
_OURS = re.compile(
    r"\b(?:our|we have|we carry|we'?ve got|in stock|overall|right now|you can get|tenemos|on the menu"
    r"|in the shop)\b"
)
#: "Of the three that I found": among what was looked up in this turn.
_FOUND = re.compile(
    r"\b(?:of|among|out of|de|entre) (?:the |these |those |las |los |lo )?(?:\w+ ){0,3}?(?:(?:that )?(?:i|we) "
    r"(?:just )?(?:found|looked up|pulled up|see)|search results|results|que (?:te )?(?:encontre|busque|vi"
    r"|encontramos|salieron|aparecen))\b"
)


def rivals_of(
    reading: DraftReading, sentence: Sentence, found: re.Match[str], subject: Mention
) -> Sequence[Product]:
    """The products among which a superlative is meant."""
    text = reading.text(sentence)
    drafted = products_of(
        one for other in reading.sentences for one in other.mentions if not reading.is_reference(one)
    )
    is_close = bool(
        re.search(r"\b(?:of|among|out of|de) (?:the|these|those|them|las|los|est[ao]s)\b", text)
    ) and not _OURS.search(text)
    if _FOUND.search(text) and len(reading.shown) > 1:
        return [one for one in reading.shown if same_kind(one, subject)]
    shown = products_of(reading.spoken_of) if is_close and len(drafted) <= len(subject.candidates) + 1 else ()
    near = tuple(dict.fromkeys([*drafted, *shown]))
    is_shown = any(one in reading.shown for one in subject.candidates)
    kind = of_kind(reading, sentence, found, reading.shown if is_shown else reading.products)
    if is_close and len(near) > 1:
        return [one for one in near if same_kind(one, subject)]
    has_scope = any(word in _KINDS or is_size(word) for word in _scope_words(text, found))
    if len(near) > 1 and not _OURS.search(text) and not has_scope:
        return [one for one in near if same_kind(one, subject)]
    return [one for one in kind if same_kind(one, subject) and one.available is not False]


def same_kind(one: Product, subject: Mention) -> bool:
    kinds = {(other.category or "", other.unit) for other in subject.candidates}
    return any(
        (not category or not one.category or one.category == category)
        and (unit is None or one.unit in (None, unit))
        for category, unit in kinds
    )


def _scope_words(text: str, found: re.Match[str]) -> list[str]:
    """The words that say among what a superlative is meant: "cheapest eighth"."""
    tail = re.split(r"[,.:;($]|\b(?:is|are|we|es|son|that|at)\b", text[found.end() : found.end() + 40])[0]
    return [word for word, _, _ in words_in(tail)]


def of_kind(
    reading: DraftReading, sentence: Sentence, found: re.Match[str], products: Sequence[Product]
) -> list[Product]:
    """The products of the kind and size that stand beside a superlative: "cheapest eighth", "strongest flower"."""
    words = _scope_words(reading.text(sentence), found)
    sizes = [word for word in words if is_size(word)]
    kinds = [_KINDS[word] for word in words if word in _KINDS]
    types = [word for word in words if word in _TYPES]
    return [
        one
        for one in products
        if (not types or (one.flower_type or "").casefold() in types)
        and all(size in one.words for size in sizes)
        and (not kinds or (one.category or "").casefold() in kinds)
    ]
