"""What a reply says of a danger: nobody can promise that it ends well, and no wording of the promise is sent.

A danger is a subject that the customer asks about or that a sentence names: what a dog ate, a drive, a flight, a
drug test, pregnancy, an allergy, a moldy flower, somebody who is under 21. Whoever writes of it "he'll be fine" or
"nothing to worry about" reassures; who warns, does not know, or sends to a doctor does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.reading import DraftReading, Sentence
from motabot.text.patterns import Lexicon
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_DANGERS = _LEXICON.pattern("dangers")
_AGE = _LEXICON.pattern("age")
_REASSURANCES = _LEXICON.pattern("reassurances")
_DISMISSALS = _LEXICON.pattern("dismissals")
#: "I hope he's okay", "I can't say whether it's safe", "ask what is safe", "glad that you're fine": no promise.
_LEFT_OPEN = regex(
    r"\b(?:(?:if|until|unless)\b[^,]*$|whether|what(?:'s)?|which|how|who|hope|hoping|wish|glad|happy|relieved"
    r"|(?:nobody|no one) can"
    r"|(?:can'?t|cannot|not|unable|no|don'?t|do not) (?:\w+ ){0,2}(?:say|tell|promise|guarantee\w*|know"
    r"|be sure|sure|confirm|see|have|verify)|assume|just because"
    r"|si\b(?!,)[^,]*$|que es|ojala|espero|me alegra|nadie puede|no (?:puedo|se|sabemos|tengo|se puede)"
    r"|(?:se puede )?garantiza\w*)\b"
)


def check_reassurances(reading: DraftReading) -> Iterator[Problem]:
    """No reply says that a danger is none."""
    is_asked = any(_DANGERS.search(text) for text in reading.facts.asked)
    for sentence in reading.sentences:
        text = reading.text(sentence)
        if text.rstrip().endswith("?") or not (is_asked or _DANGERS.search(text) or _AGE.search(text)):
            continue
        if found := _reassurance(reading, sentence, text):
            excerpt = reading.quoted(sentence, found)
            yield Problem(
                "danger",
                excerpt,
                f'"{excerpt}" reassures, and nobody can promise that. Warn, say that you cannot know, and name who'
                " can help; or leave it out.",
            )
            return


def _reassurance(reading: DraftReading, sentence: Sentence, text: str) -> re.Match[str] | None:
    """The words of a sentence that promise that all is well, unless an entry of the shop says the same."""
    for pattern, may_be_denied in ((_REASSURANCES, True), (_DISMISSALS, False)):
        for found in pattern.finditer(text):
            place = sentence.span.start + found.end() - 1
            if may_be_denied and reading.draft.is_denied(place):
                continue
            clause = reading.draft.clause_at(sentence.span.start + found.start())
            before = reading.words[max(clause.start, sentence.span.start) : sentence.span.start + found.end()]
            if _LEFT_OPEN.search(before) or any(found[0] in entry for entry in reading.facts.entries):
                continue
            return found
    return None
