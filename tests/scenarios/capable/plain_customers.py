"""Turns of customers in plainer words: sums, wishes and all sorts of questions."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    Turn,
    find,
    person,
    product,
    purchases,
    shop,
    spent,
    value,
)

PLAIN_CUSTOMERS: list[Turn] = [
    (
        "ana",
        "yo whats good, got my blue dream?",
        [product("Blue Dream 3.5g")],
        "All good here, Ana! Your Blue Dream 3.5g is in today at {<Blue Dream 3.5g>.price}.",
    ),
    (
        "ana",
        "i have 40 bucks cash. blue dream n 2 mango gummies work?",
        [product("Mango Gummies 10mg")],
        "A Blue Dream 3.5g and one Mango Gummies 10mg come to $35.00, but with two it's $42.00, so you'd be $2.00 over before tax.",
    ),
    (
        "ana",
        "what if i only get one gummies",
        [product("Mango Gummies 10mg")],
        "Then it's $35.00 before tax: $28.00 for the Blue Dream 3.5g and $7.00 for the Mango Gummies 10mg.",
    ),
    (
        "ana",
        "could i use a reward on that",
        [product("Mango Gummies 10mg")],
        "Yes! One $5 reward would bring the $28.00 Blue Dream 3.5g down to $23.00 before tax.",
    ),
    (
        "marcus",
        "avg spend per visit?",
        [spent(by="total")],
        "Across {s1.receipts} receipts you've spent {s1.spent}, which averages {s1.spent / s1.receipts} per visit.",
    ),
    (
        "marcus",
        "did i buy anything in berkeley",
        [purchases(limit=10)],
        "Yes, one visit: on {v3.date} you got a Wedding Cake 3.5g in Berkeley for $36.00 with tax.",
    ),
    ("marcus", "how long since my last visit", [], "Three days! You were last in on {me.last_visit}."),
    (
        "marcus",
        "what did i pay in tax last time",
        [purchases(limit=1)],
        "I can see the total with tax, $62.40, and your items add up to $52.00, so the rest is tax.",
    ),
    (
        "marcus",
        "can u recommend a preroll for tonight, im beat",
        [find(category="pre-rolls")],
        "The Northern Lights Pre-Roll 1g has your name on it: $8.00, and it's described as sleepy and relaxed. You've had it six times already!",
    ),
    (
        "marcus",
        "is there anything indica cheaper than gdp",
        [find(flower_type="Indica", sort="price_low", limit=3)],
        "Yes, Northern Lights Pre-Roll 1g at $8.00 is also an indica and a lot cheaper than Granddaddy Purple 3.5g at $33.00.",
    ),
    (
        "marcus",
        "whats the thc on all the flower u got",
        [find(category="flower", sort="thc_high", limit=10)],
        "From strongest to mildest: Sour Diesel 1g 26%, Gelato 3.5g 24%, Pineapple Express 7g 23%, Blue Dream 21%, Granddaddy Purple 19%, Harlequin 5%.",
    ),
    (
        "lucia",
        "cual es la mas fuerte en flor?",
        [find(category="flower", sort="thc_high", limit=3)],
        "La mas fuerte es Sour Diesel 1g con 26% de THC, a $11.00. Le sigue Gelato 3.5g con 24%.",
    ),
    (
        "lucia",
        "y la mas barata?",
        [find(category="flower", sort="price_low", limit=3)],
        "La mas barata es Sour Diesel 1g a $11.00.",
    ),
    (
        "lucia",
        "cuanto cuesta el gramo si compro la onza de blue dream",
        [product("Blue Dream 28g")],
        "La onza de Blue Dream cuesta $168.00, o sea $6.00 por gramo.",
    ),
    ("lucia", "abren manana?", [shop("hours")], "Si, manana abrimos {shop.hours.tomorrow}."),
    (
        "lucia",
        "me trataron muy mal ayer",
        [person("complaint")],
        "Lo siento mucho, Lucia, eso no deberia pasar. Ya le avise a nuestro personal y te van a contactar.",
    ),
    (
        "lucia",
        "quiero algo suave que no me tumbe",
        [find(beginner=True, category="edibles")],
        "Las Mango Gummies 10mg que ya conoces son suaves, a $7.00. Empieza con poquito!",
    ),
    (
        "lucia",
        "cuanto gaste contigo en total",
        [spent(by="total")],
        "En total llevas {s1.spent} en {s1.receipts} compra, con impuestos.",
    ),
    (
        "ana",
        "is it cheaper to wait til tuesday for the gummies",
        [],
        "Yes, Ana! The Lemon Gummies 100mg go from $18.00 to $16.20 on Tuesdays, so you'd save $1.80.",
    ),
    (
        "ana",
        "so whats my total if i get blue dream, lemon gummies and a preroll",
        [product("Northern Lights Pre-Roll 1g")],
        "$54.00 before tax: Blue Dream 3.5g $28.00, Lemon Gummies 100mg $18.00 and Northern Lights Pre-Roll 1g $8.00.",
    ),
    (
        "ana",
        "minus my reward",
        [product("Northern Lights Pre-Roll 1g")],
        "If you add your $5 reward to a Blue Dream 3.5g and a Northern Lights Pre-Roll 1g, the $36.00 becomes $31.00.",
    ),
    (
        "ana",
        "which of your flower would you pick for a movie night",
        [find(effect="Happy", category="flower", limit=3)],
        "Blue Dream 3.5g, hands down: people describe it as happy, relaxed and creative, and it's $28.00.",
    ),
    (
        "ana",
        "something citrusy?",
        [find(flavor="Citrus", limit=3)],
        "If you like citrus, there's Pineapple Express 7g ($52.00), Gelato 3.5g ($36.00) and Sour Diesel 1g ($11.00).",
    ),
    (
        "ana",
        "only got 11 left in my wallet lol",
        [find(max_price=11, sort="best", limit=3)],
        "That still gets you a Sour Diesel 1g for exactly $11.00, or a Northern Lights Pre-Roll 1g with $3.00 to spare, before tax.",
    ),
    (
        "marcus",
        "forgot my wallet there yesterday",
        [person("other")],
        "Oh no! I've let our staff know, Marcus, and they'll reach out. You can also call the Oakland store at +1 510-555-0135.",
    ),
    ("marcus", "lol u sound like a robot", [], "Guilty, I am one! But I do know you've got 640 points waiting."),
    (
        "marcus",
        "gimme a discount pleaase",
        [],
        "I can't hand out discounts, but your 640 points are good for $30 off at the counter.",
    ),
    (
        "marcus",
        "what would gelato be after points n tax",
        [],
        "Your points cover $30 of the $36.00 Gelato 3.5g, leaving $6.00, and tax is added at the counter.",
    ),
    (
        "marcus",
        "how much is 3.5 of gelato vs pineapple per gram",
        [value("gram", "Gelato 3.5g", "Pineapple Express 7g")],
        "Gelato comes to about $10.29 a gram and Pineapple Express to about $7.43 a gram, so Pineapple Express is the better value.",
    ),
    ("marcus", "so 7g of gelato would be what", [], "Two Gelato 3.5g make 7 grams, and that's $72.00."),
]
