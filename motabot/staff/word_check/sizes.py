"""Claims of size: "twice as much", "a third more", "half of sales"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.courses import FRACTIONS, HEDGE, MULTIPLES, is_times
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.standing import Pair, Standing, Verdict
from motabot.text.regex import regex

_OF_IT: Final = regex(r"\s*of (?:the |our |all )*(?:(?!what|that)[a-z]+ )?")
#: "A third of the total, followed by Vapes": of everything.
_OF_ALL: Final = regex(
    r"\s*of (?:the |our |all |its |net |gross |that |them )*(?:total|whole|sales|revenue|everything|tickets"
    r"|money|business|spending|spend|spent|purchases|visits"
    r"|that|them|it|all|units|turnover)\b(?:[,.;:()]|$|,? (?:and|while|but|followed|everywhere|overall|across"
    r"|in each)\b)"
)
_OFTEN: Final = regex(r"\s+(?:as|mas)\s+(?:often|frequently|fast|quickly|seguido|rapido)\b")
_TIMES: Final = regex(
    HEDGE + r"(?:(?P<times>\d+(?:\.\d+)?|two|three|four|five|ten|dos|tres|cuatro)(?P<half> and a half)? (?:times"
    r"|veces)"
    r"(?= (?:as|more|the|higher|larger|bigger|that|what|mas|que|lo)\b)"
    r"|(?P<multiple>twice|double|triple|half again(?= as)|el doble|el triple))\b"
)
_PART: Final = regex(
    HEDGE + r"(?:\b(?:an? )?(?P<part>half|two[ -]thirds|three quarters|la mitad|un tercio|un cuarto)"
    r"|\b(?:an?|one) (?P<small>third|quarter|fifth))\b"
    r"(?= (?:of|as|more|less|higher|lower|larger|smaller|the|mas|menos|de|que)\b)"
    r"(?P<how> (?:more|less|higher|lower|larger|smaller|mas|menos))?"
)
_FROM_IT: Final = regex(r"\b(?:comes?|came|coming|from|falls?|fell)\b")
_OWN: Final = regex(r" of (?:its|their|his|her|the)\b")
#: How close the other side of a claim is, in characters.
_NEAR: Final = 60


def claims_of_size(standing: Standing) -> Iterator[Verdict]:
    """Claims of how many times one thing is another, or of its share of the whole."""
    for match in _TIMES.finditer(standing.flat):
        times = match["times"] or match["multiple"]
        factor = Decimal(MULTIPLES.get(times, times)) + (Decimal("0.5") if match["half"] else 0)
        yield from _sized(standing, match, factor, is_part=False)
    for match in _PART.finditer(standing.flat):
        factor = Decimal(FRACTIONS[(match["part"] or match["small"]).replace("-", " ")])
        if how := (match["how"] or "").strip():
            factor = 1 + factor if how in ("more", "higher", "larger", "mas") else 1 - factor
        yield from _sized(standing, match, factor, is_part=not match["how"])


def _sized(standing: Standing, match: re.Match[str], factor: Decimal, *, is_part: bool) -> Iterator[Verdict]:
    start, end = standing.reading.segment_of(match.start())
    after = [each for each in standing.labels if match.end() <= each.start < match.end() + _NEAR][:1]
    before = [each for each in standing.labels if each.end <= match.start()]
    if is_part and after and _OF_ALL.match(standing.flat[match.end() :]):
        after = []
    subject = standing.subject_before(match.start(), after[0].dim) if after else []
    told: list[bool] = []
    if after and subject:
        found = standing.pairs(
            subject[0], after[0], match.start(), min(start, subject[0].start), max(end, after[0].end)
        )
        told = [is_times(one, other, factor, match["hedge"]) for one, other in found]
        if _OFTEN.match(standing.flat[match.end() :]):  # twice as often is half as many days
            told += [is_times(other, one, factor, match["hedge"]) for one, other in found]
    is_of_it = bool(after) and _OF_IT.fullmatch(standing.flat[match.end() : after[0].start]) is not None
    alone = after if is_of_it else before[-1:] or after
    if is_part and alone and (is_of_it or not subject or not after):
        told += _portions(standing, alone[0], before, factor, match["hedge"] or "", start, end)
        is_from = _FROM_IT.search(standing.flat, match.end(), alone[0].start) is not None
        beside = after[:1] or (before[-1:] if _OWN.match(standing.flat[match.end() :]) else [])
        inner = (
            []
            if is_from
            else [is_times(one, other, factor, match["hedge"]) for one, other in _within(standing, beside)]
        )
        told += [
            is_times(one, other, factor, match["hedge"]) for one, other in _of_own_total(standing, match.end())
        ]
        told += [True] if any(inner) else []
    if told:
        yield Verdict(f"{standing.quoted(start, max(end, match.end()))} ({match[0]})", any(told))


def _of_own_total(standing: Standing, end: int) -> Iterator[Pair]:
    """The share that the rows of all labels have of the rows of each: San Jose's weekends of San Jose."""
    named: dict[int, set[int]] = {}
    for each in standing.labels:
        named.setdefault(each.dim, set()).update(each.rows)
    if len(named) < 2 or not _OWN.match(standing.flat[end:]):
        return
    both = sorted(set.intersection(*named.values()))
    for rows in named.values():
        yield from standing.totals(both, sorted(rows), standing.grid.measures)


def _portions(
    standing: Standing,
    subject: NamedPart,
    before: Sequence[NamedPart],
    factor: Decimal,
    hedge: str,
    start: int,
    end: int,
) -> list[bool]:
    """Whether a thing, or those named with it, have the claimed share of their column."""
    listed = [group for group in standing.reading.groups if subject in group]
    listed.append([each for each in before if each.dim == subject.dim])
    return [
        each for subjects in ([subject], *listed) for each in _parts(standing, subjects, factor, hedge, start, end)
    ]


def _parts(
    standing: Standing, subjects: Sequence[NamedPart], factor: Decimal, hedge: str, start: int, end: int
) -> list[bool]:
    """Whether things together have the claimed share of their column, in the columns that may be meant."""
    rows = [n for n in range(len(standing.grid.rows)) if any(n in each.rows for each in subjects)]
    whole = [n for n in range(len(standing.grid.rows)) if n not in standing.grid.totals]
    found = standing.totals(rows, whole, standing.columns(end, start, end, rows))
    return [is_times(one, other, factor, hedge) for one, other in found]


def _within(standing: Standing, subjects: Sequence[NamedPart]) -> Iterator[Pair]:
    """Each two figures of one unit in a row: "a third of the Flower (30 of 87)"."""
    grid = standing.grid
    for row in sorted({n for each in subjects for n in each.rows}):
        for one, other in itertools.permutations(grid.measures, 2):
            first, second = grid.numbers[row][one], grid.numbers[row][other]
            if grid.columns[one].unit == grid.columns[other].unit and first is not None and second:
                yield first, second
