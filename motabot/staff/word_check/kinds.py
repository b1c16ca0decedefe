"""The columns of labels that a noun means: "stores" are the labels of `shop_location`."""

from __future__ import annotations

import re
from typing import Final

from motabot.staff.word_check.grid import Grid
from motabot.text.regex import regex

#: The columns of labels that a noun may mean.
_NOUNS: Final = {
    "location|store|shop": regex(r"\b(?:stores?|shops?|locations?|tiendas?)\b"),
    "category": regex(r"\b(?:categor(?:y|ies|[ií]as?))\b"),
    "brand": regex(r"\bbrands?\b"),
    "vendor": regex(r"\bvendors?\b"),
    "product|name|sku|strain": regex(r"\b(?:products?|strains?)\b"),
    "weekday|day|dow": regex(r"\b(?:days?|weekdays?)\b"),
    "week": regex(r"\bweeks?\b"),
    "month": regex(r"\bmonths?\b"),
    "quarter": regex(r"\bquarters?\b"),
    "year": regex(r"\byears?\b"),
    "hour": regex(r"\bhours?\b"),
    "staff|seller|budtender": regex(r"\b(?:staff|budtenders?|sellers?|colleagues|people)\b"),
    "name|member|customer|phone": regex(r"\b(?:customers?|people|members?|clientes?|leads?|numbers?)\b"),
    "status|tier|group|risk|type": regex(r"\b(?:tiers?|groups?|types?|statuses|stages?)\b"),
    "source": regex(r"\bsources?\b"),
    "cohort": regex(r"\bcohorts?\b"),
}
_PERIODS: Final = frozenset({"weekday|day|dow", "week", "month", "quarter", "year", "cohort"})


def dims_of(grid: Grid, words: str) -> list[int] | None:
    """The columns of labels that the nouns in some words may mean; None if there is no known noun.

    Args:
        grid: The result.
        words: The words.
    """
    kinds = [kind for kind, noun in _NOUNS.items() if noun.search(words)]
    if not kinds:
        return None
    return [
        dim
        for dim in grid.labels
        if any(re.search(kind, grid.columns[dim].name) for kind in kinds)
        or (grid.is_axis(dim) and not _PERIODS.isdisjoint(kinds))
    ]
