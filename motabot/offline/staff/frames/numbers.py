"""Numbers in a question: limits ("top 5", "top 10 %") and bounds on figures ("at least 3 times", "over $500")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from motabot.offline.staff.frames.lexer import Piece

_NEGATED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}

#: Figures that may follow a percentage: "over 30% THC".
_PERCENTS = {
    "thc": "thc_percent",
    "cbd": "cbd_percent",
    "margin": "margin_percent",
    "discounts": "discount_percent",
}
_DOSES = {"thc": "thc_dose", "cbd": "cbd_dose"}


@dataclass(frozen=True)
class Limit:
    """A bound whose figure depends on the words around it.

    Attributes:
        sign: The comparison in SQL.
        number: The number that the figure is compared with.
        unit: A noun's or a measure's name, "times", "$", "%" or "".
        words: The question's own.
    """

    sign: str
    number: Decimal
    unit: str
    words: str


@dataclass(frozen=True)
class Numbered:
    """A question's items with its numbers taken out.

    Attributes:
        items: The rest; a bound stays in its place, as an item that `bounds` has by that place.
        bounds: By the place of their item.
        limit: The most rows, or None.
        is_percent: Whether the limit is a percentage of all.
    """

    items: list[Piece]
    bounds: dict[int, Limit]
    limit: int | None
    is_percent: bool


def join(items: Sequence[Piece]) -> Numbered:
    """Take limits and bounds out of a question's items."""
    rest: list[Piece] = []
    bounds: dict[int, Limit] = {}
    limit: int | None = None
    is_percent = False
    at = 0
    while at < len(items):
        item = items[at]
        if pair := _between(items, at):
            for each in pair:
                bounds[len(rest)] = each
                rest.append(Piece(each.words))
            at += 4 + bool(pair[1].unit not in ("", "$", "%") and at + 4 < len(items))
            continue
        taken, bound = _bound(items, at)
        if bound:
            if (
                bound.sign in _NEGATED
                and rest
                and rest[-1].is_op("not")
                and bound.words.startswith(("more", "less", "over", "mas"))
            ):
                rest.pop()
                bound = replace(bound, sign=_NEGATED[bound.sign])
            bounds[len(rest)] = bound
            rest.append(Piece(bound.words))
            at += taken
            continue
        if item.number is not None and item.sign != "$" and _is_limit(items, at):
            limit = int(item.number)
            percent = at + 1 < len(items) and items[at + 1].is_op("share")
            is_percent = item.sign == "%" or percent
            at += 2 if percent else 1
            continue
        rest.append(item)
        at += 1
    return Numbered(rest, bounds, limit, is_percent)


def _between(items: Sequence[Piece], at: int) -> tuple[Limit, Limit] | None:
    """The two bounds of "between 100 and 500", with the unit that follows."""
    if items[at].words != "between" or at + 3 >= len(items) or not items[at + 2].is_op("and"):
        return None
    low, high = items[at + 1], items[at + 3]
    if low.number is None or high.number is None:
        return None
    _taken, most = _with_unit(items, at + 3, 1, "<=", high.number, high.sign or low.sign)
    assert most is not None
    words = f"between {low.words} and {high.words}"
    return replace(most, sign=">=", number=low.number, words=words), replace(most, words=words)


def _is_limit(items: Sequence[Piece], at: int) -> bool:
    before = items[at - 1] if at else None
    after = items[at + 1] if at + 1 < len(items) else None
    if before is not None and before.is_op("top", "worst", "first", "list", "recent"):
        return True
    ranks = any(item.is_op("top", "worst") for item in items)
    return after is not None and (after.is_op("top", "worst") or (ranks and bool(after.name("noun"))))


def _bound(items: Sequence[Piece], at: int) -> tuple[int, Limit | None]:
    """The bound that begins at a place, and how many items it takes."""
    item = items[at]
    sign = item.name("compare")
    if sign and at + 1 < len(items):
        number, sort = _amount(items[at + 1])
        if number is not None:
            return _with_unit(items, at, 2, sign, number, sort)
        return 1, None
    if item.is_op("only") and at + 2 < len(items):
        number, sort = _amount(items[at + 1])
        if number is not None and (
            items[at + 2].name("noun") or items[at + 2].name("measure") or items[at + 2].is_op("times")
        ):
            return _with_unit(items, at, 2, "=", number, sort)
    if item.is_op("once", "twice"):
        return 1, Limit(
            "=" if item.is_op("once") else ">=", Decimal(1 if item.is_op("once") else 2), "times", item.words
        )
    if item.number is not None:
        after = at + 1
        if item.sign == "+":
            return _with_unit(items, at, 1, ">=", item.number, "")
        if after < len(items) and items[after].is_op("or_more", "or_less"):
            return _with_unit(
                items, at, 2, ">=" if items[after].is_op("or_more") else "<=", item.number, item.sign
            )
        if after + 1 < len(items) and items[after + 1].is_op("or_more", "or_less") and items[after].senses:
            sign = ">=" if items[after + 1].is_op("or_more") else "<="
            taken, bound = _with_unit(items, at, 1, sign, item.number, item.sign)
            return taken + 1, replace(bound, words=f"{bound.words} {items[after + 1].words}")
        if after < len(items) and items[after].is_op("times"):
            return 2, Limit("=", item.number, "times", f"{item.words} {items[after].words}")
    return 1, None


def _amount(item: Piece) -> tuple[Decimal | None, str]:
    if item.is_op("once"):
        return Decimal(1), "times"
    if item.is_op("twice"):
        return Decimal(2), "times"
    return item.number, item.sign


def _with_unit(
    items: Sequence[Piece], at: int, taken: int, sign: str, number: Decimal, sort: str
) -> tuple[int, Limit]:
    unit = sort if sort in ("$", "times", "%", "mg") else ""
    end = at + taken
    while not unit and end < len(items) and items[end].is_op("different", "share"):
        unit = "%" if items[end].is_op("share") else ""
        end += 1
    after = end + (end + 1 < len(items) and items[end].is_op("of"))
    figure = items[after].name("measure") if after < len(items) else ""
    if known := (_PERCENTS if unit == "%" else _DOSES if unit == "mg" else {}).get(figure):
        unit, end = known, after + 1  # "over 30% THC"
    if not unit and end + 1 < len(items) and items[end].is_op("in", "of") and items[end + 1].name("measure"):
        end += 1  # "1000 in sales"
    if not unit and end + 1 < len(items) and items[end].is_op("of", "among") and items[end + 1].name("noun"):
        end += 1  # "more than one of our stores"
    following = items[end] if end < len(items) else None
    if following is not None and not unit:
        if following.is_op("times"):
            unit, end = "times", end + 1
        elif following.name("measure") == "sales" and following.words in ("dollars", "money"):
            unit, end = "$", end + 1
        elif following.name("noun"):
            unit, end = following.name("noun"), end + 1
        elif following.name("measure"):
            unit, end = following.name("measure"), end + 1
    words = " ".join(each.words for each in items[at:end] if not each.is_op("of", "among"))
    return end - at, Limit(sign, number, unit, words)
