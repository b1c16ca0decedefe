"""Claims of order: "best", "lowest", "second", "more than", "ahead of"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.majorities import dim_of
from motabot.staff.word_check.named import NamedPart
from motabot.staff.word_check.ranks import (
    SINCE,
    are_first,
    columns_of_frequency,
    columns_of_time,
    comes_often,
    figure_has_rank,
    has_counts_alone,
    has_rank,
)
from motabot.staff.word_check.standing import Standing, Verdict
from motabot.text.regex import regex

_HIGH: Final = regex(
    r"\b(?:best(?! (?:customers|clients|buyers|members)\b"
    r"|(?: (?:one|lead|time|day|customer|candidate|people|place))? to\b| bet\b)"
    r"|highest|steepest|sharpest|largest|biggest|greatest|strongest|busiest"
    r"|dearest|priciest|fastest(?! declin| fall| shrink)|widest|broadest|longest|(?<!at )most(?! recent| of\b"
    r"|ly)|leads|lead(?= (?:the|all|in|with|by|at)\b)|leading|leader|led"
    r"|on top|number one|first place|tops|peaks|peaked"
    r"|va primer[oa]|(?:es|fue|queda) (?:el|la) primer[oa]|mejor|mas alt[oa]|mayor|lidera|encabeza|gana"
    r"|mas que nadie|primer lugar"
    r"|mas (?:vendid[oa]|fuerte)|con mas|(?:el|la) que mas|que mas (?:vende|vendio|gasta|gasto|compra)\w*"
    r"|top(?= (?:seller|product|customer|store|month|day|category|brand|ticket|sale|source)\b))\b"
)
LOW: Final = regex(
    r"\b(?:worst|lowest|smallest|(?<!at )least|fewest|weakest|slowest|quietest|cheapest|last place|shortest"
    r"|(?:comes?|came|is|was|ranks?|ranked|finish\w*|places?|placed)(?: in)? last(?: place)?"
    r"(?=$|[,.;:]|\s+(?:with|at \$|by|of|among|and|in (?:sales|tickets|units|visits|margin|dollars))\b)"
    r"|(?:queda|quedo|esta|es) en ultimo lugar"
    r"|peor|mas baj[oa]|menor|menos que nadie|con menos|(?:el|la) que menos|mas floj[oa]|ultimo lugar)\b"
)
_RANK: Final = regex(
    r"(?<!\ba )(?<!\bun )(?<!\bone )(?<!\bla )\b(?P<rank>second|third|fourth|fifth|runner-up|segund[oa]"
    r"|tercer[oa]?"
    r"|cuarto)\b(?! (?:quarter|half|week|day|less|more|trimestre|de|to|through))"
    r"(?:[- ](?P<low>lowest|smallest|worst|fewest|least)|[- ](?:best|highest|largest|biggest|most))?"
)
_COMPARED: Final = regex(
    r"\b(?:first|second|third) and $|\b(?:than|as|over|ahead of|against|behind|from|que)\s+(?:the|el|la)\s+$"
)
_OF_PERIODS: Final = regex(r"\b(?:quarter|week|month|year)\b")
#: "In the second" of two that were named.
_IN_THE: Final = regex(r"\b(?:in|of|than|during) the $")
_ENDS: Final = regex(r"\s*(?:[,.;:)]|$|and\b|but\b)")
_RANKS: Final = {
    "second": 2, "runner-up": 2, "segundo": 2, "segunda": 2, "third": 3, "tercer": 3, "tercero": 3, "tercera": 3,
    "fourth": 4,
    "cuarto": 4, "fifth": 5,
}  # fmt: skip
#: A claim of a rate, which may not be a column.
_RATE: Final = regex(
    r"\b(?:relative to|in relation to|rate|ratio|share|percentage|per|growth|tasa|porcentaje|proportion|each"
    r"|an? (?:unit|ticket|sale|visit|day))\b"
)
#: "Leads" is a noun before such words, and after those of `_OF_LEADS`.
_LEADS_ARE: Final = regex(r"leads (?:are|were|have|had|that|who|wait\w*|came|come|need|got|still|remain)\b")
_OF_LEADS: Final = regex(
    r"(?:^\W*|\b(?:\d+|the|these|those|our|your|all|of|new|open|old\w*|no|some|many|any|more|few\w*"
    r"|contacted|qualified"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\s+)$"
)
_RATE_OF: Final = regex(r"^.*?\b(?:per|an?|for each|for every) ([a-z]+).*$")
_LISTED: Final = regex(r"\s*(?:\([^()]*\))?\s*(?:,|and|y|e|&|,\s*and|,\s*y)\s*")
_PART: Final = regex(r",\s|\s(?:but|yet|although|though|while|and|y|pero)\s")
_WORD: Final = regex(r" ([a-z]+)")
_MEASURABLE: Final = frozenset(
    "expensive valuable profitable popular frequent productive used common promising compared".split()
)
#: The best of its kind: "the best quarter for Flower".
_KIND: Final = regex(
    r" (?:\w+ )?(?P<noun>day|weekday|week|month|quarter|year|hour|store|shop|location|category|brand|product)\b"
)
_LEADS_IN: Final = regex(
    r"(?:leads?|led|is first|ranks first|sells (?:the )?most|sells best|tops) (?:in|at) (?:the )?"
)
#: What is best is so by what the rows are sorted by.
_BEST: Final = frozenset({"best", "worst", "strongest", "weakest"})
_APART: Final = regex(r"\b(?:apart|gap|difference|spread|range|diferencia)\b")
_GAP: Final = regex(r"\b(?:gap|difference|diferencia|brecha)\b")
_IN_PERCENT: Final = regex(r"\bin (?:percent\w*|relative terms)|\bby percent\w*|\bpercentage[- ]wise")
_IN_DOLLARS: Final = regex(r"\bin (?:dollars|absolute terms|money)|\bdollar[- ]wise")
GROWS: Final = regex(
    r"\b(?:grew|improv\w*|add(?:ed|s)|jump\w*|grow\w*|rose|gain\w*|increas\w*|climb\w*|crec\w*|subi\w*)\b"
)
_SHRINKS: Final = regex(r"\b(?:fell|falls?|fallen|drop\w*|declin\w*|lost|shrank|decreas\w*|baj\w*|cay\w*)\b")


def claims_of_order(standing: Standing) -> Iterator[Verdict]:
    """Each claim of order, and whether the rows support it; claims that they cannot decide are left out."""
    for start, end in standing.clauses():
        yield from _superlatives(standing, start, end)
        yield from _ranks(standing, start, end)


def _superlatives(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    text = standing.flat[start:end]
    ranked = [match.span() for match in _RANK.finditer(text)]
    for pattern, is_high in ((_HIGH, True), (LOW, False)):
        for match in pattern.finditer(text):
            is_ranked = any(first <= match.start() < last for first, last in ranked)
            if _is_of_list(standing, start + match.start()) or _is_of_manner(match[0], text[match.end() :]):
                continue
            is_noun = match[0] == "leads" and not _is_verb(standing, text, match.start())
            is_plain = not is_noun and not standing.has_exception(start, end)
            if not is_ranked and is_plain and not standing.is_denied(start, start + match.start()):
                yield from _judged(standing, match[0], (start + match.start(), start, end), 1, is_high=is_high)


def _is_of_manner(said: str, after: str) -> bool:
    """Whether "most" belongs to a quality that no column measures: "the most restrained"."""
    following = _WORD.match(after) if said in ("most", "least") else None
    if following is None or concepts_in(following[1]) or following[1] in _MEASURABLE:
        return False
    return following[1].endswith(("ed", "ive", "ful", "ble", "ic", "al", "ous", "ing", "ant", "ent", "ary"))


def _is_verb(standing: Standing, text: str, place: int) -> bool:
    """Whether "leads" says that something leads, and does not count leads."""
    if any("leads" in each.about for each in standing.grid.columns):
        return False
    return _LEADS_ARE.match(text[place:]) is None and _OF_LEADS.search(text[:place]) is None


def _is_of_list(standing: Standing, place: int) -> bool:
    """Whether the last thing before a claim ends a list: "Ana ($5), Bob ($4) and Carla ($3) spent the most"."""
    last = [each for each in standing.labels if each.end <= place][-2:]
    return (
        len(last) == 2
        and last[0].dim == last[1].dim
        and _LISTED.fullmatch(standing.flat[last[0].end : last[1].start]) is not None
    )


def _ranks(standing: Standing, start: int, end: int) -> Iterator[Verdict]:
    for match in _RANK.finditer(standing.flat[start:end]):
        place, rank = start + match.start(), _RANKS[match["rank"]]
        if standing.flat.startswith("second only to ", place):  # of what is named before the comma
            start = standing.reading.segment_of(place)[0]
        is_other = (
            not _OF_PERIODS.search(standing.flat)
            and _IN_THE.search(standing.flat[:place])
            and _ENDS.match(standing.flat[place + len(match[0]) :])
        )
        if is_other or _COMPARED.search(standing.flat[start:place]):
            continue  # "twice as much as the runner-up" is not about what is named before
        if not standing.is_denied(start, place):
            yield from _judged(standing, match[0], (place, start, end), rank, is_high=not match["low"])


def _judged(
    standing: Standing, said: str, at: tuple[int, int, int], rank: int, *, is_high: bool
) -> Iterator[Verdict]:
    """Whether what a clause is about has a rank.

    Args:
        standing: The sentence.
        said: The words of the claim.
        at: Where the claim is, and where its clause starts and ends.
        rank: 1 for the first.
        is_high: Whether ranks count from the largest.
    """
    place, start, end = at
    if SINCE.search(standing.flat[place:end]):
        start = standing.reading.segment_of(place)[0]
    at = place, start, end
    text, grid = standing.flat[start:end], standing.grid
    quoted = f"{standing.quoted(start, end)} ({said})"
    if (often := comes_often(standing, said, at, rank, is_high=is_high)) is not None:
        yield Verdict(quoted, often)
        return
    changes = [n for n in grid.measures if "change" in grid.columns[n].about]
    beside = _beside(standing, place, start, end)
    shrinks = _SHRINKS.search(beside)
    if shrinks or GROWS.search(beside):
        changes = changes or list(grid.changes)
        if not changes and (shrinks or not standing.names_columns(place, end)):
            return
        is_high = is_high and not shrinks
        changes = _changes_meant(standing, changes, start, end)
    elif called := standing.columns_called(beside):
        changes = called
    elif _RATE.search(text) and not has_rate(standing, text):
        about = concepts_in(_RATE_OF.sub(r"\1", beside)) if _RATE_OF.search(beside) else frozenset()
        changes = [n for n in grid.averages if grid.columns[n].about & about]
        if not changes:
            return
    else:
        changes = columns_of_time(standing, said, text) or columns_of_frequency(standing, place + len(said))
        if said in ("longest", "shortest") and not changes:
            return  # how long something was is not a column
    if said in _BEST and not changes and has_counts_alone(standing, place, end):
        changes = [n for n in grid.measures if n == grid.sorted_column and grid.columns[n].unit == "money"]
    if _is_of_other_figure(standing, start, end) or (_GAP.search(text) and not changes):
        return
    subjects = _without_objects(standing.subjects(place, start, end), place)
    kind = _KIND.match(standing.flat[place + len(said) :])
    dim = dim_of(standing, kind["noun"]) if kind else None
    subjects = [each for each in subjects if each.dim == dim] or subjects
    if rank == 1 and (several := are_first(standing, said, at, changes, is_high=is_high)) is not None:
        yield Verdict(quoted, several)
        return
    if _is_in_other(standing, subjects, at):
        yield Verdict(quoted, is_true=False)
        return
    found = [has_rank(standing, subject, rank, at, changes, is_high=is_high) for subject in subjects]
    if not subjects and not _APART.search(text):
        found = [figure_has_rank(standing, place, end, rank, is_high=is_high)]
    if told := [each for each in found if each is not None]:
        yield Verdict(quoted, any(told), _first(standing, at, changes, is_high=is_high))


def _is_in_other(standing: Standing, subjects: list[NamedPart], at: tuple[int, int, int]) -> bool:
    """Whether no row is of both what leads and where it is said to lead: "Kali leads in San Jose"."""
    places = [each for each in standing.labels if at[0] < each.start < at[2] and each.days is None]
    return any(
        one.dim != other.dim
        and not one.rows & other.rows
        and one.rows
        and other.rows
        and _LEADS_IN.fullmatch(standing.flat[at[0] : other.start]) is not None
        for one in subjects
        for other in places
    )


def _without_objects(subjects: list[NamedPart], place: int) -> list[NamedPart]:
    """What a claim is about, without what it is a claim of: Berkeley in "Berkeley sells the most flower"."""
    ahead = [each for each in subjects if each.start < place]
    objects = [each for each in subjects if each.start > place and each.days is None]
    return [each for each in subjects if each not in objects] if ahead and objects else subjects


def _beside(standing: Standing, place: int, start: int, end: int) -> str:
    """The part of a clause that a claim is in: "the smallest store but grew fastest"."""
    cuts = [start, *(start + each.start() for each in _PART.finditer(standing.flat[start:end])), end]
    return next(
        (standing.flat[one:two] for one, two in itertools.pairwise(cuts) if one <= place < two),
        standing.flat[start:end],
    )


def _changes_meant(standing: Standing, changes: list[int], start: int, end: int) -> list[int]:
    """The columns of changes that a clause means: that of its figure, in dollars, in percent, or all."""
    inside = [each for each in standing.figures if start <= each.start < end]
    held = [
        n for n in changes if any(place == n for each in inside for _row, place in standing.reading.cells(each))
    ]
    if held:
        return held
    text = standing.flat[start:end]
    is_percent, is_money = _IN_PERCENT.search(text), _IN_DOLLARS.search(text)
    if bool(is_percent) == bool(is_money):
        return changes
    return [n for n in changes if (standing.grid.columns[n].unit == "percent") == bool(is_percent)] or changes


def _is_of_other_figure(standing: Standing, start: int, end: int) -> bool:
    """Whether the only figure of a clause is not a cell: "$16.15 for each discount is the highest"."""
    inside = [each for each in standing.figures if start <= each.start < end]
    return bool(inside) and not any(standing.reading.cells(each) or each.is_count for each in inside)


def _first(standing: Standing, at: tuple[int, int, int], columns: Sequence[int], *, is_high: bool) -> str:
    """The row that is first in the column that a claim of order means; people are not named."""
    grid = standing.grid
    for column in columns or standing.columns(*at, range(len(grid.rows))):
        rows = [
            (number, -n)
            for n in range(len(grid.rows))
            if (number := grid.numbers[n][column]) is not None
            and all(grid.competes(n, dim) for dim in grid.labels)
        ]
        if rows:
            _number, place = max(rows) if is_high else min(rows, key=lambda each: (each[0], -each[1]))
            return grid.named_cell(-place, column)
    return ""


def has_rate(standing: Standing, text: str, other: str = "") -> bool:
    """Whether a column is the rate that a clause is about, or is about something else."""
    said = concepts_in(text)
    columns = [standing.grid.columns[n] for n in standing.grid.measures]
    return any(
        (each.about & said and (each.unit in ("percent", "number") or "average" in each.about))
        or other in each.about
        for each in columns
    )
