"""Where a sentence names rows or columns of a result: by a label, by a period, or by a column's own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from motabot.offline.dates.parse import locate
from motabot.offline.dates.ranges import Span
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.hours import hours_in
from motabot.staff.word_check.rows_of_time import (
    DAY_NAME,
    of_another_year,
    on_weekday,
    overlap,
    plain_may,
    rows_in,
)
from motabot.text.normalize import fold_in_place

#: The dimension of what names columns; those of what names rows are the places of the labels' columns.
COLUMNS: Final = -1
_SIZE: Final = re.compile(r"\s+\d+(?:\.\d+)?\s?(?:g|mg|ml|oz|pk|pack)$")
#: A zip code is a label; a shorter number may be a figure.
_CODE: Final = re.compile(r"\d{5}")
#: Labels as people say them, in lower case without accents.
_SAID: Final = {
    "monday": "mon|lunes", "tuesday": "tue|tues|martes", "wednesday": "wed|miercoles",
    "thursday": "thu|thurs|jueves", "friday": "fri|viernes",
    "saturday": "sat|sabado|weekend|weekends|fin de semana",
    "sunday": "sun|domingo|weekend|weekends|fin de semana",
    "cash": "efectivo", "debit": "debito", "flower": "flor|flores", "edibles": "comestibles",
    "vapes": "vaporizadores", "inbound": "incoming", "outbound": "outgoing",
    "in": "opted in|opted-in|agreed|consented|said yes", "out": "opted out|opted-out|unsubscribed|opting out",
}  # fmt: skip
#: Labels that are ordinary words as well: they name rows only by what people say for them.
_ORDINARY: Final = frozenset({"in", "out", "on", "no", "to", "at", "yes", "up"})
_RANGE: Final = re.compile(r"(?:from|between|entre|desde|del|de)\b")
#: "$597.19 and Friday": its cents are no day.
_DECIMAL: Final = re.compile(r"\$\d[\d,]*(?:\.\d+)?|\b\d[\d,]*\.\d+\b")
_WE: Final = re.compile(r"\bwe $")
#: "Friday, November 21".
_OF_DAY: Final = re.compile(r"[,\s(]{1,3}(?:the )?")
#: "The Friday before": one of the Fridays.
_BESIDE: Final = re.compile(r"\s+(?:before|after)\b")
_LENGTH: Final = re.compile(
    r"(?:\d+|an?|one|two|three|four|five|six|ten|un[ao]?|dos|tres|cuatro|cinco|seis)"
    r" (?:days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?)"
)
_TO: Final = re.compile(r"\b(?:and|to|through|thru|until|y|al|hasta)\b")
#: "The week before" another one that is named.
_PREVIOUS: Final = re.compile(
    r"\b(?:the )?(?:day|week|month|quarter|year) (?:before(?! that| last)|prior|earlier)\b"
    r"|\b(?:the )?(?:previous|preceding|prior) (?:day|week|month|quarter|year|one)\b"
    r"|\b(?:el|la) (?:dia|semana|mes|ano|trimestre) anterior\b"
)
_NTH: Final = re.compile(r"\b(?:the|el) (\d{1,2})(?:st|nd|rd|th)\b|\b(?:el|dia) (\d{1,2})\b(?! de\b)")
_SO_FAR: Final = re.compile(
    r"\b(?:so far|to date|currently|until now|(?:still )?(?:running|not over)|hasta ahora|en curso)\b"
)
#: "At today's costs" is not about today.
_COSTS: Final = re.compile(r"['’]s? (?:costs?|prices?)")
_VAGUE: Final = re.compile(r"\b(?:late|early|mid|end of|start of|finales de|principios de|mediados de)[ -]+$")
_RUNS: Final = re.compile(r"(?:still )?(?:running|not over)|en curso")
_NO_PERIOD: Final = re.compile(r"\b(?:now|today|hoy|ahora)\b")


@dataclass(frozen=True)
class NamedPart:
    """A piece of a sentence that names something of a result.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        dim: The place of the label's column, or `COLUMNS`.
        rows: The rows that it names; for `COLUMNS`, the columns.
        is_range: It names rows from one to another: "between September and November".
        days: The period that it names.
    """

    start: int
    end: int
    dim: int
    rows: frozenset[int]
    is_range: bool = False
    days: Span | None = None

    def admits(self, row: int, column: int) -> bool:
        """Whether a cell is among what is named."""
        return (column if self.dim == COLUMNS else row) in self.rows


class Labels:
    """Finds what sentences name of one result."""

    def __init__(self, grid: Grid, tokens: Mapping[str, str], today: date | None) -> None:
        """
        Args:
            grid: The result.
            tokens: The placeholder that stands for a value.
            today: The shop's day.
        """
        self._grid = grid
        self._today = today
        self._names: dict[str, list[tuple[int, int]]] = {}
        #: Names of labels that no row has.
        self._absent: list[tuple[str, int]] = []
        for dim in range(len(grid.columns)):
            if dim not in grid.measures and dim not in grid.periods:
                self._take(dim, tokens)
        cells = {fold_in_place(str(cell)) for row in grid.rows for cell in row if isinstance(cell, str)}
        said = {name for cell in cells for name in _SAID.get(cell, "").split("|")}
        #: Labels of one word, which name a row however they are written.
        self._whole = (
            cells | {cell.removesuffix("s") for cell in cells} | said | {one.name for one in grid.columns}
        )
        longest = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest))})(?:'s|’s|s)?(?!\w)")

    def mentions(self, sentence: str) -> list[NamedPart]:
        """What a sentence names, in its order."""
        flat = plain_may(sentence)
        found = [*self._by_label(flat, sentence), *self._by_hour(flat), *self._by_number(flat)]
        masked = flat
        for each in found:
            masked = masked[: each.start] + "|" * (each.end - each.start) + masked[each.end :]
        if self._today is not None:
            found += self._previous(masked)
            for each in found:
                masked = masked[: each.start] + "|" * (each.end - each.start) + masked[each.end :]
            for start, end, span in self._located(masked):
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
        return [span for _start, _end, span in self._located(flat)]

    def _located(self, flat: str) -> list[tuple[int, int, Span]]:
        """Periods with their places; how long something took is none."""
        if self._today is None:
            return []
        return [
            each
            for each in locate(_DECIMAL.sub(lambda found: "|" * len(found[0]), flat), self._today)[0]
            if each[2].hours is None
            and not _LENGTH.fullmatch(each[2].said)
            and not _COSTS.match(flat[each[1] :])
            and not _VAGUE.search(flat[: each[0]])
        ]

    # -- labels

    def _take(self, dim: int, tokens: Mapping[str, str]) -> None:
        """The names of a column's labels."""
        labels: dict[str, list[int]] = {}
        for n, row in enumerate(self._grid.rows):
            if isinstance(row[dim], str | int) and not isinstance(row[dim], bool):
                labels.setdefault(str(row[dim]).strip(), []).append(n)
        if labels and "consent" in self._grid.columns[dim].name and "out" not in labels:
            self._absent += [(name, dim) for name in _SAID["out"].split("|")]
        firsts = [label.split()[0] for label in labels if label]
        for label, rows in labels.items():
            flat = fold_in_place(label)
            names = {flat, _SIZE.sub("", flat), flat.removesuffix("s"), *_SAID.get(flat, "").split("|")}
            if label in tokens:
                names.add(tokens[label])
            if len(flat.split()) > 1 and firsts.count(label.split()[0]) == 1:
                names.add(flat.split()[0])
            for name in names:
                is_number = name.replace(".", "").isdigit() and not _CODE.fullmatch(name)
                if len(name) > 1 and not is_number and name not in _ORDINARY:
                    for n in rows:
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
                continue  # a first word alone names a label where it is written like one
            dims: dict[int, set[int]] = {}
            for dim, place in self._names.get(name, ()):
                dims.setdefault(dim, set()).add(place)
            if (
                name == "sent"
                and _WE.search(flat[: match.start()])
                and self._pattern.match(flat[match.end() :].lstrip())
            ):
                continue  # "8 of 410 texts that we sent failed"
            for dim, places in dims.items():
                yield NamedPart(match.start(), match.end(), dim, frozenset(places))

    # -- periods

    def _by_period(self, start: int, end: int, span: Span, flat: str) -> Iterator[NamedPart]:
        if span.first is None and span.hours is None:
            return
        is_range = _RANGE.match(flat[start:]) is not None or _TO.search(span.said) is not None
        for dim, periods in self._grid.periods.items():
            rows = frozenset(rows_in(periods, span) if DAY_NAME.fullmatch(span.said) is None else ())
            rows = rows or frozenset(on_weekday(periods, span))
            if is_range and span.first:
                rows |= {n for n, days in enumerate(periods) if days and overlap(days, (span.first, span.last))}
            is_axis = self._grid.is_axis(dim)
            if not rows and span.first == span.last:
                rows = frozenset(of_another_year(periods, span))
            is_weekday = DAY_NAME.fullmatch(span.said) is not None
            is_range = is_range or (is_weekday and _BESIDE.match(flat[end:]) is not None)
            if not is_axis and span.first != span.last:
                continue  # a date of the row is named by its day
            if rows or (is_axis and not _NO_PERIOD.search(span.said)):
                yield NamedPart(start, end, dim, rows, is_range, span)
        dated = {n: days for n in self._grid.measures if (days := self._grid.columns[n].days)}
        columns = {n for n, days in dated.items() if span.first and span.first <= days[0] and days[1] <= span.last}
        if columns:  # a column without a period may be of any
            beside = columns | {n for n in self._grid.measures if n not in dated}
            yield NamedPart(start, end, COLUMNS, frozenset(beside), is_range, span)

    def _running(self, flat: str, found: Sequence[NamedPart]) -> Iterator[NamedPart]:
        """The period that is not over, where a sentence speaks of it without its name."""
        match = _SO_FAR.search(flat)
        if match is None:
            return
        is_weak = _RUNS.fullmatch(match[0]) is None
        for dim, periods in self._grid.periods.items():
            rows = {
                n for n, days in enumerate(periods) if days and self._today and days[0] <= self._today <= days[1]
            }
            is_named = any(each.dim == dim and (each.rows & rows or is_weak) for each in found)
            if rows and not is_named and self._grid.is_axis(dim):
                yield NamedPart(match.start(), match.end(), dim, frozenset(rows))

    def _by_number(self, flat: str) -> Iterator[NamedPart]:
        """Days by their number: "the 17th"."""
        for dim, periods in self._grid.periods.items():
            for match in _NTH.finditer(flat):
                day = int(match[1] or match[2])
                rows = {n for n, days in enumerate(periods) if days and days[0] == days[1] and days[0].day == day}
                if rows:
                    yield NamedPart(*match.span(), dim, frozenset(rows))

    def _previous(self, flat: str) -> Iterator[NamedPart]:
        """ "The week before": the period before the one that is named first."""
        for match in _PREVIOUS.finditer(flat):
            named = [
                each for place in self._located(flat[: match.start()]) for each in self._by_period(*place, flat)
            ]
            for each in named[:1]:
                order = self._grid.order(each.dim)
                labels = sorted(order.index(str(self._grid.rows[n][each.dim])) for n in each.rows)
                if labels and labels[0] > 0:
                    label = order[labels[0] - 1]
                    rows = {n for n, row in enumerate(self._grid.rows) if str(row[each.dim]) == label}
                    yield NamedPart(*match.span(), each.dim, frozenset(rows))

    def _by_hour(self, flat: str) -> Iterator[NamedPart]:
        for dim, column in enumerate(self._grid.columns):
            if dim not in self._grid.measures and "hour" in column.name:
                labels = [str(row[dim]) for row in self._grid.rows]
                for start, end, rows in hours_in(flat, labels):
                    yield NamedPart(start, end, dim, rows, is_range=len(rows) > 1)


def _is_weekday_of(one: NamedPart, found: Sequence[NamedPart], flat: str) -> bool:
    """Whether a weekday only says more of the date after it: "Friday, November 21"."""
    if one.days is None or DAY_NAME.fullmatch(one.days.said) is None:
        return False
    return any(
        each.dim == one.dim
        and each.rows <= one.rows
        and each.start >= one.end
        and _OF_DAY.fullmatch(flat[one.end : each.start]) is not None
        for each in found
    )
