"""Weights and doses: milligrams and grams, each of the product, and of the THC or CBD, that it describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from motabot.conversation.reply_check.contents import round_to, wrong
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import Amount, money_in, percents_in, read_number
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, Sentence, products_of
from motabot.conversation.reply_check.subjects import Subject, subject_of
from motabot.conversation.reply_check.words import is_size, product_words
from motabot.text.number_words import ENGLISH, SPOKEN_NUMBER, number_words
from motabot.text.regex import regex

_AMOUNT = regex(
    r"(?<![\w.$/-])(?P<from>\d+(?:\.\d+)?)?(?:\s?(?:-|to|and|or|a|y"
    r"|o)\s?)?(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<unit>mg|milligrams?|miligramos?|g"
    r"|grams?|gramos?)\b"
)
_COUNTED = list(number_words(2, 12, (ENGLISH,)))
_HALF = {
    "half": Decimal("0.5"),
    "mitad": Decimal("0.5"),
    "media": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "cuarto": Decimal("0.25"),
    "third": Decimal(1) / 3,
}
_DOSE_TALK = regex(
    r"\b(?:start\w*|beginners?|typical|common|recommended|take|new to|first[- ]timers?|empieza|principiantes?)\b"
)
#: "A quarter of a 20mg Gingerbread would be 5mg".
_PART_OF = regex(
    rf"\b(?P<part>{'|'.join(_HALF)})(?: of)?(?: de)? (?:an? |the |one |your |un |una |la |el "
    rf"|of )*(?=[^.;,]*\b(?:is|are|would be|gives|makes|has|es|son|seria)"
    r" (?:about |around |only |just )?$)"
)
_SHARE = regex(r"\b(?:half|quarter|third|mitad)(?: of (?:it|one|that))? (?:would be|is|gives|has|seria|son)\b")
#: More than this many milligrams are the contents of a package, not a dose.
_ONE_SERVING = 10
_THE_OTHERS = regex(r"\b(?:the|las|los|every|all the) (?:others?|rest|otr[oa]s|demas)\b")
_PER_DOLLAR = regex(r"\b(?:per|for (?:each|every)|a|por(?: cada)?) (?:dollar|buck|dolar)\b")
_PACK = regex(r"\b(\d{1,2})[- ]?pack\b")
_EACH = regex(r"\b(?:each|apiece|per (?:joint|pre-?roll|one)|a joint|cada un[oa])\b")
#: "3,500 mg times the percentage", "3,500 mg of flower".
_TAKEN_TIMES = regex(
    r"\s?(?:total |of (?:flower|bud|weed) |de flor )?(?:x|\*|times|multiplied by|by|por|de flor"
    r"|of (?:flower|bud)"
    r"|total weight)(?!\w)"
)

_COMPOUND = regex(r"\s(?:of |de |total )?(?P<name>thc|cbd)\b")
#: "Every 1% of THC is about 35mg" tells what a percent weighs, not what a product has.
_COMPOUND_AHEAD = regex(
    r"(?<!% of )(?<!% de )\b(?P<name>thc|cbd)(?: content)?(?: is| at|:| of| de)\s(?:about |only |just )?$"
)
#: A size with the word before it, as in a name.
_IN_NAME = regex(r"[a-z][\w#']+ \d+(?:\.\d+)?\s?m?g$")
_OUNCES = regex(
    r"\b(?P<number>half an|an?|one|two|three|four|una|dos|tres|media|\d+(?:\.\d+)?)\s"
    r"(?:full )?(?:ounces?|oz|onzas?)\b"
)
_LIMIT_TALK = regex(
    r"\b(?:(?:a|per|each|every) (?:day|visit)|daily|limit|maximum|at (?:once|a time)|al dia|por (?:dia"
    r"|visita))\b"
)
_TOO_MUCH = regex(r"\b(?:over|more than|above|past|exceeds?|too much|not|can'?t|isn'?t|mas de|no)\b")
_APART = regex(r"\s(?:of )?(?:thc |cbd )?(?:more|less|extra|apart|higher|lower|mas|menos)\b")
#: "Want me to check 14g options too?" says nothing of any product.
_OFFERED = regex(
    r"\b(?:want|would you like|should i|shall i|can i|prefer|do you|are you|quieres|te gustaria|prefieres"
    r"|te busco|busco|buscas)\b"
    r"[^?]*\?\s*$"
)
_LIST_NUMBER = regex(r"(?:^|\n)\s*\d{1,2}[.)]\s")
_COUNT = regex(
    rf"(?<![\w.$#%-])(?:\d{{1,2}}|{SPOKEN_NUMBER})(?![\w%-]|\.\d|\s?(?:m?g|\w*gram[os]*|%|am|pm|oz|out of)\b)"
)


def check_weights(reading: DraftReading) -> Iterator[Problem]:
    """Every dose and weight is its product's, follows from weight and content, or is stated by the shop."""
    for sentence in reading.sentences:
        for mention in sentence.mentions:
            if mention.wrong_size:
                excerpt = reading.draft.excerpt(mention.start, mention.end)
                yield Problem(
                    "size",
                    f"{excerpt} {mention.wrong_size}",
                    f'No "{excerpt}" of {mention.wrong_size} was looked up. Look it up, or correct the size.',
                )
    yield from _check_limits(reading)
    for found in _AMOUNT.finditer(reading.words):
        if _OFFERED.search(reading.text(reading.sentence_at(found.start()))):
            continue
        for name in ("from", "number"):
            if found[name] is None or (name == "from" and reading.words[found.end("from")] not in " -"):
                continue
            amount = Amount(Decimal(found[name].replace(",", "")), found.start(name), found.end())
            if reading.filled_at(found.start(name), found.end(name)):
                continue
            label = compound_at(reading, amount)
            if not _is_weight(reading, amount, "mg" if found["unit"].startswith("m") else "g", label):
                yield wrong(
                    reading,
                    amount,
                    "It is of no product named here and does not follow from one. Look it up, or leave it out.",
                )


