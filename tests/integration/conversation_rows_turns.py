"""Conversations that go on: a sum, a comparison, a place in an order, another language, a new beginning."""

from __future__ import annotations

#: Texts, parted by bars; what the last reply says; and what it does not say.
TURNS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # --- sums
    ("gomitas indica | y si compro dos cuanto seria", ("2 x", "$31"), ("1 x",)),
    ("skywalker og 7g | ok whats that plus a pack of papers", ("Skywalker OG 7g", "Rolling Papers", "$58"), ()),
    ("sour diesel cart | what would three of those cost | and is it very strong", ("THC 71.8%",), ("$130",)),
    ("tangie pen | throw in the bath soak, whats the total", ("Tangie Vape Pen", "$60.50"), ()),
    ("what about the scrub | together how much would the two be", ("In all: $77.50",), ()),
    # --- one of an order, or of some
    ("strongest wax you have | whats second strongest", ("Blue Dream Wax",), ("1)",)),
    ("do you have cbd drops | which has less thc", ("Oil Ultimate Strawberry",), ("Capsule",)),
    (
        "trainwreck wax | vs the bubble hash | which would u pick for someone who doesnt dab much",
        ("mildest is Trainwreck Bubble Hash",),
        (),
    ),
    (
        "tangie pen | what about granddaddy purple | which of the two is cheapest",
        ("The cheapest is Granddaddy Purple",),
        (),
    ),
    ("the coconut cookies | is the redeye one stronger", ("Coconut", "Redeye"), ()),
    # --- what a comparison leaves behind
    ("edibles for a first timer | those are too strong", ("0mg",), ("Gingerbread",)),
    ("sativa flower | cheaper | what about an indica instead", ("Purple Punch 1g",), ("none", "nothing")),
    ("what pens do you have | tangie?", ("Tangie Vape Pen",), ("3.5g",)),
    ("gelato flower | how much are gummies", ("Gummies",), ("Gelato",)),
    # --- a new beginning, and another language
    ("gelato flower | forget it. do you have gummies", ("Gummies",), ("Gelato",)),
    ("pineapple express cart | nvm what is your cheapest eighth", ("3.5g",), ("Pineapple Express Cartridge",)),
    ("que prerolls tienen | el segundo, cuanto cuesta | in english please", (": $",), ("antes",)),
    ("what gummies do you have | the second one | en español por favor", ("de Tiki Killers",), (" by ",)),
    ("something for sleep | she cant smoke", ("Night Capsules",), ('"she"', "Pre-Roll")),
]

#: The same for a customer that the shop knows.
KNOWN_TURNS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("how much did i spend last month | and the month before", ("1 to 30 Sep", "visits"), ("not sure",)),
    ("do u have my donuts | and w my vet thing", ("$18.90",), ()),
    ("how much is the bath soak | whats a cheaper swap for it", ("$29",), ("nothing", "returns")),
]
