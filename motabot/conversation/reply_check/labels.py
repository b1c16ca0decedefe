"""Whether a filled reference is next to the name of what it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from motabot.conversation.reply_check.deals import holds_for, is_qualified, stated_deals
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, days_in, percents_in
from motabot.conversation.reply_check.groups import group_at
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, FilledReference, Sentence
from motabot.conversation.reply_check.receipts import period_in, span_at, visits_at
from motabot.conversation.reply_check.reference_sums import check_sum
from motabot.conversation.reply_check.subjects import subject_of
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_RATE = regex(r"(\d+(?:\.\d+)?)\s?%")
_OFF = regex(r"\b(?:off|discount\w*|deal|descuentos?|menos|rebaja)\b")
#: "With the 10% off edibles, five come to ...": a discount that the figure after it must include.
_WITH_RATE = regex(
    r"\b(?:with|after|minus|less|con|menos|despues de)\s(?:(?:the|your|our|an?|el|tu"
    r"|un)\s)?(?:\w+\s)?(?P<rate>\d+(?:\.\d+)?\s?%)(?! (?:thc|cbd))"
    r"[^.;!?:]*$"
)
#: What tells one form of a product from another.
_FORM = regex(
    r"\b(?:grams?|ounces?|eighths?|quarters?|half|full|whole|bigger|smaller|large|small|pack|singles?|regular"
    r"|normal|infused|infusionado"
    r"|pen|cart(?:ridge)?|pre-?roll|joint|onza|media|gramos?|octavo|paquete|grande|chic[oa]|cuatro|cuarto)\b"
)
#: "Both are $18.00", "each at 28%".
_SAID_OF_GROUP = regex(
    r"\s(?:(?:are|is|at|for|have|has|cost|costs|come|comes|in|to|just|only|cuestan|tienen|a|son|with) )*"
)
_FIELD = regex(r"\bp\d+\.(\w+)")
_ATTRIBUTES = {"mg": "milligrams"}
_COMPARABLE = frozenset({"price", "thc", "cbd", "grams", "milligrams", "rating", "price_per_gram", "price_per_mg"})
_IT = regex(r"\b(?:it|it'?s|that one|this one|lo|la|ese|esa)\b")
_SUM_OF_VISITS = regex(r"\(?\s*v\d+\.total(?:\s*\+\s*v\d+\.total)*\s*\)?")
#: What calls an amount all that was spent, and what says that it is of some visits alone.
_IN_ALL = regex(
    r"\b(?:spent|spend\w*|spending|total\w*|in all|so far|makes|altogether|adds? up|sums?|gast\w+|suman?|llevas"
    r"|van)\b"
)
_SOME_VISITS = regex(
    r"\b(?:last|latest|first|biggest|largest|smallest|those|these|one of|two of|including|of which|just|on that"
    r"|on the \d+(?:st|nd|rd|th)?|ultim[oa]s?|primer[oa]?s?|es[oa]s|est[oa]s|solo)\b"
    r"(?! (?:month|year|week|mes|ano|semana)\b)"
)
_OTHER_VISIT = regex(
    r"\b(?:before (?:that|it)|previous|earlier|other|first|prior|compared|than|versus|vs|anterior"
    r"|antes|otr[oa]|primer[oa]?)\b"
)


def check_references(reading: DraftReading) -> Iterator[Problem]:
    """Every filled reference belongs to the product, the visit and the discount that the words name."""
    for filled in reading.filled:
        amount = Amount(Decimal(), filled.start, filled.end)
        yield from _check_product(reading, amount, filled)
        yield from _check_visit(reading, amount, filled)
        yield from _check_period(reading, amount, filled)
        yield from _check_whole_period(reading, amount, filled)
        yield from _check_rate(reading, amount, filled)
        yield from check_sum(reading, amount, filled)


def _check_product(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """The figure of one product is not in the place of another's, and its product is named nearby."""
    if not filled.products:
        return
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    subject = subject_of(reading, amount.start, amount.end)
    sentence = reading.sentence_at(amount.start)
    around = [one for one in sentence.mentions if one.start <= amount.start < one.end]
    if any(one.name in filled.products for mention in around for one in mention.candidates):
        return  # "Drink 100mg {p1.mg}mg" reads as one name, that of p1
    behind = [one for one in sentence.mentions if reading.words[amount.end : one.start] == " ("]
    if any(one.name in filled.products for mention in behind for one in mention.candidates):
        return  # "{p1.price} (Blue Dream 3.5g)"
    named = [one for mention in subject.mentions for one in mention.candidates]
    beside = {one.name for one in named}
    is_its = subject.is_slot or (not sentence.mentions and bool(_IT.search(reading.text(sentence))))
    if (
        len(filled.products) == 1
        and is_its
        and beside
        and not any(_is_alike(reading, filled, one) for one in named)
    ):
        yield Problem(
            "reference",
            excerpt,
            f'"{excerpt}" is a figure of {filled.products[0]}, but it is next to {sorted(beside)[0]}. Use'
            " the key of the product that you name.",
        )
        return
    group = group_at(reading, sentence, amount.start) if len(filled.products) == 1 else None
    if group and _SAID_OF_GROUP.fullmatch(reading.words, group.end, amount.start):
        for mention in group.members:
            if mention.candidates and not any(_is_alike(reading, filled, one) for one in mention.candidates):
                cure = f"{mention.candidates[0].name} has its own. Give each its own figure."
                yield Problem("reference", excerpt, f'"{excerpt}" is not a figure of all that you name: {cure}')
                return
    in_sight = {one.name for mention in reading.pool(sentence) for one in mention.candidates}
    missing = [
        name
        for name in filled.products
        if name not in in_sight and not re.search(rf"\b{re.escape(fold_in_place(name))}s?\b", reading.words)
    ]
    if "+" in filled.expression and not sentence.mentions:
        return  # "one of each comes to ...": a sum of what was named before
    if missing and not _is_kin(reading, missing, sentence):
        yield Problem("reference", excerpt, f'Name {missing[0]} next to its figure "{excerpt}".')


