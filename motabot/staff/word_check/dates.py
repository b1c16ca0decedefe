"""Days that an answer names must occur in the results, the queries, the tools' answers or the question."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from motabot.offline.dates.parse import locate
from motabot.staff.word_check.columns import Days
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.names import LENGTH
from motabot.staff.word_check.remark import Fault, Remark
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

_ISO: Final = regex(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?")
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre)"
)
#: A day, or a month with its year: other periods are too loosely named to be judged.
_NAMED: Final = regex(
    rf"20\d\d-\d\d(?:-\d\d)?|(?:\b{_MONTH}|\bmay)\b\.? (?:\d{{1,2}}\b(?!,\d)(?:,? 20\d\d)?|20\d\d)|\b{_MONTH}\b"
)


#: What the data lacks may be named: "there are no sales before June".
_UNKNOWN: Final = regex(r"\b(?:no|not|nothing|none|cannot|before|until|without|sin)\b|n['’]t\b")
_YEAR: Final = regex(r"20\d\d")
_NUMBER: Final = regex(r"(?<![\d.,-])\d{1,3}(?![\d.,-])")


class KnownDays:
    """The days that an answer may name."""

    def __init__(self, grids: Sequence[Grid], told: Iterable[str], today: date) -> None:
        """
        Args:
            grids: The results of the conversation.
            told: Tools' answers, queries and questions, as text.
            today: The shop's day.
        """
        self._today = today
        self._periods: list[Days] = [(today - timedelta(days=1), today)]
        for grid in grids:
            self._periods += [days for periods in grid.periods.values() for days in periods if days]
            self._periods += [days for column in grid.columns if (days := column.days)]
            self._periods += [grid.days] if grid.days else []
            self._periods += [(grid.first, grid.first)] if grid.first else []
        numbers = {int(each) for words in told for each in _NUMBER.findall(words)}
        self._periods += [
            (day, day) for many in numbers for off in (0, 1) if (day := today - timedelta(many + off))
        ]
        for words in told:
            self._periods += self._named(fold_in_place(words))

    def unknown(self, remark: Remark) -> Iterator[Fault]:
        """The days of a sentence that nothing knows."""
        flat = remark.flat
        for match in _NAMED.finditer(flat):
            if remark.text[match.start()].islower() or _UNKNOWN.search(flat):
                continue
            if any(
                label.days is None and label.start <= match.start() < label.end
                for each in remark.beside
                for label in each.labels
            ):
                continue
            spans = [
                (span.first, span.last) for _start, _end, span in locate(match[0], self._today)[0] if span.first
            ]
            is_dated = _YEAR.search(match[0]) is not None
            if spans and not any(
                self._is_known((first, last), is_dated=is_dated) for first, last in spans if first
            ):
                yield Fault(
                    *match.span(), f"“{remark.text[match.start() : match.end()]}”: no result has this date"
                )

    def _is_known(self, days: Days, *, is_dated: bool) -> bool:
        """Whether a period shares a day with a known one; in any year if it is named without its year."""
        years = () if is_dated else (365, 366, -365, -366)
        ago = [timedelta(days=0), *(timedelta(days=year) for year in years)]
        return any(
            first <= days[1] - off and days[0] - off <= last for first, last in self._periods for off in ago
        )

    def _named(self, flat: str) -> Iterator[Days]:
        for match in _ISO.finditer(flat):
            with suppress(ValueError):
                first = date(int(match[1]), int(match[2]), int(match[3] or 1))
                yield first, first if match[3] else first + timedelta(days=30)
        if "{" in flat[:1] or len(flat) > 2000:
            return
        for _start, _end, span in locate(flat, self._today)[0]:
            if span.first is not None and not LENGTH.fullmatch(span.said):
                yield span.first, span.last


def days_between(grids: Sequence[Grid], today: date) -> Iterator[int]:
    """Lengths in days of the periods of results, and between their days and today."""
    for grid in grids:
        periods = [days for own in grid.periods.values() for days in own if days]
        periods += [grid.days] if grid.days else []
        for first, last in periods:
            yield from (
                (last - first).days + 1,
                *(abs((today - day).days) + off for day in (first, last) for off in (0, 1)),
            )
        for one, other in itertools.pairwise(periods):
            yield abs((one[0] - other[0]).days)
