"""Points: the balance, their worth by the loyalty rule, and what is missing to the next reward."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import (
    MONTHS,
    Amount,
    money_in,
    percents_in,
    points_in,
    read_number,
)
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_TALK = regex(r"\b(?:points?|pts|puntos?|rewards?|loyalty|recompensas?|balance|saldo)\b")
_HAVE = regex(
    r"\b(?:you(?:'ve| have)?(?: got| currently have| now have)?|have|got|balance(?: is| of)?|at"
    r"|with(?: your)?|your|tienes|saldo(?: es| es de)?|con(?: tus)?|llevas|total of)\s(?:a total of |exactly "
    r"|about |de )?$"
)
#: "$150 earns you 150 points": future points, not the balance.
_GIVES = regex(
    r"\b(?:earn|get|give|bring|make|net|add|mean|buy)s?\s(?:about |exactly )?you\s(?:about |exactly |another )?$"
)
_REACHES = regex(
    r"\b(?:at|reach(?:es)?|get (?:you )?to|hit|(?:brings?|takes?|gets?|puts?) you (?:up )?(?:to|at)|llegar a"
    r"|faltan? [\w ]{0,16}para(?: los| llegar a(?: los)?)?"
    r"|(?:away|short|shy|more to|left to|to go) (?:from|of|to|until|for)?)\s$"
)
_MISSING = regex(
    r"\b(?:to (?:the|your|a|an) (?:next|second|third|following)|more|need|away|short|to go|until|till|til"
    r"|from|faltan?|mas|necesitas|left to|another|otros)\b"
)
_REMAIN = regex(
    r"\b(?:leaves?|leaving|left(?: over)?|remain\w*|still have|over|quedan?|quedarian?|sobran?|keep|to spare"
    r"|extra|leftover|towards?|into|hacia|stays?|se quedan)\b"
)
_REWARDS = regex(
    rf"(?<![\w.$])(?P<number>\d{{1,2}}|{SPOKEN_NUMBER})\s(?:\$\d+(?:\.\d\d)?\s)?(?:rewards?|recompensas?)\b"
)
_TO_GO = regex(r"\s(?:more|away|short|to go)\b")
#: "Te faltan 35", "you need 80 more": a number that is missing, without the word.
_LACKS = regex(
    r"\b(?:faltan|te faltarian|need|needs|short|missing)\s(?:just |only |solo |another "
    r"|about )?(?P<number>\d{1,4})(?!\s?(?:mg|g|%|days?|dias?|dollars)|[\d.%])"
)
#: "One point per dollar" is the rule, not a balance.
_SO_MANY_MORE = regex(r"\b(?:another|with|con|otros|plus|just|only)\s$")
_COMING = regex(r"(?<![$\d.])\b(?P<number>\d{1,4})(?= (?:points |puntos )?(?:more|extra|mas|otros)\b)")
_HUNDREDS = regex(r"(?<![\d.$])([1-9]\d{1,4})(?= (?:of|points|puntos|de)\b)")
_EACH_DOLLAR = regex(r"\s?(?:per|(?:for )?(?:each|every)|a|por(?: cada)?|cada) (?:dollar|dolar|\$ ?1\b|buck)")
_YEAR_BEFORE = regex(r"\b(?:in|of|since|year|en|de|desde|during|for|so far in)\s$")
_NUMBER = regex(
    r"(?<![\w.$#/:-])(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?![\w%:/]|\.\d|,\d|-\w)"
    r"(?=\s*(?:[,.;!?)]|$)|\s(?:so|would|of (?:them|those)|left|right|remain\w*|and|more|away|short|you"
    r"|to (?:go|spare)|already|total|y|ya|mas)\b)"
)
#: Lines for emergencies, which a reply may always name: "call or text 988".
_HELPLINES = frozenset({Decimal(911), Decimal(988)})
_DATE_BEFORE = regex(rf"\b(?:{'|'.join(MONTHS)}|the|on|el)\.?\s$")


@dataclass(frozen=True)
class LoyaltyRule:
    """How many points are worth how many dollars; one dollar earns `earned` points."""

    points: Decimal
    worth: Decimal
    earned: Decimal = Decimal(1)


def loyalty_rule(statements: Sequence[str]) -> LoyaltyRule | None:
    """The rule in the shop's own words: "100 points are $5 off"."""
    for statement in statements:
        for part in re.split(r"(?<=[.;!])\s", statement):
            points, money = list(points_in(part)), list(money_in(part))
            if points and money and points[0].value > 1 and "dollar" not in part.split("points")[-1][:12]:
                return LoyaltyRule(points[0].value, money[0].value)
    return None


