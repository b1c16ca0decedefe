"""Turns about what is there, what it costs, and sums."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    Turn,
    basket,
    find,
    product,
    value,
)

PRODUCTS: list[Turn] = [
    # --- availability
    (
        "ana",
        "u got blue dream?",
        [product("Blue Dream")],
        "Yes! Blue Dream comes as an eighth for $28.00 or a full ounce for $168.00.",
    ),
    (
        "marcus",
        "is wedding cake back",
        [product("Wedding Cake 3.5g")],
        "Not yet, sorry Marcus. Wedding Cake 3.5g is still unavailable.",
    ),
    (
        "stranger",
        "do u have any pre rolls",
        [find(category="pre-rolls")],
        "We have one: Northern Lights Pre-Roll 1g, {<Northern Lights Pre-Roll 1g>.price}. It's an indica that customers describe as sleepy and relaxed.",
    ),
    (
        "stranger",
        "any carts?",
        [find(category="vapes")],
        "Just one at the moment, the Jack Herer Cartridge 0.5g by Select for $35.00. It tests at 82% THC.",
    ),
    (
        "stranger",
        "do you sell seeds",
        [find(query="seeds")],
        "We don't carry seeds, sorry! Anything else I can look up?",
    ),
    (
        "ana",
        "do you have gelato and how much",
        [product("Gelato 3.5g")],
        "Gelato 3.5g is on the shelf for $36.00. It's a 24% THC hybrid with sweet, citrusy notes.",
    ),
    (
        "lucia",
        "tienen gomitas?",
        [find(category="edibles", query="gummies")],
        "Si, tenemos dos: Lemon Gummies 100mg a $18.00 y Mango Gummies 10mg a $7.00.",
    ),
    (
        "lucia",
        "hay prerolls de indica?",
        [find(category="pre-rolls", flower_type="Indica")],
        "Si! Northern Lights Pre-Roll 1g, {<Northern Lights Pre-Roll 1g>.price}, una indica con {<Northern Lights Pre-Roll 1g>.thc} de THC.",
    ),
    (
        "marcus",
        "got any concentrates",
        [find(category="concentrates")],
        "No concentrates right now, I'm afraid. Want me to look at carts or flower instead?",
    ),
    # --- prices and arithmetic
    (
        "ana",
        "how much for 3 eighths of blue dream",
        [product("Blue Dream 3.5g")],
        "Three Blue Dream 3.5g come to {3*<Blue Dream 3.5g>.price} before tax.",
    ),
    (
        "ana",
        "price of 2 blue dream and the lemon gummies?",
        [basket({"Blue Dream 3.5g": 2, "Lemon Gummies 100mg": 1})],
        "Two Blue Dream 3.5g and the Lemon Gummies 100mg are {b1.before_tax} together, before tax.",
    ),
    (
        "marcus",
        "gelato plus 4 northern lights prerolls total",
        [],
        "One Gelato 3.5g at $36.00 and four Northern Lights Pre-Rolls at $8.00 each make $68.00 before tax.",
    ),
    (
        "marcus",
        "and if i use my points?",
        [basket({"Gelato 3.5g": 1}, points=True)],
        "A Gelato 3.5g is $36.00, and your points take $30 off, so you'd pay $6.00 plus tax.",
    ),
    (
        "stranger",
        "whats cheaper per gram blue dream eighth or ounce",
        [value("gram", "Blue Dream 3.5g", "Blue Dream 28g")],
        "The ounce: $168.00 for 28g is $6.00 a gram, while the eighth at $28.00 comes to $8.00 a gram.",
    ),
    (
        "stranger",
        "is the oz a better deal",
        [product("Blue Dream")],
        "It is! The Blue Dream 28g works out to {<Blue Dream 28g>.price / <Blue Dream 28g>.grams} a gram, against {<Blue Dream 3.5g>.price / <Blue Dream 3.5g>.grams} for the Blue Dream 3.5g.",
    ),
    (
        "ana",
        "difference between gelato and blue dream price",
        [product("Gelato 3.5g")],
        "Gelato 3.5g is $36.00 and Blue Dream 3.5g is $28.00, so Gelato costs $8.00 more.",
    ),
    (
        "lucia",
        "cuanto salen 2 mango gummies y un chocolate",
        [product("Dark Chocolate Bar 100mg")],
        "Dos Mango Gummies 10mg a $7.00 y una Dark Chocolate Bar 100mg a $22.00 suman $36.00 antes de impuestos.",
    ),
    (
        "stranger",
        "how much thc is in an eighth of gelato",
        [product("Gelato 3.5g")],
        "Gelato 3.5g has 24% THC, so that's about 840 mg in the whole eighth.",
    ),
    (
        "stranger",
        "best value edible",
        [value("mg", category="edibles")],
        "Lemon Gummies 100mg give you the most for your money: $18.00 for 100mg, so $0.18 per mg.",
    ),
    (
        "ana",
        "30 bucks what can i get",
        [find(max_price=30, sort="best", limit=3)],
        "For $30 you could get a Blue Dream 3.5g at $28.00, which you already like. It's rated 4.6.",
    ),
    (
        "marcus",
        "whats 10% off gelato",
        [],
        "10% off the $36.00 Gelato 3.5g is $3.60, so it'd be $32.40. That discount is for veterans and seniors with proof, though.",
    ),
    (
        "marcus",
        "so if i buy 2 gelatos i pay 72?",
        [],
        "Exactly, $72.00 for two Gelato 3.5g, plus tax at the counter.",
    ),
    (
        "stranger",
        "2 sour diesel grams and a preroll how much",
        [product("Sour Diesel 1g"), product("Northern Lights Pre-Roll 1g")],
        "Two Sour Diesel 1g are $22.00 and a Northern Lights Pre-Roll 1g is $8.00, so $30.00 in all before tax.",
    ),
]
