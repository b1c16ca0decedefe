"""Comparisons: "cheapest", "strongest", "cheaper than", "best value" must be true among what was looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from motabot.conversation.reply_check.contents import round_to
from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.rank_orders import ORDERS, RankOrder, orders_of, per_unit
from motabot.conversation.reply_check.rank_subjects import subject_at
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.rivals import is_in_share, of_kind, rivals_of, same_kind, share_of
from motabot.conversation.reply_check.unbeaten import NOTHING, check_unbeaten, rank_problem
from motabot.text.regex import regex

#: "X is the cheaper one" compares; "want a cheaper one?" does not.
_THE_ONE = regex(r"\b(?:is|es|'s|works out|comes out) (?:the |el |la )?$")
#: "Your biggest visit": a receipt, not a product.
_OF_VISITS = regex(
    r"\s(?:\w+\s){0,2}?(?:lines?|items?|chunk|expense|visits?|purchases?|receipts?|trips?|orders?|month|days?|totals?|compras?|visitas?"
    r"|recibos?|mes)\b"
)
#: "From strongest to mildest" announces an order and describes no product.
_INVERTED = regex(r"(?: per (?:mg|gram|g))?(?:,? (?:yet|still|aun|todavia))*,? (?:is|are|es|son|the|el|la)\b")
_AN_ORDER = regex(
    r"\b(?:from|de|del) (?:the |la |el )?(?:\w+[- ]?){1,2} (?:to|a|al|down to) (?:the |la "
    r"|el )?(?:mas )?\w+\s?[:,]"
    r"|\b(?:between|entre) (?:(?:the|la|el|las|los) )?(?:\w+est|mas \w+) (?:\w+ )?(?:and|y) "
    r"(?:(?:the|la|el|las|los) )?(?:\w+est|mas \w+)"
    r"|\b\w+est (?:down )?to (?:the )?\w+est\b"
)
#: "Stronger, 35.8% against 28.3%": the figures say which it is.
_STATED = regex(
    r"[:,]?\s\(?\$?(?P<first>\d+(?:\.\d+)?)(?:%|mg)?(?: thc)?,? (?:against|vs\.?|versus|compared (?:to|with)|to) "
    r"(?:[\w ]{0,20}?)\$?(?P<second>\d+(?:\.\d+)?)(?:%|mg)?(?![\w.])"
)
#: "Stronger than a plain joint" compares with a kind, not with a product that was shown.
_THAN_A_KIND = regex(
    r",? (?:in thc )?(?:than|que) (?:(?:an?|un[ao]?) (?![\w' ]{0,30}\b(?:one|ones)\b)"
    r"|(?:most |los |las )?(?:plain|regular|normal|ordinary"
    r"|standard|usual|typical|non-infused|uninfused|normales|comunes)\b)(?P<kind>[\w' -]*)"
)


_YOURS = regex(r"\b(?:your|tus?) (?:\w+ )?$")
_ONE = regex(r"\sones?\b")


def check_rankings(reading: DraftReading) -> Iterator[Problem]:
    """Superlatives and comparisons are true among the products in question."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        yield from check_unbeaten(reading, sentence)
        named = [one for one in sentence.mentions if not (one.is_bare or one.is_kind)]
        names = [(one.start - sentence.span.start, one.end - sentence.span.start) for one in named]
        for order in orders_of(text):
            for found in order.most.finditer(text):
                if problem := _check_most(reading, sentence, order, found):
                    yield problem
            for found in order.more.finditer(text):
                if any(first <= found.start() < last for first, last in names):
                    continue  # a "Lighter" is a product
                if any(one.start() < found.end() <= one.end() for one in NOTHING.finditer(text)):
                    continue  # "nothing costs less than X" is judged above
                if problem := _check_more(reading, sentence, order, found):
                    yield problem


