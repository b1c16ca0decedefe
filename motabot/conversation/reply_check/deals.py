"""Deals: a discount that a draft names is one of the shop's, or narrower than one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from motabot.boundary import JsonMapping
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
    r"|promo\w*|specials?|especial(?:es)?|knocked|(?<!mas )bajan?|drops?|markdowns?|marked down)\b"
    r"|%\s(?:en|on|para|sobre) (?:all |todos? |los |the |our |las )*(?:edibles|comestibles|gom\w+|gummies|flor"
    r"|flower)\b"
)
_GROUPS = {
    "veterans": regex(r"\bveterans?\b|\bveteran[oa]s?\b"),
    "seniors": regex(r"\bseniors?\b|\b(?:adultos )?mayores\b|\btercera edad\b"),
    "vips": regex(r"\bvips?\b"),
    "tiers": regex(
        r"\b(?:gold|silver|platinum|bronze) (?:tier|status|members?|level)"
        r"|\b(?:your|tu) (?:tier|status|level|nivel)\b"
    ),
    "newcomers": regex(
        r"\b(?:first[- ]tim(?:e|er)s?|first (?:\w+ )?(?:visit|purchase|order|delivery|text)"
        r"|new (?:customers?|patients?)"
        r"|nuev[oa]s? (?:clientes?|pacientes?)|clientes? nuev[oa]s?|prim(?:era?|er) (?:visita|compra"
        r"|vez|pedido|orden|entrega|envio))\b"
    ),
    "orders": regex(
        r"\b(?:online|delivery|pick-?up|web|app|text|phone)(?: \w+)? orders?\b|\b(?:order|ordering"
        r"|orders) (?:online|ahead)\b"
        r"|\b(?:on|of|with|for) (?:your |a |every |each )?(?:delivery|deliveries|pick-?ups?)\b"
        r"|\b(?:pedidos?|ordenes|compras?|orden) (?:a domicilio|en linea|online|por (?:internet|mensaje|la app))\b"
    ),
    "payers": regex(
        r"\b(?:pay\w*|paid) (?:in |with |by )?(?:cash|debit)\b|\bpag\w+ (?:en|con) (?:efectivo|debito)\b"
    ),
    "bulk": regex(
        r"\b(?:when|if) you (?:buy|get|take|grab) (?:two|three|four|\d+|more)\b|\b(?:si"
        r"|al) (?:compra\w*|lleva\w*) (?:dos|tres|\d+|mas)\b"
    ),
    "birthdays": regex(r"\b(?:birthdays?|cumpleanos)\b"),
    "referrals": regex(
        r"\brefer(?:s|ral|rals|ring|red)?(?: an?)? ?(?:friends?)?\b|\b(?:recomiend\w+|trae\w*) a un amig[oa]\b"
    ),
    "military": regex(r"\b(?:active[- ]duty|military|militares?)\b"),
    "patients": regex(r"\bmedical (?:card|patients?|cardholders?)\b|\bpacientes medicos\b"),
    "members": regex(r"\b(?:members?|regulars|miembros)\b(?! id)"),
    "locals": regex(r"\blocals?\b(?! (?:tax|law))"),
    "employees": regex(r"\b(?:employees|industry (?:workers|folks))\b"),
    "teachers": regex(r"\b(?:teachers?|nurses?|first responders)\b"),
    "students": regex(r"\bstudents?\b|\bestudiantes?\b"),
}
_CATEGORIES = {
    "edibles": regex(r"\bedibles?\b|\bcomestibles?\b|\bgumm\w+|\bgomitas?\b"),
    "flower": regex(r"\bflowers?\b|\bflor(?:es)?\b|\beighths?\b|\bounces?\b"),
    "vapes": regex(r"\bvapes?\b|\bcart(?:ridge)?s?\b|\bcartuchos?\b"),
    "pre-rolls": regex(r"\bpre-?rolls?\b"),
    "concentrates": regex(r"\bconcentrates?\b|\bconcentrados?\b"),
    "everything": regex(
        r"\b(?:everything|storewide|entire (?:store|order)|whole (?:store|order)|toda la tienda|todo)\b"
    ),
}
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
_DAILY = regex(r"\b(?:every ?day|daily|any day|all week|todos los dias|cada dia|cualquier dia)\b")
_DEAL = regex(
    r"(?<![\d.])\d+(?:\.\d+)? ?(?:%|percent)|\bdiscount\w*|\bdescuentos?\b"
    r"|(?<!better )(?<!best )(?<!good )(?<!mejor )(?<!buena )\b(?:deals?|ofertas?|rebajas?)\b|\bon sale\b"
    r"|\bspecials?\b|\bpromo(?:s|tions?|ciones|cion)?\b"
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
                r"\b(?:no|not|don'?t|doesn'?t|isn'?t|aren'?t|without|sin|any other"
                r"|if(?! you (?:come|buy|shop|stop|visit|get|wait|pick|order)))\b",
                part[: found.start()],
            )
        ):
            continue
        said = _with_status(reading, sentence, part, deal_in(part, reading))
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
    days = {day for found in _DAY.finditer(text) for day in _days_of(found, reading)}
    return StatedDeal(
        frozenset(f"{amount.value.normalize():f}" for amount in percents_in(text)),
        frozenset(days),
        frozenset(name for name in _groups_of(reading) if _group(name).search(text)),
        frozenset(name for name, pattern in _CATEGORIES.items() if pattern.search(text)),
        bool(_WEEKLY.search(text)) and not _DAILY.search(text),
        bool(_DAILY.search(text)),
    )


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
        _called(whom, _GROUPS)
        for deal in stated
        if isinstance(deal, Mapping)
        for whom in deal.get("for_whom") or ()
    }
    return own | _GROUPS.keys()


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
        frozenset(_called(whom, _GROUPS) for whom in deal.get("for_whom") or ()),
        frozenset(_called(kind, _CATEGORIES) for kind in deal.get("categories") or ()),
    )


def _called(written: str, known: Mapping[str, re.Pattern[str]]) -> str:
    """The usual name of a group of customers or a kind of product; the name itself if there is none."""
    folded = fold_in_place(written)
    return next((name for name, pattern in known.items() if pattern.search(folded)), folded)


def holds_for(deal: StatedDeal, category: str) -> bool:
    """Whether a deal holds for products of a category."""
    return not deal.categories or bool({"everything", _called(category, _CATEGORIES)} & deal.categories)


def is_qualified(deal: StatedDeal, named: str) -> bool:
    """Whether a conversation names the customers whom a deal is for."""
    return bool(_QUALIFIED.search(named)) or any(_group(group).search(named) for group in deal.groups)


def _group(name: str) -> re.Pattern[str]:
    """How a text calls a group of customers."""
    return _GROUPS.get(name) or re.compile(rf"\b{re.escape(name.rstrip('s'))}s?\b")
