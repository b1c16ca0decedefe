"""Claims that two things are about equal: "Oakland is nearly level with Berkeley"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_LEVEL: Final = regex(
    r"\b(?:level with|on (?:a )?par with|neck and neck with|(?:about|almost|nearly|roughly) the same as"
    r"|(?:about|almost|nearly|roughly) as (?:much|many|high|big|large|strong) as|(?:equal|similar|close) to)"
    r" (?:the |in )?$"
)
#: How much smaller the smaller of two things that are about equal may be.
_CLOSE: Final = Decimal("0.8")


def claims_of_level(standing: Standing) -> Iterator[Verdict]:
    """Each such claim of two labels that the sentence names, and whether some column that may be meant agrees."""
    for other in standing.labels:
        match = _LEVEL.search(standing.flat[: other.start])
        subjects = _subjects(standing, match.start(), other.dim) if match else []
        if match is None or standing.is_denied(0, match.start()):
            continue
        start, end = standing.reading.segment_of(match.start())
        pairs = [
            pair
            for each in subjects
            for pair in standing.pairs(each, other, match.start(), min(start, each.start), max(end, other.end))
        ]
        ratios = [min(pair) / max(pair) for pair in pairs if min(pair) >= 0 < max(pair)]
        if ratios:
            yield Verdict(standing.quoted(subjects[0].start, other.end), max(ratios) >= _CLOSE)


def _subjects(standing: Standing, place: int, dim: int) -> list[NamedPart]:
    """What may be level with something: the subject, the last thing before, or all of its list together."""
    last = [each for each in standing.labels if each.dim == dim and each.end <= place][-1:]
    groups = [group for group in standing.reading.groups if set(last) & set(group)]
    together = [replace(group[0], rows=frozenset[int]().union(*(each.rows for each in group))) for group in groups]
    return [*standing.subject_before(place, dim), *last, *together]
