"""How long a value a call or a type can make, as far as constants show."""

from __future__ import annotations

import math
from typing import Final, TypeAlias

from motabot.boundary import Json
from motabot.text.regex import regex

#: Nodes of PostgreSQL's own grammar.
Nodes: TypeAlias = list[Json]
#: The longest text that a constant argument may request.
_MOST_WIDTH: Final = 1_000
#: Functions whose result can be far longer than their arguments, with the position of the argument that decides.
GROWING: Final = {"repeat": 1, "lpad": 1, "rpad": 1, "replace": 2}
#: Types that are padded to the width in their modifier.
_FILLED: Final = frozenset({"bpchar", "char", "character", "bit"})
_WIDTH: Final = regex(r"%(?:\d+\$)?-?(\*|\d+)?")


def format_problem(arguments: Nodes) -> str | None:
    """Why a call of format() may not run: its pattern is not known, or asks for a wide field."""
    pattern = _text(arguments[:1])
    if pattern is None:
        return "format() takes a quoted text as its pattern here."
    widths = [width for width in _WIDTH.findall(pattern.replace("%%", "")) if width]
    if any(width == "*" or int(width) > _MOST_WIDTH for width in widths):
        return f"format() takes widths of at most {_MOST_WIDTH} here."
    return None


def is_short(name: str, arguments: Nodes) -> bool:
    """Whether constants alone show that the result of a growing function stays small."""
    position = GROWING[name]
    given = arguments[position : position + 1]
    if name == "replace":
        return length(given) <= 100
    width = _number(given)
    is_narrow = width is not None and width <= _MOST_WIDTH
    return is_narrow and (name != "repeat" or length(arguments[:1]) <= 10)


def _number(nodes: Nodes) -> int | None:
    """The first node as an integer constant."""
    constant = nodes[0].get("A_Const", {}) if nodes else {}
    return int(constant["ival"].get("ival", 0)) if "ival" in constant else None


def _text(nodes: Nodes) -> str | None:
    """The first node as a text constant."""
    constant = nodes[0].get("A_Const", {}) if nodes else {}
    return str(constant["sval"].get("sval", "")) if "sval" in constant else None


def length(nodes: Nodes) -> float:
    """The length of the first node as a text constant; infinite for anything else."""
    text = _text(nodes)
    return math.inf if text is None else len(text)


def filling_problem(name: str, widths: Nodes) -> str | None:
    """Why a type may not be used with this width: some types pad every value to it."""
    width = _number(widths[:1]) if widths else 1
    if name not in _FILLED or (width is not None and width <= _MOST_WIDTH):
        return None
    return f"The type {name} takes a width of at most {_MOST_WIDTH} here."
