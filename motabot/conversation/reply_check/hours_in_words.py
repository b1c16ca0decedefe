"""Hours that a draft writes in words, as figures: "nine in the morning", "until eight", "de diez a ocho"."""

from __future__ import annotations

import re

from motabot.conversation.reply_check.clock_times import HOUR, HOUR_WORD, PARTS, SPOKEN_TIME, number_of
from motabot.conversation.reply_check.draft import Draft
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

OPEN = regex(
    r"\b(?:open\w*|clos\w+|shuts?|hours?|here|come by|stop by|abr\w+|cierr\w+|cerr\w+|horario|abiert\w+)\b"
)
A_DAY = regex(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tonight|tomorrow|weekends?|weekdays?|lunes|martes"
    r"|miercoles|jueves|viernes|sabados?|domingos?|hoy|manana|new year'?s(?: day)?|christmas(?: day)?|navidad)\b"
)
#: "Saturday nine to ten": bare numbers right behind a day are its hours.
DAY_BEFORE = regex(
    rf"{A_DAY.pattern}(?:'s)?(?: hours)?"
    r"(?:,? (?:it'?s|is|are|it runs|runs?|we run|we'?re here|from|de|son|es|estamos|desde|las)|:|,)*\s$"
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
    rf"(?<![\w.$:-])(?:(?P<first>{HOUR_WORD})(?P<to>{_TO})(?P<second>{HOUR_WORD})(?:(?= {_HALF})|{_ENDS})"
    rf"|(?P<hour>{HOUR_WORD})[- ](?P<minute>thirty|fifteen|forty-five)\b"
    rf"|(?P<half>{HOUR_WORD})(?=(?:{_TO}{HOUR})? {_HALF}|{_TO}{HOUR}(?: {_HALF}))"
    rf"|(?<=\b(?:at|by|to) )(?P<at>{HOUR_WORD}){_ENDS}"
    rf"|(?<=\b(?:till|from) )(?P<till>{HOUR_WORD}){_ENDS}|(?<=\buntil )(?P<until>{HOUR_WORD}){_ENDS}"
    rf"|(?<=\blas )(?P<las>{HOUR_WORD}){_ENDS})"
)
_MINUTES = {"thirty": "30", "fifteen": "15", "forty-five": "45"}


def with_figures(reading: DraftReading) -> DraftReading:
    """The draft with figures for the hours that its sentences about hours write in words."""
    parts = [
        _in_figures(part) if OPEN.search(part) or A_DAY.search(part) else part
        for part in (reading.text(sentence) for sentence in reading.sentences)
    ]
    written = "".join(parts)
    return reading if written == reading.words else DraftReading(Draft(written), reading.facts)


def _in_figures(sentence: str) -> str:
    """A sentence about hours with the hours in figures that it writes in words: "nine in the morning" is 9."""

    def written(found: re.Match[str]) -> str:
        if found["first"]:
            return f"{number_of(found['first'])}{found['to']}{number_of(found['second'])}"
        if found["hour"]:
            return f"{number_of(found['hour'])}:{_MINUTES[found['minute']]}"
        return number_of(found[0])

    def with_part(found: re.Match[str]) -> str:
        part = found["part"] or found["before"]
        return f"{number_of(found['hour'] or found['past'])}:{PARTS[part]}" if part else found[0]

    return _IN_WORDS.sub(written, SPOKEN_TIME.sub(with_part, sentence))
