"""Figures that a sentence says of all rows together: "all four together average $81.63"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.reading import Cell, HeldSentence
from motabot.text.regex import regex

_NUMBER: Final = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_AHEAD: Final = regex(
    r"\b(?:together|combined|altogether|overall|in all|in total|as a whole|all of them|all (?:the |our )?[a-z]+s"
    rf"|all {_NUMBER}|the {_NUMBER}(?: [a-z]+s)? (?:average|have|had|took|made|come)"
    r"|en total|en conjunto|juntas?|juntos)\b"
)
_BEHIND: Final = regex(
    r" (?:together|combined|altogether|overall|in all|in total|across (?:all|the)|for all|en total)\b"
)


def is_of_total(reading: HeldSentence, figure: Written, cells: Sequence[Cell]) -> bool:
    """Whether a figure is said of all rows, and is of a total row, in the column of the figures beside it.

    Args:
        reading: The sentence.
        figure: The figure.
        cells: The cells that it may be, by the words around it.
    """
    totals = reading.grid.totals
    whole = {column for row, column in cells if row in totals}
    if not whole or not _says_all(reading, figure):
        return False
    others = {
        column
        for each in reading.figures
        if each is not figure and (each.is_money, each.is_percent) == (figure.is_money, figure.is_percent)
        for row, column in reading.cells(each)
        if row not in totals
    }
    return not others or bool(whole & others)


def _says_all(reading: HeldSentence, figure: Written) -> bool:
    """Whether the words around a figure, as far as the row that is named before it, say that it is of all."""
    start = reading.start_of_phrase(figure)
    last = max([start, *(each.end for each in reading.labels if each.end <= figure.start)])
    ahead = reading.flat[last : figure.start]
    if start < last and "," not in ahead and " and " not in ahead:
        return False  # "Oakland together with Berkeley"
    return _AHEAD.search(ahead) is not None or _BEHIND.match(reading.flat[figure.end :]) is not None
