"""Checks a model's words against the results that people see beside them.

A number must be a cell of a result or follow from its cells (`motabot.staff.word_check.derived`), and must not be
that of another row than it stands at (`placing`). What a sentence says of extremes (`extremes`), directions
(`courses`), sizes (`sizes`, `compared`, `carried`), counts (`counted`, `quantified`, `singled_out`, `grouped`),
reasons (`reasons`) and dates (`dates`) is refused only where the results plainly deny it: the reader sees them, so
a true sentence that is lost costs more than a loose one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from motabot.boundary import JsonMapping
from motabot.logs import log
from motabot.staff.stated import NOTHING_STATED, Stated
from motabot.staff.word_check.carried import miscarried
from motabot.staff.word_check.compared import miscompared
from motabot.staff.word_check.counted import miscounted
from motabot.staff.word_check.courses import misdirected
from motabot.staff.word_check.cutting import without
from motabot.staff.word_check.dates import KnownDays, days_between
from motabot.staff.word_check.derived import Derived, Numbers, of_figures
from motabot.staff.word_check.extremes import misjudged
from motabot.staff.word_check.figures import Written, calendar_numbers, figures_in
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.grouped import misled
from motabot.staff.word_check.mentions import Labels
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.placing import misplaced
from motabot.staff.word_check.quantified import misquantified
from motabot.staff.word_check.reasons import Reasons
from motabot.staff.word_check.remark import Beside, Fault, Remark
from motabot.staff.word_check.singled_out import misattributed
from motabot.staff.word_check.sizes import missized
from motabot.staff.word_check.supported import is_bound, is_of_rows
from motabot.staff.word_check.told import numbers_in, numbers_told, percents_in
from motabot.text.regex import regex

#: Not after "vs." or in "Oct. 5".
_SENTENCE: Final = regex(r"((?<!vs\.)(?<!approx\.)(?<=[.!?])\s+(?![a-z\d$])|\n+)")
#: A sentence that continues the one before.
_GOES_ON: Final = regex(
    r"(?:it|its|they|their|he|she|his|her|this|that|these|those|but|however|so|both|which|and|instead|again|eso|esto"
    r"|ella|ellos|pero)\b",
    re.IGNORECASE,
)
#: Numbers up to a dozen count anything in the rows.
_SMALL: Final = 12
#: What finds the claims that the results deny.
_RULES: Final = (
    miscompared,
    miscarried,
    misjudged,
    misdirected,
    missized,
    miscounted,
    misquantified,
    misled,
    misattributed,
)


@dataclass(frozen=True)
class _Judged:
    """A sentence with its faults.

    Attributes:
        text: The sentence.
        gap: The text between it and the next.
        missing: Its figures that are in no result.
        moved: Its figures of another row.
        untrue: Its other claims that the results deny.
    """

    text: str
    gap: str
    missing: Sequence[Fault]
    moved: Sequence[Fault]
    untrue: Sequence[Fault]

    @property
    def faults(self) -> list[Fault]:
        """All of them."""
        return [*self.missing, *self.moved, *self.untrue]


class Evidence:
    """The results that support a turn's words."""

    def __init__(
        self,
        tables: Iterable[JsonMapping],
        seen: Iterable[str],
        asked: Iterable[str],
        tokens: Mapping[str, str] | None = None,
        today: date | None = None,
        stated: Stated = NOTHING_STATED,
        *,
        ran: Iterable[str] = (),
        earlier: Iterable[JsonMapping] = (),
    ) -> None:
        """
        Args:
            tables: The results of this answer, that people see with it.
            seen: What tools returned to the model, as JSON.
            asked: The question and those before it, whose own numbers may be repeated.
            tokens: The value of each placeholder in the words.
            today: The shop's day; None: that of this machine.
            stated: What the instructions state in addition to the data.
            ran: The queries and the arguments of tools, the same.
            earlier: Results of earlier answers; only their numbers count, unless this answer has none of its own.
        """
        self._stated = stated
        today = today or datetime.now(UTC).date()
        written = {value: token for token, value in (tokens or {}).items()}
        seen, people, ran = list(seen), list(asked), list(ran)
        asked = [*people, *ran]
        own, past = ([Grid(each, today, stated.first) for each in some] for some in (tables, earlier))
        self._grids = [(grid, Labels(grid, written, today)) for grid in own or past]
        self._past = [(grid, Labels(grid, written, today)) for grid in past if own]
        cells = [str(row) for grid in (*own, *past) for row in (*grid.rows, [each.name for each in grid.columns])]
        self._reasons = Reasons([*cells, *seen, *ran], people)
        self._days = KnownDays([*own, *past], [*seen, *asked], today)
        #: Numbers of the question, the queries, tools and instructions.
        said = [
            *(number for words in asked for number in numbers_in(words)),
            *(number for words in seen for number in numbers_told(words)),
            *(number for grid in (*own, *past) for each in grid.columns for number in numbers_in(each.name)),
            *(Decimal(str(each)) for each in stated.reward),
        ]
        percents = [number for words in asked for number in percents_in(words)]
        told = [number for words in seen for number in numbers_told(words) if abs(number) <= 100]
        self._said = Numbers(said)
        self._percents = Numbers([*percents, *told, *(each * 100 for each in told if abs(each) <= 1)])
        self._spans = Numbers(days_between([*own, *past], today))

    def problems(self, words: str) -> list[str]:
        """What is wrong with a text, in words for the model that wrote it."""
        judged = self._judged(words)
        missing = [each.words for one in judged for each in one.missing]
        moved = [each.words for one in judged for each in one.moved]
        untrue = [each.words for one in judged for each in one.untrue]
        told = []
        if missing:
            told.append(
                f"These numbers are in no result: {_listed(missing)}. Write numbers that are cells of a result, or"
                " a sum, difference, share or mean of cells that the answer names; or query for others."
            )
        if moved:
            told.append(
                "These numbers are in a result, but stand at another row than theirs:"
                f" {_listed(moved)}. Name what each number belongs to."
            )
        if untrue:
            told.append(f"The rows say otherwise: {_listed(untrue)}. Compare the cells, and write what they say.")
        return told

    def holding(self, words: str) -> str:
        """A text without the clauses that are not supported.

        The first sentence answers the question: a claim in its main clause stays, a number of no
        result never does.
        """
        kept, is_gone = "", False
        for n, each in enumerate(self._judged(words)):
            left = "" if is_gone and _GOES_ON.match(each.text) else without(each.text, each.faults)
            if not left and n == 0 and not each.missing:
                left = without(each.text, each.moved) or each.text
            is_gone = not left
            kept += left + each.gap if left else ""
        return kept.strip()

    def _judged(self, words: str) -> list[_Judged]:
        """The sentences of a text, and what is wrong with each."""
        pieces = _SENTENCE.split(words)
        remarks = list[Remark]()
        past = list[tuple[Grid, Sequence[NamedPart]]]()
        for sentence in pieces[::2]:
            beside = [Beside(grid, labels.mentions(sentence)) for grid, labels in self._grids]
            older = [(grid, labels.mentions(sentence)) for grid, labels in self._past]
            past += older
            named = [part for each in beside for part in each.mentions] + [
                p for _grid, parts in older for p in parts
            ]
            figures = figures_in(_without_labels(sentence, named))
            remarks.append(Remark(sentence, figures, beside, remarks[-1] if remarks else None))
        holds = self._numbers(remarks, past)
        return [
            _Judged(
                remark.text,
                gap,
                [Fault(each.start, each.end, each.words) for each in remark.figures if not holds(remark, each)],
                _found(misplaced, remark),
                [
                    fault
                    for find in (*_RULES, self._reasons.groundless, self._days.unknown)
                    for fault in _found(find, remark)
                ],
            )
            for remark, gap in itertools.zip_longest(remarks, pieces[1::2], fillvalue="")
            if isinstance(remark, Remark) and isinstance(gap, str)
        ]

    def _numbers(
        self, remarks: Sequence[Remark], past: Sequence[tuple[Grid, Sequence[NamedPart]]]
    ) -> Callable[[Remark, Written], bool]:
        """Whether a figure of an answer is supported; its operands may be named anywhere in the answer."""
        named: dict[int, set[int]] = {}
        grids: dict[int, Grid] = {id(grid): grid for grid, _labels in (*self._grids, *self._past)}
        for grid, parts in [*((each.grid, each.mentions) for one in remarks for each in one.beside), *past]:
            for part in parts:
                if part.dim != COLUMNS:
                    named.setdefault(id(grid), set()).update(part.rows)
        figures = [figure for one in remarks for figure in one.figures]
        for key, grid in grids.items():
            named.setdefault(key, set()).update(_rows_written(grid, figures))
        derived = [Derived(grid, named[key]) for key, grid in grids.items()]
        known = [each for each in figures if any(one.has(each) for one in derived) or self._is_said(each)]
        wholes = {
            whole
            for grid in grids.values()
            for n in grid.measures
            if (whole := grid.total(n, range(len(grid.rows))))
        }
        plain, parts_of_them = of_figures(known, wholes)
        cells = [number for grid in grids.values() for row in grid.numbers for number in row if number]
        cells += [number for grid in grids.values() for number in grid.sums]
        worth = Numbers(
            dollars for each in figures if (dollars := self._stated.dollars_of(each.value)) is not None
        )

        def holds(remark: Remark, figure: Written) -> bool:
            if len(grids) == 1 and figure.is_percent and not figure.hedge and not self._is_said(figure):
                near = is_of_rows(remark, figure)
                if near is not None:
                    return near or parts_of_them.has(figure)
            if (
                figure in known
                or is_bound(remark, figure)
                or (figure.is_count and figure.value in calendar_numbers(remark.text))
            ):
                return True
            a_day = Numbers(number / length for number in cells for length in calendar_numbers(remark.text))
            others = (parts_of_them,) if figure.is_percent else (plain, worth, a_day)
            return any(each.has(figure) for each in others)

        return holds

    def _is_said(self, figure: Written) -> bool:
        """Whether a figure comes from the question, a query or a tool, counts a few or counts days."""
        if figure.is_percent:
            return self._percents.has(figure)
        is_counted = figure.is_count and (figure.value <= _SMALL or self._spans.has(figure))
        return is_counted or self._said.has(figure)


def _found(find: Callable[[Remark], Iterator[Fault]], remark: Remark) -> list[Fault]:
    """The faults that a rule finds: none if the rule fails, which must not cost an answer."""
    try:
        return list(find(remark))
    except Exception:  # noqa: BLE001 - whatever a rule stumbles on, the answer is more than the rule
        log.exception("word check failed")
        return []


def _rows_written(grid: Grid, figures: Sequence[Written]) -> Iterator[int]:
    """The rows with a cell that an answer writes in at least three digits."""
    exact = [each for each in figures if each.digits > 2]
    for n, row in enumerate(grid.numbers):
        numbers = Numbers(number for number in row if number is not None)
        if any(numbers.has(each) for each in exact):
            yield n


def _without_labels(sentence: str, mentions: Sequence[NamedPart]) -> str:
    """A sentence with blanks in place of names of rows: the 10 of "Campfire Bar 10mg" is not a figure."""
    for each in mentions:
        if each.days is None:
            sentence = sentence[: each.start] + " " * (each.end - each.start) + sentence[each.end :]
    return sentence


def _listed(words: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(words))
