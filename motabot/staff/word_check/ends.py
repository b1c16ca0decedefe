"""Claims of the two ends of a column: "margins run from 43% to 54.8%"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_RANGES: Final = regex(
    r"\b(?:runs?|ranges?|ranged|var(?:y|ies|ied)|spans?|extends?)\b[^.;,]{0,20}\b(?:from|between) $"
)
_TO: Final = regex(r"\s*(?:to|and|-|–)\s*")


def claims_of_ends(standing: Standing) -> Iterator[Verdict]:
    """Each such claim about all rows, and whether the figures are the least and the most of some column."""
    grid = standing.grid
    for low, high in itertools.pairwise(standing.figures):
        is_claim = _RANGES.search(standing.flat[: low.start]) and _TO.fullmatch(
            standing.flat[low.end : high.start]
        )
        places = {column for figure in (low, high) for _row, column in standing.reading.cells(figure)}
        if is_claim and places and not standing.labels:
            columns = [numbers for n in places if (numbers := grid.labeled_column(n) or grid.column(n))]
            is_true = any(_is_end(low, min(each)) and _is_end(high, max(each)) for each in columns)
            yield Verdict(standing.quoted(low.start, high.end), is_true)


def _is_end(figure: Written, number: Decimal) -> bool:
    """Whether a figure is a number, rounded up or down."""
    return abs(figure.value - abs(number)) < figure.step
