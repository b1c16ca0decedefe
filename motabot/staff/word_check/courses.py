"""Claims of course and size: "fell", "up", "doubled", "twice as much", "a third more", "half of sales"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.mentions import COLUMNS, NamedPart
from motabot.staff.word_check.standing import Pair, Standing, Verdict
from motabot.text.number_words import number_words

UP: Final = re.compile(
    r"\b(?:rose|rises?|rising|grew|grows?|growing|increased|increases|gained|gains|climb(?:ed|s)?|improved"
    r"|jumped"
    r"|(?<!add )(?<!adds )(?<!make )(?<!makes )(?<!made )(?<!sum )(?<!end )(?<!ended )(?<!sign )(?<!signed )"
    r"(?<!pick )(?<!picked )(?<!back )(?<!follow )(?<!open )up(?! to)|subi\w*|aument\w*|crec\w*)\b"
)
DOWN: Final = re.compile(
    r"\b(?:fell|(?<!that )(?<!this )(?<!last )(?<!each )(?<!every )(?<!next )falls?|fallen"
    r"|falling|drop(?:ped|s)?|declined|declines|decreased|down(?! to the)|lost|shrank"
    r"|shrunk|slipped|baj(?:o|a|an|aron|ado)|cay\w*|disminuy\w*)\b"
)
#: "Fell after that": the period is not the one that is named.
_AFTER: Final = re.compile(r" (?:again )?(?:after|later|since|thereafter|then|despues|desde entonces)\w*\b")
_FROM: Final = re.compile(r"\b(?:from|de|desde)\s*$")
_TO: Final = re.compile(r"\b(?:to|a)\b")
_OF_IT: Final = re.compile(r"\s*of (?:the |our |all )*(?:(?!what|that)[a-z]+ )?")
_OFTEN: Final = re.compile(r"\s+(?:as|mas)\s+(?:often|frequently|fast|quickly|seguido|rapido)\b")
#: What something has moved from: "up 11% on the week before".
_BASE: Final = re.compile(r"\b(?:on|over|than|from|against|versus|vs\.?|compared (?:with|to)|que|frente a)\s*$")
_FRACTIONS: Final = {
    "half": "0.5", "la mitad": "0.5", "third": "0.33333", "un tercio": "0.33333", "quarter": "0.25",
    "un cuarto": "0.25", "two thirds": "0.66667", "three quarters": "0.75", "fifth": "0.2",
}  # fmt: skip
_MULTIPLES: Final = {
    "twice": "2", "double": "2", "el doble": "2", "doubled": "2", "triple": "3", "el triple": "3", "tripled": "3",
    "quadrupled": "4", "halved": "0.5", "cut in half": "0.5",
    **{word: str(value) for word, value in number_words(2, 10).items()},
}  # fmt: skip
_HEDGE: Final = (
    r"(?:(?P<hedge>about|around|roughly|nearly|almost|casi|unas?|over|more than|mas de|(?:just|a little"
    r"|slightly)"
    r" (?:over|more than)|poco mas de|less than|menos de|under|just under|at least)\s+)?"
)
_TIMES: Final = re.compile(
    _HEDGE + r"(?:(?P<times>\d+(?:\.\d+)?|two|three|four|five|ten|dos|tres|cuatro)(?P<half> and a half)? (?:times"
    r"|veces)"
    r"(?= (?:as|more|the|higher|larger|bigger|that|what|mas|que|lo)\b)"
    r"|(?P<multiple>twice|double|triple|el doble|el triple))\b"
)
_PART: Final = re.compile(
    _HEDGE + r"(?:\b(?:an? )?(?P<part>half|two[ -]thirds|three quarters|la mitad|un tercio|un cuarto)"
    r"|\b(?:an?|one) (?P<small>third|quarter|fifth))\b"
    r"(?= (?:of|as|more|less|higher|lower|larger|smaller|the|mas|menos|de|que)\b)"
    r"(?P<how> (?:more|less|higher|lower|larger|smaller|mas|menos))?"
)
_TURNED: Final = re.compile(
    _HEDGE + r"\b(?:se )?(?P<turned>doubled|tripled|quadrupled|halved|cut in half|duplic\w+|triplic\w+)\b"
)
#: "Two grew": which ones is not said.
_SOME: Final = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|some|several|most|many|dos|tres|cuatro|algun[oa]s"
    r"|varias?)\b"
)
#: A claim's other side is so near to it.
_NEAR: Final = 60
_PLAIN: Final = (Decimal("0.93"), Decimal("1.07"))
_BOUNDS: Final = (
    (re.compile(r"nearly|almost|casi"), (Decimal("0.8"), Decimal("1.005"))),
    (re.compile(r"under|less|menos"), (Decimal("0.75"), Decimal("1.005"))),
    (re.compile(r"over|more|mas|at least"), (Decimal("0.995"), Decimal("1.25"))),
    (re.compile(r"about|around|roughly|una"), (Decimal("0.85"), Decimal("1.15"))),
)


def claims_of_course(standing: Standing) -> Iterator[Verdict]:
    """Each claim of course or size with whether the rows support it; what they cannot tell is left out."""
    for start, end in standing.clauses():
        if standing.has_exception(start, end):
            continue  # what moved is not what is named
        for pattern, is_up in ((UP, True), (DOWN, False)):
            for match in pattern.finditer(standing.flat[start:end]):
                place = start + match.start()
                changes = [] if standing.is_denied(start, place) else changes_of(standing, place, start, end)
                if changes and not _AFTER.match(standing.flat[start + match.end() :]):
                    is_true = any(late > early if is_up else late < early for early, late in changes)
                    yield Verdict(f"{standing.quoted(start, end)} ({match[0]})", is_true)
        for match in _TURNED.finditer(standing.flat[start:end]):
            changes = _moves(standing, start + match.start(), start, end)
            factor = Decimal(_MULTIPLES.get(match["turned"], "3" if match["turned"].startswith("tri") else "2"))
            if changes:
                claim = f"{standing.quoted(start, end)} ({match[0]})"
                is_true = any(_is_times(late, early, factor, match["hedge"]) for early, late in changes)
                yield Verdict(claim, is_true)
    yield from _multiples(standing)


# -- sizes


def _multiples(standing: Standing) -> Iterator[Verdict]:
    """How many times one thing is another, and what part of the whole."""
    for match in _TIMES.finditer(standing.flat):
        times = match["times"] or match["multiple"]
        factor = Decimal(_MULTIPLES.get(times, times)) + (Decimal("0.5") if match["half"] else 0)
        yield from _sized(standing, match, factor, is_part=False)
    for match in _PART.finditer(standing.flat):
        factor = Decimal(_FRACTIONS[(match["part"] or match["small"]).replace("-", " ")])
        if how := (match["how"] or "").strip():
            factor = 1 + factor if how in ("more", "higher", "larger", "mas") else 1 - factor
        yield from _sized(standing, match, factor, is_part=not match["how"])


def _sized(standing: Standing, match: re.Match[str], factor: Decimal, *, is_part: bool) -> Iterator[Verdict]:
    start, end = standing.reading.segment_of(match.start())
    after = [each for each in standing.labels if match.end() <= each.start < match.end() + _NEAR][:1]
    before = [each for each in standing.labels if each.end <= match.start()]
    subject = standing.subject_before(match.start(), after[0].dim) if after else []
    told: list[bool] = []
    if after and subject:
        found = standing.pairs(
            subject[0], after[0], match.start(), min(start, subject[0].start), max(end, after[0].end)
        )
        told = [_is_times(one, other, factor, match["hedge"]) for one, other in found]
        if _OFTEN.match(standing.flat[match.end() :]):  # twice as often is half as many days
            told += [_is_times(other, one, factor, match["hedge"]) for one, other in found]
    is_of_it = bool(after) and _OF_IT.fullmatch(standing.flat[match.end() : after[0].start]) is not None
    alone = after if is_of_it else before[-1:] or after
    if is_part and alone and (is_of_it or not subject or not after):
        told += _portions(standing, alone[0], before, factor, match["hedge"] or "", start, end)
        inner = [_is_times(one, other, factor, match["hedge"]) for one, other in _within(standing, after[:1])]
        told += [True] if any(inner) else []
    if told:
        yield Verdict(f"{standing.quoted(start, max(end, match.end()))} ({match[0]})", any(told))


def _portions(
    standing: Standing,
    subject: NamedPart,
    before: Sequence[NamedPart],
    factor: Decimal,
    hedge: str,
    start: int,
    end: int,
) -> list[bool]:
    """Whether a thing, or those named together with it, are such a part of their column."""
    listed = [group for group in standing.reading.groups if subject in group]
    listed.append([each for each in before if each.dim == subject.dim])
    return [
        each for subjects in ([subject], *listed) for each in _parts(standing, subjects, factor, hedge, start, end)
    ]


def _parts(
    standing: Standing, subjects: Sequence[NamedPart], factor: Decimal, hedge: str, start: int, end: int
) -> list[bool]:
    """Whether things together are such a part of their column, in the columns that may be meant."""
    rows = [n for n in range(len(standing.grid.rows)) if any(n in each.rows for each in subjects)]
    whole = [n for n in range(len(standing.grid.rows)) if n not in standing.grid.totals]
    found = standing.totals(rows, whole, standing.columns(end, start, end, rows))
    return [_is_times(one, other, factor, hedge) for one, other in found]


def _within(standing: Standing, subjects: Sequence[NamedPart]) -> Iterator[Pair]:
    """Each two figures of one unit in a row: "a third of the Flower (30 of 87)"."""
    grid = standing.grid
    for row in sorted({n for each in subjects for n in each.rows}):
        for one, other in itertools.permutations(grid.measures, 2):
            first, second = grid.numbers[row][one], grid.numbers[row][other]
            if grid.columns[one].unit == grid.columns[other].unit and first is not None and second:
                yield first, second


def _is_times(one: Decimal, other: Decimal, factor: Decimal, hedge: str | None) -> bool:
    if not other:
        return False
    low, high = next((bounds for pattern, bounds in _BOUNDS if pattern.search(hedge or "")), _PLAIN)
    return low <= one / other / factor <= high


# -- courses


def changes_of(standing: Standing, place: int, start: int, end: int) -> list[Pair]:
    """Early and late figures of what a clause says has moved."""
    turns = [match.start() for pattern in (UP, DOWN) for match in pattern.finditer(standing.flat, place + 1, end)]
    end = min(turns, default=end)  # what turns again is another claim
    is_first = not any(pattern.search(standing.flat[start:place]) for pattern in (UP, DOWN))
    if pair := _from_to(standing, place, end) or (_from_to(standing, start, end) if is_first else None):
        return [pair]
    grid = standing.grid
    subjects = standing.subjects(place, start, end)
    changes = [n for n in grid.measures if "change" in grid.columns[n].about]
    told = [
        number
        for figure in standing.figures
        if start <= figure.start < end
        for row, column in standing.reading.cells(figure)
        if column in changes
        and any(row in each.rows for each in standing.labels)
        and (number := grid.numbers[row][column]) is not None
    ]
    if told:
        return [(Decimal(0), number) for number in told]
    if changes and subjects:
        rows = [n for n in range(len(grid.rows)) if all(n in each.rows for each in subjects)]
        found = [number for column in changes for n in rows if (number := grid.numbers[n][column]) is not None]
        return [(Decimal(0), number) for number in found]
    return _moves(standing, place, start, end)


def _from_to(standing: Standing, start: int, end: int) -> Pair | None:
    """The figures of "from $40 to $50", each with whatever it is said to be of."""
    inside = [each for each in standing.figures if start <= each.start < end]
    for one, other in itertools.pairwise(inside):
        if _FROM.search(standing.flat[start : one.start]) and _TO.search(standing.flat[one.end : other.start]):
            return one.value, other.value
    return None


def _moves(standing: Standing, place: int, start: int, end: int) -> list[Pair]:
    """Early and late figures of a clause's subject: in rows of periods, or in columns of them."""
    grid = standing.grid
    has_names = bool(standing.reading.mentions) or len(grid.rows) == 2
    if not has_names or _SOME.search(standing.flat[start:end]):
        return []
    wide = sorted((days, n) for n in grid.measures if (days := grid.columns[n].days) is not None)
    if len({days for days, _n in wide}) > 1:
        rows = standing.rows_beside(COLUMNS, start, end)
        early, late = grid.total(wide[0][1], rows), grid.total(wide[-1][1], rows)
        return [] if early is None or late is None else [(early, late)]
    for dim in grid.labels:
        order = grid.order(dim)
        if len(order) < 2 or not (grid.is_axis(dim) or dim not in grid.periods):
            continue
        times = _times(standing, dim, order, start, end)
        if times is None:
            continue
        rows = standing.rows_beside(dim, start, end)
        early_rows, late_rows = ([n for n in rows if str(grid.rows[n][dim]) == each] for each in times)
        return standing.totals(
            early_rows, late_rows, _measures(standing, place, start, end, [*early_rows, *late_rows])
        )
    return []


def _measures(standing: Standing, place: int, start: int, end: int, rows: Sequence[int]) -> list[int]:
    columns = standing.columns(place, start, end, rows)
    return [n for n in columns if standing.grid.columns[n].unit != "percent"] or columns


def _times(standing: Standing, dim: int, order: Sequence[str], start: int, end: int) -> tuple[str, str] | None:
    """The labels from which and to which something moved; None where a clause does not say."""
    grid = standing.grid
    inside = [each for each in standing.labels if each.dim == dim and start <= each.start < end]
    if inside and all(_BASE.search(standing.flat[: each.start]) for each in inside):
        inside += [each for each in standing.labels if each.dim == dim and each.end <= start][-1:]
    inside = inside or [each for each in standing.labels if each.dim == dim]
    named = {str(grid.rows[n][dim]) for each in inside for n in each.rows}
    places = sorted(order.index(label) for label in named if label in order)
    if len(places) > 1:
        return order[places[0]], order[places[-1]]
    if places:
        return (order[places[0] - 1], order[places[0]]) if places[0] else None
    return (order[0], order[-1]) if len(order) == 2 else None
