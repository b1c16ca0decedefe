"""Questions and wishes that follow each other without a comma, as people type them."""

from __future__ import annotations

import re

from motabot.catalog.vocabulary import CATEGORIES
from motabot.text.regex import regex

#: A question that begins in the middle of a text, without a comma: "how much should i take how long till it hits".
_RUN_ON = regex(
    r"\b(\w+) (?=(?:how long|how much|how many|what time|whats the|what is the|do you have|do u have|do you guys"
    r"|can i get|is there|are there)\b)",
    re.IGNORECASE,
)
#: Words that go on with a question, or introduce it: "do you know how much".
_LEADS_ON = frozenset(
    "know tell me us about of see ask idk sure if and or but also to like on for with so hey ok okay hi just"
    " wonder wondering no that is then please yo n plus what when exactly question hello"
    " month week year mes semana ano".split()
)
#: "If i spend 120 how many points is that" is one question.
_CONDITION = regex(r"^(?:and |so |y )?(?:if|si) ", re.IGNORECASE)
#: At least this many words on both sides make it two questions.
_RUN_ON_WORDS = 4
#: "1 edible 1 preroll": a count begins another wish.
_KINDS = "|".join(
    word for words in CATEGORIES.words.values() for word in words if word.isalpha() and len(word) > 3
)
_COUNTED = regex(
    rf"(?<=[a-z])(?<! and)(?<! plus)(?<! [aei][ns])(?<! [yn&]) "
    rf"(?=(?:\d|one|two|an?|una?|dos) (?:[a-z]+ ){{0,2}}(?:{_KINDS})\b)"
)
#: "El cart de gelato o el de mora": two of one kind.
_OTHER_OF_KIND = regex(rf"\b({_KINDS}) de (\w+(?: \w+)?) o (?:el|la|los|las) de (?=\w)", re.IGNORECASE)


def counted_apart(text: str) -> str:
    """A text with a comma before each kind of goods that is counted or compared: "papers, a lighter"."""
    text = _OTHER_OF_KIND.sub(r"\1 de \2, \1 de ", text)
    return _COUNTED.sub(",", text)


def run_on_apart(clause: str) -> list[str]:
    """The questions of a clause that are joined without a comma."""
    start, parts = 0, []
    for joint in () if _CONDITION.search(clause) else _RUN_ON.finditer(clause):
        before, after = clause[start : joint.end(1)], clause[joint.end() :]
        is_long = min(len(before.split()), len(after.split())) >= _RUN_ON_WORDS
        if is_long and joint[1].lower() not in _LEADS_ON:
            parts.append(before)
            start = joint.end()
    return [*parts, clause[start:]]
