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


def masked_by(flat: str, found: Sequence[NamedPart]) -> str:
    """A sentence with bars in place of what it names."""
    for each in found:
        flat = flat[: each.start] + "|" * (each.end - each.start) + flat[each.end :]
    return flat
