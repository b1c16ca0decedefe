"""Percentages and weights: THC, CBD, discounts, milligrams and grams, each of the product that it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, percents_in
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.shares import is_relative
from motabot.conversation.reply_check.subjects import Subject, subject_of
from motabot.text.number_words import ENGLISH, number_words

_CBD = re.compile(r"\s?(?:of |de )?cbd\b")
_CBD_BEFORE = re.compile(r"\bcbd(?: is| at| of|:| de)?\s$")
_THC = re.compile(r"\bthc\b")
_DISCOUNT = re.compile(
    r"\s?(?:(?:\w+\s){0,2}(?:off|discount)|less\b|cheaper|lower|(?:menos )?en (?:todos? )?(?:los )?comestibles"
    r"|on (?:all )?edibles|de descuento|de rebaja|menos|every day|cada dia|con comprobante"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_DISCOUNT_BEFORE = re.compile(
    r"\b(?:off|discount|save|minus|less|deals?|the|with|descuento|menos|ahorra\w*|el|con)(?::| of| de| a"
    r"| is)?\s(?:an?\s|the\s|el\s|un\s)?$"
)
_DISCOUNT_TALK = re.compile(
    r"\b(?:off|discount\w*|descuentos?|deal|sale|rebaja|seniors?|veterans?|take away|knock\w*|minus|saving)\b"
    r"|\bmenos en\b"
)
_TAX = re.compile(r"\b(?:tax(?:es)?|impuestos?)\b")
_AMOUNT = re.compile(
    r"(?<![\w.$/-])(?P<from>\d+(?:\.\d+)?)?(?:\s?(?:-|to|and|or|a|y"
    r"|o)\s?)?(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<unit>mg|milligrams?|miligramos?|g"
    r"|grams?|gramos?)\b"
)
_COUNTED = list(number_words(2, 12, (ENGLISH,)))
_HALF = {
    "half": Decimal("0.5"),
    "mitad": Decimal("0.5"),
    "media": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "cuarto": Decimal("0.25"),
    "third": Decimal(1) / 3,
}
_CONTRAST = re.compile(
    r"\b(?:vs\.?|versus|against|compared (?:to|with)|contra|frente a)\s(?:\w+\s){0,2}\(?$|\(\d+(?:\.\d+)?% vs\.? $"
)
_DOSE_TALK = re.compile(
    r"\b(?:start\w*|beginners?|typical|common|recommended|take|new to|first[- ]timers?|empieza|principiantes?)\b"
)
_SHARE = re.compile(
    r"\b(?:half|quarter|third|mitad)(?: of (?:it|one|that))? (?:would be|is|gives|has|seria|son)\b"
)
_THE_OTHERS = re.compile(r"\b(?:the|las|los|every|all the) (?:others?|rest|otr[oa]s|demas)\b")
_PER_DOLLAR = re.compile(r"\b(?:per|for (?:each|every)|a|por(?: cada)?) (?:dollar|buck|dolar)\b")
_PACK = re.compile(r"\b(\d{1,2})[- ]?pack\b")
_EACH = re.compile(r"\b(?:each|apiece|per (?:joint|pre-?roll|one)|a joint|cada un[oa])\b")
#: "3,500 mg times the percentage", "3,500 mg of flower".
_TAKEN_TIMES = re.compile(
    r"\s?(?:total |of (?:flower|bud|weed) |de flor )?(?:x|\*|times|multiplied by|by|por|de flor|of (?:flower|bud)"
    r"|total weight)(?!\w)"
)
_LIMIT = re.compile(
    r"\b(?:above|over|under|below|at least|more than|less than|up to|than|mas de|menos de|arriba de|debajo de)\s$"
)
_VERSUS = re.compile(r"\s?(?:thc )?(?:vs\.?|versus|against|compared)\b")
_APART = re.compile(r"\s?(?:\w+\s)?(?:more|less|higher|lower|apart|mas|menos)\b")


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
        if _is_asked_limit(reading, amount, before) or is_relative(reading, amount):
            continue
        if (is_rate and _is_rate(reading, amount)) or _is_content(reading, amount, is_cbd=is_cbd):
            continue
        if is_rate and (_DISCOUNT.match(after) or not reading.sentence_at(amount.start).mentions):
            yield _wrong(reading, amount, "The shop states no such rate. Say only what it states.")
        else:
            yield _wrong_content(reading, amount)


def _is_asked_limit(reading: DraftReading, amount: Amount, before: str) -> bool:
    """Whether a percentage is a limit that the customer named: "over 20%"."""
    return bool(_LIMIT.search(before)) and amount.value in reading.facts.asked_numbers


def _is_rate(reading: DraftReading, amount: Amount) -> bool:
    """Whether the shop, an earlier reply or the customer named this percentage."""
    texts = (*reading.facts.statements, *reading.facts.asked, *(text.casefold() for text in reading.facts.history))
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
    """Whether the products beside a figure have it; keeps those that do."""
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
    """A value at the precision in which another is stated."""
    return round(value, max(0, -int(stated.as_tuple().exponent)))


def check_weights(reading: DraftReading) -> Iterator[Problem]:
    """Every dose and weight is its product's, follows from weight and content, or is a statement of the shop."""
    for sentence in reading.sentences:
        for mention in sentence.mentions:
            if mention.wrong_size:
                excerpt = reading.draft.excerpt(mention.start, mention.end)
                yield Problem(
                    "size",
                    f"{excerpt} {mention.wrong_size}",
                    f'No "{excerpt}" of {mention.wrong_size} was looked up. Look it up, or correct the size.',
                )
    for found in _AMOUNT.finditer(reading.words):
        for name in ("from", "number"):
            if found[name] is None or (name == "from" and reading.words[found.end("from")] not in " -"):
                continue
            amount = Amount(Decimal(found[name].replace(",", "")), found.start(name), found.end())
            if reading.filled_at(found.start(name), found.end(name)):
                continue
            if not _is_weight(reading, amount, "mg" if found["unit"].startswith("m") else "g"):
                yield _wrong(
                    reading,
                    amount,
                    "It is of no product named here and does not follow from one. Look it up, or leave it out.",
                )


