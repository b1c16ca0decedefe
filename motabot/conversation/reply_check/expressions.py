"""Arithmetic over facts: "{2*p1.price + p2.price}" read by a small grammar, with units, in decimal numbers.

    sum     = product (("+" | "-") product)*
    product = factor (("*" | "x" | "/") factor)*
    factor  = number ["%"] | path | "(" sum ")" | "-" factor
    path    = name ("." name)*

Nothing is evaluated but numbers and paths, and the depth and the size of an expression are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from motabot.text.regex import regex

_TOKEN = regex(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?P<percent>\s?%)?|(?P<path>[a-z_]\w*(?:\.\w+)*)|(?P<sign>[-+*/()x]))",
    re.IGNORECASE,
)
_MOST_CHARACTERS, _MOST_DEPTH = 120, 10


class ExpressionError(ValueError):
    """What is wrong with an expression, in words for the model that wrote it."""


class Unit(Enum):
    """What a number counts."""

    NUMBER = "a number"
    MONEY = "dollars"
    PERCENT = "percent"
    GRAMS = "grams"
    MILLIGRAMS = "milligrams"
    POINTS = "points"


@dataclass(frozen=True)
class Quantity:
    """A number with its unit. A percentage is kept as people write it: 31.3 is 31.3 %."""

    value: Decimal
    unit: Unit


#: What a reference can mean.
Value = Quantity | date | str
Resolve = Callable[[str], Value]


def evaluate(expression: str, resolve: Resolve) -> Value:
    """The value of an expression.

    Args:
        expression: The text between the braces.
        resolve: Gives the value of a path such as "p1.price"; raises ExpressionError for one that is not known.

    Raises:
        ExpressionError: The expression cannot be read, or its units do not fit.
    """
    if len(expression) > _MOST_CHARACTERS:
        raise ExpressionError("is too long; use one short expression")
    return _Parser(_tokens(expression), resolve).whole()


def _tokens(expression: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    text = expression.rstrip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise ExpressionError(f'cannot be read at "{text[position:].strip()[:12]}"')
        if token["number"]:
            found.append(("percent" if token["percent"] else "number", token["number"]))
        elif token["path"] and token["path"].lower() != "x":
            found.append(("path", token["path"]))
        else:
            found.append(("sign", (token["sign"] or token["path"]).lower().replace("x", "*")))
        position = token.end()
    return found


class _Parser:
    """Reads tokens by the grammar above."""

    def __init__(self, tokens: list[tuple[str, str]], resolve: Resolve) -> None:
        self._tokens = tokens
        self._resolve = resolve
        self._position = 0
        self._depth = 0

    def whole(self) -> Value:
        if not self._tokens:
            raise ExpressionError("is empty")
        value = self._sum()
        if self._position < len(self._tokens):
            raise ExpressionError(f'cannot be read at "{self._tokens[self._position][1]}"')
        return value

    def _take(self, *signs: str) -> str | None:
        if self._position < len(self._tokens):
            kind, text = self._tokens[self._position]
            if kind == "sign" and text in signs:
                self._position += 1
                return text
        return None

    def _sum(self) -> Value:
        value = self._product()
        while sign := self._take("+", "-"):
            value = _add(_number(value), _number(self._product()), sign)
        return value

    def _product(self) -> Value:
        value = self._factor()
        while sign := self._take("*", "/"):
            other = _number(self._factor())
            value = _multiply(_number(value), other) if sign == "*" else _divide(_number(value), other)
        return value

    def _factor(self) -> Value:
        if self._take("-"):
            inner = _number(self._factor())
            return Quantity(-inner.value, inner.unit)
        if self._take("("):
            self._depth += 1
            if self._depth > _MOST_DEPTH:
                raise ExpressionError("has too many parentheses")
            value = self._sum()
            if not self._take(")"):
                raise ExpressionError("lacks a closing parenthesis")
            return value
        if self._position >= len(self._tokens):
            raise ExpressionError("ends too early")
        kind, text = self._tokens[self._position]
        self._position += 1
        if kind == "path":
            return self._resolve(text)
        if kind in ("number", "percent"):
            return Quantity(Decimal(text), Unit.PERCENT if kind == "percent" else Unit.NUMBER)
        raise ExpressionError(f'cannot be read at "{text}"')


def _number(value: Value) -> Quantity:
    if not isinstance(value, Quantity):
        raise ExpressionError("computes with a text or a date; compute with numbers only")
    return value


def _add(first: Quantity, second: Quantity, sign: str) -> Quantity:
    if first.unit is not second.unit:
        if second.unit is Unit.PERCENT:  # "p1.price - 10%"
            second = _multiply(first, second)
        elif Unit.NUMBER not in (first.unit, second.unit):
            raise ExpressionError(f"adds {first.unit.value} and {second.unit.value}")
    unit = second.unit if first.unit is Unit.NUMBER else first.unit
    return Quantity(first.value + second.value if sign == "+" else first.value - second.value, unit)


def _multiply(first: Quantity, second: Quantity) -> Quantity:
    units = {first.unit, second.unit}
    value = first.value * second.value
    if units == {Unit.GRAMS, Unit.PERCENT}:
        return Quantity(value * 10, Unit.MILLIGRAMS)  # grams x 1000 mg x percent / 100
    if Unit.PERCENT in units:
        other = second.unit if first.unit is Unit.PERCENT else first.unit
        return Quantity(value / 100, other)
    if Unit.NUMBER not in units:
        raise ExpressionError(f"multiplies {first.unit.value} by {second.unit.value}")
    return Quantity(value, second.unit if first.unit is Unit.NUMBER else first.unit)


def _divide(first: Quantity, second: Quantity) -> Quantity:
    if second.value == 0:
        raise ExpressionError("divides by zero")
    value = first.value / second.value
    if first.unit is second.unit:
        return Quantity(value, Unit.NUMBER)
    return Quantity(value, first.unit)
