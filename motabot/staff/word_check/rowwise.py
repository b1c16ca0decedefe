"""Claims that each row proves by itself: a day, a yes or no, one column or label above another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.columns import Days
from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.courses import DOWN, UP
from motabot.staff.word_check.exceptions import EXCEPTION
from motabot.staff.word_check.majorities import dim_of
from motabot.staff.word_check.movements import courses_of
from motabot.staff.word_check.named import COLUMNS
from motabot.staff.word_check.quantities import NUMBER, value_of
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

#: Visits: the day of each row.
_CAME: Final = regex(
    r"\b(?:(?:have|has|had)(?P<no> not|n't|n’t)? (?:been (?:in|here|back)|visited|come(?: in| back)?|bought"
    r"|shopped)"
    r"|(?:visited|came(?: in| back)?|was here|were here|last (?:came|visited)))\b"
)
_HOW_MANY: Final = regex(
    rf"\b(?P<all>all|every(?:one|body)|each|both|none|nobody|no one|no customer)(?: of (?:them|the \w+))?\b"
    rf"|\b(?P<many>{NUMBER}) of\b"
)
#: "Everywhere", "in all four stores", "in every store": for each label of a column.
_EVERYWHERE: Final = regex(
    rf"\beverywhere\b|\b(?:in|at|for) (?:all(?: of)?(?: the| our)?(?: (?:{NUMBER}))?|every|each"
    rf"|both) (?P<noun>[a-z]+)"
)
_ABOVE: Final = regex(
    r"\b(?:(?P<more>above|higher than|larger than|bigger than|more than|ahead of|exceeds?|beats?"
    r"|brings? in more than"
    r"|makes? more than|sells? more than|outsells?|outnumber)|(?P<less>below|lower than|smaller than"
    r"|less than|behind"
    r"|fewer than))\b"
)
_MORE_THAN: Final = regex(r"\b(?:(?P<more>more)|fewer|less)\b[^,;.]{0,40}?\bthan\b")
_ONLY: Final = regex(r"\bonly\s+$")
_THE_ONLY: Final = regex(r" (?:is|are|was|were) the only (?:one|ones|[a-z]+)\b")
_FLAGGED: Final = regex(rf"\b(?P<many>{NUMBER}|none|nobody|all|both)(?: of (?:them|the {NUMBER}|these))?\b")
_EACH_OF_A_LABEL: Final = regex(r"\b(?:all|every|none of the|no)(?: of (?:the|our))?(?: the| our)? $")
_YES: Final = frozenset({"true", "t", "yes"})
_NO: Final = frozenset({"false", "f", "no"})


def claims_of_rows(standing: Standing) -> Iterator[Verdict]:
    """Each such claim, and whether the rows support it; claims that they cannot decide are left out."""
    yield from _of_days(standing)
    yield from _of_flags(standing)
    yield from _of_columns(standing)
    yield from _of_ways(standing)
    yield from _of_parts(standing)
    yield from _of_one_alone(standing)
    yield from _of_all_in_a_row(standing)


def _of_days(standing: Standing) -> Iterator[Verdict]:
    """ "All ten have been in this week", "Ana has not been in since June"."""
    grid = standing.grid
    days = [each for dim, each in grid.periods.items() if not grid.is_axis(dim)]
    spans = [span for span in standing.reading.spans if span.first is not None]
    match = _CAME.search(standing.flat)
    if len(days) != 1 or len(spans) != 1 or match is None or EXCEPTION.search(standing.flat):
        return
    span = spans[0]
    named = [each for each in standing.labels if each.dim not in grid.periods and len(each.rows) == 1]
    many = _HOW_MANY.search(standing.flat[: match.start()])
    is_since = re.match(r"(?:since|desde)\b", span.said) is not None
    rows = sorted({n for each in named for n in each.rows}) if named else list(range(len(grid.rows)))
    if is_since and match["no"]:
        passing = [
            n
            for n in rows
            if (day := days[0][n]) and span.first and day[0] <= span.last and _is_near(day, span.first, span.last)
        ]
        if len(named) == 1:
            yield Verdict(standing.quoted(match.start(), len(standing.flat)), passing == rows)
        return
    inside = [n for n in rows if (day := days[0][n]) and span.first and span.first <= day[0] <= span.last]
    if named or many is None or match["no"]:
        return
    whole_size = re.match(rf" (?:the |our |these |those )?(?P<size>{NUMBER})\b", standing.flat[many.end() :])
    if many["many"] and whole_size and value_of(whole_size["size"]) != len(rows):
        return
    whole = many["all"]
    if whole and whole.startswith("n"):
        is_true = not inside
    elif whole:
        is_true = len(inside) == len(rows)
    else:
        is_true = len(inside) == value_of(many["many"])
    yield Verdict(standing.quoted(many.start(), match.end()), is_true)


def _is_near(day: Days, first: object, last: object) -> bool:
    """Whether a last visit is on the day after which somebody was not seen, or before a period's end."""
    return (first == last and day[0] == first) or first != last


