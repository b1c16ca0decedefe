"""A piece of a sentence that names something of a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from motabot.offline.dates.ranges import Span

#: The dimension of parts that name columns; for rows it is the position of the labels' column.
COLUMNS: Final = -1


@dataclass(frozen=True)
class NamedPart:
    """A piece of a sentence that names something of a result.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        dim: The position of the label's column, or `COLUMNS`.
        rows: The rows that it names; for `COLUMNS`, the columns.
        is_range: It names rows from one to another: "between September and November".
        days: The period that it names.
    """

    start: int
    end: int
    dim: int
    rows: frozenset[int]
    is_range: bool = False
    days: Span | None = None

    def admits(self, row: int, column: int) -> bool:
        """Whether a cell is among those named."""
        return (column if self.dim == COLUMNS else row) in self.rows


def outermost(found: Sequence[Sequence[NamedPart]]) -> list[list[NamedPart]]:
    """What a sentence names of each result, without names inside a longer one: "vape" in "Haze Vape Pen 1g".

    Args:
        found: The names of each result.
    """
    return [
        [
            each
            for each in own
            if each.days is not None or not any(_is_inside(each, other) for other in found if other is not own)
        ]
        for own in found
    ]


def _is_inside(one: NamedPart, others: Sequence[NamedPart]) -> bool:
    return any(
        each.days is None
        and each.dim != COLUMNS
        and each.start <= one.start
        and one.end <= each.end
        and one.end - one.start < each.end - each.start
        for each in others
    )


def masked_by(flat: str, found: Sequence[NamedPart]) -> str:
    """A sentence with bars in place of what it names."""
    for each in found:
        flat = flat[: each.start] + "|" * (each.end - each.start) + flat[each.end :]
    return flat
