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
_PARTS = {"media": "30", "cuarto": "15", "half past": "30", "quarter past": "15", "half": "30"}
_HOUR_WORD = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|una|dos|tres|cuatro|cinco|seis|siete|ocho"
    "|nueve|diez|once|doce)"
)
_HOUR = rf"(?:\d{{1,2}}|{_HOUR_WORD})"
_SPOKEN = regex(
    rf"(?<![\w.$:])(?:(?P<hour>{_HOUR}) y (?P<part>media|cuarto)"
    rf"|(?P<before>half past|quarter past|half) (?P<past>{_HOUR})"
    rf"|(?:(?<=\bat )|(?<=\blas ))(?P<alone>{_HOUR_WORD}))\b(?! (?:each|of|grams?|points?|for)\b)"
)
_TO = r"\s(?:to|till|until|through|a|hasta|y|and)(?: a)?(?: las)?\s"
_HALF = (
    r"(?:in the (?:morning|evening|afternoon)|at night|tonight|this (?:morning|evening)|o'?clock|[ap]\.?m"
    r"|de la (?:manana|tarde|noche))\b"
)
#: What may follow an hour that no word calls one: the end of its clause, a day, the other end of a range.
_ENDS = (
    r"(?=[.,;:!?)]|$|\n|\s(?:and|y|on|el|los|every|each|sharp|that|this|today|tomorrow|daily|hoy|todos|so|but|pero|as"
    r"|\w+day)\b)"
)
#: An hour in words in a sentence about hours: "nine in the morning", "until eight", "ten to eight", "nine-thirty".
_IN_WORDS = regex(
    rf"(?<![\w.$:-])(?:(?P<first>{_HOUR_WORD})(?P<to>{_TO})(?P<second>{_HOUR_WORD})(?:(?= {_HALF})|{_ENDS})"
    rf"|(?P<hour>{_HOUR_WORD})[- ](?P<minute>thirty|fifteen|forty-five)\b"
    rf"|(?P<half>{_HOUR_WORD})(?=(?:{_TO}{_HOUR})? {_HALF}|{_TO}{_HOUR}(?: {_HALF}))"
    rf"|(?<=\b(?:at|by|to) )(?P<at>{_HOUR_WORD}){_ENDS}"
    rf"|(?<=\b(?:till|from) )(?P<till>{_HOUR_WORD}){_ENDS}|(?<=\buntil )(?P<until>{_HOUR_WORD}){_ENDS}"
    rf"|(?<=\blas )(?P<las>{_HOUR_WORD}){_ENDS})"
)
_MINUTES = {"thirty": "30", "fifteen": "15", "forty-five": "45"}


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
        hour = _number(found["hour"] or found["past"] or found["alone"])
        part = found["part"] or found["before"]
        return f"{hour}:{_PARTS[part]}" if part else hour

    return _SPOKEN.sub(written, _RUN_TOGETHER.sub(r"\1:\2 \3", text))


def hours_in_figures(sentence: str) -> str:
    """A sentence about hours with the hours in figures that it writes in words: "nine in the morning" is 9."""

    def written(found: re.Match[str]) -> str:
        if found["first"]:
            return f"{_number(found['first'])}{found['to']}{_number(found['second'])}"
        if found["hour"]:
            return f"{_number(found['hour'])}:{_MINUTES[found['minute']]}"
        return _number(found[0])

    def with_part(found: re.Match[str]) -> str:
        part = found["part"] or found["before"]
        return f"{_number(found['hour'] or found['past'])}:{_PARTS[part]}" if part else found[0]

    return _IN_WORDS.sub(written, _SPOKEN.sub(with_part, sentence))


def _number(word: str) -> str:
    return str(int(read_number("uno" if word == "una" else word)))
