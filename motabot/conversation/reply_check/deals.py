"""Deals: a discount that a draft names is one of the shop's, or narrower than one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import percents_in
from motabot.conversation.reply_check.reading import Reading, Sentence
from motabot.conversation.reply_check.records import WEEKDAYS
from motabot.conversation.reply_check.stated import problem_in, statements_on

_EVERYBODY = re.compile(
    r"\b(?:everybody|everyone|anybody|anyone|all customers|todo el mundo|todos los clientes)\b"
)
_QUALIFIED = re.compile(r"\b(?:proof|qualif\w+|if you|eligible|comprobante|califica\w*)\b")
_OFF = re.compile(r"\b(?:off|discount\w*|descuentos?|deals?|menos|sale|sav\w+|ahorr\w+|every day|cada dia)\b")
_GROUPS = {
    "veterans": re.compile(r"\bveterans?\b|\bveteran[oa]s?\b"),
    "seniors": re.compile(r"\bseniors?\b|\b(?:adultos )?mayores\b|\btercera edad\b"),
    "students": re.compile(r"\bstudents?\b|\bestudiantes?\b"),
}
_CATEGORIES = {
    "edibles": re.compile(r"\bedibles?\b|\bcomestibles?\b|\bgumm\w+|\bgomitas?\b"),
    "flower": re.compile(r"\bflowers?\b|\bflor(?:es)?\b|\beighths?\b|\bounces?\b"),
    "vapes": re.compile(r"\bvapes?\b|\bcart(?:ridge)?s?\b|\bcartuchos?\b"),
    "pre-rolls": re.compile(r"\bpre-?rolls?\b"),
    "concentrates": re.compile(r"\bconcentrates?\b|\bconcentrados?\b"),
    "everything": re.compile(
        r"\b(?:everything|storewide|entire (?:store|order)|whole (?:store|order)|toda la tienda|todo)\b"
    ),
}
_DAYS = {
    **{name: name for name in WEEKDAYS},
    **dict(zip("lunes martes miercoles jueves viernes sabado domingo".split(), WEEKDAYS, strict=True)),
}
_DAY = re.compile(r"\b(" + "|".join(_DAYS) + r")s?\b|\b(today|tomorrow|hoy)\b")
_DEAL = re.compile(
    r"\d ?(?:%|percent)|\bdiscount\w*|\bdescuentos?\b|(?<!better )(?<!best )(?<!good )\bdeals?\b|\bon sale\b"
    r"|\bspecials?\b"
)
_DEAL_PARTS = re.compile(
    r"[;!?]|\.\s|,\s(?:and|plus|y|but|so|asi que)\s|,\s(?=(?:tuesdays?|veterans?|seniors?)\b)"
    r"|\sand\s(?=(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b)"
)


@dataclass(frozen=True)
class Deal:
    """A discount: how much, on which days, for whom, on what. Empty means no restriction is stated."""

    percents: frozenset[str]
    days: frozenset[str]
    groups: frozenset[str]
    categories: frozenset[str]


def check_deals(reading: Reading, sentence: Sentence, text: str) -> Problem | None:
    """A discount matches one of the shop's in percent, day, customer and kind of product."""
    stated = stated_deals(reading)
    for part in _DEAL_PARTS.split(text):
        found = _DEAL.search(part)
        if (
            not found
            or "thc" in part
            or (found[0][0].isdigit() and not _OFF.search(part))
            or re.search(r"\b(?:no|not|don'?t|any other|if)\b", part[: found.start()])
        ):
            continue
        said = deal_in(part, reading)
        is_for_all = bool(said.percents and _EVERYBODY.search(part))
        if not (said.days or said.groups or said.categories or is_for_all):
            continue
        named = " ".join((reading.words, *reading.facts.asked, *reading.facts.earlier))
        if not any(_covers(deal, said, named) for deal in stated):
            place = text.find(part)
            return problem_in(
                reading,
                sentence,
                re.compile(re.escape(found[0])).search(text, max(place, 0)) or found,
                "The shop states no such deal. Say exactly what it states.",
            )
    return None


def deal_in(text: str, reading: Reading) -> Deal:
    today = reading.facts.today
    days = set()
    for found in _DAY.finditer(text):
        if found[1]:
            days.add(_DAYS[found[1]])
        elif today:
            shift = 1 if found[2] == "tomorrow" else 0
            days.add(WEEKDAYS[(today + timedelta(days=shift)).weekday()])
    return Deal(
        frozenset(f"{amount.value.normalize():f}" for amount in percents_in(text)),
        frozenset(days),
        frozenset(name for name, pattern in _GROUPS.items() if pattern.search(text)),
        frozenset(name for name, pattern in _CATEGORIES.items() if pattern.search(text)),
    )


def _covers(deal: Deal, said: Deal, named: str) -> bool:
    """Whether a stated deal makes a said one true: the said one is the same or narrower.

    A deal for some customers covers nothing that is said to everybody: the conversation must name them.
    """
    if deal.groups and not said.groups and (_EVERYBODY.search(named) or not is_qualified(deal, named)):
        return False
    if said.percents and not said.percents <= deal.percents:
        return False
    if said.groups and not said.groups <= deal.groups:
        return False
    if deal.days and not said.days <= deal.days:
        return False
    return not (deal.categories and "everything" not in deal.categories and not said.categories <= deal.categories)


def stated_deals(reading: Reading) -> list[Deal]:
    """The shop's deals, in its own words."""
    return [deal_in(part, reading) for part in statements_on(reading, _DEAL) if any(percents_in(part))]


def is_qualified(deal: Deal, named: str) -> bool:
    """Whether a conversation names the customers whom a deal is for."""
    return bool(_QUALIFIED.search(named)) or any(_GROUPS[group].search(named) for group in deal.groups)
