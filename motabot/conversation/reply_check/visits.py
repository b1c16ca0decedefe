"""Visits and purchases: what was bought when, how often, how many, where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.dates import BUY, VISIT
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import (
    days_in,
    points_in,
    read_number,
)
from motabot.conversation.reply_check.grounds import roots_of
from motabot.conversation.reply_check.long_ago import spans_ago
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.receipts import (
    ORDINAL,
    period_at,
    period_in,
    visits_meant,
)
from motabot.conversation.reply_check.records import Visit
from motabot.text.normalize import fold_in_place
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_TOTALED = regex(r"\btotal\b|\bin all\b|\bspent\b|\bgastaste\b")
_NUMBER = rf"(?:\d{{1,4}}|{SPOKEN_NUMBER})"
_TIMES = regex(
    rf"\b(?P<number>{_NUMBER})\s(?:(?:different|separate|total|recent)\s)?(?:times|visits?|purchases|veces"
    rf"|visitas?|compras)\b"
    rf"|\b(?P<word>once|twice|thrice|una vez)\b|\b(?:visits|visitas): ?(?P<after>\d+)"
)
#: "Three times over", "twice as strong": not a number of visits or purchases.
_MANIFOLD = regex(
    r"\s(?:every\b|each\b|per\b|cada\b|over\b|as \w+|that\b|the (?:\w+ )?(?:thc|strength|price|amount|dose"
    r"|weight|size|grams?|mg|flower"
    r"|points|value|cost|cbd|potency)|mas|stronger|the size)"
)
#: "The most you spent in one visit" counts no visits.
_IN_ONE = regex(
    r"\b(?:in|on|during|at|per|en) (?:just |only |solo )?(?:one|a single|1|una(?: sola)?) (?:visit|visita"
    r"|compra)$"
)
#: "Your last visit, on May 5, was X and Y".
_VISIT_WAS = regex(
    r"\b(?:visit|time|trip|purchase|visita|vez|compra)\b[^.;:!?]{0,28}?\b(?:was|were|had|included|fue"
    r"|fueron|tuvo)\b"
)
#: "You picked one up on your last visit" means the product of the sentence before.
_BOUGHT_IT = regex(
    r"\byou (?:also |last )?(?:picked|got|grabbed|bought|had|took|chose) (?:one|it|that|this|them|some"
    r"|\w+ of (?:them|those))\b"
    r"|\b(?:lo|la|los|las) (?:compraste|llevaste|pediste)\b"
)
_RETURNED = regex(r"\b(?:returned|gave back|brought back|refund for|devolviste|regresaste)\b")
#: "That's $28 less than last time" is about a future purchase, not a past one.
_THAN_THEN = regex(
    r"\b(?:would|'d|will|seria\w*)\b.*\b(?:than|as|like|que) (?:the |la )?(?:last|ultima) (?:time|visit|vez"
    r"|visita)\b"
)
_AGAINST = regex(
    rf"\b(?:times|veces),? (?:against|vs\.?|versus|compared (?:to|with)|and|contra"
    rf"|y) (?P<number>{_NUMBER})(?: times| veces)? "
    r"(?:for|of|de|por)\b"
)
_IN_TIME = regex(r" (?:this|last|in|since|so far|on|before|already|este|en|desde|el)\b")
_WORDS = {"once": 1, "twice": 2, "thrice": 3, "una vez": 1}
_EVERY = regex(
    rf"\bevery (?P<low>{_NUMBER}|couple of)(?:(?:\s?-\s?|\sto\s|\sor\s)(?P<high>{_NUMBER}))?\s(?P<unit>days?"
    rf"|weeks?|months?)\b|\bcada (?P<bajo>{_NUMBER})(?: (?:a|o) (?P<alto>{_NUMBER}))?\s(?P<unidad>dias?"
    rf"|semanas?)\b"
)
_ITEMS = regex(rf"\b(?P<number>{_NUMBER}) (?:items?|things|products|articulos|productos)\b")
#: "Purple Punch doesn't show up in your history" tells what was not bought.
_NEVER = regex(
    r"\b(?:doesn'?t|does not|don'?t|isn'?t|not|never|nowhere|haven'?t|no) (?:\w+ )?(?:show|appear|see|seen|find"
    r"|listed|on|in|bought|tried|had"
    r"|aparece|veo|compraste|has)\b"
)
_AT = r"(?:in|at|en|by|de|to|from|was|were|al?) "
_ALL_VISITS = regex(
    r"\b(?:all|each|every(?: one| single one)?) (?:of )?(?:your|these|those) (?:\w+ )?(?:visits?|trips?"
    r"|stops?|purchases?)\b"
    r"|\btodas tus (?:visitas|compras)\b"
)
_BUT_SOME = regex(r"\b(?:but|except|save|nearly|almost|most|casi|menos|excepto|in (?:20\d\d|\w+uary|\w+ber))\b")
_ALL_OF_THEM = regex(r"\b(?:both|all|each|every|always|todas?|ambas|las dos|siempre)\b")
_ROUTINE = regex(r"\bdo not\b|\bdon'?t\b")


def check_purchases(reading: DraftReading) -> Iterator[Problem]:
    """What a reply says was bought on a visit is on its receipt, in that quantity and at that store."""
    places = {fold_in_place(visit.location): visit.location for visit in reading.facts.visits if visit.location}
    for store in reading.facts.shop.get("locations") or ():
        places.setdefault(fold_in_place(str(store.get("name"))), str(store.get("name")))
    for sentence in reading.sentences:
        text = reading.text(sentence)
        visits = visits_meant(reading, sentence) or _all_meant(reading, text)
        if not visits or _ROUTINE.search(text) or _NEVER.search(text) or _THAN_THEN.search(text):
            continue
        yield from _wrong_places(text, places, visits, reading.facts.visits)
        is_listed = ":" in text and (any(days_in(text)) or bool(ORDINAL.search(text)))
        if not (
            is_listed
            or BUY.search(text)
            or _VISIT_WAS.search(text)
            or _BOUGHT_IT.search(text)
            or _RETURNED.search(text)
            or (_TOTALED.search(text) and any(days_in(text)))
        ):
            continue
        told = sentence.mentions or (sentence.carried[-1:] if _BOUGHT_IT.search(text) else [])
        for mention in told:
            if reading.is_reference(mention) or mention.is_bare:
                continue
            if problem := _on_receipt(reading, mention, visits):
                yield problem


def _all_meant(reading: DraftReading, text: str) -> tuple[Visit, ...]:
    """Every known receipt, for "all your visits were in Oakland"."""
    return reading.facts.visits if _ALL_VISITS.search(text) and not _BUT_SOME.search(text) else ()


def _wrong_places(
    text: str, places: dict[str, str], visits: tuple[Visit, ...], known: tuple[Visit, ...]
) -> Iterator[Problem]:
    """Stores that a sentence gives to visits at another; of several stores, each has some known visit."""
    named = [
        (place, written)
        for place, written in places.items()
        if re.search(
            rf"\b{_AT}(?:our |the |your |an? |nuestra |la )?(?:tienda de )?{re.escape(place)}\b"
            rf"|\b{re.escape(place)} (?:trip|visit|stop|run|receipt|purchase)\b",
            text,
        )
    ]
    for place, written in named:
        where = [fold_in_place(visit.location or place) for visit in (visits if len(named) == 1 else known)]
        is_right = all if _ALL_OF_THEM.search(text) and len(named) == 1 else any
        if not is_right(one == place for one in where):
            yield Problem("place", written, f"The visit was not in {written}. It was in {visits[0].location}.")


def _on_receipt(reading: DraftReading, mention: Mention, visits: tuple[Visit, ...]) -> Problem | None:
    names = {one.folded for one in mention.candidates}
    lines = [line for visit in visits for line in visit.lines if fold_in_place(line.name) in names]
    excerpt = reading.draft.excerpt(mention.start, mention.end)
    if not lines:
        return Problem(
            "purchase", excerpt, f'"{excerpt}" is not on the receipt of that day. Look it up, or leave it out.'
        )
    if mention.quantity is not None and all(abs(line.quantity) != mention.quantity for line in lines):
        right = f"{abs(lines[0].quantity):f}"
        return Problem(
            "count", excerpt, f'The receipt has {right} of "{excerpt}", not {mention.quantity:f}. Correct it.'
        )
    return None


def check_counts(reading: DraftReading) -> Iterator[Problem]:
    """Numbers of visits, purchases, items and days are those of the account, a product, a period or a receipt."""
    days = [*days_in(reading.words)]
    for found in _TIMES.finditer(reading.words):
        if any(day.start < found.start() < day.end for day in days):
            continue  # "your November 20 visit"
        written = found["number"] or found["after"]
        number = read_number(written) if written else Decimal(_WORDS[found["word"]])
        sentence = reading.sentence_at(found.start())
        if found["word"] and not _is_of_visits(reading, sentence, found):
            continue
        if _MANIFOLD.match(reading.words[found.end() :]) or _IN_ONE.search(reading.words[: found.end()]):
            continue
        if not reading.filled_at(found.start(), found.start() + 1) and not _is_known_count(
            reading, sentence, number, found.start()
        ):
            yield _wrong_count(reading, found)
    yield from _check_compared_counts(reading)
    for found in _ITEMS.finditer(reading.words):
        visits = visits_meant(reading, reading.sentence_at(found.start()))
        sums = {sum((line.quantity for line in visit.lines), Decimal()) for visit in visits} | {
            Decimal(len(visit.lines)) for visit in visits
        }
        sums |= {abs(number) for number in sums}
        if visits and read_number(found["number"]) not in sums | reading.facts.computed:
            yield _wrong_count(reading, found)
    yield from _check_rhythm(reading)


def _is_of_visits(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether "once" or "twice" says how often somebody came or bought: "asking twice" does not."""
    text = reading.text(sentence)
    if found["word"] == "once":
        is_then = re.match(r" (?:the|you|we|it|a person)\b", reading.words[found.end() :])
        return bool(VISIT.search(text)) and not is_then
    is_told = VISIT.search(text) or BUY.search(text) or _IN_TIME.match(reading.words, found.end())
    return bool(is_told or not text[: found.start() - sentence.span.start].strip())


