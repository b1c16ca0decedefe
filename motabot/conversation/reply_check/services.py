"""Entry and services: who may come in, parking, online orders and the like are as the shop states them."""

from __future__ import annotations

import re

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import is_retold
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.stated import affirmed_in, is_granted, problem_at, problem_in, statements_on
from motabot.text.regex import regex

_INSIDE = regex(
    r"\b(?:kids?|child(?:ren)?|pets?|dogs?|minors|toddlers?|ninos?|mascotas?|perros?|little ones?|your (?:son"
    r"|daughter|puppy|baby)|(?:1?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve)[- ]year[- ]olds?)\b"
)
_WELCOME = regex(
    r"\b(?:fine|ok|okay|allowed|welcome|bring|permitted|no problem|bienvenid\w+|pueden|puedes traer"
    r"|can (?:come|sit|wait|stay|join|tag|hang|play|ride|enter|walk|go|be)(?! (?:\w+ )?(?:outside|out|home|car"
    r"|elsewhere|at home)))\b"
)
_AMENITIES = {
    "parking": regex(r"\bparking\b|\bestacionamiento\b"),
    "wheelchair access": regex(r"\bwheelchair\w*|\baccessible\b|\bsilla de ruedas\b"),
    "restroom": regex(r"\b(?:restrooms?|bathrooms?)\b"),
    "online orders": regex(
        r"\b(?:order (?:it |them )?online|online order\w*|order ahead|curbside|drive[- ]thru|pedir en linea)\b"
    ),
    "gift cards": regex(r"\bgift (?:cards?|certificates?)\b"),
    "student discount": regex(r"\bstudents? (?:discount|get)\b|\bestudiantes?\b"),
    "first-time discount": regex(
        r"\b(?:first[- ]time (?:customers? )?(?:discount|deal|get|customers? get|\w+ off)"
        r"|new customers? (?:get|discount)|welcome (?:offer|discount))\b"
    ),
    "birthday deal": regex(r"\bbirthday (?:discount|deal|reward|gift|special)\b"),
    "military discount": regex(r"\bmilitary (?:discount|get)\b"),
    "industry discount": regex(r"\bindustry discount\b"),
    "bonus points": regex(
        r"\b(?:double|triple|2x|3x|extra|bonus) (?:loyalty |reward )?points\b|\bpuntos (?:dobles|triples"
        r"|extra)\b"
        r"|\b(?:points|puntos) (?:never )?(?:expire|vencen|caducan)\b"
    ),
    "waiting time": regex(
        r"\b(?:wait|line|queue)\b[^.!?\n]{0,30}\b(?:\d+|a few|five|ten|fifteen) ?(?:to \d+ |- ?\d+ )?min\w*"
        r"|\b(?:no (?:wait|line)|quiet|busy)"
        r" (?:right now|at the moment|today)\b"
    ),
    "happy hour": regex(r"\bhappy hour\b"),
    "price match": regex(
        r"\bprice[- ]match\w*|\b(?:match|beat|honor) (?:that|the|any|their|its|a|your)"
        r" (?:\$?[\d.]+ )?(?:price|deal)s?\b"
    ),
    "medical card": regex(r"\bmedical (?:card|patients?) (?:get|holders|discount|pay)\b"),
    "stacking of deals": regex(
        r"\b(?:stacks?|stackable|combine[sd]?(?!:|,| total)|on top of (?:that|each other)|se acumulan"
        r"|se suman)\b"
        r"|\bon top of (?:the|your|our|any|a) (?:[\w'-]+ ){0,4}(?:deals?|discounts?|offers?|sale|specials?)\b"
        r"|\b(?:work|works|goes|go|counts?|comes?|is|apply|applies) on top of\b|\bboth (?:\w+ )?apply\b"
        r"|\b(?:add|adds) (?:on )?to (?:it|that|each other|the (?:\w+ )?(?:one|deal|discount))\b"
        r"|\b(?:se aplican|valen|aplican) (?:juntos|los dos|ambos)\b"
        r"|(?:%|\bdiscount|\bdeal)\s(?:is |are |stays? |counts? |comes? )?(?:separate|again|twice)(?:ly)?\b"
        r"|\boff (?:of )?that again\b|\b(?:another|additional|extra|otro) \d+ ?%"
        r"|\bboth (?:of the |the )?(?:discounts|offers)\b|\b(?:use|get|apply) (?:them )?both (?:deals|at once)\b"
        r"|\b(?:deals|discounts|offers|both) (?:\w+ )?add up\b|\b(?:los dos|ambos|ambas"
        r"|las dos) (?:descuentos|ofertas)\b"
    ),
    "appointment": regex(
        r"\b(?:book|booking|reserv\w+|order\w*) (?:ahead|in advance) (?:gets|means|lets|saves|puts|skips)\b"
        r"|\b(?:need|require|must have|make|book) (?:a |an )?(?:reservation|booking|time slot)\b"
        r"|\b(?:need|require|must have|book) an appointment\b|\bappointments? (?:is|are) (?:required|needed)\b"
    ),
    "ranking of sales": regex(r"\b(?:best[- ]?sell\w+|most popular|mas vendid\w+)\b"),
}
#: What only the shop can state, with or without "no".
_TERMS = {
    "fees of delivery": regex(
        r"\b(?:delivery|service|order) (?:fees?|charges?|costs?)\b|\b(?:fees?|charges?) (?:for|on"
        r"|of) (?:the )?deliver\w*"
        r"|\bdeliver\w* (?:is|are|costs?) (?:\w+ ){0,2}(?:free|nothing|on us)\b|\b(?:costo|cargo"
        r"|tarifa) (?:de|por) (?:envio|entrega)"
        r"|\bdeliver\w*\b[^.!?\n]{0,60}\b(?:no|any|without|zero|small|flat) (?:\w+ )?(?:fees?|charges?"
        r"|minimum)\b"
        r"|\b(?:entreg\w+|envios?)\b[^.!?\n]{0,60}\b(?:sin|ningun|no hay) (?:\w+ )?(?:costo|cargo|tarifa"
        r"|minimo)\b"
    ),
    "minimum of delivery": regex(
        r"\b(?:without|no|skips?|waiv\w+) (?:the |a |any |our )?(?:\$\d+ )?minimum\b|\bminimum (?:is "
        r"|gets )?waived\b"
        r"|\bsin (?:el )?minimo\b"
    ),
    "tips": regex(
        r"\b(?:tips?|tipping|propinas?) (?:is|are|not|isn'?t|aren'?t|optional|expected|included|es|son|no)\b"
    ),
    "checks of prices": regex(r"\bprice[- ](?:adjust\w*|guarantee\w*)\b"),
    "fees of cards": regex(
        r"\b(?:card|debit|atm|transaction) (?:fees?|charges?|surcharge)\b|\bno (?:fees?|surcharge)\b"
    ),
}
#: "I don't know if they stack" leaves it open; "if you come on a Tuesday, they stack" does not.
_UNSURE = regex(r"\b(?:if|whether|si(?!,))\b[^,]*$")
_EMERGENCY = regex(r"\b(?:911|988|poison control|emergency|veterinari\w+|vet)\b")
_EXPIRED = regex(
    r"\bexpired\b(?![^.!?]{0,24}(?:n't|not|never)\b)[^.!?]{0,30}\b(?:works|fine|ok|okay|accepted|good"
    r"|counts)\b|\b(?:accept|take|bring) (?:an? "
    r"|your )?expired\b"
)


