"""Whom and what a discount is for, as a text calls it."""

from __future__ import annotations

from decimal import Decimal

from motabot.text.regex import regex

GROUPS = {
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
        r"|\b(?:pedidos?|ordenes|compras?|orden) (?:a domicilio|en linea|online|por (?:internet|mensaje"
        r"|la app))\b"
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
CATEGORIES = {
    "edibles": regex(r"\bedibles?\b|\bcomestibles?\b|\bgumm\w+|\bgomitas?\b"),
    "flower": regex(r"\bflowers?\b|\bflor(?:es)?\b|\beighths?\b|\bounces?\b"),
    "vapes": regex(r"\bvapes?\b|\bcart(?:ridge)?s?\b|\bcartuchos?\b"),
    "pre-rolls": regex(r"\bpre-?rolls?\b"),
    "concentrates": regex(r"\bconcentrates?\b|\bconcentrados?\b"),
    "everything": regex(
        r"\b(?:everything|storewide|entire (?:store|order)|whole (?:store|order)|toda la tienda|todo)\b"
    ),
}
#: "$23 today and $20.70 on Tuesdays": today's price is the one without the deal.
_FULL_TODAY = regex(
    r"\$(?P<full>\d+(?:\.\d+)?)\s(?:(?:each|apiece|cada un[oa])\s)?(?P<day>today|hoy)\b"
    r"[^$]*\$(?P<less>\d+(?:\.\d+)?)"
)


def days_at_full_price(text: str) -> set[int]:
    """Where words name today only beside the price that a lower one of another day is compared with."""
    return {
        found.start("day")
        for found in _FULL_TODAY.finditer(text)
        if Decimal(found["full"]) > Decimal(found["less"])
    }
