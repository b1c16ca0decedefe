"""How long something takes: minutes, hours, weeks and months come from an entry or the shop's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_NUMBER = rf"(?:\d+(?:\.\d+)?|{SPOKEN_NUMBER})"
_DURATION = regex(
    rf"(?<![\w.$:/])(?:(?P<low>{_NUMBER})(?:\s?-\s?|\s(?:to|or|and|a|o|y)\s))?(?P<high>{_NUMBER})[\s-]?"
    r"(?P<unit>min(?:ute|uto)?s?|h(?:ou)?rs?|horas?|weeks?|semanas?|months?|mes(?:es)?)\b"
    r"(?! (?:longer|later|earlier|before we|before clos\w+|after we|mas tarde|walk\b|a pie))"
)
_UNITS = {"m": "minute", "h": "hour", "w": "week", "s": "week"}
#: Asking for patience is safe whatever the entries say.
_PATIENCE = regex(r"\b(?:wait|give (?:it|them)|before (?:having|taking|eating|trying)|esper[ae]\w*|antes de)\b")
_SAFE_HOURS = Decimal(2)
_RHYTHM = regex(r"\b(?:every|cada)\s$")
_NOT_HERE = regex(r"\b(?:old|ago|24/7)\b")


def check_durations(reading: DraftReading) -> Iterator[Problem]:
    """A reply says how long something takes only in numbers that were looked up."""
    known = {pair for text in _sources(reading) for found in _DURATION.finditer(text) for pair in _pairs(found)}
    for found in _DURATION.finditer(reading.words):
        text = reading.text(reading.sentence_at(found.start()))
        if _NOT_HERE.search(reading.words[found.end() : found.end() + 6]):
            continue
        if _RHYTHM.search(reading.words[: found.start()]):
            continue  # the check of counts judges how often the customer comes
        said = _pairs(found)
        is_patience = bool(_PATIENCE.search(text)) and all(
            unit == "hour" and number >= _SAFE_HOURS for number, unit in said
        )
        if is_patience or said <= known:
            continue
        excerpt = reading.draft.excerpt(*found.span())
        yield Problem(
            "duration",
            excerpt,
            f'"{excerpt}" is in no entry and no statement of the shop. Look it up, or leave the time out.',
        )


def _sources(reading: DraftReading) -> tuple[str, ...]:
    facts = reading.facts
    return (*facts.statements, *facts.said, *(text.casefold() for text in facts.history), *facts.strings)


def _pairs(found: re.Match[str]) -> set[tuple[Decimal, str]]:
    """The numbers of a duration, each with its unit."""
    unit = "month" if found["unit"].startswith(("mo", "mes")) else _UNITS[found["unit"][0]]
    return {(read_number(found[name]), unit) for name in ("low", "high") if found[name]}
