"""The biggest and the smallest visit: a reply gives them the amount and the day of their receipt."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.receipts import days_named, visits_of_period
from motabot.text.regex import regex

#: "Your biggest visit", "the most you spent in one visit": one receipt is above all others.
_BIGGEST = regex(
    r"\b(?:biggest|largest|priciest|most expensive|highest)\s(?:\w+\s){0,2}?(?:visit|purchase|receipt"
    r"|trip|order|total)\b|\b(?:your|the) (?:biggest|largest|priciest)(?: one)? (?:was|came|being)\b"
    r"|\bmost you(?:'ve)? (?:ever )?(?:spent|paid) (?:in|on|at) (?:one|a single|any) (?:visit|trip"
    r"|day|receipt|purchase)\b"
    r"|\b(?:visita|compra|recibo) mas (?:grande|car[oa])\b|\bmayor (?:visita|compra)\b"
    r"|\blo mas que (?:has )?gasta\w+ en una (?:sola )?(?:visita|compra)\b"
)
_SMALLEST = regex(
    r"\b(?:smallest|lowest)\s(?:\w+\s){0,2}?(?:visit|purchase|receipt|trip|order|total)\b|\b(?:your"
    r"|the) smallest(?: one)?"
    r" (?:was|came|being)\b|\b(?:visita|compra) mas (?:pequena|chica|baja)\b"
)


def check_extreme_visits(reading: DraftReading) -> Iterator[Problem]:
    """The amount and the day beside "your biggest visit" are those of the highest total; likewise the smallest."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        smallest = _SMALLEST.search(text)
        found = _BIGGEST.search(text) or smallest
        if found is None or text.rstrip().endswith("?") or any(not one.is_bare for one in sentence.mentions[:1]):
            continue
        start = sentence.span.start + found.start()
        visits = visits_of_period(reading, sentence) or reading.facts.visits
        totals = {one.total: one.day for one in visits if one.total is not None and not one.refund}
        if not totals:
            continue
        extreme = min(totals) if found is smallest else max(totals)
        amounts = [one for one in money_in(reading.words) if start <= one.start < sentence.span.end]
        days = [one for one in days_named(reading, sentence) if one.start >= start]
        wrong = [(one.start, one.end) for one in amounts[:1] if one.value in totals and one.value != extreme]
        wrong += [(one.start, one.end) for one in days[:1] if one.day != totals[extreme].day]
        if wrong:
            excerpt = reading.draft.excerpt(*wrong[0])
            kind = "lowest" if found is smallest else "highest"
            right = f"${extreme} on {totals[extreme].isoformat()}"
            yield Problem("rank", excerpt, f'"{excerpt}" is not the {kind} total: that is {right}. Correct it.')
