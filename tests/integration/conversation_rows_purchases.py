"""Conversations of a known customer about their own purchases: what the last reply says, and what it does not say."""

from __future__ import annotations

PURCHASES: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("how often am i usually in there", ("about every", "visits since"), ("spent",)),
    ("whats my average per visit this year", ("a visit on average (this year)",), ()),
    ("did i spend more in october or in november", ("October: $", "November: $", "more, by $"), ()),
    ("do i spend more on vapes or on edibles", ("on vapes", "on edibles", "more, by $"), ()),
    ("how many gummies have i bought since summer", ("gummies in", "(since summer)"), ("edibles",)),
    ("which of your stores do i go to the most", ("You shop most in",), ("usual",)),
    ("whats the very first thing i ever bought", ("You first shopped here on", "You got 1 x"), ()),
    ("biggest receipt ive ever had there", ("Your largest receipt was $",), ()),
    ("how much have discounts and points saved me", ("came off your receipts",), ("You have",)),
    ("have you ever given me money back", ("I see no refund",), ("exchanged",)),
    ("que compre en septiembre", ("visitas (septiembre)", "Llevaste"), ("Tu visita fue",)),
    ("what have i only bought once", ("on one visit only",), ()),
    (
        "how much did i spend in october | and in september | so how much more was that",
        ("more, by $",),
        ("ounce",),
    ),
    ("how much do i spend at your place | per visit i mean", ("a visit on average",), ("ID",)),
    ("did i ever buy gummies from you", ("Yes, you bought gummies",), ("edibles",)),
    ("have i ever tried the girl scout cookies pen", ("no purchase of Girl Scout Cookies",), ("Tangie",)),
    ("am i still getting my veteran discount", (), ("came off",)),
    ("what would my usual stuff cost all together", ("In all: $", "1 x"), ("Your usual",)),
    ("got $75. 2 gummies and a lighter, whats left", ("That leaves $",), ("75 x",)),
    ("is $50 enough for an eighth of gelato and papers", ("1 x Gelato 3.5g", "fits under $50"), ("50 x",)),
    ("can i get a pen and a brownie under 20", ("In all: $", "more than $20"), ("1)",)),
    ("how much are 2 brownies on tuesday with my veteran discount", ("2 x", "can be combined"), ()),
    ("if i buy two brownies how many points is that", ("That earns about",), ("1)",)),
    ("how many points do i need for 100 dollars off", ("more get you $100 off",), ("next $5",)),
    ("are all four stores open the same hours", ("All our stores keep the same hours.",), ()),
    ("what if i dont have the receipt", ("with the receipt", "whether it works without"), ()),
    ("is the price on the menu with tax", ("Prices are before tax",), ("excise",)),
]
