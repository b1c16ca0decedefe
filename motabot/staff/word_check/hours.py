"""Hours of the day in a sentence and in labels: "5 pm" is "17:00"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.text.regex import regex

_HOUR: Final = regex(
    r"\b(?:(?P<first>\d{1,2})(?: ?[ap]\.?m\.?)? ?(?:and|to|-|–|y|a) ?)?"
    r"(?P<hour>\d{1,2})(?::00)? ?(?P<half>[ap])\.?m\b"
)
_PARTS: Final = {
    "before noon": range(12), "mornings": range(12), "the morning": range(12), "noon": range(12, 13),
    "after noon": range(12, 24), "the afternoon": range(12, 18), "afternoons": range(12, 18),
    "evenings": range(17, 24), "the evening": range(17, 24),
}  # fmt: skip
_PART_OF_DAY: Final = regex(rf"\b(?P<part>{'|'.join(_PARTS)})\b")
_CLOCKS: Final = regex(r"\b(?P<first>\d{1,2}):00 ?(?:to|-|–|until|and|a|y) ?(?P<last>\d{1,2}):00\b")
#: An hour as a label has it: 17, "17:00", "5 pm".
_CLOCK: Final = regex(r"(?P<hour>\d{1,2})(?::00)?(?::00)?(?: ?(?P<half>[ap])\.?m\.?)?(?:\s?[-–].*)?")


def hours_in(flat: str, labels: Sequence[str]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Where a sentence names hours, and the positions of the labels that it means."""
    parts = [(match, _PARTS[match["part"]]) for match in _PART_OF_DAY.finditer(flat)]
    told = [_CLOCK.fullmatch(label.strip().lower()) for label in labels]
    for match in _HOUR.finditer(flat):
        noon = 12 if match["half"] == "p" else 0
        hour = int(match["hour"]) % 12 + noon
        first = int(match["first"]) % 12 + noon if match["first"] else None
        hours = range(first, hour) if first is not None else (hour,)
        yield *match.span(), frozenset(n for n, each in enumerate(told) if each and _hour_of(each) in hours)
    parts += [
        (match, range(int(match["first"]), int(match["last"])))
        for match in _CLOCKS.finditer(flat)
        if int(match["last"]) > int(match["first"]) + 1
    ]
    for match, part in parts:
        rows = frozenset(n for n, each in enumerate(told) if each and _hour_of(each) in part)
        if rows:
            yield *match.span(), rows


def _hour_of(label: re.Match[str]) -> int:
    hour = int(label["hour"])
    return hour % 12 + (12 if label["half"] == "p" else 0) if label["half"] else hour
