"""Of how many something is true: "all stores grew", "most VIPs may be texted", "only Oakland fell"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from motabot.staff.word_check.columns import COUNTED_BY
from motabot.staff.word_check.concepts import concepts_in
from motabot.staff.word_check.grid import Grid
from motabot.staff.word_check.kinds import dims_of
from motabot.staff.word_check.meaning import stems
from motabot.staff.word_check.named import COLUMNS
from motabot.staff.word_check.parts import shares_of_parts, wholes
from motabot.staff.word_check.predicates import BOUND, MOVE, labels_in, verdicts
from motabot.staff.word_check.quantities import NUMBERS, HowMany, is_of_unnamed, quantities_in
from motabot.staff.word_check.remark import DENIED, Beside, Fault, Remark
from motabot.text.regex import regex

_VERB: Final = regex(
    r"\b(?:ha(?:s|ve|d)|may|can|cannot|is|are|was|were|did|do|does|never|came|come|comes|bought|sold|grew|fell|rose|made"
    r"|make|makes|took|lost|shrank|pass(?:ed|es)?|got|lacks?|joined|holds?|visit(?:ed)?|gave|spent|brings?"
    r"|went|goes|go|falls?|belongs?|paid|used?|brought|average[sd]?|said|declined|dropped|asked"
    r"|opted|wait(?:s|ed)?|carry|carries|need(?:s|ed)?|want(?:s|ed)?|failed|converted|replied|answered|redeemed|doubled"
    r"|reached|stopped|trust|rings?|rang|sells?|happen(?:s|ed)?|works?|worked)\b"
)
_RELATIVE: Final = regex(r"\b(?:who|that|which)\s*$")
_WHO: Final = regex(r"\b(?:who|that|which)\b")
_MAIN: Final = regex(r"(?:ha(?:s|ve|d)|may|can|is|are|was|were|did|do)\b")
_PRONOUN: Final = regex(r"\b(?:them|these|those|they|ellos|ellas)\b|^\s*(?:of)?\s*$")
#: A number of things that is told first, and of which the quantity may be.
_OF_SO_MANY: Final = regex(
    rf"(?:^|, |\band )(?:{'|'.join([*NUMBERS][2:])}|\d+) (?:are|were|have|had|did)\b[^;:.]*,"
)
_NARROWED: Final = regex(
    r"\b(?:with|without|who|that|whose|under|over|above|below|from|other|others|rest|remaining)\b"
)
_WITH: Final = regex(r"\b(?:with|without)\b")
_A_PART: Final = regex(r"\b(?:half|thirds?|quarters?|fifths?|tenths?|percent)\b|%")
_FULL: Final = regex(r"\b(?:full|complete)\b")
_GROUPED: Final = regex(r"\bgroup by\b", re.IGNORECASE)
#: A verb right before the quantity, which is its object.
_OBJECT: Final = regex(r"[a-z](?: (?:up|in|out))? $(?<! (?:of|in|at|on|by|to|as) )(?<!than )(?<!for )(?<!with )")


def misquantified(remark: Remark) -> Iterator[Fault]:
    """The quantities that the rows, or the counts in them, deny."""
    flat = remark.flat
    for said in quantities_in(flat):
        held: list[bool] = []
        for each in remark.beside:
            is_of_names = any(label.end == said.start - 1 for label in each.labels)  # "Berkeley and Oakland each"
            if not each.grid.rows or each.grid.size != len(each.grid.rows) or is_of_names:
                continue
            names = [n for n in each.grid.labels if n not in each.grid.periods]
            if said.kind != "many" and _OF_SO_MANY.search(flat[: said.start]):
                continue  # "six are closed, half of them won and half lost"
            if said.is_owned and (len(names) > 1 or labels_in(each, 0, said.start)):
                continue  # the person may be one of the rows
            held += _held(remark, each, said)
        if held and not any(held):
            yield _fault(remark, said.start, said.until)


def _fault(remark: Remark, start: int, end: int) -> Fault:
    words = remark.text[start:end].strip()
    return Fault(start, end, f"“{words[:80]}”")


def _held(remark: Remark, each: Beside, said: HowMany) -> list[bool]:
    """Whether a quantity is true in each reading of one result."""
    flat = remark.flat
    verbs = [verb.start() for verb in _VERB.finditer(flat, said.end, said.until)]
    moves = [found.start() for each in (BOUND, MOVE) if (found := each.search(flat, said.end, said.until))]
    start = min([*verbs, *moves, said.until])
    if _RELATIVE.search(
        flat[said.end : start]
    ):  # "most of those that never sold are Flower": the verb after theirs
        start = next((verb for verb in verbs if _MAIN.match(flat, verb)), verbs[-1] if verbs[1:] else said.until)
    subject = flat[said.end : start]
    place = (start, said.until)
    counts = [*_of_counts(remark, each, said, subject, place)]
    shares = [] if counts and not labels_in(each, *place) else _of_label(remark, each, said, subject, place)
    return [
        *counts,
        *shares,
        *_of_rows(remark, each, said, subject, place),
        *_of_owner(remark, each, said, subject, place),
    ]


# -- rows


def _of_rows(remark: Remark, each: Beside, said: HowMany, subject: str, place: tuple[int, int]) -> Iterator[bool]:
    """ "All four stores grew": the rows for which it is so."""
    grid, flat = each.grid, remark.flat
    rows = [n for n in range(len(grid.rows)) if n not in grid.totals]
    if len(rows) < 2 or not _are_meant(grid, said, subject, rows) or labels_in(each, said.end, place[0]):
        return
    if place[0] == place[1] and MOVE.search(flat, *(before := remark.clause(said.start, said.end))):
        place = (before[0], said.start)  # "sales fell in only one of these months"
    rows = in_period(each, place, rows) or _latest(each, flat, place, rows)
    if _FULL.search(subject):
        rows = [row for row in rows if all(row not in grid.running(dim) for dim in grid.periods)]
    for verdict in verdicts(each, flat, *place, rows):
        if verdict and said.whole in (None, len(verdict)):
            yield said.holds(sum(verdict.values()), len(verdict))


def _of_owner(remark: Remark, each: Beside, said: HowMany, subject: str, place: tuple[int, int]) -> Iterator[bool]:
    """ "Omar rang up three of the five": the rows that have the name before."""
    begin, _end = remark.clause(said.start, said.end)
    rows = [n for n in range(len(each.grid.rows)) if n not in each.grid.totals]
    is_last = not remark.flat[slice(*place)].strip(" .!")
    if said.whole is None and said.kind == "all" and len(rows) > 1:
        number = NUMBERS.get(subject.strip(" ."), None)
        is_last = is_last and number == len(rows)
    elif said.whole != len(rows):
        return
    if is_last and _is_list(each.grid) and _OBJECT.search(remark.flat[begin : said.start]):
        yield from (
            said.holds(sum(verdict.values()), len(verdict))
            for verdict in verdicts(each, remark.flat, begin, said.start, rows)
        )


def in_period(each: Beside, place: tuple[int, int], rows: list[int]) -> list[int]:
    """The rows of the period that a part of a sentence names; none if rows differ in more than it tells apart."""
    grid = each.grid
    chosen = [label for label in labels_in(each, *place) if label.dim in grid.periods][:1]
    if chosen and len(grid.labels) > 1 and not _is_list(grid):
        rows = [row for row in rows if all(row in label.rows for label in chosen)]
    left = [dim for dim in grid.labels if dim not in {label.dim for label in chosen}]
    return rows if len(left) < len(("one", "other")) or _is_list(grid) else []


def _latest(each: Beside, flat: str, place: tuple[int, int], rows: list[int]) -> list[int]:
    """The rows of the last period, of which it is said that something moved."""
    grid = each.grid
    axes = [dim for dim in grid.periods if grid.is_axis(dim) and grid.order(dim)]
    if len(axes) != 1 or len(grid.labels) != len(("period", "label")) or not MOVE.search(flat, *place):
        return []
    return [row for row in rows if str(grid.rows[row][axes[0]]) == grid.order(axes[0])[-1]]


def _is_list(grid: Grid) -> bool:
    """Whether each row is one thing, and not a group under several labels."""
    is_grouped = _GROUPED.search(grid.sql) is not None
    return not is_grouped or any(
        len({str(row[dim]) for row in grid.rows}) == len(grid.rows) for dim in grid.labels
    )


def _are_meant(grid: Grid, said: HowMany, subject: str, rows: Sequence[int]) -> bool:
    """Whether a quantity is one of the rows of a result."""
    sizes = {len(rows), *(len({str(grid.rows[row][dim]) for row in rows}) for dim in grid.labels)}
    if (said.whole is not None and said.whole not in sizes) or said.many > len(rows):
        return False
    if _NARROWED.search(subject):
        return False
    dims = dims_of(grid, subject)
    if dims is not None:
        return bool(dims)
    return said.whole is not None or said.is_of_everybody or bool(_PRONOUN.search(subject))


# -- counts


def _of_counts(
    remark: Remark, each: Beside, said: HowMany, subject: str, place: tuple[int, int]
) -> Iterator[bool]:
    """ "All VIPs may be texted": a column of counts, and one of those of whom it is so."""
    grid, words = each.grid, remark.flat[slice(*place)]
    if said.kind == "many" or not words.strip() or _WITH.search(subject) or labels_in(each, *place):
        return
    if BOUND.search(words) or _A_PART.search(subject + words):
        return
    named = [label for label in labels_in(each, said.end, place[0]) if not label.is_range]
    every = [n for n in range(len(grid.rows)) if n not in grid.totals]
    chosen = [each.rows_of(named)] if named else [every]
    before = labels_in(each, 0, said.start)
    if not named and len({label.start for label in before}) == 1:
        chosen.append(each.rows_of(before))  # "Instagram is the weakest: fewer than half came back"
    relative = subject if _WHO.search(subject) and not named else ""
    for rows in chosen:
        yield from map(said.holds_of, shares_of_parts(grid, rows, words, relative))


# -- labels


def _of_label(remark: Remark, each: Beside, said: HowMany, subject: str, place: tuple[int, int]) -> Iterator[bool]:
    """ "Most of the sales are Flower", "VIPs hold most of the points": the share that rows of a name have."""
    grid, flat = each.grid, remark.flat
    begin, _end = remark.clause(said.start, said.end)
    found = labels_in(each, *place) or labels_in(each, begin, said.start)
    periods = [label for label in labels_in(each, begin, said.until) if label.dim in grid.periods]
    labels = [label for label in found if label not in periods] or found
    is_split = len(grid.labels) > 1 and bool(periods) and labels is not found
    inside = [label for label in labels_in(each, said.end, place[0]) if label not in periods or not is_split]
    if said.kind not in ("most", "over", "under", "half") or inside or not labels:
        return
    if (
        len({label.dim for label in labels}) > 1
        or is_of_unnamed(remark, begin, said.until)
        or DENIED.search(flat, begin, said.start)
    ):
        return
    every = [row for row in range(len(grid.rows)) if row not in grid.totals]
    if is_split or labels[0].dim not in grid.periods:
        every = [row for row in every if all(row in label.rows for label in periods)]
    rows = [row for row in each.rows_of(labels) if row in every]
    if labels[0].start > said.end:
        subject = flat[said.end : labels[0].start]
    for n in _measured(each, subject, (begin, said.until)):
        whole = grid.total(n, every)
        if whole and len(every) > 1:
            yield said.holds_of(float((grid.total(n, rows) or 0) / whole))


def _measured(each: Beside, subject: str, place: tuple[int, int]) -> list[int]:
    """The columns that a share is of: one named like the words, one about them, or one of a period."""
    grid = each.grid
    sums = [n for n in grid.measures if grid.columns[n].adds_up]
    told, about = stems(subject), concepts_in(subject)
    named = [n for n in sums if stems(grid.columns[n].name) and stems(grid.columns[n].name) <= told]
    named = named or [n for n in sums if grid.columns[n].about & about]
    if not named and _PRONOUN.search(subject):
        named = [n for n in sums if grid.columns[n].unit == "count"]
    if not named and about & COUNTED_BY:
        named = wholes(grid)
    dated = {
        n for part in each.mentions if part.dim == COLUMNS and place[0] <= part.start < place[1] for n in part.rows
    }
    counts = [n for n in sums if grid.columns[n].unit == "count"]
    return named or [n for n in sums if n in dated] or (counts if len(counts) == 1 and not about else [])
