"""A drafted reply made ready to be checked: plain characters, folded letters, clauses, and negations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from motabot.text.gsm7 import to_gsm7
from motabot.text.normalize import fold_in_place
from motabot.text.patterns import Pattern
from motabot.text.regex import regex


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a draft.

    Attributes:
        rule: The rule's name.
        excerpt: The words in question, as the draft has them.
        reason: What is wrong and how to fix it, written for the model that must repair the draft.
        kind: "refuse": the facts contradict the words, or these are forbidden. "ask": code found no ground for
            words that may have one, and the model may show it.
    """

    rule: str
    excerpt: str
    reason: str
    kind: Literal["refuse", "ask"] = "refuse"


@dataclass(frozen=True)
class TextSpan:
    """A stretch of the draft: half-open, in characters."""

    start: int
    end: int


_CLAUSE_BREAK = regex(
    r"[!?;\n]+|\.+(?=\s|$)|:\s"
    r"|,?\s(?:but|however|though|yet|whereas|pero|aunque|sino|mientras)\b|,\swhile\b"
    r"|,\s(?=(?:it|its|this|that|they|these|we|i|ill|try|este|esta|ese|esto|es|te|le)\b)"
    r"|\s(?:and|so|y)\s(?=(?:it|its|this|that|they|these|this one|este|esta|esto|te)\b)"
)
_SENTENCE_END = regex(r"\n+|[.!?]+(?=\s)|(?<=\S)\s(?=[1-9]\)\s)")
_LIST_NUMBER = regex(r"(?:^|\n)\s*\d{1,2}$")
_SHORT_FORM = regex(r"\b(?:vs|mrs?|ms|dr|st|approx|[ap]\.?m|i\.e|e\.g|etc)$")
_HOLLOW = regex(
    r"\b(?:not (?:only|just|merely|to worry)|isn'?t (?:only|just)|no (?:problem|worries|doubt|question|wonder"
    r"|matter)"
    r"|(?:haven'?t|hasn'?t|not) (?:been )?(?:opened|used|touched)"
    r"|why (?:not|don'?t you)|can'?t (?:go wrong|beat|wait|recommend \w+ enough)|don'?t (?:worry|forget"
    r"|hesitate|miss)"
    r"|nothing (?:beats|like|better|works|helps)|without a doubt|never fails|no (?:other|better)"
    r"|no (?:solo|hay problema|te preocupes|se preocupe|te lo pierdas)|sin (?:problemas?|duda)|nada (?:mejor"
    r"|como))\b"
)
"""Negations in form only: they do not deny what follows."""

_NEGATION = regex(
    r"\b(?:not|no|never|cannot|can'?t|don'?t|doesn'?t|didn'?t|won'?t|isn'?t|aren'?t|wasn'?t|wouldn'?t|shouldn'?t"
    r"|couldn'?t|haven'?t|hasn'?t|unable|without|neither|nor|nothing|none|nobody|rather than|instead of|avoid"
    r"|nunca|jamas|sin|ni|nada|ningun\w*|nadie|tampoco)\b"
)
#: "If you don't like it, bring it back": a negation in a condition does not reach past it.
_CONDITION = regex(
    r"\b(?:if|when|whenever|in case|should|since|because|as|si|cuando|como|en caso de que)\s(?:you|it|they"
    r"|that|the|your|anything|no|te"
    r"|lo|la|el|algo)\b[^,;.!?]*,"
)
_DECLINE = regex(
    r"\b(?:(?:can'?t|cannot|can not|not able to|unable to|not allowed to|couldn'?t|won'?t|don'?t|do not|not)"
    r" (?:really |actually )?(?:say|give|offer|advise|speak|recommend|suggest|claim|make|promise|comment"
    r"|answer|tell"
    r"|provide)|medical (?:advice|question|professional)|(?:isn'?t|is not|not) something|doctor|physician"
    r"|pharmacist"
    r"|no (?:puedo|podemos|damos|doy) \w*|no (?:es|soy) \w* ?medic|consejos? medicos?|asesoria medica|medico"
    r"|doctora?"
    r"|orientacion medica|farmaceutic)\b"
)
"""Refusals to talk about health: they cover their whole clause."""


class Draft:
    """A draft in plain characters (`text`), folded to the same length (`folded`), with its clauses."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", to_gsm7(text))
        self.folded = fold_in_place(self.text)

    @cached_property
    def clauses(self) -> list[TextSpan]:
        """Stretches within which a negation holds."""
        breaks = (found for found in _CLAUSE_BREAK.finditer(self.folded) if not self._is_short_form(found))
        starts = [0, *(found.end() for found in breaks)]
        return [TextSpan(start, end) for start, end in zip(starts, [*starts[1:], len(self.folded)], strict=True)]

    @cached_property
    def lines(self) -> list[TextSpan]:
        """Sentences and items of a list: the units in which a product gets a price or an effect."""
        ends = (
            found.end()
            for found in _SENTENCE_END.finditer(self.folded)
            if not (
                found[0].isspace()
                and "\n" not in found[0]
                and "(" in self.folded[found.start() - 12 : found.start()]
            )
            and not _LIST_NUMBER.search(self.folded, max(0, found.start() - 5), found.start())
            and not self._is_short_form(found)
        )
        starts = [0, *ends]
        return [TextSpan(start, end) for start, end in zip(starts, [*starts[1:], len(self.folded)], strict=True)]

    def _is_short_form(self, found: re.Match[str]) -> bool:
        """Whether a period ends an abbreviation: "vs." always, "9 p.m." if no new sentence begins after it."""
        form = _SHORT_FORM.search(self.folded, max(0, found.start() - 8), found.start())
        if form is None or not found[0].startswith("."):
            return False
        following = self.text[found.end() :].lstrip()[:1]
        return form[0] in ("vs", "mr", "mrs", "ms", "dr", "st") or (
            found[0] == "." and bool(following) and not following.isupper()
        )

    def clause_at(self, position: int) -> TextSpan:
        """The clause around a position."""
        return next(clause for clause in reversed(self.clauses) if clause.start <= position)

    def line_at(self, position: int) -> TextSpan:
        """The sentence or item around a position."""
        return next(line for line in reversed(self.lines) if line.start <= position)

    def is_denied(self, start: int) -> bool:
        """Whether a negation before this position in its clause, or a refusal anywhere in it, covers it."""
        clause = self.clause_at(start)
        words = _HOLLOW.sub(lambda found: " " * len(found[0]), self.folded[clause.start : clause.end])
        before = _CONDITION.sub(" ", words[: start - clause.start])
        return bool(_NEGATION.search(before) or _DECLINE.search(words))

    def masked(self, spans: Iterable[TextSpan]) -> str:
        """The folded text with dashes in these stretches, because names are not claims."""
        letters = list(self.folded)
        for span in spans:
            letters[span.start : span.end] = "-" * (span.end - span.start)
        return "".join(letters)

    def excerpt(self, start: int, end: int) -> str:
        """The draft's words at a span."""
        return self.text[start:end].strip()


def search(pattern: re.Pattern[str] | Pattern, draft: Draft, words: str) -> Iterator[TextSpan]:
    """Where a pattern matches in masked words and nothing denies it."""
    for found in pattern.finditer(words):
        if not draft.is_denied(found.start()):
            yield TextSpan(found.start(), found.end())
