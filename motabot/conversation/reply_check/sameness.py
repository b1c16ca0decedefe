"""Sameness: "the same price", "about as strong as", "identical terpenes" are computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.groups import joined_before
from motabot.conversation.reply_check.mentions import Mention
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.rank_orders import per_unit
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

#: A number with its unit, or a set of words; None or empty is not known.
Value = tuple[Decimal, str] | frozenset[str]

_PRICE = r"price|cost|money|amount|precio|costo"
_STRENGTH = r"strength|potency|thc(?: (?:content|level|percentage))?|dose|dosage|mg|fuerza|potencia|dosis|thc"
SAME = regex(
    r"\b(?:(?P<about>about|roughly|nearly|almost|practically|pretty much|basically|more or less|virtually|casi) )?"
    r"(?:(?:exactly |just )?(?:the (?:exact )?same|identical|equal|(?:exactamente )?(?:el|la|los|las) mism[oa]s?"
    r"|(?P<close>(?:a |very |in )?(?:similar|comparable|like)|on par(?: in)?|(?:neck and neck|even|alike"
    r"|close) (?:in|on|for)"
    r"|parecid[oa]s? en|iguales en))\s(?:in |on )?(?:\w+ and )?"
    rf"(?:(?P<price>{_PRICE})|(?P<strength>{_STRENGTH})|(?P<cbd>cbd(?: content)?)|(?P<size>size|weight|grams"
    rf"|tamano|peso)"
    r"|(?P<effects>(?:listed )?effects|efectos)|(?P<terpenes>(?:\w+ )?terpenes?(?: profile)?|terpenos)"
    r"|(?P<flavors>flavors?|flavours?|taste|sabor(?:es)?)|(?P<rating>rating|calificacion))\b"
    r"|(?:costs?|priced|runs?|cuestan?|valen?|salen?) (?:exactly |both |all |about )?"
    r"(?P<paid>the same|lo mismo|igual)(?= as| que|[.,;!]|$| price| per| each| por)"
    r"|(?:price|cost|precio)(?: (?:per|a|by the|por) (?:gram|gramo|mg))? (?:is|es) (?:about )?"
    r"(?P<level>the same|(?:el|lo) mismo)|(?:are|is) (?:exactly |both |all "
    r"|about )?(?P<alike>the same)(?= price| per)"
    r"|(?:just |every bit |exactly |equally |about )?(?:as|equally|igual de|tan) "
    r"(?:(?P<strong>strong|potent|powerful|much thc|fuertes?|potentes?)|(?P<cheap>cheap|expensive|affordable"
    r"|barat[oa]s?|car[oa]s?))\b"
    r"|(?P<matched>match(?:es|ed)? in (?:strength|potency|thc)))"
)
_PER_UNIT = regex(r"[^.;!?]{0,24}\b(?:per|a|by the|por|el|al) (?:gram|gramo|mg)\b|\bper (?:gram|mg)\b")
_UNIT_AHEAD = regex(r"\b(?:per|by the|por) (?:gram|gramo|mg)\b[^.;!?]{0,24}$")
_OTHER_SIDE = regex(
    r"[^.;!?]{0,16}?\b(?:as|que|to|with|con|como|a)\s(?:(?:the|your|our|that|el|la|tu|un|una|an?)\s)*"
)
_ORDINAL = regex(r"\b(?:first|second|third|last|primer[oa]?|segund[oa]|tercer[oa]?|ultim[oa])\b")
_OF_PAST = regex(
    r"\b(?:you (?:paid|spent|got)|last (?:time|visit)|as (?:before|usual|always)|that day|pagaste|points?"
    r"|puntos)\b"
)
#: Sides that hardly differ are called alike, the more so the vaguer the words: up to this part of the larger.
_TWENTIETH, _TENTH, _FOURTH = Decimal(20), Decimal(10), Decimal(4)


def _strength(one: Product) -> Value | None:
    if one.thc is not None and one.unit != "mg":
        return one.thc, "%"
    return (one.milligrams, "mg") if one.milligrams is not None else None


def _unit_price(one: Product) -> Value | None:
    value = per_unit(one)
    return (round(value, 2), "a unit") if value is not None else None


def _number(measure: Callable[[Product], Decimal | None], unit: str) -> Callable[[Product], Value | None]:
    return lambda one: None if (value := measure(one)) is None else (value, unit)


_price = _number(lambda one: one.price, "$")
_MEASURES: dict[str, Callable[[Product], Value | None]] = {
    **dict.fromkeys(("price", "paid", "level", "alike", "cheap"), _price),
    **dict.fromkeys(("strength", "strong", "matched"), _strength),
    "cbd": _number(lambda one: one.cbd, "%"),
    "size": _number(lambda one: one.grams, "g"),
    "rating": _number(lambda one: one.rating, "stars"),
    "effects": lambda one: one.effects or None,
    "terpenes": lambda one: one.terpenes or None,
    "flavors": lambda one: one.flavors or None,
}


def check_sameness(reading: DraftReading) -> Iterator[Problem]:
    """Two products are called alike in price, strength, size or words only if they are."""
    for found in SAME.finditer(reading.words):
        sentence = reading.sentence_at(found.start())
        text = reading.text(sentence)
        if reading.draft.is_denied(found.start()) or text.rstrip().endswith("?") or _OF_PAST.search(text):
            continue
        name = next(name for name in _MEASURES if found[name])
        measure = _MEASURES[name]
        if measure is _price and (
            _PER_UNIT.search(found[0])
            or _PER_UNIT.match(reading.words, found.end())
            or _UNIT_AHEAD.search(reading.words[: found.start()])
        ):
            measure = _unit_price
        margin = _FOURTH if found["close"] else _TWENTIETH if found["strength"] and not found["about"] else _TENTH
        is_about = bool(found["about"] or found["close"] or found["cheap"]) or measure is _strength
        for first, second in combinations(_sides(reading, sentence, found), 2):
            mine, its = ([value for one in side.candidates if (value := measure(one))] for side in (first, second))
            if set(first.candidates) & set(second.candidates):
                continue
            if mine and its and not any(_is_alike(a, b, margin if is_about else None) for a in mine for b in its):
                excerpt = reading.draft.excerpt(*found.span())
                names = f"{first.candidates[0].name} and {second.candidates[0].name}"
                yield Problem("rank", excerpt, f'"{excerpt}" is not so: {names} differ. Give each its own.')
                break


def _sides(reading: DraftReading, sentence: Sentence, found: re.Match[str]) -> Sequence[Mention]:
    """The products that are called alike: those before the words and the one after "as", or those of the group."""
    named = [one for one in sentence.mentions if one.end <= found.start() or one.start >= found.end()]
    after = next((one for one in named if one.start >= found.end()), None)
    if after and _OTHER_SIDE.fullmatch(reading.words, found.end(), after.start):
        before = [one for one in named if one.end <= found.start() and not reading.is_reference(one)]
        return [*(before or reading.before(sentence))[-1:], after]
    if _ORDINAL.search(reading.words, sentence.span.start, found.start()) and not sentence.mentions[1:]:
        return ()  # "the first and the third": which they are is not known
    return joined_before(reading, sentence, found.start())


def _is_alike(first: Value, second: Value, margin: Decimal | None) -> bool:
    if isinstance(first, frozenset) or isinstance(second, frozenset):
        if not isinstance(first, frozenset) or not isinstance(second, frozenset):
            return True
        return first == second if margin is None else len(first & second) > 1
    if first[1] != second[1]:
        return True  # percent and milligrams cannot be compared
    if margin is None:
        return first[0] == second[0]
    return abs(first[0] - second[0]) <= max(first[0], second[0]) / margin
