"""How to show a column's values to people, by its name and type."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from motabot.boundary import Cell
from motabot.staff.sandbox.run import ResultColumn
from motabot.text.regex import regex

Format = Literal["text", "count", "number", "money", "percent", "date", "moment", "duration", "customer", "phone"]

_MONEY = regex(
    r"(^|_)(sales|sold_for|price|amount|value|revenue|turnover|spent|spend|margin|profit|discounts?|refunds?|refunded|cost|"
    r"tax|ticket|basket|gross|net|paid|median|average)(_|$)"
)
#: What is not money even with a word for money: "points_spent", "average_thc_content", "discount_rate".
_NOT_MONEY = regex(
    r"(^|_)(points(?!_(?:value|worth|dollars))|thc|cbd|rate|ratio|share|rating|probability|potency|age|score|minutes|seconds|"
    r"(?<!\d_)(?:hours|days|weeks|months))(_|$)"
)
#: "Average", "net" and the like say nothing about the unit; these words do.
_COUNTED = regex(
    r"(^|_)(average|median|net|gross|value|spread)_(\w+_)?"
    r"(units|items|quantity|visits|transactions|tickets|orders|customers|texts|messages|leads|products|times|count)$"
)
#: Ranges and arrays of numbers, whose types' names begin alike, are words.
_WHOLE = frozenset({"int2", "int4", "int8"})
_FRACTIONS = frozenset({"numeric", "float4", "float8"})
_PER = regex(r"_per_.*$")
_DIFFERENCE = regex(r"(^|_)(change|difference|diff|delta|gap)(_|$)")
#: Nothing but a period: "q3_last_year", beside "q3_sales".
_PERIOD = regex(
    r"(?:q[1-4]_?)?(?:(?:last|this|previous|prior)_(?:year|quarter|month|week)|before|now|20\d\d)?(?<=.)"
)
_PERCENT = regex(r"(^|_)(percent|pct)(_|$)")
#: The way Python writes a timedelta.
_DURATION = regex(r"(?:(-?\d+) days?, )?(\d+):(\d+):(\d+)(?:\.\d+)?")
_CUSTOMER = frozenset({"member_id", "customer_id"})
_PHONE = frozenset({"phone", "phone_number"})


def format_of(column: ResultColumn) -> Format:
    """The format of a column.

    Returns:
        "money" and "percent" only for fractional types: whole numbers count things. "customer" and "phone" for
        values that have their own page.
    """
    name = column.name.lower()
    if name in _CUSTOMER:
        return "customer"
    if name in _PHONE:
        return "phone"
    if column.type == "date":
        return "date"
    if column.type.startswith("timestamp"):
        return "moment"
    if column.type == "interval":
        return "duration"
    if column.type in _WHOLE:
        return "count"
    if column.type in _FRACTIONS:
        if _PERCENT.search(name):
            return "percent"
        counted = _NOT_MONEY.search(name) or _COUNTED.search(_PER.sub("", name))
        return "money" if _MONEY.search(name) and not counted else "number"
    return "text"


def formats_of(columns: Sequence[ResultColumn]) -> list[Format]:
    """The formats of a result's columns: a difference of sums of money is money, and so is such a sum's period."""
    found = [format_of(column) for column in columns]
    names = [column.name.lower() for column in columns]
    differences = [n for n, name in enumerate(names) if _DIFFERENCE.search(name) or _PERIOD.fullmatch(name)]
    if "money" in found and not any(kind == "number" for n, kind in enumerate(found) if n not in differences):
        for n in differences:
            found[n] = "money" if found[n] == "number" else found[n]
    return found


def shown(value: Cell, kind: Format) -> str:
    """A value of a table's JSON as people read it."""
    if value is None:
        return ""
    if kind == "moment":
        return str(value)[:16].replace("T", " ")
    if kind == "duration":
        return _duration(str(value))
    if kind in {"money", "number", "percent", "count"}:
        number = Decimal(str(value))
        if not number.is_finite():  # NaN and Infinity, which the shop's columns can hold
            return str(value)
        places = 2 if kind == "money" else max(0, min(2, -int(number.normalize().as_tuple().exponent)))
        written = f"{abs(number):,.{places}f}"
        sign = "-" if number < 0 else ""
        return f"{sign}${written}" if kind == "money" else f"{sign}{written}{'%' if kind == 'percent' else ''}"
    return str(value)


def short(value: Cell, kind: Format) -> Cell:
    """A cell as a model reads it, ready to be quoted: no microseconds, no long decimals."""
    if value is None or (isinstance(value, str) and value.startswith("[")):  # a placeholder
        return value
    if kind in ("moment", "duration"):
        return shown(value, kind)
    if isinstance(value, Decimal | float) and (number := Decimal(str(value))).is_finite():
        places = 2 if kind in ("money", "percent") else 4
        return round(number, places) if -int(number.as_tuple().exponent) > places else value
    return value


def seconds_of(words: str) -> int | None:
    """The length of a span of time in a table's JSON; None if it is not one."""
    found = _DURATION.fullmatch(words)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _duration(words: str) -> str:
    """A span of time in its two largest units: "7 min", "2 h 5 min", "3 d 4 h"."""
    found = _DURATION.fullmatch(words)
    if found is None:
        return words
    days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s")]
    first = next((n for n, (many, _unit) in enumerate(parts) if many), 3)
    last = first + 1 if first < 2 else first
    return " ".join(f"{many} {unit}" for many, unit in parts[first : last + 1] if many or last == first)
