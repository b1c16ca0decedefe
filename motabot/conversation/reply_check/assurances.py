"""Assurances that nobody can give: that a drug test will show nothing."""

from __future__ import annotations

from collections.abc import Iterator

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading
from motabot.text.regex import regex

_TEST = regex(
    r"\b(?:drug|urine|blood|hair|saliva|piss|work|job|employment|company) (?:tests?|screen\w*)\b"
    r"|\btested\b|\bsober\b|\bprobation\b|\b(?:the|a|your|any|my) tests?\b"
    r"|\bantidoping\b|\bpruebas? de (?:drogas?|orina)\b"
)
_ASSURED = regex(
    r"\b(?:won'?t|will not|never|doesn'?t|don'?t|do not|does not|can'?t|cannot|shouldn'?t|nunca|no)\s"
    r"(?:\w+\s){0,2}?(?:show(?:s|ing)?(?: up)?|comes? up|appear|trigger|fail|test positive|be detected"
    r"|sal(?:e|en|dra)|aparece\w*)\b"
    r"|\b(?:you'?ll|you will|you'?d|you can|you'?re|should|it'?s|they'?re|vas a|estaras?)\s(?:\w+\s){0,2}?"
    r"(?:pass|fine|ok|okay|safe|clear|clean|good to go|bien|pasar)\b"
    r"|\b(?:weeks?|days?|months?|time|once|hit|joint) (?:is|are|'?s|should be) (?:\w+ )?(?:plenty|enough|fine|ok"
    r"|okay|no problem)\b"
    r"|\b(?:clear|clean|gone|out of (?:your|the) system)\s(?:in|by|after|within)\b"
    r"|\b(?:passes|undetectable|test[- ]safe|safe for (?:a |your )?(?:\w+ )?tests?)\b"
)
_NOBODY_CAN = regex(
    r"\b(?:nobody|no one|can'?t (?:promise|guarantee|say|be sure)|cannot (?:promise|guarantee|say)"
    r"|not (?:promise|guarantee)|no guarantee|if|whether|nadie|no puedo|no (?:se puede )?garantiza\w*)\b"
)


#: Whether something old, moldy or broken may still be used.
_CONDITION = regex(
    r"\b(?:mold\w*|sugar(?:y|ed)|old|expired|stale|brown|dark\w*|color|smells?|weird|still good|go(?:es|ne)? bad"
    r"|clump\w*|dried out"
    r"|crystal\w*|melted|separated|moho|vencid[oa]|vieja?o?|huele|seca?o?)\b"
)
_STILL_FINE = regex(
    r"\b(?:is|are|'s|it'?s|that'?s|they'?re|still|esta|sigue)\s(?:\w+ )?(?:totally|perfectly|completely"
    r"|absolutely|still|just|fully"
    r"|perfectamente|totalmente)\s(?:fine|safe|ok|okay|good|usable|normal|bien|segur[oa])\b"
)


def check_condition(reading: DraftReading) -> Iterator[Problem]:
    """No reply says that something old or odd-looking is still good, unless an entry says so."""
    if not any(_CONDITION.search(text) for text in reading.facts.asked):
        return
    for found in _STILL_FINE.finditer(reading.words):
        if _NOBODY_CAN.search(reading.text(reading.sentence_at(found.start()))):
            continue
        if any(_STILL_FINE.search(entry) for entry in reading.facts.entries):
            continue
        excerpt = reading.draft.excerpt(*found.span())
        yield Problem(
            "danger", excerpt, f'"{excerpt}": no entry says that it is still good. Say that you cannot tell.'
        )


def check_assurances(reading: DraftReading) -> Iterator[Problem]:
    """No reply says that a product passes a drug test, whatever it is."""
    is_asked = any(_TEST.search(text) for text in reading.facts.asked)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        found = _ASSURED.search(text) if is_asked or _TEST.search(text) else None
        if found and not text.rstrip().endswith("?") and not _NOBODY_CAN.search(text[: found.end()]):
            excerpt = reading.quoted(sentence, found)
            yield Problem(
                "danger", excerpt, f'"{excerpt}" promises how a drug test ends. Nobody can: say so, and no more.'
            )
            return
