"""Follow-ups about the time before the last answer's: "compare it to the Friday before", "and the week before that"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from motabot.offline.dates.ranges import Span
from motabot.offline.staff.frames.draft import TIMES
from motabot.offline.staff.frames.frame import FigureFrame
from motabot.offline.staff.frames.reader import works
from motabot.text.regex import regex
from motabot.text.weekdays import WEEKDAYS

#: "Compare it to the Friday before", after last Friday.
_DAY_BEFORE = regex(
    rf"(?:and |so )?(?:(?:how (?:does|did) )?(?:compare|compared|stack up|vs|versus|against)? ?(?:it|that|this)? ?(?:compare )?"
    rf"(?:to|with|vs|versus|against)? ?)(?:the |what about the |how about the )?(?P<day>{'|'.join(WEEKDAYS)}) (?:before|prior|earlier)(?: that)?"
)
#: "And the week before that?": the same of the period before.
_THE_ONE_BEFORE = regex(
    r"(?:and |what about |how about |and what about )(?:the )?(?:(?:day|week|month|quarter|year|period|one) before(?: that)?|(?:previous|prior) (?:day|week|month|quarter|year|period|one))"
)

_SAME_DAY = regex(
    r"(?:and |what about |how about |vs |versus |against |compared to )?(?:on )?(?:the )?same (?:day|weekday) (?:of )?(?:the |a |last )?(?:week before|previous week|prior week|week earlier|week)(?: before)?"
)
_WEEKDAY = regex(rf"\b(?:{'|'.join(WEEKDAYS)})\b")


def is_earlier(text: str) -> bool:
    """Whether a follow-up is about the time before."""
    return bool(_SAME_DAY.fullmatch(text) or _DAY_BEFORE.fullmatch(text) or _THE_ONE_BEFORE.fullmatch(text))


def earlier(text: str, before: FigureFrame, today: date) -> FigureFrame | None:
    """The last frame, of the time before or against it; None if it has no single period.

    Args:
        text: A follow-up of this kind, in plain form.
        before: The last frame.
        today: The day in the shop's zone.
    """
    own = before.spans[0] if len(before.spans) == 1 else None
    if _SAME_DAY.fullmatch(text):
        if own is None or own.first is None or own.first != own.last or before.change:
            return None
        day_then = own.first - timedelta(days=7)
        return replace(before, spans=(Span(day_then, day_then),))
    if day := _DAY_BEFORE.fullmatch(text):
        return _a_week_earlier(before, day["day"], today)
    if len(before.spans) != 1 or before.spans[0].first is None or before.change:
        return None
    if own is not None and own.first == own.last and " one " in f" {text} " and _WEEKDAY.search(own.said):
        day_then = own.last - timedelta(days=7)  # the one before last Saturday is a Saturday
        return replace(before, spans=(Span(day_then, day_then),))
    return replace(before, spans=(before.spans[0].before(),))


def _a_week_earlier(before: FigureFrame, day: str, today: date) -> FigureFrame | None:
    """Compare the last answer's day with the same weekday before; None if the answer is not about one day."""
    if len(before.spans) != 1 or before.share or before.change or not before.measures:
        return None
    own = before.spans[0]
    if own.first is None or own.first != own.last:
        return None
    earlier = own.first - timedelta(days=(own.first.weekday() - WEEKDAYS.index(day)) % 7 or 7)
    by = tuple(each for each in before.by if each not in TIMES)
    set_against = replace(before, change="between", by=by, spans=(own, Span(earlier, earlier)))
    return set_against if works(set_against, today) is None else None
