"""Days that the customer named: a reply may repeat them and reckon with them, but not the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from motabot.conversation.reply_check.figures import ANY_YEAR, days_in
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

#: What makes a day the customer's own: a birthday, a purchase that the customer dates, a time that has run out.
_OWN = regex(
    r"\b(?:birthdays?|turn(?:s|ed|ing)?|past (?:that|the|it|our)|over|outside|beyond|within|too (?:late|long|old)"
    r"|long ago|days|weeks|you (?:said|say|mentioned|bought|got|told|told me|picked)|cumple\w*|cumplir\w*"
    r"|pas(?:o|ado|aron)|fuera|plazo|dias|semanas|dijiste|dices|mencionaste|compraste)\b"
)
_BIRTHDAY = regex(r"\b(?:birthdays?|turn(?:s|ed|ing)? (?:21|twenty)|cumple\w*|cumpl(?:a|ir|io)\w*)\b")
_IS_OVER = regex(
    r"\b(?:is|was|'s) (?:already |now |well |just )?(?:past|over|outside|beyond)\b|\bmore than \d+ days\b"
    r"|\bya (?:paso|pasaron|vencio)\b|\bfuera de\b|\bmas de \d+ dias\b"
)
_LIMIT = regex(r"\b(\d{1,3})[- ](?:days?|dias?)\b")


def is_of_birthday(text: str) -> bool:
    """Whether a sentence speaks of the day on which somebody comes of age."""
    return bool(_BIRTHDAY.search(text))


def own_days(reading: DraftReading, text: str) -> set[date]:
    """The days, without their year, that the customer named and that a sentence may say of them.

    Args:
        reading: The draft.
        text: The sentence. A day that it calls past the limit of days beside it must be.
    """
    if not (_OWN.search(text) or is_of_birthday(text)):
        return set()
    days = {
        date(ANY_YEAR, one.month, one.day) for said in reading.facts.said for one in days_in(said) if one.month
    }
    limit = _LIMIT.search(text)
    if limit is None or not _IS_OVER.search(text):
        return days
    return {day for day in days if any(past > int(limit[1]) for past in _days_since(reading, day))}


def may_be_over(reading: DraftReading, limit: int) -> bool:
    """Whether a limit of so many days may have run out: the customer named no day, or one that is past it."""
    ages = [
        age
        for said in reading.facts.said
        for one in days_in(said)
        if one.month
        for age in _days_since(reading, date(ANY_YEAR, one.month, one.day))
    ]
    return not ages or max(ages) > limit


def _days_since(reading: DraftReading, day: date) -> Iterator[int]:
    """How many days ago a day last was; nothing if today is not known."""
    today = reading.facts.today
    if today is not None:
        last = day.replace(year=today.year)
        yield (today - (last if last <= today else day.replace(year=today.year - 1))).days
