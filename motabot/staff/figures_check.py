"""Checks a model's words: each number is a cell of what its sentence names, or follows from cells that it names.

What a sentence says about order, size and trend ("best", "twice as much", "fell") must also be true of the rows
(`motabot.staff.word_check.comparisons`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Final

from motabot.boundary import JsonMapping
from motabot.staff.stated import NOTHING_STATED, Stated
from motabot.staff.word_check import derivation
from motabot.staff.word_check.beside import misplaced_for_good
from motabot.staff.word_check.binding import is_fixed
from motabot.staff.word_check.contradictions import contradicted
from motabot.staff.word_check.figures import Written, calendar_numbers, figures_in
from motabot.staff.word_check.firsts import firsts_of
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.likelihood import Followers
from motabot.staff.word_check.mentions import Labels
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.quantities import bounds_that_hold
from motabot.staff.word_check.reading import HeldSentence
from motabot.staff.word_check.standing import Standing
from motabot.staff.word_check.support import follows, is_bound, is_part
from motabot.staff.word_check.times import elapsed, untimely
from motabot.staff.word_check.told import numbers_in, numbers_told, percents_in
from motabot.text.regex import regex

#: Not after "vs." or in "Oct. 5".
_SENTENCE: Final = regex(r"((?<!vs\.)(?<!approx\.)(?<=[.!?])\s+(?![a-z\d$])|\n+)")
#: A sentence that continues the one before.
_GOES_ON: Final = regex(
    r"(?:it|its|they|their|he|she|his|her|this|that|these|those|but|however|so|both|which|and|instead|again|"
    r"eso|esto|ella|ellos|pero)\b",
    re.IGNORECASE,
)
#: A reader counts at most this many rows: "three of the five stores".
_FEW: Final = 10
_NOTHING: Final = Grid({"rows": []}, None)


@dataclass(frozen=True)
class _Faults:
    """What is wrong with a sentence: figures of no result, figures of something else, false claims."""

    missing: Sequence[str]
    moved: Sequence[str]
    untrue: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.moved or self.untrue)


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
    ) -> None:
        """
        Args:
            tables: The results that people see, of this turn and of remembered ones.
            seen: What tools returned to the model, as JSON.
            asked: The question and the queries, whose own numbers may be repeated.
            tokens: The value of each placeholder in the words.
            today: The shop's day; None: that of this machine.
            stated: What the instructions state in addition to the data.
        """
        self._stated = stated
        today = today or datetime.now(UTC).date()
        written = {value: token for token, value in (tokens or {}).items()}
        grids = [Grid(each, today, stated.first) for each in tables]
        self._grids = [(grid, Labels(grid, written, today)) for grid in grids]
        asked = list(asked)
        self._said = {number for words in asked for number in numbers_in(words)}
        self._percents = {number for words in asked for number in percents_in(words)}
        #: Numbers of tools that are in no table.
        self._told = {number for words in seen for number in numbers_told(words)}
        self._percents |= {each * (100 if abs(each) <= 1 else 1) for each in self._told if abs(each) <= 100}
        #: The number of rows, and counts of a few of them.
        self._counts: set[Decimal] = set()
        for grid in grids:
            self._counts |= {Decimal(grid.size), *map(Decimal, range(1, min(grid.size, _FEW) + 1))}

    def problems(self, words: str) -> list[str]:
        """What is wrong with a text, in words for the model that wrote it."""
        found = [faults for _sentence, _gap, faults in self._judged(words)]
        missing = [each for faults in found for each in faults.missing]
        moved = [each for faults in found for each in faults.moved]
        untrue = [each for faults in found for each in faults.untrue]
        told = []
        if missing:
            told.append(
                f"These numbers are in no result: {_listed(missing)}. Write numbers that are cells of a result, or"
                " a sum, difference, share or mean of cells that the same sentence names; or query for others."
            )
        if moved:
            told.append(
                "These numbers are in a result, but belong to another row, column or period than the sentence"
                f" names: {_listed(moved)}. Name what each number belongs to."
            )
        if untrue:
            told.append(f"The rows say otherwise: {_listed(untrue)}. Compare the cells, and write what they say.")
        return told

    def holding(self, words: str) -> str:
        """A text without the unsupported sentences and those that continue one of them."""
        kept, is_gone = "", False
        for sentence, gap, faults in self._judged(words):
            is_gone = bool(faults) or (is_gone and _GOES_ON.match(sentence) is not None)
            kept += "" if is_gone else sentence + gap
        return kept.strip()

    def _judged(self, words: str) -> Iterator[tuple[str, str, _Faults]]:
        """Each sentence, the text between it and the next, and what is wrong with it."""
        spoken_of: list[frozenset[int]] = []
        earlier = ""
        pieces = _SENTENCE.split(words)
        for sentence, gap in itertools.zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
            readings = self._readings(sentence, spoken_of, earlier)
            earlier = readings[0].flat
            spoken_of = [reading.subject for reading in readings]
            absent, elsewhere = self._unfounded(sentence, readings)
            yield (
                sentence,
                gap,
                _Faults(
                    [figure.words for figure in absent],
                    [f"{figure.words}{_place_of(figure, readings)}" for figure in elsewhere],
                    contradicted(readings),
                ),
            )

    def _readings(self, sentence: str, spoken_of: Sequence[frozenset[int]], earlier: str) -> list[HeldSentence]:
        """A sentence read with each result, the rows that the sentence before was about, and what it said."""
        named = [(grid, labels.mentions(sentence), labels.spans(sentence)) for grid, labels in self._grids]
        bare = _without_labels(sentence, [each for _grid, mentions, _spans in named for each in mentions])
        figures = figures_in(bare)
        readings = [
            HeldSentence(grid, sentence, mentions, spans, figures, earlier) for grid, mentions, spans in named
        ]
        for reading, rows in zip(readings, spoken_of, strict=False):
            reading.spoken_of = rows
        return readings or [HeldSentence(_NOTHING, sentence, (), (), figures)]

    def _unfounded(self, sentence: str, readings: Sequence[HeldSentence]) -> tuple[list[Written], list[Written]]:
        """The figures that are in no result, and those that belong to something else."""
        calendar = calendar_numbers(sentence)
        calendar |= {number for reading in readings for number in elapsed(reading)}
        late = [untimely(reading) for reading in readings]
        wrong = [
            (reading, misplaced_for_good(reading) | each) for reading, each in zip(readings, late, strict=True)
        ]
        is_named = any(reading.mentions for reading in readings)
        known, absent, elsewhere = [], [], []
        for figure in readings[0].figures:
            held = [
                figure not in refused
                for reading, refused in wrong
                if reading.cells(figure) and (reading.is_written(figure) or reading.mentions or not is_named)
            ]
            if any(held) or any(reading.counts_rows(figure) for reading in readings):
                known.append(figure)
            elif held:
                elsewhere.append(figure)
            elif not self._may_be_repeated(figure, calendar):
                absent.append(figure)
        held_bounds = {each for reading in readings for each in bounds_that_hold(Standing(reading))}
        firsts = [number for reading in readings for number in firsts_of(sentence, reading.grid)]

        def is_derived(figure: Written, *, is_cell: bool) -> bool:
            if figure in held_bounds:
                return True
            is_final = is_cell and figure.is_percent and any(each.is_written(figure) for each in readings)
            if is_final or any(figure in each for each in late):
                return False
            if any(
                map(
                    figure.is_about,
                    (
                        *firsts,
                        *_of_figures(figure, known),
                        *self._worth(figure, (*readings[0].figures, *figures_in(readings[0].earlier))),
                    ),
                )
            ):
                return True
            return any(
                follows(each, figure, known, calendar, is_cell=is_cell)
                or is_bound(each, figure)
                or is_part(each, figure, known)
                for each in readings
            )

        known += [figure for figure in absent if is_derived(figure, is_cell=False)]  # others may follow from them
        known += [figure for figure in absent if self._is_exact(figure, readings)]
        absent = [figure for figure in absent if figure not in known and not is_derived(figure, is_cell=False)]
        return (
            absent,
            [figure for figure in elsewhere if is_fixed(readings, figure) or not is_derived(figure, is_cell=True)],
        )

    def _is_exact(self, figure: Written, readings: Sequence[HeldSentence]) -> bool:
        """Whether a figure follows from the cells of a result, and not by chance."""
        return any(each.has(reading, figure) for each, reading in zip(self._followers, readings, strict=False))

    @cached_property
    def _followers(self) -> list[Followers]:
        return [Followers(grid) for grid, _labels in self._grids]

    def _worth(self, figure: Written, beside: Sequence[Written]) -> Iterator[Decimal]:
        """What the points that a sentence names are worth by the stated rule."""
        for each in beside if figure.is_money else ():
            dollars = self._stated.dollars_of(each.value) if not (each.is_money or each.is_percent) else None
            if dollars is not None:
                yield dollars

    def _may_be_repeated(self, figure: Written, calendar: set[Decimal]) -> bool:
        """Whether a figure counts rows or days, or comes from the question or a tool."""
        if figure.is_count and figure.value in self._counts | calendar:
            return True
        if figure.is_percent:
            return any(map(figure.is_about, self._percents))
        stated = (Decimal(str(each)) for each in self._stated.reward)
        return any(map(figure.is_about, {*self._said, *self._told, *stated}))


def _place_of(figure: Written, readings: Sequence[HeldSentence]) -> str:
    """Where a figure is, in words."""
    for reading in readings:
        for row, place in reading.cells(figure)[:1]:
            return f" ({reading.grid.named_cell(row, place)})"
    return ""


def _of_figures(figure: Written, known: Sequence[Written]) -> Iterator[Decimal]:
    """What follows from the other figures of a sentence."""
    yield from derivation.of_figures(known)
    if figure.is_percent:
        yield from derivation.percents_of_figures(known)
    elif not figure.is_money:
        yield from derivation.quotients_of_figures(known)


def _without_labels(sentence: str, mentions: Sequence[NamedPart]) -> str:
    """A sentence with blanks in place of names of rows: the 10 of "Campfire Bar 10mg" is not a figure."""
    for each in mentions:
        if each.days is None:
            sentence = sentence[: each.start] + " " * (each.end - each.start) + sentence[each.end :]
    return sentence


def _listed(words: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(words))
