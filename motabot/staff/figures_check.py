"""Checks a model's numbers: each must be a cell of a result, or follow from cells that its sentence names."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from motabot.boundary import JsonMapping

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
_IN_TEXT: Final = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_SCALES: Final = {"k": 1_000, "m": 1_000_000, "million": 1_000_000}
#: Pairs of cells are tried only among so many that a sentence names.
_MOST_NAMED: Final = 40
#: So many rows are counted by eye: "three of the five stores".
_FEW: Final = 10


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

    def is_about(self, other: Decimal) -> bool:
        """Whether another number reads like this when it is rounded or cut to the same places."""
        within = self.step if self.step >= 1 and self.value >= 100 else self.step * Decimal("0.51")
        return abs(abs(other) - self.value) <= within


class Evidence:
    """The numbers that a turn's words may rest on."""

    def __init__(self, tables: Iterable[JsonMapping], seen: Iterable[str], asked: Iterable[str]) -> None:
        """
        Args:
            tables: The results that people see, of this turn and of those that are remembered.
            seen: What tools returned to the model, as JSON.
            asked: The question and the queries, whose own numbers may be repeated.
        """
        self._tables = [_Table(each) for each in tables]
        self._loose = {number for words in seen for number in _numbers(_json(words))}
        self._loose |= {Decimal(found) for words in asked for found in _IN_TEXT.findall(words)}
        for table in self._tables:  # how many rows there are, and how many of a few are so or so
            self._loose |= {Decimal(len(table.rows)), *map(Decimal, range(1, min(len(table.rows), _FEW) + 1))}

    def problems(self, words: str) -> list[str]:
        """What is wrong with the numbers in a text, in words for the model that wrote it."""
        wrong = [figure.words for sentence in _SENTENCE.split(words) for figure in self._unfounded(sentence)]
        if not wrong:
            return []
        listed = ", ".join(dict.fromkeys(wrong))
        return [
            f"These numbers are in no result: {listed}. Write numbers that are cells of a result, or a sum,"
            " difference, share or mean of cells that the same sentence names; or query for other figures."
        ]

    def _unfounded(self, sentence: str) -> list[Written]:
        figures = _written(sentence)
        if not figures:
            return []
        cells = {cell for table in self._tables for cell in table.cells} | self._loose
        missing = [figure for figure in figures if not any(map(figure.is_about, _readings(figure, cells)))]
        if not missing:
            return []
        known = [figure for figure in figures if figure not in missing]
        derived = [number for table in self._tables for number in table.derived(sentence, known)]
        derived += _of_pairs([figure.value for figure in known])
        return [figure for figure in missing if not any(map(figure.is_about, _readings(figure, derived)))]


class _Table:
    """A result's numbers, by row and by column."""

    def __init__(self, table: JsonMapping) -> None:
        self.rows: Sequence[Sequence[Any]] = table["rows"]
        self._numbers = [[_number(cell) for cell in row] for row in self.rows]
        self.cells = {cell for row in self._numbers for cell in row if cell is not None}
        columns = [[cell for cell in column if cell is not None] for column in zip(*self._numbers, strict=True)]
        self._sums = [sum(column, Decimal(0)) for column in columns]
        self._means = [sum(column, Decimal(0)) / len(column) for column in columns if column]

    def derived(self, sentence: str, known: Sequence[Written]) -> Iterator[Decimal]:
        """Sums and means of whole columns, and what follows from the cells that a sentence names."""
        yield from self._sums
        yield from self._means
        lower = sentence.casefold()
        named = [
            n
            for n, row in enumerate(self.rows)
            if any(isinstance(cell, str) and len(cell) > 1 and cell.casefold() in lower for cell in row)
            or any(
                number is not None and figure.is_about(number) for number in self._numbers[n] for figure in known
            )
        ][:_MOST_NAMED]
        for place, total in enumerate(self._sums):
            column = [number for n in named if (number := self._numbers[n][place]) is not None]
            yield sum(column, Decimal(0))
            if column:
                yield sum(column, Decimal(0)) / len(column)
            if total:
                yield from (number / total for number in (*column, sum(column, Decimal(0))))
            yield from _of_pairs(column)
        for n in named:
            yield from _of_pairs([number for number in self._numbers[n] if number is not None])


def _of_pairs(numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    """Sums, differences, quotients and relative changes of each two numbers."""
    for one, other in itertools.permutations(numbers[:_MOST_NAMED], 2):
        yield one + other
        yield one - other
        if other:
            yield one / other
            yield (one - other) / other


def _readings(figure: Written, numbers: Iterable[Decimal]) -> Iterator[Decimal]:
    """Numbers as a figure may mean them: a percentage may be of a fraction."""
    for number in numbers:
        yield number
        if figure.is_percent:
            yield number * 100


def _written(sentence: str) -> list[Written]:
    found = []
    for match in _FIGURE.finditer(_NO_FIGURE.sub(" ", sentence)):
        number = match["number"].replace(",", "")
        unit = (match["unit"] or "").strip().lower()
        scale = Decimal(_SCALES.get(unit, 1))
        places = len(number.partition(".")[2])
        zeros = len(number) - len(number.rstrip("0")) if not places else 0
        step = scale * Decimal(1).scaleb(zeros if zeros > 1 else -places)  # 45,000 is a round number
        found.append(Written(match[0].strip(), Decimal(number) * scale, step, unit == "%"))
    return found


def _numbers(value: Any) -> Iterator[Decimal]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    elif isinstance(value, str) and _number(value) is None:
        yield from (Decimal(found) for found in _IN_TEXT.findall(value))
    elif (number := _number(value)) is not None:
        yield number


def _number(cell: Any) -> Decimal | None:
    if cell is None or isinstance(cell, bool):
        return None
    try:
        number = Decimal(str(cell))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _json(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError:
        return words
