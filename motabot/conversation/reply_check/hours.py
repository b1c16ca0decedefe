"""Opening hours: each time and each "closed" is that of the day that the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import days_in
from motabot.conversation.reply_check.named_days import Spans, named_days
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.records import Hours, clocks_in

_CLOCK = (
    r"(?:(?P<{0}hour>\d{{1,2}})(?::(?P<{0}minute>\d\d))?"
    r"\s?(?P<{0}half>a\.?m\.?|p\.?m\.?|de la (?:manana|tarde|noche))?|(?P<{0}word>noon|midnight|mediodia"
    r"|medianoche))"
)
_RANGE = re.compile(
    rf"(?<![\w.$:#])(?:{_CLOCK.format('a_')})\s?(?:-|to|until|till|through|and|a|hasta(?: las)?"
    rf"|y(?: las)?)\s?(?:las )?(?:{_CLOCK.format('b_')})(?![\w%]|\.\d|:\d)"
)
_SINGLE = re.compile(rf"(?<![\w.$:#-])(?:{_CLOCK.format('a_')})(?![\w%]|\.\d|:\d)")
_OPEN = re.compile(
    r"\b(?:open\w*|clos\w+|hours?|here|come by|stop by|abr\w+|cierr\w+|cerr\w+|horario|abiert\w+)\b"
)
_CLOSING = re.compile(
    r"\b(?:until|till|til|close[sd]?(?: at)?|closing(?: at)?|before|by|hasta(?: las)?|cerramos(?: a las)?"
    r"|cierra\w*(?: a las)?|antes de(?: las)?)\s(?:\w+\s)?(?:at |a las )?$"
)
_OPENING = re.compile(
    r"\b(?:open\w*(?: again)?(?: at| from)?|after(?: we open at)?|from|starting(?: at)?|reopen\w*(?: at)?"
    r"|abrimos(?: a las)?|abre\w*(?: a las)?|despues de(?: las)?|desde(?: las)?|at|a las"
    r"|a partir de(?: las)?)\s(?:\w+\s)?(?:at |a las )?$"
)
#: A time behind these words is the shop's, whatever the customer said.
_SAYS_HOURS = re.compile(
    r"\b(?:open\w*|clos\w+|until|till|from|starting|reopen\w*|abr\w+|cierr\w+|cerr\w+|hasta|desde)\s"
    r"(?:\w+\s)?(?:at |from |a )?(?:las? )?$"
)
#: "930pm", as people type it.
_RUN_TOGETHER = re.compile(r"\b(\d{1,2})([0-5]\d)\s?([ap]\.?m\b)")
_AT = re.compile(r"\b(?:at|by|around|about|before|after|till|until|like|for|a las?|las|tipo|como)\s$")
_TOO_LATE = re.compile(
    r"\b(?:closed|too (?:late|early)|after (?:we )?clos\w+|not open|won'?t|can'?t|cerrad\w+"
    r"|muy (?:tarde|temprano))\b"
)
_CLOSED = re.compile(r"\b(?:closed|cerrad[oa]s?|not open|aren'?t open|won'?t be open)\b")
_CERRAMOS = re.compile(r"\bcerramos el\b")
_NOW = re.compile(r"\b(?:right now|now|currently|at the moment|at this hour|ahora|en este momento)\b")
_SPECIAL = re.compile(
    r"\b(?:clos\w+|open\w*) (?:early|earlier|late|later)\b(?! than)|\b(?:extended|special|reduced|shorter"
    r"|longer) hours\b"
    r"|\b(?:cerramos|abrimos) (?:mas )?(?:temprano|tarde)\b"
)
_IS_OPEN = re.compile(
    r"\b(?:we'?re|we are|we'?ll be|we will be|yes,?|estamos|esta|normal\w*|shop is|store is)\s(?:still "
    r"|also )?(?:open|abiert[oa]s?)\b"
)
_DELIVERY = re.compile(r"\bdeliver\w*|\bentreg\w+|\breparto|\benvios?\b")
_NOT_HOURS = re.compile(r"\b(?:wait|onset|last|effects?|between doses|old|24/7)\b")
_DAYS_JOINED = re.compile(
    r"[\s,;(&:)-]*(?:(?:and|y|e|or|through|also|the|on|el|los|our|is|it'?s|a|,|which|es|normal|regular|usual"
    r"|december|january)[\s,]*)*"
)
_UNSAID = re.compile(
    r"\b(?:don'?t|do not|no|not|aren'?t|isn'?t) (?:have|know|see|posted|listed|tengo|se)\b|\byet\b"
)


@dataclass(frozen=True)
class _Claim:
    """Times of one or both ends of a day's hours, as minutes after midnight, and where they stand."""

    start: int
    end: int
    opens: frozenset[int]
    closes: frozenset[int]


