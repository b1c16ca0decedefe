"""Figures of the first few rows together: "the top five brought in $40.00"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check import derivation
from motabot.staff.word_check.figures import FEW
from motabot.staff.word_check.grid import Grid
from motabot.text.regex import regex

#: "The top five", "the three best": their sum is not a cell.
_FIRST_FEW: Final = regex(
    rf"\b(?:top|first|best|largest|all|the|l[oa]s|primer[oa]s)\s+(?P<many>\d{{1,2}}|{'|'.join(FEW)})\b",
    re.IGNORECASE,
)
_SHARED: Final = regex(r"\b(?:together|combined|juntos|juntas)\b", re.IGNORECASE)


def firsts_of(sentence: str, grid: Grid) -> Iterator[Decimal]:
    """Sums of as many rows as a sentence names, and their shares of the whole: "the top five"."""
    for match in _FIRST_FEW.finditer(sentence):
        said = match["many"].lower()
        many = int(said) if said.isdigit() else FEW.get(said, 0)
        if 1 < many <= len(grid.rows):
            for place, total in derivation.largest_sums(grid, many):
                yield total
                if grid.sums[place]:
                    yield total / grid.sums[place] * 100
            shares = [n for n in grid.measures if "share" in grid.columns[n].name.split()]
            for place in shares if _SHARED.search(sentence) else ():
                total = sum(grid.column(place)[:many], Decimal(0))
                yield from (total, total * 100) if total <= 1 else (total,)
