"""Claims about every row or only one: "rose every month", "each brought more than $200", "only Ana had none"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.courses import DOWN, UP
from motabot.staff.word_check.exceptions import EXCEPTION
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_STEADILY: Final = regex(
    r"\b(?:every|each|cada) (?:single )?(?:hour|day|week|month|quarter|year|dia|semana|mes|trimestre|ano)\b"
    r"|\b(?:day|week|month|quarter|year) (?:after|by) (?:day|week|month|quarter|year)\b"
    r"|\bsteadily\b|\bwithout (?:a )?(?:break|exception)\b"
)
_RISEN: Final = regex(r"\brisen\b")
_EACH: Final = regex(
    r"\b(?:each|every one|all of them|cada un[oa])(?: of them| day| week| month| store| one)?"
    r" (?:brought(?: in)?|made|took(?: in)?|sold|had|has|have|spent|earned|earns|got|were|was|is|are"
    r"|came to|comes to)"
    r" (?:well |just )?(?P<sign>more than|over|above|at least|less than|under|below|fewer than)\s+(?:the )?$"
)
_ONLY: Final = regex(r"\bonly\s+$")
_NONE: Final = regex(r"\s*(?:has|had|have|got|made|gave|shows?|with|recorded)\s+(?:none|no \w+|zero)\b")


def claims_of_each(standing: Standing) -> Iterator[Verdict]:
    """Each claim about every row, or about only one, and whether it is true."""
    yield from _steady(standing)
    yield from _bounded(standing)
    yield from _alone(standing)


def _steady(standing: Standing) -> Iterator[Verdict]:
    """Whether something moved one way in each period, as claimed."""
    match, flat, grid = _STEADILY.search(standing.flat), standing.flat, standing.grid
    up, down = UP.search(flat) or _RISEN.search(flat), DOWN.search(flat)
    axes = [dim for dim in grid.labels if grid.is_axis(dim) or (dim not in grid.periods and grid.order(dim))]
    if match is None or bool(up) == bool(down) or len(axes) != 1 or EXCEPTION.search(flat):
        return
    [dim] = axes
    turn = (up or down or match).start()
    rows = standing.rows_beside(dim, 0, len(flat))
    order = [label for label in grid.order(dim) if label != "None"]
    named = [order.index(str(grid.rows[n][dim])) for each in standing.labels if each.dim == dim for n in each.rows]
    order = order[min(named, default=0) :]
    told = []
    for column in standing.columns(turn, 0, len(flat), rows):
        totals = [grid.total(column, [n for n in rows if str(grid.rows[n][dim]) == label]) for label in order]
        told += [_is_steady(totals[:last], is_up=up is not None) for last in (len(totals), len(totals) - 1)]
    if len(order) > 2 and told and not standing.is_denied(0, turn):
        yield Verdict(standing.quoted(min(turn, match.start()), max(turn, match.end())), any(told))


def _is_steady(totals: Sequence[Decimal | None], *, is_up: bool) -> bool:
    known = [each for each in totals if each is not None]
    return all(late > early if is_up else late < early for early, late in itertools.pairwise(known))


def _bounded(standing: Standing) -> Iterator[Verdict]:
    """Whether each named row, or each row, passes a limit in a column of the limit's unit."""
    grid = standing.grid
    for figure in standing.figures:
        match = _EACH.search(standing.flat[: figure.start])
        if match is None or figure.is_percent or EXCEPTION.search(standing.flat[: figure.start]):
            continue
        named = {n for each in standing.labels if each.end <= match.start() for n in each.rows}
        rows = [n for n in sorted(named) or range(len(grid.rows)) if n not in grid.totals]
        units = ("money", "number", "") if figure.is_money else ("count", "number", "")
        is_more = match["sign"] in ("more than", "over", "above", "at least")
        columns = [n for n in grid.measures if grid.columns[n].unit in units and n not in grid.repeated]
        told = []
        for column in columns:
            numbers = [number for n in rows if (number := grid.numbers[n][column]) is not None]
            told.append(all(each >= figure.value if is_more else each <= figure.value for each in numbers))
        if told:
            yield Verdict(standing.quoted(match.start(), figure.end), any(told))


def _alone(standing: Standing) -> Iterator[Verdict]:
    """Whether the only one claimed to have none is the only one with a zero in some column."""
    grid = standing.grid
    for each in standing.labels:
        none = _NONE.match(standing.flat[each.end :])
        if none is None or _ONLY.search(standing.flat[: each.start]) is None:
            continue
        rows = [n for n in range(len(grid.rows)) if grid.competes(n, each.dim)]
        empty = [{n for n in rows if not grid.numbers[n][column]} for column in grid.measures]
        yield Verdict(
            standing.quoted(each.start, each.end + none.end()),
            any(found and found <= each.rows for found in empty),
        )
