"""Superlatives in the negative: "nothing costs less than X" says that X has the lowest price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.rank_orders import ORDERS, RankOrder
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.rivals import same_kind
from motabot.text.regex import regex

#: "Nothing costs less than X", "you won't find a stronger one than X": X has the lowest or the highest.
NOTHING = regex(
    r"\b(?:nothing|none|no other|no one|nobody|won'?t find|can'?t (?:find|get|beat)|nada|ningun\w*"
    r"|no hay|no tenemos|no other)\b"
    r"[^.;!?\n]{0,40}?\b(?P<more>costs? less|(?:is |'s )?(?:cheaper|less expensive|lower|stronger"
    r"|more potent|milder|weaker"
    r"|pricier|better rated)|more (?:thc|expensive)|cuesta menos|vale menos|mas (?:barat|car|fuerte"
    r"|potente|suave)\w*)"
    r"(?: (?:here|one|in thc|priced|per gram))? (?:than|que) "
)
_LESS_MONEY = regex(r"less$|menos$|cheaper|expensive|lower|barat")


def check_unbeaten(reading: DraftReading, sentence: Sentence) -> Iterator[Problem]:
    """ "Nothing costs less than X": among what was looked up, X must be the first."""
    for found in NOTHING.finditer(reading.text(sentence)):
        if problem := _check_nothing(reading, sentence, found):
            yield problem


def _check_nothing(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Problem | None:
    place = sentence.span.start + found.end()
    subject = next((one for one in sentence.mentions if one.start >= place - 1), None)
    more = found["more"]
    if subject is None:
        return None
    if _LESS_MONEY.search(more) and not more.startswith("more"):
        order = ORDERS[1]
    else:
        order = next((one for one in ORDERS if one.more.search(f"{more} que ")), ORDERS[2])
    rivals = [one for one in reading.products if same_kind(one, subject) and one.available is not False]
    own = [value for one in subject.candidates if (value := order.measure(one)) is not None]
    best = [value for one in rivals if (value := order.measure(one)) is not None]
    if own and (max([*best, *own]) if order.is_highest else min([*best, *own])) in own:
        return None
    right = [
        one for one in rivals if best and order.measure(one) == (max(best) if order.is_highest else min(best))
    ]
    return rank_problem(
        reading, sentence.span.start + found.start(), found, order, subject, right if own else None
    )


def rank_problem(
    reading: DraftReading,
    place: int,
    found: re.Match[str],
    order: RankOrder,
    subject: Mention | None,
    right: Sequence[Product] | None,
) -> Problem:
    excerpt = reading.draft.excerpt(place, place + len(found[0]))
    name = subject.candidates[0].name if subject and subject.candidates else "that"
    if right:
        cure = f"By {order.name} it is {right[0].name}. Correct it."
    else:
        cure = f"The {order.name} was not looked up. Look it up, or leave the comparison out."
    return Problem("rank", excerpt, f'{name} is not "{excerpt}" in what was looked up. {cure}')