def _check_limits(reading: DraftReading) -> Iterator[Problem]:
    """How many ounces somebody may buy is as an entry or the shop says it."""
    for found in _OUNCES.finditer(reading.words):
        if not _LIMIT_TALK.search(reading.text(reading.sentence_at(found.start()))):
            continue
        stated = {one["number"] for text in reading.facts.statements for one in _OUNCES.finditer(text)}
        asked = {_count(one["number"]) for text in reading.facts.said for one in _OUNCES.finditer(text)}
        if _count(found["number"]) in asked and _TOO_MUCH.search(reading.text(reading.sentence_at(found.start()))):
            continue  # "two ounces are over the limit" answers the customer
        if _count(found["number"]) not in {_count(one) for one in stated}:
            yield wrong(reading, Amount(Decimal(), *found.span()), "Say the limit of the shop's entry, or none.")


def _count(written: str) -> str:
    return {"one": "an", "1": "an", "a": "an", "una": "an", "two": "2", "dos": "2"}.get(written, written)


def _is_weight(reading: DraftReading, amount: Amount, unit: str, label: str | None) -> bool:
    sentence = reading.sentence_at(amount.start)
    if any(mention.start <= amount.start < mention.end for mention in sentence.mentions):
        return label is None or not _is_of_other(reading, amount, label)
    if (name := _IN_NAME.search(reading.words, sentence.span.start, amount.end)) and any(
        name[0] in known for known in reading.facts.strings
    ):
        return True  # "Headband 3.5g" is the name of a row of what was summed up
    stated = f"{amount.value.normalize():f}"
    pattern = re.compile(
        rf"(?<![\w.]){re.escape(stated)}(?:\.0+)?(?: to \d[\d.]*| a \d[\d.]*|-\d[\d.]*)?\s?(?:{unit}"
        rf"|{'milli' if unit == 'mg' else ''}gram)"
    )
    has_price = any(money_in(reading.text(sentence)))  # "the largest is 14 grams at $199" is of a product
    if (part := _PART_OF.search(reading.words, sentence.span.start, amount.start)) and unit == "mg":
        named = [one for one in sentence.mentions if part.end() - 1 <= one.start < part.end() + 8]
        doses = [one.milligrams for one in products_of(named) if one.milligrams is not None]
        if doses:
            return any(dose * _HALF[part["part"]] == amount.value for dose in doses)
    is_general = not (sentence.mentions or has_price) or _DOSE_TALK.search(reading.text(sentence))
    subject = subject_of(reading, amount.start, amount.end)
    is_dose = unit == "mg" and amount.value <= _ONE_SERVING and not subject.is_slot
    texts = (*reading.facts.asked, *(reading.facts.statements if is_general or is_dose else ()))
    if any(pattern.search(text) for text in texts):
        return True
    if unit == "mg" and (
        _is_whole_weight(reading, amount, subject, sentence) or (label is None and _is_reckoned(reading, amount))
    ):
        return True
    if not sentence.mentions and _DOSE_TALK.search(reading.text(sentence)):
        return False  # only the shop's own statements say how much to take
    if any(mention.wrong_size and mention.end <= amount.start <= mention.end + 2 for mention in sentence.mentions):
        return True  # reported as the size of its product
    own = products_of(subject.mentions) or products_of(sentence.subjects)
    first = next((one for one in sentence.mentions if not one.is_bare), None)
    is_ahead = first is not None and amount.end <= first.start and not subject.is_slot
    is_heading = re.match(r"\s?:", reading.words[amount.end :])
    if (
        is_ahead
        or is_heading
        or _THE_OTHERS.search(reading.text(sentence))
        or (not sentence.mentions and not subject.is_slot)
    ):
        own = tuple(dict.fromkeys([*own, *reading.shown]))
    pool = own if not subject.is_contrast else (*own, *products_of(reading.pool(sentence)))
    values = list(_weights(reading, pool, unit, label))
    if _APART.match(reading.words, amount.end):
        near = set(_weights(reading, (*pool, *products_of(reading.pool(sentence))), unit, label))
        values = [abs(first - second) for first in near for second in near if first != second]
    return any(round_to(value, amount.value) == amount.value for value in values) or any(
        abs(value - amount.value) <= value / 100 and amount.value > 100 and unit == "mg" for value in values
    )


