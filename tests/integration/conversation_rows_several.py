"""Texts with several requests: each has its part, and what one leaves unsaid comes from the others."""

from __future__ import annotations

#: The text; what the reply says; and what it does not say.
SEVERAL: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("need 2 brownies and 1 pack of gummies, whats the total", ("In all:", "Gummies"), ("couldn't",)),
    ("gummies for sleep and 2 brownies, what does that come to", ("gummies described as sleepy",), ()),
    ("my husband wants a strong indica, i'd rather have a mild gummy", ("Indica flower, strongest", "ummy"), ()),
    ("sativa gummies? also whats a good indica for under 12 bucks", ("Indica under $12", "no sativa"), ()),
    ("hi! 2 qs: are you open sunday and do you have blueberry gummies", ("Sunday", "Blueberry Gummies"), ("2 x",)),
    ("do you have chocolate, could you hold two for me until sunday?", ("hold or track", "Chocolate"), ()),
    ("i need something for cramps and something to help me focus at work", ("doctor", "1)"), ()),
    (
        "precio de la media onza de wedding cake y de la onza de pineapple express",
        ("Wedding Cake", "Pineapple"),
        (),
    ),
    ("hay descuento para veteranos y que papel tiene que llevar", ("comprobante",), ("Papers",)),
    ("is green crack gonna make me anxious? if so whats a mellower daytime one", ("anxious", "energetic:"), ()),
    ("tell me about jack herer. effects, price, any bad side effects?", ("Jack Herer", "some notice"), ("see a",)),
    ("whats your cheapest ounce and is the ounce indica", ("28g", ", sativa"), ("sorry",)),
    ("anything with grape flavor, both flower n edibles", ("flower with grape", "edibles with grape"), ()),
    ("do you have ak47? im new to this", ("not among the milder ones",), ()),
    (
        "my wife wants something fruity to eat nothing strong and i want the strongest preroll u got",
        ("mildest first", "strongest first"),
        (),
    ),
    ("algo suave para mi abuela y un porro bien fuerte para mi", ("Porro, mas fuerte",), ()),
    ("green crack in flower and in cart, prices for both pls", ("Green Crack 3.5g", "Green Crack Cartridge"), ()),
    (
        "is pineapple express sativa, how much is a g and do you have prerolls of it",
        ("hybrid", "$8", "Roll"),
        ("Abo",),
    ),
    ("your return policy on vapes and also whether you sell papers", ("7 days", "Papers"), ("Vape Pen",)),
    ("first are you open sunday, second do you have any ak47 left", ("Sunday", "AK-47"), ()),
    ("phone number for the oakland store? n do they have the same hours as sf", ("510", "PM"), ()),
    ("do u have zkittlez or runtz? if not whats closest, something fruity", ('"zkittlez"',), ("Street",)),
    ("if i spend 120 how many points is that and when do points expire", ("120 points", "expire"), ()),
    (
        "what chocolates do you have under $20 and are any of them dark",
        ("Chocolates under $20", "Dark chocolates under $20: 1) Dark Chocolate"),
        ("sorry",),
    ),
    (
        "Which carts are under 30, which of those are sativa, and do you sell a battery that fits them",
        ("Carts under $30", "no sativa carts under $30", "510 Battery"),
        (),
    ),
    (
        "mimosa or strawberry cough, which is more uplifting, and do either come in a 5 pack",
        ("no Mimosa in packs of 5", "Strawberry Cough Pre-Roll 5-Pack"),
        (),
    ),
    ("got durban carts, if so half g or full g", ("Cartridge 0.5g", "Cartridge 1g"), ()),
    (
        "can i exchange a cart that leaks? if not, what's a decent one under 30",
        ("7 days", "Cartridge"),
        ("rest of it",),
    ),
    ("my pen is blinking, can i swap it. and if not whats your cheapest disposable", ("7 days", "Vape Pen"), ()),
    ("need gummies and a topical, neither over 25", ("Gummies under $25", "Topical under $25"), ("$25.50",)),
    (
        "need 1 indica preroll 1 sativa preroll and a lighter whats that run me",
        ("In all:", "cheapest of each"),
        (),
    ),
    (
        "i need 1. something for stress 2. a bath thing 3. your sunday hours",
        ("Sunday", "relaxed", "Soaking Salts"),
        (),
    ),
    (
        "do you deliver to the mission and can i get the sour gummies squares delivered",
        ("$50", "Sour Gummies"),
        (),
    ),
    ("u guys deliver to the sunset? is it tuesday the edibles are off", ("deliver there", "Tuesdays"), ("sorry",)),
    ("q horario tienen el viernes, aceptan debito, tienen wedding cake", ("efectivo", "Wedding Cake"), ()),
    ("do you have kush nuts, also brownies", ("Kush Nuts 100mg", "Brownie"), ()),
    (
        "gelato or wedding cake, which is stronger, and does either come in a preroll",
        ("Gelato Pre-Roll",),
        ("Widow",),
    ),
    (
        "cual es mas barato el cart de grape ape o el de blueberry, y estan abiertos hoy",
        ("mas barato es Grape",),
        (),
    ),
    ("is there a senior discount and does it work with the tuesday thing", ("Tuesdays", "combined"), ("About",)),
    ("a que hora cierran hoy, aceptan credito y tienen encendedores", ("PM", "efectivo", "Lighter"), ('De "',)),
    (
        "do u have blueberry gummies, how many mg, and do you deliver to the richmond",
        ("100mg", "there"),
        ("dose",),
    ),
    ("do i have enough points for a discount? and is the mimosa 8th still 23", ("Yes: Mimosa 3.5g",), ("1 x",)),
]
