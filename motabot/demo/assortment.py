"""What each category of the demo shop carries: names from `motabot.demo.kushy`, invented strengths and sizes.

Prices are whole dollars here; THC and CBD are tenths of a percent or of a milligram.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from motabot.demo import kushy
from motabot.demo.kushy import Listing, Strain

_CBD_STRAINS = {"ACDC", "Cannatonic", "Harlequin"}

#: Package sizes of a category: words in the name, cheapest and dearest price in dollars.
_SIZES = {
    "Flower": (("3.5g", 20, 46), ("1g", 7, 15), ("7g", 38, 85), ("14g", 70, 155), ("28g", 125, 280)),
    "Pre-Rolls": (("Pre-Roll 1g", 6, 15), ("Pre-Roll 5-Pack 2.5g", 18, 38), ("Infused Pre-Roll 1g", 12, 24)),
    "Vapes": (("Cartridge 0.5g", 18, 36), ("Cartridge 1g", 30, 62), ("Vape Pen 0.3g", 20, 38)),
    "Concentrates": (("1g", 22, 60), ("0.5g", 14, 34)),
}
_PRICES = {"Edibles": (6, 26), "Tinctures": (22, 68), "Topicals": (14, 55)}
_EDIBLES = {"Baked", "Snack", "Chocolate", "Gummies", "Drink", "Capsules"}
_EXTRACTS = {"Shatter", "Wax", "Oil", "Crumble", "Bubble Hash", "Kief"}
_MOST_MG = 100  # THC in one package of edibles, as California allows (4 CCR 17304)

_GEAR = (
    ("510 Battery", 14, 38),
    ("Grinder 4-Piece", 15, 45),
    ("Rolling Papers 1 1/4", 2, 5),
    ("Rolling Tray", 9, 24),
    ("Glass Pipe", 12, 40),
    ("Lighter", 2, 6),
    ("Stash Jar", 8, 25),
    ("Dab Tool", 8, 20),
    ("Storage Case", 12, 35),
)


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """A product before it has a number. `level` is the price level of its line, from 0 to 1."""

    name: str
    brand: str
    strain_name: str | None
    flower_type: str | None
    thc: int | None
    cbd: int | None
    cheapest: int
    dearest: int
    level: float
    is_staple: bool = False


def planned_products(category: str, rng: Random) -> Iterator[PlannedProduct]:
    """An endless series of a category's products, the best known first."""
    return _MAKERS[category](rng)


def _flower(rng: Random) -> Iterator[PlannedProduct]:
    sizes = _SIZES["Flower"]
    for strain, brand in _strains_with_brands("Flower", rng):
        level = rng.uniform(0.1, 0.65) if strain.is_well_known else rng.random()
        thc, cbd = _flower_strength(strain, rng)
        others = [size for size in sizes[1:] if rng.random() < (0.45 if strain.is_well_known else 0.3)]
        for size, cheapest, dearest in (sizes[0], *others):
            yield PlannedProduct(
                f"{strain.name} {size}",
                brand,
                strain.name,
                None,
                thc,
                cbd,
                cheapest,
                dearest,
                level,
                strain.is_well_known and size == sizes[0][0],
            )


def _pre_rolls(rng: Random) -> Iterator[PlannedProduct]:
    for strain, brand in _strains_with_brands("Pre-Rolls", rng):
        thc, cbd = _flower_strength(strain, rng)
        for size, cheapest, dearest in rng.sample(_SIZES["Pre-Rolls"], rng.choice((1, 1, 2))):
            stronger = 110 if size.startswith("Infused") else 0
            yield PlannedProduct(
                f"{strain.name} {size}",
                brand,
                strain.name,
                None,
                thc + stronger,
                cbd,
                cheapest,
                dearest,
                rng.random(),
            )


def _strains_with_brands(category: str, rng: Random) -> Iterator[tuple[Strain, str]]:
    """An endless series of strains, well-known ones first; each round gives them other brands."""
    strains = list(kushy.strains().values())
    known = sum(strain.is_well_known for strain in strains)
    others = strains[known:]
    rng.shuffle(others)
    brands = kushy.brands(category)
    while True:
        for strain in (*strains[:known], *others):
            yield strain, rng.choice(brands)


def _flower_strength(strain: Strain, rng: Random) -> tuple[int, int]:
    if strain.name in _CBD_STRAINS:
        return rng.randrange(20, 80), rng.randrange(80, 160)
    return rng.randrange(160, 315), rng.randrange(0, 8)


