"""Each kind of claim is checked against its own subject: the clause, the list, the visit or the rule that it is
about."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from motabot.conversation.reply_check import (
    Draft,
    DraftReading,
    Facts,
    Keys,
    Vocabulary,
    check,
    check_sources,
    fill,
)
from tests.drafts import ZONE, shop

TODAY = date(2026, 11, 26)
DRAFTS: dict[str, dict[str, list[list[str]]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "claims.toml").read_text(encoding="utf-8")
)


def product(
    name: str, category: str, kind: str | None, price: int, thc: str | None, **more: Any
) -> dict[str, Any]:
    unit = "mg" if category == "Edibles" else "%"
    grams = name.split()[-1].removesuffix("g") if unit == "%" else None
    told = {"thc": thc, "thc_unit": unit} if thc else {}
    mg = {"mg": str(Decimal(grams) * Decimal(thc) * 10)} if grams and thc else {}
    return {
        "sku": name, "name": name, "category": category, "flower_type": kind, "price": f"{price}.00",
        "available": True, "effects": [], **told, **mg, **more,
    }  # fmt: skip


PRODUCTS = [
    product(
        "Blue Dream 3.5g", "Flower", "Hybrid", 35, "21.4", rating="4.5", purchase_count=4, avg_price_paid="34.00"
    ),
    product("Blue Dream 28g", "Flower", "Hybrid", 180, "21.4", available=False),
    product("Granddaddy Purple 3.5g", "Flower", "Indica", 28, "24.0", effects=["Relaxed", "Sleepy"]),
    product("Do-Si-Dos 1g", "Flower", "Indica", 8, "25.4", rating="4.6", effects=["Relaxed"]),
    product("Sour Diesel 1g", "Flower", "Sativa", 12, "19.5", rating="4.2", effects=["Energetic"]),
    product("Tangie Cartridge 1g", "Vapes", "Sativa", 41, "82"),
    product("White Widow Infused Pre-Roll 1g", "Pre-Rolls", "Hybrid", 14, "32", available=False),
    product("Jack Herer Pre-Roll 1g", "Pre-Rolls", "Sativa", 9, "22.1"),
    product("Moon Pie 90mg", "Edibles", None, 25, "90"),
    product("Campfire Bar 10mg", "Edibles", None, 7, "10"),
    product("Ginger Beer 10 Drink 100mg", "Edibles", None, 22, "100"),
    product("Harlequin Oil 1g", "Concentrates", "Sativa", 30, None),
]


def visit(day: str, total: str, *lines: tuple[str, int, str], refund: bool = False) -> dict[str, Any]:
    items = [{"name": name, "sku": name, "quantity": count, "total_price": price} for name, count, price in lines]
    return {"date": day, "location": "Oakland", "total": total, "refund": refund, "items": items}


RESULTS: list[dict[str, Any]] = [
    {"products": PRODUCTS},
    {
        "visits": [
            visit("2026-11-20", "96.40", ("Blue Dream 3.5g", 2, "70.00"), ("Campfire Bar 10mg", 1, "7.00")),
            visit("2026-11-03", "-25.00", ("Moon Pie 90mg", -1, "-25.00"), refund=True),
            visit("2026-10-16", "61.20", ("Sour Diesel 1g", 2, "24.00"), ("Moon Pie 90mg", 1, "25.00")),
            visit("2026-06-02", "152.75", ("Tangie Cartridge 1g", 3, "123.00")),
        ]
    },
    {"rows": [{"since": "2026-01-01", "until": "2026-11-26", "spent": "310.35", "receipts": 3, "visit_days": 3,
               "refund_total": "25.00"},
              {"group": "2026-10", "since": "2026-10-01", "until": "2026-11-26", "spent": "61.20", "receipts": 1,
               "items": 3},
              {"group": "2026-11", "since": "2026-10-01", "until": "2026-11-26", "spent": "97.40", "receipts": 1,
               "items": 3}]},
    {
        "lines": [
            {**PRODUCTS[8], "quantity": 2, "amount": "50.00", "saved": "5.00", "amount_after_deal": "45.00"},
            {**PRODUCTS[9], "quantity": 1, "amount": "7.00", "saved": "0.70", "amount_after_deal": "6.30"},
        ],
        "subtotal": "57.00", "saved_by_deals": "5.70", "before_tax": "51.30",
    },
]  # fmt: skip
VOCABULARY = Vocabulary.build([one["name"] for one in PRODUCTS])


def problems(asked: str, draft: str, *, asks_sources: bool = False) -> list[str]:
    """What is wrong with a draft, in the turn of a customer with 454 points who wrote a text.

    Args:
        asked: The text.
        draft: The reply.
        asks_sources: With the statements in words for which a model is only asked for the source.
    """
    keys = Keys(ZONE)
    context = {
        "profile": {"first_name": "Joel", "loyalty_points": "454", "total_visits": 18},
        "texts": [{"text": asked}],
    }
    for source in (context, *RESULTS):
        keys.annotate(source)
    facts = Facts.collect(context, *RESULTS, shop=shop(TODAY), zone=ZONE, today=TODAY, vocabulary=VOCABULARY)
    words, filled, unread = fill(draft, keys, facts, "es" if " el " in f" {draft} " else "en")
    found = [*unread, *check(words, facts, filled)]
    if asks_sources:
        found += check_sources(DraftReading(Draft(words), facts, filled), found)
    return [f"{one.excerpt}: {one.reason}" for one in found]


@pytest.mark.parametrize("kind", DRAFTS["true"])
def test_what_is_true_of_its_own_subject_passes(kind: str) -> None:
    alarms = {draft: found for asked, draft in DRAFTS["true"][kind] if (found := problems(asked, draft))}
    assert alarms == {}


@pytest.mark.parametrize("kind", DRAFTS["false"])
def test_what_is_true_of_something_else_only_is_not_sent_as_it_is(kind: str) -> None:
    sent = [draft for asked, draft in DRAFTS["false"][kind] if not problems(asked, draft, asks_sources=True)]
    assert sent == []


def test_a_wrong_discount_is_quoted_whole() -> None:
    found = problems("deals?", "Seniors get 20% off every day with proof.")
    assert found
    assert all(one.startswith("20%") for one in found)


@pytest.mark.parametrize("draft", ["On {v1.date}, 2025 you were in.", "On {v1.date} 2025 you were in."])
def test_a_year_that_the_draft_repeats_stands_once(draft: str) -> None:
    keys = Keys(ZONE)
    visits = {"visits": [visit("2025-11-23", "96.40", ("Blue Dream 3.5g", 2, "70.00"))]}
    keys.annotate(visits)
    facts = Facts.collect({}, visits, shop=shop(TODAY), zone=ZONE, today=TODAY, vocabulary=VOCABULARY)
    words, _, unread = fill(draft, keys, facts, "en")
    assert unread == []
    assert words.startswith("On November 23")
    assert words.count("2025") == 1
