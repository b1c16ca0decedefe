"""The derived columns of one customer, computed in whole numbers as docs/aggregates.md defines them.

Cents, hundredths and ten-thousandths are integers throughout, so that every rounding is exact.
"""

from __future__ import annotations

from itertools import pairwise
from math import isqrt
from typing import NamedTuple

NULL = r"\N"


def money(cents: int) -> str:
    """Cents as dollars."""
    return f"{cents // 100}.{cents % 100:02}" if cents >= 0 else f"-{-cents // 100}.{-cents % 100:02}"


def quotient(dividend: int, divisor: int) -> int:
    """A quotient of at least 0, rounded to the nearest whole number; halves are rounded up."""
    return (2 * dividend + divisor) // (2 * divisor)


def vip_status(visits: int) -> str:
    """The tier, by the default thresholds of the settings."""
    return "New" if visits < 2 else "Casual" if visits < 6 else "Regular" if visits < 16 else "VIP"


def churn_risk(visits: list[int], today: int) -> str:
    """The churn risk. `visits` are day numbers in order, at least one."""
    away = today - visits[-1]
    if len(visits) < 3:
        return "Low" if away <= 45 else "Medium" if away <= 90 else "High"
    gaps, span = len(visits) - 1, visits[-1] - visits[0]
    return "Low" if 2 * gaps * away <= 3 * span else "Medium" if gaps * away <= 3 * span else "High"


def consistency(gaps: int, span: int, squares: int) -> int:
    """The visit consistency score in hundredths: 1 − sqrt(gaps·squares − span²) / span, not below 0.

    The root is compared rather than computed: a whole number is at least the root of x if it is at least
    the root's ceiling, which `isqrt` knows exactly.
    """
    under_root = 40_000 * (gaps * squares - span * span)
    root = isqrt(under_root)
    ceiling = root if root * root == under_root else root + 1
    return max(0, (201 * span - ceiling) // (2 * span))


class VisitFigures(NamedTuple):
    """The columns of `customer_visit_patterns`: texts for COPY, and the predicted day's number."""

    average_gap: str = NULL
    consistency: str = NULL
    predicted: int | None = None
    deviation: str = NULL
    longest: str = NULL
    shortest: str = NULL


def visit_pattern(visits: list[int]) -> VisitFigures:
    """The pattern of visits on these days, which are in order and at least one."""
    if len(visits) < 2:
        return VisitFigures()
    gaps = [later - earlier for earlier, later in pairwise(visits)]
    span, typical = visits[-1] - visits[0], quotient(visits[-1] - visits[0], len(gaps))
    squares = sum(gap * gap for gap in gaps)
    return VisitFigures(
        average_gap=money(quotient(100 * span, len(gaps))),
        consistency=money(consistency(len(gaps), span, squares)) if len(gaps) > 1 else NULL,
        predicted=visits[-1] + typical,
        deviation=str(gaps[-1] - typical),
        longest=str(max(gaps)),
        shortest=str(min(gaps)),
    )
