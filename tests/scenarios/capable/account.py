"""Turns about points, rewards and what somebody bought."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    FAVORITES,
    PROFILE,
    Turn,
    purchases,
    spent,
)

ACCOUNT: list[Turn] = [
    # --- points and rewards
    (
        "ana",
        "how many points do i have",
        [],
        "You're at {me.points} points, Ana, good for {shop.loyalty.reward_dollars} off at the counter.",
    ),
    (
        "ana",
        "points?",
        [],
        "120 points right now, Ana. That covers one $5 reward, and 80 more points make it two.",
    ),
    (
        "ana",
        "how far am i from the next reward",
        [],
        "One $5 reward is already yours with 120 points. Another 80 points, so about $80 in purchases, and you'd have a second one.",
    ),
    (
        "marcus",
        "can i use my points on my next order",
        [],
        "Sure can, at the counter! Your {me.points} points are worth $30 off, since every 100 points take off $5.",
    ),
    (
        "marcus",
        "how many points n what r they worth",
        [PROFILE],
        "You've saved up 640 points, Marcus. Six rewards of $5 each, so $30 off, with 40 points left over.",
    ),
    (
        "lucia",
        "cuantos puntos tengo?",
        [],
        "Tienes {me.points} puntos, Lucia. Te faltan {100 - me.points} para los primeros $5 de descuento.",
    ),
    (
        "lucia",
        "cuando me dan descuento por los puntos",
        [],
        "Con 100 puntos te descontamos $5 en el mostrador. Llevas 55, asi que te faltan 45.",
    ),
    (
        "stranger",
        "do you have a rewards program",
        [],
        "We do! You earn one point for every dollar, and 100 points get you $5 off at the counter.",
    ),
    ("marcus", "am i vip?", [], "You sure are, Marcus! VIP, with 24 visits so far."),
    # --- last purchases
    (
        "ana",
        "what did i get last time",
        [],
        "Last time, on {v1.date}, you took home two Blue Dream 3.5g and the Lemon Gummies 100mg, {v1.total} with tax.",
    ),
    ("ana", "how much did i pay last visit?", [], "Your last visit came to $88.80 with tax, Ana."),
    (
        "marcus",
        "whats the last thing i bought and where",
        [purchases(limit=1)],
        "On {v1.date} at our Oakland store you got a Gelato 3.5g for $36.00 and two Northern Lights Pre-Rolls for $16.00. With tax that was $62.40.",
    ),
    (
        "marcus",
        "when did i last get the jack herer cart",
        [purchases(product="Jack Herer", limit=3)],
        "That was on {v2.date}, Marcus. You paid $35.00 for the Jack Herer Cartridge 0.5g.",
    ),
    (
        "marcus",
        "how many times have i been in",
        [],
        "24 times so far, most recently on {me.last_visit}. Thanks for being a regular!",
    ),
    (
        "marcus",
        "how much have i spent in total this year",
        [spent(since="2000-01-01", by="total")],
        "You've spent {s1.spent} over {s1.visit_days} visits, tax included.",
    ),
    (
        "ana",
        "how much do i spend on flower?",
        [spent(category="flower", by="total")],
        "On flower it's {s1.spent} so far, before tax.",
    ),
    (
        "lucia",
        "que compre la ultima vez",
        [],
        "El {v1.date} compraste Mango Gummies 10mg en Oakland. En total fueron $8.40 con impuestos.",
    ),
    (
        "lucia",
        "cuanto pague por las gomitas",
        [purchases(limit=2)],
        "Pagaste $7.00 por las Mango Gummies 10mg, $8.40 ya con impuestos.",
    ),
    (
        "marcus",
        "what do i usually get",
        [FAVORITES],
        "Mostly Gelato 3.5g, nine times now, and Northern Lights Pre-Rolls. Wedding Cake 3.5g is your third favorite, but we're out of it at the moment.",
    ),
    (
        "ana",
        "my usual?",
        [FAVORITES],
        "Your Blue Dream 3.5g is here for {<Blue Dream 3.5g>.price}, and so are the Lemon Gummies 100mg at {<Lemon Gummies 100mg>.price}. I can't set them aside by text, but come grab them!",
    ),
    (
        "marcus",
        "the usual pls",
        [FAVORITES],
        "Both are in stock, Marcus: Gelato 3.5g for $36.00 and Northern Lights Pre-Roll 1g for $8.00. The Wedding Cake is sold out today.",
    ),
]
