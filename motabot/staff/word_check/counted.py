"""How many: "every one of the 64 VIPs has at least 100", "ten VIPs and two regulars", "all are above $200"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.remark import Beside, Fault, Remark
from motabot.text.number_words import number_words
from motabot.text.regex import regex

_NUMBERS: Final = {"no": 0, "one": 1, **number_words(2, 12)}
_NUMBER: Final = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
#: "Ten VIPs": a number right before the label that rows share.
_BEFORE_LABEL: Final = regex(rf"(?<![\d$.,-])\b(?P<many>{_NUMBER}) (?:of the |of our )?$")
_EVERY_ONE: Final = regex(rf"\b(?:every one|all|each) (?:of )?(?:the |our )?(?P<many>{_NUMBER}|\d[\d,]*) ")
_WORD: Final = regex(r"[a-z]{4,}|\d+")
_BOUND: Final = regex(
    rf"\b(?P<all>all(?: (?:of them|the \w+|(?:{_NUMBER}) \w+|\w+))?|every \w+|each(?: \w+)?|none(?: of them)?"
    rf"|no \w+)"
    r"(?P<verb> [a-z]+){0,3} (?P<side>more than|over|above|at least|less than|under|below|at most)"
    r" (?P<money>\$?)(?P<bound>\d[\d,]*(?:\.\d+)?)(?P<percent>%| percent)?"
)
_UNSURE: Final = regex(
    r"\b(?:not|nearly|almost|if|whether|except|other than|apart|aside|but|hardly|before|after|since)\b|n['’]t"
)


def miscounted(remark: Remark) -> Iterator[Fault]:
    """The counts and the claims about all rows that the rows deny."""
    yield from _of_labels(remark)
    yield from _of_everyone(remark)
    yield from _of_bounds(remark)


def _fault(remark: Remark, start: int, end: int, found: str) -> Fault:
    return Fault(start, end, f"“{remark.text[start:end].strip()[:80]}”{found}")


def _value(words: str) -> int:
    return _NUMBERS[words] if words in _NUMBERS else int(words.replace(",", ""))


def _of_labels(remark: Remark) -> Iterator[Fault]:
    """ "Ten VIPs": if rows of a whole list share the label, their number."""
    flat = remark.flat
    told: dict[tuple[int, int], list[str]] = {}
    for each in remark.beside:
        grid = each.grid
        for label in each.labels:
            match = _BEFORE_LABEL.search(flat[: label.start])
            if match is None or label.days is not None or grid.size != len(grid.rows):
                continue
            is_list = any(len({str(row[dim]) for row in grid.rows}) == len(grid.rows) for dim in grid.labels)
            said, many = _value(match["many"]), len(label.rows)
            place = (match.start(), label.end)
            is_open = not is_list or len(grid.rows) < 3 or (many == 1 and not _is_shared(each, label.dim))
            is_true = is_open or said == many or _holds(each, label.rows, said)
            told.setdefault(place, []).append("" if is_true else f": {many} rows")
    yield from (_fault(remark, *place, found[0]) for place, found in told.items() if all(found))


def _is_shared(each: Beside, dim: int) -> bool:
    labels = [str(row[dim]) for row in each.grid.rows]
    return len(set(labels)) < len(labels)


def _holds(each: Beside, rows: frozenset[int], said: int) -> bool:
    """Whether a cell of some rows, or of any total, is a number."""
    grid = each.grid
    cells = {grid.numbers[row][n] for row in rows for n in grid.measures}
    return Decimal(said) in cells | {grid.total(n, sorted(rows)) for n in grid.measures}


def _of_everyone(remark: Remark) -> Iterator[Fault]:
    """ "Every one of the 64 has at least 100": a row with 64 holds a smaller count of those who have."""
    flat = remark.flat
    for match in _EVERY_ONE.finditer(flat):
        _start, end = remark.clause(match.start(), match.end())
        said = set(_WORD.findall(flat[match.end() : end]))
        many = Decimal(_value(match["many"]))
        for each in remark.beside:
            grid = each.grid
            for row, line in enumerate(grid.numbers):
                counts = [n for n in grid.measures if grid.columns[n].unit == "count" and line[n] is not None]
                whole = [n for n in counts if line[n] == many]
                shared = {n: _names(grid.columns[n].name) & said for n in counts}
                known = frozenset().union(*(_names(grid.columns[n].name) for n in whole))
                fewer = [n for n in counts if shared[n] - known and (line[n] or 0) < many]
                if (
                    whole
                    and fewer
                    and not any(shared[n] - _names("total all") for n in whole if len(shared[n]) > 1)
                ):
                    yield _fault(remark, match.start(), end, f": {grid.named_cell(row, fewer[0])}")
                    return


def _names(column: str) -> frozenset[str]:
    return frozenset(_WORD.findall(column)) | frozenset(f"{each}s" for each in _WORD.findall(column))


def _of_bounds(remark: Remark) -> Iterator[Fault]:
    """ "All are above $200": the figures of a column of that unit."""
    flat = remark.flat
    for match in _BOUND.finditer(flat):
        if _UNSURE.search(flat):
            continue
        verdicts = [
            _keeps(match, grid.column(n))
            for grid in (each.grid for each in remark.beside)
            for n in grid.measures
            if len(grid.rows) > 1 and grid.columns[n].unit in _units(match)
        ]
        if verdicts and not any(verdicts):
            yield _fault(remark, match.start(), match.end(), "")


def _units(match: re.Match[str]) -> tuple[str, ...]:
    if match["money"]:
        return ("money", "number")
    return ("percent", "number") if match["percent"] else ("count", "number", "duration")


def _keeps(match: re.Match[str], numbers: list[Decimal]) -> bool:
    bound = Decimal(match["bound"].replace(",", ""))
    side = match["side"]
    above = [number >= bound if side == "at least" else number > bound for number in numbers]
    below = [number <= bound if side == "at most" else number < bound for number in numbers]
    held = above if side in ("more than", "over", "above", "at least") else below
    return not any(held) if match["all"].startswith("no") else all(held)
