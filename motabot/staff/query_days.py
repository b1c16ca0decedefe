"""Works out the day that an expression of a query means: a literal, or a distance from the current day."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from motabot.boundary import Json, JsonMapping
from motabot.staff.origins import names_of
from motabot.text.regex import regex

_DAY: Final = regex(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?")
_LENGTH: Final = regex(r"(?:[+-]?\d+ (?:day|week|month|year)s?\s*)+")
_PART: Final = regex(r"([+-]?\d+) (day|week|month|year)")
_TODAY: Final = frozenset({"SVFOP_CURRENT_DATE"})
_NOW: Final = frozenset(
    {"SVFOP_CURRENT_TIMESTAMP", "SVFOP_CURRENT_TIMESTAMP_N", "SVFOP_LOCALTIMESTAMP", "SVFOP_LOCALTIMESTAMP_N"}
)
_NOW_CALLS: Final = frozenset({"now", "transaction_timestamp", "statement_timestamp", "clock_timestamp"})
_SIGNS: Final = {"+": operator.add, "-": operator.sub}


@dataclass(frozen=True)
class Moment:
    """A day, and whether it means a time within it, as now() does."""

    day: date
    is_within: bool = False


def moment_of(node: Json, today: date) -> Moment | None:
    """The day that an expression means; None if that is unknown.

    Args:
        node: The expression as PostgreSQL parses it.
        today: The current day of the query.
    """
    try:
        found = _value(node, today)
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, Moment) else None


def _value(node: Json, today: date) -> Moment | relativedelta | int | str | None:
    """The value of an expression."""
    if not isinstance(node, Mapping) or len(node) != 1:
        return None
    [(kind, held)] = node.items()
    if kind == "A_Const":
        return _constant(held)
    if kind == "TypeCast":
        return _cast(held, today)
    if kind == "SQLValueFunction" and held.get("op") in _TODAY | _NOW:
        return Moment(today, is_within=held["op"] in _NOW)
    if kind == "FuncCall":
        return _called(held, today)
    if kind == "A_Expr" and held.get("kind") == "AEXPR_OP":
        return _moved(held, today)
    return None


def _constant(held: JsonMapping) -> Moment | int | str | None:
    if "ival" in held:
        return int(held["ival"].get("ival", 0))
    words = str(held.get("sval", {}).get("sval", "")).strip()
    found = _DAY.fullmatch(words)
    return Moment(date.fromisoformat(found[1])) if found else words


def _cast(held: JsonMapping, today: date) -> Moment | relativedelta | int | str | None:
    """A value as another type: words as an interval, a time as its day."""
    value = _value(held.get("arg"), today)
    name = (names_of(held.get("typeName", {}).get("names", ())) or [""])[-1]
    if name == "interval":
        return _length(value) if isinstance(value, str) else None
    if isinstance(value, Moment):
        return Moment(value.day) if name == "date" else value
    return None


def _length(words: str) -> relativedelta | None:
    if not _LENGTH.fullmatch(words.lower()):
        return None
    total = relativedelta()
    for many, unit in _PART.findall(words.lower()):
        total += {
            "day": relativedelta(days=int(many)), "week": relativedelta(weeks=int(many)),
            "month": relativedelta(months=int(many)), "year": relativedelta(years=int(many)),
        }[unit]  # fmt: skip
    return total


def _called(held: JsonMapping, today: date) -> Moment | None:
    """now(), a time in a zone, or the first day of its week, month, quarter or year."""
    name = (names_of(held.get("funcname", ())) or [""])[-1]
    if name in _NOW_CALLS:
        return Moment(today, is_within=True)
    values = [_value(each, today) for each in held.get("args", ())]
    if len(values) < 2 or not isinstance(values[1], Moment):
        return None
    if name == "timezone":
        return values[1]
    return _first_of(str(values[0]), values[1].day) if name == "date_trunc" else None


def _first_of(unit: str, day: date) -> Moment | None:
    firsts = {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "quarter": day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1),
        "year": day.replace(month=1, day=1),
    }
    first = firsts.get(unit.lower())
    return Moment(first) if first else None


def _moved(held: JsonMapping, today: date) -> Moment | None:
    """A day with days or an interval added or subtracted."""
    sign = _SIGNS.get((names_of(held.get("name", ())) or [""])[-1])
    base, step = _value(held.get("lexpr"), today), _value(held.get("rexpr"), today)
    if sign is None or not isinstance(base, Moment) or not isinstance(step, int | relativedelta):
        return None
    length = relativedelta(days=step) if isinstance(step, int) else step
    return Moment(sign(base.day, length), base.is_within)
