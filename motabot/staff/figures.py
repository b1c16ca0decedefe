"""Finds the figures in a sentence: numbers with their precision. Dates and placeholders are no figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre)"
)
#: What has digits and is no figure: placeholders, names of results, dates, times, years, ordinals.
_NO_FIGURE: Final = re.compile(
    r"\[[a-z]+\d+\]|\bresult\d+\b|\baction #?\d+|#\d+"
    r"|\d{4}-\d{2}(?:-\d{2})?(?:[T ]\d{2}:\d{2}(?::\d{2})?)?|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:\s?[–-]\s?\d{{1,2}})?(?:,? \d{{4}})?\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:de )?{_MONTH}\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|\b\d{1,2} ?[ap]\.?m\b|\b(?:19|20)\d{2}\b"
    r"|\b\d+(?:st|nd|rd|th)\b|\bQ[1-4]\b",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"(?<![\w.])[-−]?\$?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>\s?%|\s?[kKmM]\b|\s?million\b)?"
)
_SCALES: Final = {"k": 1_000, "m": 1_000_000, "million": 1_000_000}
#: Numbers of days, weeks, months and hours that the calendar gives.
_CALENDAR: Final = re.compile(
    r"(?<![\w.$])(?P<number>7|12|24|28|29|30|31|52|60|90|91|92|365|366)"
    r"[ -](?:days?|weeks?|months?|hours?|minutes?|d[ií]as|semanas|meses|horas)\b",
    re.IGNORECASE,
)
_TEENS: Final = {
    word: n
    for n, word in enumerate(
        "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), start=11
    )
}
_TENS: Final = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_ONES: Final = {word: n for n, word in enumerate("one two three four five six seven eight nine".split(), start=1)}
_IN_WORDS: Final = re.compile(
    rf"\b(?:({'|'.join(_TEENS)})|({'|'.join(_TENS)})(?:[- ]({'|'.join(_ONES)}))?)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Written:
    """A number as a sentence has it.

    Attributes:
        words: As it is written.
        value: Its value, with a scale such as k applied.
        step: The unit of its last digit.
        is_percent: It is a percentage.
    """

    words: str
    value: Decimal
    step: Decimal
    is_percent: bool

    @property
    def is_count(self) -> bool:
        """Whether it may count rows or days: a whole number of no unit."""
        return not self.is_percent and self.step == 1 and "$" not in self.words

    def is_about(self, other: Decimal) -> bool:
        """Whether another number reads like this when it is rounded or cut to the same places."""
        within = self.step if self.step >= 1 and self.value >= 100 else self.step * Decimal("0.51")
        return abs(abs(other) - self.value) <= within


def figures_in(sentence: str) -> list[Written]:
    """The figures of a sentence, in digits or, from eleven to ninety-nine, in words."""
    found = []
    for match in _FIGURE.finditer(_NO_FIGURE.sub(" ", sentence)):
        number = match["number"].replace(",", "")
        unit = (match["unit"] or "").strip().lower()
        scale = Decimal(_SCALES.get(unit, 1))
        places = len(number.partition(".")[2])
        zeros = len(number) - len(number.rstrip("0")) if not places else 0
        step = scale * Decimal(1).scaleb(zeros if zeros > 1 else -places)  # 45,000 is a round number
        found.append(Written(match[0].strip(), Decimal(number) * scale, step, is_percent=unit == "%"))
    for match in _IN_WORDS.finditer(sentence):
        teen, ten, one = (str(each or "").lower() for each in match.groups())
        value = _TEENS.get(teen, _TENS.get(ten, 0) + _ONES.get(one, 0))
        found.append(Written(match[0], Decimal(value), Decimal(1), is_percent=False))
    return found


def calendar_numbers(sentence: str) -> set[Decimal]:
    """Lengths of periods that a sentence names: the 31 of "31 days"."""
    return {Decimal(match["number"]) for match in _CALENDAR.finditer(sentence)}
