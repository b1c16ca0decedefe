"""Values as people write them: with blanks around, in other capitals, as `9:00`, with `~` for the home folder."""

from __future__ import annotations

import contextlib
import re
from datetime import time
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic_core import ErrorDetails

#: Of pydantic's kinds of problems, what a value must be; `{...}` is a part of the problem's context.
_MUST_BE = {
    "bool_parsing": "must be true or false",
    "decimal_parsing": "must be a number, without unit or currency and with a point, such as 0.25",
    "float_parsing": "must be a number, without unit and with a point, such as 2.5",
    "finite_number": "must be a finite number",
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be at least {ge}",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number, without unit",
    "int_parsing_size": "must be a smaller number",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "time_parsing": "must be a time such as 09:00",
}


def tidy(annotation: object, value: str) -> object:
    """A variable's value without what is surely not meant.

    Args:
        annotation: The field's type.
        value: What the environment holds.
    """
    bare = value.strip()
    kinds = _kinds(annotation)
    for word in kinds:
        if isinstance(word, str) and word.lower() == bare.lower():
            return word
    if time in kinds and re.fullmatch(r"\d{1,2}(:\d\d)?", bare):
        hours, _, minutes = bare.partition(":")
        return f"{hours:0>2}:{minutes or '00'}"
    if Path in kinds and bare.startswith("~"):
        with contextlib.suppress(RuntimeError):  # this user has no home
            return Path(bare).expanduser()
    return bare


def explain(problem: ErrorDetails) -> str:
    """What a value must be, in words, with the value unless it is secret."""
    words = _MUST_BE.get(problem["type"])
    if words is None:
        return problem["msg"].removeprefix("Value error, ")
    must = words.format(**problem.get("ctx", {}))
    value = problem.get("input")
    return f"{must}, not {value!r}" if isinstance(value, str | int | float) and len(str(value)) <= 40 else must


def _kinds(annotation: object) -> set[object]:
    """The types that a field takes, and the words of a `Literal`."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    parts = get_args(annotation)
    return {annotation} if not parts else {kind for part in parts for kind in _kinds(part)}