def _check_most(
    reading: DraftReading, sentence: Sentence, order: RankOrder, found: re.Match[str]
) -> Problem | None:
    text = reading.text(sentence)
    place = sentence.span.start + found.start()
    if reading.draft.is_denied(place) or text.rstrip().endswith("?"):
        return None
    if any(one.start() <= found.start() < one.end() for one in _AN_ORDER.finditer(text)):
        return None
    if _is_amount_apart(text, found):
        return None
    if _OF_VISITS.match(text, found.end()):
        return None  # the check of receipts judges "your biggest visit"
    subject = subject_at(reading, sentence, place)
    if subject is None:
        return _check_header(reading, sentence, order, found) or _check_listed(reading, sentence, order, found)
    rivals = rivals_of(reading, sentence, found, subject, order)
    own = [value for one in subject.candidates if (value := order.measure(one)) is not None]
    if order.name == "THC" and not order.is_highest and any(own):
        rivals = [one for one in rivals if order.measure(one) != 0]  # the mildest has some
    best = [value for one in rivals if (value := order.measure(one)) is not None]
    if not own and _was_said(reading, order, subject):
        return None
    if not own:
        return rank_problem(reading, place, found, order, subject, None) if subject.candidates else None
    top = max([*best, *own]) if order.is_highest else min([*best, *own])
    share = share_of(reading, place)
    if share is None and top in own:
        return None
    if share and any(is_in_share(value, best, share, is_highest=order.is_highest) for value in own):
        return None
    return rank_problem(
        reading, place, found, order, subject, [one for one in rivals if order.measure(one) == top]
    )


def _was_said(reading: DraftReading, order: RankOrder, subject: Mention) -> bool:
    """Whether an earlier reply, which was checked when it was sent, said so of the same product."""
    return any(
        order.most.search(line) and set(one.candidates) & set(subject.candidates)
        for text in reading.facts.history
        for line in (told.folded[span.start : span.end] for told in (Draft(text),) for span in told.lines)
        for one in reading.product_names.mentions(line, 0, len(line))
    )


def _check_header(
    reading: DraftReading, sentence: Sentence, order: RankOrder, found: re.Match[str]
) -> Problem | None:
    """ "The cheapest edibles are $18.00 each": the amount must be the lowest one."""
    amounts = [amount for amount in money_in(reading.text(sentence)) if amount.start > found.start()]
    if order.name != "price" or not amounts:
        return None
    rivals = of_kind(reading, sentence, found, reading.shown)
    prices = [one.price for one in rivals if one.price is not None]
    if not prices or amounts[0].value == (max(prices) if order.is_highest else min(prices)):
        return None
    place = sentence.span.start + found.start()
    return rank_problem(reading, place, found, order, None, None)


def _check_listed(
    reading: DraftReading, sentence: Sentence, order: RankOrder, found: re.Match[str]
) -> Problem | None:
    """ "Our mildest edibles:" announces a list that begins with the mildest."""
    listed = reading.announced(sentence)
    if order.name != "THC" or not listed:
        return None
    text = reading.text(sentence)
    types = {kind for kind in ("indica", "sativa", "hybrid") if kind in text}
    pool = reading.shown if order.is_highest else [one for one in reading.products if one.available is not False]
    rivals = [
        one
        for one in of_kind(reading, sentence, found, pool)
        if same_kind(one, listed[0]) and (not types or (one.flower_type or "").casefold() in types)
    ]
    own, values = _values(order, listed[0]), [value for one in rivals if (value := order.measure(one)) is not None]
    if not own or not values or (max(values) if order.is_highest else min(values)) in own:
        return None
    place = sentence.span.start + found.start()
    return rank_problem(reading, place, found, order, listed[0], None)


