"""Times of the day as people write them, in English and Spanish, as minutes after midnight."""

from __future__ import annotations

import re
from collections.abc import Sequence

from motabot.conversation.reply_check.figures import read_number
from motabot.text.regex import regex

_CLOCK = (
    r"(?:(?P<{0}hour>\d{{1,2}})(?::(?P<{0}minute>\d\d))?"
    r"\s?(?P<{0}half>a\.?m\.?|p\.?m\.?|de la (?:manana|tarde|noche))?|(?P<{0}word>noon|midnight|mediodia"
    r"|medianoche))"
)
RANGE = regex(
    rf"(?<![\w.$:#])(?:{_CLOCK.format('a_')})\s?(?:-|to|until|till|through|and|a|hasta(?: las)?"
    rf"|y(?: las)?)\s?(?:las )?(?:{_CLOCK.format('b_')})(?![\w%]|\.\d|:\d)"
)
SINGLE = regex(rf"(?<![\w.$:#-])(?:{_CLOCK.format('a_')})(?![\w%]|\.\d|:\d)")
#: "930pm", as people type it.
_RUN_TOGETHER = regex(r"\b(\d{1,2})([0-5]\d)\s?([ap]\.?m\b)")
_HALF_AHEAD = regex(
    r"\s(?:(?P<morning>in the morning|this morning|tomorrow morning|de la manana)"
    r"|tonight|at night|in the (?:evening|afternoon)|this (?:evening|afternoon)|esta (?:noche|tarde)"
    r"|de la (?:noche|tarde))\b"
)
_AT = regex(r"\b(?:at|by|around|about|before|after|till|until|like|for|a las?|las|tipo|como)\s$")
PARTS = {"media": "30", "cuarto": "15", "half past": "30", "quarter past": "15", "half": "30"}
HOUR_WORD = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|una|dos|tres|cuatro|cinco|seis|siete|ocho"
    "|nueve|diez|once|doce)"
)
HOUR = rf"(?:\d{{1,2}}|{HOUR_WORD})"
SPOKEN_TIME = regex(
    rf"(?<![\w.$:])(?:(?P<hour>{HOUR}) y (?P<part>media|cuarto)"
    rf"|(?P<before>half past|quarter past|half) (?P<past>{HOUR})"
    rf"|(?:(?<=\bat )|(?<=\blas ))(?P<alone>{HOUR_WORD}))\b(?! (?:each|of|grams?|points?|for)\b)"
)


def minutes_of(found: re.Match[str], prefix: str) -> frozenset[int]:
    """The minutes that a written time can mean: "9" is nine in the morning or the evening."""
    word = found[f"{prefix}word"]
    if word:
        return frozenset({12 * 60} if word in ("noon", "mediodia") else {0, 24 * 60})
    hour, minute = int(found[f"{prefix}hour"]), int(found[f"{prefix}minute"] or 0)
    half = found[f"{prefix}half"] or _half_ahead(found)
    if half:
        is_evening = half.startswith("p") or half.endswith(("tarde", "noche"))
        return frozenset({(hour % 12 + 12 * is_evening) * 60 + minute})
    if hour > 12:
        return frozenset({hour * 60 + minute})
    both = {(hour % 12) * 60 + minute, (hour % 12 + 12) * 60 + minute}
    return frozenset(both)


def is_exact(found: re.Match[str]) -> bool:
    """Whether a single time has minutes, or words that tell the morning from the evening."""
    return bool(found["a_minute"] or _half_ahead(found))


def _half_ahead(found: re.Match[str]) -> str | None:
    """The half of the day that the words after a time name: "9 tonight", "10 in the morning"."""
    ahead = _HALF_AHEAD.match(found.string, found.end())
    if ahead is None:
        return None
    return "am" if ahead["morning"] else "pm"


def spoken_time(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'AM' if hour < 12 else 'PM'}"


def asked_times(texts: Sequence[str]) -> set[int]:
    """The times of the day that the customer's newest texts name; a bare "at 7" is morning or evening."""
    return {
        minute
        for text in texts
        for found in SINGLE.finditer(_in_figures(text))
        if found["a_half"] or found["a_word"] or found["a_minute"] or _AT.search(found.string[: found.start()])
        for minute in minutes_of(found, "a_")
    }


def _in_figures(text: str) -> str:
    """A text with its spoken times in figures: "9 y media" and "half past nine" are 9:30."""

    def written(found: re.Match[str]) -> str:
        hour = number_of(found["hour"] or found["past"] or found["alone"])
        part = found["part"] or found["before"]
        return f"{hour}:{PARTS[part]}" if part else hour

    return SPOKEN_TIME.sub(written, _RUN_TOGETHER.sub(r"\1:\2 \3", text))


def number_of(word: str) -> str:
    """An hour in words or figures, in figures."""
    return str(int(read_number("uno" if word == "una" else word)))
