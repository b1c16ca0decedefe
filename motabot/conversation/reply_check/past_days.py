"""Days that are named without a date: "Tuesday's visit", "yesterday's purchase"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import days_in
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex
from motabot.text.weekdays import NAMED_WEEKDAYS, SPANISH_WEEKDAYS, WEEKDAYS

_VISIT_OF = regex(
    rf"\b(?P<day>{'|'.join(WEEKDAYS)})'s (?:visit|trip|purchase|receipt)\b|\b(?:visita"
    rf"|compra) del (?P<dia>{'|'.join(SPANISH_WEEKDAYS)})\b"
)
#: "I can see yesterday's purchase on your account", "you came in yesterday".
_RECORDED = regex(
    r"\b(?:i (?:can |do )?(?:see|find|have|found|show)|shows?|(?:on|in) your (?:account|history|record)"
    r"|(?:last|latest|most recent|newest|ultima)(?: visit| one| time| trip| purchase| vez| visita)? (?:was|fue)"
    r"|you (?:bought|got|picked up|came|visited|were|stopped|grabbed|had)|veo|compraste|viniste|llevaste)\b"
)
_DAYS_BACK = {
    "yesterday": 1,
    "ayer": 1,
    "last night": 1,
    "anoche": 1,
    "anteayer": 2,
    "antier": 2,
    "the day before yesterday": 2,
}
_DAY_BACK = regex(rf"\b(?P<day>{'|'.join(sorted(_DAYS_BACK, key=len, reverse=True))})\b")
_RECENT = 14


def check_past_days(reading: DraftReading) -> Iterator[Problem]:
    """A visit of a weekday or of yesterday took place then."""
    yield from _check_weekdays_of_visits(reading)
    yield from _check_days_back(reading)


def _check_weekdays_of_visits(reading: DraftReading) -> Iterator[Problem]:
    """ "Tuesday's visit" must be on a Tuesday of the last two weeks."""
    today, visits = reading.facts.today, reading.facts.visits
    for found in _VISIT_OF.finditer(reading.words):
        named = NAMED_WEEKDAYS[found["day"] or found["dia"]]
        known = {WEEKDAYS[one.day.weekday()] for one in visits if today and (today - one.day).days <= _RECENT}
        if known and named not in known:
            excerpt = reading.draft.excerpt(*found.span())
            yield Problem("date", excerpt, f'There was no visit on "{excerpt}". Give the date, or leave it out.')


def _check_days_back(reading: DraftReading) -> Iterator[Problem]:
    """What is on record for yesterday was bought then."""
    today = reading.facts.today
    known = {visit.day for visit in reading.facts.visits} | reading.facts.dates
    for found in _DAY_BACK.finditer(reading.words):
        text = reading.text(reading.sentence_at(found.start()))
        is_open = text.rstrip().endswith("?") or reading.draft.is_denied(found.start())
        if today is None or is_open or not _RECORDED.search(text):
            continue
        if today - timedelta(days=_DAYS_BACK[found["day"]]) not in known:
            excerpt = reading.draft.excerpt(*found.span())
            yield Problem("date", excerpt, f'Nothing was bought on the day of "{excerpt}". Leave it out.')


def is_bygone(reading: DraftReading, text: str) -> bool:
    """Whether a sentence names a day of this year that is over: "back on June 12" looks back."""
    today = reading.facts.today
    return today is not None and any((day.month, day.day) < (today.month, today.day) for day in days_in(text))
