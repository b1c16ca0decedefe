"""What products are compared by: price, price per gram, THC, size and rating, and the words for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from motabot.conversation.reply_check.product import Product
from motabot.text.regex import regex

Measure = Callable[[Product], Decimal | None]


def per_unit(one: Product) -> Decimal | None:
    size = one.milligrams if one.unit == "mg" or one.grams is None else one.grams
    return one.price / size if one.price is not None and size else None


def _strength(one: Product) -> Decimal | None:
    return one.thc if one.thc is not None else one.milligrams


@dataclass(frozen=True)
class RankOrder:
    """Words that compare by a measure: superlatives, comparatives, and whether the highest or lowest is meant."""

    name: str
    measure: Measure
    is_highest: bool
    most: re.Pattern[str]
    more: re.Pattern[str]


#: "Mas barata que X" compares; "la mas barata que encontre" does not.
_THAN = (
    r" que(?! (?:te |yo )?(?:encontr\w+|tenemos|tengo|hay|vi|vimos|vendemos|manejamos|busque|ofrecemos|venden"
    r"|(?:se |los clientes |la gente )?describ\w+)\b)"
)


#: "Lighter on your wallet" is about the price.
_ON_WALLET = r" on (?:the|your|tu|el) (?:wallet|pocket|budget|purse|bolsillo)"
BOUGHT = "how often it was bought"
ORDERS = (
    RankOrder(
        "price per gram or mg",
        per_unit,
        False,
        regex(
            r"\b(?:best (?:value|deal|bang)|(?:best|lowest) price (?:per|by the|a) (?:gram|mg)"
            r"|most (?:\w+ )?for (?:the|your) (?:money|buck|dollar)|cheapest per"
            r"|mejor (?:precio por|valor))\b"
        ),
        regex(
            r"\b(?:better (?:deal|value|buy)|more (?:mg|milligrams|thc|grams) (?:per|for (?:the"
            r"|your)) (?:dollar|buck|money)|(?:cheaper|less) (?:per|by the|a) (?:gram|mg)|wins"
            r"|the bargain(?= here| of\b|[.,;!]|$)|mejor oferta)\b"
        ),
    ),
    RankOrder(
        "price",
        lambda one: one.price,
        False,
        regex(
            rf"\b(?:cheapest|(?:easiest|gentlest|lightest|kindest){_ON_WALLET}|lowest[- ]priced?"
            r"|least expensive|most (?:affordable|economical|budget[- ]friendly|wallet[- ]friendly)"
            r"|(?<!% )mas (?:barat"
            rf"|economic)[oa]s?(?!{_THAN})|lowest(?=(?: one)?,? (?:at|for) \$)|as (?:low"
            rf"|cheap) as (?=(?:[\w-]+ ){{1,4}}(?:go|get|come|run)\b))\b"
        ),
        regex(
            rf"\b(?:cheaper|less expensive|more affordable|(?:easier|gentler|lighter|kinder){_ON_WALLET}"
            r"|costs? less(?=,? than (?!\$|\d))|undercuts?\b(?! (?:the other|them|both|all|every|any))"
            r"|(?:is|runs|comes in|costs) (?:a )?(?:bit|little|touch|hair|shade) (?:under|below)(?= (?:the"
            r"|your|our)\b)"
            rf"|mas (?:barat|economic)[oa]s?(?={_THAN})|cuestan? menos(?= que (?!\$|\d)))"
        ),
    ),
    RankOrder(
        "price",
        lambda one: one.price,
        True,
        regex(
            r"\b(?:priciest|dearest|costliest|most expensive|highest[- ]priced?|highest(?=(?: one)?,? (?:at"
            r"|for) \$)"
            rf"|mas car[oa]s?(?!{_THAN}))\b"
        ),
        regex(
            rf"\b(?:pricier|dearer|costlier|more expensive|mas car[oa]s?(?={_THAN})"
            r"|costs? more(?=,? than (?!\$|\d))"
            r"|(?:is|runs|comes in|costs) (?:a )?(?:bit|little|touch|hair|shade) (?:over|above)(?= (?:the"
            r"|your|our)\b)"
            r"|cuestan? mas(?= que (?!\$|\d)))\b"
        ),
    ),
    RankOrder(
        "THC",
        _strength,
        True,
        regex(
            r"\b(?:strongest|most potent|(?:the |our )(?:most|biggest) (?:punch|kick)|hardest[- ]hitting"
            r"|heaviest[- ]hitt(?:er|ing)"
            r"|highest (?:in )?thc|most thc|tops the list|top shelf by thc"
            rf"|highest[- ]potency|mas (?:fuerte|potente)s?(?!{_THAN}))\b"
        ),
        regex(
            r"\b(?:stronger|more potent|(?:more|bigger) (?:punch|kick)|hits harder"
            r"|(?:step|notch|jump|level) (?:up|above) (?:in (?:strength|potency|thc) )?(?=from|on)"
            rf"|higher (?:in )?thc|more thc|mas (?:fuerte|potente)s?(?={_THAN}))\b"
        ),
    ),
    RankOrder(
        "THC",
        _strength,
        False,
        regex(
            rf"\b(?:mildest|weakest|(?:lightest|gentlest)(?!{_ON_WALLET}| prices?\b)|least (?:potent|thc|strong)"
            r"|lowest (?:in )?thc|lowest[- ]dose"
            rf"|low(?:est)? strength|mas (?:suave|ligero)s?(?!{_THAN}))\b"
        ),
        regex(
            rf"\b(?:milder|weaker|(?:lighter|gentler)(?!{_ON_WALLET})|less (?:potent|strong|thc|punch)"
            r"|lower (?:in )?thc"
            r"|(?:step|notch|level) (?:down|below) (?:in (?:strength|potency|thc) )?(?=from|on)"
            rf"|mas suaves?(?={_THAN}))\b"
        ),
    ),
    RankOrder(
        "CBD",
        lambda one: one.cbd,
        True,
        regex(r"\b(?:most cbd|highest (?:in )?cbd|highest[- ]cbd|mas cbd(?! que))\b"),
        regex(r"\b(?:more cbd|higher (?:in )?cbd|mas cbd(?= que))\b"),
    ),
    RankOrder(
        BOUGHT,
        lambda one: Decimal(one.bought) if one.bought else None,
        True,
        regex(
            r"\b(?:most frequent(?:ly)?(?: bought)?(?: buy| purchase)?|most[- ]bought|(?:buy|get|pick up"
            r"|go for) (?:the )?most(?: often)?"
            r"|most often|lo que mas compras)\b"
        ),
        regex(r"\b(?:more (?:often|frequently)|mas seguido)\b"),
    ),
    RankOrder(
        "size",
        lambda one: one.grams,
        True,
        regex(rf"\b(?:biggest|largest|mas grandes?(?!{_THAN}))(?! favou?rites?| ones you)\b"),
        regex(r"\b(?:bigger|larger)\b"),
    ),
    RankOrder(
        "rating",
        lambda one: one.rating,
        True,
        regex(r"\b(?:best[- ]rat(?:ed|ing)|highest[- ]rat(?:ed|ing)|top[- ]rated|mejor calificad[oa]s?)\b"),
        regex(r"\b(?:better rated|higher rated)\b"),
    ),
)

#: "Per gram X is the cheaper one" compares prices of a gram.
_BY_UNIT = regex(
    r"(?<!\d )(?<!cents )(?<!centavos )\b(?:per|by the|a|por|el|al) (?:gram|gramo|mg|milligram|miligramo)\b"
)


def orders_of(text: str) -> Iterator[RankOrder]:
    """The orders by which a sentence compares; if it speaks of a gram or a mg, prices are per unit."""
    is_by_unit = bool(_BY_UNIT.search(text))
    for order in ORDERS:
        if order.name == "price" and not order.is_highest and ORDERS[0].more.search(text):
            continue  # "cheaper per gram" is judged by the first order
        if order.name == "price" and is_by_unit:
            yield replace(order, name=ORDERS[0].name, measure=per_unit)
        else:
            yield order
