"""Claims that nothing was counted: "none of the texts failed" beside a column of failed texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.named import COLUMNS
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_NONE: Final = regex(
    r"\b(?:none of (?:the|our|these|those|them|its)|no (?:texts?|messages?|refunds?|customers?))\b"
)
_END: Final = regex(r"[,;:.]|\s(?:and|but|while|or)\s")
_EXCEPT: Final = regex(r"\b(?:except|but|other than|besides|apart from)\b")
#: How many letters identify a word, and the fewest that do.
_STEM, _FEWEST = 4, 4


def claims_of_zeros(standing: Standing) -> Iterator[Verdict]:
    """Each such claim whose words name a column of counts, and whether that holds only zeros where it is said."""
    grid = standing.grid
    for match in _NONE.finditer(standing.flat):
        rest = _END.search(standing.flat, match.end())
        end = rest.start() if rest else len(standing.flat)
        words = standing.flat[match.end() : end]
        named = [
            n for n in grid.measures if grid.columns[n].unit == "count" and _says(words, grid.columns[n].name)
        ]
        if len(named) != 1 or _EXCEPT.search(words):
            continue
        rows = [n for n in standing.rows_beside(COLUMNS, match.start(), end) if n not in grid.totals]
        numbers = [number for n in rows if (number := grid.numbers[n][named[0]]) is not None]
        if numbers:
            yield Verdict(standing.quoted(match.start(), end), not any(numbers))


def _says(words: str, name: str) -> bool:
    """Whether words hold each word of a column's name, in any form."""
    stems = [each[:_STEM] for each in name.split() if len(each) >= _FEWEST]
    return bool(stems) and all(re.search(rf"\b{re.escape(each)}", words) for each in stems)