def compound_at(reading: DraftReading, amount: Amount) -> str | None:
    """The compound of a figure: "thc", "cbd", or None if nothing says it."""
    found = _COMPOUND.match(reading.words, amount.end) or _COMPOUND_AHEAD.search(reading.words, 0, amount.start)
    return found["name"] if found else None


def _is_of_other(reading: DraftReading, amount: Amount, label: str) -> bool:
    """Whether the dose in a product's name is of the other compound: "the CBD Capsule 20mg THC"."""
    named = next(one for one in reading.sentence_at(amount.start).mentions if one.start <= amount.start < one.end)
    known = [(one.thc, one.cbd) for one in named.candidates if one.unit == "mg" and one.thc is not None]
    return bool(known) and all((thc if label == "thc" else cbd) != amount.value for thc, cbd in known)


def _is_whole_weight(reading: DraftReading, amount: Amount, subject: Subject, sentence: Sentence) -> bool:
    """Whether milligrams are a product's whole weight, of which its THC is a part: "3,500 mg x 24%"."""
    if not _TAKEN_TIMES.match(reading.words[amount.end :]):
        return False
    pool = products_of([*subject.mentions, *sentence.subjects])
    return any(one.grams is not None and one.grams * 1000 == amount.value for one in pool)


def _is_reckoned(reading: DraftReading, amount: Amount) -> bool:
    """Whether "an eighth is 3,500mg, so every 10% is 350mg" turns a size that it names into milligrams."""
    text = reading.text(reading.sentence_at(amount.start))
    weights = {
        Decimal(word[:-1]) * 1000
        for word in product_words(text)
        if is_size(word) and word[-2:] != "mg" and word[-1] == "g"
    }
    shares = {share.value for share in percents_in(text)}
    return amount.value in weights | {weight * share / 100 for weight in weights for share in shares}


def _weights(
    reading: DraftReading, products: Iterable[Product], unit: str, label: str | None
) -> Iterator[Decimal]:
    text = reading.words
    counts = {int(read_number(found[0])) for found in _COUNT.finditer(_LIST_NUMBER.sub(" ", text))}
    stated_share = _SHARE.search(text)
    parts = [share for word, share in _HALF.items() if re.search(rf"\b{word}\b", text)]
    for one in products:
        if unit == "g":
            if one.grams is not None:
                yield one.grams
                yield from (one.grams * count for count in range(2, 21) if count in counts)
            continue
        thc, cbd = one.milligrams, one.cbd if one.unit == "mg" else None
        doses = [dose for name, dose in (("thc", thc), ("cbd", cbd)) if dose is not None and label in (None, name)]
        if one.grams is not None and one.unit != "mg":
            shares = (("thc", one.thc), ("cbd", one.cbd if label else None))
            doses += [
                one.grams * share * 10 for name, share in shares if share is not None and label in (None, name)
            ]
        if one.price and _PER_DOLLAR.search(text):
            yield from (dose / one.price for dose in doses)
        if (pack := _PACK.search(one.folded)) and _EACH.search(text):
            yield from (dose / Decimal(pack[1]) for dose in doses)
        for dose in doses:
            if stated_share is None:
                yield dose
            yield from (dose * part for part in parts)
            yield from (
                dose * count
                for count in range(2, 13)
                if re.search(rf"(?<![\w.])(?:{count}|{_COUNTED[count - 2]})(?![\w.])", text)
            )
            yield from (
                dose / count
                for count in (2, 4, 5, 10)
                if re.search(rf"\b{count} (?:pieces?|piezas?|servings?)\b", text)
            )
