"""Claims of order: "best", "lowest", "second", "more than", "ahead of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.binding import EXCEPTION
from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.majorities import COUNTED
from motabot.staff.word_check.mentions import NamedPart
from motabot.staff.word_check.standing import Standing, Verdict

_HIGH: Final = re.compile(
    r"\b(?:best(?! (?:customers?|clients?|buyers?|members?)\b)"
    r"|highest|largest|biggest|greatest|strongest|busiest"
    r"|dearest|priciest|longest|(?<!at )most(?! recent| of\b"
    r"|ly)|leads|leading|leader|led|on top|number one|first place|tops|peaks|peaked"
    r"|mejor|mas alt[oa]|mayor|lidera|encabeza|gana|mas que nadie|primer lugar"
    r"|mas (?:vendid[oa]|fuerte)|con mas|(?:el|la) que mas"
    r"|top(?= (?:seller|product|customer|store|month|day|category|brand|ticket|sale|source)\b))\b"
)
_LOW: Final = re.compile(
    r"\b(?:worst|lowest|smallest|(?<!at )least|fewest|weakest|slowest|quietest|cheapest|last place|shortest"
    r"|(?:comes?|came|is|was|ranks?|ranked|finish\w*|places?|placed)(?: in)? last(?: place)?"
    r"(?=$|[,.;:]|\s+(?:with|at \$|by|of|among|and|in (?:sales|tickets|units|visits|margin|dollars))\b)"
    r"|(?:queda|quedo|esta|es) en ultimo lugar"
    r"|peor|mas baj[oa]|menor|menos que nadie|con menos|(?:el|la) que menos|mas floj[oa]|ultimo lugar)\b"
)
_RANK: Final = re.compile(
    r"(?<!\ba )(?<!\bun )(?<!\bone )(?<!\bla )\b(?P<rank>second|third|fourth|fifth|runner-up|segundo|tercer[oa]?"
    r"|cuarto)\b(?! (?:quarter|half|week|day|less|more|trimestre|de))"
    r"(?:[- ](?P<low>lowest|smallest|worst|fewest|least)|[- ](?:best|highest|largest|biggest|most))?"
)
_COMPARED: Final = re.compile(
    r"\b(?:first|second|third) and $|\b(?:than|as|over|ahead of|against|behind|from|que)\s+(?:the|el|la)\s+$"
)
_RANKS: Final = {
    "second": 2, "runner-up": 2, "segundo": 2, "third": 3, "tercer": 3, "tercero": 3, "tercera": 3, "fourth": 4,
    "cuarto": 4, "fifth": 5,
}  # fmt: skip
_MORE: Final = re.compile(
    r"\b(?:ahead of|beats?|beating|outs(?:old|ells?)|outnumber\w*|outperform\w*|exceed\w*|surpass\w*|overtook"
    r"|followed(?: closely)? by|seguid[oa] (?:por|de)|por encima de|super[oa] a|above)\b"
    r"|\b(?:more|higher|better|greater|larger|bigger|stronger|busier|longer|mas|mejor|mayor)\b(?! recent)"
    r"[^,;.()]{0,45}?\b(?:than|que)\b"
)
_LESS: Final = re.compile(
    r"\b(?:behind|trails|trailing|below|por debajo de|detras de)\b"
    r"|\b(?:less|fewer|lower|worse|smaller|weaker|slower|shorter|menos|menor"
    r"|peor)\b[^,;.()]{0,45}?\b(?:than|que)\b"
)
#: A claim of a rate, which may be no column.
_RATE: Final = re.compile(
    r"\b(?:rate|ratio|share|percentage|per|growth|tasa|porcentaje|proportion|each"
    r"|an? (?:unit|ticket|sale|visit|day))\b"
)
#: "Leads" is a noun before such words, and after those of `_OF_LEADS`.
_LEADS_ARE: Final = re.compile(r"leads (?:are|were|have|had|that|who|wait\w*|came|come|need|got|still|remain)\b")
_OF_LEADS: Final = re.compile(
    r"(?:^\W*|\b(?:\d+|the|these|those|our|your|all|of|new|open|old\w*|no|some|many|any|more|few\w*"
    r"|contacted|qualified"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\s+)$"
)
_PER: Final = re.compile(r"\b(?:per|each|por|an? (?:unit|ticket|sale|visit|day|customer))\b")
_LISTED: Final = re.compile(r"\s*(?:\([^()]*\))?\s*(?:,|and|y|e|&|,\s*and|,\s*y)\s*")
#: After "sold the least" what follows is more.
_NEXT: Final = re.compile(r"followed|seguid")
_OF_TIME: Final = re.compile(r"\b(?:seconds|minutes|hours|days|wait\w*|time|duration|took|age)\b")
_APART: Final = re.compile(r"\b(?:apart|gap|difference|spread|range|diferencia)\b")
_IN_PERCENT: Final = re.compile(r"\bin (?:percent\w*|relative terms)|\bby percent\w*|\bpercentage[- ]wise")
_IN_DOLLARS: Final = re.compile(r"\bin (?:dollars|absolute terms|money)|\bdollar[- ]wise")
_GROWS: Final = re.compile(r"\b(?:grew|grow\w*|rose|gain\w*|increas\w*|climb\w*|crec\w*|subi\w*)\b")
_SHRINKS: Final = re.compile(r"\b(?:fell|drop\w*|declin\w*|lost|shrank|decreas\w*|baj\w*|cay\w*)\b")


def claims_of_order(standing: Standing) -> Iterator[Verdict]:
    """Each claim of order with whether the rows support it; what they cannot tell is left out."""
    for start, end in standing.clauses():
        yield from _superlatives(standing, start, end)
        yield from _ranks(standing, start, end)
    yield from _pairs(standing)


def _superlatives(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    text = standing.flat[start:end]
    ranked = [match.span() for match in _RANK.finditer(text)]
    for pattern, is_high in ((_HIGH, True), (_LOW, False)):
        for match in pattern.finditer(text):
            is_ranked = any(first <= match.start() < last for first, last in ranked)
            if _is_of_list(standing, start + match.start()):
                continue
            is_noun = match[0] == "leads" and not _is_verb(standing, text, match.start())
            is_plain = not is_noun and not standing.has_exception(start, end)
            if not is_ranked and is_plain and not standing.is_denied(start, start + match.start()):
                yield from _judged(standing, match[0], (start + match.start(), start, end), 1, is_high=is_high)


def _is_verb(standing: Standing, text: str, place: int) -> bool:
    """Whether "leads" says that something leads, and does not count leads."""
    if any("leads" in each.about for each in standing.grid.columns):
        return False
    return _LEADS_ARE.match(text[place:]) is None and _OF_LEADS.search(text[:place]) is None


def _is_of_list(standing: Standing, place: int) -> bool:
    """Whether the last thing before a claim ends a list: "Ana ($5), Bob ($4) and Carla ($3) spent the most"."""
    last = [each for each in standing.labels if each.end <= place][-2:]
    return (
        len(last) == 2
        and last[0].dim == last[1].dim
        and _LISTED.fullmatch(standing.flat[last[0].end : last[1].start]) is not None
    )


def _ranks(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    for match in _RANK.finditer(standing.flat[start:end]):
        place, rank = start + match.start(), _RANKS[match["rank"]]
        if _COMPARED.search(standing.flat[start:place]):
            continue  # "twice as much as the runner-up" is not of what is named before
        if not standing.is_denied(start, place):
            yield from _judged(standing, match[0], (place, start, end), rank, is_high=not match["low"])


def _judged(
    standing: Standing, said: str, at: tuple[int, int, int], rank: int, *, is_high: bool
) -> Iterator[Verdict]:
    """Whether what a clause speaks of has a rank.

    Args:
        standing: The sentence.
        said: The words of the claim.
        at: Where the claim is, and where its clause starts and ends.
        rank: 1 for the first.
        is_high: Ranks count from the largest.
    """
    place, start, end = at
    text = standing.flat[start:end]
    grid = standing.grid
    changes = [n for n in grid.measures if "change" in grid.columns[n].about]
    shrinks = _SHRINKS.search(text)
    if shrinks or _GROWS.search(text):
        if not changes:
            return
        is_high = is_high and not shrinks
        changes = _changes_meant(standing, changes, start, end)
    elif _RATE.search(text) and not _has_rate(standing, text):
        return
    else:
        changes = [
            n for n in grid.measures if said in ("longest", "shortest") and _OF_TIME.search(grid.columns[n].name)
        ]
        if said in ("longest", "shortest") and not changes:
            return  # how long something was is no column
    if _is_of_other_figure(standing, start, end):
        return
    subjects = standing.subjects(place, start, end)
    found = [_has_rank(standing, subject, rank, at, changes, is_high=is_high) for subject in subjects]
    if not subjects and not _APART.search(text):
        found = [_figure_has_rank(standing, place, end, rank, is_high=is_high)]
    if told := [each for each in found if each is not None]:
        yield Verdict(
            f"{standing.quoted(start, end)} ({said})", any(told), _first(standing, at, changes, is_high=is_high)
        )


def _changes_meant(standing: Standing, changes: list[int], start: int, end: int) -> list[int]:
    """The columns of changes that a clause means: that of its figure, in dollars, in percent, or all."""
    inside = [each for each in standing.figures if start <= each.start < end]
    held = [
        n for n in changes if any(place == n for each in inside for _row, place in standing.reading.cells(each))
    ]
    if held:
        return held
    text = standing.flat[start:end]
    is_percent, is_money = _IN_PERCENT.search(text), _IN_DOLLARS.search(text)
    if bool(is_percent) == bool(is_money):
        return changes
    return [n for n in changes if (standing.grid.columns[n].unit == "percent") == bool(is_percent)] or changes


def _is_of_other_figure(standing: Standing, start: int, end: int) -> bool:
    """Whether the only figure of a clause is no cell: "$16.15 for each discount is the highest"."""
    inside = [each for each in standing.figures if start <= each.start < end]
    return bool(inside) and not any(standing.reading.cells(each) or each.is_count for each in inside)


def _first(standing: Standing, at: tuple[int, int, int], columns: Sequence[int], *, is_high: bool) -> str:
    """The row that comes first in the column that a claim of order is read to mean; people are not named."""
    grid = standing.grid
    for column in columns or standing.columns(*at, range(len(grid.rows))):
        rows = [
            (number, -n)
            for n in range(len(grid.rows))
            if (number := grid.numbers[n][column]) is not None
            and all(grid.competes(n, dim) for dim in grid.labels)
        ]
        if rows:
            _number, place = max(rows) if is_high else min(rows, key=lambda each: (each[0], -each[1]))
            return grid.named_cell(-place, column)
    return ""


def _has_rank(
    standing: Standing,
    subject: NamedPart,
    rank: int,
    at: tuple[int, int, int],
    columns: list[int],
    *,
    is_high: bool,
) -> bool | None:
    place, start, end = at
    grid = standing.grid
    rows = standing.rows_beside(subject.dim, start, end)
    mine = [n for n in rows if n in subject.rows]
    if "last" in standing.flat[place:end] and len(grid.rows) - 1 in mine:
        return True  # the last row of the table
    rest = [n for n in rows if n not in subject.rows and grid.competes(n, subject.dim)]
    verdicts = []
    for column in columns or standing.columns(place, start, end, mine):
        summed = [grid.total(column, each) for each in (mine, *standing.by_label(subject.dim, rest))]
        single = [grid.numbers[n][column] for n in (*mine, *rest)]
        own = max if is_high else min
        best = [number for n in mine if (number := grid.numbers[n][column]) is not None]
        if len(summed) > 1 and summed[0] is not None:
            verdicts.append(_is_ranked(summed[0], summed[1:], rank, is_high=is_high))
        if len(single) > len(mine) and best and len(mine) + len(rest) > len(summed):
            verdicts.append(_is_ranked(own(best), single, rank, is_high=is_high))
    told = [each for each in verdicts if each is not None]
    return any(told) if told else None


def _is_ranked(own: Decimal, others: Sequence[Decimal | None], rank: int, *, is_high: bool) -> bool | None:
    """Whether a figure has a rank among others; None where there are none."""
    values = [value for value in others if value is not None]
    better = sum(value > own if is_high else value < own for value in values)
    equal = sum(value == own for value in values)
    return better <= rank - 1 <= better + equal if values else None


def _figure_has_rank(standing: Standing, place: int, end: int, rank: int, *, is_high: bool) -> bool | None:
    """Whether the figure beside a claim that names nothing has the rank in its column."""
    grid = standing.grid
    for figure in standing.figures:
        if place < figure.start < end and (cells := standing.reading.cells(figure)):
            return any(
                sum(value > own if is_high else value < own for value in values) == rank - 1
                for row, column in cells
                if (own := grid.numbers[row][column]) is not None
                for values in (grid.column(column), grid.labeled_column(column))
            )
    return None


def _pairs(standing: Standing) -> Iterator[Verdict]:
    """Two things of which one is said to be more than the other."""
    for pattern, is_more in ((_MORE, True), (_LESS, False)):
        for match in pattern.finditer(standing.flat):
            after = [each for each in standing.labels if each.start >= match.end()][:1]
            before = standing.subject_before(match.start(), after[0].dim) if after else []
            is_near = bool(before) and standing.flat[match.end() : after[0].start].count(" ") <= 4
            is_rate = _PER.search(match[0]) is not None and not _has_rate(standing, match[0], "average")
            start, _end = standing.reading.segment_of(match.start())
            if (
                not is_near
                or is_rate
                or standing.is_denied(0, match.start())
                or _is_counted(standing, match, start)
            ):
                continue
            found = standing.pairs(before[0], after[0], match.start(), start, len(standing.flat))
            found += standing.quoted_pairs(before[0], after[0])
            if found:
                is_more_here = is_more and not (
                    _NEXT.match(match[0]) and _LOW.search(standing.flat[: match.start()])
                )
                is_true = any(one > other if is_more_here else one < other for one, other in found)
                yield Verdict(f"{standing.quoted(before[0].start, after[0].end)} ({match[0]})", is_true)


def _is_counted(standing: Standing, match: re.Match[str], start: int) -> bool:
    """Whether a comparison is of some rows only: "in the other stores", "in three of the four"."""
    _first, end = standing.reading.segment_of(match.start())
    return (
        EXCEPTION.search(standing.flat[start:end]) is not None
        or COUNTED.search(standing.flat[start:end]) is not None
    )


def _has_rate(standing: Standing, text: str, other: str = "") -> bool:
    """Whether a column holds the rate that a clause speaks of, or is about another thing."""
    said = concepts_in(text)
    columns = [standing.grid.columns[n] for n in standing.grid.measures]
    return any(
        (each.unit in ("percent", "number") and each.about & said) or other in each.about for each in columns
    )
