"""Hours of the day in a sentence and in labels: "5 pm" is "17:00"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_HOUR: Final = re.compile(
    r"\b(?:(?P<first>\d{1,2})(?: ?[ap]\.?m\.?)? ?(?:and|to|-|–|y|a) ?)?"
    r"(?P<hour>\d{1,2})(?::00)? ?(?P<half>[ap])\.?m\b"
)
#: An hour as a label has it: 17, "17:00", "5 pm".
_CLOCK: Final = re.compile(r"(?P<hour>\d{1,2})(?::00)?(?::00)?(?: ?(?P<half>[ap])\.?m\.?)?(?:\s?[-–].*)?")


def hours_in(flat: str, labels: Sequence[str]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Where a sentence names hours, and the places of the labels that it means."""
    told = [_CLOCK.fullmatch(label.strip().lower()) for label in labels]
    for match in _HOUR.finditer(flat):
        noon = 12 if match["half"] == "p" else 0
        hour = int(match["hour"]) % 12 + noon
        first = int(match["first"]) % 12 + noon if match["first"] else None
        hours = range(first, hour) if first is not None else (hour,)
        yield *match.span(), frozenset(n for n, each in enumerate(told) if each and _hour_of(each) in hours)


def _hour_of(label: re.Match[str]) -> int:
    hour = int(label["hour"])
    return hour % 12 + (12 if label["half"] == "p" else 0) if label["half"] else hour
