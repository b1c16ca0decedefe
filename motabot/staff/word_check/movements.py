"""How the labels of a column changed: in columns of periods, of changes, or in rows of two periods."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.named import COLUMNS
from motabot.staff.word_check.standing import Pair, Standing
from motabot.text.regex import regex

#: "Sold more in October": more than in the other period.
MORE_IN: Final = regex(
    r"\b(?:sold|made|did|brought in|earned|took|had|was|were|spent|came)\b[^,;.]{0,20}?\b(?:(?P<more>more"
    r"|better|higher|stronger)"
    r"|(?P<less>less|fewer|worse|lower|weaker))\b(?: [a-z]+)? (?=in |during |this |last )"
)


def turned(
    standing: Standing, place: int, compared: re.Match[str]
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The direction of a change, from "more" or "less" in one of two periods, the later or the earlier one."""
    dated = sorted({days for n in standing.grid.measures if (days := standing.grid.columns[n].days)})
    named = [each for each in standing.reading.mentions if each.dim == COLUMNS and each.start >= place - 1]
    said = [found for each in named[:1] for n in each.rows if (found := standing.grid.columns[n].days)]
    if len(dated) != 2 or len(said) != 1:
        return None, None
    is_against = compared[0].rstrip().endswith(" than")  # "more than in October 2025"
    is_up = (compared["more"] is not None) == ((said[0] == dated[1]) != is_against)
    return (compared, None) if is_up else (None, compared)


def courses_of(standing: Standing, dim: int) -> Iterator[tuple[list[str], list[Pair]]]:
    """Labels with their early and late figures: in columns of periods, of changes, or in rows."""
    grid = standing.grid
    rows = [n for n in range(len(grid.rows)) if grid.competes(n, dim) and n not in grid.totals]
    names = [str(grid.rows[n][dim]) for n in rows]
    dated = sorted((days, n) for n in grid.measures if (days := grid.columns[n].days) is not None)
    if len(dated) == 2:
        yield _told(names, [(grid.numbers[n][dated[0][1]], grid.numbers[n][dated[1][1]]) for n in rows])
    for place in grid.measures:
        if "change" in grid.columns[place].about:
            yield _told(names, [(Decimal(0), grid.numbers[n][place]) for n in rows])
    for other in grid.labels:
        order = grid.order(other) if other != dim else []
        if len(order) != 2 or dated:
            continue
        labels = sorted(set(names))
        for place in grid.measures:
            by_time = [[n for n in rows if str(grid.rows[n][other]) == label] for label in order]
            pairs = [
                tuple(grid.total(place, [n for n in each if str(grid.rows[n][dim]) == label]) for each in by_time)
                for label in labels
            ]
            yield _told(labels, pairs)


def _told(labels: Sequence[str], pairs: Sequence[tuple[Decimal | None, ...]]) -> tuple[list[str], list[Pair]]:
    known = [
        (label, (early, late))
        for label, (early, late) in zip(labels, pairs, strict=True)
        if early is not None and late is not None
    ]
    return [label for label, _pair in known], [pair for _label, pair in known]
