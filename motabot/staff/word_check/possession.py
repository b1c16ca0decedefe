"""Claims of how many rows have something, of the days of rows, and of one of two labels everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.columns import Days
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.quantities import NUMBER, is_so_many, value_of
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_MANY: Final = (
    rf"\b(?P<limit>only |just |at least )?(?P<many>all|none|most|half|both|{NUMBER})"
    rf"(?P<of> of (?:them|these|those|the|our))?(?: (?:of )?(?:the |our )?(?P<whole>{NUMBER}))?(?: [a-z]+)?"
)
_ALL: Final = frozenset({"all", "none", "most", "half", "both"})
_HAVE: Final = regex(
    rf"{_MANY} (?:have|has|had|are|come) (?:(?P<no>no|without an?|without) )?(?:(?:an?|their|the|any|with an?"
    rf"|with) )?"
    r"(?P<what>name|phone|e-?mail|zip|number|source|group)\b"
)
_SO: Final = regex(
    rf"{_MANY}(?: (?:are|is|were|was|have|has|who|that|paid|sold|came|come|belong|visited|handled|made"
    r"|by|in|from|at|to|with))*(?: an?| the)? $"
)
_MOSTLY: Final = regex(r"\b(?:mostly|mainly|primarily|predominantly)(?: [a-z]+){0,2} $")
_HANDLED: Final = regex(
    rf" (?:handled|sold|made|has|have|had|rang up|accounts? for|took|holds?|is (?:behind|in))"
    rf"(?: up)? (?P<many>{NUMBER}) of (?:the |these |those )?(?P<whole>{NUMBER})\b"
)
_FIRST_DAY: Final = regex(
    r"\b(?:(?P<early>oldest|earliest|longest)|newest|latest|most recent)\b[^.;,]{0,40}?"
    r"\b(?:(?:waiting )?since|on|is|was|from|back to)\s*$"
)
_LAST_SOLD: Final = regex(
    r"\blast (?:sold|bought|visited|seen|came(?: in)?|visit|purchase|sale|here|in)(?: (?:was|is))?(?: (?:in|on"
    r"|back in))?\s*$"
)
_ONE_SIDED: Final = regex(
    r"\b(?:(?P<more>more|higher|bigger|larger)|(?P<less>less|lower|fewer|smaller))\b(?! than)"
)
_EVERYWHERE: Final = regex(r"\beverywhere\b|\b(?:in|at|for) (?:every|each|all|both)\b")
_BUT: Final = regex(r"\b(?:except|but|besides|other than|apart)\b")


def claims_of_possession(standing: Standing) -> Iterator[Verdict]:
    """Each such claim, and whether the rows support it; claims that they cannot decide are left out."""
    grid = standing.grid
    if grid.size == len(grid.rows):
        yield from _of_cells(standing)
        yield from _of_labels(standing)
        yield from _of_most(standing)
        yield from _of_counted_rows(standing)
    yield from _of_first_day(standing)
    yield from _of_last_day(standing)
    yield from _of_two_labels(standing)


def _is_of_rows(standing: Standing, match: re.Match[str]) -> bool:
    """Whether a number of things is one of the rows: "all of them", "three of the 15"."""
    size = len(standing.grid.rows)
    whole = match["whole"]
    if whole:
        return value_of(whole) == size
    return match["of"] is not None and match["of"].endswith(("them", "these", "those"))


def _of_cells(standing: Standing) -> Iterator[Verdict]:
    """ "Seven of the 20 numbers have no name": how many rows have nothing in a column."""
    grid = standing.grid
    for match in _HAVE.finditer(standing.flat):
        what = match["what"].replace("-", "")
        dims = [n for n in grid.labels if what in grid.columns[n].name.split()]
        if len(dims) != 1 or not _is_of_rows(standing, match) or standing.is_denied(0, match.start()):
            continue
        held = sum(row[dims[0]] not in (None, "") for row in grid.rows)
        found = len(grid.rows) - held if match["no"] else held
        yield Verdict(standing.quoted(*match.span()), is_so_many(match, found, len(grid.rows)))


def _of_labels(standing: Standing) -> Iterator[Verdict]:
    """ "All of the 15 may be texted": how many rows have a label."""
    for each in standing.labels:
        match = _SO.search(standing.flat[: each.start])
        if (
            match
            and each.days is None
            and _is_of_rows(standing, match)
            and not standing.is_denied(0, match.start())
        ):
            is_true = is_so_many(match, *_counted(standing, each))
            if match["whole"] is None and match["many"] not in _ALL:
                continue  # "six of them Vapes" does not count rows
            yield Verdict(standing.quoted(match.start(), each.end), is_true)


def _counted(standing: Standing, label: NamedPart) -> tuple[int, int]:
    """How many have a label, of how many: rows, or what the only column of counts adds up to for each label."""
    grid = standing.grid
    counts = [n for n in grid.measures if grid.columns[n].unit == "count" and grid.columns[n].adds_up]
    is_grouped = len({str(row[label.dim]) for row in grid.rows}) == len(grid.rows)
    if not is_grouped or len(counts) != 1:
        return len(label.rows), len(grid.rows)
    return int(grid.total(counts[0], sorted(label.rows)) or 0), int(grid.sums[counts[0]])


def _of_most(standing: Standing) -> Iterator[Verdict]:
    """ "Mostly buys edibles": that label is first in some column."""
    grid = standing.grid
    for each in standing.labels:
        match = _MOSTLY.search(standing.flat[: each.start])
        if match is None or each.days is not None or standing.is_denied(0, match.start()):
            continue
        totals = [
            (
                grid.total(column, sorted(each.rows)),
                [grid.total(column, n) for n in standing.by_label(each.dim, range(len(grid.rows)))],
            )
            for column in grid.measures
        ]
        told = [
            own >= max(known)
            for own, others in totals
            if own is not None and (known := [n for n in others if n is not None])
        ]
        if told:
            yield Verdict(standing.quoted(match.start(), each.end), any(told))


def _of_counted_rows(standing: Standing) -> Iterator[Verdict]:
    """ "Omar handled three of the five": how many rows have his name."""
    size = len(standing.grid.rows)
    for each in standing.labels:
        match = _HANDLED.match(standing.flat[each.end :])
        if match and each.days is None and value_of(match["whole"]) == size:
            is_true = value_of(match["many"]) == len(each.rows)
            yield Verdict(standing.quoted(each.start, each.end + match.end()), is_true)


def _days(standing: Standing) -> list[list[Days | None]]:
    grid = standing.grid
    return [each for dim, each in grid.periods.items() if not grid.is_axis(dim)]


def _of_first_day(standing: Standing) -> Iterator[Verdict]:
    """ "The oldest has been waiting since July 4": that is the first of a result's only days."""
    periods = _days(standing)
    known = [each for each in periods[0] if each] if len(periods) == 1 else []
    for span in standing.reading.spans if len(known) > 1 else ():
        for place in (found.start() for found in re.finditer(re.escape(span.said), standing.flat)):
            match = _FIRST_DAY.search(standing.flat[:place]) or (
                _FIRST_DAY.search(standing.flat[: place + len(span.said.split()[0])])
            )
            if match and span.first is not None and not standing.is_denied(0, match.start()):
                day = (min(known) if match["early"] else max(known))[0]
                yield Verdict(
                    standing.quoted(match.start(), place + len(span.said)), span.first <= day <= span.last
                )