def _check_more(
    reading: DraftReading, sentence: Sentence, order: RankOrder, found: re.Match[str]
) -> Problem | None:
    text = reading.text(sentence)
    place = sentence.span.start + found.start()
    if (
        reading.draft.is_denied(place)
        or text.rstrip().endswith("?")
        or re.match(r"\s?(?:options?|ones|(?:with|by) (?:the )?sizes?)\b", text[found.end() :])
        or _is_than_a_kind(reading, sentence, found)
        or (re.match(r"\s?one\b(?! than)", text[found.end() :]) and not _THE_ONE.search(text[: found.start()]))
    ):
        return None
    if _is_amount_apart(text, found):
        return None
    subject = subject_at(reading, sentence, place)
    if order.measure is not per_unit and (pair := _STATED.match(text, found.end())):
        first, second = Decimal(pair["first"]), Decimal(pair["second"])
        own = [round_to(value, first) for value in _values(order, subject)] if subject else [first]
        if first == second or (first > second) != order.is_highest or (second in own and first not in own):
            return rank_problem(reading, place, found, order, subject, None)
    if subject is None:
        return None
    others = [
        one
        for one in sentence.mentions
        if one is not subject and not set(one.candidates) & set(subject.candidates)
    ]
    referred = [one for one in others if reading.is_reference(one)] or others
    if _INVERTED.match(text[found.end() :]) and not any(reading.is_reference(one) for one in others):
        referred = [one for one in others if one.end <= place]  # "cheaper still is X" refers back
    if not referred:
        pools = (reading.before(sentence), reading.asked, reading.spoken_of)
        others_in = ([one for one in pool if not set(one.candidates) <= set(subject.candidates)] for pool in pools)
        found_in = [pool for pool in others_in if pool]
        alike = [kept for pool in found_in if (kept := _alike(pool, subject))]
        referred = alike[0] if alike else [one for pool in found_in for one in pool]
    if not referred and order.measure is per_unit:
        families = {one.family for one in subject.candidates}
        sizes = [one for one in reading.products if one.family in families and one not in subject.candidates]
        referred = [Mention(-1, -1, (), tuple(sizes))] if sizes and len(subject.candidates) == 1 else []
    if not referred and found[0].startswith(("wins", "more mg")):
        return _check_best(reading, place, order, found, subject)
    if not referred or order.name == "size":
        return None
    own = _values(order, subject)
    other = [value for one in referred for value in _values(order, _closer(reading, one, subject))]
    if others and not (own and other) and order.name != "rating":
        return rank_problem(reading, place, found, order, subject, None)
    if order.name == "price" and subject.is_bare:
        by_unit, other_by_unit = _values(ORDERS[0], subject), _values(ORDERS[0], referred[0])
        if any(a < b for a in by_unit for b in other_by_unit):
            return None  # "the ounce is cheaper" may mean a gram of it
    if not own or not other or any((a > b) if order.is_highest else (a < b) for a in own for b in other):
        return None
    return rank_problem(reading, place, found, order, subject, list(referred[0].candidates))


def _is_amount_apart(text: str, found: re.Match[str]) -> bool:
    """Whether an amount stands before the comparison: the check of amounts judges "$2.50 cheaper"."""
    reach = 2 if found[0].startswith("easier") else 3  # "it costs $20, easier on the wallet" compares prices
    return not found[0].startswith(("cost", "cuesta", "runs", "is ", "comes")) and any(
        amount.end - 1 <= found.start() and found.start() - amount.end < reach for amount in money_in(text)
    )


def _is_than_a_kind(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> bool:
    kind = _THAN_A_KIND.match(reading.text(sentence), found.end())
    if kind is None:
        return False
    start, end = (sentence.span.start + place for place in kind.span())
    return not any(start <= one.start < end for one in sentence.mentions if not (one.is_bare or one.is_kind))


def _closer(reading: DraftReading, other: Mention, subject: Mention) -> Mention:
    """What "than your X" and "than the X one" mean of several X: what is bought, and the same size and kind."""
    kept = other.candidates
    if _YOURS.search(reading.words, 0, max(0, other.start)):
        kept = tuple(one for one in kept if one.bought) or kept
    if _ONE.match(reading.words, max(0, other.end)):
        sizes = {(one.category, one.grams, one.milligrams) for one in subject.candidates}
        kept = tuple(one for one in kept if (one.category, one.grams, one.milligrams) in sizes) or kept
    return replace(other, candidates=kept)


def _alike(pool: Sequence[Mention], subject: Mention) -> list[Mention]:
    """Mentions of the subject's kind: a pre-roll is compared with pre-rolls."""
    alike = [
        replace(one, candidates=tuple(each for each in one.candidates if same_kind(each, subject))) for one in pool
    ]
    return [one for one in alike if one.candidates]


def _check_best(
    reading: DraftReading, place: int, order: RankOrder, found: re.Match[str], subject: Mention
) -> Problem | None:
    """ "Per mg X wins" compares with all of its kind that were looked up."""
    rivals = [one for one in reading.shown if same_kind(one, subject) and one.available is not False]
    best = [value for one in rivals if (value := order.measure(one)) is not None]
    if not best or any(value <= min(best) for value in _values(order, subject)):
        return None
    return rank_problem(reading, place, found, order, subject, None)


def _values(order: RankOrder, mention: Mention) -> list[Decimal]:
    """The values of its products by an order; prices are multiplied by the quantity that the words give."""
    many = (mention.quantity or Decimal(1)) if order.name == "price" else Decimal(1)
    return [value * many for one in mention.candidates if (value := order.measure(one)) is not None]
