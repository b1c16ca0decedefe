"""Where a sentence names rows or columns of a result: by a label, by a period, or by a column's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from motabot.offline.dates.parse import locate
from motabot.offline.dates.ranges import Span
from motabot.staff.word_check.figures import DAY_LIST, NOT_A_DAY
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.hours import hours_in
from motabot.staff.word_check.label_ranges import joined_to_ranges
from motabot.staff.word_check.labels import names_of
from motabot.staff.word_check.named import COLUMNS, NamedPart, masked_by
from motabot.staff.word_check.names import (
    AGE,
    CODE,
    COSTS,
    DAY_BEFORE,
    DECIMAL,
    LENGTH,
    MAY,
    NAMED_BY,
    NO_PERIOD,
    NONE_YET,
    NTH,
    OF_MONTH,
    ORDINARY,
    PREVIOUS,
    RUNS,
    SAID,
    SO_FAR,
    VAGUE,
)
from motabot.staff.word_check.rows_of_time import (
    DAY_NAME,
    are_days,
    of_another_year,
    on_weekday,
    overlap,
    plain_may,
    rows_in,
    rows_until,
)
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_RANGE: Final = regex(r"(?:from|between|entre|desde|del|de)\b")
#: "Friday, November 21".
_OF_DAY: Final = regex(r"[,\s(]{1,3}(?:the )?")
#: "The Friday before": one of the Fridays.
_BESIDE: Final = regex(r"\s+(?:before|after)\b")
_TO: Final = regex(r"\b(?:and|to|through|thru|until|y|al|hasta)\b")
_SINCE: Final = regex(r"(?:since|desde)\b")


class Labels:
    """Finds the rows and columns of one result that sentences name."""

    def __init__(self, grid: Grid, tokens: Mapping[str, str], today: date | None) -> None:
        """
        Args:
            grid: The result.
            tokens: The placeholder of a value.
            today: The shop's day.
        """
        self._grid = grid
        self._today = today
        self._names: dict[str, list[tuple[int, int]]] = {}
        #: Names of labels that no row has.
        self._absent: list[tuple[str, int]] = []
        for dim in grid.labels:
            if dim not in grid.periods:
                self._take(dim, tokens)
        cells = {fold_in_place(str(cell)) for row in grid.rows for cell in row if isinstance(cell, str)}
        said = {name for cell in cells for name in SAID.get(cell, "").split("|")} | {"once", "twice"}
        #: Labels of one word that name a row in any spelling.
        self._whole = (
            cells | {cell.removesuffix("s") for cell in cells} | said | {one.name for one in grid.columns}
        )
        longest = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest))})(?:'s|’s|s)?(?!\w)")

    def mentions(self, sentence: str) -> list[NamedPart]:
        """What a sentence names, in its order."""
        flat = plain_may(sentence)
        labeled = joined_to_ranges(flat, [*self._by_label(flat, sentence)], self._grid)
        found = [*labeled, *self._by_hour(masked_by(flat, labeled)), *self._by_number(flat)]
        masked = masked_by(flat, found)
        if self._today is not None:
            found += self._previous(masked)
            masked = masked_by(masked, found)
            for start, end, span in [*self._located(masked), *self._in_may(sentence, masked)]:
                found += self._by_period(start, end, span, flat)
            found += self._running(masked, found)
        dated = [each for each in found if not _is_weekday_of(each, found, flat)]
        return sorted(dated, key=lambda each: (each.start, each.dim))

    def spans(self, sentence: str) -> list[Span]:
        """The periods that a sentence names."""
        if self._today is None:
            return []
        flat = fold_in_place(sentence)
        for each in self._by_label(flat, sentence):
            flat = flat[: each.start] + "|" * (each.end - each.start) + flat[each.end :]
        return [span for _start, _end, span in [*self._located(flat), *self._in_may(sentence, flat)]]

    def _in_may(self, sentence: str, flat: str) -> list[tuple[int, int, Span]]:
        """Where "May" is the month although no word next to it says so: "compared with May, October is down"."""
        if self._today is None:
            return []
        taken = [range(start, end) for start, end, _span in self._located(flat)]
        [(_start, _end, span)] = locate("in may", self._today)[0]
        return [
            (*match.span(), replace(span, said="may"))
            for match in MAY.finditer(sentence)
            if flat[match.start()] == "m" and not any(match.start() in each for each in taken)
        ]

    def _located(self, flat: str) -> list[tuple[int, int, Span]]:
        """Periods with their places, without durations."""
        if self._today is None:
            return []
        return [
            each
            for each in locate(DECIMAL.sub(lambda found: "|" * len(found[0]), flat), self._today)[0]
            if each[2].hours is None
            and not LENGTH.fullmatch(each[2].said)
            and not AGE.match(each[2].said)
            and not (OF_MONTH.fullmatch(each[2].said) and NOT_A_DAY.match(flat[each[1] :]))
            and not COSTS.match(flat[each[1] :])
            and not (each[2].said == "week" and NAMED_BY.match(flat[each[1] :]))
            and not VAGUE.search(flat[: each[0]])
        ]

    # -- labels

    def _take(self, dim: int, tokens: Mapping[str, str]) -> None:
        """The names of a column's labels."""
        grid, labels = self._grid, dict[str, list[int]]()
        for n, row in enumerate(grid.rows):
            if isinstance(row[dim], str | int) and not isinstance(row[dim], bool):
                labels.setdefault(str(row[dim]).strip(), []).append(n)
        if labels and "consent" in self._grid.columns[dim].name and "out" not in labels:
            self._absent += [(name, dim) for name in SAID["out"].split("|")]
        for label, names in names_of(labels, grid.columns[dim].name).items():
            for name in {*names, tokens.get(label, "")}:
                is_number = name.replace(".", "").isdigit() and not CODE.fullmatch(name)
                if len(name) > 1 and not is_number and name not in ORDINARY:
                    for n in labels[label]:
                        self._add(name, dim, n)

    def _add(self, name: str, dim: int, place: int) -> None:
        self._names.setdefault(name, []).append((dim, place))

    def _by_label(self, flat: str, sentence: str) -> Iterator[NamedPart]:
        for name, dim in self._absent:
            for match in re.finditer(rf"\b{name}\b", flat):
                yield NamedPart(*match.span(), dim, frozenset())
        if not self._names:
            return
        for match in self._pattern.finditer(flat):
            name = match[0] if match[0] in self._names else re.sub(r"(?:['’]s|s)$", "", match[0])
            if name.isalpha() and name not in self._whole and not sentence[match.start()].isupper():
                continue  # a first word alone names a label if it is written like one
            dims: dict[int, set[int]] = {}
            for dim, place in self._names.get(name, ()):
                dims.setdefault(dim, set()).add(place)
            if (
                name == "sent"
                and flat[: match.start()].endswith(" we ")
                and self._pattern.match(flat[match.end() :].lstrip())
            ):
                continue  # "8 of 410 texts that we sent failed"
            for dim, places in dims.items():
                yield NamedPart(match.start(), match.end(), dim, frozenset(places))

    # -- periods

    def _by_period(self, start: int, end: int, span: Span, flat: str) -> Iterator[NamedPart]:
        if span.first is None and span.hours is None:
            for dim, periods in self._grid.periods.items():
                rows = frozenset(rows_until(periods, span))
                if rows and self._grid.is_axis(dim):
                    yield NamedPart(start, end, dim, rows, is_range=True)
            return
        is_range = _RANGE.match(flat[start:]) is not None or _TO.search(span.said) is not None
        for dim, periods in self._grid.periods.items():
            is_weekday = DAY_NAME.fullmatch(span.said) is not None
            rows = frozenset(on_weekday(periods, span) if is_weekday else rows_in(periods, span))
            if is_range and span.first:
                rows |= {n for n, days in enumerate(periods) if days and overlap(days, (span.first, span.last))}
            is_axis = self._grid.is_axis(dim)
            if not rows and span.first == span.last:
                rows = frozenset(of_another_year(periods, span))
            is_range |= is_weekday and _BESIDE.match(flat[end:]) is not None
            if not is_axis and _SINCE.match(span.said) and any(char.isdigit() for char in span.said):
                day = replace(span, last=span.first or span.last)
                rows = frozenset(rows_in(periods, day))
                yield NamedPart(start, end, dim, rows, days=day)
                continue
            if not is_axis and span.first != span.last:
                continue  # the day names a date of the row
            is_missing = span.said in ("today", "hoy") and are_days(periods) and NONE_YET.search(flat) is None
            if rows or (is_axis and (is_missing or not NO_PERIOD.search(span.said))):
                yield NamedPart(start, end, dim, rows, is_range, span)
        dated = {n: days for n in self._grid.measures if (days := self._grid.columns[n].days)}
        columns = {n for n, days in dated.items() if span.first and span.first <= days[0] and days[1] <= span.last}
        if columns:  # a column without a period may be of any
            beside = columns | {n for n in self._grid.measures if n not in dated}
            yield NamedPart(start, end, COLUMNS, frozenset(beside), is_range, span)

    def _running(self, flat: str, found: Sequence[NamedPart]) -> Iterator[NamedPart]:
        """The current period, if a sentence mentions it without its name."""
        match = SO_FAR.search(flat)
        if match is None:
            return
        is_weak = RUNS.fullmatch(match[0]) is None
        for dim, periods in self._grid.periods.items():
            rows = {
                n for n, days in enumerate(periods) if days and self._today and days[0] <= self._today <= days[1]
            }
            is_named = any(each.dim == dim and (each.rows & rows or is_weak) for each in found)
            if rows and not is_named and self._grid.is_axis(dim):
                yield NamedPart(match.start(), match.end(), dim, frozenset(rows))

    def _by_number(self, flat: str) -> Iterator[NamedPart]:
        """Days by their number: "the 17th", "November 16, 22 and 24"."""
        places = [(match.start(), match.end(), int(match[1] or match[2])) for match in NTH.finditer(flat)]
        for listed in DAY_LIST.finditer(flat):
            numbers = re.finditer(r"\d+", listed["more"])
            places += [
                (listed.start("more") + one.start(), listed.start("more") + one.end(), int(one[0]))
                for one in numbers
            ]
        for dim, periods in self._grid.periods.items():
            for start, end, day in places:
                rows = {n for n, days in enumerate(periods) if days and days[0] == days[1] and days[0].day == day}
                if rows:
                    yield NamedPart(start, end, dim, frozenset(rows))

    def _previous(self, flat: str) -> Iterator[NamedPart]:
        """ "The week before", "the Monday before": the period before the first one named."""
        yield from self._weekday_before(flat)
        for match in PREVIOUS.finditer(flat):
            named = [
                each for place in self._located(flat[: match.start()]) for each in self._by_period(*place, flat)
            ]
            for each in [part for part in named if part.dim != COLUMNS][:1]:
                order = self._grid.order(each.dim)
                own = {str(self._grid.rows[n][each.dim]) for n in each.rows}
                labels = [place for place, label in enumerate(order) if label in own]
                if labels and labels[0] > 0:
                    label = order[labels[0] - 1]
                    rows = {n for n, row in enumerate(self._grid.rows) if str(row[each.dim]) == label}
                    yield NamedPart(*match.span(), each.dim, frozenset(rows))

    def _weekday_before(self, flat: str) -> Iterator[NamedPart]:
        """ "The Monday before": the last one before the first day named."""
        for match in DAY_BEFORE.finditer(flat):
            first = [*self._by_number(flat[: match.start()])]
            for each in self._located(flat[: match.start()]):
                first += self._by_period(*each, flat)
            for named in [each for each in first if len(each.rows) == 1][:1]:
                periods = self._grid.periods[named.dim]
                [day] = [periods[n] for n in named.rows]
                earlier = [
                    (days, n)
                    for n, days in enumerate(periods)
                    if day and days and days[0] < day[0] and f"{days[0]:%A}".lower().startswith(match["day"])
                ]
                if earlier:
                    yield NamedPart(*match.span(), named.dim, frozenset({max(earlier)[1]}))

    def _by_hour(self, flat: str) -> Iterator[NamedPart]:
        for dim in self._grid.labels:
            if "hour" in self._grid.columns[dim].name:
                labels = [str(row[dim]) for row in self._grid.rows]
                for start, end, rows in hours_in(flat, labels):
                    yield NamedPart(start, end, dim, rows, is_range=len(rows) > 1)


def _is_weekday_of(one: NamedPart, found: Sequence[NamedPart], flat: str) -> bool:
    """Whether a weekday belongs to the date after it: "Friday, November 21"."""
    if one.days is None or DAY_NAME.fullmatch(one.days.said) is None:
        return False
    return any(
        each.dim == one.dim
        and (each.rows <= one.rows or not one.rows)
        and each.start >= one.end
        and _OF_DAY.fullmatch(flat[one.end : each.start]) is not None
        for each in found
    )
