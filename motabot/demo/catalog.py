"""The demo shop's catalog: real names from `motabot.demo.kushy`, with invented prices and measurements."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from random import Random

from motabot.demo import kushy
from motabot.demo.assortment import PlannedProduct, planned_products
from motabot.demo.product import DemoProduct

#: Categories with their share of the catalog, in percent, and the prefix of their SKUs.
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


def make_catalog(count: int, rng: Random, *, after: int = 0) -> list[DemoProduct]:
    """An assortment, each category with its best-known products first.

    Args:
        count: Number of products, at least `SMALLEST`.
        rng: Decides prices, sizes and the order of what is not well known.
        after: Products that were made before. Where there are any, every name begins with its brand, to be
            told from theirs.
    """
    products: list[DemoProduct] = []
    taken: set[str] = set()
    before = percent = 0
    for category, (share, prefix) in SHARES.items():
        percent += share
        upto = count * percent // 100
        named_apart = _named_apart(planned_products(category, rng), taken, with_brand=after > 0)
        for named in itertools.islice(named_apart, upto - before):
            number = after + len(products) + 1
            products.append(_finish(named, number, f"{prefix}-{number:05}", category, rng))
        before = upto
    return products


def _named_apart(
    found: Iterator[PlannedProduct], taken: set[str], *, with_brand: bool
) -> Iterator[tuple[str, PlannedProduct]]:
    """Each product with a unique name: the brand precedes a name that is taken."""
    for planned in found:
        for name in [planned.name, f"{planned.brand} {planned.name}"][with_brand:]:
            if name.casefold() not in taken:
                taken.add(name.casefold())
                yield name, planned
                break


def _finish(named: tuple[str, PlannedProduct], number: int, sku: str, category: str, rng: Random) -> DemoProduct:
    name, planned = named
    span = planned.dearest - planned.cheapest
    dollars = planned.cheapest + round(span * min(1.0, max(0.0, planned.level + rng.uniform(-0.06, 0.06))))
    price = dollars * 100 if dollars < 12 or rng.random() < 0.7 else dollars * 100 - 50
    strain = kushy.strains().get(planned.strain_name) if planned.strain_name else None
    return DemoProduct(
        number=number,
        sku=sku,
        name=name,
        brand=planned.brand,
        category=category,
        strain_name=planned.strain_name,
        strain=strain,
        flower_type=strain.flower_type if strain else planned.flower_type,
        vendor=_VENDORS[zlib.crc32(planned.brand.encode()) % len(_VENDORS)],
        thc=planned.thc,
        cbd=planned.cbd,
        price=price,
        earlier_price=price + 50 * rng.choice((-6, -4, -2, -2, 0, 0, 2, 2, 4)) if price > 1_000 else price,
        price_days=rng.randrange(40, 500),
        cost=price * rng.randrange(42, 58) // 100,
        is_staple=planned.is_staple,
        is_active=planned.is_staple or rng.random() >= 0.085,
        rating=rng.randrange(36, 50) if strain else None,
        reviews=int(rng.lognormvariate(4.0, 1.2)) + 1 if strain else None,
    )
