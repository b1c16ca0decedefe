"""One product of the demo shop, with what its menu says of it.

Money is whole cents here; THC and CBD are tenths of a percent or of a milligram.
"""

from __future__ import annotations

from dataclasses import dataclass

from motabot.demo.kushy import Strain

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
class DemoProduct:
    """One row of `products`, with what its price was before.

    Attributes:
        number: Position in the catalog; `id`, `product_id` and `sku` are made from it.
        thc: Tenths of a percent, of a milligram for what is dosed; None for accessories.
        price: Cents.
        earlier_price: Cents, until the price was last changed.
        price_days: How many days before today that was.
        strain: None if a product has no strain, or one that nothing is known of.
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
        """What is known of the strain, otherwise what its flavors and type suggest."""
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


def _a(flower_type: str) -> str:
    return f"an {flower_type.lower()}" if flower_type == "Indica" else f"a {flower_type.lower()}"


def _and(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)
