"""The demo shop's shelves and staff, prepared so that a sale is quickly written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from motabot.demo.calendar import DAYS
from motabot.demo.catalogue import Product
from motabot.demo.figures import NULL, money, quotient
from motabot.demo.names import LOCATIONS

#: Which categories people come for, in percent. What is nobody's favourite is bought along.
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
#: Cents up to which a product is bought without a second thought; the dearer beyond, the rarer.
_EVERYDAY = 2_500


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
        """The columns of `staff` after the id, but for `created_at`."""
        average = money(quotient(self.cents, self.sales)) if self.sales else NULL
        return f"{self.name}\t{self.location}\t{self.sales}\t{money(self.cents)}\t{average}"


@dataclass
class Store:
    """What is sold and who sells it."""

    wares: list[Ware] = field(default_factory=list)
    #: What everybody knows and the shop always has.
    staples: list[Ware] = field(default_factory=list)
    clerks: list[list[Clerk]] = field(default_factory=list)
    _ranges: dict[str, range] = field(default_factory=dict)
    _demand: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, products: list[Product], names: list[str]) -> Store:
        """Put the products on the shelves and share the staff out over the locations."""
        store = cls(wares=[_ware(product) for product in products])
        store.staples = [
            ware
            for ware, product in zip(store.wares, products, strict=True)
            if product.is_active and product.strain and product.strain.is_well_known and "3.5g" in product.name
        ]
        store.clerks = [
            [Clerk(name, location) for name in names[place :: len(LOCATIONS)]]
            for place, (location, _, _) in enumerate(LOCATIONS)
        ]
        for index, product in enumerate(products):
            start = store._ranges.get(product.category, range(index, index)).start
            store._ranges[product.category] = range(start, index + 1)
        store._demand = [category for category, percent in _DEMAND.items() for _ in range(percent)]
        return store

    def favorites(self, count: int, dearest: int, rng: Random) -> list[int]:
        """What a customer buys, as places in `wares`: mostly of one category, and mostly what sells well.

        Args:
            count: How many different products.
            dearest: The highest price that this customer pays, in cents.
            rng: Decides.
        """
        random = rng.random
        main = self._demand[int(random() * 100)]
        found: dict[int, None] = {}
        while len(found) < count:
            shelf = self._ranges[main if random() < 0.6 else self._demand[int(random() * 100)]]
            which = shelf.start + int(len(shelf) * random() ** 2.2)
            price = self.wares[which].price
            if price <= dearest and random() * price < _EVERYDAY:
                found.setdefault(which)
        return list(found)

    def staff(self) -> list[Clerk]:
        """Everybody, location by location."""
        return [clerk for clerks in self.clerks for clerk in clerks]


def _ware(product: Product) -> Ware:
    facts = f"{product.name}\t{product.brand}\t{product.category}\t{product.strain_name or NULL}"
    return Ware(
        name=product.name,
        before_numbers=f"\t{product.sku}\t{facts}\t{product.flower_type or NULL}\t",
        after_numbers=f"\t{tenths(product.thc)}\t{tenths(product.cbd)}\t",
        affinity=f"\t{product.sku}\t{product.name}\t{product.category}\t{product.brand}\t",
        sku=product.sku,
        price=product.price,
        earlier_price=product.earlier_price,
        price_day=DAYS - product.price_days,
    )


def tenths(value: int | None) -> str:
    """Tenths as a decimal number, for COPY."""
    return NULL if value is None else f"{value // 10}.{value % 10}" if value % 10 else str(value // 10)
