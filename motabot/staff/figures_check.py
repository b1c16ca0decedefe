"""Checks a model's numbers: each must be a cell of a result, or follow from cells that its sentence names."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from statistics import median
from typing import Any, Final

from motabot.boundary import JsonMapping
from motabot.staff.figures import Written, calendar_numbers, figures_in
from motabot.staff.periods import read_periods

_IN_TEXT: Final = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
#: Pairs of cells are tried only among so many that a sentence names.
_MOST_NAMED: Final = 40
#: So many rows are counted by eye: "three of the five stores".
_FEW: Final = 10
#: Words that mean the period that is not over, without naming it.
_RUNNING: Final = re.compile(
    r"\b(?:so far|to date|this (?:week|month|quarter|year)|currently|until now)\b", re.IGNORECASE
)
#: What months are called; a cell such as 2026-10-01 is named by its month.
_ENGLISH: Final = "january february march april may june july august september october november december".split()
_SPANISH: Final = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)


class Evidence:
    """The numbers that a turn's words may rest on."""

    def __init__(
        self,
        tables: Iterable[JsonMapping],
        seen: Iterable[str],
        asked: Iterable[str],
        tokens: Mapping[str, str] | None = None,
    ) -> None:
        """
        Args:
            tables: The results that people see, of this turn and of those that are remembered.
            seen: What tools returned to the model, as JSON.
            asked: The question and the queries, whose own numbers may be repeated.
            tokens: What each placeholder in the words stands for.
        """
        written = {value: token for token, value in (tokens or {}).items()}
        self._tables = [_Table(each, written) for each in tables]
        said = {Decimal(found) for words in asked for found in _IN_TEXT.findall(words)}
        told = {number for words in seen for number in _numbers(_json(words))}
        self._cells = {cell for table in self._tables for cell in table.cells} | told | said
        #: What a percentage may be: no count and no sum of money.
        self._shares = {cell for table in self._tables for cell in table.shares} | said
        self._shares |= {number for number in told if abs(number) <= 1}
        #: How many rows there are, and how many of a few are so or so.
        self._counts: set[Decimal] = set()
        for table in self._tables:
            self._counts |= {Decimal(len(table.rows)), *map(Decimal, range(1, min(len(table.rows), _FEW) + 1))}

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
        figures = figures_in(sentence)
        if not figures:
            return []
        calendar = calendar_numbers(sentence)
        missing = [
            figure
            for figure in figures
            if not any(map(figure.is_about, _readings(figure, self._shares if figure.is_percent else self._cells)))
            and not (figure.is_count and figure.value in self._counts | calendar)
        ]
        if not missing:
            return []
        known = [figure for figure in figures if figure not in missing]
        derived = [number for table in self._tables for number in table.derived(sentence, known, calendar)]
        derived += _of_pairs([figure.value for figure in known])
        rates = [number for table in self._tables for number in table.rates(sentence, known)]
        return [
            figure
            for figure in missing
            if not any(map(figure.is_about, _readings(figure, derived)))
            and (figure.is_percent or not any(map(figure.is_about, rates)))
        ]


class _Table:
    """A result's numbers, by row and by column."""

    def __init__(self, table: JsonMapping, tokens: Mapping[str, str]) -> None:
        self.rows: Sequence[Sequence[Any]] = table["rows"]
        self._tokens = tokens
        self._numbers = [[_number(cell) for cell in row] for row in self.rows]
        self.cells = {cell for row in self._numbers for cell in row if cell is not None}
        columns = [[cell for cell in column if cell is not None] for column in zip(*self._numbers, strict=True)]
        self._sums = [sum(column, Decimal(0)) for column in columns]
        self._whole = [
            number
            for column in columns
            if column
            for number in (sum(column, Decimal(0)) / len(column), median(column), max(column) - min(column))
        ]
        self._names = [self._names_of(row) for row in self.rows]
        self._units = [column.get("format") for column in table.get("columns", ())] or [None] * len(self._sums)
        self.shares = {
            cell
            for row in self._numbers
            for cell, unit in zip(row, self._units, strict=False)
            if cell is not None and unit not in ("count", "money", "duration")
        }

    def rates(self, sentence: str, known: Sequence[Written]) -> Iterator[Decimal]:
        """Figures of one unit for each of another, such as sales a ticket: of whole columns, and of named rows."""
        for numbers in (self._sums, *(self._numbers[n] for n in self._named(sentence, known))):
            for (one, unit), (other, another) in itertools.permutations(zip(numbers, self._units, strict=True), 2):
                if unit != another and one is not None and other:
                    yield one / other

    def derived(self, sentence: str, known: Sequence[Written], calendar: set[Decimal]) -> Iterator[Decimal]:
        """What follows from whole columns, and from the cells that a sentence names.

        Args:
            sentence: The sentence.
            known: Its figures that are cells: they name their rows.
            calendar: Lengths of periods that it names, for figures a day or a week.
        """
        yield from self._sums
        yield from self._whole
        named = self._named(sentence, known)
        cells = [number for n in named for number in self._numbers[n] if number is not None]
        yield from (number / length for number in (*cells, *self._sums) for length in calendar)
        for place, total in enumerate(self._sums):
            column = [number for n in named if (number := self._numbers[n][place]) is not None]
            yield sum(column, Decimal(0))
            if column:
                yield sum(column, Decimal(0)) / len(column)
            if total:
                yield from (number / total for number in (*column, sum(column, Decimal(0))))
            yield from _of_pairs(column)
            yield from _of_pairs([number for number in (sum(column, Decimal(0)), total) if column])
        for numbers in (self._sums, *(self._numbers[n] for n in named)):
            for unit in dict.fromkeys(self._units):
                like = [number for number, each in zip(numbers, self._units, strict=True) if each == unit]
                yield from _of_pairs([number for number in like if number is not None])

    def _named(self, sentence: str, known: Sequence[Written]) -> list[int]:
        """The rows that a sentence names, by a label or by one of their figures."""
        lower = sentence.casefold()
        found = [
            n
            for n, names in enumerate(self._names)
            if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lower) for name in names)
            or any(
                number is not None and figure.is_about(number) for number in self._numbers[n] for figure in known
            )
        ]
        if self.rows and _RUNNING.search(sentence) and len(self.rows) - 1 not in found:
            found.append(len(self.rows) - 1)
        return found[:_MOST_NAMED]

    def _names_of(self, row: Sequence[Any]) -> list[str]:
        """What a sentence may call a row: its labels, the placeholders for them, and the month of a date."""
        words = [cell for cell in row if isinstance(cell, str) and len(cell) > 1 and _number(cell) is None]
        names = [word.casefold() for word in words] + [
            self._tokens[word] for word in words if word in self._tokens
        ]
        for word in words:
            periods = read_periods([word])
            if periods is not None and (start := periods.starts[0]) is not None:
                month = _ENGLISH[start.month - 1]
                names += [month, month[:3], _SPANISH[start.month - 1]]
        return names


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
