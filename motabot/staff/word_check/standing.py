"""What the claims of a sentence are about: the rows and columns of a result that a clause means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.exceptions import exceptions_in
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.going_on import GOES_ON, WITH
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.staff.word_check.pairing import is_object
from motabot.staff.word_check.reading import HeldSentence
from motabot.staff.word_check.telling import BUSY, IN_TERMS, MONEY, PER, PER_WHAT, RATE, SOLD, TOOK, WORTH
from motabot.text.regex import regex

Places = tuple[int, int]
Pair = tuple[Decimal, Decimal]

_CUT: Final = regex(r";|:\s|\s[–—-]\s|,\s|\s(?:and|y|but|pero|while|whereas|mientras)\s")
_NOT: Final = regex(r"(?:\bnot\b|n['’]t|\bno longer\b|\bnever\b|\bneither\b|\bno\b|\bnunca\b|\bni\b)[^,;]{0,18}$")
#: "Second in September": the column of a claim is named so near to it.
_BESIDE: Final = 24
#: How close a figure is to its claim, in characters.
_NEAR: Final = 90
#: The noun of a claim follows right after it.
_PHRASE: Final = regex(r"[,;:.()]|\s(?:and|but|than|y|que)\s")
#: "Casual customers": the noun says what the rows are, not which column.
_OF_ROW: Final = regex(r"(?:customers?|clients?|people|buyers|members|shoppers|clientes?|ones)\b")
_CLAUSE_END: Final = regex(r"[,;(]|\swith\s|\sat\s")
_PRONOUN: Final = regex(r"\b(?:it|they)\b")
_SINCE: Final = regex(r"(?:since|desde)\b")
_TURNS: Final = regex(
    r";|,\s(?:and|y)\s(?:it|they)\s|,?\s(?:while|whereas|but|yet|although|though|mientras(?: que)?|pero|aunque)\b"
)
#: "$540.52 is already the highest".
_IS: Final = regex(
    r" (?:is|are|was|were|makes?|made)(?: already| also| still| by far| clearly| it| them)*(?: the| its)? ?"
)


@dataclass(frozen=True)
class Verdict:
    """A claim of a sentence, judged.

    Attributes:
        claim: Its words, quoted.
        is_true: The rows support it.
        found: The cell that contradicts it, in words; empty if no single one does.
        family: Which kind of claim it is; the same words may make several.
    """

    claim: str
    is_true: bool
    found: str = ""
    family: int = 0


class Standing:
    """One sentence read with one result.

    Attributes:
        flat: The sentence in lower case without accents.
        grid: The result.
        figures: The sentence's figures.
    """

    def __init__(self, reading: HeldSentence) -> None:
        self.reading = reading
        self.grid = reading.grid
        self.flat = reading.flat
        self.figures = reading.figures
        #: The labels that the sentence names.
        self.labels = reading.labels

    def clauses(self) -> Iterator[Places]:
        """The parts of the sentence that each name something."""
        cuts = [0]
        for match in _CUT.finditer(self.flat):
            is_named = any(cuts[-1] <= each.start < match.start() for each in self.reading.mentions)
            if is_named and any(each.start >= match.end() for each in self.reading.mentions):
                cuts.append(match.start())
        return zip(cuts, [*cuts[1:], len(self.flat)], strict=True)

    def has_exception(self, start: int, end: int) -> bool:
        """Whether a clause, or the part of the sentence around it, makes an exception."""
        first, last = self.reading.segment_of(start)
        return any(exceptions_in(self.reading, max(end, last), first))

    def is_denied(self, start: int, place: int) -> bool:
        """Whether a clause says "not" before a place."""
        return _NOT.search(self.flat[start:place]) is not None

    def subjects(self, place: int, start: int, end: int) -> list[NamedPart]:
        """What a claim may be about: of each column the last label before it in its clause, or the first after."""
        dims: dict[int, NamedPart] = {}
        for each in self.labels:
            is_one = each.days is None or len({str(self.grid.rows[n][each.dim]) for n in each.rows}) == 1
            if each.dim in dims and _SINCE.match(self.flat, each.start):
                continue  # "August was the only month since May"
            is_near = each.start < place or _TURNS.search(self.flat, place, each.start) is None
            if is_one and is_near and start <= each.start < end and (each.start < place or each.dim not in dims):
                dims[each.dim] = each
        ahead = [each for each in self.labels if start <= each.start < place]
        if ahead and _PRONOUN.search(self.flat[ahead[-1].end : place]) and is_object(self.flat, ahead[-1]):
            return self.labels[:1]  # "Sunday makes less than Thursday, and it has the most"
        if not dims and GOES_ON.match(self.flat[start:place]):
            return [each for each in self.labels if each.end <= start][-1:]
        return list(dims.values())

    def subject_before(self, place: int, dim: int) -> list[NamedPart]:
        """What a comparison is about: the last label before it that is not itself compared with."""
        before = [each for each in self.labels if each.dim == dim and each.end <= place]
        alone = [each for each in before if not is_object(self.flat, each)]
        return (alone or before)[-1:]

    def rows_beside(self, dim: int, start: int, end: int) -> list[int]:
        """The rows that labels of other columns select: those of the clause, otherwise those named before it."""
        dims: dict[int, set[int]] = {}
        for is_inside in (True, False):
            before = {*dims}
            for each in self.labels:
                here = start <= each.start < end if is_inside else each.start < start
                if here and each.dim != dim and each.dim not in before:
                    dims.setdefault(each.dim, set()).update(each.rows)
        return [n for n in range(len(self.grid.rows)) if all(n in named for named in dims.values())]

    def columns(self, place: int, start: int, end: int, rows: Sequence[int]) -> list[int]:
        """The columns that a claim may mean: those of its figures, those that it names, the sorted one, or all.

        If a clause names columns by their period, no others are meant.
        """
        found = self._columns(place, start, end, rows)
        named = [each for each in self.reading.mentions if each.dim == COLUMNS and start <= each.start < end]
        beside = [each for each in named if place < each.start < place + _BESIDE]
        named = beside[:1] if len(named) > 1 and beside else named
        dated = [n for each in named for n in each.rows if self.grid.columns[n].days]
        if len(named) == 1 and dated:
            return [n for n in found if n in dated] or [n for n in self.grid.measures if n in dated]
        return found

    def _columns(self, place: int, start: int, end: int, rows: Sequence[int]) -> list[int]:
        start = max(start, self.flat.rfind(";", 0, place) + 1)
        turn = _TURNS.search(self.flat, place, end)
        last = min(turn.start() if turn else end, place + _NEAR)
        after = [
            each
            for each in self.figures
            if place < each.start < last or WITH.fullmatch(self.flat[place : each.start])
        ]
        before = [each for each in self.figures if start <= each.start < place]
        if (
            before
            and _IS.fullmatch(self.flat[before[-1].end : place])
            and (cells := self._columns_of(before[-1:], rows))
        ):
            return cells
        if named := self._columns_in_terms(place, end):
            return named
        if cells := self._columns_of(after, rows):
            return cells
        first = next((each for each in self.figures if place < each.start < last), None)
        said = min(end, first.start) if first and first.is_money else end
        if named := self.columns_about(_PHRASE.split(self.flat[place:said])[0]):
            return named
        if first and first.is_money:  # "beat San Jose by $79.74"
            money = [n for n in self.grid.measures if self.grid.columns[n].unit == "money"]
            return [n for n in self.columns_about(self._without_labels(start, said)) if n in money] or money
        if cells := self._columns_of(before, rows):
            return cells
        if named := self.columns_about(self._without_labels(start, max(last, place))):
            return named
        if cells := self._columns_of([each for each in self.figures if each.start < start], rows):
            return cells
        return self._columns_by_default()

    def _columns_by_default(self) -> list[int]:
        """The columns that are meant where no words name one: of the sentence before, the sorted one, money."""
        grid = self.grid
        topic = self.columns_about(self.reading.earlier)
        plain = [n for n in grid.measures if "change" not in grid.columns[n].about] or list(grid.measures)
        if grid.sorted_column is not None:  # a change is what rows may be sorted by, and not what is large
            return sorted({grid.sorted_column, *topic, *(plain if grid.sorted_column not in plain else ())})
        money = [n for n in plain if grid.columns[n].unit == "money" and grid.columns[n].adds_up]
        is_money = len(money) == 1 and len(grid.rows) > 1 and BUSY.search(self.flat) is None
        return sorted({*money, *topic}) if is_money else plain

    def names_columns(self, place: int, end: int) -> bool:
        """Whether the words after a claim, up to the next comma, name a column."""
        said = _CLAUSE_END.split(self.flat[place:end])[0]
        return bool(self.columns_about(said)) or bool(self._columns_in_terms(place, end))

    def _columns_in_terms(self, place: int, end: int) -> list[int]:
        """The columns by which a claim says that it ranks: "our best month for sales"."""
        said = IN_TERMS.search(_PHRASE.split(self.flat[place:end])[0])
        return self.columns_about(said[1]) if said else []

    def _columns_of(self, figures: Sequence[Written], rows: Sequence[int]) -> list[int]:
        """The columns that contain figures, in some rows; a share is in none."""
        written = [each for each in figures if not each.is_percent or self.reading.is_written(each)]
        return sorted({column for each in written for row, column in self.reading.cells(each) if row in rows})

    def columns_called(self, words: str) -> list[int]:
        """The measures whose whole name of two words or more stands in the words: "the highest cash share"."""
        names = {n: self.grid.columns[n].name for n in self.grid.measures}
        return [n for n, name in names.items() if " " in name and re.search(rf"\b{re.escape(name)}\b", words)]

    def columns_about(self, words: str) -> list[int]:
        """The columns that words are mostly about."""
        said = concepts_in(words)
        if "units" in said:
            said -= {"sales"}  # "sold more units"
        grid = self.grid
        per = PER_WHAT.search(words)
        if per and (named := [n for n in grid.measures if f"per {per[1]}" in grid.columns[n].name]):
            return named
        if PER.search(words):
            said |= {"average"}
        has_average = "average" in said and any("average" in grid.columns[n].about for n in grid.measures)
        among = grid.averages if "average" in said and not has_average else grid.measures
        about = {n: len(grid.columns[n].about & said) for n in among}
        if not any(about.values()):  # "the most in total" of a column called total_value
            about = {n: grid.columns[n].is_called(words) for n in among}
        most = max(about.values(), default=0)
        best = [n for n, many in about.items() if most and many == most]
        if "sales" in said and "tickets" not in said:  # what was sold also has a value
            best = [n for n in best if self.grid.columns[n].unit != "count"] or best
        if not best and MONEY.search(words):
            return [n for n in grid.measures if grid.columns[n].unit == "money" and grid.columns[n].adds_up]
        if WORTH.search(words) and not any(grid.columns[n].unit == "money" for n in best):
            return [n for n in grid.measures if grid.columns[n].unit == "money"]
        if not best and TOOK.search(words):
            return [n for n in grid.measures if grid.columns[n].unit in ("money", "number")]
        if RATE.search(words):
            best = [n for n in best if grid.columns[n].unit == "percent"] or best
        exact = [n for n in best if re.search(rf"\b{re.escape(grid.columns[n].name)}\b", words)]
        best = exact or best
        kinds = {n: self.grid.columns[n].kinds for n in best}
        fewest = min(kinds.values(), default=0)
        best = [n for n in best if kinds[n] == fewest]
        if best and said & {"sales"} and SOLD.search(words):
            best += [n for n in self.grid.measures if self.grid.columns[n].about == {"units"}]
        return best

    def _without_labels(self, start: int, end: int) -> str:
        """A clause with blanks in place of the names of rows."""
        text = self.flat
        for each in self.labels:
            noun = _OF_ROW.match(text[each.end :].lstrip())
            last = each.end + (1 + noun.end() if noun else 0)
            text = text[: each.start] + " " * (last - each.start) + text[last:]
        return text[start:end]

    def pairs(self, one: NamedPart, other: NamedPart, place: int, start: int, end: int) -> list[Pair]:
        """The figures of two things in the columns that a claim may mean."""
        rows = self.rows_beside(one.dim, start, end)
        mine, theirs = [n for n in rows if n in one.rows], [n for n in rows if n in other.rows]
        return self.totals(mine, theirs, self.columns(place, start, end, [*mine, *theirs]))

    def pairs_in(self, one: NamedPart, other: NamedPart, start: int, columns: Sequence[int]) -> list[Pair]:
        """The figures of two things in certain columns."""
        rows = self.rows_beside(one.dim, start, len(self.flat))
        return self.totals([n for n in rows if n in one.rows], [n for n in rows if n in other.rows], columns)

    def quoted_pairs(self, one: NamedPart, other: NamedPart) -> list[Pair]:
        """The figures right after two things, if they are their cells in one column."""
        cells = []
        for named in (one, other):
            figure = next((each for each in self.figures if each.start >= named.end), None)
            cells.append([cell for cell in self.reading.cells(figure) if cell[0] in named.rows] if figure else [])
        return [
            (first, second)
            for row, column in cells[0]
            for line, place in cells[1]
            if column == place
            and (first := self.grid.numbers[row][column]) is not None
            and (second := self.grid.numbers[line][place]) is not None
        ]

    def totals(self, mine: Sequence[int], theirs: Sequence[int], columns: Sequence[int]) -> list[Pair]:
        """The figures of two sets of rows, column by column."""
        found = [(self.grid.total(n, mine), self.grid.total(n, theirs)) for n in columns]
        return [(first, second) for first, second in found if first is not None and second is not None]

    def by_label(self, dim: int, rows: Sequence[int]) -> list[list[int]]:
        """Rows by their label."""
        labels: dict[str, list[int]] = {}
        for n in rows:
            labels.setdefault(str(self.grid.rows[n][dim]), []).append(n)
        return list(labels.values())

    def quoted(self, start: int, end: int) -> str:
        """A piece of the sentence, to be named in a complaint."""
        return f"“{' '.join(self.flat[start:end].strip(' ,;:').split())[:80]}”"
