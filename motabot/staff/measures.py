"""Which measure a question asks for, by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from motabot.staff.formats import format_of
from motabot.staff.sandbox.run import ResultColumn
from motabot.text.regex import regex

_WORD: Final = regex(r"[a-z]+")
#: Words of questions by what they ask for: part of a column's name, or a format.
_SAID: Final = {
    "revenue": "sales", "sold": "sales", "sell": "sales", "turnover": "sales", "spent": "spend",
    "mean": "average", "avg": "average", "typical": "median", "profit": "margin", "discounted": "discount",
    "returned": "refund", "buyer": "customer", "people": "customer", "ticket": "transaction", "many": "count",
    "share": "percent", "pct": "percent", "rate": "percent", "proportion": "percent", "cut": "percent",
}  # fmt: skip


#: What a column's name says about time, besides what it measures: "sales_before", "october_sales", "sales_2026".
_OF_TIME: Final = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre this last previous prior prev before after earlier later now then current past
    ago same year month week quarter yesterday today q1 q2 q3 q4 h1 h2 ytd mtd py cy ly weekday weekend
    antes despues ahora anterior actual
    """.split()
)
_YEAR: Final = regex(r"(?:19|20)\d\d")
_CHANGE: Final = regex(r"(^|_)(change|growth|difference|diff|delta|cambio|crecimiento)(_|$)")
_ASKS_CHANGE: Final = regex(
    r"\b(?:chang|gr[eo]w|differ|delta|increas|decreas|gain|fell|fall|drop|rose|ris|declin|lost|crec|subi|baj|cambi)",
    re.IGNORECASE,
)


def periods_beside(columns: Sequence[ResultColumn], places: Sequence[int], chosen: int, words: str) -> list[int]:
    """The measures of the same thing in several periods, including the chosen one; it alone if there are none.

    A change means its periods, unless the question asks for the change.

    Args:
        columns: All columns.
        places: Those of the measures.
        chosen: The place of the chosen measure.
        words: The question and the title.
    """
    alike: dict[tuple[str, str], list[int]] = {}
    for n in places:
        alike.setdefault((_without_time(columns[n].name), format_of(columns[n])), []).append(n)
    is_change = _CHANGE.search(columns[chosen].name) is not None
    if is_change and not _ASKS_CHANGE.search(words):
        return next((each for each in alike.values() if len(each) > 1), [chosen])
    found = next(each for each in alike.values() if chosen in each)
    return found if not is_change else [chosen]


def _without_time(name: str) -> str:
    parts = name.lower().split("_")
    return "_".join(part for part in parts if part not in _OF_TIME and not _YEAR.fullmatch(part))


def measure_asked(columns: Sequence[ResultColumn], places: Sequence[int], words: str) -> int | None:
    """The position of the measure that a question names; None if it names none.

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
