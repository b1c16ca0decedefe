"""Deals: a discount that a draft names is one of the shop's, or narrower than one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from motabot.boundary import JsonMapping
from motabot.conversation.reply_check.deal_words import CATEGORIES, GROUPS, days_at_full_price
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import percents_in
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.stated import PROVED, UNPROVED, problem_in, statements_on
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex
from motabot.text.weekdays import NAMED_WEEKDAYS, SHORT_WEEKDAYS, WEEKDAYS

_EVERYBODY = regex(r"\b(?:everybody|everyone|anybody|anyone|all customers|todo el mundo|todos los clientes)\b")
_QUALIFIED = regex(
    r"\b(?:proof|qualif\w+|if you(?:'re| are| have| bring| show)|eligible|comprobante|califica\w*)\b"
)
_OFF = regex(
    r"\b(?:off|discount\w*|descuentos?|deals?|menos|sale|sav\w+|ahorr\w+|every day|cada dia|ofertas?|rebajas?"
    r"|promo\w*|specials?|especial(?:es)?|knocked|(?<!mas )bajan?|drops?|markdowns?|marked down"
    r"|(?<=% )for (?:her|him|them|you|your \w+|seniors?|veterans?|everyone)|vale para|aplica|appl(?:y"
    r"|ies)|(?:counts|goes|works|holds) (?:for|on|toward)|(?:ese|esa|este|that"
    r"|this|same"
    r"|mismo) \d+ ?(?:%|percent))\b|\b(?:ese|esa|este|that|this|same|mismo) \d+ ?%"
    r"|(?<=%) (?:is|goes|counts|holds|es|vale) (?:for|to|on|para)\b|%\s(?:en|on|para|sobre) (?:all |todos? "
    r"|los |the |our |las )*(?:edibles|comestibles|gom\w+|gummies|flor"
    r"|flower)\b"
)
_DAY = regex(
    r"\b(?P<day>" + "|".join(NAMED_WEEKDAYS) + r")s?\b"
    r"|\b(?P<short>" + "|".join(sorted(SHORT_WEEKDAYS, key=len, reverse=True)) + r")\b"
    r"|\b(?P<today>today|tonight|hoy|esta noche)\b|\b(?P<tomorrow>tomorrow|(?<!la )(?<!de )manana)\b"
    r"|\b(?P<weekend>weekends?|fin(?:es)? de semana)\b|\b(?P<week>weekdays?|entre semana)\b"
)
_WEEKLY = regex(
    r"\b(?:on|every|los) (?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekdays|weekends"
    r"|lunes|martes"
    r"|miercoles|jueves|viernes|sabados|domingos)\b"
)
#: No deal of the shop is typed with days that it leaves out.
_EXCEPT_DAY = regex(
    r"\b(?:every ?day|daily|any day|all week|todos los dias)\b[^.;!?]{0,20}\b(?:except|excluding|but(?: not)?"
    r"|other than|save"
    r"|besides|salvo|excepto|menos)\b(?: for)?(?: on)?(?: los)? (?:the )?(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun|week|holiday"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|fin)\w*"
)
_DAILY = regex(r"\b(?:every ?day|daily|any day|all week|todos los dias|cada dia|cualquier dia)\b")
_DEAL = regex(
    r"(?<![\d.])\d+(?:\.\d+)? ?(?:%|percent)|\bdiscount\w*|\bdescuentos?\b"
    r"|(?<!better )(?<!best )(?<!good )(?<!mejor )(?<!buena )\b(?:deals?|ofertas?|rebajas?)\b|\bon sale\b"
    r"|\b(?:black friday|holiday|flash|clearance|anniversary|weekend) sales?\b|\bspecials?\b|\bpromo(?:s"
    r"|tions?|ciones|cion)?\b"
    r"|\b(?:lo mismo|the same) (?:pero|on|but|for|en|para|los|el|applies|goes|holds)\b"
)
_DEAL_PARTS = regex(
    r"[;!?]|\.\s|,\s(?:and|plus|y|but|so|asi que)\s|,\s(?=(?:tuesdays?|veterans?|seniors?)\b)"
    r"|\sand\s(?=(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)"
)


#: "10% off every visit": on all days, for the customers who are meant.
_ALWAYS = regex(
    r"\b(?:(?:every|each|any) (?:single )?(?:visit|time|trip|purchase|order)|(?:whole|entire|total)"
    r" (?:order|purchase)|always|all the time|cada (?:visita|compra|vez)|siempre|toda (?:la|tu) compra)\b"
)
#: "That gets you 10% off": "that" is the group that the sentence before assigns the customer to.
_OF_STATUS = regex(
    r"^\W*(?:(?:and|so|y|asi que)\s)?(?:that|it|this|being one|which|they|eso|esto|ser ?lo)\s(?:\w+\s)?"
    r"(?:gets?|gives?|means?|comes?|earns?|brings?|includes?|da|significa|incluye|trae)\b"
)


#: "$2 less than today" says nothing of today.
_COMPARED = regex(r"\b(?:than|que|versus|vs|instead of|en vez de|from)\s$")
#: "Also": a deal is extended to something.
_TOO = regex(r"\b(?:also|too|as well|same|tambien|igual|mismo|misma|ese|esa|that)\b")
#: "Not on flower", "flower stays the same": a kind that the sentence takes out.
_LEFT_OUT = regex(r"\b(?:no|not|ni|except|excluding|excepto|menos|sin|nothing|[a-z]+n'?t)\b(?! only)[^,;.]{0,20}$")
_STAYS_OUT = regex(
    r"^\W*(?:\w+ ){0,4}?(?:no|not|never|[a-z]+n'?t|stays?|remains?|keeps?|queda[ns]?|sigue[ns]?|se quedan?|igual"
    r"|(?:at|for) (?:full|regular)|(?:is|are) (?:full|regular|the same))\b"
)


@dataclass(frozen=True)
class StatedDeal:
    """A discount: how much, on which days, for whom, on what. Empty means no restriction is stated.

    `is_weekly`: it applies on certain days of every week. `is_daily`: it applies on all days.
    """

    percents: frozenset[str]
    days: frozenset[str]
    groups: frozenset[str]
    categories: frozenset[str]
    is_weekly: bool = False
    is_daily: bool = False


def check_deals(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    """A discount matches one of the shop's in percent, day, customer and kind of product."""
    stated = stated_deals(reading)
    text = _without_names(sentence, text)
    unproved = UNPROVED.search(text)
    if unproved and _DEAL.search(text) and any(PROVED.search(part) for part in statements_on(reading, _DEAL)):
        return problem_in(reading, sentence, unproved, "The shop asks for proof.")
    for part in _DEAL_PARTS.split(text):
        found = _DEAL.search(part)
        if (
            not found
            or "thc" in part
            or (found[0][0].isdigit() and not _OFF.search(part))
            or re.search(
                r"\b(?:no|not|don'?t|doesn'?t|isn'?t|aren'?t|without|sin|any other|nothing|nada"
                r"|if(?! you (?:come|buy|shop|stop|visit|get|wait|pick|order)))\b",
                part[: found.start()],
            )
        ):
            continue
        if exception := _EXCEPT_DAY.search(part):
            return problem_in(
                reading, sentence, re.compile(re.escape(exception[0])).search(text) or found, "Name its days only."
            )
        said = _with_status(reading, sentence, part, deal_in(part, reading))
        said = replace(said, categories=said.categories | _kinds_named(sentence, text, part))
        is_for_all = bool(said.percents and _EVERYBODY.search(part))
        is_always = bool(said.percents and (said.is_daily or _ALWAYS.search(part)))
        if not (said.days or said.groups or said.categories or is_for_all or is_always):
            continue
        named = " ".join((reading.words, *reading.facts.asked, *reading.facts.earlier))
        if not any(
            _covers(deal, said, named, is_for_all=is_for_all) and not (is_always and deal.days) for deal in stated
        ):
            place = text.find(part)
            return problem_in(
                reading,
                sentence,
                re.compile(re.escape(found[0])).search(text, max(place, 0)) or found,
                "The shop states no such deal. Say exactly what it states.",
            )
    return None