def check_hours(reading: DraftReading) -> Iterator[Problem]:
    """Hours are those of the day they are said of; "closed" and "open" likewise."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        claims = list(_claims(reading, sentence))
        if _is_about_delivery(reading, text):
            yield from _check_delivery(reading, claims)
            continue
        kept = _kept_here(reading, text)
        if not kept:
            if claims and _OPEN.search(text):
                yield _problem(reading, claims[0].start, claims[0].end, "The hours are not known. Say so.")
            continue
        found = [list(_problems(reading, sentence, claims, hours)) for hours in kept]
        if all(found):  # true of no store that the sentence can mean
            yield from found[0]


def _is_about_delivery(reading: DraftReading, text: str) -> bool:
    """Whether times are those of delivery: by the sentence itself, or because the customer asked for them."""
    if _DELIVERY.search(text):
        return not re.search(r"\bno deliver(?!\w* (?:fee|charge|cost|minimum))", text)
    return any(_DELIVERY.search(asked) for asked in reading.facts.asked) and not _OPEN.search(text)


def _kept_here(reading: DraftReading, text: str) -> list[Hours]:
    """The hours of the stores that a sentence names; where it names none, of every store."""
    named = [hours for store, hours in reading.facts.hours if store and store in text]
    return named or [hours for _, hours in reading.facts.hours]


def _problems(reading: DraftReading, sentence: Sentence, claims: list[_Claim], hours: Hours) -> Iterator[Problem]:
    found = _SPECIAL.search(reading.text(sentence))
    if found and not any(found[0] in text for text in reading.facts.statements):
        start = sentence.span.start + found.start()
        yield _problem(reading, start, start + len(found[0]), "Say the hours of that day, or nothing.")
    for claim in claims:
        if not _fits(reading, sentence, claim, hours) and not _is_asked(reading, sentence, claim, hours):
            yield _problem(reading, claim.start, claim.end, _right_hours(reading, sentence, claim, hours))
    yield from _check_closed(reading, sentence, hours)


def _claims(reading: DraftReading, sentence: Sentence) -> Iterator[_Claim]:
    """The times of a sentence. A bare "9 to 9" counts only where the sentence speaks of hours."""
    start, end = sentence.span.start, sentence.span.end
    text = reading.text(sentence)
    taken: list[tuple[int, int]] = []
    for found in _RANGE.finditer(reading.words, start, end):
        is_clock = found["a_half"] or found["b_half"] or found["a_word"] or found["b_word"] or found["b_minute"]
        if not is_clock and not (_OPEN.search(text) and not _is_other(reading, found)):
            continue
        taken.append(found.span())
        closes = _minutes(found, "b_")
        opens = _minutes(found, "a_")
        yield _Claim(*found.span(), opens, closes)
    for found in _SINGLE.finditer(reading.words, start, end):
        is_clock = found["a_half"] or found["a_word"] or (found["a_minute"] and _OPEN.search(text))
        if any(first <= found.start() < last for first, last in taken):
            continue
        before = reading.words[start : found.start()]
        is_las = bool(re.search(r"\ba las $", before))
        if (
            not is_clock
            and not is_las
            and not (_CLOSING.search(before) and _OPEN.search(text) and not _is_other(reading, found))
        ):
            continue
        minutes = _minutes(found, "a_")
        if _CLOSING.search(before):
            yield _Claim(*found.span(), frozenset(), minutes)
        elif _OPENING.search(before):
            yield _Claim(*found.span(), minutes, frozenset())
        elif not _NOT_HOURS.search(text):
            yield _Claim(*found.span(), minutes, minutes)


def _follows_date(reading: DraftReading, start: int) -> bool:
    """Whether numbers go on with the days of a month: "Nov 11, 15 and 24"."""
    return any(day.end <= start and start - day.end < 4 for day in days_in(reading.words))


def _is_other(reading: DraftReading, found: re.Match[str]) -> bool:
    """Whether plain numbers count something else: days, dollars, grams, a date."""
    after = reading.words[found.end() : found.end() + 12]
    if _follows_date(reading, found.start()):
        return True
    return bool(
        re.match(
            r"\s?(?:days?|hours?|minutes?|mg|g\b|grams?|points?|times|dias|horas|%|x\b|visits|of\b|miles|weeks)",
            after,
        )
    ) or any(
        day.start <= found.start() < day.end or day.start < found.end() <= day.end
        for day in days_in(reading.words)
    )


def _minutes(found: re.Match[str], prefix: str) -> frozenset[int]:
    """The minutes that a written time can mean: "9" is nine in the morning or the evening."""
    word = found[f"{prefix}word"]
    if word:
        return frozenset({12 * 60} if word in ("noon", "mediodia") else {0, 24 * 60})
    hour, minute = int(found[f"{prefix}hour"]), int(found[f"{prefix}minute"] or 0)
    half = found[f"{prefix}half"]
    if half:
        is_evening = half.startswith("p") or half.endswith(("tarde", "noche"))
        return frozenset({(hour % 12 + 12 * is_evening) * 60 + minute})
    if hour > 12:
        return frozenset({hour * 60 + minute})
    both = {(hour % 12) * 60 + minute, (hour % 12 + 12) * 60 + minute}
    return frozenset(both)


def _check_delivery(reading: DraftReading, claims: list[_Claim]) -> Iterator[Problem]:
    stated = {minute for text in reading.facts.statements if _DELIVERY.search(text) for minute in clocks_in(text)}
    for claim in claims:
        if not (claim.opens or claim.closes) & stated or (
            claim.opens and claim.closes and not (claim.opens & stated and claim.closes & stated)
        ):
            yield _problem(reading, claim.start, claim.end, "The shop states other delivery hours. Look them up.")


def _fits(reading: DraftReading, sentence: Sentence, claim: _Claim, hours: Hours) -> bool:
    days = _days_of(reading, sentence, claim, hours)
    if days is None:
        return True
    if not days:  # no day is named: today, or the next opening
        spans = [hours.today or (), *([hours.tomorrow] if hours.open_now is False and hours.tomorrow else [])]
        only_one_end = not (claim.opens and claim.closes) or claim.opens == claim.closes
        if only_one_end and (claim.opens | claim.closes) & hours.changes:
            return True
        return any(_matches(claim, span) for span in spans) or (
            claim.opens == claim.closes and _is_stated(reading, claim)
        )
    return all(_matches(claim, spans) for spans in days)


def _is_asked(reading: DraftReading, sentence: Sentence, claim: _Claim, hours: Hours) -> bool:
    """Whether a time is the customer's own, and the shop is open then, or said to be closed: "so 7 PM works"."""
    before = reading.words[sentence.span.start : claim.start]
    minutes = claim.opens | claim.closes
    if _SAYS_HOURS.search(before) or not minutes & _asked_times(reading):
        return False
    days = _days_of(reading, sentence, claim, hours) or [hours.today or ()]
    is_within = any(opens <= minute < closes for spans in days for opens, closes in spans for minute in minutes)
    own = reading.words[claim.start : reading.draft.clause_at(claim.start).end]
    return is_within != bool(_TOO_LATE.search(own) or _TOO_LATE.search(before[-30:]))


