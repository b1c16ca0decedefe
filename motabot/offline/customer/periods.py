"""The times in the past that a text names: spans of days, holidays, seasons, and what is around or since one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from motabot.offline.customer.questions import day_named, holiday, latest, season
from motabot.offline.dates import parse
from motabot.offline.dates.ranges import Span, around
from motabot.text.holidays import named_in
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_name("purchases.toml"))
_AROUND, _SINCE, _THAN_LAST = map(_LEXICON.pattern, "around since than_last".split())
#: So many days before and after are around a day.
_NEAR = timedelta(days=4)
_ONE_DAY = timedelta(days=1)
#: The units of "this month than last", and what the time before is called.
_UNITS = {
    **{unit: (unit, f"last {unit}") for unit in ("week", "month", "year")},
    "semana": ("week", "la semana pasada"),
    "mes": ("month", "el mes pasado"),
    "ano": ("year", "el año pasado"),
}
#: English names of days and months; Spanish ones are written small.
_NAMES = regex(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|\w{2,5}day|wednesday|thanksgiving|halloween|christmas"
    r"|(?:labor|memorial|veterans|fathers|mothers|presidents) day|easter)\b"
)
_ANO = regex(r"\bano\b")


def periods(plain: str, today: date) -> tuple[tuple[Span, ...], str]:
    """The times that a text in normal form names, up to today, and the text without them.

    Args:
        plain: The text: "this month or last", "around halloween", "since labor day".
        today: The shop's day.
    """
    if both := _than_last(plain, today):
        return both, _THAN_LAST.sub(" ", plain)
    if (named := season(plain, today)) and named.first:
        last = today if _SINCE.match(named.said) else named.last
        return (Span(named.first, last, named.said),), plain.replace(named.said, " ")
    if day := holiday(plain, today):
        return _near_holiday(plain, day, today)
    spans, left = parse.find(plain, today)
    past = [span.until(today) for span in spans if span.first is None or span.first <= today]
    known = [span for span in past if not (span.first is None and span.last >= today)]
    if not known and (number := day_named(plain)) and (day := latest(number, today)):
        return (Span(day, day, f"{day:%B} {day.day}"),), plain
    return tuple(_widened(plain, span, today) for span in known), left.replace("|", " ")


def written(said: str) -> str:
    """The words for a time as a reply writes them: "october" is "October", "este ano" is "este año"."""
    named = _NAMES.sub(lambda found: found[0].title(), said)
    return _ANO.sub("año", named)


def _than_last(plain: str, today: date) -> tuple[Span, ...]:
    """The two times of "this month than last"; nothing if a text does not compare that way."""
    found = _THAN_LAST.search(plain)
    if found is None:
        return ()
    unit, last = _UNITS[found[1]]
    this = around(today, unit)
    before = this.before()
    return (Span(this.first, today, " ".join(found[0].split()[:2])), Span(before.first, before.last, last))


def _near_holiday(plain: str, day: date, today: date) -> tuple[tuple[Span, ...], str]:
    start, end, _name = next(named_in(plain))
    before = plain[:start].split()
    said, left = plain[start:end], f"{plain[:start]} {plain[end:]}"
    lead = before[-1] if before else ""
    if _SINCE.fullmatch(lead):
        first = day + _ONE_DAY if lead in {"after", "de"} else day
        return (
            Span(first, today, f"since {said}" if lead in {"since", "after", "from"} else f"desde {said}"),
        ), left
    if _AROUND.fullmatch(lead) or _AROUND.fullmatch(" ".join(before[-2:])):
        return (Span(day - _NEAR, min(day + _NEAR, today), f"{lead} {said}"),), left
    if plain[end:].split()[:1] == ["week"]:
        week = around(day, "week").until(today)
        return (Span(week.first, week.last, f"{said} week"),), left
    return (Span(day, day, said),), left


def _widened(plain: str, span: Span, today: date) -> Span:
    """A day with those around it, where the text says that it is not sure: "around october 5"."""
    lead = _before(plain, span.said)
    if span.first is None or span.first != span.last or not _AROUND.search(lead):
        return span
    return Span(span.first - _NEAR, min(span.last + _NEAR, today), f"{lead} {span.said}")


def _before(plain: str, said: str) -> str:
    """The word before some words of a text."""
    words = plain.partition(said)[0].split()
    return words[-1] if words and said in plain else ""
