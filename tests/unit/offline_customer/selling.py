"""A shop of three products, as the index shows it and as its tools answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from motabot.catalog.index import arrange

ROOT = Path(__file__).parents[3]
SHOP = {"name": "Green Door", "phone": "+14155550134", "address": "12 Example Street"}
INDEX = arrange(
    {
        "names": ["Blue Dream 3.5g", "Gelato 3.5g", "Camino Wild Berry Gummies"],
        "brands": ["Best Coast", "Camino", "Select", "Wyld"],
        "strains": ["Blue Dream", "Gelato", "Granddaddy Purple", "OG Kush", "Wedding Cake", "Sour Diesel"],
        "categories": ["Flower", "Edibles", "Vapes", "Pre-Rolls", "Concentrates"],
        "effects": ["Happy", "Relaxed", "Sleepy"],
        "flavors": ["Berry", "Sweet"],
        "negatives": ["Paranoid"],
        "helps_with": [],
        "best_rated": [],
        "popular": {},
        "demand": {},
    }
)


CARD = {
    "sku": "S1",
    "name": "Blue Dream 3.5g",
    "brand": "Best Coast",
    "category": "Flower",
    "price": "28.00",
    "thc": "26.7",
    "thc_unit": "%",
    "flower_type": "Hybrid",
    "effects": ["Happy", "Relaxed"],
    "flavors": ["Berry"],
    "available": True,
}
OTHER = {**CARD, "sku": "S2", "name": "Gelato 3.5g", "price": "32.50"}
RESULTS: dict[str, Any] = {
    "show_my_profile": {"known": True, "loyalty_points": "120"},
    "search_products": {"products": [CARD, OTHER], "total": 2, "note": None},
    "recommend_products": {"products": [OTHER, CARD], "note": None},
    "show_product": {"product": CARD},
    "show_shop_info": {
        "hours": {"open_now": True, "closes_at": "9 PM", "today": "9 AM to 9 PM", "holidays": []},
        "returns": None,
    },
    "ask_for_person": {"noted": True},
}
