"""How many rows have a label: "ten VIPs and two regulars"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from motabot.staff.word_check.quantities import NUMBER, value_of
from motabot.staff.word_check.remark import Beside, Fault, Remark
from motabot.text.regex import regex

#: "Ten VIPs": a number right before the label that rows share.
_BEFORE_LABEL: Final = regex(rf"(?<![\d$.,-])\b(?P<many>{NUMBER}|no) (?:of the |of our )?$")


def miscounted(remark: Remark) -> Iterator[Fault]:
    """The counts of rows with a label that the rows deny: "ten VIPs" of a list."""
    flat = remark.flat
    told: dict[tuple[int, int], list[str]] = {}
    for each in remark.beside:
        grid = each.grid
        for label in each.labels:
            match = _BEFORE_LABEL.search(flat[: label.start])
            if match is None or label.days is not None or grid.size != len(grid.rows):
                continue
            is_list = any(len({str(row[dim]) for row in grid.rows}) == len(grid.rows) for dim in grid.labels)
            said, many = value_of(match["many"]), len(label.rows)
            place = (match.start(), label.end)
            is_open = not is_list or len(grid.rows) < 3 or (many == 1 and not _is_shared(each, label.dim))
            is_true = is_open or said == many or _holds(each, label.rows, said)
            told.setdefault(place, []).append("" if is_true else f": {many} rows")
    yield from (
        Fault(*place, f"“{remark.text[slice(*place)].strip()}”{found[0]}")
        for place, found in told.items()
        if all(found)
    )


def _is_shared(each: Beside, dim: int) -> bool:
    labels = [str(row[dim]) for row in each.grid.rows]
    return len(set(labels)) < len(labels)


def _holds(each: Beside, rows: frozenset[int], said: int) -> bool:
    """Whether a cell of some rows, or of any total, is a number."""
    grid = each.grid
    cells = {grid.numbers[row][n] for row in rows for n in grid.measures}
    return Decimal(said) in cells | {grid.total(n, sorted(rows)) for n in grid.measures}
