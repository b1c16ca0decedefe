"""Turns of strangers in plainer words: sums, wishes and all sorts of questions."""

from __future__ import annotations

from tests.scenarios.capable.calls import (
    Turn,
    answer,
    find,
    person,
    product,
    shop,
)

PLAIN_STRANGERS: list[Turn] = [
    (
        "stranger",
        "cheapest eighth?",
        [find(query="eighth", category="flower", sort="price_low", limit=3)],
        "Harlequin 3.5g is our lowest-priced eighth at {<Harlequin 3.5g>.price}. Next up is Blue Dream 3.5g for {<Blue Dream 3.5g>.price}.",
    ),
    (
        "stranger",
        "cheapest eighth over 20%",
        [find(query="eighth", category="flower", min_thc=20, sort="price_low", limit=3)],
        "Above 20% THC it's Blue Dream 3.5g: $28.00 and 21%.",
    ),
    (
        "stranger",
        "most expensive flower?",
        [find(category="flower", sort="price_high", limit=2)],
        "That's the Blue Dream 28g at $168.00, since it's a whole ounce.",
    ),
    (
        "stranger",
        "how many pre rolls can i get for 50",
        [product("Northern Lights Pre-Roll 1g")],
        "Six Northern Lights Pre-Rolls would be $48.00, so that fits your $50 before tax.",
    ),
    (
        "stranger",
        "i want 2 eighths of gdp and 1 harlequin, with tuesday deal?",
        [product("Granddaddy Purple 3.5g"), product("Harlequin 3.5g")],
        "Two Granddaddy Purple 3.5g and one Harlequin 3.5g are $90.00. The Tuesday deal is for edibles only, so it doesn't apply to flower.",
    ),
    (
        "stranger",
        "4 lemon gummies on tuesday with tax?",
        [product("Lemon Gummies 100mg")],
        "Four Lemon Gummies 100mg are $72.00, or $64.80 with Tuesday's 10% off edibles. Tax gets added at the counter.",
    ),
    (
        "stranger",
        "how do u guys compare to the shop down the street lol",
        [],
        "I can only speak for us, ha! Tell me what you're looking for and I'll look it up.",
    ),
    (
        "stranger",
        "r u hiring",
        [person("other")],
        "I don't know about openings, but I've passed your question on to our staff and they'll get back to you.",
    ),
    (
        "stranger",
        "im allergic to coconut, are the gummies safe",
        [find(query="gummies"), person("medical")],
        "I can't say, since I don't have their ingredients. I've asked our staff to get back to you; until then please check the label.",
    ),
    (
        "stranger",
        "will this show on a drug test",
        [answer("will thc show up on a drug test")],
        "It can, yes. THC may show up on a drug test for days or even weeks, so plan around that.",
    ),
    (
        "stranger",
        "how do i store flower",
        [answer("how should i store flower")],
        "Keep it in an airtight jar, somewhere cool and dark, and out of reach of kids.",
    ),
    (
        "stranger",
        "how much can i buy at once",
        [answer("how much can i buy at once")],
        "In California adults can buy up to one ounce of flower and eight grams of concentrate a day.",
    ),
    (
        "stranger",
        "do u take med cards",
        [answer("do you accept medical cards")],
        "I'm not sure about medical cards here, so please call us at +1 415-555-0134.",
    ),
    (
        "stranger",
        "is your sour diesel a sativa and does it come in 8ths",
        [product("Sour Diesel")],
        "It's a sativa, yes, but right now we only have it as a 1g for $11.00.",
    ),
    (
        "stranger",
        "u guys got blue dream vapes",
        [find(query="blue dream vape")],
        "No Blue Dream vape right now, sorry. Want me to look at flower instead?",
    ),
    ("stranger", "how old do i have to be", [], "You have to be 21, and please bring a valid government ID."),
    (
        "stranger",
        "open past 9 on thursdays?",
        [shop("hours")],
        "No, Thursdays we close at 9 PM. Fridays and Saturdays we stay open an hour longer.",
    ),
    (
        "stranger",
        "what day r u open the latest",
        [shop("hours")],
        "Fridays and Saturdays, when we're here until 10 PM.",
    ),
    ("stranger", "u open new years day?", [shop("hours")], "Yes, from 12 PM to 6 PM on January 1."),
    (
        "stranger",
        "closest store to emeryville",
        [shop("locations")],
        "I can't check distances, but our East Bay stores are at 340 Example Avenue in Oakland and 88 Example Way in Berkeley.",
    ),
    (
        "stranger",
        "whats in stock from kiva",
        [find(brand="Kiva")],
        "From Kiva we've got Lemon Gummies 100mg at $18.00 and Mango Gummies 10mg at $7.00.",
    ),
    (
        "stranger",
        "which kiva one is stronger",
        [find(brand="Kiva")],
        "The Lemon Gummies 100mg by far: 100mg a pack against 10mg for the Mango Gummies.",
    ),
    (
        "stranger",
        "so 10 packs of mango = 1 lemon?",
        [find(brand="Kiva")],
        "In THC, yes: ten packs of Mango Gummies 10mg hold 100mg. But they'd cost $70.00 instead of $18.00.",
    ),
    (
        "stranger",
        "do you sell papers or lighters",
        [find(query="rolling papers"), find(query="lighter")],
        "I don't see rolling papers or lighters on our menu at the moment.",
    ),
    (
        "stranger",
        "can u do 150 for the oz",
        [product("Blue Dream 28g")],
        "I can't change prices, sorry! The Blue Dream 28g is $168.00.",
    ),
    (
        "stranger",
        "do i get anything on my first visit",
        [],
        "There's no first-visit deal that I know of, but you'd start earning points right away: one for every dollar.",
    ),
]
