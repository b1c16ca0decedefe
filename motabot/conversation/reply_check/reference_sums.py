"""Whether a sum or a difference that a reference computes is that of what the words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, money_in
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading, FilledReference
from motabot.text.regex import regex

_RATE = regex(r"(\d+(?:\.\d+)?)\s?%")
#: A plain sum of prices, each perhaps several times.
_TERM = r"(?:\d+\s*\*\s*)?p\d+\.price(?:\s*\*\s*\d+)?"
_SUM = regex(rf"\s*\(?{_TERM}(?:\s*\+\s*{_TERM})*\)?(?:\s*-\s*\d+\s*%)?\s*")
_COMES_TO = regex(
    r"\b(?:comes? (?:out )?to|total\w*|would be|will be|makes?|for both|together|serian?|suman?"
    r"|salen? en|quedan? en|son)\s"
    r"(?:\w+\s)?$"
)
#: "All together you're at $31": everything that the reply named so far, as often as it said.
_IN_ALL = regex(
    r"\b(?:all together|altogether|in all|in total|total\w*|all in"
    r"|(?:for|that'?s) everything|the (?:whole )?lot|en total"
    r"|todo junto|por todo|en conjunto)\b"
)
_NOT_OF_ALL = regex(r"\b(?:each|apiece|one of|just one|instead|rather|cada|un[oa] de|en vez)\b")
_SWAPPED = regex(r"\b(?:swap|trade|switch|cambia)\w*\b")
#: A difference of prices, each perhaps several times.
_DIFFERENCE = regex(rf"[\s()]*{_TERM}(?:[\s()]*[-+][\s()]*(?:{_TERM}|\d+(?:\.\d+)?))+[\s()]*")
_SAVES = regex(r"\b(?:sav\w+|ahorr\w+)\s(?:(?:you|about|around|te|unos|como|just|yourself|casi)\s)*$")
_MOST_OF_ONE = 8


def check_sum(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """A sum takes each product as often as the words say; what is saved lies between two amounts of the reply."""
    yield from _check_quantities(reading, amount, filled)
    yield from _check_saved(reading, amount, filled)


def _check_saved(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """ "Four are $118, the half ounce is $104: you save {...}" is the difference of such amounts."""
    sentence = reading.sentence_at(amount.start)
    if not (
        _DIFFERENCE.fullmatch(filled.expression)
        and _SAVES.search(reading.words[sentence.span.start : amount.start])
    ):
        return
    amounts = list(money_in(reading.words))
    saved = next((one.value for one in amounts if one.start == amount.start), None)
    others = {one.value for one in amounts if one.end <= amount.start}
    if saved is None or len(others) < 2:
        return
    many = {one * times for one in others for times in range(1, _MOST_OF_ONE + 1)}
    if not any(abs(first - second) == saved for first in many for second in others):
        excerpt = reading.draft.excerpt(amount.start, amount.end)
        yield Problem(
            "reference", excerpt, f'"{excerpt}" is not the difference of amounts that the reply gives. Correct it.'
        )


def _check_quantities(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """A sum takes each product as often as the words before it say: "two X come to {2*p1.price}"."""
    if not _SUM.fullmatch(filled.expression):
        return
    sentence = reading.sentence_at(amount.start)
    if not (_COMES_TO.search(reading.words[sentence.span.start : amount.start]) or "+" in filled.expression):
        return
    terms = _RATE.sub("", filled.expression).split("+")
    if len(terms) != len(filled.products):
        return  # a product occurs in it twice
    numbers = (re.search(r"(?<![\w.])\d+(?![\w.])", term) for term in terms)
    counts = {
        name: Decimal(number[0]) if number else Decimal(1)
        for name, number in zip(filled.products, numbers, strict=True)
    }
    text = reading.words[sentence.span.start : sentence.span.end]
    if _SWAPPED.search(text):
        return
    is_of_all = bool(_IN_ALL.search(text)) and not _NOT_OF_ALL.search(text)
    for mention in _counted(reading, amount, is_of_all=is_of_all):
        names = {one.name for one in mention.candidates} & counts.keys()
        if mention.quantity is None or mention.end > amount.start or len(names) != 1:
            continue
        has_figure = any(mention.end <= one.start and one.end <= amount.start for one in reading.figures)
        if has_figure and not is_of_all:
            continue  # it has its own figure: "two brownies are $50.00, or $49.00 for one of each"
        taken = counts[names.pop()]
        if mention.quantity > 1 and taken != mention.quantity:
            excerpt = reading.draft.excerpt(amount.start, amount.end)
            yield Problem(
                "reference",
                excerpt,
                f'"{excerpt}" takes {mention.candidates[0].name} {taken:f} times, not {mention.quantity:f}'
                " as the words say. Correct it.",
            )


def _counted(reading: DraftReading, amount: Amount, *, is_of_all: bool) -> list[Mention]:
    """The products whose quantities a sum follows: those of its sentence, or all before a total of everything."""
    if not is_of_all:
        return reading.sentence_at(amount.start).mentions
    return [one for other in reading.sentences for one in other.mentions if one.end <= amount.start]
