"""Whether a figure follows from the cells that its sentence names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check import derivation
from motabot.staff.word_check.binding import BASE_OF, TOGETHER
from motabot.staff.word_check.figures import FEW, Written
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.reading import HeldSentence
from motabot.text.regex import regex

_SO_FAR: Final = regex(r"\b(?:so far|to date|until now|hasta ahora)\b")
_CLAUSE: Final = regex(r"[,;:()]\s|\s[–—-]\s|\s(?:and|y|while|but)\s")
_REST: Final = regex(r"\b(?:rest|others?|remaining|remainder|demas|resto|otr[oa]s)\b")
_A_DAY: Final = regex(r" (?:a|per|each|every) day\b| daily\b")
#: A sentence may be about at most this many rows without naming them.
_FEW_ROWS: Final = 3
#: "Up 5% on September": what something is compared with.
_BASE: Final = regex(r"\b(?:on|over|than|against|versus|vs\.?|with|que|frente a)\s*(?:[a-z]+(?: \d+)?)?$")
#: "One of the top ten": a number of rows together.
_TOP: Final = regex(rf"\b(?:top|best|biggest|largest) (\d{{1,2}}|{'|'.join(FEW)})\b")
#: Of two rows a sentence without names compares the one with the other.
_PAIR: Final = (0, 1)
_AGAINST: Final = regex(r"\b(?:against|vs|versus|compared|than|while|frente|contra)\b")
_EACH: Final = regex(r"\s+(?:per|a|an|each|for each|for every|por|cada)\s+([a-z]+)\b")
#: "34 of 36": the noun after the second is not what the first counts.
_OF_SO_MANY: Final = regex(r"\s+(?:out )?of (?:the |our |all )?\d")
_COURSE: Final = regex(
    r"\b(?:more|less|fewer|mas|menos|up|down|rose|rise\w*|grew|grow\w*|fell|fall\w*|drop\w*|increas\w*"
    r"|declin\w*|decreas\w*|gain\w*|lost"
    r"|climb\w*|shrank|jump\w*|above|below|before|earlier|subi\w*|baj\w*|crec\w*|aument\w*|cay\w*)\b"
)


def follows(
    reading: HeldSentence, figure: Written, known: Sequence[Written], calendar: set[Decimal], *, is_cell: bool
) -> bool:
    """Whether a figure follows from cells that the sentence names.

    Args:
        reading: The sentence beside a result.
        figure: The figure.
        known: The other figures of the sentence that are cells of what it names.
        calendar: Lengths of periods that it names, for figures a day or a week.
        is_cell: Whether the figure is a cell of something else; then only a sum or a difference is believed.
    """
    return any(
        any(map(figure.is_about, _derived(reading, figure, rows, calendar, is_cell=is_cell)))
        for rows in (*_rows_named(reading, figure, known), *(() if is_cell else _rows_of_each(reading)))
    )


def _rows_of_each(reading: HeldSentence) -> list[Sequence[int]]:
    """The rows of each label, if a sentence names several kinds: "Edibles made $570, most of it here"."""
    named = [each for each in reading.mentions if each.dim != COLUMNS]
    is_mixed = len({each.dim for each in named}) > 1
    listed = [group for group in reading.groups if len(group) > 1 and group[0].dim != COLUMNS]
    return [
        *(sorted(each.rows) for each in named if is_mixed or len(each.rows) > 1),
        *(sorted(frozenset().union(*(each.rows for each in group))) for group in listed),
    ]


def _rows_of_all(reading: HeldSentence) -> list[int]:
    """The rows that have a named label of each kind that a sentence names."""
    dims: dict[int, set[int]] = {}
    for each in reading.mentions:
        if each.dim != COLUMNS:
            dims.setdefault(each.dim, set()).update(each.rows)
    return sorted(set.intersection(*dims.values())) if len(dims) > 1 else []


def is_part(reading: HeldSentence, figure: Written, known: Sequence[Written]) -> bool:
    """Whether a percentage is the share that a count next to it has of a cell of a single row: "110 did, 56%"."""
    grid = reading.grid
    if not figure.is_percent or len(grid.rows) != 1:
        return False
    start, end = reading.segment_of(figure.start)
    beside = [each.value for each in known if each.is_count and start <= each.start < end]
    wholes = [number for n in grid.measures if (number := grid.numbers[0][n]) and grid.columns[n].unit == "count"]
    return any(figure.is_about(one / whole * 100) for one in beside for whole in wholes if one <= whole)


def is_bound(reading: HeldSentence, figure: Written) -> bool:
    """Whether a round figure is a true bound: "only Berkeley is below $6,000"."""
    if figure.hedge not in ("over", "under") or figure.step <= 1 or figure.is_percent:
        return False
    grid = reading.grid
    start, end = reading.segment_of(figure.start)
    named = [each for each in reading.mentions if each.dim != COLUMNS and start <= each.start < end]
    before = [each for each in named if each.end <= figure.start][-1:] or named[:1]
    rows = before[0].rows if before else range(len(grid.rows))
    cells = [
        number
        for n in rows
        for place in grid.measures
        if grid.columns[place].unit in (("money", "number", "") if figure.is_money else ("count", "number", ""))
        and (number := grid.numbers[n][place]) is not None
    ]
    return any(number > figure.value if figure.hedge == "over" else number < figure.value for number in cells)


def _derived(
    reading: HeldSentence, figure: Written, rows: Sequence[int], calendar: set[Decimal], *, is_cell: bool
) -> Iterator[Decimal]:
    grid = reading.grid
    places = _columns_meant(reading, figure)
    if figure.is_percent:
        ends = _ends(reading, rows)
        yield from (number * 100 for number in derivation.quotients_of_rows(grid, ends, places))
        yield from (number * 100 for number in derivation.shares_within(grid, _rows_of_all(reading), places))
        if any(grid.columns[n].unit in ("percent", "number") for n in grid.measures):
            yield from (number for number in derivation.of_rows(grid, rows) if abs(number) <= 100)
        return
    yield from derivation.of_rows(grid, rows, places if figure.is_count else None, has_means=not is_cell)
    if _COURSE.search(reading.flat) and not is_cell:
        yield from derivation.sums_of_changes(grid, rows)
    if _REST.search(reading.flat):
        yield from derivation.of_the_rest(grid, rows)
    is_whole = (
        TOGETHER.search(reading.flat) is not None
        or BASE_OF.search(reading.flat[: figure.start]) is not None
        or not _named_beside(reading, figure)
    )
    if is_cell:
        yield from (total for total in grid.sums if is_whole and len(grid.rows) > 1)
        return
    if is_whole:
        yield from derivation.of_whole(grid, places if figure.is_count else grid.measures)
        yield from derivation.of_labels(grid)
    cells = [number for n in rows for number in grid.numbers[n] if number is not None]
    if _A_DAY.match(reading.flat[figure.end :]) and grid.days is not None:
        calendar = calendar | {Decimal((grid.days[1] - grid.days[0]).days + 1)}
    if figure.is_money:
        calendar = calendar | {Decimal(FEW.get(each, each)) for each in _TOP.findall(reading.flat)}
    yield from (number / length for number in (*cells, *grid.sums) for length in calendar)
    beside = {n for each in _named_beside(reading, figure) for n in each.rows if each.dim != COLUMNS}
    is_few = figure.is_money and len(grid.rows) <= _FEW_ROWS
    rated = rows or (range(len(grid.rows)) if is_few else ())
    is_one = len(beside) == 1 and not _AGAINST.search(reading.flat)
    yield from derivation.rates(grid, sorted(beside) if is_one else rated, _per(reading, figure))
    if not figure.is_money:
        yield from derivation.quotients_of_rows(grid, rows, grid.measures)


def _per(reading: HeldSentence, figure: Written) -> frozenset[str]:
    """The unit of a rate, if a sentence names it: "$83.81 per ticket"."""
    match = _EACH.match(reading.flat[figure.end :])
    return reading.concepts_in(match[1]) if match else frozenset()


def _columns_meant(reading: HeldSentence, figure: Written) -> list[int]:
    """The columns that the clause of a figure is about; all if it is about none."""
    grid = reading.grid
    start = max((match.end() for match in _CLAUSE.finditer(reading.flat[: figure.start])), default=0)
    rest = _CLAUSE.search(reading.flat, figure.end)
    said = reading.concepts_in(reading.flat[start : rest.start() if rest else len(reading.flat)])
    if _OF_SO_MANY.match(reading.flat[figure.end :]):
        return list(grid.measures)
    named = [n for n in grid.measures if grid.columns[n].about & said]
    return named or list(grid.measures)


def _ends(reading: HeldSentence, rows: Sequence[int]) -> Sequence[int]:
    """The first and the last of the rows, if a sentence says how something changed over them."""
    ranges = [each for each in reading.mentions if each.is_range and each.dim in reading.grid.periods]
    if len(ranges) != 1 or len(rows) < 3 or not _COURSE.search(reading.flat):
        return rows
    dim = ranges[0].dim
    order = reading.grid.order(dim)
    labels = [str(reading.grid.rows[n][dim]) for n in rows]
    known = sorted(order.index(label) for label in labels if label in order)
    edges = {order[known[0]], order[known[-1]]} if known else set()
    return [n for n, label in zip(rows, labels, strict=True) if label in edges] or rows


def _named_beside(reading: HeldSentence, figure: Written) -> list[NamedPart]:
    """What is named in the same clause as a figure."""
    start = max((match.end() for match in _CLAUSE.finditer(reading.flat[: figure.start])), default=0)
    rest = _CLAUSE.search(reading.flat, figure.end)
    end = rest.start() if rest else len(reading.flat)
    return [each for each in reading.mentions if start <= each.start < end]


def _rows_named(reading: HeldSentence, figure: Written, known: Sequence[Written]) -> list[list[int]]:
    """The rows that a sentence names, by labels or else by figures; for a trend also the periods before."""
    grid = reading.grid
    if len(grid.rows) == 1:
        return [[0]]
    dims: dict[int, set[int]] = {}
    for each in reading.mentions:
        if each.dim != COLUMNS:
            dims.setdefault(each.dim, set()).update(each.rows)
    if dims:
        rows = [n for n in range(len(grid.rows)) if all(n in named for named in dims.values())]
        rows = rows or sorted(set().union(*dims.values()))
    else:
        rows = sorted({row for each in known for row, _place in reading.cells(each)})
        if len(grid.rows) == len(_PAIR) and not figure.is_count:
            rows = [*_PAIR]
    if _SO_FAR.search(reading.flat):
        rows = sorted({*rows, *(n for dim in grid.periods for n in grid.running(dim))})
    told = [rows]
    if len(grid.rows) == len(_PAIR) and _COURSE.search(reading.flat):
        told.append([*_PAIR])  # "110 more on weekdays": than on the others
    if reading.starts_with_pronoun:
        told.append(sorted({*rows, *reading.spoken_of}))
    if not _COURSE.search(reading.flat):
        return told
    times = {n for each in reading.labels if each.dim in grid.periods for n in each.rows}
    if len(times) < 2:
        return [*told, sorted({*rows, *(each for n in rows for each in grid.before(n, dims))})]
    beside = [each for each in _labels_beside(reading, figure) if each.dim in grid.periods]
    return [*told, *(sorted({n, *grid.before(n, (each.dim,))}) for each in beside for n in each.rows)]


def _labels_beside(reading: HeldSentence, figure: Written) -> list[NamedPart]:
    """The last label before a figure and those between it and the next one; none that it is compared with."""
    last = next((each.start for each in reading.figures if each.start >= figure.end), len(reading.flat))
    before = [each for each in reading.labels if each.end <= figure.start][-1:]
    named = [*before, *(each for each in reading.labels if figure.end <= each.start < last)]
    return [
        each
        for each in named
        if not _BASE.search(reading.flat[: each.start]) and not _BASE.match(reading.flat, each.start, each.end)
    ]