def check_points(reading: DraftReading) -> Iterator[Problem]:
    """Points are the balance, part of the rule, or follow from both."""
    rule = loyalty_rule(reading.facts.statements)
    for amount in _figures(reading):
        if reading.filled_at(amount.start, amount.start + 1) or amount.value in _HELPLINES:
            continue
        if not any(value == amount.value for value in _allowed(reading, amount, rule)):
            yield _problem(reading, amount)
    for found in _REWARDS.finditer(reading.words):
        balance = reading.facts.account.points
        number = read_number(found["number"])
        if rule is None or balance is None:
            continue
        asked = {money.value / rule.worth for text in reading.facts.asked for money in money_in(text)}
        coming = {(balance + more) // rule.points for more in points_coming(reading)}
        if number not in {Decimal(1), balance // rule.points, *asked, *coming}:
            yield _problem(reading, Amount(number, *found.span()))


def points_coming(reading: DraftReading) -> set[Decimal]:
    """Points that the draft says may be earned: by a purchase that it or the customer names, or "60 more"."""
    rule = loyalty_rule(reading.facts.statements)
    texts = (reading.words, *reading.facts.asked)
    spent = {money.value for text in texts for money in money_in(text)}
    more = {read_number(found["number"]) for text in texts for found in _COMING.finditer(text)}
    return more | ({int(money) * rule.earned for money in spent} if rule else set())


def _figures(reading: DraftReading) -> list[Amount]:
    """Numbers of points: next to the word, or alone in a sentence about points."""
    found = [amount for amount in points_in(reading.words) if not _is_percent_talk(reading, amount)]
    taken = [
        (amount.start, amount.end) for amount in (*found, *money_in(reading.words), *percents_in(reading.words))
    ]
    for sentence in reading.sentences:
        text = reading.text(sentence)
        has_talk = _TALK.search(text) or (_TALK.search(reading.words) and money_in(text))
        if not has_talk or sentence.mentions:
            continue
        for number in _NUMBER.finditer(reading.words, sentence.span.start, sentence.span.end):
            before = reading.words[max(0, number.start() - 16) : number.start()]
            is_small = read_number(number["number"]) <= 20 and not _TO_GO.match(reading.words[number.end() :])
            is_year = _YEAR_BEFORE.search(before) and 2000 <= read_number(number["number"]) < 2100
            if _DATE_BEFORE.search(before) or is_small or is_year:
                continue
            if not any(start <= number.start() < end for start, end in taken):
                taken.append(number.span())
                found.append(Amount(read_number(number["number"]), *number.span()))
        found += [
            Amount(read_number(number["number"]), *number.span("number"))
            for number in _LACKS.finditer(reading.words, sentence.span.start, sentence.span.end)
            if not any(start <= number.start("number") < end for start, end in taken)
        ]
    return found


def _is_percent_talk(reading: DraftReading, amount: Amount) -> bool:
    """Whether "2 points" are percentage points: a difference of two THC contents."""
    near = reading.words[max(0, amount.start - 80) : amount.end + 100]
    is_loyalty = re.search(r"\b(?:loyalty|reward|balance|you have|tienes|worth|\$)", near)
    return bool(percents_in(near) and re.search(r"\bthc\b|%", near) and not is_loyalty and amount.value < 40)


def _allowed(reading: DraftReading, amount: Amount, rule: LoyaltyRule | None) -> Iterator[Decimal]:
    facts = reading.facts
    balance = facts.account.points
    sentence = reading.sentence_at(amount.start)
    text = reading.text(sentence)
    before = reading.words[sentence.span.start : amount.start]
    after = reading.words[amount.end : sentence.span.end]
    if balance is not None:
        yield balance
    yield from facts.computed
    if rule is None:
        yield from facts.points
        return
    if _EACH_DOLLAR.match(after):
        yield rule.earned
        return
    is_balance = (
        not _REMAIN.search(after[:24])
        and _HAVE.search(before)
        and not _GIVES.search(before)
        and not _MISSING.match(after.strip())
        and not re.search(r"\b(?:need|would|d)\b|'d", before)
    )
    if is_balance and not _REMAIN.search(before):
        yield from (
            rule.points * count
            for count in range(1, 60)
            if re.search(r"\b(?:at|with|con)\s$", before) and balance is not None
        )
        return
    yield rule.points
    yield rule.earned
    sums = [
        money.value
        for money in (*money_in(reading.words), *(one for asked in facts.asked for one in money_in(asked)))
    ]
    yield from (rule.points * (money / rule.worth) for money in sums if money % rule.worth == 0)
    yield from (int(money) * rule.earned for money in sums)
    if balance is None:
        return
    yield from (balance + int(money) * rule.earned for money in sums)
    targets = [rule.points * count for count in range(1, 200)]
    if (_MISSING.search(text) and not _HAVE.search(before)) or _SO_MANY_MORE.search(before):
        following = next(target for target in targets if target > balance)
        stated = {number for number in targets if re.search(rf"\b{number}\b", text)}
        asked = {rule.points * (money / rule.worth) for money in sums if money % rule.worth == 0}
        yield from (target - balance for target in {following} | stated | asked if target > balance)
    if _REMAIN.search(text):
        spent = {rule.points * (money / rule.worth) for money in sums if money % rule.worth == 0}
        named = {Decimal(found) for found in _HUNDREDS.findall(reading.words) if Decimal(found) % rule.points == 0}
        yield from (balance - points for points in spent | named | {rule.points} if points <= balance)
    if _REACHES.search(before):
        yield from targets


def _problem(reading: DraftReading, amount: Amount) -> Problem:
    excerpt = reading.draft.excerpt(amount.start, amount.end)
    balance = reading.facts.account.points
    right = "Look it up, or say that you do not know." if balance is None else f"The balance is {balance:f}."
    return Problem("points", excerpt, f'"{excerpt}" is not what the facts say. {right}')


_TIER = regex(
    r"\byou(?:'re| are)? (?:sure are|are|a |an |our |one of our )*(?:a )?(?P<tier>vip|regular|gold|silver"
    r"|platinum)\b|\byes,? (?P<yes>vip)\b|\btier(?: is|:)? (?P<after>\w+)|\beres (?P<eres>vip)\b"
    r"|\b(?:as|being|for being|your|como|tu|ser|eres|nuestr[oa]) (?:an? |one of our |our |un "
    r"|una )?(?:loyal |valued )?"
    r"(?:cliente |miembro |nivel |estatus )?(?P<named>vip|gold|silver|platinum|oro|plata|platino)\b"
)


_TIER_NAMES = {"oro": "gold", "plata": "silver", "platino": "platinum"}


def check_tier(reading: DraftReading) -> Iterator[Problem]:
    """A tier is the customer's."""
    tier = fold_in_place(reading.facts.account.tier or "")
    for found in _TIER.finditer(reading.words):
        said = found["tier"] or found["yes"] or found["after"] or found["eres"] or found["named"]
        sentence = reading.text(reading.sentence_at(found.start()))
        if (
            said not in ("vip", "gold", "silver", "platinum", "oro", "plata", "platino")
            or reading.draft.is_denied(found.start())
            or sentence.rstrip().endswith("?")
        ):
            continue
        if _TIER_NAMES.get(said, said) not in tier:
            excerpt = reading.draft.excerpt(*found.span())
            right = f"It is {reading.facts.account.tier}." if tier else "Look it up, or leave it out."
            yield Problem("tier", excerpt, f'"{excerpt}" is not the customer\'s tier. {right}')
