"""Where a sentence speaks of others than what it names: "except Flower", "all other categories"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.reading import HeldSentence
from motabot.text.regex import regex

#: "Except Flower", "all other categories": the claim is not about what it names.
EXCEPTION: Final = regex(
    r"\b(?:except|excepto|salvo|excluding|apart from|aside from|besides|other than|with the exception|a excepcion"
    r"|menos (?:el|la|los|las)|all (?:the )?others?|(?:every|any|each) (?:other|\w+ but)"
    r"|(?:every\w+|all|none|nobody)(?: \w+)? but"
    r"|of (?:those|the ones|them) (?:who|that|with)"
    r"|(?:the|los|las) (?:others?|rest|remaining|otr[oa]s|demas)|el resto|\w+ aside)\b"
)


def exceptions_in(reading: HeldSentence, end: int, start: int = 0) -> Iterator[re.Match[str]]:
    """The exceptions in a part of a sentence, without those that are a row's own label: "all other days"."""
    for match in EXCEPTION.finditer(reading.flat[:end], start):
        if not any(each.start < match.end() <= each.end for each in reading.labels):
            yield match
