"""A catalog index of a few products, and which words mean something else every day."""

from __future__ import annotations

from motabot.catalog.index import arrange

INDEX = arrange(
    {
        "names": [
            "Blue Dream 3.5g",
            "Blue Dream Cartridge 1g",
            "White Widow Pre-Roll 5-Pack 2.5g",
            "Wedding Cake 3.5g",
            "Earl Grey Tea 30mg",
            "Brownie Bar 100mg",
            "Dark Cayenne Chocolate 100mg",
            "Lighter",
            "Rolling Papers 1 1/4",
            "Super Lemon Haze Pre-Roll 1g",
        ],
        "brands": ["Bliss Edibles & Extracts", "NugRun Concentrates"],
        "strains": ["Blue Dream", "White Widow", "Wedding Cake", "Super Lemon Haze", "Do-Si-Dos"],
        "categories": ["Flower", "Edibles", "Vapes", "Pre-Rolls", "Concentrates", "Accessories"],
        "effects": ["Happy", "Relaxed", "Sleepy"],
        "flavors": ["Berry", "Sweet", "Lemon"],
        "negatives": ["Paranoid"],
        "helps_with": [],
        "best_rated": [],
        "popular": {},
        "demand": {},
    }
)


def ordinary(word: str) -> bool:
    return word not in {"runtz", "wyld"}
