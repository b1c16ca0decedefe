"""What points are worth in dollars, and what is missing to the next reward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import DIGITS, Amount, money_in, points_in, read_number
from motabot.conversation.reply_check.loyalty import loyalty_rule, points_coming
from motabot.conversation.reply_check.money_words import OFF_AFTER
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_PART_OF_POINTS = regex(
    rf"(?<![\w.,$])({DIGITS}) (?:of (?:your|those|the|them|these)|(?:puntos )?de (?:tus|los|esos))\b"
)
_MORE = regex(r"\b(?:more|another|extra|earns?|would (?:be|make|bring|become|have)|you'd|mas|otros|ganas)\b")
_UP_NEXT = regex(r"\b(?:until|till|to go|next (?:one|reward|\$)|hit|reach|away from|hasta|proxim[oa])\b")
_YEARS = range(2000, 2100)
#: Only some of the points may be used: "use some and save $10".
_USE = regex(
    r"\b(?:us(?:e|ed|ing)|tak(?:e|ing)|sav(?:e|ing)|up to|could|can|knock|usar|ahorr\w+|puedes|hasta"
    r"|gastar|canje\w+)\b"
)
_NEAR = 24
#: "You need 400 points", "it takes 400": exactly what a discount costs.
_PRICE_IN_POINTS = regex(
    r"\b(?:needs?|takes?|requires?|costs?|necesitas?|hacen falta|faltan|cuesta\w*|requiere\w*|use|redeem|spend)\s"
    r"(?:\w+\s)?$"
)
#: Points to be earned, or still missing, are not the price of a discount.
_EARNS = regex(r"\b(?:earn\w*|more|another|left|keep|leav\w+|ganas?|mas|otros|short)\s(?:\w+\s)?$")
#: "58 more to your first reward": what a balance lacks that covers one already.
_FIRST = regex(
    r"\b(?:your|the|a|tu|la|el) (?:very )?(?P<first>first|primer[oa]?) (?:\$\d+(?:\.\d\d)? ?)?(?:off|reward"
    r"|discount|one\b"
    r"|recompensa|descuento)"
    r"|\bbefore (?:you can|any|you'?re able)\b[^.;!?]{0,30}\b(?:redeem|use|reward|cash|spend|take)\w*"
    r"|\b(?:not enough|no(?:t)? (?:\w+ )?alcanzan?)\b[^.;!?]{0,20}\b(?:yet|reward|recompensa|todavia|aun)\b"
)
_STILL_LACKS = regex(
    r"\b(?:more|to go|away|short|need|needs|until|till|unlock\w*|halfway|not enough|almost|nearly|close|before"
    r"|faltan?|necesitas|todavia no|aun no|no alcanzan?|casi)\b"
)
_COVERED = regex(
    r"\b(?:already|covers?|good for|enough for|ya (?:tienes|te|alcanza)|alcanza para|makes?|have)\b[^.;!?,]{0,30}$"
)
_LINK = regex(
    r"\s?[(=:-]?\s?(?:(?:for|gets?|you|are|is|equals?|makes?|worth|means?|buys?|knocks?|cuts?|saves?|would|be|it"
    r"|that'?s|off|a|an|the|of|about|exactly|takes?|needs?|requires?|costs?|to|get|every|each|discount|reward|in"
    r"|points|puntos|have|tienes|obtienes|sacas|llevas|canjeas?|por|para|son|es|valen|vale|equivalen?|dan|da"
    r"|te|un|una|de|descuento|cuestan?|necesitas?|requieren?|son"
    r"|cada|hacen|falta|at|counter|when|redeemed|=)\b\s?)*[=:]?\s?\(?"
)
_SAYS_WORTH = regex(
    r"\b(?:worth|equals?|(?<=points )(?:are|is)|(?<=puntos )son|takes?|needs?|requires?|costs?|valen?"
    r"|equivalen?|cuestan?|necesitas?|requieren?"
    r"|hacen falta)\b|="
)


def worths(reading: DraftReading, text: str) -> Iterator[Decimal]:
    """What points are worth: the rule's own amount, or what the points of this sentence come to."""
    rule = loyalty_rule(reading.facts.statements)
    if rule is None:
        return
    yield rule.worth
    balance = reading.facts.account.points
    if part := _PART_OF_POINTS.search(text):
        yield rule.worth * (read_number(part[1]) // rule.points)
        return
    near = {amount.value for amount in points_in(text)} | set(_bare_numbers(text))
    spoken = near | _points_of_draft(reading) | ({balance} if balance is not None else set())
    if balance is not None and _UP_NEXT.search(text):
        spoken.add(balance + rule.points)
    if balance is not None and _MORE.search(text):
        spoken |= {balance + more for more in (*points_coming(reading), *_bare_numbers(text))}
    most = [points // rule.points for points in spoken if points >= rule.points and points not in _YEARS]
    yield from (rule.worth * count for count in most)
    if _USE.search(text) and not any(rule.points < points for points in near):
        yield from (rule.worth * count for count in range(1, int(max(most, default=0)) + 1))
    for asked in reading.facts.asked:
        yield from (amount.value for amount in money_in(asked) if amount.value % rule.worth == 0)


def check_reward_pairs(reading: DraftReading) -> Iterator[Problem]:
    """Points and their discount agree with the rule: "400 points for $20 off"."""
    rule = loyalty_rule(reading.facts.statements)
    if rule is None:
        return
    for sentence in reading.sentences:
        span = sentence.span
        points = [one for one in points_in(reading.words) if span.start <= one.start < span.end]
        points += [
            Amount(read_number(found[1]), *found.span())
            for found in _PART_OF_POINTS.finditer(reading.words, span.start, span.end)
        ]
        money = [one for one in money_in(reading.words) if span.start <= one.start < span.end]
        for many in points:
            for worth in money:
                if not _is_pair(reading, many, worth) or many.value == reading.facts.account.points:
                    continue
                is_price = _PRICE_IN_POINTS.search(reading.words[max(0, many.start - _NEAR) : many.start])
                brings = rule.worth * (many.value // rule.points)
                needed = worth.value / rule.worth * rule.points
                if (many.value == needed) if is_price else (worth.value == brings):
                    continue
                excerpt = reading.draft.excerpt(min(many.start, worth.start), max(many.end, worth.end))
                yield Problem(
                    "points",
                    excerpt,
                    f'"{excerpt}" is not the rule: ${worth.value:f} off takes {needed:f} points. Correct it.',
                )


def check_first_reward(reading: DraftReading) -> Iterator[Problem]:
    """Nothing is missing to the first reward of a balance that covers one."""
    rule, balance = loyalty_rule(reading.facts.statements), reading.facts.account.points
    if rule is None or balance is None or balance < rule.points:
        return
    for found in _FIRST.finditer(reading.words):
        text = reading.text(reading.sentence_at(found.start()))
        start = reading.sentence_at(found.start()).span.start
        if _STILL_LACKS.search(text) and not _COVERED.search(reading.words[start : found.start()]):
            excerpt = reading.draft.excerpt(*found.span())
            right = f"{balance:f} points cover {balance // rule.points:f} already."
            yield Problem("points", excerpt, f'"{excerpt}" is not what is missing: {right} Correct it.')


def _is_pair(reading: DraftReading, points: Amount, money: Amount) -> bool:
    """Whether words say that these points are worth this discount, or this discount takes these points."""
    words = reading.words
    is_ahead = points.end <= money.start
    between = words[points.end : money.start] if is_ahead else words[money.end : points.start]
    if _EARNS.search(words[max(0, points.start - _NEAR) : points.start]) or not _LINK.fullmatch(between):
        return False
    return bool(OFF_AFTER.match(words[money.end :]) or _SAYS_WORTH.search(between))


def to_the_next_reward(reading: DraftReading) -> Iterator[Decimal]:
    """What must still be spent until the balance reaches the next reward, or the one after it."""
    rule, balance = loyalty_rule(reading.facts.statements), reading.facts.account.points
    if rule is not None and balance is not None:
        missing = rule.points - balance % rule.points
        yield from (missing / rule.earned, (missing + rule.points) / rule.earned)


def _points_of_draft(reading: DraftReading) -> set[Decimal]:
    """Numbers of points that the draft names, in figures or as a filled sum of the balance."""
    named = {amount.value for amount in points_in(reading.words)}
    filled = [one for one in reading.filled if "me.points" in one.expression]
    return named | {number for one in filled for number in _bare_numbers(reading.words[one.start : one.end])}


def _bare_numbers(text: str) -> list[Decimal]:
    """Whole numbers without a unit."""
    found = re.findall(r"(?<![\w.,$#-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w%]|[.,]\d)", text)
    return [read_number(number) for number in found]
