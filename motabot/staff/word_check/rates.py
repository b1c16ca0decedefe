"""Claims of order of one figure per unit of another: "a bigger discount per ticket"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_CLAIM: Final = regex(
    r"\b(?:(?P<more>bigger|higher|larger|greater|more)|(?P<less>smaller|lower|less)"
    r"|(?P<most>biggest|highest|largest|greatest|most)|(?P<least>smallest|lowest|least))"
    r"\s+(?P<what>[a-z]+(?: [a-z]+)?) per (?P<each>[a-z]+)\b"
)


def claims_of_rate(standing: Standing) -> Iterator[Verdict]:
    """Each claim about a rate whose two columns are in the result, and whether the rows support it."""
    for match in _CLAIM.finditer(standing.flat):
        before = [each for each in standing.labels if each.end <= match.start()][-1:]
        columns = _column(standing, match["what"]), _column(standing, match["each"])
        if not before or None in columns or columns[0] == columns[1] or standing.is_denied(0, match.start()):
            continue
        subject = before[0]
        rates = _rates(standing, subject.dim, *(column for column in columns if column is not None))
        own = [rate for rows, rate in rates if rows <= subject.rows]
        named = [each.rows for each in standing.labels if each.dim == subject.dim and each.start > match.end()]
        others = [rate for rows, rate in rates if not rows & subject.rows]
        if match["more"] or match["less"]:
            others = [rate for rows, rate in rates if any(rows <= each for each in named[:1])] or (
                others if len(others) == 1 else []
            )
        if len(own) == 1 and others:
            is_high = bool(match["more"] or match["most"])
            is_true = own[0] >= max(others) if is_high else own[0] <= min(others)
            yield Verdict(standing.quoted(subject.start, match.end()), is_true)


def _column(standing: Standing, words: str) -> int | None:
    """The only column that adds up and is about what the words say; None if there is none or several."""
    said, grid = concepts_in(words), standing.grid
    found = [n for n in grid.measures if grid.columns[n].adds_up and grid.columns[n].about & said]
    return found[0] if len(found) == 1 else None


def _rates(standing: Standing, dim: int, above: int, below: int) -> list[tuple[frozenset[int], Decimal]]:
    """For each label its rows and its rate."""
    grid = standing.grid
    rows = [n for n in range(len(grid.rows)) if grid.competes(n, dim)]
    found = []
    for each in standing.by_label(dim, rows):
        one, other = grid.total(above, each), grid.total(below, each)
        if one is not None and other:
            found.append((frozenset(each), one / other))
    return found
