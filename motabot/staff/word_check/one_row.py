"""Claims about a single row, or each row by itself: a part of a whole, one column above another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.courses import FRACTIONS, HEDGE, is_times
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_PART: Final = regex(
    HEDGE.replace("less than", "less than|fewer than|just under")
    + r"(?:(?:an? |one )?(?P<part>half|two[ -]thirds|third|three[ -]quarters|quarter|fifth)|(?P<most>most)) of\b"
)
#: "Half of them are below $66.00" is about a median.
_BELOW: Final = regex(r"[^.;]{0,30}\b(?:below|above|under|over|less than|more than)\s+\$?\d")
_NOT: Final = regex(r"\b(?:not|cannot|never|no|without)\b|n['’]t\b")
_LETTERS: Final = regex(r"[a-z]{4,}|\d+")
#: How many letters identify a word.
_STEM: Final = 5
_MOST_ROWS: Final = 60
_PASSED: Final = regex(
    r"\b(?P<above>(?:passed|exceeded|beaten|beat|topped|surpassed)|(?:is|are|was|were) (?:already |all |well "
    r"|now )*"
    r"(?:ahead of|above|past))(?: already)? (?:(?:its|their|the)(?: own)? )?(?P<what>[a-z0-9 ]+?)(?=[,.;:(]|$"
    r"| by\b| so\b)"
    r"|\b(?:is|are|was|were) (?:still |all |well )*(?P<below>behind|below|short of) (?:its|their)(?: own)?"
    r" (?P<other>[a-z0-9 ]+?)(?=[,.;:(]|$| by\b| so\b)"
)


def claims_of_one_row(standing: Standing) -> Iterator[Verdict]:
    """Each such claim with whether the cells support it; what they cannot tell is left out."""
    if len(standing.grid.rows) == 1:
        yield from _of_part(standing)
    yield from _of_own_columns(standing)


def _of_part(standing: Standing) -> Iterator[Verdict]:
    """ "Only half of them came back": some count of the row is such a part of another, or the rest of it."""
    grid, flat = standing.grid, standing.flat
    for match in _PART.finditer(flat):
        start, end = standing.reading.segment_of(match.start())
        if standing.is_denied(start, match.start()):
            continue
        told = [] if _BELOW.match(flat[match.end() :]) else list(_parts(standing, flat[start:end]))
        percents = [n for n in grid.measures if grid.columns[n].unit == "percent"]
        if told:
            told += [number / 100 for n in percents if (number := grid.numbers[0][n]) is not None]
            if _NOT.search(flat[start:end]):
                told += [1 - each for each in told]
            half = Decimal("0.5")
            factor = half if match["most"] else Decimal(FRACTIONS[match["part"].replace("-", " ")])
            is_true = any(
                each >= half if match["most"] else is_times(each, Decimal(1), factor, match["hedge"])
                for each in told
            )
            yield Verdict(standing.quoted(match.start(), end), is_true)


def _parts(standing: Standing, words: str) -> Iterator[Decimal]:
    """What parts the columns whose names the words say most of are of the larger ones of their unit."""
    grid = standing.grid
    said = {each[:_STEM] for each in _LETTERS.findall(words)}
    pairs = []
    for one, other in itertools.permutations(grid.measures, 2):
        part, whole = grid.numbers[0][one], grid.numbers[0][other]
        is_alike = grid.columns[one].unit == grid.columns[other].unit and grid.columns[other].adds_up
        if is_alike and part is not None and whole and part < whole:
            names = {n: {each[:_STEM] for each in _LETTERS.findall(grid.columns[n].name)} for n in (one, other)}
            pairs.append((len(names[one] & said) + len(names[other] & said), part / whole))
    most = max((score for score, _part in pairs), default=0)
    yield from (part for score, part in pairs if score == most)


def _of_own_columns(standing: Standing) -> Iterator[Verdict]:
    """ "Vapes are ahead of their first half": one of two columns above the other, in the rows that are named."""
    grid = standing.grid
    money = [n for n in grid.measures if grid.columns[n].adds_up and "change" not in grid.columns[n].about]
    for match in _PASSED.finditer(standing.flat) if len(money) == 2 and len(grid.rows) <= _MOST_ROWS else ():
        what = (match["what"] or match["other"]).split()
        targets = [
            n for n in money if {*what} & {*grid.columns[n].name.split()} and _has_all(grid.columns[n].name, what)
        ]
        if len(targets) != 1 or standing.is_denied(0, match.start()):
            continue
        [own] = [n for n in money if n != targets[0]]
        start, _end = standing.reading.segment_of(match.start())
        named = [each for each in standing.labels if start <= each.start < match.start()]
        rows = sorted({n for each in named for n in each.rows})
        is_all = re.search(r"\b(?:all|every|each)\b", standing.flat[start : match.start()]) is not None
        if not rows and not is_all:
            continue
        pairs = [(grid.numbers[n][own], grid.numbers[n][targets[0]]) for n in rows or range(len(grid.rows))]
        is_true = all(
            one > other if match["above"] else one < other
            for one, other in pairs
            if one is not None and other is not None
        )
        yield Verdict(standing.quoted(start, match.end()), is_true)


def _has_all(name: str, words: list[str]) -> bool:
    return all(word in name.split() for word in words if word not in ("sales", "total", "so", "far", "figure"))