def _of_last_day(standing: Standing) -> Iterator[Verdict]:
    """ "Skywalker last sold in August": the day of that row."""
    grid, periods = standing.grid, _days(standing)
    empty = [n for n in grid.labels if all(row[n] is None for row in grid.rows) and "last" in grid.columns[n].name]
    if empty and not periods:
        periods = [[None] * len(grid.rows)]
    named = [each for each in standing.labels if each.days is None and len(each.rows) == 1]
    if len(periods) != 1 or len(named) != 1:
        return
    [row] = named[0].rows
    for span in standing.reading.spans:
        place = standing.flat.find(span.said)
        if span.first is not None and place >= 0 and _LAST_SOLD.search(standing.flat[:place]):
            day = periods[0][row]
            is_true = day is not None and span.first <= day[0] <= span.last
            yield Verdict(standing.quoted(named[0].start, place + len(span.said)), is_true)


def _of_two_labels(standing: Standing) -> Iterator[Verdict]:
    """ "Medical customers spend more per ticket in every store": more than the only other label."""
    grid, flat = standing.grid, standing.flat
    everywhere, match = _EVERYWHERE.search(flat), _ONE_SIDED.search(flat)
    if everywhere is None or match is None or _BUT.search(flat) or standing.is_denied(0, match.start()):
        return
    before = [each for each in standing.labels if each.end <= match.start()][-1:]
    for each in before:
        labels = {str(row[each.dim]) for row in grid.rows}
        others = [dim for dim in grid.labels if dim != each.dim]
        if len(labels) != 2 or len(others) != 1 or grid.totals:
            continue
        told = []
        for column in standing.columns(match.start(), 0, len(flat), sorted(each.rows)):
            groups = standing.by_label(others[0], range(len(grid.rows)))
            pairs = [
                (
                    grid.total(column, [n for n in g if n in each.rows]),
                    grid.total(column, [n for n in g if n not in each.rows]),
                )
                for g in groups
            ]
            told.append(
                all(
                    (one > other if match["more"] else one < other)
                    for one, other in pairs
                    if one is not None and other is not None
                )
            )
        if told:
            yield Verdict(standing.quoted(each.start, everywhere.end()), any(told))
