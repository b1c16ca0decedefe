"""A query's rows as a CSV file that a spreadsheet reads as values and never as formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from motabot.boundary import Cell
from motabot.text.regex import regex

#: A number, or a phone number: it begins like a formula and is not one.
_NUMBER: Final = regex(r"[+-]?\d[\d.]*", re.ASCII)
#: What spreadsheets take for the beginning of a formula (OWASP, CSV injection), full-width forms included, after
#: what they skip: spaces of any kind, control characters, and marks that nobody sees.
_FORMULA: Final = regex(r"[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]")
_CONTROL: Final = ("\t", "\r", "\n", "\x00")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text: CRLF after each line, quotes where needed (RFC 4180)."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def harmless(cell: Cell) -> Cell:
    """A cell that is not a formula: an apostrophe before it keeps it a text. Empty cells stay empty."""
    if not isinstance(cell, str) or not cell or _NUMBER.fullmatch(cell):
        return cell
    is_formula = cell.startswith(_CONTROL) or _FORMULA.match(cell) is not None
    return f"'{cell}" if is_formula else cell