def _without_names(sentence: Sentence, text: str) -> str:
    """The sentence with its products' names masked: a "Pre-Roll" in a name is not a kind that a deal is for."""
    letters = list(text)
    for mention in sentence.mentions:
        start, end = mention.start - sentence.span.start, mention.end - sentence.span.start
        if not (mention.is_kind or mention.is_bare):
            letters[start:end] = "-" * (end - start)
    return "".join(letters)


def deal_in(text: str, reading: DraftReading) -> StatedDeal:
    apart = days_at_full_price(text)
    days_named = (found for found in _DAY.finditer(text) if found.start() not in apart)
    named = [found for found in days_named if not _COMPARED.search(text[: found.start()])]
    days = {day for found in named for day in _days_of(found, reading)}
    return StatedDeal(
        frozenset(f"{amount.value.normalize():f}" for amount in percents_in(text)),
        frozenset(days),
        frozenset(name for name in _groups_of(reading) if _group(name).search(text)),
        frozenset(name for name, pattern in CATEGORIES.items() if _is_meant(pattern, text)),
        bool(_WEEKLY.search(text)) and not _DAILY.search(text),
        bool(_DAILY.search(text)),
    )


def _is_meant(pattern: re.Pattern[str], text: str) -> bool:
    """Whether words speak of a kind of product and do not take it out of a deal."""
    return any(not _is_left_out(text, *found.span()) for found in pattern.finditer(text))


def _is_left_out(text: str, start: int, end: int) -> bool:
    return bool(_LEFT_OUT.search(text[:start]) or _STAYS_OUT.match(text[end:]))


