"""Numbers in the conversation, or in a tool's answer outside of its table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from motabot.boundary import Json
from motabot.staff.word_check.columns import number_of
from motabot.text.regex import regex

_IN_TEXT: Final = regex(r"(?<![\w-])\d+(?:\.\d+)?(?!-?\d|\w)")
#: "round(x, 2)", "order by 3 desc".
_PLACES: Final = regex(
    r",\s*\d\s*\)|\b(?:group|order)\s+by\s+(?:\d+(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*,?\s*)+",
    re.IGNORECASE,
)
_PERCENT: Final = regex(
    r"(?<![\w.-])(?P<said>\d+(?:\.\d+)?)\s?(?:%|percent\b|per cent\b|por ciento\b)"
    r"|(?:[<>]=?|\bbetween|\band|\*)\s*(?P<limit>\d+(?:\.\d+)?)(?![\w.-])"
)


def numbers_in(words: str) -> Iterator[Decimal]:
    """The numbers of a text; places after the point and of columns, which a query writes, are none."""
    words = _PLACES.sub(" ", words)
    yield from map(Decimal, _IN_TEXT.findall(words))


def percents_in(words: str) -> Iterator[Decimal]:
    """The numbers of a text that may be percentages: with their sign, or what a query compares with."""
    for match in _PERCENT.finditer(words):
        number = Decimal(match["said"] or match["limit"])
        yield number
        if match["limit"] and number < 1:
            yield number * 100


def numbers_told(words: str) -> Iterator[Decimal]:
    """The numbers of a tool's answer, which is JSON or a text; the rows of a result are read from its table."""
    try:
        yield from _numbers(json.loads(words))
    except ValueError:
        yield from _numbers(words)


def _numbers(value: Json) -> Iterator[Decimal]:
    if isinstance(value, Mapping):
        value = [each for key, each in value.items() if not (key == "rows" and "columns" in value)]
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, str) and number_of(value) is None:
        yield from numbers_in(value)
    elif (number := number_of(value)) is not None:
        yield number
