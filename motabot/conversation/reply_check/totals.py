"""Totals: a reply does not give the amount of a visit as that of another."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import days_in, money_in
from motabot.conversation.reply_check.reading import DraftReading
from motabot.conversation.reply_check.receipts import days_named, period_in, visits_at, visits_meant
from motabot.text.regex import regex

_OF_ONE = regex(
    r"\b(?:visit|time|trip|bought|got|paid|spent|total|came to|in all|visita|vez|compraste|llevaste|pagaste"
    r"|gastaste)\b"
)
#: Words that compare visits or sum them up.
_OF_SEVERAL = regex(
    r"\b(?:than|against|vs|versus|compared|average|usually|together|visits|before that|earlier|previous|que|contra"
    r"|promedio|juntas|visitas|antes|anterior)\b"
)


def check_totals(reading: DraftReading) -> Iterator[Problem]:
    """A receipt's total is next to the day of that receipt."""
    facts = reading.facts
    prices = {one.price for one in reading.products}
    for sentence in reading.sentences:
        text = reading.text(sentence)
        meant = visits_meant(reading, sentence)
        is_dated = any(days_named(reading, sentence)) or "last" in text or "ultima" in text
        if not meant or not is_dated or not _OF_ONE.search(text) or _OF_SEVERAL.search(text):
            continue
        if facts.today and not any(days_in(text)) and period_in(text, facts.today):
            continue
        for amount in money_in(reading.words):
            if not sentence.span.start <= amount.start < sentence.span.end or amount.value in prices:
                continue
            own = visits_at(reading, sentence, amount.start)
            others = {abs(one.total) for one in facts.visits if one.total is not None and one not in own}
            mine = {abs(one.total) for one in own if one.total is not None}
            mine |= {abs(line.total) for one in own for line in one.lines if line.total is not None}
            if amount.value in others and amount.value not in mine:
                excerpt = reading.draft.excerpt(amount.start, amount.end)
                right = f" It is ${max(mine)}." if len(mine) == 1 else ""
                yield Problem(
                    "money",
                    excerpt,
                    f'"{excerpt}" is the total of another visit.{right} Correct it, or leave it out.',
                )
