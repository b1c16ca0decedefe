"""Who leads, or beats whom, in how many groups: "Flower leads in every store", "ahead in three of four months"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.kinds import dims_of
from motabot.staff.word_check.meaning import meant
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.predicates import labels_in
from motabot.staff.word_check.quantities import HowMany, quantities_in
from motabot.staff.word_check.remark import DENIED, Beside, Fault, Remark
from motabot.text.regex import regex

_RANK: Final = regex(
    r"\b(?:(?P<high>leads?|led|comes? first|(?:is|are|was|were) (?:first|ahead)"
    r"|(?:the )?(?:best|biggest|largest|strongest|highest|most|top|busiest))"
    r"|(?P<low>(?:comes?|is|are|was|were) last"
    r"|(?:the )?(?:smallest|weakest|lowest|fewest|least|worst|quietest|slowest))"
    r"|(?P<beat>beats?|outsells?|outsold|passe[sd]|(?:is|are|was|were) (?:ahead of|above)"
    r"|(?:sells?|sold|made|makes?|took|brings?|brought|earns?|earned)(?: in)? more(?: [a-z]+){0,2} than))\b"
)

#: "The most over all categories": of their sum.
_TOGETHER: Final = regex(r"\b(?:over|across|of|among|from) $")


def misled(remark: Remark) -> Iterator[Fault]:
    """The ranks and comparisons in groups that the rows deny."""
    flat = remark.flat
    for said in quantities_in(flat):
        begin, end = remark.clause(said.start, said.end)
        rank = _RANK.search(flat, begin, said.start)
        if rank is None or DENIED.search(flat, begin, said.start) or _TOGETHER.search(flat[: said.start]):
            continue
        held = [verdict for each in remark.beside for verdict in _held(each, said, rank, flat, (begin, end))]
        if held and not any(held):
            yield Fault(begin, end, f"“{remark.text[begin:end].strip()[:80]}”")


def _held(each: Beside, said: HowMany, rank: re.Match[str], flat: str, place: tuple[int, int]) -> Iterator[bool]:
    """Whether the quantity of groups is true, for each column that may be meant."""
    grid = each.grid
    dims = dims_of(grid, flat[said.end : said.until]) or []
    named = labels_in(each, place[0], said.start)
    if grid.size != len(grid.rows) or len(grid.labels) != len(("group", "label")) or len(dims) != 1:
        return
    names = [label for label in named if label.dim != dims[0]]
    if len(names) != (2 if rank["beat"] else 1) or len(names) != len(named):
        return
    groups: dict[str, list[int]] = {}
    for row in (row for row in range(len(grid.rows)) if row not in grid.totals):
        groups.setdefault(str(grid.rows[row][dims[0]]), []).append(row)
    if said.whole not in (None, len(groups)):
        return
    for n in meant(grid, grid.measures, flat[slice(*place)]):
        found = [_is_so(rank, names, [(row, grid.numbers[row][n]) for row in rows]) for rows in groups.values()]
        yield said.holds(sum(found), len(found))


def _is_so(rank: re.Match[str], names: Sequence[NamedPart], cells: Sequence[tuple[int, Decimal | None]]) -> bool:
    """Whether the named rows have their rank in a group, or the first of two has more."""
    known = [(row, number) for row, number in cells if number is not None]
    own = [[number for row, number in known if row in name.rows] for name in names]
    if not all(own):
        return False
    if rank["beat"]:
        return sum(own[0]) > sum(own[1])
    numbers = [number for _row, number in known]
    return own[0][0] == (max(numbers) if rank["high"] else min(numbers))