def _is_alike(reading: DraftReading, filled: FilledReference, other: Product) -> bool:
    """Whether a product has what a reference takes of its own: "both are {p1.price}" of two at one price."""
    own = next((one for one in reading.products if one.name in filled.products), other)
    fields = {_ATTRIBUTES.get(name, name) for name in _FIELD.findall(filled.expression)}
    return own == other or (
        fields <= _COMPARABLE and all(getattr(own, name) == getattr(other, name) is not None for name in fields)
    )


def _is_kin(reading: DraftReading, missing: list[str], sentence: Sentence) -> bool:
    """Whether the size or kind names a form of what is named: "the 0.5g is $26, the full gram {p1.price}"."""
    strains = {one.strain for mention in reading.pool(sentence) for one in mention.candidates if one.strain}
    own = {one.strain for one in reading.products if one.name in missing}
    return bool(own) and own <= strains and bool(_FORM.search(reading.text(sentence)))


def _check_visit(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """The figure of a receipt is next to its own date, or in its own month."""
    if len(filled.visits) != 1 or filled.expression.endswith(".date"):
        return
    visit = filled.visits[0]
    sentence = reading.sentence_at(amount.start)
    text = reading.text(sentence)
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    span = period_in(text, reading.facts.today) if reading.facts.today else None
    if span and not any(days_in(text)):
        if not span[0] <= visit.day <= span[1]:
            yield Problem(
                "reference",
                excerpt,
                f'"{excerpt}" is from the receipt of {visit.day.isoformat()}, which is not in the period that the'
                " sentence names. Use the key of a visit of that period.",
            )
        return
    meant = {(one.day, one.total) for one in visits_at(reading, sentence, amount.start)}
    meant |= _newest_sale(reading, sentence) if meant else set()
    if meant and (visit.day, visit.total) not in meant and not _OTHER_VISIT.search(text):
        yield Problem(
            "reference",
            excerpt,
            f'"{excerpt}" is from the receipt of {visit.day.isoformat()}, not from the visit that the'
            " sentence names. Use the key of that visit.",
        )


def _check_period(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """A sum over a month is not next to the name of another month."""
    if filled.period is None:
        return
    sentence = reading.sentence_at(amount.start)
    places = [one.start for one in reading.filled if one.period is not None and one.start >= sentence.span.start]
    span = span_at(reading, sentence, amount.start, places)
    if span and not (filled.period[0] <= span[1] and span[0] <= filled.period[1]):
        excerpt = reading.draft.excerpt(amount.start, amount.end)
        yield Problem(
            "reference",
            excerpt,
            f'"{excerpt}" is a sum over another period than the sentence names. Use the key of that period.',
        )


def _check_whole_period(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """A sum of receipts that a sentence calls what was spent in a period leaves out none of the period."""
    sentence = reading.sentence_at(amount.start)
    text = reading.text(sentence)
    span = period_in(text, reading.facts.today) if reading.facts.today else None
    if not (span and filled.visits and _SUM_OF_VISITS.fullmatch(filled.expression) and _IN_ALL.search(text)):
        return
    if any(days_in(text)) or _SOME_VISITS.search(text):
        return
    left_out = [one for one in reading.facts.visits if span[0] <= one.day <= span[1] and one not in filled.visits]
    if left_out:
        excerpt = reading.draft.excerpt(amount.start, amount.end)
        yield Problem(
            "reference",
            excerpt,
            f'"{excerpt}" leaves out the visit of {left_out[0].day.isoformat()}. Call sum_my_purchases for'
            " what was spent in a period.",
        )


def _newest_sale(reading: DraftReading, sentence: Sentence) -> set[tuple[date, Decimal | None]]:
    """The newest receipt that is not a refund: "your last visit" may mean it."""
    if any(days_in(reading.text(sentence))):
        return set()
    return {(one.day, one.total) for one in [one for one in reading.facts.visits if not one.refund][:1]}


def _check_rate(reading: DraftReading, amount: Amount, filled: FilledReference) -> Iterator[Problem]:
    """The percentage of an expression is the one that the words name, and a named percentage is applied."""
    text = reading.text(reading.sentence_at(amount.start))
    start = reading.sentence_at(amount.start).span.start
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    applied = {Decimal(found) for found in _RATE.findall(filled.expression)}
    named = {one.value for one in percents_in(text) if not reading.filled_at(start + one.start, start + one.end)}
    if applied:
        texts = (reading.words, *reading.facts.asked)
        known = {one.value for part in texts if _OFF.search(part) for one in percents_in(part)}
        known |= {Decimal(percent) for deal in stated_deals(reading) for percent in deal.percents}
        right = named if named and _OFF.search(text) else known
        if wrong := sorted(applied - right):
            cure = f"the words say {sorted(right)[0]:f}%" if right else "no such deal is stated"
            yield Problem("reference", excerpt, f"The expression takes {wrong[0]:f}% off, but {cure}. Correct it.")
        elif other := _outside_of_deals(reading, applied, filled):
            yield Problem(
                "reference", excerpt, f"No deal of the shop takes that off {other}. Leave the discount out for it."
            )
        return
    is_price = filled.products and ".price" in filled.expression and "/" not in filled.expression
    taken = _WITH_RATE.search(reading.words, start, amount.start) if is_price and _OFF.search(text) else None
    if taken and not reading.filled_at(taken.end("rate") - 1, taken.end("rate")) and not _has_rate(reading, start):
        yield Problem(
            "reference",
            excerpt,
            f'"{excerpt}" does not hold the discount that the sentence names. Take it off inside the braces, as in'
            " {p1.price - 10%}.",
        )


def _outside_of_deals(reading: DraftReading, applied: set[Decimal], filled: FilledReference) -> str | None:
    """A product of an expression to which no deal of its percentage applies: flower in "10% off edibles"."""
    named = " ".join((reading.words, *reading.facts.asked, *reading.facts.earlier))
    deals = [deal for deal in stated_deals(reading) if applied & {Decimal(one) for one in deal.percents}]
    own = [deal for deal in deals if not deal.groups or is_qualified(deal, named)]
    for one in reading.products:
        if (
            one.name in filled.products
            and one.category
            and deals
            and not any(holds_for(deal, one.category) for deal in own)
        ):
            return one.name
    return None


def _has_rate(reading: DraftReading, start: int) -> bool:
    """Whether another reference of the sentence applies a percentage."""
    sentence = reading.sentence_at(start)
    return any(
        _RATE.search(one.expression)
        for one in reading.filled
        if sentence.span.start <= one.start < sentence.span.end
    )
