"""A sentence read with one result: what it names, and the cells that its figures match."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from motabot.offline.dates.ranges import Span
from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.figures import Written
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.named import COLUMNS, NamedPart
from motabot.text.normalize import fold_in_place
from motabot.text.regex import regex

Cell = tuple[int, int]
Group = Sequence[NamedPart]

#: Where a sentence turns to something else.
_TURN: Final = regex(
    r";|:\s|\s[–—-]\s|—|,?\s(?:while|whereas|but|yet|although|though|because|mientras(?: que)?|pero|aunque)\b"
)
_BREAK: Final = regex(
    r"[,;:()]|\s(?:and|y|of|from|over|against|to|than|with|on|at|by|for|per|out|de|en|con|a|por|sobre)\s"
)
_NEXT: Final = regex(r"[,;]\s|\s(?:and|y)\s")
_DURATION: Final = regex(
    r"[\s-]*(?:minutes?|mins?|hours?|hrs?|h|days?|d|seconds?|secs?|s|minutos?|horas?|dias?|segundos?)\b"
)
#: "Casual customers": the noun says what the rows are, not which column.
_OF_ROW: Final = regex(r"\s+(?:customers?|clients?|people|buyers|members?|shoppers|clientes?|ones)\b")
_ON_AVERAGE: Final = regex(r"(?: [a-z]+){0,2} on average\b")
_PRONOUN: Final = regex(r"\s*(?:it|they|he|she|that|this|ella|el|ellos)\b")
#: What any column of counts may be called.
_PLAIN_STEMS: Final = frozenset({"buyer", "bough", "custo", "ticke", "total", "count", "numbe", "sales"})
#: The words after a whole identify it.
_OUT_OF: Final = regex(r"\b(?:out )?of (?:the |our |all )*$|\b(?:against|versus|vs\.?) (?:the )?$")
#: A column of those who did not.
_DENIES: Final = regex(r"\b(?:never|not|no|non|without|lack\w*|nunca|sin)\b|n['’]t\b")
#: What is counted, and never money by itself.
_COUNTS: Final = frozenset({"points", "units", "customers", "visits", "texts", "leads", "unread", "products"})
#: "17 came once": customers came, and each such day is a visit.
_CAME: Final = frozenset({"came", "come", "visited"})
#: Other words for what a column counts, by its stem.
_SAID_AS: Final = {
    "buyer": "buyer|bought|buy|purchas", "bough": "bough|buyer|buy|purchas", "text": "text|messag",
    "conse": "conse|agree|may be texted|can be texted|opted in", "retur": "retur|came back|come back",
}  # fmt: skip
#: A word of at least this many letters names a column alone.
_LONG: Final = 5
#: A noun that a figure counts or measures.
_NOUN: Final = regex(r"(?:\s+(?:in|of|de|en|worth of))?((?:\s+[a-z]+){1,2})")


class HeldSentence:
    """A sentence read with one result.

    Attributes:
        grid: The result.
        flat: The sentence in lower case without accents, with the same length.
        mentions: What it names of the result, in its order.
        labels: Those of them that name rows.
        spans: The periods that it names.
        figures: Its figures.
        segments: Where its parts begin and end.
        earlier: The sentence before, in lower case: its subject may be meant.
    """

    def __init__(
        self,
        grid: Grid,
        sentence: str,
        mentions: Sequence[NamedPart],
        spans: Sequence[Span],
        figures: Sequence[Written],
        earlier: str = "",
    ) -> None:
        self.grid = grid
        self.flat = fold_in_place(sentence)
        self.mentions = mentions
        self.labels = [each for each in mentions if each.dim != COLUMNS and each.rows]
        self.spans = spans
        self.figures = figures
        #: The rows that the sentence before was about: "It outsells Trainwreck".
        self.spoken_of: frozenset[int] = frozenset()
        self.earlier = earlier
        self._cells: dict[Written, list[Cell]] = {}
        #: The sentence with blanks in place of the names of rows and the noun after them: "Standard members".
        self._bare = self.flat
        for each in mentions:
            if each.dim != COLUMNS and each.days is None:
                noun = _OF_ROW.match(self.flat[each.end :])
                last = each.end + (noun.end() if noun else 0)
                self._bare = self._bare[: each.start] + " " * (last - each.start) + self._bare[last:]
        cuts = [match.start() for match in _TURN.finditer(self.flat)]
        self.segments = list(itertools.pairwise([0, *cuts, len(sentence)]))

    def cells(self, figure: Written) -> list[Cell]:
        """The cells that a figure matches; a percentage may be the share that a cell has of its column."""
        if figure not in self._cells:
            self._cells[figure] = self._cells_like(figure)
        return self._cells[figure]

    def _cells_like(self, figure: Written) -> list[Cell]:
        grid = self.grid
        has_time = _DURATION.match(self.flat[figure.end :]) is not None
        return [
            (row, place)
            for row in range(len(grid.rows))
            for place in grid.measures
            if (
                has_unit(figure, grid.columns[place].unit, has_time=has_time)
                and not (figure.is_money and _is_counted(grid.columns[place].about))
                and any(map(figure.is_about, _as_written(figure, grid.readings(row, place))))
            )
            or (figure.is_percent and figure.is_about((grid.share(row, place) or Decimal(-1)) * 100))
        ]

    def is_written(self, figure: Written) -> bool:
        """Whether a percentage is the value of a cell."""
        return any(
            has_unit(figure, self.grid.columns[place].unit)
            and any(map(figure.is_about, _as_written(figure, self.grid.readings(row, place))))
            for row, place in self.cells(figure)
        )

    def segment_of(self, place: int) -> tuple[int, int]:
        """The part of the sentence that a place is in."""
        return next((each for each in self.segments if each[0] <= place < each[1]), (0, len(self.flat)))

    def start_of_phrase(self, figure: Written) -> int:
        """Where the words before a figure start that no figure before it is in."""
        start = self.segment_of(figure.start)[0]
        return max((each.end for each in self.figures if start <= each.end <= figure.start), default=start)

    @property
    def starts_with_pronoun(self) -> bool:
        """Whether the sentence continues about what the one before was about."""
        return _PRONOUN.match(self.flat) is not None

    @property
    def subject(self) -> frozenset[int]:
        """The rows that the sentence names first; those of the sentence before if it names none."""
        first = next((each.rows for each in self.mentions if each.dim != COLUMNS and each.rows), None)
        return self.spoken_of if first is None or self.starts_with_pronoun else first

    @cached_property
    def groups(self) -> list[list[NamedPart]]:
        """What the sentence names, grouped by its lists."""
        return _groups(self.mentions, self.flat)

    def said_of(self, figure: Written) -> frozenset[str]:
        """What the words around a figure are about."""
        if figure.is_percent:
            return frozenset()
        after = self.noun_after(figure)
        if after and _ON_AVERAGE.match(self.flat[figure.end :]):
            return after | {"average"}
        if after:
            return after
        start = self.segment_of(figure.start)[0]
        for each in self.figures:
            if each.end <= figure.start:
                noun = _NOUN.match(self.flat[each.end :]) if self.noun_after(each) else None
                start = max(start, each.end + (noun.end() if noun else 0))
        if start > self.segment_of(figure.start)[0]:  # words after the previous figure may still belong to it
            start = max(
                (start + match.end() for match in _NEXT.finditer(self.flat[start : figure.start])), default=start
            )
        return self.concepts_in(self._bare[start : figure.start])

    def noun_after(self, figure: Written) -> frozenset[str]:
        """The noun of a figure: "365 tickets", "$900.00 in refunds"."""
        following = _NOUN.match(self.flat[figure.end :])
        if following is None:
            return frozenset()
        words = _BREAK.split(following[1] + " ")[0].split()
        if words and words[0] in _CAME:
            is_text = following[1].endswith(" in") and any("inbound" in each.about for each in self.grid.columns)
            return frozenset({"inbound"}) if is_text else frozenset({"customers", "visits"})
        phrase = self.concepts_in(" ".join(words))
        return (self.concepts_in(words[0]) or phrase) if phrase else phrase  # "came in" does not count visits

    def is_named_after(self, figure: Written, place: int) -> bool:
        """Whether the words after a figure name no other column: "53 bought only edibles"."""
        _start, end = self.segment_of(figure.start)
        end = next((each.start for each in self.figures if figure.end <= each.start < end), end)
        words = self.flat[figure.end : end]
        own = {n: [each[1:] for each in self.grid.columns[n].about if each[0] == "="] for n in self.grid.measures}
        named = [n for n, names in own.items() if any(_names_column(each, words) for each in names)]
        if named:
            return place in named
        said = self.noun_after(figure)
        is_rival = any(self.grid.columns[n].about & said for n in self.grid.measures if n != place)
        stems = _stems(self.grid.columns[place].name)
        return not is_rival or not stems or any(re.search(rf"\b{word}", self.flat) for word in stems)

    def is_of_named_column(self, figure: Written, place: int) -> bool | None:
        """Whether the clause of a count says its column's name in full; None if it says no column's.

        Of several such columns the one with the most words is meant: "84 lapsed customers may be texted".
        """
        start, end = self.segment_of(figure.start)
        inside = (each for each in self.figures if start <= each.start < end)
        counts = [each for each in inside if not each.is_money and not each.is_percent]
        if len(counts) != 1 or not figure.is_count:
            return None
        start = figure.start if _OUT_OF.search(self.flat[: figure.start]) else start
        later = (each.start for each in self.figures if each.start >= figure.end and each.is_count)
        text = self.flat[start : next(later, len(self.flat) if end == self.segments[0][1] else end)]
        names = {n: self.grid.columns[n].name for n in self.grid.measures if self.grid.columns[n].unit == "count"}
        stems = {n: _stems(name) for n, name in names.items()}
        told = {
            n: words
            for n, words in stems.items()
            if words
            and all(re.search(rf"\b(?:{_SAID_AS.get(word, word)})", text) for word in words)
            and (not _DENIES.search(names[n]) or _DENIES.search(self.flat))
        }
        if place not in told and place in names and _DENIES.search(names[place]) and not _DENIES.search(self.flat):
            return False
        most = max((len(words - _PLAIN_STEMS) for words in told.values()), default=0)
        if not most:
            return None
        return place in told and len(told[place] - _PLAIN_STEMS) == most

    def counts_rows(self, figure: Written) -> bool:
        """Whether a figure counts the rows: "4 numbers", if no column is about numbers."""
        noun = _NOUN.match(self.flat[figure.end :])
        if not figure.is_count or figure.value != self.grid.size or self.grid.size < 2 or noun is None:
            return False
        said = self.noun_after(figure)
        is_named = bool(_BREAK.split(noun[1] + " ")[0].strip())
        return is_named and not any(self.grid.columns[n].about & said for n in self.grid.measures)

    def concepts_in(self, words: str) -> frozenset[str]:
        """What words are about, including columns by their own name."""
        names = {f"={column.name}" for column in self.grid.columns if f"={column.name}" in column.about}
        firsts = [column.name.split()[0] for column in self.grid.columns if column.name]
        alone = {name for name in names if firsts.count(name[1:].split()[0]) == 1}
        return concepts_in(words) | {
            name for name in names if _names_column(name[1:], words, is_short=name in alone)
        }


def _stems(name: str) -> frozenset[str]:
    """The meaningful words of a column's name, cut to what all their forms share."""
    return frozenset(word[:5].removesuffix("ed") for word in name.split() if len(word) > 3)


