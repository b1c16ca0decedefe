"""Rows from one label to another: "Thursday to Saturday"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.named import NamedPart
from motabot.text.regex import regex

_TO: Final = regex(r"\s*(?:-|–|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\ba\b)\s*")
#: What goes from one label to another moved, and is not the rows between.
_MOVED: Final = regex(
    r"\b(?:rose|fell|grew|went|moved|drop\w*|climb\w*|slid|slip\w*|jump\w*|declin\w*|increas\w*|up"
    r"|down)\b[^.;]{0,40}"
    r"\bfrom (?:an? |the )?$"
)


def joined_to_ranges(flat: str, labeled: Sequence[NamedPart], grid: Grid) -> list[NamedPart]:
    """What a sentence names, with one part for two labels of an ordered column that "to" joins.

    Args:
        flat: The sentence.
        labeled: The labels that it names, in its order.
        grid: The result.
    """
    found: list[NamedPart] = []
    for each in labeled:
        last = found[-1] if found else None
        is_joined = last is not None and (
            _TO.fullmatch(flat, last.end, each.start) is not None
            or (flat[last.end : each.start] == " and " and flat[: last.start].endswith("between "))
        )
        rows = _between(last, each, grid) if last and is_joined else frozenset()
        if last and rows and not _MOVED.search(flat[: last.start]):
            found[-1] = replace(last, end=each.end, rows=rows, is_range=True)
        else:
            found.append(each)
    return found


def _between(first: NamedPart, last: NamedPart, grid: Grid) -> frozenset[int]:
    """The rows from one label to another; none if the labels have no order."""
    order = grid.order(first.dim) if first.dim == last.dim else []
    places = [[order.index(str(grid.rows[n][first.dim])) for n in part.rows] for part in (first, last) if order]
    if not all(places) or not places:
        return frozenset()
    low, high = min(places[0]), max(places[1])
    chosen = {order[n % len(order)] for n in range(low, high + 1 + (len(order) if high < low else 0))}
    return frozenset(n for n, row in enumerate(grid.rows) if str(row[first.dim]) in chosen)
