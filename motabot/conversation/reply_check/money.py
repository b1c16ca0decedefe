"""Amounts of money: each is the price of the product beside it, or follows from what the reply names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.best_price import best_prices
from motabot.conversation.reply_check.derived import Derivations
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, money_in, points_in
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.money_words import (
    ABOUT,
    APART_AFTER,
    APART_BEFORE,
    BETWEEN,
    DISCOUNT,
    LIMIT,
    MORE_TO_SPEND,
    NEARBY,
    OFF_AFTER,
    PER,
    PER_AHEAD,
    PER_ANYWHERE,
    POINTS,
    RATE,
    SHOP_TOPICS,
    SPENT,
    STARTS_WITH,
    TAKEN,
    TOTAL,
    TOTAL_AFTER,
    TOTAL_BEFORE,
    UNDER,
    VERSUS,
    WITH_TAX,
)
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.receipts import is_past, line_amounts, receipt_amounts, visits_meant
from motabot.conversation.reply_check.rewards import to_the_next_reward, worths
from motabot.conversation.reply_check.subjects import Subject, subject_of

_EXACT, _NEAR = Decimal("0.006"), Decimal("0.51")


def check_money(reading: DraftReading) -> Iterator[Problem]:
    """Every amount is the price of its product, or follows from what is named."""
    amounts = [*money_in(reading.words)]
    pending = [amount for amount in amounts if not _settle_price(reading, amount)]
    for amount in pending:
        if reading.filled_at(amount.start, amount.end):
            continue
        if problem := _explain(reading, amount):
            yield problem


def _settle_price(reading: DraftReading, amount: Amount) -> bool:
    """Whether an amount stands as the price of the products beside it; narrows them to those that have it."""
    subject = subject_of(reading, amount.start, amount.end)
    after = reading.words[amount.end : amount.end + 24]
    before = reading.words[max(0, amount.start - 40) : amount.start]
    if _is_limit(reading, amount, before) or (VERSUS.match(after) and len(subject.mentions) < 2):
        return False
    if PER.match(after) or APART_AFTER.match(after) or OFF_AFTER.match(after) or not subject.mentions:
        return False
    if subject.is_contrast and not subject.is_slot:
        return False
    return _fits_price(reading, amount, subject)


def _fits_price(reading: DraftReading, amount: Amount, subject: Subject) -> bool:
    kept: list[tuple[Mention, list[Product]]] = []
    for mention in subject.mentions:
        fitting = [
            product
            for product in mention.candidates
            if any(_equal(value, amount, reading) for value in prices_of(reading, product, mention, amount))
        ]
        kept.append((mention, fitting))
    if all(fitting for _, fitting in kept):
        for mention, fitting in kept:
            mention.narrow(fitting)
        return True
    if (not subject.is_slot and subject.mentions and subject.mentions[0].start < 0) or _is_carried(
        reading, amount, subject
    ):
        for mention, fitting in kept:
            if fitting:
                mention.narrow(fitting)
                return True
    last, fitting = kept[0] if _stands_before(amount, kept[0][0]) else kept[-1]
    if fitting and not subject.is_every and not subject.is_contrast:
        last.narrow(fitting)
        return True
    return False


def _is_carried(reading: DraftReading, amount: Amount, subject: Subject) -> bool:
    return not any(mention in reading.sentence_at(amount.start).mentions for mention in subject.mentions)


def _stands_before(amount: Amount, mention: Mention) -> bool:
    return amount.start < mention.start


def prices_of(reading: DraftReading, product: Product, mention: Mention, amount: Amount) -> Iterator[Decimal]:
    """What one product, or as many as the text says, costs now or cost on the visit that the sentence is about."""
    sentence = reading.sentence_at(amount.start)
    paid = list(line_amounts(reading, sentence, product))
    if paid:
        yield from paid
        if visits_meant(reading, sentence):
            return
    if product.price is None:
        yield from receipt_amounts(reading, product)
    if product.price is not None:
        yield product.price
        if mention.quantity:
            yield product.price * mention.quantity
    if is_past(reading.text(sentence)) and product.paid is not None:
        yield product.paid


def _equal(value: Decimal, amount: Amount, reading: DraftReading) -> bool:
    """Whether a value is the stated amount, at the precision in which it is stated."""
    before = reading.words[max(0, amount.start - 24) : amount.start]
    is_rounded = amount.value == amount.value.to_integral_value() and ABOUT.search(before)
    return abs(value - amount.value) <= (_NEAR if is_rounded else _EXACT)


def _explain(reading: DraftReading, amount: Amount) -> Problem | None:
    """Nothing where the amount follows from what the sentence names; else what is wrong with it."""
    sentence = reading.sentence_at(amount.start)
    derived = Derivations(reading, sentence, amount)
    if any(_equal(value, amount, reading) for value in _allowed(reading, sentence, amount, derived)):
        return None
    return _problem(reading, amount)


def _allowed(reading: DraftReading, sentence: Sentence, amount: Amount, derived: Derivations) -> Iterator[Decimal]:
    """Every value that the words around an amount allow."""
    words = reading.text(sentence)
    before = reading.words[sentence.span.start : amount.start]
    after = reading.words[amount.end : sentence.span.end]
    subject = subject_of(reading, amount.start, amount.end)
    if per := PER.match(after):
        is_apart = bool(APART_AFTER.match(after) or APART_BEFORE.search(before))
        yield from derived.per_unit(per["unit"], subject, is_difference=is_apart)
        return
    yield from _range_of(reading, sentence, before)
    if POINTS.search(reading.words) and MORE_TO_SPEND.search(words):
        yield from to_the_next_reward(reading)
    if not subject.is_slot and (unit := PER_AHEAD.search(reading.words) or PER_ANYWHERE.search(reading.words)):
        yield from derived.per_unit(unit["unit"], subject, is_difference=False)
    if per := PER_AHEAD.search(words):
        yield from derived.per_unit(per["unit"], None, is_difference=bool(APART_AFTER.match(after)))
    if APART_AFTER.match(after) or APART_BEFORE.search(before):
        yield from reading.facts.computed
        yield from derived.differences(subject)
        if DISCOUNT.search(reading.words) or RATE.search(reading.words):
            yield from derived.reductions()
        return
    if VERSUS.match(after):
        yield from derived.either_side()
        return
    if OFF_AFTER.match(after) or (POINTS.search(words) and not subject.is_slot):
        yield from () if _is_worth(words) else reading.facts.computed
        yield from worths(reading, words)
        yield from derived.reductions()
        yield from reading.facts.asked_money if _is_asked(reading, amount) else ()
    if _is_limit(reading, amount, before):
        yield amount.value
    if POINTS.search(words) and re.search(r"\b(?:per|every|each|por cada|cada|for each)\s$", before):
        yield Decimal(1)
    yield from _of_the_shop(reading, words)
    if SPENT.search(words) or visits_meant(reading, sentence):
        yield from derived.spent()
    if WITH_TAX.match(after):
        yield from derived.receipts_with(subject)
    if subject.is_contrast and not subject.is_slot:
        yield from derived.others(subject)
    is_total = bool(TOTAL_BEFORE.search(before) or TOTAL_AFTER.match(after))
    is_reduced = bool(DISCOUNT.search(before[-NEARBY:] + " " + after[:NEARBY]))
    if TAKEN.search(before) and (_is_asked(reading, amount) or POINTS.search(words)):
        yield amount.value
    if len(subject.mentions) > 1 and not subject.is_every:
        yield from derived.totals(subject)
    if subject.is_slot and not (is_total or is_reduced):
        return
    is_about_points = _is_worth(words) and not sentence.mentions
    yield from (
        () if is_about_points and "." not in reading.words[amount.start : amount.end] else reading.facts.computed
    )
    if TOTAL.search(words) or is_total or not subject.is_slot:
        yield from derived.totals(subject)
    talk = f"{reading.words} {' '.join(reading.facts.asked)}"
    if not sentence.mentions:
        yield from best_prices(reading, words)
    if is_reduced or (not subject.is_slot and (DISCOUNT.search(talk) or RATE.search(words))):
        yield from derived.discounted(subject)


def _is_worth(words: str) -> bool:
    """Whether a sentence says what points are worth, which follows from the points alone."""
    return bool(POINTS.search(words)) and not is_past(words)


def _is_limit(reading: DraftReading, amount: Amount, before: str) -> bool:
    """Whether an amount is a limit: one that the customer named, or the price of something else in sight."""
    sentence = reading.sentence_at(amount.start)
    if STARTS_WITH.match(reading.words[sentence.span.start : amount.start]) and _is_asked(reading, amount):
        return True
    if not LIMIT.search(before):
        return False
    if _is_asked(reading, amount) or reading.draft.is_denied(amount.start):
        return True
    listed = products_of(reading.announced(sentence))
    if (
        listed
        and UNDER.search(before)
        and all(one.price is not None and one.price < amount.value for one in listed)
    ):
        return "over" not in before and "more" not in before and "mas de" not in before
    prices = {one.price for one in products_of(reading.pool(reading.sentence_at(amount.start)))}
    return bool(UNDER.search(before)) and amount.value in prices


def _range_of(reading: DraftReading, sentence: Sentence, before: str) -> Iterator[Decimal]:
    """The ends of a range: "the others run from $23 to $25"."""
    if not BETWEEN.search(before):
        return
    named = {one for other in reading.sentences for one in products_of(other.mentions)}
    for pool in (
        reading.shown,
        [one for one in reading.shown if one not in named],
        products_of(sentence.mentions),
    ):
        prices = [one.price for one in pool if one.price is not None]
        yield from (min(prices), max(prices)) if prices else ()


def _is_asked(reading: DraftReading, amount: Amount) -> bool:
    return amount.value in reading.facts.asked_money


def _of_the_shop(reading: DraftReading, words: str) -> Iterator[Decimal]:
    """Amounts in the shop's own statements that share a topic with the sentence."""
    asked = " ".join(reading.facts.asked)
    topics = [topic for topic in SHOP_TOPICS if topic.search(words) or topic.search(asked)]
    for statement in reading.facts.statements:
        if any(topic.search(statement) for topic in topics):
            yield from (amount.value for amount in money_in(statement))


def _problem(reading: DraftReading, amount: Amount) -> Problem:
    """What is wrong, with the right value where there is exactly one."""
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    subject = subject_of(reading, amount.start, amount.end)
    products = products_of(subject.mentions)
    if subject.is_slot and len(products) == 1 and products[0].price is not None:
        name, price = products[0].name, products[0].price
        rule = "price" if amount.value in reading.facts.money else "money"
        return Problem(rule, excerpt, f'"{excerpt}" is not the price of {name}: it is ${price}. Correct it.')
    if subject.is_slot and products and all(product.price is None for product in products):
        return Problem(
            "money",
            excerpt,
            f'The price of {products[0].name} was not looked up. Look it up, or leave "{excerpt}" out.',
        )
    if any(points_in(reading.words)) and not products:
        return Problem(
            "money", excerpt, f'"{excerpt}" does not follow from the points and the loyalty rule. Correct it.'
        )
    return Problem(
        "money",
        excerpt,
        f'"{excerpt}" does not follow from what the reply names. Name the product beside its own price, and add up'
        " only what you name; or leave the amount out.",
    )
