"""Every value that the words around an amount of money allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from motabot.conversation.reply_check.best_price import best_prices
from motabot.conversation.reply_check.derived import Derivations
from motabot.conversation.reply_check.figures import Amount, money_in
from motabot.conversation.reply_check.limits import is_asked, is_limit, listed_prices, range_of
from motabot.conversation.reply_check.money_words import (
    ABOUT,
    APART_AFTER,
    APART_BEFORE,
    CHANGE,
    DISCOUNT,
    EACH_PIECE,
    MORE_TO_SPEND,
    NEARBY,
    OF_CBD,
    OFF_AFTER,
    OWN_SUM_AFTER,
    OWN_SUM_BEFORE,
    PER,
    PER_AHEAD,
    PER_ANYWHERE,
    POINTS,
    RATE,
    SHOP_TOPICS,
    SPENT,
    TAKEN,
    TOTAL,
    TOTAL_AFTER,
    TOTAL_BEFORE,
    VERSUS,
    WEEKDAY,
    WITH_TAX,
    WOULD_BE,
)
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.receipts import is_past, line_amounts, span_at, visits_meant
from motabot.conversation.reply_check.rewards import to_the_next_reward, worths
from motabot.conversation.reply_check.spending import goes_on, is_extreme_visit, is_one_line, spent, spent_apart
from motabot.conversation.reply_check.subjects import Subject, subject_of
from motabot.text.regex import regex

_WORTH = regex(r"\b(?:worth|good for|valen)\s(?:another |about |up to )?$")
#: The customer mentions another shop's price.
_ELSEWHERE = regex(
    r"\b(?:other|another|different) (?:shop|store|place|dispensary|spot)s?\b|\belsewhere\b|\bprice[- ]match\w*"
    r"|\bdown the (?:street|road)\b|\b(?:otra|otro) (?:tienda|lugar|dispensario)\b|\bcompetit\w+"
)
_EACH = regex(r"\b(?:per|every|each|por cada|cada|for each)\s$")


@dataclass(frozen=True)
class Surroundings:
    """The words around an amount: its sentence, what comes before and after it there, and what it is about."""

    reading: DraftReading
    sentence: Sentence
    amount: Amount
    words: str
    before: str
    after: str
    subject: Subject

    @property
    def is_apart(self) -> bool:
        """Whether it says how far two amounts are apart."""
        return bool(APART_AFTER.match(self.after) or APART_BEFORE.search(self.before))

    @property
    def is_total(self) -> bool:
        """Whether it is said to be a total."""
        return bool(TOTAL_BEFORE.search(self.before) or TOTAL_AFTER.match(self.after))

    @property
    def is_reduced(self) -> bool:
        """Whether a discount is named near it, or in what comes before "it would be"."""
        near = f"{self.before[-NEARBY:]} {self.after[:NEARBY]}"
        has_rate = RATE.search(self.reading.words[: self.amount.start])
        has_day = WEEKDAY.search(self.before)  # "next Tuesday, December 1, X is $20.70"
        return bool(DISCOUNT.search(near) or has_day or (has_rate and WOULD_BE.search(self.before[-NEARBY:])))

    @property
    def is_worth(self) -> bool:
        """Whether its sentence says what points are worth; that follows from the points alone."""
        return bool(POINTS.search(self.words)) and not is_past(self.words)


def _computed(here: Surroundings) -> Iterator[Decimal]:
    """What tools computed, without sums over another period than the amount's."""
    facts = here.reading.facts
    span = span_at(here.reading, here.sentence, here.amount.start)
    if is_one_line(here.reading, here.sentence, here.subject):
        yield from facts.computed - {value for one in facts.sums for value in one.values}
        return
    if span is None:
        yield from facts.computed
        return
    of_span = {value for one in facts.sums if one.first <= span[1] and span[0] <= one.last for value in one.values}
    of_others = {value for one in facts.sums for value in one.values} - of_span
    yield from facts.computed - of_others


def allowed(reading: DraftReading, amount: Amount) -> Iterator[Decimal]:
    """Every value that the words around an amount allow."""
    sentence = reading.sentence_at(amount.start)
    here = Surroundings(
        reading,
        sentence,
        amount,
        reading.text(sentence),
        reading.words[sentence.span.start : amount.start],
        reading.words[amount.end : sentence.span.end],
        subject_of(reading, amount.start, amount.end),
    )
    derived = Derivations(reading, sentence, amount)
    if per := PER.match(here.after):
        unit = "cbd" if OF_CBD.match(here.after, per.end()) else per["unit"]
        yield from derived.per_unit(unit, here.subject, is_difference=here.is_apart)
        return
    if EACH_PIECE.match(here.after):
        yield from derived.per_unit("piece", here.subject, is_difference=False)
    if _is_own_sum(here):
        yield amount.value
    yield from range_of(reading, sentence, here.before)
    yield from listed_prices(reading, sentence, amount)
    yield from _of_next_reward(here)
    yield from _of_units(here, derived)
    if here.is_apart:
        yield from _computed(here)
        yield from derived.differences(here.subject)
        yield from spent_apart(reading, sentence)
        if per := PER_AHEAD.search(reading.words):
            yield from derived.per_unit(per["unit"], None, is_difference=True)
        if DISCOUNT.search(reading.words) or RATE.search(reading.words):
            yield from derived.reductions()
    elif VERSUS.match(here.after):
        yield from derived.either_side()
    else:
        yield from _of_topics(here, derived)
        yield from _of_products(here, derived)


