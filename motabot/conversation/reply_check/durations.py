"""How long something takes: minutes, hours, weeks and months come from an entry or the shop's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.figures import read_number
from motabot.conversation.reply_check.grounds import is_open
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.number_words import SPOKEN_NUMBER
from motabot.text.regex import regex

_NUMBER = rf"(?:\d+(?:\.\d+)?|{SPOKEN_NUMBER})"
_DURATION = regex(
    rf"(?<![\w.$:/])(?:(?P<low>{_NUMBER})(?:\s?-\s?|\s(?:to|or|and|a|o|y)\s))?(?P<high>{_NUMBER})[\s-]?"
    r"(?P<unit>min(?:ute|uto)?s?|h(?:ou)?rs?|horas?|wks?|weeks?|semanas?|months?|mes(?:es)?)\b"
    r"(?! (?:longer|later|earlier|before we|before clos\w+|after we|mas tarde|walk\b|a pie))"
)
#: "Good for a year", "clean in a week", "within a month", "once a year".
_ONE = regex(
    r"\b(?:in|within|for|about|after|under|once|twice|up to|every|per|en|dentro de|por|durante|cada) (?:about "
    r"|just |only |less than |half )?"
    r"(?:an?|one|the next|another|un|una)? ?(?:full |whole )?(?P<unit>weeks?|months?|years?|semana|mes"
    r"|ano)\b(?! (?:we|at|old))"
)
#: A span with "for a week" is about the goods or the shop, not about the customer's own plans.
_HOW_LONG = {
    "week": (5, 9),
    "semana": (5, 9),
    "month": (25, 35),
    "mes": (25, 35),
    "year": (330, 400),
    "ano": (330, 400),
}
_OWN_TIME = regex(
    r"\b(?:see you|have a|enjoy|your (?:\w+ )?(?:week|month|year)|this|last|next|visit|spent|bought|trips?"
    r"|times)\b"
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

    yield from _check_single(reading)


def _check_single(reading: DraftReading) -> Iterator[Problem]:
    sources = _sources(reading)
    for found in _ONE.finditer(reading.words):
        sentence = reading.text(reading.sentence_at(found.start()))
        unit = found["unit"].rstrip("s")
        usual = reading.facts.account.usual_days
        if usual is not None and _HOW_LONG[unit][0] <= usual <= _HOW_LONG[unit][1] and "you" in sentence:
            continue  # how often the customer comes
        if (
            sentence.rstrip().endswith("?")
            or _OWN_TIME.search(sentence)
            or is_open(sentence)
            or any(re.search(rf"\b(?:{unit}s?|wks?|mos?|yrs?)\b", text) for text in sources)
        ):
            continue
        excerpt = reading.draft.excerpt(*found.span())
        yield Problem(
            "duration", excerpt, f'"{excerpt}" is in no entry and no statement of the shop. Leave the time out.'
        )


def _sources(reading: DraftReading) -> tuple[str, ...]:
    facts = reading.facts
    return (*facts.statements, *facts.said, *(text.casefold() for text in facts.history), *facts.strings)


def _pairs(found: re.Match[str]) -> set[tuple[Decimal, str]]:
    """The numbers of a duration, each with its unit."""
    unit = "month" if found["unit"].startswith(("mo", "mes")) else _UNITS[found["unit"][0]]
    return {(read_number(found[name]), unit) for name in ("low", "high") if found[name]}
