"""Words that point at a product instead of naming it: "yours", "the other one", "that last one", "the big one"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Protocol

from motabot.conversation.reply_check.draft import Draft, TextSpan
from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.sums import each_once
from motabot.conversation.reply_check.words import GENERIC, product_words
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

#: What follows a word such as "the first" if it is the subject, and no noun follows.
_SAYS = (
    r"(?=,? ?(?:'s\b|is\b|has\b|at \$|at \d|for \$|costs?\b|runs?\b|comes?\b|tastes?\b|gives?\b|packs?\b"
    r"|works?\b|being\b"
    r"|leans?\b|\(|es\b|tiene\b|cuesta\b|sale\b|sabe\b|trae\b|esta a\b))"
)
_POINTER = regex(
    r"\b(?P<own>yours|your (?:own|usual) one|(?<=than )(?:your|the) usual(?=[.,;!)]|$| and)|(?:el|la|los"
    r"|las) tuy[oa]s?|(?<=que )(?:la|el) de siempre)\b"
    rf"|\b(?P<other>(?:the|that) other(?: one| option|{_SAYS})|(?:el otro|la otra){_SAYS})\b"
    r"|\b(?:the|that|this|el|la|es[ae]|est[ae]) (?P<place>first|second|third|fourth|last|latter|former|top"
    r"|middle"
    r"|bottom|primer[oa]?"
    rf"|segund[oa]|tercer[oa]?|cuart[oa]|ultim[oa])(?: (?:one|option|pick|choice|opcion)\b(?! (?:was|you"
    rf"|on)\b)|(?:'s)?{_SAYS})"
    r"|\b(?P<latter>the (?:latter|former))\b"
    r"|\b(?:the|el|la) (?P<size>big(?:ger|gest)?|large[rst]*|small(?:er|est)?|chic[oa]|grande) (?:one|size"
    r"|bag|option)\b"
    rf"|\b(?:el|la) (?P<tamano>chic[oa]|grande|mas grande|mas chic[oa]){_SAYS}"
)
_PLACES = {
    **dict.fromkeys(("first", "top", "former", "the former", "primer", "primero", "primera"), 0),
    **dict.fromkeys(("second", "segundo", "segunda"), 1),
    **dict.fromkeys(("third", "tercer", "tercero", "tercera"), 2),
    **dict.fromkeys(("fourth", "cuarto", "cuarta"), 3),
    **dict.fromkeys(("last", "bottom", "latter", "the latter", "ultimo", "ultima"), -1),
}
_PAIRED = regex(
    r"(?:[,;]|\b(?:and|but|while|y|pero|mientras)) (?:the|la|el) (?P<place>second|third|fourth|last|latter"
    r"|segund[oa]|tercer[oa]|cuart[oa]|ultim[oa])\b(?! (?:visits?|times?|trips?|weeks?|months?|one|visita|vez"
    r"|compra|[2-5](?!\.)|two|three|dos|tres)\b)"
)
#: "The first two", "las dos ultimas": several at once.
_SEVERAL = regex(
    rf"\b(?:the|those|these|that|l[oa]s|est[oa]s|es[oa]s) (?:(?P<end>first|last|top|bottom|other|primer[oa]s"
    rf"|ultim[oa]s|otr[oa]s) (?P<number>[2-5]|{SPOKEN_NUMBER})|(?P<numero>[2-5]|{SPOKEN_NUMBER})"
    r" (?P<fin>primer[oa]s|ultim[oa]s|otr[oa]s))\b(?! (?:visits?|times?|trips?|weeks?|months?"
    r"|days?|years?|purchases?|orders?|nights?"
    r"|visitas|veces|compras|semanas|meses|dias))"
)
_CAPITAL = regex(r"\b[A-Z][a-z]{3,}\b")
_SAYS_OF_IT = regex(rf"(?:'s)?{_SAYS}")
_NAMES_IT = regex(r"\s(?:is|would be|es|seria)\s(?:the |our |el |la )?$")


class Sight(Protocol):
    """What the words before a draft's sentence leave in sight."""

    @property
    def asked(self) -> list[Mention]:
        """The products that the customer asked about."""

    @property
    def spoken_of(self) -> list[Mention]:
        """The products that the conversation named last."""

    @property
    def products(self) -> tuple[Product, ...]:
        """All that are known, for other sizes of what is named."""


def pointers(
    words: str, start: int, named: Sequence[Mention], earlier: Sequence[Mention], sight: Sight
) -> list[Mention]:
    """The products that a sentence points at, as far as the words before settle which.

    Args:
        words: The draft up to the end of the sentence, which begins at `start`.
        named: The products that the sentence names, in order.
        earlier: Those that the draft names before.
        sight: Those outside of the draft.
    """
    pointed: list[Mention] = []
    for found in _POINTER.finditer(words, start):
        if any(one.start < found.end() and found.start() < one.end for one in named):
            continue
        if any(_NAMES_IT.fullmatch(words, found.end(), one.start) for one in named if one.start > found.end()):
            continue  # "the first one is Gelato" names it
        known = _one_by_one([*earlier, *(one for one in named if one.end <= found.start())])
        if meant := _meant(found, known, pointed[-1:], sight):
            pointed.append(Mention(*found.span(), (), meant))
    if pointed:
        pointed += [*_paired(words, pointed, named, earlier, sight)]
    return [*pointed, *_several(words, start, pointed, named, earlier, sight)]


