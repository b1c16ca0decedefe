"""Amounts of money: each is the price of the product next to it, or follows from what the reply names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.allowed import allowed
from motabot.conversation.reply_check.assigning import may_describe
from motabot.conversation.reply_check.combining import combined
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, money_in, points_in
from motabot.conversation.reply_check.limits import is_limit
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.money_words import (
    ABOUT,
    APART_AFTER,
    LESS_THAN,
    MORE_THAN,
    OFF_AFTER,
    PAID_BEFORE,
    PER,
    POINTS,
    VERSUS,
)
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, products_of
from motabot.conversation.reply_check.receipts import (
    is_past,
    line_amounts,
    receipt_amounts,
    visits_meant,
    visits_of_period,
)
from motabot.conversation.reply_check.subjects import Subject, subject_of
from motabot.text.regex import regex

_EXACT, _TENTH, _NEAR = Decimal("0.006"), Decimal("0.051"), Decimal("0.51")
#: How far "about $90" may be from the exact amount, as a share of it: numbers that end in 0 or 5 are rounder.
_ROUND, _PLAIN = Decimal("0.04"), Decimal("0.01")
_NOW = regex(r"\b(?:now|today|currently|these days|ahora|hoy|actualmente)\b")


def check_money(reading: DraftReading) -> Iterator[Problem]:
    """Every amount is the price of its product, or follows from what is named."""
    prices: list[Amount] = []
    pending: list[Amount] = []
    for amount in money_in(reading.words):
        (prices if _settle_price(reading, amount) else pending).append(amount)
    settled = list(prices)
    unclear: list[tuple[Amount, Problem]] = []
    for amount in pending:
        problem = None if reading.filled_at(amount.start, amount.end) else _explain(reading, amount)
        if problem is None:
            settled.append(amount)
        else:
            unclear.append((amount, problem))
    for amount, problem in unclear:
        if any(_equal(value, amount, reading) for value in combined(reading, amount, settled, prices)):
            settled.append(amount)
        else:
            yield problem


def _settle_price(reading: DraftReading, amount: Amount) -> bool:
    """Whether an amount is the price of the products next to it; narrows them to those that have it."""
    subject = subject_of(reading, amount.start, amount.end)
    after = reading.words[amount.end : amount.end + 24]
    before = reading.words[max(0, amount.start - 40) : amount.start]
    if is_limit(reading, amount, before) or (VERSUS.match(after) and len(subject.mentions) < 2):
        return False
    if PER.match(after) or APART_AFTER.match(after) or OFF_AFTER.match(after) or not subject.mentions:
        return False
    if subject.is_contrast and not subject.is_slot:
        return False
    return (
        _fits_price(reading, amount, subject)
        or _fits_next(reading, amount, subject)
        or _fits_other(reading, amount)
    )


def _fits_next(reading: DraftReading, amount: Amount, subject: Subject) -> bool:
    """Whether "it's $11.00, but Gelato 1g is out" prices the product that its sentence goes on to name."""
    following = [one for one in reading.sentence_at(amount.start).mentions if one.start >= amount.end][:1]
    return (
        _is_carried(reading, amount, subject)
        and len(following) == 1
        and _fits_price(reading, amount, Subject(tuple(following)))
    )


def _fits_other(reading: DraftReading, amount: Amount) -> bool:
    """Whether it is the price of another product that the grammar allows."""
    return any(
        _equal(value, amount, reading)
        for one in may_describe(reading, amount.start, amount.end)
        for value in prices_of(reading, one, Mention(-1, -1, (), (one,)), amount)
    )


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
    """The price of a product, times its quantity, now or on the visit that the sentence is about."""
    sentence = reading.sentence_at(amount.start)
    paid = list(line_amounts(reading, sentence, product, amount.start))
    if paid:
        yield from paid
        if visits_meant(reading, sentence) or (
            is_past(reading.text(sentence)) and visits_of_period(reading, sentence)
        ):
            if _NOW.search(reading.text(sentence)) and not is_past(reading.text(sentence)) and product.price:
                yield product.price  # "they're $25 now", after what they cost last time
            return
    if product.price is None:
        yield from receipt_amounts(reading, product)
    if product.price is not None:
        yield product.price
        if mention.quantity:
            yield product.price * mention.quantity
    text = reading.text(sentence)
    if product.paid is not None and (is_past(text) or PAID_BEFORE.search(text)):
        yield product.paid


def _equal(value: Decimal, amount: Amount, reading: DraftReading) -> bool:
    """Whether a value is the stated amount, rounded to the stated precision."""
    before = reading.words[max(0, amount.start - 24) : amount.start]
    if not (about := ABOUT.search(before)):
        return abs(value - amount.value) <= _EXACT
    margin = _margin(amount.value)
    if MORE_THAN.search(about[0]):
        return amount.value - _EXACT <= value <= amount.value + margin
    if LESS_THAN.search(about[0]):
        return amount.value - margin <= value <= amount.value + _EXACT
    return abs(value - amount.value) <= margin


def _margin(stated: Decimal) -> Decimal:
    """How far "about" an amount may be from it: the rounder the amount, the farther."""
    if stated == stated.to_integral_value():
        return max(_NEAR, stated * (_ROUND if stated % 5 == 0 else _PLAIN))
    return min(_TENTH, stated * _ROUND) if 20 * stated % 1 == 0 else _EXACT


def _explain(reading: DraftReading, amount: Amount) -> Problem | None:
    """None if the amount follows from what the sentence names; otherwise what is wrong with it."""
    if any(_equal(value, amount, reading) for value in allowed(reading, amount)):
        return None
    if amount.value == 1 and POINTS.search(reading.text(reading.sentence_at(amount.start))):
        return None  # "$1 earns one point": the rule of points judges how many
    return _problem(reading, amount)


def _problem(reading: DraftReading, amount: Amount) -> Problem:
    """What is wrong, with the right value if there is exactly one."""
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
