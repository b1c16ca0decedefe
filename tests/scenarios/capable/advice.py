"""Turns that ask for a recommendation."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    Turn,
    find,
    product,
    suggest,
)

ADVICE: list[Turn] = [
    # --- recommendations
    (
        "ana",
        "something for relaxing tonight, like 30 bucks",
        [suggest(effect="Relaxed", max_price=30, limit=3)],
        "How about your Blue Dream 3.5g at {<Blue Dream 3.5g>.price}? Customers describe it as happy and relaxed.",
    ),
    (
        "stranger",
        "sleepy flower?",
        [find(effect="Sleepy", category="flower")],
        "Granddaddy Purple 3.5g is your match: $33.00, an indica described as sleepy and relaxed, with grape flavor.",
    ),
    (
        "stranger",
        "somethin energetic",
        [find(effect="Energetic", limit=3)],
        "Try Sour Diesel 1g for $11.00, a sativa that people call energetic and happy, or Pineapple Express 7g at $52.00 if you want more of it.",
    ),
    (
        "marcus",
        "whats your strongest flower",
        [find(category="flower", sort="thc_high", limit=3)],
        "That'd be Sour Diesel 1g at 26% THC, just $11.00. Your Gelato isn't far behind with 24%.",
    ),
    (
        "stranger",
        "cheapest thing u got",
        [find(sort="price_low", limit=3)],
        "The cheapest is Mango Gummies 10mg at $7.00, with the Northern Lights Pre-Roll 1g right behind at $8.00.",
    ),
    (
        "stranger",
        "new to this, something mild",
        [find(beginner=True, category="edibles")],
        "Welcome! Mango Gummies 10mg are on the gentle side at {<Mango Gummies 10mg>.price}. Start low and go slow.",
    ),
    (
        "stranger",
        "low thc flower?",
        [find(category="flower", sort="thc_low", limit=2)],
        "Harlequin 3.5g is our mildest flower: 5% THC with 9% CBD for $24.00, described as relaxed and focused.",
    ),
    (
        "marcus",
        "something like wedding cake",
        [suggest(similar_to="Wedding Cake 3.5g", limit=3)],
        "With Wedding Cake out, your Gelato 3.5g for $36.00 comes close: also a sweet hybrid that people describe as relaxed.",
    ),
    (
        "marcus",
        "new flower i havent tried under 40",
        [suggest(category="flower", novelty="new", max_price=40, limit=3)],
        "You could try Blue Dream 3.5g, $28.00 and described as happy and creative, or Granddaddy Purple 3.5g, a grapey indica at $33.00.",
    ),
    (
        "lucia",
        "algo para dormir en flor",
        [find(effect="Sleepy", category="flower")],
        "Granddaddy Purple 3.5g cuesta $33.00. Es una indica que los clientes describen como relajante, con sabor a uva.",
    ),
    (
        "lucia",
        "que chocolate tienen",
        [find(query="chocolate", category="edibles")],
        "Tenemos Dark Chocolate Bar 100mg de Mota a $22.00.",
    ),
    (
        "ana",
        "gelato vs blue dream?",
        [product("Gelato 3.5g"), product("Blue Dream 3.5g")],
        "Gelato 3.5g is stronger at 24% THC and $36.00; Blue Dream 3.5g has 21% and is $8.00 cheaper. Gelato is described as euphoric, Blue Dream as happy and creative.",
    ),
    (
        "ana",
        "which is better rated",
        [product("Gelato 3.5g"), product("Blue Dream 3.5g")],
        "Blue Dream edges it: 4.6 against 4.4 for Gelato.",
    ),
    (
        "stranger",
        "is gdp indica? how strong",
        [product("Granddaddy Purple 3.5g"), product("Gelato 3.5g")],
        "Yes, Granddaddy Purple 3.5g is an indica. It has 19% THC, which makes it one of the milder ones next to Gelato's 24%.",
    ),
    (
        "stranger",
        "topicals?",
        [find(category="topicals")],
        "There's Lavender Bath Salts by Body Bliss for {<Lavender Bath Salts>.price}.",
    ),
    (
        "stranger",
        "pineapple express price and whats it like",
        [product("Pineapple Express 7g")],
        "Pineapple Express 7g is $52.00 for a quarter. It's a 23% hybrid, rated 4.7, and customers find it happy, uplifted and energetic with a pineapple and citrus taste.",
    ),
]
