"""Opening hours: each time and each "closed" is that of the day that the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.clock_times import (
    RANGE,
    SINGLE,
    is_exact,
    minutes_of,
    spoken_time,
)
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import days_in
from motabot.conversation.reply_check.hours_in_words import A_DAY, DAY_BEFORE, OPEN, with_figures
from motabot.conversation.reply_check.moments import (
    CLOSED,
    CLOSED_ON,
    Claim,
    days_joined,
    days_of,
    is_closed_then,
    is_own_time,
    is_said_closed,
)
from motabot.conversation.reply_check.named_days import Spans, named_days
from motabot.conversation.reply_check.open_now import is_said_now, wrong_now
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.records import Hours, clocks_in
from motabot.text.regex import regex

_CLOSING = regex(
    r"\b(?:until|till|til|close[sd]?(?: at)?|closing(?: at)?|(?:lights out|lock up|wrap up|done|shuts?)(?: at)?"
    r"|before|by|hasta(?: las)?|cerramos(?: a las)?"
    r"|cierra\w*(?: a las)?|antes de(?: las)?)\s(?:\w+\s)?(?:at |a las )?$"
)
_OPENING = regex(
    r"\b(?:open\w*(?: again)?(?: at| from)?|after(?: we open at)?|from|starting(?: at)?|reopen\w*(?: at)?"
    r"|abrimos(?: a las)?|abre\w*(?: a las)?|despues de(?: las)?|desde(?: las)?|at|a las"
    r"|a partir de(?: las)?)\s(?:\w+\s)?(?:at |a las )?$"
)
#: "We open at 7", without AM or PM.
_OPENS_AT = regex(
    r"\b(?:re)?(?:open\w*|abrimos|abre\w*)(?: up| again| early| late)? (?:at|from|a las?|desde las)\s$"
)
_DOORS_AT = regex(r"\bdoors (?:open )?at\s$")
_CERRAMOS = regex(r"\bcerramos el\b")
_NOW = regex(r"\b(?:right now|now|currently|at the moment|at this hour|ahora|en este momento)\b")
_SPECIAL = regex(
    r"\b(?:clos\w+|open\w*) (?:early|earlier|late|later)\b(?! than)|\b(?:extended|special|reduced|shorter"
    r"|longer) hours\b"
    r"|\b(?:cerramos|abrimos) (?:mas )?(?:temprano|tarde)\b"
)
_IS_OPEN = regex(
    r"\b(?:we'?re|we are|we'?ll be|we will be|yes,?|estamos|esta|normal\w*|shop is|store is)\s(?:still "
    r"|also )?(?:open|abiert[oa]s?)\b"
    r"|\b(?:keep|keeping) (?:our|the) (?:doors?|shop|store)s? open\b"
    r"|\bwe(?:'ll| will)? (?:stay|remain|keep) open\b"
    r"|\bdoors (?:are|stay|will be) (?:\w+ )?open\b"
)
_NOT_UNTIL = regex(r"\b(?:not|isn'?t|aren'?t|no) (?:\w+ )?(?:until|till|til|hasta)\s(?:las )?$")
#: "Closed until 9 AM" tells when the shop opens.
_CLOSED_UNTIL = regex(r"\b(?:closed|cerrad[oa]s?) (?:until|till|til|hasta(?: las)?)\s$")
_BARE_AT = regex(r"\b(?:at|a las?)\s$")
_VERB = regex(r"\b(open\w*|clos\w+|abr\w+|cierr\w+|cerr\w+)\b")
_DELIVERY = regex(r"\bdeliver\w*|\bentreg\w+|\breparto|\benvios?\b")
#: "Staff will look into your delivery once we open at 9 AM".
_ONCE_OPEN = regex(
    r"\b(?:once|after|when|as soon as|cuando|despues de que|en cuanto) (?:we|we're|the shop"
    r"|la tienda)?\s?(?:open|opens|abr)\w*"
)
_NOT_HOURS = regex(r"\b(?:wait|onset|last|effects?|between doses|old|24/7)\b")
_UNSAID = regex(r"\b(?:don'?t|do not|no|not|aren'?t|isn'?t) (?:have|know|see|posted|listed|tengo|se)\b|\byet\b")


def check_hours(reading: DraftReading) -> Iterator[Problem]:
    """Hours are those of the day that they describe; "closed" and "open" likewise."""
    if reading.facts.hours:
        reading = with_figures(reading)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        claims = list(_claims(reading, sentence))
        if _is_about_delivery(reading, text):
            yield from _check_delivery(reading, claims)
            continue
        kept = _kept_here(reading, text)
        if not kept:
            if claims and OPEN.search(text):
                yield _problem(reading, claims[0].start, claims[0].end, "The hours are not known. Say so.")
            continue
        found = [list(_problems(reading, sentence, claims, hours)) for hours in kept]
        if all(found):  # not true of any store that the sentence can mean
            yield from found[0]


def _is_about_delivery(reading: DraftReading, text: str) -> bool:
    """Whether times are those of delivery: the sentence says so, or the customer asked for them."""
    if _DELIVERY.search(text):
        return not _ONCE_OPEN.search(text) and not re.search(
            r"\bno deliver(?!\w* (?:fee|charge|cost|minimum))", text
        )
    return any(_DELIVERY.search(asked) for asked in reading.facts.asked) and not OPEN.search(text)


def _kept_here(reading: DraftReading, text: str) -> list[Hours]:
    """The hours of the stores that a sentence names; if it names none, of every store."""
    named = [hours for store, hours in reading.facts.hours if store and store in text]
    return named or [hours for _, hours in reading.facts.hours]


def _problems(reading: DraftReading, sentence: Sentence, claims: list[Claim], hours: Hours) -> Iterator[Problem]:
    found = _SPECIAL.search(reading.text(sentence))
    if found and not claims and not any(found[0] in text for text in reading.facts.statements):
        start = sentence.span.start + found.start()
        yield _problem(reading, start, start + len(found[0]), "Say the hours of that day, or nothing.")
    for claim in claims:
        if not _fits(reading, sentence, claim, hours) and not is_own_time(reading, sentence, claim, hours):
            yield _problem(reading, claim.start, claim.end, _right_hours(reading, sentence, claim, hours))
    is_then = is_closed_then(reading, sentence, hours)
    if not is_then and not any(is_said_closed(reading, sentence, claim, hours) for claim in claims):
        yield from _check_closed(reading, sentence, hours)


def _claims(reading: DraftReading, sentence: Sentence) -> Iterator[Claim]:
    """The times of a sentence. A bare "9 to 9" counts only if the sentence speaks of hours."""
    start, end = sentence.span.start, sentence.span.end
    text = reading.text(sentence)
    taken: list[tuple[int, int]] = []
    for found in RANGE.finditer(reading.words, start, end):
        is_clock = found["a_half"] or found["b_half"] or found["a_word"] or found["b_word"] or found["b_minute"]
        is_of_hours = OPEN.search(text) or DAY_BEFORE.search(reading.words[start : found.start()])
        if not is_clock and not (is_of_hours and not _is_other(reading, found)):
            continue
        taken.append(found.span())
        opens, closes = minutes_of(found, "a_"), minutes_of(found, "b_")
        if opens == closes and len(opens) > 1:  # "9 to 9" is the morning and the evening
            opens, closes = frozenset({min(opens)}), frozenset({max(closes)})
        yield Claim(*found.span(), opens, closes)
    for found in SINGLE.finditer(reading.words, start, end):
        is_of_day = OPEN.search(text) or A_DAY.search(text)
        is_clock = found["a_half"] or found["a_word"] or (is_of_day and is_exact(found))
        if any(first <= found.start() < last for first, last in taken) or _NOT_UNTIL.search(
            reading.words[start : found.start()]
        ):
            continue
        before = reading.words[start : found.start()]
        is_las = bool(re.search(r"\ba las $", before))
        if (
            not is_clock
            and not is_las
            and not (_ends_bare(before) and OPEN.search(text) and not _is_other(reading, found))
        ):
            continue
        minutes = minutes_of(found, "a_")
        if _CLOSED_UNTIL.search(before):
            yield Claim(*found.span(), minutes, frozenset())
        elif _CLOSING.search(before) or (_BARE_AT.search(before) and _is_of_closing(before)):
            yield Claim(*found.span(), frozenset(), minutes)
        elif _OPENING.search(before):
            yield Claim(*found.span(), minutes, frozenset())
        elif not _NOT_HOURS.search(text):
            yield Claim(*found.span(), minutes, minutes)


def _ends_bare(before: str) -> bool:
    """Whether a bare number after these words is a time."""
    return bool(_CLOSING.search(before) or _OPENS_AT.search(before) or _DOORS_AT.search(before))


def _is_of_closing(before: str) -> bool:
    """Whether "at 9 PM" continues closing times: "we close at 8 PM on Sunday and at 9 PM on Monday"."""
    verbs = _VERB.findall(before)
    return bool(verbs) and verbs[-1].startswith(("clos", "cierr", "cerr"))


def _follows_date(reading: DraftReading, start: int) -> bool:
    """Whether numbers continue the days of a month: "Nov 11, 15 and 24"."""
    return any(day.end <= start and start - day.end < 4 for day in days_in(reading.words))


def _is_other(reading: DraftReading, found: re.Match[str]) -> bool:
    """Whether plain numbers count something else: days, dollars, grams, a date."""
    after = reading.words[found.end() : found.end() + 12]
    if _follows_date(reading, found.start()):
        return True
    return bool(
        re.match(
            r"\s?(?:(?:to|or|-|a|o)\s?\d+\s)?(?:days?|hours?|minutes?|mg|g\b|grams?|points?|times|dias|horas|%"
            r"|x\b|visits|of\b|miles|weeks)",
            after,
        )
    ) or any(
        day.start <= found.start() < day.end or day.start < found.end() <= day.end
        for day in days_in(reading.words)
    )


def _check_delivery(reading: DraftReading, claims: list[Claim]) -> Iterator[Problem]:
    stated = {minute for text in reading.facts.statements if _DELIVERY.search(text) for minute in clocks_in(text)}
    for claim in claims:
        if not (claim.opens or claim.closes) & stated or (
            claim.opens and claim.closes and not (claim.opens & stated and claim.closes & stated)
        ):
            yield _problem(reading, claim.start, claim.end, "The shop states other delivery hours. Look them up.")


def _fits(reading: DraftReading, sentence: Sentence, claim: Claim, hours: Hours) -> bool:
    days = days_of(reading, sentence, claim, hours)
    if days is None:
        return True
    if not OPEN.search(reading.text(sentence)) and _is_own_clock(reading, claim):
        return True  # "how you'd feel at 5 AM" is the customer's own time
    if not days:  # no day is named: today, or the next opening
        spans = [hours.today or (), *([hours.tomorrow] if hours.open_now is False and hours.tomorrow else [])]
        only_one_end = not (claim.opens and claim.closes) or claim.opens == claim.closes
        if only_one_end and (claim.opens | claim.closes) & hours.changes:
            return True
        return any(_matches(claim, span) for span in spans) or (
            claim.opens == claim.closes and _is_stated(reading, claim)
        )
    return all(_matches(claim, spans) for spans in days)


def _is_own_clock(reading: DraftReading, claim: Claim) -> bool:
    return any((claim.opens | claim.closes) & set(clocks_in(text)) for text in reading.facts.said)


def _is_stated(reading: DraftReading, claim: Claim) -> bool:
    """Whether a time that is not clearly an opening hour occurs in the shop's words or in the customer's."""
    texts = (*reading.facts.statements, *reading.facts.said)
    return any(claim.opens & set(clocks_in(text)) for text in texts)


def _matches(claim: Claim, spans: Spans) -> bool:
    if claim.opens and claim.closes and claim.opens != claim.closes:
        return any(opens in claim.opens and closes in claim.closes for opens, closes in spans)
    if claim.opens == claim.closes:
        return any(opens in claim.opens or closes in claim.closes for opens, closes in spans)
    return any(opens in claim.opens or closes in claim.closes for opens, closes in spans)


def _check_closed(reading: DraftReading, sentence: Sentence, hours: Hours) -> Iterator[Problem]:
    """ "Closed" and "open" of a day, or of this moment."""
    text = reading.text(sentence)
    if text.rstrip().endswith("?") or _UNSAID.search(text):
        return
    for found in [*CLOSED.finditer(text), *_CERRAMOS.finditer(text)]:
        place = sentence.span.start + found.start()
        days = list(named_days(reading, sentence.span.start, sentence.span.end, hours))
        after = [day for day in days if day[0] >= place]
        after = after if after and after[0][0] - place < 40 else []
        before = [day for day in days if day[1] <= place][-1:]
        is_right_before = before and not re.search(r"[,;.]", reading.words[before[0][1] : place])
        near = before if is_right_before else days_joined(reading, after) or before
        if is_said_now(reading, near, hours, text):
            continue
        is_now = _NOW.search(text) or not near
        if is_now and hours.open_now is True and not near:
            yield _problem(reading, place, place + len(found[0]), "The shop is open now.")
        elif near and not is_now and any(any(listed) for _, _, listed in near):
            yield _problem(reading, place, place + len(found[0]), "The shop is open that day. Look the hours up.")
    if wrong := wrong_now(text, hours):
        place = sentence.span.start + wrong.start()
        cure = "The shop is open now." if hours.open_now else "The shop is closed now."
        yield _problem(reading, place, place + len(wrong[0]), cure)
    for found in _IS_OPEN.finditer(text):
        place = sentence.span.start + found.start()
        days = list(named_days(reading, sentence.span.start, sentence.span.end, hours))
        near = [day for day in days if day[0] >= place and not CLOSED_ON.search(reading.words, 0, day[0])][:1]
        if near and near[0][2] and not any(near[0][2]) and not reading.draft.is_denied(place + 1):
            yield _problem(reading, place, place + len(found[0]), "The shop is closed that day.")


def _right_hours(reading: DraftReading, sentence: Sentence, claim: Claim, hours: Hours) -> str:
    days = days_of(reading, sentence, claim, hours)
    if days and len(days) == 1 and len(days[0]) == 1:
        opens, closes = days[0][0]
        return f"That day the shop is open from {spoken_time(opens)} to {spoken_time(closes)}."
    if days and len(days) > 1:
        return "Not every day that this means has these hours. Name each day with its own, or leave them out."
    return "Look the hours of that day up, or leave them out."


def _problem(reading: DraftReading, start: int, end: int, cure: str) -> Problem:
    excerpt = reading.draft.excerpt(start, end)
    return Problem("hours", excerpt, f'"{excerpt}" is not what the shop states. {cure}')
