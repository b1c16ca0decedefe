"""Percentages: THC, CBD and discounts, each belonging to the product that it describes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.assigning import may_describe
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, percents_in
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, products_of
from motabot.conversation.reply_check.shares import is_relative
from motabot.conversation.reply_check.subjects import Subject, subject_of
from motabot.text.regex import regex

_CBD = regex(r"\s?(?:of |de )?cbd\b")
_CBD_BEFORE = regex(r"\bcbd(?: is| at| of|:| de)?\s\(?$")
_THC = regex(r"\bthc\b")
_DISCOUNT = regex(
    r"\s?(?:(?:\w+\s){0,2}(?:off|discount)|less\b|cheaper|lower|(?:menos )?en (?:todos? )?(?:los )?comestibles"
    r"|on (?:all )?edibles|de descuento|de rebaja|menos|every day|cada dia|con comprobante"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_DISCOUNT_BEFORE = regex(
    r"\b(?:off|discount|save|minus|less|deals?|the|with|descuento|menos|ahorra\w*|el|con|ese|este|same"
    r"|mismo)(?::| of| de| a"
    r"| is)?\s(?:an?\s|the\s|el\s|un\s)?$"
)
_DISCOUNT_TALK = regex(
    r"\b(?:off|discount\w*|descuentos?|deal|sale|rebaja|seniors?|veterans?|take away|knock\w*|minus|saving)\b"
    r"|\bmenos en\b"
)
_TAX = regex(r"\b(?:tax(?:es)?|impuestos?)\b")
_CONTRAST = regex(
    r"\b(?:vs\.?|versus|against|compared (?:to|with)|contra|frente a)\s(?:\w+\s){0,2}\(?$|\(\d+(?:\.\d+)?% vs\.? $"
)
_LIMIT = regex(
    r"\b(?:above|over|under|below|at least|more than|less than|up to|than|mas de|menos de|arriba de|debajo de)\s$"
)
#: "Every 10% THC means 350mg" is of no product.
_SUPPOSED = regex(r"\b(?:every|each|per|cada|say) (?:extra )?$")
_VERSUS = regex(r"\s?(?:thc )?(?:vs\.?|versus|against|compared)\b")
_APART = regex(r"\s?(?:\w+\s)?(?:more|less|higher|lower|apart|mas|menos)\b")


def check_percents(reading: DraftReading) -> Iterator[Problem]:
    """Every percentage is the content of its product, or a discount of the shop."""
    for amount in percents_in(reading.words):
        if reading.filled_at(amount.start, amount.end):
            continue
        before = reading.words[max(0, amount.start - 30) : amount.start]
        after = reading.words[amount.end : amount.end + 30]
        sentence = reading.text(reading.sentence_at(amount.start))
        is_cbd = bool(_CBD.match(after) or _CBD_BEFORE.search(before))
        is_content = _THC.search(after[:12]) or _CBD.match(after) or _THC.search(before[-10:])
        is_rate = not is_content and (
            _DISCOUNT.match(after)
            or _DISCOUNT_TALK.search(sentence)
            or (_DISCOUNT_BEFORE.search(before) and not _THC.search(sentence))
            or _TAX.search(sentence)
        )
        if _SUPPOSED.search(before) or _is_asked_limit(reading, amount, before) or is_relative(reading, amount):
            continue
        if (is_rate and _is_rate(reading, amount)) or _is_content(reading, amount, is_cbd=is_cbd):
            continue
        others = may_describe(reading, amount.start, amount.end)
        if any(_has(one, amount.value, is_cbd=is_cbd) for one in others):
            continue
        if is_rate and (_DISCOUNT.match(after) or not reading.sentence_at(amount.start).mentions):
            yield wrong(reading, amount, "The shop states no such rate. Say only what it states.")
        else:
            yield _wrong_content(reading, amount)


def _is_asked_limit(reading: DraftReading, amount: Amount, before: str) -> bool:
    """Whether a percentage is a limit that the customer named: "over 20%"."""
    return bool(_LIMIT.search(before)) and amount.value in reading.facts.asked_numbers


def _is_rate(reading: DraftReading, amount: Amount) -> bool:
    """Whether the shop or the customer named this percentage, or an earlier reply as a discount."""
    told = [text.casefold() for text in reading.facts.history if _DISCOUNT_TALK.search(text.casefold())]
    texts = (*reading.facts.statements, *reading.facts.asked, *told)
    return any(known.value == amount.value for text in texts for known in percents_in(text))


def _is_content(reading: DraftReading, amount: Amount, *, is_cbd: bool) -> bool:
    subject = subject_of(reading, amount.start, amount.end)
    if not subject.mentions:
        return amount.value in {round_to(value, amount.value) for value in reading.facts.percents}
    before = reading.words[max(0, amount.start - 24) : amount.start]
    if _VERSUS.match(reading.words[amount.end :]):
        sentence = reading.sentence_at(amount.start)
        ahead = [one for one in sentence.mentions if one.end <= amount.start and not reading.is_reference(one)]
        behind = [one for one in sentence.mentions if one.start >= amount.end]
        if len(ahead) == 1 and behind and not any(reading.is_reference(one) for one in sentence.mentions[:2]):
            return any(_has(one, amount.value, is_cbd=is_cbd) for one in products_of(ahead))
        near = products_of([*sentence.mentions, *reading.before(sentence), *reading.asked]) or reading.products
        return any(_has(one, amount.value, is_cbd=is_cbd) for one in near)
    if subject.is_contrast or _CONTRAST.search(before):
        pool = products_of(reading.pool(reading.sentence_at(amount.start)))
        others = pool if set(pool) - set(products_of(subject.mentions)) else reading.products
        return any(_has(one, amount.value, is_cbd=is_cbd) for one in others)
    if _APART.match(reading.words[amount.end :]) and _is_apart(reading, amount):
        return True
    return _narrow(subject, amount, is_cbd=is_cbd)


def _narrow(subject: Subject, amount: Amount, *, is_cbd: bool) -> bool:
    """Whether the products next to a figure have it; keeps those that do."""
    kept = [
        (mention, [one for one in mention.candidates if _has(one, amount.value, is_cbd=is_cbd)])
        for mention in subject.mentions
    ]
    if all(fitting for _, fitting in kept):
        for mention, fitting in kept:
            mention.narrow(fitting)
        return True
    mention, fitting = kept[0] if amount.start < kept[0][0].start else kept[-1]
    if fitting and not subject.is_every:
        mention.narrow(fitting)
        return True
    return False


def _has(product: Product, stated: Decimal, *, is_cbd: bool) -> bool:
    known = product.cbd if is_cbd else product.thc
    return known is not None and product.unit != "mg" and round_to(known, stated) == stated


def _is_apart(reading: DraftReading, amount: Amount) -> bool:
    contents = [
        one.thc for one in products_of(reading.pool(reading.sentence_at(amount.start))) if one.thc is not None
    ]
    return any(round_to(abs(a - b), amount.value) == amount.value for a in contents for b in contents if a != b)


def round_to(value: Decimal, stated: Decimal) -> Decimal:
    """A value rounded to the precision of another."""
    return round(value, max(0, -int(stated.as_tuple().exponent)))


def wrong(reading: DraftReading, amount: Amount, cure: str) -> Problem:
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    return Problem(
        "percent" if "%" in excerpt or "percent" in excerpt else "size",
        excerpt,
        f'"{excerpt}" is not what the facts say. {cure}',
    )


def _wrong_content(reading: DraftReading, amount: Amount) -> Problem:
    subject = subject_of(reading, amount.start, amount.end)
    products = products_of(subject.mentions)
    if not products:
        return wrong(reading, amount, "Name the product beside it, or leave it out.")
    contents = {one.thc for one in products}
    if contents == {None}:
        return wrong(
            reading, amount, f"The content of {products[0].name} was not looked up. Look it up, or leave it out."
        )
    if len(contents) == 1:
        return wrong(
            reading, amount, f"{products[0].name} has {contents.pop():f}{products[0].unit or '%'} THC. Correct it."
        )
    return wrong(reading, amount, "Name the product beside its own figure.")