def _paired(
    words: str, pointed: Sequence[Mention], named: Sequence[Mention], earlier: Sequence[Mention], sight: Sight
) -> Iterator[Mention]:
    """The other ordinals after one with a verb: "the first tastes of grape, the second of pine"."""
    known = _one_by_one([*earlier, *(one for one in named if one.end <= pointed[0].start)])
    row = _by_family(known) if len(known) > 1 else each_once(sight.spoken_of)
    for found in _PAIRED.finditer(words, pointed[0].end):
        place = _PLACES[found["place"]]
        is_taken = any(one.start < found.end() and found.start("place") < one.end for one in [*named, *pointed])
        if len(row) > max(1, place) and not is_taken:
            yield Mention(found.start("place"), found.end(), (), row[place].candidates)


def _several(
    words: str,
    start: int,
    pointed: Sequence[Mention],
    named: Sequence[Mention],
    earlier: Sequence[Mention],
    sight: Sight,
) -> Iterator[Mention]:
    """The products that "the first two" and the like point at, each as a mention of its own."""
    for found in _SEVERAL.finditer(words, start):
        known = _one_by_one([*earlier, *(one for one in named if one.end <= found.start())])
        row = known if len(known) > 1 else each_once(sight.spoken_of)
        last = max([*pointed, *named], key=lambda one: one.end if one.end <= found.start() else -1, default=None)
        many, end = int(read_number(found["number"] or found["numero"])), found["end"] or found["fin"]
        if end.startswith(("other", "otr")) and last and last.end <= found.start():
            row = [one for one in row if not set(one.candidates) & set(last.candidates)]
            if len(row) != many:
                continue
        is_last = end.startswith(("last", "bottom", "other", "ultim", "otr"))
        if 1 < many <= len(row):
            yield from (
                Mention(*found.span(), (), one.candidates) for one in (row[-many:] if is_last else row[:many])
            )


def short_names(
    draft: Draft, span: TextSpan, named: Sequence[Mention], earlier: Sequence[Mention], sight: Sight
) -> Iterator[Mention]:
    """Products in sight that a word with a capital means: "Purple has grape" after "Granddaddy Purple"."""
    for found in _CAPITAL.finditer(draft.text, span.start, span.end):
        words = product_words(fold_in_place(found[0]))
        is_taken = any(one.start < found.end() and found.start() < one.end for one in named)
        if is_taken or len(words) != 1 or words[0] in GENERIC or not _SAYS_OF_IT.match(draft.folded, found.end()):
            continue
        called = [one for one in _one_by_one([*earlier, *named, *sight.asked]) if _is_called(one, words[0])]
        if len(called) == 1:
            yield Mention(*found.span(), words, called[0].candidates)


def _is_called(mention: Mention, word: str) -> bool:
    return all(word in product_words(one.folded) for one in mention.candidates)


def _meant(
    found: re.Match[str], known: list[Mention], pointed: Sequence[Mention], sight: Sight
) -> tuple[Product, ...]:
    """The products that a pointer means, if that is certain; "the other" is not the one pointed at before."""
    if found["own"]:
        return _bought(known) or _bought(each_once(sight.asked))
    if found["other"]:
        pairs = (known, each_once([*known, *sight.asked]), each_once([*known, *sight.spoken_of]))
        pair = next((one for one in pairs if len(one) > 1), [])
        return _other_of(pair, [*(known or pair), *pointed][-1]) if len(pair) == 2 else ()
    if found["size"] or found["tamano"]:
        return _by_size(found["size"] or found["tamano"], known or sight.asked, sight.products)
    row = _by_family(known) if len(known) > 1 else each_once(sight.spoken_of)
    if found["place"] == "middle":
        return row[1].candidates if len(row) == 3 else ()
    place = _PLACES[found["latter"] or found["place"]]
    return row[place].candidates if place < len(row) and len(row) > 1 else ()


def _by_family(row: Sequence[Mention]) -> list[Mention]:
    """Sizes of one product as one, if others are named beside them: "X (1g, 3.5g, 7g) and Y" are two."""
    families: dict[frozenset[tuple[str, str]], list[Mention]] = {}
    for one in row:
        families.setdefault(frozenset(each.family for each in one.candidates), []).append(one)
    if len(families) < 2:
        return list(row)
    return [
        Mention(same[0].start, same[0].end, (), tuple(each for one in same for each in one.candidates))
        for same in families.values()
    ]


def _other_of(pair: Sequence[Mention], last: Mention) -> tuple[Product, ...]:
    return next((one.candidates for one in pair if not set(one.candidates) & set(last.candidates)), ())


def _one_by_one(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions in order, each product once: "Gelato" of "Gelato in 3.5g, 7g and 28g" is none beside its sizes."""
    return each_once(
        one for one in mentions if not any(set(other.candidates) < set(one.candidates) for other in mentions)
    )


def _bought(mentions: Sequence[Mention]) -> tuple[Product, ...]:
    """Of the products in sight, the one that the customer buys."""
    own = [tuple(one for one in mention.candidates if one.bought) for mention in mentions]
    own = [each for each in own if each]
    return own[0] if len(own) == 1 else ()


def _by_size(word: str, known: Sequence[Mention], products: Sequence[Product]) -> tuple[Product, ...]:
    """The biggest or the smallest of what was named; of one product, of all its sizes."""
    named = list(
        dict.fromkeys(one for mention in known for one in mention.candidates if len(mention.candidates) == 1)
    )
    families = {one.family for mention in known[-1:] for one in mention.candidates}
    pool = named if len(named) > 1 else [one for one in products if one.family in families]
    for size in (attrgetter("grams"), attrgetter("milligrams")):
        sizes = sorted(((size(one), one) for one in pool if size(one) is not None), key=itemgetter(0))
        if len(sizes) == len(pool) > 1 and (len(named) > 1 or len(families) == 1):
            return (sizes[0][1] if word.startswith(("small", "chic", "mas chic")) else sizes[-1][1],)
    return ()
