"""How long ago something was: "two days ago", "nearly seven months ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from motabot.conversation.reply_check.figures import days_in, read_number
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_NUMBER = rf"(?:\d{{1,4}}|{SPOKEN_NUMBER}|an?|un[ao]?)"
_AGO = regex(
    r"\b(?:(?P<about>about|around|roughly|almost|nearly|just (?:over|under)|(?:a (?:bit|little) )?over"
    r"|more than|under|less than)\s)?"
    rf"(?<!\blast )(?<!\blatest )(?<!\bfirst )(?P<number>{_NUMBER}) (?P<unit>days?|weeks?|months?|years?) ago\b"
    rf"|\bhace (?P<casi>casi |mas de |unos |unas |como )?(?P<cuantos>{_NUMBER}) (?P<unidad>dias?|semanas?"
    rf"|mes(?:es)?|anos?)\b"
)
_DAYS_OF = {"d": 1.0, "w": 7.0, "s": 7.0, "m": 30.44, "y": 365.25, "a": 365.25}


def spans_ago(reading: DraftReading) -> Iterator[re.Match[str]]:
    """The spans that no date of their sentence, or of the facts, fits."""
    today = reading.facts.today
    for found in _AGO.finditer(reading.words):
        if today is None or any(found[0] in asked for asked in reading.facts.asked):
            continue  # the customer's own words
        if reading.text(reading.sentence_at(found.start())).rstrip().endswith("?"):
            continue
        if not any(_fits(found, (today - day).days) for day in _days_meant(reading, found.start())):
            yield found


def _days_meant(reading: DraftReading, place: int) -> set[date]:
    """The days that a sentence names, else all that are known."""
    sentence = reading.sentence_at(place)
    known = reading.facts.dates | {visit.day for visit in reading.facts.visits}
    known |= {one.last_bought for one in reading.products if one.last_bought}
    named = [day for day in days_in(reading.words) if sentence.span.start <= day.start < sentence.span.end]
    return {one for one in known if any(day.is_on(one) for day in named)} or set(known)


def _fits(found: re.Match[str], days: int) -> bool:
    written = found["number"] or found["cuantos"]
    number = 1.0 if written in ("a", "an", "un", "una", "uno") else float(read_number(written))
    unit = (found["unit"] or found["unidad"])[0]
    about = (found["about"] or found["casi"] or "").strip()
    exact, loose = days / _DAYS_OF[unit], 0.25 if unit in "ya" else 0.6
    if unit == "d" and not about:
        return days == number
    if about.endswith(("over", "than", "mas de")) and not about.startswith("less"):
        return number <= exact <= number + 1
    if about in ("almost", "nearly", "just under", "under", "less than", "casi"):
        return number - loose <= exact <= number + 0.05
    return abs(exact - number) <= loose
