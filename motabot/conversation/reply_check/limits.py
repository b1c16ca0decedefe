"""Amounts that need no product's name: limits, the ends of a range, a price times a number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.figures import Amount, money_in, read_number
from motabot.conversation.reply_check.money_words import (
    BETWEEN,
    LIMIT,
    RESULT_AFTER,
    STARTS_WITH,
    TIMES_BEFORE,
    UNDER,
)
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.text.regex import regex

#: At most this many products were looked up if a price needs no name.
_FEW = 4
_DIVIDED = regex(
    r"\s?(?:/|divided by|entre)\s?(?P<size>[1-9]\d*(?:\.\d+)?)\s?(?:g|grams?|mg)?(?:\s?(?:="
    r"|is)\s?(?:about )?\$(?P<result>\d+(?:\.\d+)?))?"
)
_LISTED = regex(r",?\s?(?:and |or |y |o )?")
_CENT = Decimal("0.006")


def is_limit(reading: DraftReading, amount: Amount, before: str) -> bool:
    """Whether an amount is a limit: one that the customer named, or the price of another product in sight."""
    sentence = reading.sentence_at(amount.start)
    if _is_divided(reading, amount):
        return True
    if TIMES_BEFORE.search(before) and _is_multiplied(reading, amount, before):
        return True
    if STARTS_WITH.match(reading.words[sentence.span.start : amount.start]) and is_asked(reading, amount):
        return True
    if not LIMIT.search(before):
        return False
    if is_asked(reading, amount) or reading.draft.is_denied(amount.start):
        return True
    behind = [one for one in sentence.mentions if one.start >= amount.end]
    listed = products_of(reading.announced(sentence) or behind)
    if (
        listed
        and UNDER.search(before)
        and all(one.price is not None and one.price < amount.value for one in listed)
    ):
        return "over" not in before and "more" not in before and "mas de" not in before
    prices = {one.price for one in products_of(reading.pool(reading.sentence_at(amount.start)))}
    return bool(UNDER.search(before)) and amount.value in prices


def _is_divided(reading: DraftReading, amount: Amount) -> bool:
    """Whether "$166 / 28 = $5.93" divides the price of a product by its own size, and is correct."""
    found = _DIVIDED.match(reading.words, amount.end)
    if found is None:
        return False
    size = Decimal(found["size"])
    if found["result"] and abs(amount.value / size - Decimal(found["result"])) > _CENT:
        return False
    return any(one.price == amount.value and size in (one.grams, one.milligrams) for one in reading.products)


def _is_multiplied(reading: DraftReading, amount: Amount, before: str) -> bool:
    """Whether "2 x $8 is $16" uses the price of one of the few products looked up, and is correct."""
    times = TIMES_BEFORE.search(before)
    result = RESULT_AFTER.match(reading.words[amount.end :])
    known = any(one.price == amount.value for one in reading.shown)
    if times is None or not known or len(reading.shown) > _FEW:
        return False
    return result is None or read_number(result["result"]) == amount.value * read_number(times["number"])


def listed_prices(reading: DraftReading, sentence: Sentence, amount: Amount) -> Iterator[Decimal]:
    """Amounts in a row that are exactly the prices of the other products: "the others are $27.50 and $22"."""
    run = _row_around(reading, sentence, amount)
    named = {one for other in reading.sentences for one in products_of(other.mentions)}
    families = {one.family for one in products_of(sentence.mentions)}
    pools = [reading.shown, [one for one in reading.shown if one not in named], products_of(reading.spoken_of)]
    pools += [[one for one in reading.shown if one.family == family] for family in families]
    stated = sorted(one.value for one in run)
    if len(run) > 1 and any(
        stated == sorted(one.price for one in pool if one.price is not None) for pool in pools
    ):
        yield amount.value


def _row_around(reading: DraftReading, sentence: Sentence, amount: Amount) -> list[Amount]:
    """The amounts that are listed with this one, without another word between."""
    run: list[Amount] = []
    for one in money_in(reading.words):
        if not sentence.span.start <= one.start < sentence.span.end:
            continue
        if run and not _LISTED.fullmatch(reading.words[run[-1].end : one.start]):
            if any(each.start == amount.start for each in run):
                break
            run = []
        run.append(one)
    return run if any(one.start == amount.start for one in run) else []


def range_of(reading: DraftReading, sentence: Sentence, before: str) -> Iterator[Decimal]:
    """The ends of a range: "the others run from $23 to $25"."""
    if not BETWEEN.search(before):
        return
    named = {one for other in reading.sentences for one in products_of(other.mentions)}
    families = {one.family for one in products_of(sentence.mentions)}
    for pool in (
        reading.shown,
        [one for one in reading.shown if one not in named],
        products_of(sentence.mentions),
        [one for one in reading.shown if one.family in families],
        *([one for one in reading.shown if one.family == family] for family in families),
    ):
        prices = [one.price for one in pool if one.price is not None]
        yield from (min(prices), max(prices)) if prices else ()


def is_asked(reading: DraftReading, amount: Amount) -> bool:
    return amount.value in reading.facts.asked_money
