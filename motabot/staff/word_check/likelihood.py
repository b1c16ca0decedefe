"""Figures that follow from cells by simple arithmetic and are too exact to match by chance.

A sentence may be about rows that it does not name ("the two of them are $1,652.26 apart"). So many numbers follow
from the cells of a result that a round figure is always among them; a figure of five digits is not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.reading import HeldSentence
from motabot.staff.word_check.times import is_of_query
from motabot.text.regex import regex

#: Numbers within these factors of a figure measure how dense its neighborhood is.
_LOW, _HIGH = 0.8, 1.25
#: A figure is believed if fewer than this many numbers around it are expected to match by chance.
_MOST_BY_CHANCE: Final = 0.1
_MOST_ROWS: Final = 40
_RATE: Final = regex(r" (?:per|an?|each|for (?:each|every)) [a-z]+")
_AGAINST: Final = regex(r"\b(?:against|versus|vs\.?|compared (?:with|to)|than)\s+$")
_TOGETHER: Final = regex(
    r"\b(?:apart|difference|gap|together|combined|in all|in total|altogether|spread|averaged|on average)\b"
)


class Followers:
    """Everything that follows from the cells of one result by one step of arithmetic."""

    def __init__(self, grid: Grid) -> None:
        """
        Args:
            grid: The result.
        """
        self._sums: list[float] = []
        self._quotients: list[float] = []
        columns = {n: [float(number) for number in grid.column(n)[:_MOST_ROWS]] for n in grid.measures}
        for place, column in columns.items():
            self._sums += _differences(column)
            self._quotients += _ratios(column)
            if grid.columns[place].adds_up:
                runs = list(_runs(column))
                self._sums += [total for total, _many in runs] + [total / many for total, many in runs]
                whole = sum(column)
                self._quotients += [total / whole for total, _many in runs if whole]
        for row in grid.numbers[:_MOST_ROWS]:
            like = [float(number) for n in grid.measures if (number := row[n]) is not None]
            self._sums += _differences(like)
            self._quotients += _ratios(like)
        totals = [float(grid.sums[n]) for n in grid.measures if grid.columns[n].adds_up]
        self._quotients += _ratios(totals)

    def has(self, reading: HeldSentence, figure: Written) -> bool:
        """Whether a figure is among them, and not by chance. A named row does not take the figures of others."""
        before = reading.flat[: figure.start]
        is_dated = bool(reading.spans) and not is_of_query(reading)
        is_one = bool(reading.labels) and not all(each.is_range for each in reading.labels)
        is_named = is_one or is_dated or _RATE.match(reading.flat[figure.end :]) is not None
        if is_named and not (_AGAINST.search(before) or _TOGETHER.search(reading.flat)):
            return False
        value, step = float(figure.value), float(figure.step)
        if not value or figure.hedge:
            return False
        numbers = [each * 100 for each in self._quotients] if figure.is_percent else self._sums + self._quotients
        around = {round(abs(each), 6) for each in numbers if value * _LOW <= abs(each) <= value * _HIGH}
        by_chance = len(around) * step / (value * (_HIGH - _LOW))
        return by_chance < _MOST_BY_CHANCE and any(abs(each - value) <= step * 0.501 for each in around)


def _differences(numbers: list[float]) -> list[float]:
    return [one - other for one, other in itertools.combinations(numbers, 2)]


def _ratios(numbers: list[float]) -> list[float]:
    """Quotients and relative differences of each two numbers."""
    return [
        found
        for one, other in itertools.permutations(numbers, 2)
        if other
        for found in (one / other, one / other - 1)
    ]


def _runs(numbers: list[float]) -> Iterator[tuple[float, int]]:
    """Sums of rows that follow one another, with how many there are."""
    for start in range(len(numbers)):
        total = 0.0
        for many, number in enumerate(numbers[start:], 1):
            total += number
            if many > 1:
                yield total, many
