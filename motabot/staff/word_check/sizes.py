"""Sizes: "above the $481", "more than Berkeley", "three times as much", "almost half"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.derived import Derived, Numbers
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.quantities import is_of_unnamed, is_quantity_at
from motabot.staff.word_check.remark import DENIED, Beside, Fault, Remark, fault_of
from motabot.text.number_words import number_words
from motabot.text.regex import regex

#: "Above the $481.59 of": the figure before is compared with the one after.
_AGAINST: Final = regex(
    r"\b(?:(?P<more>above|more than|higher than|larger than|ahead of|beats?|beating|exceeds?|mas que"
    r"|por encima de)"
    r"|(?P<less>below|less than|fewer than|lower than|smaller than|behind|menos que|por debajo de)) (?:the |los )$"
)
_TIMES_WORDS: Final = {
    "twice": "2", "double": "2", "el doble": "2", "triple": "3", "half": "0.5", "doubled": "2", "tripled": "3",
    "halved": "0.5", "el triple": "3",
    **{word: str(value) for word, value in number_words(2, 10).items()},
}  # fmt: skip
#: Multiples.
TIMES: Final = regex(
    r"\b(?P<hedge>more than |over |about |almost |nearly |less than |roughly )?"
    rf"(?:(?P<once>twice|double|triple|half(?= as\b))|(?P<many>{'|'.join(number_words(2, 10))}) times)"
    r" (?:as (?:much|many)|the|that|what)\b|\b(?P<turned>doubled|tripled|halved|el doble|el triple)\b"
)
#: "Half as much again": one and a half times.
_AGAIN: Final = regex(r" again\b")
_FRACTIONS: Final = {"half": "0.5", "third": "0.3333", "quarter": "0.25", "fifth": "0.2", "two thirds": "0.6667",
    "three quarters": "0.75", "tenth": "0.1"}  # fmt: skip
_FRACTION: Final = regex(
    r"\b(?P<hedge>more than |over |about |almost |nearly |less than |roughly |just over |just under |close to )?"
    r"(?:a |one |an? )?(?P<part>two thirds|three quarters|half|third|quarter|fifth|tenth) (?:of|the)\b"
)
#: "89 of our 280 active products, more than a third".
_PART_OF: Final = regex(
    r"\b(?P<one>\d[\d,]*) (?:of|out of) (?:our |the |all |their |these |those )*(?P<all>\d[\d,]*)\b[^.;:]{0,40}?"
    r"(?:, |\(|or |so |that is |which is )+(?P<hedge>more than |over |about |almost |nearly |less than |roughly "
    r"|just over |just under |close to )?(?:a |one )?(?P<part>two thirds|three quarters|half|third|quarter|fifth"
    r"|tenth)\b"
)
_NO_PART: Final = regex(r"\b(?:first|second|the|this|last|next|third|fourth|each|per|every|that|other|in) $")
#: "Half of the tickets are below $66": a median.
_SAMPLE: Final = regex(r"\b(?:above|below|under|over|at least|more than|less than|within)\b")
#: "Half of its tickets": of one row, and not of all.
_OF_ITS: Final = regex(r" of (?:its|their|his|her)\b")
#: How far "about" may be off, and how much more "more than" may be.
_OFF, _MORE = 0.12, 1.6


def missized(remark: Remark) -> Iterator[Fault]:
    """The comparisons, multiples and fractions that the figures or rows deny."""
    yield from _compared(remark)
    yield from _multiples(remark)
    yield from _fractions(remark)
    yield from _parts_of(remark)


def _compared(remark: Remark) -> Iterator[Fault]:
    """ "$197.98 ..., above the $481.59"."""
    flat = remark.flat
    for n, other in enumerate(remark.figures[1:], 1):
        match = _AGAINST.search(flat[: other.start])
        before = [each for each in remark.figures[:n] if each.is_like(other) and not each.hedge]
        if match is None or not before or other.step > 1 or other.is_percent or not other.is_money:
            continue
        one = before[-1]
        between = [
            label for each in remark.beside for label in each.labels if one.end <= label.start < match.start()
        ]
        is_relative = regex(r" (?:more|less|fewer)\b").search(flat[one.end : one.end + 6])
        if between or is_relative or DENIED.search(flat, one.end, match.start()):
            continue
        if one.value != other.value and (one.value > other.value) != (match["more"] is not None):
            yield fault_of(remark, one.start, other.end, match[0])


def _ratio_holds(hedge: str, said: float, ratios: Numbers) -> bool:
    low, high = said * (1 - _OFF), said * (1 + _OFF)
    if hedge.strip() in ("more than", "over", "just over"):
        low, high = said * 0.995, said * _MORE
    elif hedge.strip() in ("less than", "almost", "nearly", "just under", "close to"):
        low, high = said / _MORE, said * 1.005
        if hedge.strip() != "less than":
            low = said * 0.84
    return ratios.within(low, high)


def _multiples(remark: Remark) -> Iterator[Fault]:
    """ "$6,669 is more than three times as much as $2,958": the figures before and after."""
    flat = remark.flat
    for match in TIMES.finditer(flat):
        start, end = _whole(remark, match)
        near = [
            each for each in remark.figures if start <= each.start < end and not each.is_percent and each.value
        ]
        pairs = [(one, other) for one, other in itertools.combinations(near, 2) if one.is_like(other)]
        if DENIED.search(flat, start, match.start()):
            continue
        said = float(_TIMES_WORDS[match["once"] or match["many"] or match["turned"]])
        said += 1 if _AGAIN.match(flat, match.end()) else 0
        values = [value for one, other in pairs for value in (one.value / other.value, other.value / one.value)]
        values += _ratios_of_labels(remark, start, end)
        ratios = Numbers(values)
        if values and not _ratio_holds(match["hedge"] or "", said, ratios):
            yield fault_of(remark, match.start(), match.end(), match[0])


def _ratios_of_labels(remark: Remark, start: int, end: int) -> list[Decimal]:
    """How the named rows compare in each column."""
    found = []
    for each, labels in remark.subjects(start, end):
        grid = each.grid
        wide = itertools.permutations(grid.measures, 2)
        dated = [(a, b) for a, b in wide if grid.columns[a].days and grid.columns[b].days]
        own = {row for label in labels for row in label.rows}
        cells = [(grid.numbers[row][a], grid.numbers[row][b]) for row in own for a, b in dated]
        found += [above / below for above, below in cells if above is not None and below]
        if len({label.start for label in labels}) < len(("one", "other")) and not labels[0].is_range:
            continue
        pairs: list[tuple[Iterable[int], Iterable[int]]] = [
            (one.rows, other.rows) for one, other in itertools.permutations(labels, 2)
        ]
        pairs += [
            ([one], [other])
            for label in labels
            if label.is_range
            for one, other in itertools.permutations(label.rows, 2)
        ]
        for one, other in pairs:
            for n in (*grid.measures, *grid.averages):
                above, below = (figure_of(grid, n, rows) for rows in (one, other))
                if above is not None and below:
                    found.append(above / below)
    return found


def figure_of(grid: Grid, place: int, rows: Iterable[int]) -> Decimal | None:
    """The figure of a column in some rows together: their sum, or of what does not add up the mean."""
    found = [number for row in rows if (number := grid.numbers[row][place]) is not None]
    return sum(found, Decimal(0)) / (1 if grid.columns[place].adds_up else len(found)) if found else None


def _whole(remark: Remark, match: re.Match[str]) -> tuple[int, int]:
    flat = remark.flat
    start = max(flat.rfind(";", 0, match.start()), 0)
    end = flat.find(";", match.end())
    return start, end if end >= 0 else len(flat)


def _parts_of(remark: Remark) -> Iterator[Fault]:
    """ "89 of our 280 products, more than a third": the two numbers before."""
    for match in _PART_OF.finditer(remark.flat):
        one, all_of = (Decimal(match[name].replace(",", "")) for name in ("one", "all"))
        ratios = Numbers([one / all_of] if all_of else [])
        if all_of and not _ratio_holds(match["hedge"] or "", float(_FRACTIONS[match["part"]]), ratios):
            yield fault_of(remark, *match.span(), match["part"])


def _fractions(remark: Remark) -> Iterator[Fault]:
    """ "Almost half of that was Flower": some share, change or ratio must be near."""
    flat = remark.flat
    for match in _FRACTION.finditer(flat):
        if _NO_PART.search(flat[: match.start("part")]) and not flat[: match.start("part")].endswith(
            ("a ", "one ")
        ):
            continue
        start, end = remark.clause(match.start(), match.end())
        if DENIED.search(flat, start, match.start()) or _SAMPLE.search(flat, match.end(), end):
            continue
        if (
            is_of_unnamed(remark, start, end)
            or is_quantity_at(flat, match.start())
            or _OF_ITS.match(flat, match.end("part"))
        ):
            continue
        said = float(_FRACTIONS[match["part"]])
        named = list(remark.subjects(start, end))
        ratios = [ratio for each, labels in named for ratio in _shares(each, each.rows_of(labels))]
        if not named:
            rows = [(each, {row for label in each.labels for row in label.rows}) for each in remark.beside]
            ratios = [ratio / 100 for each, own in rows for ratio in Derived(each.grid, own).percents.all]
        sizes = [
            one.value / other.value
            for one, other in itertools.permutations(
                [*remark.figures, *(remark.before.figures if remark.before else ())], 2
            )
            if one.is_like(other) and other.value
        ]
        stated = [float(each.value) / 100 for each in remark.figures if each.is_percent]
        if ratios and not _ratio_holds(match["hedge"] or "", said, Numbers([*ratios, *sizes, *stated])):
            yield fault_of(remark, start, end, match[0])


def _shares(each: Beside, rows: Sequence[int]) -> Iterator[float]:
    """The shares that rows have of columns, alone and together, and the ratios in them."""
    grid = each.grid
    for n in grid.measures:
        cells = [number for row in rows if (number := grid.numbers[row][n]) is not None]
        whole = grid.sums[n]
        if whole > 0:
            yield from (float(part / whole) for part in (*cells, sum(cells, Decimal(0))))
        yield from (float(number) for number in cells if 0 < abs(number) < 1)
        if grid.columns[n].unit in ("percent", "number", ""):
            yield from (float(number) / 100 for number in cells)
    for row in rows:
        line = [(grid.columns[n].unit, number) for n in grid.measures if (number := grid.numbers[row][n])]
        yield from (float(a / b) for (unit, a), (other, b) in itertools.permutations(line, 2) if unit == other)
        for n in grid.measures if len(rows) > 1 else ():
            own = grid.numbers[row][n]
            if own is not None:
                yield from (float(own / other) for one in rows if (other := grid.numbers[one][n]))
    if grid.size:
        yield len(rows) / grid.size
