"""Texts that ask for facts of goods: what the reply tells of each thing that they name, and what names no goods."""

from __future__ import annotations

#: Texts, parted by bars; what the last reply says; and what it does not say.
ASPECTS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # --- words that are no names, and Spanish kinds
    ("wey traes plumas de indica? de las desechables", ("1)", "Vape Pen"), ("No veo",)),
    ("do you have wedding cake? mi mama wants to know", ("Wedding Cake",), ("mama",)),
    ("do you have any sherbert in bigger sizes", ("Yes, we have",), ("bigger",)),
    ("busco un vaper de menos de 25", ("Grape Ape",), ("No veo",)),
    ("tienen pre rolls infusionados? los de indica nada mas", ("Infused",), ("Northern Lights",)),
    ("tienen algo con sabor a frutilla que no sea para fumar", ("Strawberry",), ("Donut",)),
    ("busco algo para dormir que no se fume, es para mi mama", ("$",), ("Pre-Roll", "Kush")),
    ("got any jeeter carts", ('I don\'t see "jeeter"',), ()),
    # --- every aspect asked, of each thing named
    (
        "is the wedding cake good for sleep or more of a daytime thing",
        ("isn't described as sleepy or energetic",),
        (),
    ),
    ("does bubba kush knock you out or keep you energized", ("described as sleepy, not as energetic",), ()),
    ("how strong is ice cream cake and will it give me the munchies", ("Yes: Ice Cream Cake", "hungry"), ()),
    ("gdp or bubba kush for munchies??", ("Both are described as hungry",), ("You might like",)),
    (
        "which tastes more like orange, the tangie or the strawberry cough",
        ("Tangie tastes of orange;",),
        ("Pre-Roll",),
    ),
    (
        "durban or jack herer, downsides of each? can i get either as a 5 pack",
        ("some notice", "Durban Poison Pre-Roll 5-Pack", "Jack Herer Pre-Roll 5-Pack"),
        ("don't know",),
    ),
    ("do mimosa or strawberry cough come in a 5 pack", ("Strawberry Cough Pre-Roll 5-Pack",), ()),
    ("what terps are in the super lemon haze flower", ("terpinolene",), ()),
    ("super lemon haze and sour diesel eighths, what terps", ("terpinolene", "Sour Diesel 3.5g"), ()),
    ("gelato eighth, who grows it and whats the price per gram", ("by Apple Farms INC", "a gram"), ("ACDC",)),
    ("what is gelato bred from", ("bred from",), ("don't know",)),
    ("any downsides to blue dream?", ("some notice",), ("I don't see",)),
    ("todavia hay de la wedding cake? a como esta ahorita", ("Wedding Cake", "$"), ()),
]