def _of_flags(standing: Standing) -> Iterator[Verdict]:
    """ "Three of them asked for a person": how many rows say yes in the column that the words are about."""
    grid = standing.grid
    match = _FLAGGED.search(standing.flat)
    if match is None or grid.size != len(grid.rows):
        return
    for dim in grid.labels:
        words = [word[:4] for word in grid.columns[dim].name.split() if len(word) > 3]
        if not words or not all(re.search(rf"\b{word}", standing.flat) for word in words):
            continue
        told = [str(row[dim]).lower() for row in grid.rows]
        if not set(told) <= _YES | _NO:
            continue
        yes = sum(each in _YES for each in told)
        many = {"none": 0, "nobody": 0, "all": len(told), "both": 2}.get(match["many"], value_of(match["many"]))
        if not standing.is_denied(0, match.start()) and " of " in match[0] + " " * (not many):
            yield Verdict(standing.quoted(match.start(), len(standing.flat)), yes == many)


def _of_columns(standing: Standing) -> Iterator[Verdict]:
    """ "The median is above the average in all stores": one column above another in each row."""
    grid = standing.grid
    if _EVERYWHERE.search(standing.flat) is None:
        return
    for match in _ABOVE.finditer(standing.flat):
        if standing.is_denied(0, match.start()):
            continue
        start, end = standing.reading.segment_of(match.start())
        before, after = (
            concepts_in(standing.flat[start : match.start()]),
            concepts_in(standing.flat[match.end() : end]),
        )
        one, other = (
            _only_about(standing, each - common) for each in (before, after) for common in [before & after]
        )
        if one is None or other is None or one == other:
            continue
        pairs = [(row[one], row[other]) for row in grid.numbers]
        told = [
            first > second if match["more"] else first < second
            for first, second in pairs
            if first is not None and second is not None
        ]
        yield Verdict(standing.quoted(start, end), all(told))


def _of_ways(standing: Standing) -> Iterator[Verdict]:
    """ "More texts come in than go out": one way above the other in each row that is meant."""
    grid = standing.grid
    columns = {way: [n for n in grid.measures if way in grid.columns[n].about] for way in ("inbound", "outbound")}
    if [*map(len, columns.values())] != [1, 1]:
        return
    for match in _MORE_THAN.finditer(standing.flat):
        start, end = standing.reading.segment_of(match.start())
        said = [concepts_in(standing.flat[one:two]) for one, two in ((start, match.end()), (match.end(), end))]
        ways = [next(iter(each & columns.keys()), "") for each in said]
        if set(ways) != set(columns) or standing.is_denied(start, match.start()):
            continue
        [one], [other] = (columns[way] for way in ways)
        rows = standing.rows_beside(COLUMNS, start, end)
        pairs = [(grid.numbers[n][one] or 0, grid.numbers[n][other] or 0) for n in rows]
        is_true = all(first > second if match["more"] else first < second for first, second in pairs)
        yield Verdict(standing.quoted(start, end), is_true)


def _only_about(standing: Standing, said: frozenset[str]) -> int | None:
    found = [n for n in standing.grid.measures if standing.grid.columns[n].about & said]
    return found[0] if len(found) == 1 else None


