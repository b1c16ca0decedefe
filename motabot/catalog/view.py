"""How tools show one product: the same card in every result."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.sizes import find_size
from motabot.catalog.vocabulary import find_category

#: The columns of the view `products` that are read of a product. Cost and vendor are not in the view at all;
#: helps_with is, for searching, and is never read, so that it cannot be told.
PRODUCT_COLUMNS: Final = (
    "p.sku, p.name, p.brand, p.category, p.strain, p.flower_type, p.retail_price, p.thc_content, p.cbd_content,"
    " p.effects, p.negatives, p.flavors, p.terpenes, p.parent_strains, p.lineage, p.leafly_rating,"
    " coalesce(p.is_active, false) as available"
)
_DOSED_KINDS = {"Edibles", "Tinctures", "Topicals"}
_MOST_PERCENT = 100


def card(row: JsonMapping) -> JsonObject:
    """A product as customers may know it.

    Args:
        row: A row with `PRODUCT_COLUMNS`.
    """
    thc, cbd = row["thc_content"], row["cbd_content"]
    size = find_size(row["name"] or "")
    grams = size.amount if size and size.unit == "g" else None
    unit = content_unit(row["category"], thc, cbd)
    return {
        "sku": row["sku"],
        "name": row["name"],
        "brand": row["brand"],
        "category": row["category"],
        "strain": row["strain"],
        "flower_type": row["flower_type"],
        "price": row["retail_price"],
        "grams": grams,
        "mg": thc_milligrams(thc, unit, grams),
        "thc": thc,
        "cbd": cbd,
        "thc_unit": unit,
        "effects": list(row["effects"] or []),
        "flavors": list(row["flavors"] or []),
        "rating": row["leafly_rating"],
        "available": row["available"],
    }


def content_unit(category: str | None, *contents: Decimal | None) -> str:
    """What the catalog's bare THC and CBD figures count: "mg" where doses are sold, "%" elsewhere."""
    is_dosed = find_category(category or "") in _DOSED_KINDS
    return "mg" if is_dosed or any(amount is not None and amount > _MOST_PERCENT for amount in contents) else "%"


def thc_milligrams(thc: Decimal | None, unit: str, grams: Decimal | None) -> Decimal | None:
    """The THC in one package, in milligrams; None if it does not follow from what is known.

    Args:
        thc: The catalog's figure.
        unit: What it counts, from `content_unit`.
        grams: The weight of the package.
    """
    if thc is None or unit == "mg":
        return thc
    return None if grams is None else (thc * grams * 10).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0
