"""Which measure a question asks for, by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from motabot.staff.formats import format_of
from motabot.staff.sandbox.run import ResultColumn

_WORD: Final = re.compile(r"[a-z]+")
#: Words of questions by what they ask for: part of a column's name, or a format.
_SAID: Final = {
    "revenue": "sales", "sold": "sales", "sell": "sales", "turnover": "sales", "spent": "spend",
    "mean": "average", "avg": "average", "typical": "median", "profit": "margin", "discounted": "discount",
    "returned": "refund", "buyer": "customer", "people": "customer", "ticket": "transaction", "many": "count",
    "share": "percent", "pct": "percent", "rate": "percent", "proportion": "percent", "cut": "percent",
}  # fmt: skip


def measure_asked(columns: Sequence[ResultColumn], places: Sequence[int], words: str) -> int | None:
    """The place of the measure that a question names; None where it names none.

    Args:
        columns: The measures.
        places: Their places in the result.
        words: The question and the title.
    """
    said = _stems(words)
    best, most = None, 0.0
    for column, place in zip(columns, places, strict=True):
        name = _stems(column.name.replace("_", " "))
        if format_of(column) == "percent":
            name |= {"percent"}
        shared = len(name & said)
        score = shared / len(name) + 0.01 * shared if name else 0.0
        if score > most and score > 0.5:
            best, most = place, score
    return best


def _stems(words: str) -> set[str]:
    singular = [
        word[:-1] if len(word) > 3 and word.endswith("s") else word for word in _WORD.findall(words.lower())
    ]
    known = [_SAID.get(word, word) for word in singular]
    return {word[:-1] if len(word) > 3 and word.endswith("s") else word for word in known}
