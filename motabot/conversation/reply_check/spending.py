"""What the customer spent: on the visits that an amount belongs to, on several of them, in a month or a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from motabot.conversation.reply_check.figures import Amount
from motabot.conversation.reply_check.money_words import WITH_TAX
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.receipts import days_named, period_at, periods_in, visits_at, visits_meant
from motabot.conversation.reply_check.records import Visit
from motabot.conversation.reply_check.subjects import Subject
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_TOGETHER = regex(
    r"\b(?:together|altogether|combined|both|in all|in total|total\w*|between|across|over|visits|trips|sum|add\w*"
    r"|(?:all|the|those|these) (?:two|three|four|five)|(?:las|los) (?:dos|tres|cuatro)|juntas?|juntos"
    r"|entre|ambas|sumad[ao]s|visitas)\b"
)
_BIGGEST = regex(r"\b(?:biggest|largest|most|highest|priciest|mayor|mas (?:grande|car[oa]|alt[oa]))\b")
_SMALLEST = regex(r"\b(?:smallest|lowest|least|cheapest|menor|mas (?:pequen[oa]|barat[oa]|baj[oa]))\b")
_AVERAGE = regex(r"\b(?:averag\w+|per visit|a visit|each (?:time|visit)|promedio|por visita)\b")
#: Words that make an amount a whole receipt, even right next to a product.
_WHOLE = regex(
    r"\b(?:totals?|totaled|in all|all in|came to|comes to|rang up|tax|receipt|altogether|visit|total\w*"
    r"|impuestos?|recibo|fueron)\b"
)

_SPENT = regex(r"\b(?:spent|gast\w+|among|including|plus|more|other|mas|otros?)\b")
#: The highest total of a receipt with tax, as a multiple of the sum of its lines.
_MOST_TAX = Decimal("1.5")


def is_one_line(reading: DraftReading, sentence: Sentence, subject: Subject) -> bool:
    """Whether an amount is given as the price of one product, so that a receipt's total is not meant."""
    is_alone = len(sentence.mentions) == 1 and not _SPENT.search(reading.text(sentence))
    if not (subject.is_slot or is_alone) or len(subject.mentions) != 1 or subject.is_every:
        return False
    names = {one.folded for one in products_of(subject.mentions)}
    return not _WHOLE.search(reading.text(sentence)) and not any(
        _is_all_of(visit, names) for visit in visits_meant(reading, sentence) or reading.facts.visits
    )


def is_extreme_visit(text: str, sentence: Sentence) -> bool:
    """Whether "your biggest was Tuesday's" means one receipt among others."""
    return bool(_BIGGEST.search(text) or _SMALLEST.search(text)) and not sentence.mentions


def _is_all_of(visit: Visit, names: set[str]) -> bool:
    """Whether nothing else was bought on a visit. A search for one product shows that product's lines only."""
    items = sum((line.total or Decimal() for line in visit.lines), Decimal())
    is_whole = visit.total is not None and abs(visit.total) <= abs(items) * _MOST_TAX
    return is_whole and {fold_in_place(line.name) for line in visit.lines} <= names


def spent(reading: DraftReading, sentence: Sentence, amount: Amount) -> Iterator[Decimal]:
    """Totals of the receipts that an amount belongs to, sums over several receipts, and differences of two."""
    text = reading.text(sentence)
    with_tax = bool(WITH_TAX.match(reading.words[amount.end : sentence.span.end]))
    yield from _of_visits(visits_at(reading, sentence, amount.start), with_tax=with_tax)
    yield from _of_visits(_carried(reading, sentence, amount), with_tax=with_tax)
    period = period_at(reading, sentence, amount.start)
    has_own = len({visit.day for visit in visits_meant(reading, sentence)}) > 1  # its days have their own sum
    yield from _of_several(period, text, is_sum=not has_own)
    named = _named_in_draft(reading, sentence)
    if len(named) > 1 and _TOGETHER.search(text):
        yield sum((_total(visit) for visit in named), Decimal())
    if not period and not sentence.mentions:
        yield from _of_several(reading.facts.visits, text, is_sum=False)
    if _AVERAGE.search(text):
        yield from _averages((named, period))
        yield from (one.average for one in reading.facts.sums if one.average is not None)
    if average := reading.facts.account.average_sale:
        yield average


def spent_apart(reading: DraftReading, sentence: Sentence) -> Iterator[Decimal]:
    """How far two receipts, or the sums of two periods, are apart that the draft or the customer names."""
    totals = [_total(visit) for visit in _named_in_draft(reading, sentence)]
    today = reading.facts.today
    texts = (reading.words[: sentence.span.end], *reading.facts.asked)
    spans = {span for text in texts for span in periods_in(text, today)} if today else set()
    totals += [
        sum((_total(one) for one in reading.facts.visits if first <= one.day <= last), Decimal())
        for first, last in spans
    ]
    yield from (abs(first - second) for first in totals for second in totals if first != second)


def _of_visits(visits: Sequence[Visit], *, with_tax: bool) -> Iterator[Decimal]:
    """Totals and, unless the words say "with tax", sums of the lines and the tax, which is the difference."""
    for visit in visits:
        if visit.total is not None:
            yield abs(visit.total)
        if not with_tax or visit.total is None:
            items = abs(sum((line.total or Decimal() for line in visit.lines), Decimal()))
            yield items
            yield from [visit.total - items] if visit.total is not None and visit.total > items > 0 else []


def _averages(groups: Iterable[Sequence[Visit]]) -> Iterator[Decimal]:
    """The average total of each group of receipts."""
    for visits in groups:
        if visits:
            yield (sum((_total(visit) for visit in visits), Decimal()) / len(visits)).quantize(Decimal("0.01"))


def goes_on(reading: DraftReading, sentence: Sentence) -> bool:
    """Whether "six items, $212.30" goes on about the receipt of the sentence before."""
    earlier = [other for other in reading.sentences if other.span.end <= sentence.span.start]
    return bool(earlier) and len(visits_meant(reading, earlier[-1])) == 1


def _carried(reading: DraftReading, sentence: Sentence, amount: Amount) -> Sequence[Visit]:
    """The receipts of the sentence before, if the amount comes before every date of its own sentence."""
    earlier = [other for other in reading.sentences if other.span.end <= sentence.span.start]
    if not earlier or days_named(reading, sentence, amount.start):
        return ()
    return visits_meant(reading, earlier[-1])


def _of_several(visits: Sequence[Visit], text: str, *, is_sum: bool = True) -> Iterator[Decimal]:
    """The sum, the highest, the lowest or the average of some receipts, as the words say."""
    if not visits:
        return
    totals = [_total(visit) for visit in visits]
    if is_sum:
        yield sum(totals, Decimal())
    if _BIGGEST.search(text):
        yield max(totals)
    if _SMALLEST.search(text):
        yield min(totals)


def _named_in_draft(reading: DraftReading, sentence: Sentence) -> list[Visit]:
    """The receipts that the draft names up to here, each once."""
    named = [
        visit
        for other in reading.sentences
        if other.span.start <= sentence.span.start
        for visit in visits_meant(reading, other)
    ]
    return list(dict.fromkeys(named))


def _total(visit: Visit) -> Decimal:
    return visit.total or Decimal()
