"""Figures by reference: the model writes "{p1.price}", and code fills in what the facts say.

Facts and tool results carry keys: p1 for a product, v1 for a visit, s1 for a sum over a period, b1 for a basket;
"me" is the customer and "shop" the shop. A model cannot write a wrong figure this way, and a wrong label is found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from motabot.boundary import JsonMapping
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.expressions import ExpressionError, Quantity, Unit, Value, evaluate
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.keys import Keys
from motabot.conversation.reply_check.paths import MONEY_NAMES, of_customer, of_shop, pick
from motabot.conversation.reply_check.product import Product, as_day, as_decimal
from motabot.conversation.reply_check.reading import FilledReference
from motabot.conversation.reply_check.records import Visit
from motabot.conversation.reply_check.slips import repair
from motabot.conversation.reply_check.spoken import (
    one_end_of_hours,
    spoken,
    with_times,
    without_repeated_unit,
    without_repeated_year,
)
from motabot.text.language import Language
from motabot.text.regex import regex

_REFERENCE = regex(r"\$?\{+\s*([^{}\n]*?)\s*\}+")
_LOOKS_LIKE_ONE = regex(r"\b(?:[pvsb]\d+|me|shop)\b", re.IGNORECASE)
_PRODUCT_IN_PATH = regex(r"\bp\d+\b")
_VISIT_IN_PATH = regex(r"\bv\d+\b")
#: A figure of a receipt: refunds are written as people say them, "$20 back", without a sign.
_OF_RECEIPT = regex(r"v\d+(?:\.p\d+)?\.(?:total|items|quantity|price)")
_HIDDEN = frozenset({"key", "sku", "id", "helps_with"})  # fields for code alone


def fill(
    text: str, keys: Keys, facts: Facts, language: Language
) -> tuple[str, list[FilledReference], list[Problem]]:
    """Fill every reference of a draft.

    Returns:
        The filled text, where references were filled, and what is wrong with the others.
    """
    text = repair(text, keys.names())
    parts: list[str] = []
    filled: list[FilledReference] = []
    problems: list[Problem] = []
    end = length = 0
    for found in _REFERENCE.finditer(text):
        if not _LOOKS_LIKE_ONE.search(found[1]):
            continue
        try:
            value = evaluate(found[1], lambda path: _resolve(path, keys, facts))
            if isinstance(value, Quantity) and _OF_RECEIPT.fullmatch(found[1]):
                value = Quantity(abs(value.value), value.unit)
        except ExpressionError as error:
            problems.append(_problem(found, error, keys, facts))
            continue
        before = text[end : found.start()]
        words = spoken(value, language, facts.today)
        if found[1].lower().startswith("shop.hours."):
            words = one_end_of_hours(words, f"{''.join(parts)}{before}", text[found.end() :])
        if before.endswith("$"):
            words = words.removeprefix("$")
        words = without_repeated_year(words, text[found.end() :])
        words = without_repeated_unit(words, text[found.end() :])
        if found[1].lower().endswith(".bought"):
            words = with_times(words, before.lower(), text[found.end() :].lower(), language)
        if found[1].startswith("shop."):
            words = words.removesuffix(".00")  # the shop's rules are written as "$50"
        parts += [before, words]
        start = length + len(before)
        length = start + len(words)
        end = found.end()
        path = found[1].lower()
        products = [one.name for key in _PRODUCT_IN_PATH.findall(path) if (one := keys.product(key, facts))]
        visits = [seen for key in _VISIT_IN_PATH.findall(path) if (seen := keys.visit(key, facts))]
        filled.append(
            FilledReference(
                start, length, tuple(dict.fromkeys(products)), tuple(dict.fromkeys(visits)), path, keys.span(path)
            )
        )
    return "".join([*parts, text[end:]]), filled, problems


def _problem(found: re.Match[str], error: ExpressionError, keys: Keys, facts: Facts) -> Problem:
    return Problem(
        "reference",
        found[0],
        f"This reference {error}. Write for example {{p1.price}} or {{2*p1.price + p2.price}}, with keys of this"
        f" turn: {keys.named(facts)}.",
    )


def _resolve(path: str, keys: Keys, facts: Facts) -> Value:
    """The value of a path such as "p1.price"."""
    head, *rest = path.lower().split(".")
    try:
        return _of_key(head, rest, keys, facts)
    except ExpressionError:
        value = keys.shown(head).get(rest[0]) if len(rest) == 1 and rest[0] not in _HIDDEN else None
        if value is None:
            raise
        return _as_value(rest[0], value)


def _as_value(name: str, value: object) -> Value:
    """A field that a result showed, as it may be said."""
    if (number := as_decimal(value)) is not None:
        return Quantity(number, Unit.MONEY if MONEY_NAMES.search(name) else Unit.NUMBER)
    return as_day(value) or str(value)


def _of_key(head: str, rest: list[str], keys: Keys, facts: Facts) -> Value:
    if head == "me":
        return of_customer(rest, facts)
    if head == "shop":
        return of_shop(rest, facts)
    if head.startswith("p") and (product := keys.product(head, facts)):
        return _of_product(head, product, rest)
    if head.startswith("v") and (visit := keys.visit(head, facts)):
        return _of_visit(head, visit, rest, keys, facts)
    if head.startswith(("s", "b")) and (period := keys.period(head)):
        return _of_period(head, period, rest, keys, facts)
    raise ExpressionError(f'names "{head}", which is not a key of this turn')


def _of_product(key: str, product: Product, rest: list[str]) -> Value:
    units = {
        "price": (product.price, Unit.MONEY),
        "price_per_gram": (product.price_per_gram, Unit.MONEY),
        "price_per_mg": (product.price_per_mg, Unit.MONEY),
        "thc": (product.thc, Unit.MILLIGRAMS if product.unit == "mg" else Unit.PERCENT),
        "cbd": (product.cbd, Unit.MILLIGRAMS if product.unit == "mg" else Unit.PERCENT),
        "grams": (product.grams, Unit.GRAMS),
        "mg": (product.told_mg if product.milligrams is None else product.milligrams, Unit.MILLIGRAMS),
        "rating": (product.rating, Unit.NUMBER),
        "bought": (None if product.bought is None else Decimal(product.bought), Unit.NUMBER),
        "average_paid": (product.paid, Unit.MONEY),
    }
    rest = ["average_paid" if name in ("paid", "avg_price_paid") else name for name in rest]
    texts = {
        "name": product.name,
        "brand": product.brand,
        "type": product.flower_type,
        "last_bought": product.last_bought,
    }
    return pick(key, rest, units, texts)


def _of_visit(key: str, visit: Visit, rest: list[str], keys: Keys, facts: Facts) -> Value:
    if len(rest) == 2 and (product := keys.product(rest[0], facts)):
        line = next((line for line in visit.lines if line.name == product.name), None)
        if line is None:
            raise ExpressionError(f"names {rest[0]}, which was not bought on visit {key}")
        return pick(
            f"{key}.{rest[0]}",
            rest[1:],
            {
                "total": (line.total, Unit.MONEY),
                "price": (line.total, Unit.MONEY),
                "quantity": (line.quantity, Unit.NUMBER),
            },
            {},
        )
    units = {
        "total": (visit.total, Unit.MONEY),
        "items": (sum((line.quantity for line in visit.lines), Decimal()), Unit.NUMBER),
        "points_earned": (visit.points_earned, Unit.NUMBER),
        "points_used": (visit.points_used, Unit.NUMBER),
        "tax": (visit.tax, Unit.MONEY),
        "discounts": (visit.discounts, Unit.MONEY),
    }
    rest = [{"points_spent": "points_used", "points": "points_earned"}.get(name, name) for name in rest]
    return pick(key, rest, units, {"date": visit.day, "location": visit.location, "payment": visit.payment})


#: Other names that models use for fields of a sum or a basket.
_ALSO_CALLED = {
    "visits": ("visit_days", "receipts"),
    "visit_count": ("visit_days", "receipts"),
    "count": ("receipts", "items"),
    "purchases": ("receipts",),
    "total": ("spent", "before_tax"),
    "amount": ("spent", "before_tax"),
    "sum": ("spent", "before_tax"),
    "subtotal": ("before_tax",),
    "discount": ("saved", "discounts"),
    "savings": ("saved", "discounts"),
}


def _of_period(key: str, period: JsonMapping, rest: list[str], keys: Keys, facts: Facts) -> Value:
    if len(rest) == 2 and (product := keys.product(rest[0], facts)):
        lines = (line for line in period.get("lines") or () if isinstance(line, Mapping))
        line = next((line for line in lines if line.get("name") == product.name), None)
        if line is None:
            raise ExpressionError(f"names {rest[0]}, which is not in {key}")
        return _of_period(f"{key}.{rest[0]}", line, rest[1:], keys, facts)
    numbers = {
        str(name).lower(): (number, Unit.MONEY if MONEY_NAMES.search(str(name)) else Unit.NUMBER)
        for name, value in period.items()
        if (number := as_decimal(value)) is not None
    }
    if len(rest) == 1 and rest[0] not in numbers:
        rest = [next((name for name in _ALSO_CALLED.get(rest[0], ()) if name in numbers), rest[0])]
    days = {name: as_day(period[name]) for name in ("since", "until") if name in period}
    return pick(key, rest, numbers, days)
