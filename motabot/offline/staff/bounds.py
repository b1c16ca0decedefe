"""Bounds on a figure: "more than 10 visits", "under $20", "at least twice"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_OVER = (
    r"more than|over|above|at least|greater than|higher than|exceeding|a minimum of|minimum|mas de|mas que"
    r"|al menos|por lo menos|arriba de|sobre"
)
_UNDER = (
    r"less than|under|below|at most|fewer than|cheaper than|lower than|up to|menos de|menos que|por debajo de"
    r"|hasta"
)
_INCLUSIVE = frozenset(
    ("at least", "a minimum of", "minimum", "at most", "up to", "al menos", "por lo menos", "hasta")
)
_UNITS = (
    (r"visits?|times|trips|visitas|veces", ("visits", "total_visits")),
    (r"points?|puntos", ("loyalty_points",)),
    (r"units?|pieces|unidades", ("units",)),
    (r"mg|percent thc|% ?thc|thc|%", ("thc_content",)),
    (r"dollars?|bucks|usd|dolares", ()),
)
_MONEY = ("spent", "lifetime_value", "retail_price", "total_amount", "refunded_amount", "sales")
_PATTERN = re.compile(
    rf"\b(?P<way>{_OVER}|{_UNDER})\s+(?P<money>\$\s?)?(?P<number>\d[\d,]*(?:\.\d+)?k?|once|twice)(?P<gap>\s*)"
    rf"(?P<unit>{'|'.join(unit for unit, _columns in _UNITS)})?(?![\w/-])"
)


@dataclass(frozen=True)
class Bound:
    """A bound on a figure.

    Attributes:
        sign: The comparison in SQL.
        number: What is compared with.
        columns: Columns that it can be about, the likeliest first; empty: what the rows are ranked by.
        words: The text's own.
    """

    sign: str
    number: Decimal
    columns: tuple[str, ...]
    words: str

    @property
    def is_money(self) -> bool:
        return self.columns == _MONEY

    def column(self, sql: str, rank: str) -> str | None:
        """The column of a query's result that it is about, or None."""
        return next((name for name in self.columns or (rank,) if re.search(rf"(?:\.|as ){name}\b", sql)), None)


def find(text: str) -> tuple[Bound | None, str]:
    """The bound in a text, and the text without its number; spans of time are cut from it before.

    Args:
        text: In plain form.
    """
    found = _PATTERN.search(text)
    if found is None:
        return None, text
    said = found["number"].replace(",", "")
    number = Decimal({"once": "1", "twice": "2"}.get(said) or said.removesuffix("k")) * (
        1000 if said[-1:] == "k" else 1
    )
    unit = found["unit"] or ("times" if said in ("once", "twice") else "")
    columns = next((names for pattern, names in _UNITS if unit and re.fullmatch(pattern, unit)), ())
    is_money = bool(found["money"]) or bool(re.fullmatch(_UNITS[-1][0], unit)) or not unit
    over = bool(re.fullmatch(_OVER, found["way"]))
    sign = (">" if over else "<") + ("=" if found["way"] in _INCLUSIVE else "")
    bound = Bound(sign, number, _MONEY if is_money else columns, " ".join(found[0].split()))
    kept = unit if found["unit"] and not is_money and unit not in ("mg", "%") else ""
    return bound, " ".join(f"{text[: found.start()]} {kept} {text[found.end() :]}".split())
