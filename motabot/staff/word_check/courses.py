"""Claims of a change from one figure to another: "fell", "up", "doubled"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.named import COLUMNS
from motabot.staff.word_check.standing import Pair, Standing, Verdict
from motabot.text.number_words import number_words
from motabot.text.regex import regex

UP: Final = regex(
    r"\b(?:rose|risen|rises?|rising|grew|grown|grows?|growing|increased|increases|gained|gains|climb(?:ed|s)?"
    r"|improved|rebounded|surged"
    r"|jumped"
    r"|(?<!add )(?<!adds )(?<!make )(?<!makes )(?<!made )(?<!sum )(?<!end )(?<!ended )(?<!sign )(?<!signed )"
    r"(?<!pick )(?<!picked )(?<!ring )(?<!rang )(?<!rung )"
    r"(?<!take )(?<!took )(?<!back )(?<!follow )(?<!open )up(?! to)"
    r"|subi\w*|aument\w*|crec\w*)\b"
    r""
    r""
    r""
)
DOWN: Final = regex(
    r"\b(?:fell|(?<!that )(?<!this )(?<!last )(?<!each )(?<!every )(?<!next )falls?|fallen"
    r"|falling|drop(?:ped|s|ping)?|dip(?:ped|s)?|slid|sank|declined?|declines|declining|decreased?|shrink(?:s|ing)?"
    r"|(?<!slow )(?<!slowed )(?<!slowing )(?<!slows )(?<!broken )"
    r"(?<!break )down(?! to the)"
    r"|lost|shrank"
    r"|shrunk|slipped|baj(?:o|a|an|aron|ado)|cay\w*|disminuy\w*)\b"
)
#: "Fell after that": the period is not the named one.
_AFTER: Final = regex(r" (?:again )?(?:after|later|since|thereafter|then|despues|desde entonces)\w*\b")
_FROM: Final = regex(r"\b(?:from|de|desde)\s*$")
_TO: Final = regex(r"\b(?:to|a)\b")
#: "Then fell back to $40".
_THEN: Final = regex(r"\b(?:then|before|and later) $")
_BACK_TO: Final = regex(r" (?:back |again )?to (?:about |just |only )?$")
#: Steps are another claim.
_IN_STEPS: Final = regex(r"\bin a row\b|\brunning\b(?= [a-z]+ (?:of|in))")
#: The base of a change: "up 11% on the week before".
_BASE: Final = regex(r"\b(?:on|over|than|from|against|versus|vs\.?|compared (?:with|to)|que|frente a)\s*$")
#: "Compared with May, October is down".
_COMPARED: Final = regex(r"\b(?:compared (?:with|to)|versus|vs\.?|against|relative to|next to|frente a)\s*$")
#: A period may be named with the word before it.
_ITSELF: Final = regex(r"(?:on|over|than|against|versus)\b")
FRACTIONS: Final = {
    "half": "0.5", "la mitad": "0.5", "third": "0.33333", "un tercio": "0.33333", "quarter": "0.25",
    "un cuarto": "0.25", "two thirds": "0.66667", "three quarters": "0.75", "fifth": "0.2",
}  # fmt: skip
MULTIPLES: Final = {
    "twice": "2", "double": "2", "el doble": "2", "doubled": "2", "triple": "3", "el triple": "3", "tripled": "3",
    "quadrupled": "4", "half again": "1.5", "halved": "0.5", "cut in half": "0.5",
    **{word: str(value) for word, value in number_words(2, 10).items()},
}  # fmt: skip
HEDGE: Final = (
    r"(?:(?P<hedge>about|around|roughly|nearly|almost|casi|unas?|over|more than|mas de|(?:just|a little"
    r"|slightly)"
    r" (?:over|more than)|poco mas de|less than|menos de|under|just under|at least)\s+)?"
)
_TURNED: Final = regex(
    HEDGE + r"\b(?:se )?(?P<turned>doubled|tripled|quadrupled|halved|cut in half|duplic\w+|triplic\w+)\b"
)
#: "Two grew" does not say which ones.
_SOME: Final = regex(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|some|several|most|many|dos|tres|cuatro|algun[oa]s"
    r"|varias?)\b"
)
_SO_MANY: Final = regex(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|some|several|both|\d)(?: of (?:them"
    r"|the \w+))?(?: [a-z]+)? $"
)
_PLAIN: Final = (Decimal("0.93"), Decimal("1.07"))
_BOUNDS: Final = (
    (regex(r"nearly|almost|casi"), (Decimal("0.8"), Decimal("1.005"))),
    (regex(r"under|less|menos"), (Decimal("0.75"), Decimal("1.005"))),
    (regex(r"over|more|mas|at least"), (Decimal("0.995"), Decimal("1.45"))),
    (regex(r"about|around|roughly|una"), (Decimal("0.85"), Decimal("1.15"))),
)


def claims_of_course(standing: Standing) -> Iterator[Verdict]:
    """Each claim of trend, and whether the rows support it; claims that they cannot decide are left out."""
    for start, end in standing.clauses():
        if standing.has_exception(start, end) or _IN_STEPS.search(standing.flat[start:end]):
            continue  # the clause does not name what moved
        for pattern, is_up in ((UP, True), (DOWN, False)):
            for match in pattern.finditer(standing.flat[start:end]):
                place = start + match.start()
                if _SO_MANY.search(standing.flat[:place]):
                    continue  # "two stores grew and two shrank" counts them
                changes = [] if standing.is_denied(start, place) else changes_of(standing, place, start, end)
                if changes and not _AFTER.match(standing.flat[start + match.end() :]):
                    is_true = any(late > early if is_up else late < early for early, late in changes)
                    yield Verdict(f"{standing.quoted(start, end)} ({match[0]})", is_true)
        for match in _TURNED.finditer(standing.flat[start:end]):
            changes = moves_of(standing, start + match.start(), start, end)
            factor = Decimal(MULTIPLES.get(match["turned"], "3" if match["turned"].startswith("tri") else "2"))
            if changes:
                claim = f"{standing.quoted(start, end)} ({match[0]})"
                is_true = any(is_times(late, early, factor, match["hedge"]) for early, late in changes)
                yield Verdict(claim, is_true)


# -- sizes


def is_times(one: Decimal, other: Decimal, factor: Decimal, hedge: str | None) -> bool:
    if not other:
        return False
    low, high = next((bounds for pattern, bounds in _BOUNDS if pattern.search(hedge or "")), _PLAIN)
    return low <= one / other / factor <= high


# -- trends


def changes_of(standing: Standing, place: int, start: int, end: int) -> list[Pair]:
    """Early and late figures of what a clause says moved."""
    turns = [match.start() for pattern in (UP, DOWN) for match in pattern.finditer(standing.flat, place + 1, end)]
    end = min(turns, default=end)  # a second turn is another claim
    is_first = not any(pattern.search(standing.flat[start:place]) for pattern in (UP, DOWN))
    if (
        pair := _then_to(standing, place, end)
        or _from_to(standing, place, end)
        or (_from_to(standing, start, end) if is_first else None)
    ):
        return [pair]
    if pair := _from_earlier(standing, place, end):
        return [pair]
    grid = standing.grid
    subjects = standing.subjects(place, start, end)
    changes = [n for n in grid.measures if "change" in grid.columns[n].about]
    after = [each for each in standing.figures if place < each.start < end and standing.reading.cells(each)]
    if has_other_base(standing, start, end):
        changes = []
    if after and not any(column in changes for each in after for _row, column in standing.reading.cells(each)):
        changes = []  # a figure of another measure follows
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
    return moves_of(standing, place, start, end)


def has_other_base(standing: Standing, start: int, end: int) -> bool:
    """Whether a clause compares with a period other than the previous one: "up on August" for October."""
    grid = standing.grid
    for base in standing.labels:
        said = standing.flat[: base.start]
        is_base = _BASE.search(said) or _COMPARED.search(said) or _ITSELF.match(standing.flat[base.start :])
        if base.dim not in grid.periods or not is_base:
            continue
        beside = [
            each
            for each in standing.labels
            if each.dim == base.dim and each is not base and start <= each.start < end
        ]
        if any(base.rows.isdisjoint(grid.before(n, (base.dim,))) for each in beside for n in each.rows):
            return True
    return False


def _from_to(standing: Standing, start: int, end: int) -> Pair | None:
    """The figures of "from $40 to $50", each with what it is about."""
    inside = [each for each in standing.figures if start <= each.start < end]
    for one, other in itertools.pairwise(inside):
        if _FROM.search(standing.flat[start : one.start]) and _TO.search(standing.flat[one.end : other.start]):
            return one.value, other.value
    return None


def _from_earlier(standing: Standing, place: int, end: int) -> Pair | None:
    """The figures of "$50 in May, up 25% from $40": the later one, of the same column, comes before the claim."""
    bases = [
        each
        for each in standing.figures
        if place < each.start < end and _FROM.search(standing.flat[: each.start]) and standing.reading.cells(each)
    ]
    for base in bases[:1]:
        columns = {column for _row, column in standing.reading.cells(base)}
        first, _last = standing.reading.segment_of(place)
        for late in reversed([each for each in standing.figures if first <= each.start and each.end <= place]):
            if late.is_money == base.is_money and columns & {n for _row, n in standing.reading.cells(late)}:
                return base.value, late.value
    return None


def _then_to(standing: Standing, place: int, end: int) -> Pair | None:
    """The figures of "to $50 in May, then fell back to $40": the one before the claim, and the one after it."""
    before = [each for each in standing.figures if each.end <= place][-1:]
    after = [each for each in standing.figures if place < each.start < end][:1]
    for one, other in zip(before, after, strict=False):
        columns = [{column for _row, column in standing.reading.cells(each)} for each in (one, other)]
        is_next = _THEN.search(standing.flat[one.end : place]) and _BACK_TO.search(
            standing.flat[place : other.start]
        )
        if is_next and columns[0] & columns[1]:
            return one.value, other.value
    return None


def moves_of(standing: Standing, place: int, start: int, end: int) -> list[Pair]:
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
    """The labels from which and to which something moved; None if a clause does not say."""
    grid = standing.grid
    inside = [each for each in standing.labels if each.dim == dim and start <= each.start < end]
    if inside and all(each.end <= start or not _BASE.search(standing.flat[: each.start]) for each in inside):
        bases = [each for each in standing.labels if each.dim == dim and each.end <= start]
        inside += [each for each in bases if _COMPARED.search(standing.flat[: each.start])][-1:]
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
