"""Counts beside the whole that they are part of: "may be texted" beside "customers"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.meaning import is_negative, stems


def shares_of_parts(grid: Grid, rows: Sequence[int], words: str, relative: str) -> list[float]:
    """The shares of the whole that counts named like some words have in some rows together.

    Args:
        grid: The result.
        rows: The rows.
        words: What is said: "have bought more than once". If it denies what a column counts, the rest is meant.
        relative: The words of whom it is said, if they name the whole: "of those who joined".
    """
    told = stems(words)
    found: dict[int, list[float]] = {}
    for whole in wholes(grid) or _counts(grid):
        for part in _counts(grid):
            pairs = [(grid.numbers[row][part], grid.numbers[row][whole]) for row in rows]
            cells = [(one or Decimal(0), every) for one, every in pairs if every]
            own = stems(grid.columns[part].name) - stems(grid.columns[whole].name)
            if part == whole or not cells or any(one > every for one, every in cells) or not own & told:
                continue
            if relative and not set(grid.columns[whole].name.split()) & set(relative.split()):
                continue
            one, every = (sum(column, Decimal(0)) for column in zip(*cells, strict=True))
            is_denied = is_negative(grid.columns[part].name) != is_negative(words)
            found.setdefault(len(own & told), []).append(float((every - one if is_denied else one) / every))
    return found[max(found)] if found else []


def wholes(grid: Grid) -> list[int]:
    """The count that no other of several exceeds in any row."""
    counts = _counts(grid)
    return [
        whole
        for whole in counts
        if len(counts) > 1
        and all((line[part] or 0) <= (line[whole] or 0) for line in grid.numbers for part in counts)
    ]


def _counts(grid: Grid) -> list[int]:
    return [n for n in grid.measures if grid.columns[n].unit == "count"]