def _names_column(name: str, words: str, *, is_short: bool = True) -> bool:
    """Whether words say a column's name, or its first word alone: "active" for "active 30d"."""
    first = name.split()[0]
    said = name if len(first) < _LONG or not is_short else first
    return re.search(rf"\b{re.escape(said)}\b", words) is not None


def _is_counted(about: frozenset[str]) -> bool:
    """Whether a column counts something, so that its figures are not money."""
    return bool(about) and about <= _COUNTS


def has_unit(figure: Written, unit: str, *, has_time: bool = False) -> bool:
    """Whether a figure may have a unit: a count is not a sum of money."""
    if unit == "duration":
        return has_time
    if figure.is_percent:
        return unit not in ("count", "money")
    return not figure.is_money or unit not in ("count", "percent")


def _as_written(figure: Written, numbers: Iterable[Decimal]) -> Iterator[Decimal]:
    """Numbers as a figure may mean them: a percentage may mean a fraction."""
    for number in numbers:
        yield number
        if figure.is_percent:
            yield number * 100


def _groups(mentions: Sequence[NamedPart], flat: str) -> list[list[NamedPart]]:
    """Mentions in lists: "Oakland, Berkeley and San Jose" is one."""
    found: list[list[NamedPart]] = []
    for each in mentions:
        last = found[-1][-1] if found else None
        between = flat[last.end : each.start] if last else ""
        if last and last.dim == each.dim and re.fullmatch(r"\s*(?:,|and|&|y|e|plus|/|,\s*and|,\s*y)\s*", between):
            found[-1].append(each)
        else:
            found.append([each])
    return found
