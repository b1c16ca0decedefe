"""What the instructions of the staff's model state beside the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True)
class Stated:
    """What the instructions of the staff's model state beside the data.

    Attributes:
        first: The first day of the data; None: it is not stated.
        reward: How many loyalty points are worth how many dollars; empty: it is not stated.
    """

    first: date | None = None
    reward: Sequence[float | str] = ()

    def dollars_of(self, points: Decimal) -> Decimal | None:
        """The worth of loyalty points in dollars; None: not stated."""
        if len(self.reward) != len(("points", "dollars")):
            return None
        many, dollars = (Decimal(str(each)) for each in self.reward)
        return points / many * dollars


NOTHING_STATED: Final = Stated()
