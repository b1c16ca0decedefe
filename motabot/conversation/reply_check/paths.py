"""What the paths of references mean in the customer's account and the shop's file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from motabot.conversation.reply_check.expressions import ExpressionError, Quantity, Unit, Value
from motabot.conversation.reply_check.facts import Facts
from motabot.conversation.reply_check.loyalty import loyalty_rule
from motabot.conversation.reply_check.product import as_decimal
from motabot.text.regex import regex

MONEY_NAMES = regex(
    r"total|before_tax|saved|spent|paid|price|dollars|average|discount|tax|minimum|fee|subtotal|amount"
)


def of_customer(rest: list[str], facts: Facts) -> Value:
    """A field of the customer's account; `points_value` is the discount for the points by the loyalty rule."""
    account = facts.account
    rule = loyalty_rule(facts.statements)
    worth = None if rule is None or account.points is None else rule.worth * (account.points // rule.points)
    units = {
        "points": (account.points, Unit.POINTS),
        "points_value": (worth, Unit.MONEY),
        "visits": (account.visits, Unit.NUMBER),
        "usual_days": (account.usual_days, Unit.NUMBER),
    }
    rest = ["points_value" if name in ("points_worth", "rewards_value", "reward_value") else name for name in rest]
    others = {"tier": account.tier, "last_visit": account.last_visited, "joined": account.joined}
    return pick("me", rest, units, others)


def of_shop(rest: list[str], facts: Facts) -> Value:
    """A field of the shop's file, by its path: "shop.hours.friday", "shop.loyalty.reward_points"."""
    here: object = facts.shop
    if rest[:1] == ["hours"] and len(rest) == 2:
        return _of_hours(rest[1], here)
    for name in rest:
        here = here.get(name) if isinstance(here, Mapping) else None
    number = as_decimal(here)
    if number is not None:
        name = rest[-1]
        unit = Unit.MONEY if MONEY_NAMES.search(name) else Unit.POINTS if "points" in name else Unit.NUMBER
        return Quantity(number, Unit.PERCENT if name == "percent" else unit)
    if isinstance(here, str):
        return here
    raise ExpressionError(f'asks for "shop.{".".join(rest)}", which the shop does not state')


def _of_hours(day: str, shop: object) -> Value:
    hours = shop.get("hours") if isinstance(shop, Mapping) else None
    if isinstance(hours, Mapping):
        if isinstance(told := hours.get(day), str):
            return told
        for each in hours.get("week") or ():
            if str(each["day"]).lower() == day:
                return str(each["hours"])
    raise ExpressionError(f'asks for the hours of "{day}", which are not known')


def pick(
    key: str, rest: list[str], numbers: Mapping[str, tuple[Decimal | None, Unit]], others: Mapping[str, object]
) -> Value:
    """The one field that a path names.

    Raises:
        ExpressionError: There is no such field, or its value was not looked up.
    """
    name = rest[0] if len(rest) == 1 else ""
    if name in numbers:
        value, unit = numbers[name]
        if value is not None:
            return Quantity(value, unit)
    elif name in others:
        other = others[name]
        if other is not None:
            return other  # type: ignore[return-value]
    else:
        known = ", ".join([*numbers, *others])
        raise ExpressionError(f'asks {key} for "{".".join(rest)}"; it has: {known}')
    raise ExpressionError(f"asks for {key}.{name}, which was not looked up; look it up first, or leave it out")