def _asked_times(reading: DraftReading) -> set[int]:
    """The times of the day that the customer's newest texts name; a bare "at 7" is morning or evening."""
    return {
        minute
        for text in reading.facts.asked
        for found in _SINGLE.finditer(_RUN_TOGETHER.sub(r"\1:\2 \3", text))
        if found["a_half"] or found["a_word"] or found["a_minute"] or _AT.search(found.string[: found.start()])
        for minute in _minutes(found, "a_")
    }


def _is_stated(reading: DraftReading, claim: _Claim) -> bool:
    """Whether a time that is not plainly one of opening stands in the shop's words or in the customer's."""
    texts = (*reading.facts.statements, *reading.facts.said)
    return any(claim.opens & set(clocks_in(text)) for text in texts)


def _matches(claim: _Claim, spans: Spans) -> bool:
    if claim.opens and claim.closes and claim.opens != claim.closes:
        return any(opens in claim.opens and closes in claim.closes for opens, closes in spans)
    if claim.opens == claim.closes:
        return any(opens in claim.opens or closes in claim.closes for opens, closes in spans)
    return any(opens in claim.opens or closes in claim.closes for opens, closes in spans)


def _days_of(reading: DraftReading, sentence: Sentence, claim: _Claim | None, hours: Hours) -> list[Spans] | None:
    """The hours of the days that a time is said of: those right before it, else those after it."""
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
        last_other = max((found.end() for found in _RANGE.finditer(reading.words, start, place)), default=start)
        group = _together(reading, [day for day in before if day[0] >= last_other])
        group = group or [day for day in before if day[1] == nearest]
        return [spans for _, _, listed in group for spans in listed]
    after = [day for day in named if day[0] >= place]
    if after:
        return list(after[0][2])
    return []


