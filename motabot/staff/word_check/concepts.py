"""What words and columns are about: sales, tickets, margin and so on, in English and Spanish."""

from __future__ import annotations

from typing import Final

from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_WORDS: Final = {
    "sales": "sale sales revenue sold sell sells selling turnover venta ventas ingresos vendio vendido vendieron"
    " vende",
    "tickets": "ticket tickets transaction transactions receipt receipts order orders purchase purchases compras"
    " transacciones",
    "margin": "margin margins profit profits margen margenes ganancia ganancias beneficio",
    "discount": "discount discounts discounted descuento descuentos",
    "refund": "refund refunds refunded returned returns reembolso reembolsos devolucion devoluciones",
    "tax": "tax taxes impuesto impuestos",
    "units": "unit units item items piece pieces unidad unidades articulos",
    "customers": "customer customers people person buyer buyers client clients member members shoppers cliente"
    " clientes persona personas compradores",
    "visits": "visit visits came come comes visited visitor visitors visita visitas vino vinieron",
    "texts": "text texts message messages mensaje mensajes",
    "unread": "unread",
    "points": "point points balance punto puntos",
    "average": "average averages averaged averaging mean avg promedio promedios media typical",
    "median": "median mediana",
    "price": "price prices precio precios priced",
    "cost": "cost costs costo costos coste",
    "spend": "spent spend spends spender spenders lifetime gastado gasto gastaron worth value valuable",
    "waiting": "wait waits waiting waited espera esperando",
    "change": "change growth grew rose fell dropped grown growing up down cambio crecio crecimiento subio bajo",
    "earned": "earned earn earns gano ganaron",
    "leads": "leads prospects",
    "products": "product products range assortment skus producto productos",
    "stock": "stock inventory inventario",
    "odds": "odds probability probabilities chance chances likelihood probabilidad",
}
_OF_WORD: Final = {word: concept for concept, words in _WORDS.items() for word in words.split()}
_TAKEN_OFF: Final = "(?:tax(?:es)?|discounts?|refunds?|costs?|impuestos|descuentos|reembolsos|devoluciones)"
#: A basis such as tax is not a measure by itself.
_BASIS: Final = regex(
    r"\b(?:with(?:out)?|before|after|net of|less|plus|incl(?:uding|\.)?|excl(?:uding|\.)?|at today.s|sin|con"
    rf"|antes de|despues de|menos)\s+(?:the\s+|any\s+)?{_TAKEN_OFF}"
    rf"(?:\s+(?:and|or|y|o)\s+(?:with(?:out)?\s+|sin\s+)?{_TAKEN_OFF})?"
    r"|\b(?:tax(?:es)?|impuestos) (?:included|incluidos)"
    r"|\b(?:refunds?|discounts?|tax(?:es)?) (?:not )?(?:taken off|excluded|included)"
)
#: "Comes last", "come to $40.00" are not about visits.
_COMES: Final = regex(
    r"\b(?:comes?|came|coming)(?: in)? (?:last|first|second|third|fourth|fifth|next|to"
    r"|from|in|through|back|out|behind|ahead)\b"
)
#: "By a wide margin": a lead, not a profit.
_FAR: Final = regex(r"\b(?:by|with) (?:a |an |the )?(?:\w+ )?margin\b(?! of)")
#: Texts that the shop sends, and those that it gets, in words of a sentence.
OUTBOUND: Final = regex(
    r"\b(?:outbound|outgoing|(?:went|go|goes|going|gone|sent) out|we(?: have|['’]ve)? (?:only |also |just )?"
    r"(?:sent|texted|wrote|answered|replied)|(?<!customers )(?<!they )(?<!people )sent(?! (?:us|in)\b))\b"
)
INBOUND: Final = regex(
    r"\b(?:inbound|incoming|received|(?:came|come|comes|coming) in|(?:sent|texted|wrote to|written to) us"
    r"|(?:customers|they|people)(?: have)? (?:sent|wrote|texted)|(?:we |and )(?:have )?got|got back)\b"
)
#: The same in a column's name.
_OUTBOUND_COLUMN: Final = regex(r"\b(?:outbound|outgoing|sent|went out)\b")
_INBOUND_COLUMN: Final = regex(r"\b(?:inbound|incoming|received|came in|replies)\b")
_WORD: Final = regex(r"[a-z]+")


def concepts_in(words: str) -> frozenset[str]:
    """What a piece of a sentence is about."""
    flat = fold_in_place(words)
    plain = _FAR.sub(" ", _COMES.sub(" ", _BASIS.sub(" ", flat)))
    found = {_OF_WORD[word] for word in _WORD.findall(plain) if word in _OF_WORD}
    ways = {way for pattern, way in ((OUTBOUND, "outbound"), (INBOUND, "inbound")) if pattern.search(flat)}
    return frozenset(found | ways)


def concepts_of(column: str, unit: str) -> frozenset[str]:
    """What a column is about, by its name.

    Args:
        column: Its name.
        unit: Its format: a count called "sales" counts tickets.
    """
    found = {_OF_WORD[word] for word in _WORD.findall(fold_in_place(column)) if word in _OF_WORD}
    if unit == "count" and found & {"sales", "tickets"}:
        found |= {"sales", "tickets"}
    elif unit == "count" and "refund" in found:
        found.add("tickets")
    if "margin" in found:
        found.add("earned")
    words = fold_in_place(column).replace("_", " ")
    if unit == "count" and _OUTBOUND_COLUMN.search(words):
        found |= {"outbound", "texts"}
    elif unit == "count" and _INBOUND_COLUMN.search(words):
        found |= {"inbound", "texts"}
    return frozenset(found)
