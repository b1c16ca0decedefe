"""A shop with a customer, and the tools called as in a turn of theirs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.support.customer import Caller
from tests.support.shops import product

ANA, BEN, STRANGER = "+14155550101", "+14155550102", "+14155550999"


SHELF: list[dict[str, Any]] = [
    product(
        "F1", name="Blue Dream 3.5g", brand="Hill Farm", category="Flower", strain="Blue Dream", flower_type="Hybrid",
        retail_price=Decimal("35.00"), thc_content=Decimal("22.5"), effects=["Happy", "Relaxed"], is_active=True,
        flavors=["Berry", "Sweet"], negatives=["Dry Mouth"], helps_with=["Stress"], terpenes=["Myrcene"],
        parent_strains=["Blueberry", "Haze"], lineage="Blueberry x Haze", leafly_rating=Decimal("4.4"),
        cost=Decimal("11.11"), vendor="Secret Vendor",
    ),
    product(
        "V1", name="Blue Dream Cartridge 1g", brand="Hill Farm", category="Vape Cartridges", strain="Blue Dream",
        flower_type="Hybrid", retail_price=Decimal("48"), thc_content=Decimal("85"), is_active=True,
        effects=["Happy"], flavors=["Berry"], leafly_rating=Decimal("4.1"),
    ),
    product(
        "F2", name="Granddaddy Purple 3.5g", brand="Night Shift", category="Flower", strain="Granddaddy Purple",
        flower_type="Indica", retail_price=Decimal("28"), thc_content=Decimal("19"), is_active=True,
        effects=["Sleepy", "Relaxed"], flavors=["Grape"], negatives=["Paranoid"], helps_with=["Insomnia"],
        leafly_rating=Decimal("4.6"),
    ),
    product(
        "E1", name="Midnight Gummies 100mg", brand="Kiva", category="Edibles", retail_price=Decimal("20"),
        thc_content=Decimal("100"), effects=["Sleepy"], flavors=["Citrus"], is_active=True, flower_type="Indica",
    ),
    product(
        "E2", name="Dark Chocolate Bar 100mg", brand="Kiva", category="Edibles", retail_price=Decimal("18"),
        thc_content=Decimal("100"), effects=["Happy"], is_active=True,
    ),
    product("G1", name="Gelato 7g", brand="Cookies", category="Flower", strain="Gelato", flower_type="Hybrid",
            retail_price=Decimal("60"), effects=["Horny"], is_active=False),
]  # fmt: skip


def with_phone(caller: Caller, phone: str) -> Caller:
    return Caller(caller.engine, caller.customer_engine, caller.now, phone)