def _is_weight(reading: DraftReading, amount: Amount, unit: str) -> bool:
    sentence = reading.sentence_at(amount.start)
    if any(mention.start <= amount.start < mention.end for mention in sentence.mentions):
        return True
    stated = f"{amount.value.normalize():f}"
    pattern = re.compile(
        rf"(?<![\w.]){re.escape(stated)}(?:\.0+)?(?: to \d[\d.]*| a \d[\d.]*|-\d[\d.]*)?\s?(?:{unit}"
        rf"|{'milli' if unit == 'mg' else ''}gram)"
    )
    is_general = not sentence.mentions or _DOSE_TALK.search(reading.text(sentence))
    texts = (*reading.facts.asked, *(reading.facts.statements if is_general else ()))
    if any(pattern.search(text) for text in texts):
        return True
    subject = subject_of(reading, amount.start, amount.end)
    if unit == "mg" and _is_whole_weight(reading, amount, subject, sentence):
        return True
    if not sentence.mentions and _DOSE_TALK.search(reading.text(sentence)):
        return False  # how much to take is for the shop's own statements alone
    if any(mention.wrong_size and mention.end <= amount.start <= mention.end + 2 for mention in sentence.mentions):
        return True  # reported as the size of its product
    own = products_of(subject.mentions) or products_of(sentence.subjects)
    first = next((one for one in sentence.mentions if not one.is_bare), None)
    is_ahead = first is not None and amount.end <= first.start and not subject.is_slot
    is_heading = re.match(r"\s?:", reading.words[amount.end :])
    if (
        is_ahead
        or is_heading
        or _THE_OTHERS.search(reading.text(sentence))
        or (not sentence.mentions and not subject.is_slot)
    ):
        own = tuple(dict.fromkeys([*own, *reading.shown]))
    pool = own if not subject.is_contrast else (*own, *products_of(reading.pool(sentence)))
    return any(round_to(value, amount.value) == amount.value for value in _weights(reading, pool, unit)) or any(
        abs(value - amount.value) <= value / 100 and amount.value > 100 and unit == "mg"
        for value in _weights(reading, pool, unit)
    )


def _is_whole_weight(reading: DraftReading, amount: Amount, subject: Subject, sentence: Sentence) -> bool:
    """Whether milligrams are a product's whole weight, of which its THC is a share: "3,500 mg x 24%"."""
    if not _TAKEN_TIMES.match(reading.words[amount.end :]):
        return False
    pool = products_of([*subject.mentions, *sentence.subjects])
    return any(one.grams is not None and one.grams * 1000 == amount.value for one in pool)


def _weights(reading: DraftReading, products: Iterable[Product], unit: str) -> Iterator[Decimal]:
    text = reading.words
    stated_share = _SHARE.search(text)
    parts = [share for word, share in _HALF.items() if re.search(rf"\b{word}\b", text)]
    for one in products:
        if unit == "g":
            if one.grams is not None:
                yield one.grams
            continue
        doses = [dose for dose in (one.milligrams, one.cbd if one.unit == "mg" else None) if dose is not None]
        if one.grams is not None and one.thc is not None and one.unit != "mg":
            doses.append(one.grams * one.thc * 10)
        if one.price and _PER_DOLLAR.search(text):
            yield from (dose / one.price for dose in doses)
        if (pack := _PACK.search(one.folded)) and _EACH.search(text):
            yield from (dose / Decimal(pack[1]) for dose in doses)
        for dose in doses:
            if stated_share is None:
                yield dose
            yield from (dose * part for part in parts)
            yield from (
                dose * count
                for count in range(2, 13)
                if re.search(rf"(?<![\w.])(?:{count}|{_COUNTED[count - 2]})(?![\w.])", text)
            )
            yield from (
                dose / count
                for count in (2, 4, 5, 10)
                if re.search(rf"\b{count} (?:pieces?|piezas?|servings?)\b", text)
            )


def _wrong(reading: DraftReading, amount: Amount, cure: str) -> Problem:
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
        return _wrong(reading, amount, "Name the product beside it, or leave it out.")
    contents = {one.thc for one in products}
    if contents == {None}:
        return _wrong(
            reading, amount, f"The content of {products[0].name} was not looked up. Look it up, or leave it out."
        )
    if len(contents) == 1:
        return _wrong(
            reading, amount, f"{products[0].name} has {contents.pop():f}{products[0].unit or '%'} THC. Correct it."
        )
    return _wrong(reading, amount, "Name the product beside its own figure.")
