"""Labels that are periods as people say them: "last week", "the week before", "Nov 9-15"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from motabot.boundary import Cell
from motabot.offline.dates.parse import find
from motabot.staff.word_check.columns import Days
from motabot.staff.word_check.rows_of_time import DAY_NAME
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

#: What may stand around a period in a label.
_AROUND: Final = r"(?:the |in )?{}(?:,? (?:so far|to date))?(?: ?\([^()]*\))?"
#: A period before the other one.
_BEFORE: Final = regex(r"\b(?:before|prior|previous|preceding|earlier)\b(?! last)")
_DASH: Final = regex(r"\s?[–—]\s?")


def spoken_periods(labels: Sequence[Cell], today: date | None) -> list[Days | None]:
    """The days of each label; empty if one of them is no period, or if they do not differ.

    Args:
        labels: The labels of a column; None for a missing one.
        today: The shop's day.
    """
    words = {each: _DASH.sub("-", fold_in_place(each.strip())) for each in labels if isinstance(each, str)}
    if today is None or len(words) < 2 or any(not isinstance(each, str | None) for each in labels):
        return []
    found = {label: days for label, said in words.items() if (days := _days_of(said, today))}
    earlier = [label for label, said in words.items() if _BEFORE.search(said)]
    if len(words) == 2 and len(earlier) == 1:
        [reference] = words.keys() - earlier
        if reference in found:
            first, last = found[reference]
            found[earlier[0]] = first - (last - first) - timedelta(days=1), first - timedelta(days=1)
    if len(set(found.values())) < len(words):
        return []
    return [None if each is None else found[each] for each in labels]


def _days_of(said: str, today: date) -> Days | None:
    """The days of a label that is a period and nothing else; None for other labels, and for a weekday's name."""
    spans = find(said, today)[0]
    if len(spans) != 1 or spans[0].first is None or spans[0].hours is not None or DAY_NAME.fullmatch(said):
        return None
    is_all = re.fullmatch(_AROUND.format(re.escape(spans[0].said)), said)
    return (spans[0].first, spans[0].last) if is_all else None
