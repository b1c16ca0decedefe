"""Which receipts a sentence is about, and their contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from motabot.conversation.reply_check.figures import MONTHS, CalendarDay, days_in, money_in
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.records import Visit
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_PAST = regex(
    r"\b(?:bought|got|paid|spent|picked up|grabbed|took home|tried|ordered|visited|stopped (?:in|by)|came by"
    r"|chose|then|at the time|entonces|purchased|came in|was|were|had|last (?:time|visit|purchase)|visit"
    r"|receipt|compraste"
    r"|llevaste|pagaste|gastaste|fue|ultima (?:vez|visita|compra)|visita)\b"
)
_LAST = regex(
    r"\b(?:last|latest|most recent|ultim[ao])\s(?:visit|time|purchase|trip|receipt|order|one|stop|run|haul"
    r"|pickup|visita|vez|compra)\b|\blast (?:in(?! [a-z]{3,9}\b)|came|visited|stopped)\b"
)
#: "The visit before your latest one": the last but one.
_BEFORE_LAST = regex(
    r"\b(?:visit|time|trip|one|purchase|receipt|stop) (?:right |just )?before (?:(?:your|the|that"
    r"|this) )?(?:(?:last|latest|most recent|newest)"
    r"(?: one| visit| time| trip| purchase)?|one|that|it)\b|\b(?:second[- ]to[- ]last|next[- ]to[- ]last"
    r"|second most recent) "
    r"(?:visit|time|trip|purchase|receipt)|\b(?:penultima|la anterior a la ultima|la visita anterior"
    r"|la vez anterior)\b"
)
_RECEIPT_TALK = regex(r"\b(?:total|receipt|items? (?:add|come)|with tax|tax|paid|pagaste|recibo|impuestos?)\b")
ORDINAL = regex(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b|\bel (?P<dia>\d{1,2})\b")


_THIS_MONTH = regex(r"\bthis month\b|\beste mes\b")
_LAST_MONTH = regex(r"\blast month\b|\b(?:el )?mes pasado\b")
_THIS_YEAR = regex(r"\bthis year\b|\beste ano\b")
_LAST_YEAR = regex(r"\blast year\b|\b(?:el )?ano pasado\b")
#: A whole month: "may" and "sept" are often other words, and "May 5" is a day.
_MONTH_NAMES = "|".join(name for name in MONTHS if len(name) > 3 and name not in ("may", "sept"))
_MONTH = regex(
    rf"(?<!\d )(?<!\d de )\b({_MONTH_NAMES})\b"
    r"(?!\.? ?(?:the )?\d{1,2}(?!\d))(?:,? (?:of |de |del )?(?P<year>20\d\d)\b)?"
)


_PART = regex(
    r"[,;:.!?]\s|\s(?:and|against|vs\.?|versus|while|but|compared (?:to|with)|y|contra|mientras|frente a)\s"
)


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
            *((None, int(o["day"] or o["dia"])) for o in ORDINAL.finditer(denied)),
        ]
        for visit in visits
        if day in ((visit.day.month, visit.day.day), (None, visit.day.day))
    ]
    if named:
        return tuple(dict.fromkeys(_of_its_month(reading, sentence, named)))
    if any(days_in(text)):
        return ()
    if visits and _BEFORE_LAST.search(text):
        days = sorted({visit.day for visit in visits if not visit.refund}, reverse=True)
        return tuple(visit for visit in visits if days[1:2] == [visit.day])
    if visits and _LAST.search(text):
        newest = visits[0].day
        return tuple(visit for visit in visits if visit.day == newest)
    today = reading.facts.today
    if today and period_in(text, today):
        return ()  # "you paid $22 in October" is not about the last visit
    if visits and _RECEIPT_TALK.search(text) and any(_LAST.search(asked) for asked in reading.facts.asked):
        return tuple(visit for visit in visits if visit.day == visits[0].day)
    earlier = [other for other in reading.sentences if other.span.end <= sentence.span.start]
    if earlier and (is_past(text) or _continues(text)):
        return visits_meant(reading, earlier[-1])
    return ()


def _of_its_month(reading: DraftReading, sentence: Sentence, visits: list[Visit]) -> list[Visit]:
    """Of the receipts on "the 11th", those of the month that the sentence names, if it names one."""
    text, today = reading.text(sentence), reading.facts.today
    span = period_in(text, today) if today and not any(days_in(text)) else None
    inside = [visit for visit in visits if span and span[0] <= visit.day <= span[1]]
    return inside or visits


def visits_at(reading: DraftReading, sentence: Sentence, start: int) -> tuple[Visit, ...]:
    """The receipts that an amount belongs to: its own, if a sentence gives each of several dates an amount.

    "$28 on May 5 and $31 on May 7" and "on May 5 it was $28, on May 7 $31" both give each date its amount.
    """
    meant = visits_meant(reading, sentence)
    days = days_named(reading, sentence)
    amounts = [one for one in money_in(reading.words) if sentence.span.start <= one.start < sentence.span.end]
    if len({visit.day for visit in meant}) < 2 or len(days) < 2 or len(amounts) < 2:
        return meant
    if days[-1].end <= amounts[0].start or amounts[-1].end <= days[0].start:
        return meant  # first all dates, then all amounts: "respectively", or a sum of them
    part = _part_around(reading.words, start)
    inside = [one for one in days if part[0] <= one.start < part[1]]
    is_before = days[0].end <= amounts[0].start
    near = [one for one in days if (one.end <= start if is_before else one.start >= start)]
    near = inside if len(inside) == 1 else near
    if not near:
        return meant
    own = near[-1] if is_before else near[0]
    return tuple(visit for visit in meant if own.day == visit.day.day and own.month in (0, visit.day.month))


def _part_around(text: str, place: int) -> tuple[int, int]:
    """The part of a sentence around a place: up to a comma, "and", "against" and the like on both sides."""
    ends = [(found.start(), found.end()) for found in _PART.finditer(text)]
    first = max((end for _, end in ends if end <= place), default=0)
    return first, min((start for start, _ in ends if start > place), default=len(text))


def days_named(reading: DraftReading, sentence: Sentence, end: int | None = None) -> list[CalendarDay]:
    """The days that a sentence names, up to a place, with or without their month, in order."""
    text = reading.words[: sentence.span.end if end is None else end]
    named = [day for day in days_in(text) if day.start >= sentence.span.start]
    taken = [(day.start, day.end) for day in named]
    named += [
        CalendarDay(None, 0, int(found["day"] or found["dia"]), *found.span())
        for found in ORDINAL.finditer(text, sentence.span.start)
        if not any(start <= found.end() - 1 < end for start, end in taken)
    ]
    return sorted(named, key=lambda day: day.start)


def _continues(text: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:it|that|those|they|the (?:two|three|four|five)|all|in all|total|together|altogether|combined"
            r"|eso|en total|juntas?|junt[oa]s|entre (?:las|los)|las (?:dos|tres)|suman)\b",
            text,
        )
    )


def line_amounts(reading: DraftReading, sentence: Sentence, product: Product, start: int) -> Iterator[Decimal]:
    """What the customer paid for a product on the visits that an amount belongs to; if none is named, on any."""
    text, today = reading.text(sentence), reading.facts.today
    visits = visits_at(reading, sentence, start)
    if not visits and today and period_in(text, today):
        visits = visits_of_period(reading, sentence)
    if not is_past(text) and not visits:
        return
    yield from receipt_amounts(reading, product, visits)


def receipt_amounts(reading: DraftReading, product: Product, visits: Sequence[Visit] = ()) -> Iterator[Decimal]:
    """The amounts on receipts for a product: whole lines, and one piece; on all receipts if none are given."""
    for visit in visits or reading.facts.visits:
        for line in visit.lines:
            if fold_in_place(line.name) == product.folded and line.total is not None:
                yield abs(line.total)
                if line.quantity:
                    yield abs(line.total / line.quantity)


def pieces_paid(reading: DraftReading, product: Product) -> list[Decimal]:
    """What one piece of a product cost on each known receipt."""
    return [
        abs(line.total / line.quantity)
        for visit in reading.facts.visits
        for line in visit.lines
        if fold_in_place(line.name) == product.folded and line.total is not None and line.quantity
    ]


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


def period_at(
    reading: DraftReading, sentence: Sentence, start: int, figures: Sequence[int] | None = None
) -> tuple[Visit, ...]:
    """The receipts of the month or the year that a figure belongs to, if a sentence names several.

    Args:
        reading: The draft.
        sentence: The figure's sentence.
        start: The figure's place.
        figures: The places of figures of this sort; by default those of money.
    """
    span = span_at(reading, sentence, start, figures)
    if span is None:
        return visits_of_period(reading, sentence)
    return tuple(visit for visit in reading.facts.visits if span[0] <= visit.day <= span[1])


def span_at(
    reading: DraftReading, sentence: Sentence, start: int, figures: Sequence[int] | None = None
) -> tuple[date, date] | None:
    """The first and last day of the period that a figure belongs to, if its sentence names one."""
    today = reading.facts.today
    if today is None:
        return None
    places = _periods_in(reading.text(sentence), today)
    everywhere = [one.start for one in money_in(reading.words)] if figures is None else figures
    own = [one for one in everywhere if sentence.span.start <= one < sentence.span.end]
    if len({span for _, span in places}) < 2 or len(own) < 2:
        return places[0][1] if places else None
    place = start - sentence.span.start
    part = _part_around(reading.text(sentence), place)
    inside = {span for found, span in places if part[0] <= found < part[1]}
    if len(inside) == 1:
        return inside.pop()
    is_before = places[0][0] < own[0] - sentence.span.start
    near = [span for found, span in places if (found < place if is_before else found > place)]
    return (near[-1] if is_before else near[0]) if near else None


def period_in(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of the month or year that a text names first."""
    return next((span for _, span in _periods_in(text, today)), None)


def periods_in(text: str, today: date) -> list[tuple[date, date]]:
    """The first and the last day of every month and year that a text names, in order."""
    return [span for _, span in _periods_in(text, today)]


def _periods_in(text: str, today: date) -> list[tuple[int, tuple[date, date]]]:
    """Every month and year that a text names, with its place, in order."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    spans = (
        (_THIS_MONTH, (today.replace(day=1), today)),
        (_LAST_MONTH, (date(year, month, 1), _last_day(year, month))),
        (_THIS_YEAR, (today.replace(month=1, day=1), today)),
        (_LAST_YEAR, (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    )
    found_in = [(found.start(), span) for pattern, span in spans for found in pattern.finditer(text)]
    for found in _MONTH.finditer(text):
        month = MONTHS[found[1]]
        year = int(found["year"]) if found["year"] else today.year - (month > today.month)
        if _LAST_YEAR.match(text, found.end() + 1) or _LAST_YEAR.match(text, found.end() + 4):
            year = today.year - 1
            found_in = [one for one in found_in if one[1] != spans[3][1]]
        found_in.append((found.start(), (date(year, month, 1), min(_last_day(year, month), today))))
    return sorted(found_in)


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
