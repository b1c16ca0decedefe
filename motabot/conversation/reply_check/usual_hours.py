"""Hours in words: a day of "normal hours" or "el horario de siempre" has those of some day of the week."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.named_days import NamedDay, named_days
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.conversation.reply_check.records import Hours
from motabot.text.regex import regex

_USUAL = regex(
    r"\b(?:normal|regular|usual|same|standard|full|everyday) (?:\w+ ){0,2}?(?:hours|schedule|times)\b"
    r"|\b(?:open|close|here|hours)\b[^.!?\n,;]{0,24}\b(?:normally|(?:as|like|same as|the same as) (?:usual|always"
    r"|normal|(?:on |any |every )(?:\w+ )?day))\b"
    r"|\b(?:horarios?|horas) (?:\w+ )?(?:normal(?:es)?|regular(?:es)?|habitual(?:es)?|usual(?:es)?|complet[oa]s?"
    r"|de siempre|de costumbre|de todos los dias)\b|\bmism[oa]s? (?:horario|horas)\b"
    r"|\b(?:abr\w+|abiert\w+|atend\w+|cerr\w+)\b[^.!?\n,;]{0,24}\b(?:normal(?:mente)?|como (?:siempre|de costumbre"
    r"|cualquier (?:otro )?dia|todos los dias)|igual que siempre|de siempre)\b"
)
#: "Other than Christmas, we keep our usual hours", "and regular hours the day before".
_APART = regex(
    r"\b(?:except|other than|besides|aside|apart|otherwise|the rest|all other|every other|(?<!like )any other day"
    r"|(?:the )?day (?:before|after)|salvo|excepto|menos|aparte|fuera de|los demas|el resto|otros dias)\b"
)
#: What separates a day from the words on its hours, unless it was told already: "closed on December 25 and ...".
_TOLD = regex(r"\d\s?(?:am|pm)|\b(?:closed|cerr(?:ad\w+|amos)|but|pero|then)\b|[;.]")


def check_usual_hours(reading: DraftReading) -> Iterator[Problem]:
    """A day whose hours are called the usual ones has the hours of some day of the week."""
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?") or _APART.search(text):
            continue
        for found in _USUAL.finditer(text):
            place = sentence.span.start + found.start()
            if reading.draft.is_denied(place):
                continue
            told = [hours for store, hours in reading.facts.hours if store and store in text]
            kept = told or [hours for _, hours in reading.facts.hours]
            if kept and all(_is_special(reading, sentence, found, hours) for hours in kept):
                excerpt = reading.draft.excerpt(place, place + len(found[0]))
                yield Problem(
                    "hours",
                    excerpt,
                    f'"{excerpt}" is not what the shop states: that day has its own hours. Look them up.',
                )
                return


def _is_special(reading: DraftReading, sentence: Sentence, found: re.Match[str], hours: Hours) -> bool:
    """Whether the day that the words are about has hours like no day of the week."""
    usual = set(hours.week.values())
    return any(
        spans not in usual for _, _, listed in _days_of(reading, sentence, found, hours) for spans in listed
    )


def _days_of(reading: DraftReading, sentence: Sentence, found: re.Match[str], hours: Hours) -> list[NamedDay]:
    """The days right after the words, otherwise the last before; if the draft names none, those asked about."""
    offset = sentence.span.start
    named = list(named_days(reading, offset, sentence.span.end, hours))
    after = [
        day
        for day in named
        if day[0] >= offset + found.start() and not _TOLD.search(reading.words[offset + found.end() : day[0]])
    ]
    before = [
        day
        for day in named
        if day[1] <= offset + found.start() and not _TOLD.search(reading.words[day[1] : offset + found.start()])
    ]
    if named:
        return after or before
    if list(named_days(reading, 0, len(reading.words), hours)):
        return []
    asked = (DraftReading(Draft(text), reading.facts) for text in reading.facts.asked)
    return [day for one in asked for day in named_days(one, 0, len(one.words), hours)]
