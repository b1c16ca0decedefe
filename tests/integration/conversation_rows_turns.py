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
    (
        "3 eighths of jack herer | and an og kush | take off one jack | and with the senior discount | and without",
        ("2 x Jack Herer 3.5g", "In all: $61 before tax"),
        ("off by",),
    ),
    # --- what was singled out, or compared
    (
        "compare tangie and super lemon haze | which ones stronger | and cheaper?",
        ("is Super Lemon Haze",),
        ("3)",),
    ),
    ("gelato eighth vs wedding cake eighth | cheaper one?", ("Wedding Cake 3.5g: $23",), ("Gelato",)),
    ("is gsc or gelato stronger | how much is that one", ("Gelato 3.5g: $33",), ("Girl",)),
    ("cual pega mas el gelato o el og kush | y la mas barata?", ("El mas barato es OG Kush",), ("3)",)),
    (
        "disposables indica | whats the strongest | ok 2 of that one total?",
        ("2 x Skywalker OG", "$68"),
        ("Grape",),
    ),
    ("strongest edible u got | how much is that", ("$25",), ("2)",)),
    ("party prerolls, like talkative | give me the 2 cheapest", ("1)", "2)"), ("3)",)),
    ("any infused prerolls | the cheapest two", ("$11.50", "2)"), ("3)",)),
    # --- for somebody else
    ("edibles for a first timer | and for my wife she eats 100mg no prob", ("THC 100mg",), ("THC 0mg",)),
    ("chocolate for a beginner | and me, my husband smokes daily tho", (), ("THC 100mg",)),
    # --- a rule goes on
    ("do you deliver | is a quarter of mimosa enough | how late can I order", ("8 PM",), ("10 PM",)),
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
    ("how much is the peppermint rub | is the balm cheaper | ok the balm then", ("Body Balm",), ("Peppermint",)),
    ("any strawberry carts? | ok blueberry anything", ("Blueberry Cartridge",), ("Strawberry",)),
    ("how much is a zip of gelato | any cheaper zips", ("1)", "28g"), ("Gelato",)),
    ("algo en crema | y la mas cara?", ("High CBD Veda Balm",), ("Rub",)),
    ("any strawberry carts? | 0.5 or 1g?", ("0.5g: $35",), ("5g. The",)),
    ("algo con sabor a mango | pero que no me de ansiedad", ("Harlequin",), ("Green Crack",)),
    (
        "do you have beverages for somebody who doesn't drink alcohol? | What about a tea?",
        ("Earl Grey",),
        ("no tea",),
    ),
    ("do you have sour diesel | shed like the cartridge", ("Sour Diesel Cartridge",), ("Tangie",)),
    ("infused prerolls under 11 | ok not infused then, whats the highest thc", ("OG Kush Pre",), ("infused",)),
    ("you guys have gelato? | the indica?", ("Gelato 3.5g: hybrid",), ("1) Purple",)),
    ("maui wowie 28g | and half that", ("14g",), ("Maui Wowie 28g by",)),
    ("does the bubba kush smell loud | ok whats a half of that then", ("Bubba Kush 14g", "$85"), ()),
    ("gummies 100mg under 24 | Ok then sour ones", ("Sour Gummies",), ("Blueberry",)),
    ("cheap edibles | no? ok what about drinks", ("1) Earl Grey", "2)"), ()),
    ("vapes with pineapple | anything else", ("nothing else",), ("find any",)),
    ("carts under 30 | the trainwreck how strong", ("Trainwreck Vape Pen",), ("3.5g",)),
    ("que efectos secundarios tiene el green crack", ("ansiedad",), ("Lo siento",)),
    ("what are the downsides of the blueberry gummies", ("side effects not listed",), ("Sorry",)),
    ("3 sour gummies squares | how much | with tax?", ("3 x", "before tax"), ()),
    ("what drinks have the most thc | under 25", ("THC 100mg",), ("Earl Grey",)),
    ("lemonade | la de indica cuanto", ("Indica Lemonade 100mg: $22",), (": indica",)),
    ("prerolls infusionados | uno que no sea infusionado", ("1)",), ("Infused",)),
    ("tangie pen | whats it with my veteran discount | and two of em", ("2 x", "$53.10"), ("1 x",)),
    (
        "cuanto cuesta la pluma de tangie | y la de jack herer | y con descuento de veterano cuanto",
        ("$25.20",),
        (),
    ),
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
    ("anything in flower | the second one, ever had it before?", ("purchase",), ("1)",)),
    ("got my usual? | the pen only", ("Vape Pen",), ("2)",)),
    ("tangie pen | k see u sat, what time u open", ("Saturday",), ("Today",)),
    ("do u have my donuts | and w my vet thing", ("$18.90",), ()),
    ("how much is the bath soak | whats a cheaper swap for it", ("$29",), ("nothing", "returns")),
    ("whats my usual | how much is the pen", ("Vape Pen 0.3g by",), ("2)",)),
    ("have i ever bought wedding cake | how bout gelato", ("no purchase of Gelato",), ("$33",)),
]