def check_entry(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    if expired := affirmed_in(reading, sentence, _EXPIRED):
        return problem_at(reading, expired, "Only a valid ID is accepted.")
    if _EMERGENCY.search(reading.words):
        return None
    inside, welcome = _INSIDE.search(text), _WELCOME.search(text)
    if (
        inside
        and welcome
        and affirmed_in(reading, sentence, _WELCOME)
        and not reading.draft.is_denied(sentence.span.start + inside.start())
    ):
        after = text[inside.end() :]
        if re.search(
            r"\b(?:can'?t|cannot|not|aren'?t|isn'?t|no|(?:would |will )?ha(?:s|ve) to|stays?)\b", after[:20]
        ) or re.search(r"\b(?:no|without|away|reach)\b", text[: inside.start()][-24:]):
            return None
        if not is_granted(reading, _INSIDE):
            return problem_in(reading, sentence, inside, "The shop does not state that they may come in.")
    return None


def check_terms(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    """Fees and the like: a reply says that there are some, or none, only if the shop states it."""
    for name, pattern in _TERMS.items():
        found = pattern.search(text)
        if found is None or statements_on(reading, pattern) or _UNSURE.search(text[: found.end()]):
            continue
        return problem_in(
            reading, sentence, found, f"The shop states nothing about this ({name}). Say that you do not know."
        )
    return None


def check_services(reading: DraftReading, sentence: Sentence, text: str) -> Problem | None:
    for name, pattern in _AMENITIES.items():
        found = affirmed_in(reading, sentence, pattern)
        if (
            found
            and not is_granted(reading, pattern)
            and not (is_retold(reading, text) and any(found[0] in entry for entry in reading.facts.entries))
            and not _UNSURE.search(text[: found.start() - sentence.span.start])
        ):
            return problem_at(
                reading, found, f"The shop states nothing about this ({name}). Say that you do not know."
            )
    return None
