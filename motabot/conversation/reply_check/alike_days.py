"""Hours said to be alike on several days: "just as late the whole weekend", "the same time every day"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.hours_in_words import OPEN
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.records import Hours
from motabot.text.regex import regex

_ALIKE = regex(
    r"\b(?:(?:just|every bit|exactly|equally) as (?:late|early)|equally (?:late|early)|(?:the )?same"
    r" (?:(?:opening|closing) )?(?:times?|hours?|schedule)|igual de (?:tarde|temprano)|(?:a )?la misma hora"
    r"|el mismo horario|igual)\b"
)
_WEEKEND = regex(
    r"\b(?:(?:whole|all|entire|rest of the|through(?:out)? the|both days of the|this|over the|on the|todo el|el)"
    r" (?:weekend|fin de semana))\b"
)
_WEEK = regex(
    r"\b(?:(?:whole|all|entire|rest of the) week(?: long)?|every (?:single )?(?:day|night)|(?:all )?seven days"
    r"|each day|toda la semana|todos los dias|cada dia|los siete dias)\b"
)
_APART = regex(r"\b(?:except|but|besides|other than|apart|aside|excepto|menos|salvo|pero)\b")
#: "Open till 10 every night this week".
_UNTIL = regex(r"\b(?:until|till|til|hasta las) (?P<hour>\d{1,2})(?::00)?(?: ?p\.?m\.?)?(?![\d:%]|\s?[a-z]*mg)")
_OTHERWISE = regex(r"\b(?:deliver\w*|entreg\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b")
_TODAY = regex(r"\b(?:today|tonight|hoy|esta noche)\b")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKEND_DAYS = _WEEKDAYS[-2:]


def check_alike_days(reading: DraftReading) -> Iterator[Problem]:
    """Days whose hours are called alike close at one time, or the shop states otherwise."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        found = _ALIKE.search(text)
        until = None if found or _OTHERWISE.search(text) else _UNTIL.search(text)
        found = found or until
        days = _WEEKDAYS if _WEEK.search(text) else _WEEKEND_DAYS if _WEEKEND.search(text) else ()
        if not (found and days) or _APART.search(text) or text.rstrip().endswith("?"):
            continue
        if not OPEN.search(text) and "hour" not in found[0] and "horario" not in found[0]:
            continue
        told = [hours for store, hours in reading.facts.hours if store and store in text]
        kept = told or [hours for _, hours in reading.facts.hours]
        is_denied = reading.draft.is_denied(sentence.span.start + found.start())
        if kept and not is_denied and not any(_are_alike(hours, days, text, until) for hours in kept):
            excerpt = reading.quoted(sentence, found)
            yield Problem(
                "hours",
                excerpt,
                f'"{excerpt}" is not what the shop states: its days differ. Name each day.',
            )
            return


def _are_alike(hours: Hours, days: tuple[str, ...], text: str, until: re.Match[str] | None) -> bool:
    """Whether the days, and today if the words start from it, close at one time, or at the hour that is named."""
    spans = [hours.week.get(day) for day in days]
    if _TODAY.search(text):
        spans.append(hours.today)
    ends = {one[-1][1] if one else None for one in spans if one is not None}
    if until is not None:
        return ends <= {(int(until["hour"]) % 12 + 12) * 60}
    return len(ends) < 2