def _of_parts(standing: Standing) -> Iterator[Verdict]:
    """ "In every store the weekend brings in more than the weekdays": a label above another."""
    grid = standing.grid
    everywhere = _EVERYWHERE.search(standing.flat)
    if everywhere is None:
        return
    for match in _ABOVE.finditer(standing.flat):
        before = [each for each in standing.labels if each.end <= match.start()][-1:]
        after = [each for each in standing.labels if each.start >= match.end()][:1]
        if not before or not after or before[0].dim != after[0].dim:
            continue
        noun = everywhere.groupdict().get("noun")
        dims = [n for n in grid.labels if n != before[0].dim]
        dim = dim_of(standing, noun) if noun else (dims[0] if len(dims) == 1 else None)
        if dim is None or dim == before[0].dim or standing.is_denied(0, match.start()):
            continue
        yield Verdict(
            standing.quoted(0, len(standing.flat)),
            _are_above(standing, dim, (before[0].rows, after[0].rows), match),
        )


def _are_above(standing: Standing, dim: int, pair: Sequence[frozenset[int]], match: re.Match[str]) -> bool:
    """Whether one set of rows is above another for each label of a column, in some column that may be meant."""
    groups = standing.by_label(dim, [n for n in range(len(standing.grid.rows)) if standing.grid.competes(n, dim)])
    for column in standing.columns(match.start(), 0, len(standing.flat), sorted(pair[0])):
        totals = [
            [standing.grid.total(column, [n for n in rows if n in each]) for each in pair] for rows in groups
        ]
        told = [
            first > second if match["more"] else first < second
            for first, second in totals
            if first is not None and second is not None
        ]
        if all(told):
            return True
    return False


def _of_one_alone(standing: Standing) -> Iterator[Verdict]:
    """ "Only San Francisco grew": of all labels, no other one did."""
    grid = standing.grid
    for each in standing.labels:
        is_alone = _ONLY.search(standing.flat[: each.start]) or _THE_ONLY.match(standing.flat[each.end :])
        if not is_alone or each.dim in grid.periods:
            continue
        _start, end = standing.reading.segment_of(each.start)
        text = standing.flat[each.end : end]
        up, down = UP.search(text), DOWN.search(text)
        groups = [group for group in standing.reading.groups if each in group]
        rows = frozenset[int]().union(*(one.rows for group in groups for one in group if one.dim == each.dim))
        turn = up or down
        if turn is None or (up and down) or standing.is_denied(each.end, each.end + turn.start()):
            continue
        told = []
        for labels, changes in courses_of(standing, each.dim):
            moved = {
                label
                for label, (early, late) in zip(labels, changes, strict=True)
                if (late > early if up else late < early)
            }
            told.append(moved == {str(grid.rows[n][each.dim]) for n in rows})
        if told:
            yield Verdict(standing.quoted(each.start, end), any(told))


def _of_all_in_a_row(standing: Standing) -> Iterator[Verdict]:
    """ "All New customers may be texted": a part of one row's count is all of it."""
    grid = standing.grid
    for each in standing.labels:
        if len(each.rows) != 1 or _EACH_OF_A_LABEL.search(standing.flat[: each.start]) is None:
            continue
        _start, end = standing.reading.segment_of(each.start)
        [row] = each.rows
        words = standing.flat[each.end : end]
        parts = [
            n
            for n in grid.measures
            if grid.columns[n].unit == "count"
            and len(grid.columns[n].name.split()) > 1
            and all(re.search(rf"\b{word[:4]}", words) for word in grid.columns[n].name.split())
        ]
        wholes = [n for n in grid.measures if grid.columns[n].unit == "count" and n not in parts]
        if len(parts) == 1 and wholes:
            part = grid.numbers[row][parts[0]]
            is_none = standing.flat[: each.start].rstrip().endswith((" no", "none of the"))
            is_true = part == 0 if is_none else any(part == grid.numbers[row][n] for n in wholes)
            yield Verdict(standing.quoted(each.start, end), is_true, grid.named_cell(row, parts[0]))
