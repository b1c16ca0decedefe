"""Amounts that follow from other amounts of the same draft: sums and differences of what it already states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from motabot.conversation.reply_check.figures import DIGITS, Amount, read_number
from motabot.conversation.reply_check.money_words import APART_AFTER, APART_BEFORE, TOTAL
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.subjects import subject_of
from motabot.conversation.reply_check.sums import each_once, sums_of
from motabot.text.number_words import SPOKEN_NUMBER, number_words
from motabot.text.regex import regex

_APART = regex(
    r"\b(?:more|less|cheaper|pricier|apart|difference|extra|over|under|below|above|sav\w+|off|by|short|left"
    r"|leaves?|still have|stays?|pocket"
    r"|leaving|drops?|knocks?|cuts?|saves?|spare|between|instead|mas|menos|diferencia|ahorr\w+|sobran?"
    r"|quedan?|faltan?)\b"
)
_ADDED = regex(
    r"\b(?:with|plus|and|add\w*|doubl\w+|second|another|throw in|includ\w+|con|mas|y|junto|agreg\w+)\b|\+"
)
#: "with the cookie: $39 on the nose", "A + B = $39".
#: "$118 for the carts plus $21.50 for the pre-roll, $139.50".
_SWAPPED = regex(r"\b(?:swap\w*|trad\w+|switch\w*|replac\w+|cambi\w+)\b[^.;]*\b(?:for|with|to|por)\b")
_TWICE = regex(r"\b(?:twice|double|doble)\b")
_SAVED = regex(r"\b(?:sav\w+|less than|ahorr\w+|menos que)\b")
_LEFT = regex(r"\b(?:leav\w+|left|still have|stays?|pocket|to spare|quedan?|sobran?)\b")
_PLUS = regex(r"\b(?:plus|and|y|mas)\b[^.;]*\$|\+")
#: "Go for one plus a Ginger Bar at $43".
_ONE_PLUS = regex(
    r"\b(?:one|it|un[oa])(?: of (?:them|those))?,? (?:plus|and|with|\+|y|mas|con) [\w' ]+"
    r"\s(?:at|for|is|makes|comes to|por|a|=)\s$"
)
_RESULT = regex(r"[:=]\s$")
_HOW_MANY = regex(
    rf"\b(?:all|the|those|these|any|las|los|for|first|last) (?:of )?([2-5]|{'|'.join(number_words(2, 5))})\b"
)
#: "2 x $8 is $16".
_TIMES = regex(
    rf"(?P<number>\d{{1,2}}|{SPOKEN_NUMBER})\s?(?:x|\*|at|times|por"
    rf"|de a)\s?\$(?P<price>{DIGITS})\s(?:each )?(?:is|are|=|makes?|son)\s$"
)
_MOST_NAMED = 8
_NEAR = 60


def combined(
    reading: DraftReading, amount: Amount, settled: Sequence[Amount], prices: Sequence[Amount]
) -> Iterator[Decimal]:
    """The sum or the difference of two correct amounts of the draft.

    Args:
        reading: The draft.
        amount: The amount in question.
        settled: The draft's other amounts that are known to be right. A derived amount counts only before this
            one, or the two could each follow from the other.
        prices: Those of them that are prices of products.
    """
    sentence = reading.sentence_at(amount.start)
    before = reading.words[sentence.span.start : amount.start]
    after = reading.words[amount.end : sentence.span.end]
    ordered = sorted((one for one in settled if one.start != amount.start), key=lambda one: one.start)
    ordered = [one for one in ordered if one.end <= amount.start or one in prices]
    values = sorted({one.value for one in ordered})
    near = f"{before[-_NEAR:]} {after[:_NEAR]}"
    is_apart = bool(APART_AFTER.match(after) or APART_BEFORE.search(before))
    if _ONE_PLUS.search(before):
        yield from _of_one_plus(reading, amount)
    if is_price_slot(reading, amount) and not is_apart:
        yield from _of_sentence(reading, amount) if _RESULT.search(before) else ()
        yield from _of_last(ordered, amount) if before.endswith(", ") and _PLUS.search(before) else ()
        return
    if _SWAPPED.search(reading.text(sentence)):
        yield from _of_swap(reading, amount, values)
    if is_apart or _APART.search(near):
        yield from (abs(first - second) for first, second in combinations(values, 2))
        if _LEFT.search(near):
            yield from (budget - spent for budget in reading.facts.asked_money for spent in values)
        if _TWICE.search(reading.words) and _SAVED.search(near):
            yield from (abs(2 * one.value - other.value) for one in prices for other in prices)
    if many := _HOW_MANY.search(near):
        yield from _of_so_many(reading, amount, int(read_number(many[1])))
    if times := _TIMES.search(before):
        price = read_number(times["price"])
        yield from (value * read_number(times["number"]) for value in values if value == price)
    if TOTAL.search(near) or _ADDED.search(near):
        yield from _of_last(ordered, amount)
        yield from _with_products(reading, amount, values)


def _of_one_plus(reading: DraftReading, amount: Amount) -> Iterator[Decimal]:
    """ "One plus a Ginger Bar at $43": the product named before, once, and the one named here."""
    sentence = reading.sentence_at(amount.start)
    named = [one for one in (*reading.before(sentence), *sentence.mentions) if one.end <= amount.start]
    yield from sums_of([[replace(one, quantity=None) for one in each_once(named)[-2:]]])


def _of_swap(reading: DraftReading, amount: Amount, values: Sequence[Decimal]) -> Iterator[Decimal]:
    """ "Swap the cart for the pen and it's $57.50": a total before, with the one price in place of the other."""
    named = [one for one in each_once(reading.sentence_at(amount.start).mentions) if one.end <= amount.start]
    prices = [{each.price for each in one.candidates} for one in named[:2]]
    if len(named) > 1 and all(len(one) == 1 for one in prices):
        out, new = (one.pop() or Decimal() for one in prices)
        yield from (value - out + new for value in values)


def is_price_slot(reading: DraftReading, amount: Amount) -> bool:
    """Whether an amount is right next to one product whose price is known."""
    subject = subject_of(reading, amount.start, amount.end)
    prices = {one.price for mention in subject.mentions for one in mention.candidates}
    return subject.is_slot and len(subject.mentions) == 1 and prices != {None}


def _of_last(ordered: Sequence[Amount], amount: Amount) -> Iterator[Decimal]:
    """Sums of the amounts right before this one: the last two, the last three, and so on."""
    earlier = [one.value for one in ordered if one.end <= amount.start][-_MOST_NAMED:]
    yield from (sum(earlier[-many:], Decimal()) for many in range(2, len(earlier) + 1))


def _of_sentence(reading: DraftReading, amount: Amount) -> Iterator[Decimal]:
    """The sum of all products of a sentence: "the tiramisu ($20) with the cookie: $39"."""
    named = each_once(reading.sentence_at(amount.start).mentions)
    if len(named) > 1:
        yield from sums_of([named])


def _of_so_many(reading: DraftReading, amount: Amount, many: int) -> Iterator[Decimal]:
    """The sum of a number of the products named so far: "all three would run you $74"."""
    named = [mention for other in reading.sentences for mention in other.mentions if mention.end <= amount.start]
    known = [one for one in each_once(named) if len({each.price for each in one.candidates}) == 1]
    if len(known) <= _MOST_NAMED:
        yield from sums_of(combinations(known, many))


def _with_products(reading: DraftReading, amount: Amount, values: Sequence[Decimal]) -> Iterator[Decimal]:
    """An amount of the draft and the products of this sentence: "$20.70; with two Tangie 3.5g $89.70"."""
    sentence = reading.sentence_at(amount.start)
    named = [one for one in each_once(sentence.mentions) if len({each.price for each in one.candidates}) == 1]
    prices = [(one.candidates[0].price or Decimal()) * (one.quantity or 1) for one in named]
    if prices:
        yield from (value + sum(prices, Decimal()) for value in values)
