"""Hours of the day in a question: "after 6 pm", "between noon and 4 pm", "in the mornings"."""

from __future__ import annotations

import re
from collections.abc import Callable

from motabot.text.regex import regex

_CLOCK = r"(?P<{0}>\d{{1,2}})(?::?00)?\s?(?P<{0}half>am|pm)?|(?P<{0}word>noon|midday|midnight|mediodia)"
_HOURS = [
    regex(
        rf"\b(?:between|from|entre)\s+(?:{_CLOCK.format('a')})\s+(?:and|to|until|y|a)\s+(?:{_CLOCK.format('b')})(?![\w/])"
    ),
    regex(
        rf"\b(?P<way>after|before|until|despues de|antes de|hasta)\s+(?:the )?(?:las )?(?:{_CLOCK.format('a')})(?![\w/])"
    ),
]
_DAYTIME = regex(r"\b(?:in the |during the |por la )?(?P<part>mornings|morning hours|afternoons|evenings)\b")
_DAYTIMES = {
    "mornings": ("0", "12"),
    "morning hours": ("0", "12"),
    "afternoons": ("12", "17"),
    "evenings": ("17", "24"),
}


def marked_hours(text: str, mark: Callable[[str, tuple[str, ...]], str]) -> str:
    """A text with its hours of the day marked: "after 6 pm", "between 4 and 7 pm".

    Args:
        text: In plain form.
        mark: Keeps words and their hours, the first and the one after the last, and returns the mark for them.
    """

    def between(found: re.Match[str]) -> str:
        end = _hour(found["b"], found["bhalf"], found["bword"])
        start = _hour(
            found["a"],
            found["ahalf"]
            or (found["bhalf"] if found["b"] and found["a"] and int(found["a"]) <= int(found["b"]) else None),
            found["aword"],
        )
        if (
            start is None
            or end is None
            or not (found["bhalf"] or found["bword"] or found["ahalf"] or found["aword"])
        ):
            return found[0]
        return mark(found[0], (str(start), str(end or 24)))

    def side(found: re.Match[str]) -> str:
        hour = _hour(found["a"], found["ahalf"], found["aword"])
        if hour is None or not (found["ahalf"] or found["aword"]):
            return found[0]
        late = found["way"] in ("after", "despues de")
        return mark(found[0], (str(hour), "24") if late else ("0", str(hour)))

    text = _HOURS[1].sub(side, _HOURS[0].sub(between, text))
    return _DAYTIME.sub(lambda found: mark(found[0], _DAYTIMES[found["part"]]), text)


def _hour(number: str | None, half: str | None, word: str | None) -> int | None:
    if word:
        return {"midnight": 0}.get(word, 12)
    if number is None or int(number) > 24:
        return None
    hour = int(number)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour
