"""What is said of named rows alone, or against before: "only Oakland grew", "it sold less than in May"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from motabot.staff.word_check.predicates import labels_in, verdicts
from motabot.staff.word_check.quantified import in_period
from motabot.staff.word_check.quantities import quantities_in
from motabot.staff.word_check.remark import DENIED, Beside, Fault, Remark
from motabot.text.regex import regex

_ONLY: Final = regex(
    r"\bonly (?:(?:the )?[a-z]+ (?:at|in|on|of) )?(?=[a-z\d\[])|(?: is| are| was| were) the only (?:[a-z]+ )?"
)
#: Said of a part of the time, or of nearly all.
_PART: Final = regex(r"\b(?:since|until|after|before|except|but|almost|nearly)\b")
_LIST: Final = regex(r"(?:\s|,|and|or|y|in|at|for|the|with)*")
_AND: Final = regex(r"\band\b|,")
#: "Oakland sold less than in October 2025".
_THAN_BEFORE: Final = regex(
    r"\b(?:more|less|fewer|higher|lower) than (?:in|last|a|the (?:month|week|year) before|before)\b"
)


def misattributed(remark: Remark) -> Iterator[Fault]:
    """What the rows deny of those that are singled out."""
    yield from _of_only(remark)
    yield from _of_named(remark)


def _of_named(remark: Remark) -> Iterator[Fault]:
    """ "Oakland sold less than a year ago": the change of the rows that are named before."""
    flat = remark.flat
    for match in _THAN_BEFORE.finditer(flat):
        begin, end = remark.clause(match.start(), match.end())
        if DENIED.search(flat, begin, match.start()) or next(quantities_in(flat[begin:end]), None):
            continue
        held: list[bool] = []
        for each in remark.beside:
            named = [
                label for label in labels_in(each, begin, match.start()) if label.dim not in each.grid.periods
            ]
            rows = each.rows_of(named)
            found = verdicts(each, flat, named[-1].end, end, rows) if rows else []
            held += [all(verdict.values()) for verdict in found if verdict]
        if held and not any(held):
            yield Fault(begin, end, f"“{remark.text[begin:end].strip()[:80]}”")


def _of_only(remark: Remark) -> Iterator[Fault]:
    """ "Only Oakland and San Jose grew", "Edibles were the only category to shrink"."""
    flat = remark.flat
    for match in _ONLY.finditer(flat):
        begin, end = remark.clause(match.start(), match.end())
        held: list[bool] = []
        for each in remark.beside:
            grid = each.grid
            if grid.size != len(grid.rows) or len(grid.rows) < 2 or _PART.search(flat, begin, end):
                continue
            held += _only_these(each, match, flat, (begin, end))
        if held and not any(held):
            yield Fault(begin, end, f"“{remark.text[begin:end].strip()[:80]}”")


def _only_these(each: Beside, match: re.Match[str], flat: str, place: tuple[int, int]) -> Iterator[bool]:
    grid = each.grid
    is_before = match[0].startswith("only")
    named = labels_in(each, match.end(), place[1]) if is_before else labels_in(each, place[0], match.start())
    if not named or (is_before and named[0].start != match.end()):
        return
    if not is_before and _AND.search(flat, place[0], named[0].start):
        return  # of a name that no row has as it is written
    own = [named[0]]
    for label in named[1:]:
        if label.dim == own[0].dim and _LIST.fullmatch(flat, own[-1].end, label.start):
            own.append(label)
    if not is_before and len(own) < len(named):
        return
    wanted = {row for label in own for row in label.rows}
    start = own[-1].end if is_before else match.end()
    rows = in_period(each, (start, place[1]), [n for n in range(len(grid.rows)) if n not in grid.totals])
    for verdict in verdicts(each, flat, start, place[1], rows):
        if verdict:
            yield {row for row, is_so in verdict.items() if is_so} == wanted & {*verdict}
