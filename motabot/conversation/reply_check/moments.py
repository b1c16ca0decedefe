"""Times that are not the shop's hours: the customer's own, and those at which a reply says the shop is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motabot.conversation.reply_check.clock_times import RANGE, asked_times
from motabot.conversation.reply_check.named_days import NamedDay, Spans, named_days
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.records import Hours
from motabot.text.regex import regex

#: A time after these words is the shop's, whatever the customer said.
_SAYS_HOURS = regex(
    r"\b(?:open\w*|clos\w+|until|till|from|starting|reopen\w*|abr\w+|cierr\w+|cerr\w+|hasta|desde)\s"
    r"(?:\w+\s)?(?:at |from |a )?(?:las? )?$"
)
_TOO_LATE = regex(
    r"\b(?:closed|too (?:late|early)|after (?:we )?clos\w+|not open|won'?t|can'?t|cerrad\w+"
    r"|muy (?:tarde|temprano))\b"
)
#: "Not at 10 PM tonight, sorry, we'll be closed by then."
_NOT_AT = regex(r"\b(?:not|no) (?:at|by|after|a las?) $")
_AT_A_TIME = regex(r"\b(?:by|at|after|past|las?) $")
_THEN = regex(r"\b(?:by then|at that (?:time|hour)|para entonces|a esa hora)\b")
_NEAR = 60
#: A day right after a time belongs to that time: "until 9 PM today".
_HAS_TIME = regex(r"\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s(?:on |el |los )?$")
CLOSED = regex(r"\b(?:closed|cerrad[oa]s?|not open|aren'?t open|won'?t be open)\b")
_SAYS_CLOSED = regex(rf"{CLOSED.pattern}|\bya (?:cerramos|habremos cerrado)\b|\btoo late\b|\bmuy tarde\b")
_DAYS_JOINED = regex(
    r"[\s,;(&)-]*(?:(?:and|y|e|or|through|also|the|on|el|los|our|is|it'?s|a|,|which|es|normal|regular|usual"
    r"|december|january)[\s,]*)*"
)
#: "Closed on Christmas", and "New Year's Day we open at noon".
CLOSED_ON = regex(r"\b(?:closed|cerrad[oa]s?|cerramos) (?:on |el |en |for )?(?:the )?$")
_OPEN_THEN = regex(
    r",? (?:we(?:'re| are)?|it'?s|the (?:shop|store) is|estamos|la tienda)? ?(?:open\w*|abr\w+|abierto)\b"
)


@dataclass(frozen=True)
class Claim:
    """Times of one or both ends of a day's hours, as minutes after midnight, and their place."""

    start: int
    end: int
    opens: frozenset[int]
    closes: frozenset[int]


def is_closed_then(reading: DraftReading, sentence: Sentence, hours: Hours) -> bool:
    """Whether it is "closed by then": at a time that the customer names, after today's closing time."""
    if not _THEN.search(reading.text(sentence)):
        return False
    spans = hours.today or ()
    return any(all(one >= closes for _, closes in spans) for one in asked_times(reading.facts.asked))


def is_own_time(reading: DraftReading, sentence: Sentence, claim: Claim, hours: Hours) -> bool:
    """Whether a time is not one of the shop's hours: the shop is closed then, or it is the customer's time."""
    if is_said_closed(reading, sentence, claim, hours):
        return True
    before = reading.words[sentence.span.start : claim.start]
    if _SAYS_HOURS.search(before) or not _asked_of(reading, claim):
        return False
    own = reading.words[claim.start : reading.draft.clause_at(claim.start).end]
    is_late = bool(_TOO_LATE.search(own) or _TOO_LATE.search(before[-30:]))
    return _is_within(reading, sentence, claim, hours) != is_late


def _is_within(reading: DraftReading, sentence: Sentence, claim: Claim, hours: Hours) -> bool:
    """Whether the shop is open at a time, on the day that is named next to it, otherwise today."""
    days = days_of(reading, sentence, claim, hours) or [hours.today or ()]
    minutes = claim.opens | claim.closes
    return any(opens <= minute < closes for spans in days for opens, closes in spans for minute in minutes)


def is_said_closed(reading: DraftReading, sentence: Sentence, claim: Claim, hours: Hours) -> bool:
    """Whether a sentence says that the shop is closed at a time, and it is: "by 10 PM we're closed"."""
    before = reading.words[sentence.span.start : claim.start]
    if _SAYS_HOURS.search(before) or _is_within(reading, sentence, claim, hours):
        return False
    is_closing = any(claim.closes & {closes} for spans in [hours.today or ()] for _, closes in spans)
    after = reading.words[claim.end : sentence.span.end]
    is_said = _SAYS_CLOSED.search(after[:_NEAR]) or _SAYS_CLOSED.search(before[-_NEAR:]) or _NOT_AT.search(before)
    return bool(is_said) and (not is_closing or bool(_AT_A_TIME.search(before) and _asked_of(reading, claim)))


def _asked_of(reading: DraftReading, claim: Claim) -> set[int]:
    return set(claim.opens | claim.closes) & asked_times(reading.facts.asked)


def days_of(reading: DraftReading, sentence: Sentence, claim: Claim | None, hours: Hours) -> list[Spans] | None:
    """The hours of the days that a time belongs to: those right before it, otherwise those after it."""
    start, end = sentence.span.start, sentence.span.end
    place = claim.start if claim else end
    named = [*named_days(reading, start, end, hours)]
    end_of_claim = claim.end if claim else place
    right_after = [
        day for day in named if re.fullmatch(r"\s(?:on|el|los|for)?\s?", reading.words[end_of_claim : day[0]])
    ]
    if right_after:
        return list(right_after[0][2])
    before = [day for day in named if day[1] <= place]
    if before:
        nearest = before[-1][1]
        last_other = max((found.end() for found in RANGE.finditer(reading.words, start, place)), default=start)
        group = _together(reading, [day for day in before if day[0] >= last_other])
        group = group or [day for day in before if day[1] == nearest]
        return [spans for _, _, listed in group for spans in listed]
    after = [day for day in named if day[0] >= place]
    if after:
        return list(after[0][2])
    return []


def days_joined(reading: DraftReading, days: list[NamedDay]) -> list[NamedDay]:
    """The first of some days and those joined to it: "closed on Christmas and New Year's Day"."""
    group = days[:1]
    for day in days[1:]:
        is_same = day[0] < group[-1][1]  # found by its name and by its date
        if not is_same and (
            not _DAYS_JOINED.fullmatch(reading.words, group[-1][1], day[0])
            or _OPEN_THEN.match(reading.words, day[1])
        ):
            break
        group.append(day)
    return group


def _together(reading: DraftReading, days: list[NamedDay]) -> list[NamedDay]:
    """The last of some days and those joined to it: "closed Monday, open Tuesday and Friday" is two groups."""
    group = days[-1:]
    for day in reversed(days[:-1]):
        between = reading.words[day[1] : group[0][0]]
        if between.strip() and not _DAYS_JOINED.fullmatch(between):
            break
        if CLOSED_ON.search(reading.words, max(0, day[0] - _NEAR), day[0]):
            break  # "closed on Christmas, and on New Year's Day open at noon": a closed day has no times
        if _HAS_TIME.search(reading.words, max(0, day[0] - _NEAR), day[0]):
            break  # "until 9 PM today, and tomorrow until 10 PM"
        group.insert(0, day)
    return group