def _vapes(rng: Random) -> Iterator[PlannedProduct]:
    for listing in _lines({"Cartridge"}, rng):
        level, thc = rng.random(), rng.randrange(680, 930)
        for size, cheapest, dearest in rng.sample(_SIZES["Vapes"], rng.choice((1, 2, 2))):
            name = f"{listing.name} {size}"
            yield PlannedProduct(name, *_of(listing), thc, rng.randrange(1, 25), cheapest, dearest, level)


def _concentrates(rng: Random) -> Iterator[PlannedProduct]:
    for listing in _lines(_EXTRACTS, rng):
        level = rng.random()
        weak = listing.kind in {"Bubble Hash", "Kief"}
        thc = rng.randrange(380, 590) if weak else rng.randrange(620, 890)
        for size, cheapest, dearest in _SIZES["Concentrates"][: rng.choice((1, 1, 2))]:
            name = f"{listing.name} {listing.kind} {size}"
            yield PlannedProduct(name, *_of(listing), thc, rng.randrange(1, 20), cheapest, dearest, level)


def _edibles(rng: Random) -> Iterator[PlannedProduct]:
    for listing in _lines(_EDIBLES, rng):
        is_cbd = "cbd" in listing.name.lower()
        thc = min(listing.thc_mg or rng.choice((10, 20, 50, 100, 100, 100)), _MOST_MG)
        cbd = listing.cbd_mg or rng.choice((20, 50, 100)) if is_cbd else 0
        amount = f"{cbd}mg CBD" if is_cbd else f"{thc}mg"
        level = thc / _MOST_MG * 0.6 + rng.random() * 0.4
        yield PlannedProduct(
            f"{listing.name} {amount}",
            *_of(listing),
            0 if is_cbd else thc * 10,
            cbd * 10,
            *_PRICES["Edibles"],
            level,
        )


def _dosed(kinds: set[str], category: str, most_mg: int, rng: Random) -> Iterator[PlannedProduct]:
    """Tinctures and topicals, whose strength is the milligrams of the package."""
    for listing in _lines(kinds, rng):
        thc = min(listing.thc_mg or rng.choice((50, 100, 150, 250, 300, 500)), most_mg)
        cbd = min(listing.cbd_mg or (rng.choice((100, 250, 500)) if "cbd" in listing.name.lower() else 0), most_mg)
        yield PlannedProduct(listing.name, *_of(listing), thc * 10, cbd * 10, *_PRICES[category], rng.random())


def _accessories(rng: Random) -> Iterator[PlannedProduct]:
    for edition in itertools.count(1):
        wares = list(itertools.product(kushy.brands("Accessories"), _GEAR))
        rng.shuffle(wares)
        for brand, (gear, cheapest, dearest) in wares:
            name = gear if edition == 1 else f"{gear} No. {edition}"
            yield PlannedProduct(name, brand, None, None, None, None, cheapest, dearest, rng.random())


def _lines(kinds: set[str], rng: Random) -> Iterator[Listing]:
    """An endless series of listings: first those of well-known strains, last other brands' versions."""
    strains = kushy.strains()
    found = [listing for listing in kushy.listings() if listing.kind in kinds]
    rng.shuffle(found)
    found.sort(key=lambda listing: not (listing.name in strains and strains[listing.name].is_well_known))
    yield from found
    brands = sorted({listing.brand for listing in found})
    while True:
        for listing in found:
            yield Listing(listing.kind, listing.name, rng.choice(brands), listing.thc_mg, listing.cbd_mg)


def _of(listing: Listing) -> tuple[str, str | None, str | None]:
    """Brand, strain and flower type of a listing. Only extracts are named for a strain."""
    has_strain = listing.kind in _EXTRACTS or listing.kind == "Cartridge"
    said = next((name for name in ("Indica", "Sativa", "Hybrid") if name in listing.name), None)
    return listing.brand, listing.name if has_strain else None, said or ("Hybrid" if has_strain else None)


_MAKERS: dict[str, Callable[[Random], Iterator[PlannedProduct]]] = {
    "Flower": _flower,
    "Pre-Rolls": _pre_rolls,
    "Vapes": _vapes,
    "Edibles": _edibles,
    "Concentrates": _concentrates,
    "Tinctures": lambda rng: _dosed({"Tincture"}, "Tinctures", 1_000, rng),
    "Topicals": lambda rng: _dosed({"Topical"}, "Topicals", 500, rng),
    "Accessories": _accessories,
}
