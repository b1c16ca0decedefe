"""Comparisons: "cheapest", "strongest", "cheaper than", "best value" must be true among what was looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import money_in
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.rank_orders import ORDERS, RankOrder, orders_of, per_unit
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.rivals import is_in_share, of_kind, rivals_of, same_kind, share_of
from motabot.conversation.reply_check.unbeaten import NOTHING, check_unbeaten, rank_problem
from motabot.conversation.reply_check.words import product_words
from motabot.text.regex import regex

_IS = regex(
    r"\b(?:is|are|was|has|have|gives?|tops|has the|es|son|tiene|wins)\b|'s\b|,\s*(?:the|our)\s*$|,\s*$|\(\s*$"
)
#: "X is the cheaper one" compares; "want a cheaper one?" does not.
_THE_ONE = regex(r"\b(?:is|es|'s|works out|comes out) (?:the |el |la )?$")
_NOUN = regex(r"\b(?:the|el|la) (\w+)\s(?:one\s)?(?:(?:is|has|gives|es|sale|tiene)\s[^,.;]*)?$")
#: "Your biggest visit": a receipt, not a product.
_OF_VISITS = regex(
    r"\s(?:\w+\s){0,2}?(?:visits?|purchases?|receipts?|trips?|orders?|month|days?|totals?|compras?|visitas?"
    r"|recibos?|mes)\b"
)
#: "From strongest to mildest" announces an order and describes no product.
_INVERTED = regex(r"(?: per (?:mg|gram|g))?(?:,? (?:yet|still|aun|todavia))*,? (?:is|are|es|son|the|el|la)\b")
_AN_ORDER = regex(
    r"\b(?:from|de|del) (?:the |la |el )?(?:\w+[- ]?){1,2} (?:to|a|al|down to) (?:the |la "
    r"|el )?(?:mas )?\w+\s?[:,]"
)
_OF_REFERENCE = regex(r"\b(?:than|to|with|as|like|vs\.?|que|a) (?:our|the|your|any|nuestr[oa]s?|las?|los)\s$")
_ELIDED = regex(r"\s*\([^)]*\)\s*(?:(?:the|our|also|most \w+|\w+est|best rated|,|and|y)\s*)*")
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
_ASIDE = regex(r"\s(?:isn'?t|is not|doesn'?t|does not|aren'?t|no)\b[^.;]{0,20}[.;]")
_SO_IT_IS = regex(
    r"[,;:.]\s(?:so |and |which means )?(?:it'?s|it is)\s(?:about |around )?(?:[\d.]+ \w+ |[\d.]+% )?$"
)
_NEAR = 28
_VERB = regex(r"(?:hits|packs|costs|runs|goes for|wins|cuesta|pega)\b")
#: "The largest is the 28g": the size is the subject.
_PREDICATE = regex(r"\w+(?: one| size| option)?\s(?:is|are|would be|being|es|son)\b|\w+\s?[:=]")


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
    if _OF_VISITS.match(text, found.end()):
        return None  # the check of receipts judges "your biggest visit"
    subject = _subject(reading, sentence, place)
    if subject is None:
        return _check_header(reading, sentence, order, found) or _check_listed(reading, sentence, order, found)
    rivals = rivals_of(reading, sentence, found, subject)
    own = [value for one in subject.candidates if (value := order.measure(one)) is not None]
    if order.name == "THC" and not order.is_highest and any(own):
        rivals = [one for one in rivals if order.measure(one) != 0]  # the mildest has some
    best = [value for one in rivals if (value := order.measure(one)) is not None]
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


def _called_again(reading: DraftReading, before: Sequence[Mention], place: int) -> Mention | None:
    """The product that a noun refers back to: "X is $5 and Y is $6, so the drink is better value"."""
    found = _NOUN.search(reading.words[before[-1].end : place]) if before else None
    if found is None:
        return None
    noun = product_words(found[1])
    called = [one for one in before if noun and all(noun[0] in product.words for product in one.candidates)]
    return called[0] if len(called) == 1 else None


def _subject(reading: DraftReading, sentence: Sentence, place: int) -> Mention | None:
    """The product that a superlative describes."""
    before = [one for one in sentence.mentions if one.end <= place and not reading.is_reference(one)]
    after = [
        one
        for one in sentence.mentions
        if one.start >= place
        and not reading.is_reference(one)
        and not (one.is_bare and one.start - place < _NEAR and not _PREDICATE.match(reading.words, place))
    ]
    if _OF_REFERENCE.search(reading.words, sentence.span.start, place):
        return after[0] if after else None  # "$3 more than our cheapest eighths, X and Y"
    if len(before) > 1 and _SO_IT_IS.search(reading.words[before[-1].end : place]):
        return before[0]  # "X has 24.8%, Y 19.8%, so it's stronger"
    if again := _called_again(reading, before, place):
        return again
    if before and _VERB.match(reading.words, place):
        return before[-1]  # "X hits harder: 35.8% against 28.3% for Y" describes X
    if before and after and _is_next(reading, sentence, place, before[-1], after[0]):
        return after[0]
    if before and _ELIDED.fullmatch(reading.words, before[-1].end, place):
        return before[-1]  # "A ($20) is strongest, B ($18) mildest and cheapest"
    if before and (not after or _IS.search(reading.words[before[-1].end : place])):
        clause = reading.words[before[-1].end : place]
        is_new = re.search(r"[.;](?=\s)|,\s(?:and|our|the)\b", clause)
        if not (after and is_new) or re.search(r"[;\d]", reading.words[place : after[0].start]):
            return before[-1]
    if after:
        return after[0]
    if before:
        return before[-1]
    if re.match(r"\s*(?:it'?s|it is|that'?s|that one|es|this one)\b", reading.text(sentence)) and sentence.carried:
        last = sentence.carried[-1]
        is_aside = _ASIDE.match(reading.words, last.end)  # in "X is sleepy and Y isn't. It's ...", "it" is X
        return sentence.carried[0] if is_aside else last
    return None


def _is_next(reading: DraftReading, sentence: Sentence, place: int, last: Mention, following: Mention) -> bool:
    """Whether a superlative begins a new statement: "the strongest is X ($32), the mildest Y" is about Y."""
    ahead = reading.words[sentence.span.start : last.start]
    is_beside = re.fullmatch(r"[\w-]+(?: \w+)? (?:is |es |the )?", reading.words[place : following.start])
    return bool(is_beside) and any(order.most.search(ahead) for order in ORDERS)


def _check_more(
    reading: DraftReading, sentence: Sentence, order: RankOrder, found: re.Match[str]
) -> Problem | None:
    text = reading.text(sentence)
    place = sentence.span.start + found.start()
    if (
        reading.draft.is_denied(place)
        or text.rstrip().endswith("?")
        or re.match(r"\s?(?:options?\b|ones\b)", text[found.end() :])
        or _is_than_a_kind(reading, sentence, found)
        or (re.match(r"\s?one\b(?! than)", text[found.end() :]) and not _THE_ONE.search(text[: found.start()]))
    ):
        return None
    is_amount = not found[0].startswith(("cost", "cuesta", "easier"))
    if is_amount and any(
        amount.end - 1 <= found.start() and found.start() - amount.end < 3 for amount in money_in(text)
    ):
        return None  # the check of amounts judges "$2.50 cheaper"
    subject = _subject(reading, sentence, place)
    if order.measure is not per_unit and (pair := _STATED.match(text, found.end())):
        first, second = Decimal(pair["first"]), Decimal(pair["second"])
        if first == second or (first > second) != order.is_highest:
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
        found_in = [_alike(pool, subject) for pool in found_in]
        is_pair = re.search(r"\bof (?:the|your|those) two\b|\bde (?:los|las) dos\b", text)
        referred = found_in[0] if is_pair and found_in else [one for pool in found_in for one in pool]
    if not referred and order.measure is per_unit:
        families = {one.family for one in subject.candidates}
        sizes = [one for one in reading.products if one.family in families and one not in subject.candidates]
        referred = [Mention(-1, -1, (), tuple(sizes))] if sizes and len(subject.candidates) == 1 else []
    if not referred and found[0].startswith(("wins", "more mg")):
        return _check_best(reading, place, order, found, subject)
    if not referred or order.name == "size":
        return None
    own = _values(order, subject)
    other = [value for one in referred for value in _values(order, one)]
    if others and not (own and other) and order.name != "rating":
        return rank_problem(reading, place, found, order, subject, None)
    if order.name == "price" and subject.is_bare:
        own, other = own + _values(ORDERS[0], subject), other + _values(ORDERS[0], referred[0])
        if any(a < b for a in own for b in other):
            return None
    if not own or not other or any((a > b) if order.is_highest else (a < b) for a in own for b in other):
        return None
    return rank_problem(reading, place, found, order, subject, list(referred[0].candidates))


def _is_than_a_kind(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> bool:
    kind = _THAN_A_KIND.match(reading.text(sentence), found.end())
    if kind is None:
        return False
    start, end = (sentence.span.start + place for place in kind.span())
    return not any(start <= one.start < end for one in sentence.mentions if not (one.is_bare or one.is_kind))


def _alike(pool: Sequence[Mention], subject: Mention) -> list[Mention]:
    """Mentions of the subject's kind, if there are any: a pre-roll is compared with pre-rolls."""
    alike = [
        replace(one, candidates=tuple(each for each in one.candidates if same_kind(each, subject))) for one in pool
    ]
    return [one for one in alike if one.candidates] or list(pool)


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
