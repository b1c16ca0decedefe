"""Dates: each is the day of the visit, the purchase or the holiday that its sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import ANY_YEAR, CalendarDay, days_in, days_listed
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.own_days import is_of_birthday, own_days
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.receipts import is_past, period_in, periods_in
from motabot.conversation.reply_check.records import clocks_in
from motabot.conversation.reply_check.subjects import last_named, subject_of
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex
from motabot.text.weekdays import NAMED_WEEKDAYS, WEEKDAYS

_ORDINAL = regex(
    r"\b(?:the|el)\s(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?!\s?(?:%|am|pm|points|puntos|\w*year|hour|minute|mg"
    r"|g\b))(?=[\s,.;:!?)]|$)"
)
_WEEKDAY_BEFORE = regex(
    r"\b(" + "|".join(NAMED_WEEKDAYS) + r"),?\s\(?(?:(?:is|that'?s|would be|falls|will be|on|es"
    r"|cae|seria|sera|en|que|viene|proximo|coming|week|next|the|el|dia),?\s)*$"
)
_WEEKDAY_AFTER = regex(
    r",?\s\(?(?:(?:which|that|it)(?:'s| is| was| falls on)? )?(?:an? |un |el )?("
    + "|".join(NAMED_WEEKDAYS)
    + r")\b"
)
_LAST_BOUGHT = regex(
    r"\blast (?:bought|got|had|purchased|picked|time you (?:bought|got))\b|\bultima vez que\b|\bmost recently\b"
)
_LAST_VISIT = regex(
    r"\b(?:last|latest|most recent|ultima) (?:visit|time|trip|visita|vez)\b|\blast (?:in|came|visited"
    r"|stopped)\b|\bthe last (?:one |was )?on\b"
)
_WHEN_BOUGHT = regex(
    r"\bwhen (?:did i|was the last time i) (?:last )?(?:buy|get|purchase|bought|got)\b"
    r"|\bcuando (?:fue la ultima vez que )?compre\b"
)
_IT_WAS = regex(
    r"\s*(?:(?:yes|sure|looks like|hi|hey)[^.]{0,20}[,!:] )?(?:that (?:was|would be|would have been)|it was"
    r"|on\b|fue|el\b|back on\b|[a-z]{3,9} \d)"
)
_JOINED = regex(r"\b(?:joined|member since|signed up|with us since|desde|te uniste)\b")
_HOURS_TALK = regex(
    r"\b(?:open\w*|clos\w+|hours|abierto|abrimos|cerrado|cerramos|(?:normal|regular|usual) \w+|\d (?:am|pm)"
    r"|\d to \d|\d-\d)\b"
)
BUY = regex(
    r"\b(?:bought|buy|got|had|purchased?|picked up|last (?:time|purchase)|compraste|llevaste|compra|including"
    r"|on your \w+(?: \d+)? receipt"
    r"|on (?=an?\b|two|three|\d))\b"
)
VISIT = regex(
    r"\b(?:visit\w*|came in|come in|been in|been by|stopped (?:in|by)|were (?:in|here)|in on|visita\w*"
    r"|viniste|venido|pasaste)\b"
)


_LAST_YEAR = regex(r"\blast year\b|\ba year ago\b|\b(?:el )?ano pasado\b|\bhace un ano\b|\b20\d\d\b")
#: The last one of a month or of a place, or the last but one, is not the last of all.
_NARROWED = regex(
    r"\b(?:before|earlier|previous|prior|(?:in|of|that|this) (?:month|year|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)|at our|at the|in (?:san|oakland)|antes|anterior)\b"
)
_BESIDE = 40
#: "The last one on", "last time" may mean the last purchase of a product.
_OF_ALL_VISITS = regex(r"(?:visit|trip|visita|in|came|visited|stopped)$")
#: The first day of a sum over receipts.
_SINCE = regex(r"\b(?:since|starting|from|desde|a partir de)\s(?:\w+day,?\s)?(?:the |el )?$")
_BEFORE_THAT = regex(
    r"\b(?:visit|trip|time|one|purchase) (?:right |just )?before\b|\bbefore (?:that|it)\b|\b(?:a "
    r"|the )day (?:earlier|before)\b"
)
_OTHER_TIME = regex(r"\b(?:before|after|since|until|visits?|spent|but|not|no|visita|antes|despues|desde)\b")
#: After this many days a date without a year means another day.
_NEEDS_A_YEAR = 350


def check_dates(reading: DraftReading) -> Iterator[Problem]:
    """Every date is the day of what its sentence is about."""
    for day in [*days_in(reading.words), *days_listed(reading.words), *_ordinals(reading)]:
        sentence = reading.sentence_at(day.start)
        if _is_denied(reading, sentence, day):
            continue
        if reading.filled_at(day.start, day.end) and not _is_said_to_be_last(reading, sentence, day):
            if _is_of_another_receipt(reading, sentence, day):
                yield _wrong_date(reading, sentence, day)
            continue
        meant = [
            known
            for known in _allowed_days(reading, sentence, day)
            if _is_on(day, known)
            and not (
                day.year is None and _is_long_ago(reading, known) and not _LAST_YEAR.search(reading.text(sentence))
            )
        ]
        if not meant or _is_before_itself(reading, sentence, day):
            yield _wrong_date(reading, sentence, day)
        elif not _fits_weekday(reading, day, meant):
            excerpt = reading.draft.excerpt(day.start - 12 if day.start > 12 else 0, day.end)
            yield Problem("date", excerpt, f'The weekday of "{excerpt}" is wrong. Correct it, or leave it out.')


def _is_before_itself(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> bool:
    """Whether "the visit before that one" has the date that the draft just gave."""
    found = _BEFORE_THAT.search(reading.words[sentence.span.start : day.start])
    if found is None:
        return False
    place = sentence.span.start + found.start()
    earlier = [
        one
        for one in days_in(reading.words[:place])
        if not _is_denied(reading, reading.sentence_at(one.start), one)
    ]
    return bool(earlier) and earlier[-1].day == day.day and day.month in (0, earlier[-1].month)


def _is_of_another_receipt(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> bool:
    """Whether a filled date is that of a receipt without the one product that the sentence dates by it."""
    named = [one for one in sentence.mentions if not one.is_bare]
    text = reading.text(sentence)
    if len(named) != 1 or not is_past(text) or _OTHER_TIME.search(text):
        return False
    names = {one.folded for one in named[0].candidates}
    with_it = [
        visit for visit in reading.facts.visits if any(fold_in_place(line.name) in names for line in visit.lines)
    ]
    return bool(with_it) and not any(_is_on(day, visit.day) for visit in with_it)


def _is_said_to_be_last(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> bool:
    """Whether a date is given as that of the last purchase of a product or of the last visit of all."""
    before = reading.words[sentence.span.start : day.start]
    found = next(iter([*_LAST_BOUGHT.finditer(before), *_LAST_VISIT.finditer(before)]), None)
    if found is None or any(days_in(before[found.end() :])) or _NARROWED.search(reading.text(sentence)):
        return False
    if _LAST_BOUGHT.search(before):
        return any(not one.is_bare for one in sentence.mentions if one.end <= day.start)
    is_of_all = _OF_ALL_VISITS.search(found[0]) and not any(one.end <= day.start for one in sentence.mentions)
    return bool(is_of_all) and len(before) - found.end() < _BESIDE and not BUY.search(before[found.end() :])


def _ordinals(reading: DraftReading) -> Iterator[CalendarDay]:
    """ "The 24th" without a month, if the sentence is about visits: the month is that of a known visit."""
    taken = [(day.start, day.end) for day in days_in(reading.words)]
    for found in _ORDINAL.finditer(reading.words):
        if any(start <= found.start("day") < end for start, end in taken):
            continue
        sentence = reading.sentence_at(found.start())
        near = reading.text(sentence)
        has_suffix = reading.words[found.end("day") : found.end("day") + 2] in ("st", "nd", "rd", "th")
        if has_suffix and (
            VISIT.search(near)
            or BUY.search(near)
            or any(days_in(near))
            or re.search(r"\b(?:spent|times|month|before)\b", near)
        ):
            yield CalendarDay(None, 0, int(found["day"]), *found.span())


def _is_long_ago(reading: DraftReading, known: date) -> bool:
    """Whether a day is so long ago that its date needs the year: "October 10" is this year's."""
    today = reading.facts.today
    return today is not None and known.year != ANY_YEAR and (today - known).days > _NEEDS_A_YEAR