def _together(
    reading: DraftReading, days: list[tuple[int, int, list[Spans]]]
) -> list[tuple[int, int, list[Spans]]]:
    """The last of some days and those joined to it: "closed Monday, open Tuesday and Friday" is two groups."""
    group = days[-1:]
    for day in reversed(days[:-1]):
        between = reading.words[day[1] : group[0][0]]
        if between.strip() and not _DAYS_JOINED.fullmatch(between):
            break
        group.insert(0, day)
    return group


def _check_closed(reading: DraftReading, sentence: Sentence, hours: Hours) -> Iterator[Problem]:
    """ "Closed" and "open" of a day, or of this moment."""
    text = reading.text(sentence)
    if text.rstrip().endswith("?") or _UNSAID.search(text):
        return
    for found in [*_CLOSED.finditer(text), *_CERRAMOS.finditer(text)]:
        place = sentence.span.start + found.start()
        days = list(named_days(reading, sentence.span.start, sentence.span.end, hours))
        after = [day for day in days if day[0] >= place and day[0] - place < 40]
        near = after[:1] or [day for day in days if day[1] <= place][-1:]
        is_now = _NOW.search(text) or not near
        if is_now and hours.open_now is True and not near:
            yield _problem(reading, place, place + len(found[0]), "The shop is open now.")
        elif near and not is_now and any(spans for _, _, listed in near for spans in listed):
            yield _problem(reading, place, place + len(found[0]), "The shop is open that day. Look the hours up.")
    for found in _IS_OPEN.finditer(text):
        place = sentence.span.start + found.start()
        days = list(named_days(reading, sentence.span.start, sentence.span.end, hours))
        near = [day for day in days if day[0] >= place][:1]
        if near and near[0][2] and not any(near[0][2]) and not reading.draft.is_denied(place + 1):
            yield _problem(reading, place, place + len(found[0]), "The shop is closed that day.")


def _right_hours(reading: DraftReading, sentence: Sentence, claim: _Claim, hours: Hours) -> str:
    days = _days_of(reading, sentence, claim, hours)
    if days and len(days) == 1 and len(days[0]) == 1:
        opens, closes = days[0][0]
        return f"That day the shop is open from {_spoken(opens)} to {_spoken(closes)}."
    return "Look the hours of that day up, or leave them out."


def _spoken(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'AM' if hour < 12 else 'PM'}"


def _problem(reading: DraftReading, start: int, end: int, cure: str) -> Problem:
    excerpt = reading.draft.excerpt(start, end)
    return Problem("hours", excerpt, f'"{excerpt}" is not what the shop states. {cure}')
