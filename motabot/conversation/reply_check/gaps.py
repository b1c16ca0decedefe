"""Which of two products costs more: "X is $1 less than Y" has a direction besides its amount."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.receipts import pieces_paid
from motabot.conversation.reply_check.sums import each_once
from motabot.text.regex import regex

_LESS = regex(
    r"\s?(?:(?:less|cheaper|lower|menos|mas barat[oa])\s(?:than|que)|under|below)\b(?= (?:the|your|our|a|el"
    r"|la|tu)\b)?"
)
_MORE = regex(
    r"\s?(?:(?:more|pricier|higher|mas|mas car[oa])\s(?:than|que)|over|above)\b(?= (?:the|your|our|a|el|la"
    r"|tu)\b)?"
)
_NEAR = 40
#: "It saves you $7.50 over two eighths" costs less.
_SAVES = regex(r"\b(?:sav(?:e|es|ing)|ahorras?|ahorrando)\s(?:you |te )?(?:about |around )?$")
_FROM_TO = regex(r"\bwent (?:up |down )?from \$(?P<old>\d+(?:\.\d\d)?) to \$(?P<new>\d+(?:\.\d\d)?)")


#: "They've gone up $3", "it dropped by $2": which way the price went since the known receipts.
_MOVED = regex(
    r"\b(?:(?:gone|went|come|came|is|are|'s|'re|been) (?P<way>up|down)|(?P<rose>rose|risen|increased|subi\w+)"
    r"|(?P<fell>dropped|fell|fallen|decreased|baj(?:o|aron|ado)))\s(?:by )?\$\d"
)
#: "And costs $2.50 more", at the end of a clause.
_COSTS_MORE = regex(
    r"\b(?:costs?|is|at|runs?|for|cuesta|sale)\s(?:about |just |only )?\$\d+(?:\.\d\d)?\s"
    r"(?:(?P<more>more|extra|pricier|mas)|(?P<less>less|cheaper|menos))"
    r"(?=[.,;!]|$)|\bfor (?P<same>the same (?:money|price))(?=[.,;!]|$)"
)


def _prices_of(side: Mention) -> set[Decimal]:
    """What a side costs: "$5 less than two eighths" speaks of both."""
    return {one.price * (side.quantity or 1) for one in side.candidates if one.price is not None}


def check_gaps(reading: DraftReading) -> Iterator[Problem]:
    """ "X is $1 less than Y" only if X costs less."""
    yield from _check_against_the_one_before(reading)
    yield from _check_changes(reading)
    yield from _check_moves(reading)
    for amount in money_in(reading.words):
        after = reading.words[amount.end :]
        less, more = _LESS.match(after), _MORE.match(after)
        found = less or more
        if found is None:
            continue
        pair = _pair(reading, reading.sentence_at(amount.start), amount.start, amount.end + found.end())
        if pair is None:
            continue
        own, other = (_prices_of(side) for side in pair)
        if not own or not other:
            continue
        is_less = less or _SAVES.search(reading.words, max(0, amount.start - _NEAR), amount.start)
        is_true = min(own) < max(other) if is_less else max(own) > min(other)
        if not is_true:
            excerpt = reading.draft.excerpt(amount.start, amount.end + found.end())
            names = [side.candidates[0].name for side in pair]
            cheaper, dearer = reversed(names) if less else names
            yield Problem("rank", excerpt, f'"{excerpt}" is not right: {cheaper} costs less than {dearer}.')


def _check_against_the_one_before(reading: DraftReading) -> Iterator[Problem]:
    """ "And Y costs $2.50 more", "for the same money": against the one other product that the draft names."""
    for found in _COSTS_MORE.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        before = [one for one in [*reading.before(sentence), *sentence.mentions] if one.start < found.start()]
        named = each_once(before)
        if len(named) != 2 or reading.draft.is_denied(found.start()) or not sentence.mentions:
            continue
        own = next(one for one in named if set(one.candidates) & set(before[-1].candidates))
        other = next(one for one in named if one is not own)
        prices = [{one.price for one in mention.candidates if one.price is not None} for mention in (own, other)]
        if len(prices[0]) != 1 or len(prices[1]) != 1:
            continue
        mine, its = prices[0].pop(), prices[1].pop()
        if not (mine == its if found["same"] else mine > its if found["more"] else mine < its):
            excerpt = reading.draft.excerpt(*found.span())
            right = f"{own.candidates[0].name} costs ${mine}, {other.candidates[0].name} ${its}."
            yield Problem("rank", excerpt, f'"{excerpt}" is not right: {right} Correct it.')


def _check_changes(reading: DraftReading) -> Iterator[Problem]:
    """ "Went from $34.79 to $34": what was paid before comes first, today's price last."""
    for found in _FROM_TO.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        before = [one for one in sentence.mentions if one.end <= found.start()][-1:]
        for one in products_of(before):
            if one.price == Decimal(found["old"]) and one.paid == Decimal(found["new"]) and one.price != one.paid:
                excerpt = reading.draft.excerpt(*found.span())
                yield Problem("price", excerpt, f"{one.name} cost ${one.paid} before and costs ${one.price} now.")


def _check_moves(reading: DraftReading) -> Iterator[Problem]:
    for found in _MOVED.finditer(reading.words):
        products = products_of(reading.sentence_at(found.start()).subjects)
        paid = [amount for one in products for amount in pieces_paid(reading, one)]
        if len(products) != 1 or products[0].price is None or not paid:
            continue
        is_up = found["way"] == "up" or bool(found["rose"])
        if all(amount >= products[0].price if is_up else amount <= products[0].price for amount in paid):
            excerpt = reading.draft.excerpt(*found.span())
            yield Problem(
                "price", excerpt, f"{products[0].name} cost ${paid[0]} and costs ${products[0].price} now."
            )


def _pair(reading: DraftReading, sentence: Sentence, start: int, end: int) -> tuple[Mention, Mention] | None:
    """The two products of a comparison: the one before the amount, and the one right after "than"."""
    before = [one for one in sentence.mentions if one.end <= start and not reading.is_reference(one)]
    after = [one for one in sentence.mentions if one.start >= end and one.start - end < _NEAR]
    if len(before) != 1 or not after or set(before[0].candidates) & set(after[0].candidates):
        return None
    return before[0], after[0]