def _is_on(day: CalendarDay, known: date) -> bool:
    if day.month == 0:
        return day.day == known.day
    return day.is_on(known) or (known.year == ANY_YEAR and (day.month, day.day) == (known.month, known.day))


def _is_denied(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> bool:
    before = reading.words[sentence.span.start : day.start]
    return bool(
        re.search(r"\b(?:not|rather than|instead of|no visit|nothing|don'?t see|no) (?:\w+ ){0,4}$", before)
    ) or reading.text(sentence).rstrip().endswith("?")


def _allowed_days(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> set[date]:
    """The days that a date in this sentence can be."""
    text = reading.text(sentence)
    facts = reading.facts
    visit_days = {visit.day for visit in facts.visits}
    if day.month == 0 and facts.today:
        texts = (text, reading.words, *facts.asked)
        before = periods_in(reading.words[sentence.span.start : day.start], facts.today)[-1:]
        span = (
            before[0] if before else next((found for one in texts if (found := period_in(one, facts.today))), None)
        )
        visit_days = {one for one in visit_days if span is None or span[0] <= one <= span[1]}
    expected = {facts.account.next_visit} if facts.account.next_visit else set()
    if not visit_days and facts.account.last_visited:
        visit_days = {facts.account.last_visited}
    if _JOINED.search(text) and facts.account.joined:
        return {facts.account.joined}
    last = _LAST_VISIT.search(reading.words[max(sentence.span.start, day.start - 24) : day.start])
    is_last = day.month and last and not _LAST_BOUGHT.search(text) and not _NARROWED.search(text)
    mentions = [] if is_last else _bought_here(reading, sentence, day)
    if mentions:
        days = {found for mention in mentions for found in _days_of(reading, mention)}
        is_last_of_it = last_named(reading, sentence, day.start) or _answers_when(reading, sentence)
        if _LAST_BOUGHT.search(text) or is_last_of_it:
            returned = {visit.day for visit in facts.visits if visit.refund}
            sold = {visit.day for visit in facts.visits if not visit.refund}
            days = days - (returned - sold) or days
            return {max(days)} if days else days
        return days
    if day.month and _LAST_VISIT.search(reading.words[max(sentence.span.start, day.start - 40) : day.start]):
        sales = [visit for visit in facts.visits if not visit.refund]  # a return is not a visit
        newest = facts.account.last_visited or next((visit.day for visit in [*sales, *facts.visits]), None)
        looked_up = {visit.day for visit in (*facts.visits[:1], *sales[:1]) if visit.total is not None}
        return looked_up | ({newest} if newest else set())
    if _SINCE.search(reading.words[max(sentence.span.start, day.start - 24) : day.start]):
        return set(facts.dates) | visit_days
    if (not is_of_birthday(text) and VISIT.search(text)) or re.search(
        r"\b(?:spent|gastaste|(?<!with the )receipt)\b", text
    ):
        return visit_days | expected | (set(facts.dates) if facts.computed and not visit_days else set())
    if _HOURS_TALK.search(text):
        is_usual = clocks_in(text) or re.search(r"\d ?(?:-|to) ?\d|\b(?:regular|normal|usual|same|mismo)\b", text)
        days_ahead = range(90) if is_usual and facts.today else ()
        coming = {facts.today + timedelta(days=ahead) for ahead in days_ahead} if facts.today else set()
        holidays = {holiday for _, hours in facts.hours for holiday in hours.holidays}
        return holidays | {one for one in facts.dates if one.year == ANY_YEAR} | coming
    if day.month == 0:
        return visit_days or set(facts.dates)
    return set(facts.dates) | expected | _coming_days(reading, day) | own_days(reading, text)


def _coming_days(reading: DraftReading, day: CalendarDay) -> set[date]:
    """A day of the next two weeks may be named with its weekday."""
    today = reading.facts.today
    if today and not _WEEKDAY_BEFORE.search(reading.words[max(0, day.start - 36) : day.start]):
        text = reading.text(reading.sentence_at(day.start))  # "on Tuesdays, so next is December 1"
        return {one for n in range(8) if WEEKDAYS[(one := today + timedelta(days=n)).weekday()] in text}
    return {today + timedelta(days=ahead) for ahead in range(14)} if today else set()


def _bought_here(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> list[Mention]:
    """The products that a date says were bought on it."""
    text = reading.text(sentence)
    if _answers_when(reading, sentence):
        return list(reading.asked)
    if last := last_named(reading, sentence, day.start):
        return last
    if not BUY.search(text) or (not sentence.mentions and not _LAST_BOUGHT.search(text)):
        return []
    subject = subject_of(reading, day.start, day.end)
    if not sentence.mentions:
        return list(subject.mentions)
    before = [one for one in sentence.mentions if one.end <= day.start]
    after = [one for one in sentence.mentions if one.start >= day.end]
    days = [one.start for one in days_in(reading.words) if one.start >= sentence.span.start]
    if after and days and days[0] < sentence.mentions[0].start:
        return after[:1]  # "on May 5 you got X, and on May 7 Y": the date stands before what was bought
    return before[-1:] or sentence.mentions[:1]


def _answers_when(reading: DraftReading, sentence: Sentence) -> bool:
    """Whether "that was June 12" answers when the customer last bought something."""
    is_asked = any(_WHEN_BOUGHT.search(text) for text in reading.facts.asked) and len(reading.asked) == 1
    return is_asked and not sentence.mentions and bool(_IT_WAS.match(reading.text(sentence)))


def _days_of(reading: DraftReading, mention: Mention) -> Iterator[date]:
    names = {one.folded for one in mention.candidates}
    for one in mention.candidates:
        if one.last_bought:
            yield one.last_bought
    for visit in reading.facts.visits:
        if any(fold_in_place(line.name) in names for line in visit.lines):
            yield visit.day


def _fits_weekday(reading: DraftReading, day: CalendarDay, meant: list[date]) -> bool:
    """Whether the weekday beside a date is that of one of the days that it can mean."""
    found = _WEEKDAY_BEFORE.search(reading.words[max(0, day.start - 36) : day.start])
    found = found or _WEEKDAY_AFTER.match(reading.words, day.end)
    if not found or any(known.year == ANY_YEAR for known in meant):
        return True
    named = NAMED_WEEKDAYS[found[1]]
    return any(WEEKDAYS[known.weekday()] == named for known in meant)


def _wrong_date(reading: DraftReading, sentence: Sentence, day: CalendarDay) -> Problem:
    excerpt = reading.draft.excerpt(day.start, day.end)
    days = _allowed_days(reading, sentence, day)
    right = f"It is {next(iter(days)).isoformat()}." if len(days) == 1 else "Look it up, or leave it out."
    return Problem("date", excerpt, f'The date "{excerpt}" is not the day of what the sentence is about. {right}')
