"""What is left of a budget: "the rest of your 40 still gets you a pre-roll" only if it suffices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import money_in, read_number
from motabot.conversation.reply_check.groups import joined_before
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.money_words import TOTAL_BEFORE
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.sums import each_once
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_BUDGET = (
    r"(?: (?:of|from|in|out of|de) (?:your|the|those|tus?|los) (?:\$?(?P<{0}>\d+)(?:\.00)?|hundred|money"
    r"|budget))?"
)
_REST = (
    r"(?:the rest|the remainder|(?:the )?money left|what'?s left(?: over)?|what is left(?: over)?|what remains"
    r"|(?:the )?remaining money|the leftover|(?:con )?lo que (?:te )?(?:sobra|queda))"
)
_BUYS = (
    r"(?:gets? you|buys?|covers?|is enough for|will get you|you can (?:still |also )?(?:add|get|grab)"
    r"|(?:te )?alcanza para|compras|(?:te )?llevas)"
)
_SUFFICES = regex(
    rf"\b{_REST}{_BUDGET.format('of_rest')}(?: [^.!?;]{{0,40}}?)? (?:still |also |easily )?{_BUYS}\b"
    rf"|\bleaves? (?:you )?enough{_BUDGET.format('of_enough')} for\b"
    rf"|\broom{_BUDGET.format('of_room')} for\b|\bte (?:sobra|alcanza) para\b"
)
#: "$100 gets you two of each", "both fit in your 50", "all three for under $60".
_FITS = regex(
    r"\b(?:(?P<many>one|two|three|four|[1-5]|un[oa]|dos|tres) (?:of|de) (?:each|both|every\w*|cada un[oa])"
    r"|(?P<all>both|the (?:first|last|top|other) (?:two|three)|all (?:of (?:them|those)|two|three|four)"
    r"|the (?:two|three|pair)|everything|amb[oa]s"
    r"|l[oa]s (?:dos|tres)|todo))\b"
)
_MAKES_FIT = regex(
    r"\b(?:fits?|covers?|enough for|stretch\w*|room for|can (?:\w+ )?(?:get|afford|grab|do|have)"
    r"|could (?:\w+ )?(?:get|take|do|grab|have)"
    r"|gets? you|buys?|keeps? you|alcanza\w*|caben?|puedes|podrias|entran?)\b"
)
_OF_BUDGET = regex(
    r"\b(?:with|for|in|within|under|your|the|inside|below|con|en|tus?|por)\s(?:your "
    r"|tus? )?\$?(?P<budget>\d+)(?:\.00)?\b(?!\s?(?:%|mg|g\b|\.\d|points|puntos))"
    r"|(?P<leads>\$\d+)(?= (?:gets|covers|buys|is enough|would|will|stretches|te alcanza|alcanza))"
)
_ANOTHER = regex(r"\s(?:a |an )?(?:second|another|third|one more)(?: one)?\b(?! (?:of|bag|pack))")
_EITHER = regex(r"\b(?:or|o)\b")
_HOW_MANY = {"twice": 2, "two times": 2, "three times": 3, "four times": 4, "dos veces": 2, "tres veces": 3}


def check_leftovers_of_budget(reading: DraftReading) -> Iterator[Problem]:
    """What a budget has left after the goods named first suffices for those that it is said to buy."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        found = _SUFFICES.search(text)
        if found is None or text.rstrip().endswith("?"):
            continue
        place = sentence.span.start + found.start()
        if reading.draft.is_denied(place):
            continue
        budget = _budget(reading, found)
        spent = _spent(reading, sentence, place)
        wanted = _wanted(reading, sentence, found)
        if budget is not None and spent is not None and wanted is not None and spent + wanted > budget:
            excerpt = reading.quoted(sentence, found)
            left = max(budget - spent, Decimal())
            yield Problem(
                "money",
                excerpt,
                f'"{excerpt}" is not so: ${left:.2f} is left, and that costs ${wanted:.2f}. Correct it.',
            )


def check_whole_order(reading: DraftReading) -> Iterator[Problem]:
    """ "Two of each fit in your 50" only if they do."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        found, makes = _FITS.search(text), _MAKES_FIT.search(text)
        if not found or not makes or text.rstrip().endswith("?") or _EITHER.search(text):
            continue
        place = sentence.span.start + found.start()
        named = _OF_BUDGET.search(text)
        budget = Decimal((named["budget"] or named["leads"]).strip("$")) if named else _budget(reading, None)
        prices = {one.price for mention in sentence.mentions for one in mention.candidates}
        goods = joined_before(reading, sentence, place) or each_once(sentence.mentions)
        if len(goods) < 2 and len(sentence.mentions) > 1:
            goods = each_once(sentence.mentions)
        if budget is None or budget in prices or reading.draft.is_denied(place) or len(goods) < 2:
            continue
        cost, many = _cost(reading, goods), Decimal(1)
        if found["many"]:
            many = read_number(found["many"])
        if cost is not None and cost * many > budget:
            excerpt = reading.quoted(sentence, found)
            yield Problem(
                "money", excerpt, f'"{excerpt}" costs ${cost * many:.2f}, more than ${budget}. Correct it.'
            )


def _budget(reading: DraftReading, found: re.Match[str] | None) -> Decimal | None:
    """The amount that a phrase names, otherwise the only one that the customer named."""
    named = next((value for value in (found.groups() if found else ()) if value), None)
    if named:
        return Decimal(named)
    asked = reading.facts.asked_money
    return next(iter(asked)) if len(asked) == 1 else None


def _spent(reading: DraftReading, sentence: Sentence, place: int) -> Decimal | None:
    """What the goods before a place cost: the total that the draft gives, otherwise the sum of their prices."""
    amounts = [one for one in money_in(reading.words) if sentence.span.start <= one.start < place]
    if amounts and TOTAL_BEFORE.search(reading.words[sentence.span.start : amounts[-1].start]):
        return amounts[-1].value
    earlier = [one for one in sentence.mentions if one.end <= place]
    start = sentence.span.start
    if not earlier and (index := reading.sentences.index(sentence)):
        earlier, start = reading.sentences[index - 1].mentions, reading.sentences[index - 1].span.start
    return None if _EITHER.search(reading.words, start, place) else _cost(reading, earlier)


def _wanted(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Decimal | None:
    """What the goods after a phrase cost; of a kind alone, the cheapest of it."""
    place = sentence.span.start + found.end()
    later = [one for one in sentence.mentions if one.start >= place and not one.is_kind]
    if later:
        return None if _EITHER.search(reading.words, place, sentence.span.end) else _cost(reading, later)
    if _ANOTHER.match(reading.words, place) and (before := reading.before(sentence) or sentence.mentions):
        named = [one for one in (*before, *sentence.mentions) if one.end <= place]
        return _cost(reading, named[-1:], is_single=True)
    after = reading.words[place : sentence.span.end]
    prices = [
        one.price
        for one in reading.products
        if one.category and fold_in_place(one.category).rstrip("s") in after and one.price is not None
    ]
    return min(prices, default=None)


def _cost(reading: DraftReading, mentions: Sequence[Mention], *, is_single: bool = False) -> Decimal | None:
    """What some goods cost, each as often as the words say; None if a price is not known."""
    total = Decimal()
    for mention in mentions:
        prices = {one.price for one in mention.candidates}
        if len(prices) != 1 or (price := prices.pop()) is None:
            return None
        after = reading.words[mention.end : mention.end + 24]
        said = next((many for word, many in _HOW_MANY.items() if word in after), 1)
        total += price * (1 if is_single else max(mention.quantity or Decimal(1), Decimal(said)))
    return total or None