def _is_own_sum(here: Surroundings) -> bool:
    """Whether an amount is the customer's, in a sentence that computes with it."""
    if not is_asked(here.reading, here.amount):
        return False
    if any(_ELSEWHERE.search(asked) for asked in here.reading.facts.asked):
        return all(one.is_bare or one.start < 0 for one in here.subject.mentions)
    if here.subject.is_slot:
        return False
    has_reckoning = RATE.search(here.words) or DISCOUNT.search(here.words) or len([*money_in(here.words)]) > 1
    return bool(has_reckoning and (OWN_SUM_BEFORE.search(here.before) or OWN_SUM_AFTER.match(here.after)))


def _of_next_reward(here: Surroundings) -> Iterator[Decimal]:
    """What points come to, if the sentence before speaks of points, and what is missing to the next reward."""
    reading = here.reading
    has_points = POINTS.search(reading.words[: here.sentence.span.end])
    if has_points and not here.sentence.mentions and not is_past(here.words):
        yield from worths(reading, here.words)
    if POINTS.search(f"{reading.words} {' '.join(reading.facts.asked)}") and MORE_TO_SPEND.search(here.words):
        yield from to_the_next_reward(reading)


def _of_units(here: Surroundings, derived: Derivations) -> Iterator[Decimal]:
    """Prices per gram or mg, if the words speak of one."""
    words = here.reading.words
    is_small = here.amount.value < 1
    is_rough = ABOUT.search(here.before[-NEARBY:]) and PER_AHEAD.search(words[: here.amount.start])
    if (is_small or is_rough or not here.subject.is_slot) and (
        unit := PER_AHEAD.search(words) or PER_ANYWHERE.search(words)
    ):
        yield from derived.per_unit(unit["unit"], here.subject, is_difference=False)
    if per := PER_AHEAD.search(here.words):
        yield from derived.per_unit(per["unit"], None, is_difference=bool(APART_AFTER.match(here.after)))


def _of_topics(here: Surroundings, derived: Derivations) -> Iterator[Decimal]:
    """Amounts of points, limits, the shop's rules and receipts."""
    reading, words = here.reading, here.words
    has_points = bool(POINTS.search(words))
    is_named = is_asked(reading, here.amount)
    if OFF_AFTER.match(here.after) or (has_points and not here.subject.is_slot):
        yield from () if here.is_worth else _computed(here)
        yield from worths(reading, words)
        yield from derived.reductions()
        yield from reading.facts.asked_money if is_named else ()
    if is_limit(reading, here.amount, here.before):
        yield here.amount.value
    if has_points and _EACH.search(here.before):
        yield Decimal(1)
    yield from _of_the_shop(reading, words)
    is_of_visits = SPENT.search(words) or visits_meant(reading, here.sentence) or goes_on(reading, here.sentence)
    if (is_of_visits or is_extreme_visit(words, here.sentence)) and not is_one_line(
        reading, here.sentence, here.subject
    ):
        yield from spent(reading, here.sentence, here.amount)
    if WITH_TAX.match(here.after):
        yield from derived.receipts_with(here.subject)
    if TAKEN.search(here.before):
        yield from [here.amount.value] if is_named else []
        yield from [*worths(reading, words), *_computed(here)] if has_points else []


def _of_products(here: Surroundings, derived: Derivations) -> Iterator[Decimal]:
    """Amounts that follow from the products in sight: totals, differences, prices after a discount."""
    reading, subject = here.reading, here.subject
    if POINTS.search(here.words) and _WORTH.search(here.before):
        return
    if subject.is_contrast and not subject.is_slot:
        yield from derived.others(subject)
        for one in products_of(subject.mentions):  # "$25 now, up from $22 in October"
            yield from line_amounts(reading, here.sentence, one, here.amount.start)
    if len(subject.mentions) > 1 and (not subject.is_every or here.before.endswith((" for ", " por "))):
        yield from derived.totals(subject)
    if CHANGE.search(here.before):
        yield from derived.differences(subject)
    if subject.is_slot and not (here.is_total or here.is_reduced):
        return
    is_about_points = here.is_worth and not here.sentence.mentions
    if not is_about_points or "." in reading.words[here.amount.start : here.amount.end]:
        yield from _computed(here)
    if TOTAL.search(here.words) or here.is_total or not subject.is_slot:
        yield from derived.totals(subject)
    if not here.sentence.mentions:
        yield from best_prices(reading, here.words)
    talk = f"{reading.words} {' '.join(reading.facts.asked)}"
    is_cut = DISCOUNT.search(talk) or RATE.search(here.words) or POINTS.search(here.words)
    if here.is_reduced or (not subject.is_slot and is_cut):
        yield from derived.discounted(subject)


def _of_the_shop(reading: DraftReading, words: str) -> Iterator[Decimal]:
    """Amounts in the shop's own statements that share a topic with the sentence."""
    asked = " ".join(reading.facts.asked)
    topics = [topic for topic in SHOP_TOPICS if topic.search(words) or topic.search(asked)]
    for statement in reading.facts.statements:
        if any(topic.search(statement) for topic in topics):
            yield from (amount.value for amount in money_in(statement))
