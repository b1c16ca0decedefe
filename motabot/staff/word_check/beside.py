"""Figures of a row that the sentence does not bind to a name: comparisons, limits, a row's own name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from motabot.staff.word_check.binding import misplaced
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.reading import HeldSentence
from motabot.text.regex import regex

#: What a figure is compared with follows such a word, sometimes as the second end of a range.
_COMPARED: Final = regex(
    r"\b(?:against|versus|vs\.?|compared (?:with|to)|from|frente a)\s+(?:(?:about|between)\s+)?"
    r"(?P<range>\$?[\d,.]+%?\s*(?:to|and|-|–)\s*)?$"
)
_MOST: Final = regex(r"\b(?:at most|no more than|never more than|como mucho|a lo sumo)\s+$")
_LEAST: Final = regex(r"\b(?:at least|no (?:fewer|less) than|never (?:fewer|less) than|al menos)\s+$")
_HAS: Final = regex(r"\s*(?:\(|with|at|on|had|has|took|sold|con)\s*")
_FROM: Final = regex(r"\b(?:from|de)\s+(?:about |roughly |around |just )?$")
_TO: Final = regex(r"(?: [a-z]+(?: [a-z]+)?)?(?: in| a)? ?(?:\w+ )?(?:to|a)\s+(?:about |roughly |around |just )?")
_AGAINST: Final = regex(r"\s*(?:vs\.?|versus|against|compared (?:with|to)|frente a)\s*")
_VERSUS: Final = regex(r"\s*(?:vs\.?|versus|against|compared (?:with|to)|frente a|and|to|/|,)\s*")
_OF: Final = regex(
    r"\s+(?:with(?:out)? tax\s+)?(?:in|at|for|on|by|of)\s+(?:the\s+|our\s+)?(?:(?:week|month)\s+\w+\s+)?"
)


def misplaced_for_good(reading: HeldSentence) -> set[Written]:
    """The figures that belong to another row or column than the sentence names, however it is read."""
    wrong = misplaced(reading)
    return {figure for figure in wrong if not _stands_beside(reading, figure, wrong)}


def _stands_beside(reading: HeldSentence, figure: Written, wrong: set[Written]) -> bool:
    return (
        _is_compared(reading, figure, wrong)
        or _is_of_pair(reading, figure)
        or _is_limit(reading, figure)
        or _is_by_own_name(reading, figure, wrong)
    )


def _columns_before(reading: HeldSentence, figure: Written, wrong: set[Written]) -> set[int]:
    """The columns of the earlier figures that are where the sentence says."""
    told = [each for each in reading.figures if each.end <= figure.start and each not in wrong]
    return {column for each in told for _row, column in reading.cells(each)}


def _is_compared(reading: HeldSentence, figure: Written, wrong: set[Written]) -> bool:
    """Whether an earlier figure of its column is compared with this one, which belongs to the next name."""
    if not _COMPARED.search(reading.flat[: figure.start]):
        return False
    columns = _columns_before(reading, figure, wrong)
    rows = {row for row, column in reading.cells(figure) if column in columns}
    named = _named_after(reading, figure)
    if named:
        return any(rows & each.rows for each in named)
    if _is_of_same_row(reading, figure, wrong):
        return True
    return bool(rows - {row for each in reading.labels if each.end <= figure.start for row in each.rows})


def _is_of_same_row(reading: HeldSentence, figure: Written, wrong: set[Written]) -> bool:
    """Whether a figure is of the row of the one before, in another dated column: "$204 against $274"."""
    columns = reading.grid.columns
    before = [each for each in reading.figures if each.end <= figure.start and each not in wrong][-1:]
    return any(
        row == line and place != column and columns[place].days is not None and columns[column].days is not None
        for each in before
        for row, column in reading.cells(each)
        for line, place in reading.cells(figure)
    )


def _is_of_pair(reading: HeldSentence, figure: Written) -> bool:
    """Whether a figure is one of two of a column that stand together, for two rows that the sentence names.

    "Rose from $40.00 to $50.00" goes from the earlier to the later row (`motabot.staff.word_check.steps` looks at
    that); "twice as much as sativa ($80.00 vs. $40.00)" has them in the order of their names.
    """
    grid = reading.grid
    for one, other in itertools.pairwise(reading.figures):
        between, ahead = reading.flat[one.end : other.start], reading.flat[: one.start]
        is_course = _FROM.search(ahead) is not None and _TO.fullmatch(between) is not None
        is_bracket = ahead.rstrip().endswith("(") and _VERSUS.fullmatch(between) is not None
        is_pair = is_course or is_bracket or _AGAINST.fullmatch(between) is not None
        if figure not in (one, other) or not is_pair:
            continue
        labels = [each for each in reading.labels if each.end <= one.start] if is_bracket else reading.labels
        for (row, column), (line, place) in itertools.product(reading.cells(one), reading.cells(other)):
            if row == line and column != place and _VERSUS.fullmatch(between) and _are_named(labels, row):
                return True
            if column != place or row == line:
                continue
            if is_course and (len(grid.rows) == 2 or _are_named(labels, row, line)):
                return True
            if is_bracket and (_are_in_order(labels, row, line) or _is_newest(reading, row, line)):
                return True
    return False


def _are_named(labels: Sequence[NamedPart], *rows: int) -> bool:
    return all(any(row in each.rows for each in labels) for row in rows)


def _are_in_order(labels: Sequence[NamedPart], first: int, second: int) -> bool:
    """Whether two rows are named one after the other, by labels of one column."""
    return any(
        first in one.rows and second in other.rows and one.dim == other.dim
        for one, other in itertools.combinations(labels, 2)
    )


def _is_newest(reading: HeldSentence, row: int, other: int) -> bool:
    """Whether a row is of the last period, and the other is named: "down from a year ago ($84 vs. $88)"."""
    grid = reading.grid
    return any(
        (order := grid.order(dim))
        and str(grid.rows[row][dim]) == order[-1]
        and any(other in each.rows for each in reading.labels)
        for dim in grid.periods
        if grid.is_axis(dim)
    )


def _named_after(reading: HeldSentence, figure: Written) -> list[NamedPart]:
    """The rows that are named between a figure and the next one, in its part of the sentence."""
    _start, end = reading.segment_of(figure.start)
    last = next((each.start for each in reading.figures if each.start >= figure.end), end)
    return [each for each in reading.labels if figure.end <= each.start < min(end, last)]


def _is_limit(reading: HeldSentence, figure: Written) -> bool:
    """Whether a figure is the most or the least of its column: "at most 8 refunds a month"."""
    before = reading.flat[: figure.start]
    is_most, is_least = _MOST.search(before) is not None, _LEAST.search(before) is not None
    if not is_most and not is_least:
        return False
    said = reading.noun_after(figure)
    places = {column for _row, column in reading.cells(figure)}
    for place in places:
        about = reading.grid.columns[place].about
        column = reading.grid.labeled_column(place) or reading.grid.column(place)
        if column and (not said or said & about):
            return figure.is_about(max(column) if is_most else min(column))
    return False


def _is_by_own_name(reading: HeldSentence, figure: Written, wrong: set[Written]) -> bool:
    """Whether the name of a figure's row is right next to it, and its column is that of a figure before."""
    columns = _columns_before(reading, figure, wrong)
    rows = {row for row, column in reading.cells(figure) if column in columns}
    return any(
        each.dim != COLUMNS
        and len(each.rows) == 1
        and each.rows <= rows
        and (
            _HAS.fullmatch(reading.flat[each.end : figure.start] or "-") is not None
            or _OF.fullmatch(reading.flat[figure.end : each.start] or "-") is not None
        )
        for each in reading.labels
    )
