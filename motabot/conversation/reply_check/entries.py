"""What a reply retells of the knowledge entries: what a sentence tells of its subject is not told of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.grounds import root, roots_of
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

#: "Live resin is made from ...", "CBD products can ...".
_SUBJECT = regex(
    r"^(?P<subject>[a-z]+(?: [a-z]+)?)"
    r" (?:is|are|can|has|have|keeps?|comes?|takes?|means?|contains?|tends?)\b"
)
#: Where a clause begins, so that "live resin" is not "resin".
_HEAD = r"(?:^|[.,;:!?\n]\s|\b(?:the|and|but|while|whereas|so|that|el|la|y|mientras)\s)"
_SENTENCE = regex(r"(?<=[.;!?])\s")
_END = regex(r"[.;!?\n]")
_TURNED = regex(r"\b(?:less|fewer|not|no|without|loses?|lacks?|unlike|than|doesn'?t|isn'?t|menos|sin|que)\b")
#: So many words of another subject's sentence, and none of its own, make a mixed-up retelling.
_MIXED_UP = 2


@dataclass(frozen=True)
class EntrySentence:
    """A sentence of an entry: what it is about, and the roots of what only it says."""

    subject: str
    told: frozenset[str]


def check_entries(reading: DraftReading) -> Iterator[Problem]:
    """Of two things that an entry tells apart, neither is told what the entry says of the other."""
    for entry in reading.facts.entries:
        pairs = _told_apart(entry)
        subjects = [one.subject for one in pairs]
        mixed, first = 0, ""
        for one in pairs:
            for found in re.finditer(rf"{_HEAD}{re.escape(one.subject)}\b", reading.words):
                clause = _until(reading.words, found.end(), subjects)
                own, others = _overlaps(clause, one, pairs)
                if own or not others or _TURNED.search(clause):
                    continue
                mixed += others
                first = first or reading.draft.excerpt(found.start(), found.end() + len(clause))
        if mixed >= _MIXED_UP:
            yield Problem(
                "grounds",
                first,
                f'"{first}": the entry says this of something else. Say of each what it says of it.',
            )


def _told_apart(entry: str) -> list[EntrySentence]:
    """The sentences of an entry that have different subjects, each with the words that no other one has."""
    found = [(match["subject"], part) for part in _SENTENCE.split(entry) if (match := _SUBJECT.match(part))]
    roots = [roots_of((part.removeprefix(subject),)) for subject, part in found]
    if len({subject for subject, _ in found}) < len(found) or len(found) == 1:
        return []
    return [
        EntrySentence(subject, own - frozenset().union(*(other for other in roots if other is not own)))
        for (subject, _), own in zip(found, roots, strict=True)
    ]


def _until(words: str, start: int, subjects: list[str]) -> str:
    """The words after a subject: up to the end of its sentence or the next subject."""
    named = [re.compile(rf"\b{re.escape(name)}\b").search(words, start) for name in subjects]
    ends = [found.start() for found in named if found]
    stop = _END.search(words, start)
    return words[start : min([*ends, stop.start() if stop else len(words)])]


def _overlaps(clause: str, own: EntrySentence, pairs: list[EntrySentence]) -> tuple[int, int]:
    said = {root(word) for word in re.findall(r"[a-z]{4,}", clause)}
    return len(said & own.told), max(len(said & other.told) for other in pairs if other is not own)
