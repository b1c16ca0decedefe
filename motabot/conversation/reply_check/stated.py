"""What the shop states, and where a draft says the same: the basis of all rules about policies."""

from __future__ import annotations

import re

from motabot.conversation.reply_check.draft import Draft, Problem
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.regex import regex

_DENIED_AFTER = regex(
    r"\w*\s(?:(?:are|is|was|were)n'?t|(?:are|is) not|aren'?t|isn'?t|can'?t|cannot|won'?t|no (?:es|son|se"
    r"|estan?))\b"
)

#: "No other returns" grants none.
_NO_OTHER = regex(r"\bno other (?:\w+ )?$")
#: "No receipt needed", if the shop asks for one.
UNPROVED = regex(
    r"\b(?:no matter (?:if|whether)|whether or not) you (?:bring|have|show|carry|keep) (?:\w+ )?(?:proof"
    r"|receipt)\b"
    r"|\b(?:receipt|recibo|proof) (?:or (?:not|no \w+)|o no|optional|isn'?t (?:needed|required|necessary))\b"
    r"|\bno need (?:to (?:show|bring|prove) (?:any\w*|proof|a receipt|the receipt|it|id)|for (?:proof"
    r"|a receipt))\b"
    r"|\b(?:lost|misplaced|don'?t have|tossed|threw away) (?:the|your|a"
    r"|that) receipt\b[^.!?\n]{0,20}\b(?:we|no|fine|it'?s)\b"
    r"|\b(?:no|without|even without|don'?t need|sin|no necesitas) (?:an? |the |your |any |el |tu )?(?:receipt"
    r"|proof|recibo|comprobante)\b"
)
PROVED = regex(r"\b(?:receipt|proof|recibo|comprobante)\b")


def statements_on(reading: DraftReading, pattern: re.Pattern[str]) -> list[str]:
    """The sentences of the shop that match a pattern."""
    parts = [part for text in reading.facts.statements for part in re.split(r"(?<=[.;!])\s", text)]
    return [part for part in parts if pattern.search(part)]


def is_granted(reading: DraftReading, pattern: re.Pattern[str]) -> bool:
    """Whether some statement matches without a denial."""
    for part in statements_on(reading, pattern):
        stated = Draft(part)
        if any(
            not stated.is_denied(found.start()) and not _NO_OTHER.search(stated.folded[: found.start()])
            for found in pattern.finditer(stated.folded)
        ):
            return True
    return False


def affirmed_in(reading: DraftReading, sentence: Sentence, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Where the sentence matches without a denial."""
    for found in pattern.finditer(reading.words, sentence.span.start, sentence.span.end):
        is_denied = reading.draft.is_denied(found.start()) or _NO_OTHER.search(reading.words[: found.start()])
        if not is_denied and not _DENIED_AFTER.match(reading.words[found.end() :]):
            return found
    return None


def problem_at(reading: DraftReading, found: re.Match[str], cure: str) -> Problem:
    """A problem at a match in the whole draft."""
    excerpt = reading.draft.excerpt(*found.span())
    return Problem("policy", excerpt, f'"{excerpt}" is not what the shop states. {cure}')


def problem_in(reading: DraftReading, sentence: Sentence, found: re.Match[str], cure: str) -> Problem:
    """A problem at a match in a sentence."""
    excerpt = reading.quoted(sentence, found)
    return Problem("policy", excerpt, f'"{excerpt}" is not what the shop states. {cure}')
