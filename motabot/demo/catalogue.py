"""The demo shop's catalogue: real names from `motabot.demo.kushy`, with invented prices and measurements.

Money is whole cents here; THC and CBD are tenths of a percent or of a milligram.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from motabot.demo import kushy
from motabot.demo.kushy import Listing, Strain

#: Categories with their share of the catalogue, in percent, and the prefix of their SKUs.
SHARES = {
    "Flower": (30, "FLW"),
    "Pre-Rolls": (13, "PRE"),
    "Vapes": (15, "VAP"),
    "Edibles": (18, "EDI"),
    "Concentrates": (14, "CON"),
    "Tinctures": (4, "TIN"),
    "Topicals": (4, "TOP"),
    "Accessories": (2, "ACC"),
}
SMALLEST = 300

_VENDORS = (
    "Bayline Distribution",
    "Redwood Coast Supply",
    "Sierra Wholesale",
    "Golden Gate Logistics",
    "Central Valley Partners",
    "Pacific Crest Trading",
)
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
_TERPENE_OF_FLAVOR = {
    "Citrus": "Limonene", "Lemon": "Limonene", "Orange": "Limonene", "Lime": "Limonene", "Pine": "Pinene",
    "Pepper": "Caryophyllene", "Earthy": "Myrcene", "Berry": "Myrcene", "Grape": "Myrcene", "Mango": "Myrcene",
    "Lavender": "Linalool", "Rose": "Geraniol", "Skunk": "Caryophyllene", "Mint": "Eucalyptol",
}  # fmt: skip
_TERPENES_OF_TYPE = {
    "Indica": ("Myrcene", "Linalool", "Caryophyllene"),
    "Sativa": ("Terpinolene", "Pinene", "Limonene"),
    "Hybrid": ("Caryophyllene", "Limonene", "Myrcene"),
}


@dataclass(frozen=True, slots=True)
class Product:
    """One row of `products`, with what its price was before.

    Attributes:
        number: Position in the catalogue; `id`, `product_id` and `sku` are made from it.
        thc: Tenths of a percent, of a milligram for what is dosed; None for accessories.
        price: Cents.
        earlier_price: Cents, until the price was last changed.
        price_days: How many days before today that was.
        strain: None where a product has no strain, or one that nothing is known of.
        is_staple: An eighth of a well-known strain, which is always in stock.
    """

    number: int
    sku: str
    name: str
    brand: str
    category: str
    strain_name: str | None
    strain: Strain | None
    flower_type: str | None
    vendor: str
    thc: int | None
    cbd: int | None
    price: int
    earlier_price: int
    price_days: int
    cost: int
    is_active: bool
    is_staple: bool
    rating: int | None
    reviews: int | None

    @property
    def terpenes(self) -> tuple[str, ...]:
        """What is known of the strain, otherwise what its flavours and type suggest."""
        if self.strain is None or self.strain.terpenes:
            return self.strain.terpenes if self.strain else ()
        likely = [_TERPENE_OF_FLAVOR[flavor] for flavor in self.strain.flavors if flavor in _TERPENE_OF_FLAVOR]
        return tuple(dict.fromkeys([*likely, *_TERPENES_OF_TYPE[self.strain.flower_type]]))[:3]

    @property
    def lineage(self) -> str | None:
        return " x ".join(self.strain.parents) if self.strain and self.strain.parents else None

    @property
    def description(self) -> str | None:
        """A sentence or two in the style of a menu, without any claim about health."""
        if self.strain is None:
            return None
        taste = f" with {_and([flavor.lower() for flavor in self.strain.flavors])} notes" * bool(
            self.strain.flavors
        )
        felt = _and([effect.lower() for effect in self.strain.effects[:3]])
        return f"{self.strain.name} is {_a(self.strain.flower_type)}{taste}. People describe it as {felt}."


@dataclass(frozen=True, slots=True)
class _Draft:
    """A product before it has a number. `level` from 0 to 1 is how dear its line is."""

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


def make_catalogue(count: int, rng: Random, *, after: int = 0) -> list[Product]:
    """An assortment, each category with its best-known products first.

    Args:
        count: Number of products, at least `SMALLEST`.
        rng: Decides prices, sizes and the order of what is not well known.
        after: Products that were made before. Where there are any, every name begins with its brand, to be
            told from theirs.
    """
    makers: dict[str, Callable[[Random], Iterator[_Draft]]] = {
        "Flower": _flower,
        "Pre-Rolls": _pre_rolls,
        "Vapes": _vapes,
        "Edibles": _edibles,
        "Concentrates": _concentrates,
        "Tinctures": lambda rng: _dosed({"Tincture"}, "Tinctures", 1_000, rng),
        "Topicals": lambda rng: _dosed({"Topical"}, "Topicals", 500, rng),
        "Accessories": _accessories,
    }
    products: list[Product] = []
    taken: set[str] = set()
    before = percent = 0
    for category, (share, prefix) in SHARES.items():
        percent += share
        upto = count * percent // 100
        drafts = _named_apart(makers[category](rng), taken, with_brand=after > 0)
        for named in itertools.islice(drafts, upto - before):
            number = after + len(products) + 1
            products.append(_finish(named, number, f"{prefix}-{number:05}", category, rng))
        before = upto
    return products


def _named_apart(drafts: Iterator[_Draft], taken: set[str], *, with_brand: bool) -> Iterator[tuple[str, _Draft]]:
    """Each draft with a name of its own: the brand stands before a name that is taken."""
    for draft in drafts:
        for name in [draft.name, f"{draft.brand} {draft.name}"][with_brand:]:
            if name.casefold() not in taken:
                taken.add(name.casefold())
                yield name, draft
                break


def _finish(named: tuple[str, _Draft], number: int, sku: str, category: str, rng: Random) -> Product:
    name, draft = named
    span = draft.dearest - draft.cheapest
    dollars = draft.cheapest + round(span * min(1.0, max(0.0, draft.level + rng.uniform(-0.06, 0.06))))
    price = dollars * 100 if dollars < 12 or rng.random() < 0.7 else dollars * 100 - 50
    strain = kushy.strains().get(draft.strain_name) if draft.strain_name else None
    return Product(
        number=number,
        sku=sku,
        name=name,
        brand=draft.brand,
        category=category,
        strain_name=draft.strain_name,
        strain=strain,
        flower_type=strain.flower_type if strain else draft.flower_type,
        vendor=_VENDORS[zlib.crc32(draft.brand.encode()) % len(_VENDORS)],
        thc=draft.thc,
        cbd=draft.cbd,
        price=price,
        earlier_price=price + 50 * rng.choice((-6, -4, -2, -2, 0, 0, 2, 2, 4)) if price > 1_000 else price,
        price_days=rng.randrange(40, 500),
        cost=price * rng.randrange(42, 58) // 100,
        is_staple=draft.is_staple,
        is_active=draft.is_staple or rng.random() >= 0.085,
        rating=rng.randrange(36, 50) if strain else None,
        reviews=int(rng.lognormvariate(4.0, 1.2)) + 1 if strain else None,
    )


def _flower(rng: Random) -> Iterator[_Draft]:
    sizes = _SIZES["Flower"]
    for strain, brand in _strains_with_brands("Flower", rng):
        level = rng.uniform(0.1, 0.65) if strain.is_well_known else rng.random()
        thc, cbd = _flower_strength(strain, rng)
        others = [size for size in sizes[1:] if rng.random() < (0.45 if strain.is_well_known else 0.3)]
        for size, cheapest, dearest in (sizes[0], *others):
            yield _Draft(
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


def _pre_rolls(rng: Random) -> Iterator[_Draft]:
    for strain, brand in _strains_with_brands("Pre-Rolls", rng):
        thc, cbd = _flower_strength(strain, rng)
        for size, cheapest, dearest in rng.sample(_SIZES["Pre-Rolls"], rng.choice((1, 1, 2))):
            stronger = 110 if size.startswith("Infused") else 0
            yield _Draft(
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
    """Strains without end, well-known ones first; each round gives them other brands."""
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


def _vapes(rng: Random) -> Iterator[_Draft]:
    for listing in _lines({"Cartridge"}, rng):
        level, thc = rng.random(), rng.randrange(680, 930)
        for size, cheapest, dearest in rng.sample(_SIZES["Vapes"], rng.choice((1, 2, 2))):
            name = f"{listing.name} {size}"
            yield _Draft(name, *_of(listing), thc, rng.randrange(1, 25), cheapest, dearest, level)


def _concentrates(rng: Random) -> Iterator[_Draft]:
    for listing in _lines(_EXTRACTS, rng):
        level = rng.random()
        weak = listing.kind in {"Bubble Hash", "Kief"}
        thc = rng.randrange(380, 590) if weak else rng.randrange(620, 890)
        for size, cheapest, dearest in _SIZES["Concentrates"][: rng.choice((1, 1, 2))]:
            name = f"{listing.name} {listing.kind} {size}"
            yield _Draft(name, *_of(listing), thc, rng.randrange(1, 20), cheapest, dearest, level)


def _edibles(rng: Random) -> Iterator[_Draft]:
    for listing in _lines(_EDIBLES, rng):
        is_cbd = "cbd" in listing.name.lower()
        thc = min(listing.thc_mg or rng.choice((10, 20, 50, 100, 100, 100)), _MOST_MG)
        cbd = listing.cbd_mg or rng.choice((20, 50, 100)) if is_cbd else 0
        amount = f"{cbd}mg CBD" if is_cbd else f"{thc}mg"
        level = thc / _MOST_MG * 0.6 + rng.random() * 0.4
        yield _Draft(
            f"{listing.name} {amount}",
            *_of(listing),
            0 if is_cbd else thc * 10,
            cbd * 10,
            *_PRICES["Edibles"],
            level,
        )


def _dosed(kinds: set[str], category: str, most_mg: int, rng: Random) -> Iterator[_Draft]:
    """Tinctures and topicals, whose strength is the milligrams of the package."""
    for listing in _lines(kinds, rng):
        thc = min(listing.thc_mg or rng.choice((50, 100, 150, 250, 300, 500)), most_mg)
        cbd = min(listing.cbd_mg or (rng.choice((100, 250, 500)) if "cbd" in listing.name.lower() else 0), most_mg)
        yield _Draft(listing.name, *_of(listing), thc * 10, cbd * 10, *_PRICES[category], rng.random())


def _accessories(rng: Random) -> Iterator[_Draft]:
    for edition in itertools.count(1):
        wares = list(itertools.product(kushy.brands("Accessories"), _GEAR))
        rng.shuffle(wares)
        for brand, (gear, cheapest, dearest) in wares:
            name = gear if edition == 1 else f"{gear} No. {edition}"
            yield _Draft(name, brand, None, None, None, None, cheapest, dearest, rng.random())


def _lines(kinds: set[str], rng: Random) -> Iterator[Listing]:
    """Listings without end: first those named for a well-known strain, in the end other brands' versions."""
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


def _a(flower_type: str) -> str:
    return f"an {flower_type.lower()}" if flower_type == "Indica" else f"a {flower_type.lower()}"


def _and(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
