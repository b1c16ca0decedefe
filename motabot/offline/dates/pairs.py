"""Spans that are compared: "last week and the week before", "September against October"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from motabot.offline.dates.ranges import Span, around, back
from motabot.offline.dates.words import WEEKDAY
from motabot.text.regex import regex

_UNITS = {
    "day": "day|dia",
    "week": "week|semana",
    "month": "month|mes",
    "quarter": "quarter|trimestre",
    "year": "year|ano",
}
_SOME = "|".join(_UNITS.values())
_EARLIER = regex(
    rf"\b(?:the|a|same|la|el|un|una)\s+(?P<unit>{_SOME})\s+(?:before|prior|earlier|antes|previ[oa])\b(?!\s+last)"
    r"|\bbefore (?:that|it)\b|\b(?:the )?(?:one|period) before\b|\b(?:la|el) (?:anterior|previ[oa])\b"
)

_WEEKDAY = regex(rf"\b{WEEKDAY}\b")
_SAME = regex(rf"\b(?:the )?same (?:day|time|date|weekday) (?:of )?last (?P<unit>{_SOME})\b")


def paired(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of a comparison: a single one gets the earlier one that the text compares it with.

    Args:
        text: In plain form.
        spans: Those that were found in it.
    """
    same = _SAME.search(text)
    if len(spans) == 2 and same and spans[0].first == spans[0].last:
        return spans[0], _earlier(
            spans[0], next(n for n, words in _UNITS.items() if re.fullmatch(words, same["unit"]))
        )
    if len(spans) == 2 and spans[0].first and (spans[0].first, spans[0].last) == (spans[1].first, spans[1].last):
        return spans[0], spans[0].before()  # "last week against the previous week"
    said = _EARLIER.search(text)
    if len(spans) != 1 or not said or not spans[0].first:
        return tuple(spans)
    unit = next((name for name, words in _UNITS.items() if re.fullmatch(words, said["unit"] or "")), "")
    return spans[0], _earlier(spans[0], unit)


def set_apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a comparison: on a Friday, "yesterday against last Thursday" means the Thursday before that."""
    if len(spans) != 2 or spans[0].first is None or spans[0].first != spans[0].last:
        return spans
    now, then = spans
    is_same = (now.first, now.last) == (then.first, then.last) and _WEEKDAY.search(then.said)
    week = timedelta(days=7)
    return (now, Span(now.last - week, now.last - week)) if is_same else spans


def unit_of(spans: Sequence[Span]) -> str:
    """The calendar unit of which each of several spans is exactly one, or ""."""
    for unit in ("day", "week", "month", "quarter", "year"):
        if len(spans) > 1 and all(span.first and _is_whole(span, unit) for span in spans):
            return unit
    return ""


def _is_whole(span: Span, unit: str) -> bool:
    whole = around(span.last, unit)
    return (whole.first, whole.last) == (span.first, span.last) and span.hours is None


def _earlier(span: Span, unit: str) -> Span:
    """The span before, or the same days a unit earlier if the span is not that unit."""
    assert span.first is not None
    if not unit or unit == "day" or _is_whole(span, unit):
        return span.before()
    return Span(back(span.first, 1, unit), back(span.last, 1, unit))
