"""The demo shop's shelves and staff, prepared so that a sale is written quickly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from motabot.demo.calendar import DAYS, Calendar
from motabot.demo.figures import NULL, money, quotient
from motabot.demo.names import LOCATIONS
from motabot.demo.product import DemoProduct

#: The categories that people come for, in percent. The others are bought along with them.
_DEMAND = {
    "Flower": 34,
    "Pre-Rolls": 17,
    "Vapes": 20,
    "Edibles": 17,
    "Concentrates": 7,
    "Tinctures": 2,
    "Topicals": 2,
    "Accessories": 1,
}
#: Up to this price in cents people buy freely; above it, the dearer the product, the rarer.
_EVERYDAY = 2_500
#: How unevenly the products of a category sell; the first ones sell best.
_SKEW = 2.2
#: How often somebody who tries something new stays with the strain or the brand, or else looks in all categories;
#: and how long they look.
_KINSHIP, _ELSEWHERE, _TRIES = 0.2, 0.4, 20


@dataclass(frozen=True, slots=True)
class Ware:
    """A product as sales need it: the texts around the numbers of a line, and its price then and now."""

    name: str
    before_numbers: str
    after_numbers: str
    affinity: str
    sku: str
    price: int
    earlier_price: int
    price_day: int


@dataclass(slots=True)
class Clerk:
    """One of the staff, with the sales so far."""

    name: str
    location: str
    sales: int = 0
    cents: int = 0

    @property
    def row(self) -> str:
        """The columns of `staff` between `id` and `created_at`."""
        average = money(quotient(self.cents, self.sales)) if self.sales else NULL
        return f"{self.name}\t{self.location}\t{self.sales}\t{money(self.cents)}\t{average}"


class Store:
    """The products on sale and the staff who sell them.

    Args:
        names: The staff, who are distributed over the locations.
    """

    def __init__(self, names: list[str]) -> None:
        self.clerks = [
            [Clerk(name, location) for name in names[place :: len(LOCATIONS)]]
            for place, (location, _, _) in enumerate(LOCATIONS)
        ]
        self.wares: list[Ware] = []
        #: Well-known products that are always in stock.
        self.staples: list[Ware] = []
        self._ranges: dict[str, range] = {}
        self._kin: list[list[int]] = []
        self._demand = [category for category, percent in _DEMAND.items() for _ in range(percent)]

    def restock(self, products: list[DemoProduct]) -> None:
        """Replace what is on the shelves by these products, which come category by category."""
        self.wares = [_ware(product) for product in products]
        self._ranges = {}
        self._kin = _kin(products)
        for index, product in enumerate(products):
            start = self._ranges.get(product.category, range(index, index)).start
            self._ranges[product.category] = range(start, index + 1)
        self.staples = [ware for ware, product in zip(self.wares, products, strict=True) if product.is_staple]

    def favorites(self, count: int, dearest: int, rng: Random) -> list[int]:
        """A customer's favorites as indexes of `wares`: mostly of one category, and mostly what sells well.

        Args:
            count: How many different products.
            dearest: The highest price that this customer pays, in cents.
            rng: The source of chance.
        """
        random = rng.random
        main = self._demand[int(random() * 100)]
        found: dict[int, None] = {}
        while len(found) < count:
            shelf = self._ranges[main if random() < 0.6 else self._demand[int(random() * 100)]]
            which = shelf.start + int(len(shelf) * random() ** _SKEW)
            if self._is_affordable(which, dearest, random()):
                found.setdefault(which)
        return list(found)

    def another(self, which: int, taken: list[int], dearest: int, rng: Random) -> int:
        """What replaces a customer's favorite: related products, or what sells well, mostly of its category.

        Args:
            which: The favorite, as a place in `wares`; it stays where nothing else is found.
            taken: What the customer has already.
            dearest: The highest price that this customer pays, in cents.
            rng: The source of chance.
        """
        random, kin = rng.random, self._kin[which]
        own = next(places for places in self._ranges.values() if which in places)
        for _ in range(_TRIES):
            if kin and random() < _KINSHIP:
                found = kin[int(random() * len(kin))]
            else:
                shelf = self._ranges[self._demand[int(random() * 100)]] if random() < _ELSEWHERE else own
                found = shelf.start + int(len(shelf) * random() ** _SKEW)
            if found not in taken and self._is_affordable(found, dearest, random()):
                return found
        return which

    def _is_affordable(self, which: int, dearest: int, luck: float) -> bool:
        price = self.wares[which].price
        return price <= dearest and luck * price < _EVERYDAY

    def staff(self) -> list[Clerk]:
        """All staff, location by location."""
        return [clerk for clerks in self.clerks for clerk in clerks]


def _kin(products: list[DemoProduct]) -> list[list[int]]:
    """For each product, the indexes of others of its brand and category, and of its strain."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, product in enumerate(products):
        for group in _families(product):
            groups.setdefault(group, []).append(index)
    return [
        [other for group in _families(product) for other in groups[group] if other != index]
        for index, product in enumerate(products)
    ]


def _families(product: DemoProduct) -> list[tuple[str, str]]:
    strain = [("strain", product.strain_name)] if product.strain_name else []
    return [(product.category, product.brand), *strain]


def _ware(product: DemoProduct) -> Ware:
    facts = f"{product.name}\t{product.brand}\t{product.category}\t{product.strain_name or NULL}"
    return Ware(
        name=product.name,
        before_numbers=f"\t{product.sku}\t{facts}\t{product.flower_type or NULL}\t",
        after_numbers=f"\t{_tenths(product.thc)}\t{_tenths(product.cbd)}\t",
        affinity=f"\t{product.sku}\t{product.name}\t{product.category}\t{product.brand}\t",
        sku=product.sku,
        price=product.price,
        earlier_price=product.earlier_price,
        price_day=DAYS - product.price_days,
    )


def product_row(product: DemoProduct, calendar: Calendar) -> str:
    """A product as a line for COPY."""
    strain = product.strain
    listed = strain and [strain.effects, strain.helps_with, strain.negatives, strain.flavors, product.terpenes]
    columns = [
        str(product.number),
        f"P{product.number:06}",
        product.sku,
        product.name,
        product.brand,
        product.category,
        product.strain_name,
        product.flower_type,
        product.vendor,
        _tenths(product.thc),
        _tenths(product.cbd),
        money(product.price),
        money(product.cost),
        "t" if product.is_active else "f",
        strain.flower_type if strain else None,
        product.description,
        _tenths(product.rating),
        None if product.reviews is None else str(product.reviews),
        *([_array(words) for words in listed] if listed else [None] * 5),
        _array(strain.parents) if strain and strain.parents else None,
        product.lineage,
        None,  # image_url
        None,  # leafly_url
        calendar.midnight if strain else None,
    ]
    return "\t".join(NULL if column is None else column for column in columns) + "\n"


def _array(words: Iterable[str]) -> str:
    """A text array for COPY. The data holds no quotes and no backslashes."""
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


def _tenths(value: int | None) -> str:
    """Tenths as a decimal number, for COPY."""
    return NULL if value is None else f"{value // 10}.{value % 10}" if value % 10 else str(value // 10)