def _kinds_named(sentence: Sentence, text: str, part: str) -> set[str]:
    """The kinds of the products to which a part of a sentence extends a deal: "your eighths get that 10% too"."""
    if not _TOO.search(part):
        return set()
    first = text.find(part)
    places = [(one, one.start - sentence.span.start) for one in sentence.mentions]
    return {
        _called(product.category or "", CATEGORIES)
        for mention, start in places
        if first <= start < first + len(part) and not _is_left_out(text, start, mention.end - sentence.span.start)
        for product in mention.candidates
    } & CATEGORIES.keys()


def _days_of(found: re.Match[str], reading: DraftReading) -> Sequence[str]:
    """The weekdays that a word means."""
    if found["day"] or found["short"]:
        return [NAMED_WEEKDAYS.get(found["day"]) or SHORT_WEEKDAYS[found["short"]]]
    if found["weekend"]:
        return WEEKDAYS[5:]
    if found["week"]:
        return WEEKDAYS[:5]
    today = reading.facts.today
    return [WEEKDAYS[(today + timedelta(days=bool(found["tomorrow"]))).weekday()]] if today else []


def _with_status(reading: DraftReading, sentence: Sentence, part: str, said: StatedDeal) -> StatedDeal:
    """A deal that "that gets you" or "being one means" gives to the group of the sentence before."""
    if said.groups or not _OF_STATUS.search(part):
        return said
    earlier = [other for other in reading.sentences if other.span.end <= sentence.span.start]
    groups = deal_in(reading.text(earlier[-1]), reading).groups if earlier else frozenset()
    return replace(said, groups=groups)


def _groups_of(reading: DraftReading) -> set[str]:
    """The groups of customers that people speak of, and those of the shop's own deals."""
    stated = reading.facts.shop.get("deals") or ()
    own = {
        _called(whom, GROUPS)
        for deal in stated
        if isinstance(deal, Mapping)
        for whom in deal.get("for_whom") or ()
    }
    return own | GROUPS.keys()


def _covers(deal: StatedDeal, said: StatedDeal, named: str, *, is_for_all: bool) -> bool:
    """Whether a stated deal makes a said one true: the said one is the same or narrower.

    A deal for some customers does not cover a statement to everybody: the conversation must name them.
    """
    if is_for_all and (deal.groups or (deal.days and not said.days) or (deal.categories and not said.categories)):
        return False
    if deal.groups and not said.groups and (_EVERYBODY.search(named) or not is_qualified(deal, named)):
        return False
    if said.percents and not said.percents <= deal.percents:
        return False
    if said.groups and not said.groups <= deal.groups:
        return False
    if deal.days and not said.days <= deal.days:
        return False
    if not deal.days and said.is_weekly:
        return False  # "seniors get 10% off on Tuesdays" denies the other days
    return not (deal.categories and "everything" not in deal.categories and not said.categories <= deal.categories)


def stated_deals(reading: DraftReading) -> list[StatedDeal]:
    """The shop's deals: the typed fields of its file, and deals that only its texts state."""
    stated = reading.facts.shop.get("deals") or ()
    typed = [deal for deal in stated if isinstance(deal, Mapping) and deal.get("percent") is not None]
    told = {
        fold_in_place(str(deal[language])) for deal in typed for language in ("en", "es") if deal.get(language)
    }
    spoken = [
        deal_in(part, reading)
        for part in statements_on(reading, _DEAL)
        if any(percents_in(part)) and not any(part.strip(" .") in text for text in told)
    ]
    return [*map(_typed, typed), *spoken]


def _typed(deal: JsonMapping) -> StatedDeal:
    """A deal of the shop's file."""
    return StatedDeal(
        frozenset({f"{Decimal(str(deal['percent'])).normalize():f}"}),
        frozenset(deal.get("days") or ()),
        frozenset(_called(whom, GROUPS) for whom in deal.get("for_whom") or ()),
        frozenset(_called(kind, CATEGORIES) for kind in deal.get("categories") or ()),
    )


def _called(written: str, known: Mapping[str, re.Pattern[str]]) -> str:
    """The usual name of a group of customers or a kind of product; the name itself if there is none."""
    folded = fold_in_place(written)
    return next((name for name, pattern in known.items() if pattern.search(folded)), folded)


def holds_for(deal: StatedDeal, category: str) -> bool:
    """Whether a deal holds for products of a category."""
    return not deal.categories or bool({"everything", _called(category, CATEGORIES)} & deal.categories)


def is_qualified(deal: StatedDeal, named: str) -> bool:
    """Whether a conversation names the customers whom a deal is for."""
    return bool(_QUALIFIED.search(named)) or any(_group(group).search(named) for group in deal.groups)


def _group(name: str) -> re.Pattern[str]:
    """How a text calls a group of customers."""
    return GROUPS.get(name) or re.compile(rf"\b{re.escape(name.rstrip('s'))}s?\b")
