"""Which receipts a sentence is about, and what stood on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from motabot.conversation.reply_check.figures import MONTHS, days_in
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.records import Visit
from motabot.text.normalize import fold_in_place

_PAST = re.compile(
    r"\b(?:bought|got|paid|spent|picked up|purchased|came in|was|were|had|last (?:time|visit|purchase)|visit"
    r"|receipt|compraste"
    r"|llevaste|pagaste|gastaste|fue|ultima (?:vez|visita|compra)|visita)\b"
)
_LAST = re.compile(
    r"\b(?:last|latest|most recent|ultim[ao])\s(?:visit|time|purchase|trip|receipt|order|one|visita|vez"
    r"|compra)\b|\blast (?:in|came|visited|stopped)\b"
)
_RECEIPT_TALK = re.compile(
    r"\b(?:total|receipt|items? (?:add|come)|with tax|tax|paid|pagaste|recibo|impuestos?)\b"
)
_ORDINAL = re.compile(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b|\bel (?P<dia>\d{1,2})\b")


def is_past(text: str) -> bool:
    """Whether a sentence speaks of what was bought."""
    return bool(_PAST.search(text))


def visits_meant(reading: DraftReading, sentence: Sentence) -> tuple[Visit, ...]:
    """The receipts that a sentence is about: by date, as the last one, or those of the sentence before."""
    visits = reading.facts.visits
    text = reading.text(sentence)
    denied = re.sub(r"\b(?:not|rather than|instead of|no) (?:on )?(?:the |el )?\w+(?: \d+)?", " ", text)
    named = [
        visit
        for day in [
            *((d.month, d.day) for d in days_in(denied)),
            *((None, int(o["day"] or o["dia"])) for o in _ORDINAL.finditer(denied)),
        ]
        for visit in visits
        if day in ((visit.day.month, visit.day.day), (None, visit.day.day))
    ]
    if named:
        return tuple(dict.fromkeys(named))
    if any(days_in(text)):
        return ()
    if visits and _LAST.search(text):
        newest = visits[0].day
        return tuple(visit for visit in visits if visit.day == newest)
    if visits and _RECEIPT_TALK.search(text) and any(_LAST.search(asked) for asked in reading.facts.asked):
        return tuple(visit for visit in visits if visit.day == visits[0].day)
    earlier = [other for other in reading.sentences if other.span.end <= sentence.span.start]
    if earlier and (is_past(text) or _continues(text)):
        return visits_meant(reading, earlier[-1])
    return ()


def _continues(text: str) -> bool:
    return bool(re.match(r"\s*(?:it|that|those|they|the two|in all|total|eso|en total)\b", text))


def line_amounts(reading: DraftReading, sentence: Sentence, product: Product) -> Iterator[Decimal]:
    """What the customer paid for a product on the visits that a sentence is about; where it names none, on any."""
    if not is_past(reading.text(sentence)) and not visits_meant(reading, sentence):
        return
    yield from receipt_amounts(reading, product, visits_meant(reading, sentence))


def receipt_amounts(reading: DraftReading, product: Product, visits: Sequence[Visit] = ()) -> Iterator[Decimal]:
    """What stands on receipts for a product: whole lines, and one piece; on all receipts, where none are given."""
    for visit in visits or reading.facts.visits:
        for line in visit.lines:
            if fold_in_place(line.name) == product.folded and line.total is not None:
                yield abs(line.total)
                if line.quantity:
                    yield abs(line.total / line.quantity)


def visits_of_period(reading: DraftReading, sentence: Sentence) -> tuple[Visit, ...]:
    """The receipts of the month or the year that a sentence names."""
    text = reading.text(sentence)
    today = reading.facts.today
    if today is None:
        return ()
    span = period_in(text, today) or next(
        (found for asked in reversed(reading.facts.asked) if (found := period_in(asked, today))), None
    )
    if span is None:
        return ()
    return tuple(visit for visit in reading.facts.visits if span[0] <= visit.day <= span[1])


def period_in(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a month or year that a text names."""
    if re.search(r"\bthis month\b|\beste mes\b", text):
        return today.replace(day=1), today
    if re.search(r"\blast month\b|\bel mes pasado\b", text):
        year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
        return date(year, month, 1), _last_day(year, month)
    if re.search(r"\bthis year\b|\beste ano\b", text):
        return today.replace(month=1, day=1), today
    for name, month in MONTHS.items():
        if len(name) > 3 and re.search(rf"\b{name}\b(?!\.? ?\d)", text) and name not in ("may", "sept"):
            year = today.year if month <= today.month else today.year - 1
            return date(year, month, 1), min(_last_day(year, month), today)
    return None


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
