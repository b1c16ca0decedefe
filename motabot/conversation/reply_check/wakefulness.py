"""Drowsiness in other words: a sleepy product is no "daytime pick", an energetic one no "bedtime pen"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from motabot.conversation.reply_check.describing import mask_mentions, meant
from motabot.conversation.reply_check.draft import Problem
from motabot.conversation.reply_check.product import Product
from motabot.conversation.reply_check.reading import DraftReading, products_of
from motabot.text.patterns import Lexicon, Pattern
from motabot.text.regex import regex

_LEXICON = Lexicon(Path(__file__).with_suffix(".toml"))
_ROUSING = frozenset({"energetic", "uplifted", "focused", "creative", "talkative"})
_SOOTHING = frozenset({"sleepy", "relaxed"})
#: Before the words: "not a", "rather than", "if you want to stay up", "more for the night than for the day".
_NOT_SAID = regex(
    r"\b(?:not|no|never|none|neither|nor|isn'?t|aren'?t|don'?t|doesn'?t|wasn'?t|without|rather than|instead of"
    r"|skip|avoid|poor|bad|wouldn'?t|than|if|whether|when|wrong|less|unlike|que|si|sin|ni|nunca|ningun\w*|menos)\b"
    r"[^;:.!?]*$"
)
#: After them: "daytime isn't its thing", "for the daytime there are others".
_DENIED_BEHIND = regex(
    r"[^,;.!?]{0,12}\b(?:isn'?t|is not|not|no es|aren'?t)\b|[^;.!?]{0,30}\b(?:instead|look for)\b"
)


def _makes_sleepy(product: Product) -> bool:
    return "sleepy" in product.effects and not product.effects & _ROUSING


def _rouses(product: Product) -> bool:
    return "energetic" in product.effects and not product.effects & _SOOTHING


_KINDS = ((_LEXICON.pattern("awake"), _makes_sleepy), (_LEXICON.pattern("asleep"), _rouses))


def check_wakefulness(reading: DraftReading) -> Iterator[Problem]:
    """No words make a sleepy product one for the day, or an energetic one for the bed."""
    words = mask_mentions(reading, reading.words)
    for pattern, contradicts in _KINDS:
        for start, end in _said(reading, words, pattern):
            subjects = products_of(meant(reading, reading.sentence_at(start), start))
            if subjects and all(map(contradicts, subjects)):
                excerpt = reading.draft.excerpt(start, end)
                listed = ", ".join(sorted(subjects[0].effects))
                yield Problem(
                    "effect", excerpt, f'"{excerpt}" is not what {subjects[0].name} is described as: {listed}.'
                )


def _said(reading: DraftReading, words: str, pattern: Pattern) -> Iterator[tuple[int, int]]:
    """Where a pattern is said of something, and not asked, denied or wished."""
    for sentence in reading.sentences:
        text = words[sentence.span.start : sentence.span.end]
        if text.rstrip().endswith("?"):
            continue
        for found in pattern.finditer(text):
            if not _NOT_SAID.search(text[: found.start()]) and not _DENIED_BEHIND.match(text, found.end()):
                yield sentence.span.start + found.start(), sentence.span.start + found.end()
