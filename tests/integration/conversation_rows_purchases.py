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
]