def _check_compared_counts(reading: DraftReading) -> Iterator[Problem]:
    """ "17 times against 11 for Y": the second number is Y's."""
    for found in _AGAINST.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        after = next((one for one in sentence.mentions if 0 <= one.start - found.end() < 12), None)
        if after and read_number(found["number"]) not in set(_times_bought(reading, after)):
            yield _wrong_count(reading, found)


def _is_known_count(reading: DraftReading, sentence: Sentence, number: Decimal, place: int) -> bool:
    text = reading.text(sentence)
    facts = reading.facts
    balance = facts.account.points
    if balance and any(one.value and number == balance // one.value for one in points_in(text)):
        return True  # "400 points make it, so with 1286 you could do that three times"
    if (
        number in facts.computed
        or _is_of_entry(reading, number, place)
        or text.rstrip().endswith("?")
        or (number in facts.asked_numbers and _ROUTINE.search(text))
    ):
        return True
    period = period_at(reading, sentence, place, [one.start() for one in _TIMES.finditer(reading.words)])
    names = {one.folded for mention in sentence.mentions for one in mention.candidates}
    if (
        period
        and names
        and number == sum(any(fold_in_place(line.name) in names for line in visit.lines) for visit in period)
    ):
        return True
    bought = {count for mention in sentence.subjects for count in _times_bought(reading, mention)}
    if sentence.mentions and (BUY.search(text) or number in bought):
        return number in bought
    if re.search(
        r"\blast (?:two|three|four|five|\d+) visits\b|\bultim[ao]s (?:dos|tres|cuatro|cinco|\d+)\b", text
    ):
        return number <= len(facts.visits) or text.rstrip().endswith("?")
    today = facts.today
    if today and (period_in(text, today) or any(period_in(asked, today) for asked in facts.asked)):
        sales = [visit for visit in period if not visit.refund]
        return number in {Decimal(len(sales)), Decimal(len({visit.day for visit in sales}))}
    return (
        number == facts.account.visits
        or number in bought
        or (facts.account.visits is None and number in facts.numbers)
    )


def _is_of_entry(reading: DraftReading, number: Decimal, place: int) -> bool:
    """Whether a knowledge entry says so, in figures or in words: "click the button five times"."""
    before = roots_of((reading.words[max(0, place - 40) : place],))
    return any(
        number in (read_number(found["number"] or "0"), Decimal(_WORDS.get(found["word"], 0)))
        and len(before & roots_of((entry[: found.start()],)))
        for entry in reading.facts.entries
        for found in _TIMES.finditer(entry)
    )


def _times_bought(reading: DraftReading, mention: Mention) -> Iterator[Decimal]:
    """How often a product was bought, by its record and by the known receipts, in visits and in pieces."""
    names = {one.folded for one in mention.candidates}
    yield from (Decimal(one.bought) for one in mention.candidates if one.bought is not None)
    lines = [line for visit in reading.facts.visits for line in visit.lines if fold_in_place(line.name) in names]
    yield Decimal(len(lines))
    yield sum((line.quantity for line in lines), Decimal())


def _check_rhythm(reading: DraftReading) -> Iterator[Problem]:
    usual = reading.facts.account.usual_days
    for found in _EVERY.finditer(reading.words):
        low_written, high_written = found["low"] or found["bajo"], found["high"] or found["alto"]
        low = Decimal(2) if low_written == "couple of" else read_number(low_written)
        high = read_number(high_written) if high_written else low
        unit = found["unit"] or found["unidad"]
        scale = 7 if unit.startswith(("week", "semana")) else 30 if unit.startswith("month") else 1
        margin = Decimal(0) if high_written else Decimal("0.6") * scale
        if usual is None or not low * scale - margin - Decimal("0.05") <= usual <= high * scale + margin + Decimal(
            "0.05"
        ):
            yield _wrong_count(reading, found)
    for found in spans_ago(reading):
        yield _wrong_count(reading, found)


def _wrong_count(reading: DraftReading, found: re.Match[str]) -> Problem:
    excerpt = reading.draft.excerpt(*found.span())
    return Problem("count", excerpt, f'"{excerpt}" is not what the facts say. Look it up, or leave it out.')
