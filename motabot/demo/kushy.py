"""Real names and facts of the trade: strains, products and brands, read from the files under `data`.

``data/kushy/README.md`` says where they come from and what was changed.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Strain:
    """A strain, and how people describe it.

    Attributes:
        flower_type: Indica, Sativa or Hybrid.
        parents: The strains that were crossed; empty if that is not known.
        helps_with: Ailments: a search key for staff. Customers never read it.
        terpenes: Empty if they are not known.
        is_well_known: Whether every shop is expected to carry it.
    """

    name: str
    flower_type: str
    parents: tuple[str, ...]
    effects: tuple[str, ...]
    negatives: tuple[str, ...]
    helps_with: tuple[str, ...]
    flavors: tuple[str, ...]
    terpenes: tuple[str, ...] = ()
    is_well_known: bool = False


@dataclass(frozen=True)
class Listing:
    """A product of the data set. For extracts the name is the strain's.

    Attributes:
        thc_mg: Milligrams in the package; None if that is not known. `cbd_mg` likewise.
    """

    kind: str
    name: str
    brand: str
    thc_mg: int | None
    cbd_mg: int | None


@cache
def strains() -> dict[str, Strain]:
    """All strains by name, the well-known ones first."""
    found: dict[str, Strain] = {}
    for path, is_well_known in ((DATA / "well_known_strains.csv", True), (DATA / "kushy" / "strains.csv", False)):
        for row in _rows(path):
            found.setdefault(
                row["name"],
                Strain(
                    row["name"],
                    row["type"],
                    _parts(row["parents"]),
                    _parts(row["effects"]),
                    _parts(row["negatives"]),
                    _parts(row["helps_with"]),
                    _parts(row["flavors"]),
                    _parts(row.get("terpenes", "")),
                    is_well_known,
                ),
            )
    return found


@cache
def listings() -> tuple[Listing, ...]:
    """The data set's products."""
    return tuple(
        Listing(row["kind"], row["name"], row["brand"], _number(row["thc_mg"]), _number(row["cbd_mg"]))
        for row in _rows(DATA / "kushy" / "products.csv")
    )


@cache
def brands(category: str) -> tuple[str, ...]:
    """Brands of Flower, Pre-Rolls or Accessories; other categories have theirs in the listings."""
    return tuple(row["name"] for row in _rows(DATA / "kushy" / "brands.csv") if row["category"] == category)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _parts(written: str) -> tuple[str, ...]:
    return tuple(written.split("|")) if written else ()


def _number(written: str) -> int | None:
    return int(written) if written else None
