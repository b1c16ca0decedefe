"""Conversations with the offline model over the demo's catalog, by their texts."""

from __future__ import annotations

#: Texts, parted by bars; what the last reply says; and what it does not say.
ROWS: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # --- yes or no first, and the pick of two
    (
        "hi! do you have an eighth of blue dream and what does it cost?",
        ("Yes, we have Blue Dream 3.5g", "$35.50"),
        ("1 x", "before tax"),
    ),
    ("Do you carry Wedding Cake?", ("Yes, we have",), ("Here you go",)),
    ("tienen gomitas?", ("Si, tenemos",), ("Yes",)),
    ("any gelato carts", ("No, I have no",), ("Yes",)),
    ("what gummies do you have", ("1)",), ("Yes",)),
    ("cheapest ounce u got", ("1)", "28g"), ("Yes",)),
    ("got any topicals | not peppermint she hates the smell", ("1)",), ("Peppermint",)),
    ("is the wedding cake indica?", ("No: Wedding Cake", "hybrid"), ()),
    ("strongest preroll | the first one, is it infused", ("Yes, ", "infused"), ("An infused pre-roll has",)),
    ("compare blue dream and green crack | which one wont make me anxious", ("Blue Dream", "is the one"), ()),
    (
        "whats cheaper the half gram or the full gram of blue dream oil, and which one hits harder",
        ("The cheapest is Blue Dream Oil 0.5g at $16", "same THC"),
        ("510",),
    ),
    ("two 14s or one 28 of blue dream, whats cheaper", ("per gram is Blue Dream 28g",), ("28 x",)),
    ("cual pega mas, el kush cartridge o el de blue dream", ("El mas fuerte es Kush Cartridge 1g",), ("Bubba",)),
    (
        "is blue dream or gelato stronger and which is cheaper for an eighth",
        ("The strongest is Gelato 3.5g", "The cheapest is Gelato 3.5g"),
        ("14g", "7g"),
    ),
    # --- in an order
    ("whats ur strongest flower | and the next strongest", ("AK-47",), ("Ice Cream Cake", "Sour Diesel")),
    ("whats the highest thc flower | and the lowest", ("Harlequin",), ("Which of those",)),
    ("got any topicals | the first one then | whats cheaper than that", ("1)",), ("know that",)),
    # --- two kinds or sizes with the rest of the wish
    ("gummies or chocolates under 25?", ("Gummies under $25", "Chocolates under $25"), ()),
    ("gummies, a cart, and an eighth, all indica, whats the cheapest of each", ("Grape Ape",), ("White Widow",)),
    ("do you have blue dream carts and flower", ("Blue Dream Cartridge", "Blue Dream 3.5g"), ("Gelato",)),
    ("how much thc in the indica lemonade and the blueberry drink", ("Indica Lemonade", "Blueberry Drink"), ()),
    ("edibles under 10mg", ("THC 0mg",), ("Gingerbread Super Potent 10mg",)),
    ("got it in half gram | any shatter | 0.5 ones only", ("0.5g",), (" 1g",)),
    # --- sums and fractions
    ("blue dream flower | how much is an 1/8 of the first one", ("$35.50",), ("8 x",)),
    ("I'd like two of the blueberry drinks please", ("Blueberry Drink",), ("Lemonade",)),
    ("the blueberry drink | actually make that one, and one lemonade", ("In all: $44",), ("know that",)),
    ("price of a gram of sherbert, a mini donut and the bath soak together", ("In all: $60",), ()),
    ("is the earl grey tea 30mg total or per serving", ("THC 30mg",), ("1 x",)),
    # --- the shop
    ("do you deliver | im in the mission", ("Yes, we deliver there",), ("sorry",)),
    ("do you deliver to lake merritt", ("not in Oakland",), ()),
    ("do you deliver | is $45 enough", ("No, $45 is not enough", "$50"), ()),
    ("pues mija quiere saber si abren el primero de enero y a que hora", ("12 PM",), ("cerrados",)),
    ("u take apple pay or nah", ("Apple Pay", "debit"), ()),
    ("hay alguna oferta hoy viernes? soy nuevo", ("descuento",), ("cuenta a otro numero", "soy")),
    ("cuantas plantas puedo tener en mi casa legalmente", ("seis plantas",), ("28.5",)),
    ("my pen blinks three times and then nothing. whats wrong with it?", ("contacts",), ("really sorry",)),
    ("so whats the story behind the name green crack", ("don't know that",), ("$",)),
    (
        "First time buyer here. can I pay with Visa, and what would you recommend for someone who gets anxious easily?",
        ("debit", "1)", "Start low"),
        ("for our staff", "medical"),
    ),
    # --- a fact of what was shown
    ("got any sour diesel flower | and the lineage?", ("bred from",), ("1)",)),
    ("peppermint anything | is the first one sticky", ("don't know that about Peppermint",), ("$",)),
    ("show me your prerolls | how many are in each", ("one, 1g",), ("$",)),
    ("any 5 packs of joints | how many joints is that", ("5 in the pack",), ()),
    ("what gummies you got | is that the mg for the whole pack", ("100mg in the whole package",), ()),
    ("cheapest ounce of flower | whats that come to per gram", ("a gram",), ()),
    ("blue dream 3.5 | side effects?", ("some notice",), ("faster pulse",)),
    ("tell me about headband | with tax how much", ("Headband", "before tax"), ("excise",)),
    ("do you sell cbd capsules | do you have that in oakland", ("in stock", "each store"), ()),
    ("gomitas? | cuanto thc tiene la segunda", ("THC 100mg",), ("1)",)),
    # --- one of those shown
    ("indica vapes | the cheapest of those", ("$24",), ("2)",)),
    ("infused joints please | the second one, flavor?", ("tastes of grape",), ("1)",)),
    ("trainwreck | the 5 pack", ("Trainwreck Pre-Roll 5-Pack",), ("Wax",)),
    ("trainwreck | no the flower", ("Trainwreck 3.5g", "$30.50"), ("Wax",)),
    ("edibles under 20 | the $8 one", ("Gingerbread Super Potent",), ("2)",)),
    # --- the wish, changed
    ("prerolls | only infused ones", ("Infused",), ("White Widow Pre-Roll 1g $8",)),
    ("lookin for a quarter | indica | below 50", ("$47",), ("$55",)),
    ("how much is half an oz of blue dream | and the whole one", ("28g", "$209"), ()),
    ("og kush eighth | how much is the 7", ("OG Kush 7g", "$48.50"), ()),
    ("any drinks | how strong is the tangerine one", ("Tangerine Drink",), ("Blueberry",)),
    ("sour d flower | do those come in a cart", ("Sour Diesel Cartridge",), ("3.5g",)),
    ("green crack cart | what else is energetic", ("1)",), ("Green Crack",)),
    ("flower that isnt gelato please | i want hybrid", ("1)",), ("Gelato",)),
    # --- beside what was shown
    ("sativa cart 1 gram | any smaller", ("0.5g",), ("Cartridge 1g",)),
    ("blue dream ounce | anything cheaper", ("28g",), ("Blue Dream", "$209")),
    ("strongest flower | stronger?", ("nothing stronger",), ("Here you go",)),
    ("need a strong edible | stronger?", ("nothing stronger",), ("Flower", "3.5g")),
    ("carts under 30 | which is strongest", ("Cartridge",), ("3.5g",)),
    ("hash | cheapest hash?", ("Trainwreck Bubble Hash 1g", "$26"), ("2)",)),
    ("jack herer vape | is it stronger than the flower", ("The strongest is Jack Herer Vape Pen",), ()),
    ("blue dream eighth | is that stronger than og kush", ("The strongest is OG Kush",), ()),
    # --- of all there is, and not of the few that were named
    ("show me concentrates | whats the cheapest one", ("Cherry Pie Oil 0.5g", "$14"), ("2)",)),
    ("cbd only stuff | whats the cheapest | great, hold one for me", ("CBD Capsule", "order"), ("Tea",)),
    ("show me something | stronger | edible", ("100mg",), ("10mg $8",)),
    ("hybrid carts | de un gramo? 1 gram | the cheapest", ("Cartridge 1g",), ("0.5g",)),
    ("anything w limonene | flower", ("1)",), ("White Widow 3.5g $29",)),
    ("sativa eighths | cheaper than 25", ("Harlequin 3.5g $22",), ("$30",)),
    ("top hybrids | second one. tell me more", ("Infused",), ("2)",)),
    ("white widow eighth | how does it compare to blue dream", ("White Widow", "Blue Dream"), ("don't know",)),
    ("whats rosin | do u have it | ok bubble hash then. which is cheapest", ("Trainwreck Bubble Hash",), ("$33",)),
    ("northern lights | what else makes you sleepy like that", ("1)",), ("Northern Lights",)),
    ("blue dream | how much for 14", ("$118",), ("$52",)),
    ("prerolls | just the infused ones | which is strongest | does it come in a pack", ("no",), ("Bubba Kush",)),
    # --- another topic, and back
    ("when do you close | what about the berkeley store", ("Berkeley", "open"), ("Example Way",)),
    ("whats the deal today | and tuesday?", ("Tuesdays 10% off",), ("purchases",)),
    ("when do you close | whats the address in berkeley", ("88 Example Way",), ("open now",)),
    ("cheapest eighth | nvm what time do you close", ("open",), ("$",)),
    # --- several of it
    ("need a preroll | how much for two of the first one", ("2 x", "$16"), ()),
    ("can you set aside a wedding cake 3.5 for me", ("Wedding Cake 3.5g is $23",), ("5 x", "Pack")),
    ("thc drinks | 2 of the first one | and what time do you close", ("open",), ("2 x",)),
    ("papers and a lighter | how much all together", ("1 x Rolling Papers", "$6"), ("$10",)),
    ("lemon haze | the flower | how much for a q", ("Super Lemon Haze 7g", "$61"), ()),
    ("grape ape | the cart | i'll take the half", ("Grape Ape Cartridge 0.5g is $22", "order"), ("Pen",)),
    ("maui wowie quarter | the half? | which is cheaper per gram", ("28g", "$6.86 a gram"), ("$11",)),
    # --- words that are easily taken for something else
    ("blue dream | no not infused", ("1)",), ("STOP", "Infused")),
    ("acdc 3.5 | so it wont get me high", ("described as",), ("sorry",)),
    ("super lemon haze cart 1g | does it come with a battery", ("has to be screwed on a 510 battery",), ("$25",)),
    ("bubba kush | does it make you hungry", ("described as", "hungry"), ("don't know",)),
    ("headband or trainwreck | for gaming", ("Headband", "Trainwreck", "described as"), ("gaming",)),
    ("hybrid eighth | the gelato, effects?", ("Gelato", "relaxed"), ("Which of those",)),
    # --- what was only spoken of
    ("whats bubble hash | do you have it", ("Bubble Hash",), ("don't know",)),
    ("any deals on edibles | ok what do you have under 10 then", ("Gingerbread",), ("Pre-Roll", "3.5g")),
    # --- who wants little gets little
    ("flower | no wait edibles. something low", ("10mg",), ("100mg",)),
    # --- words that a reply must not repeat
    ("any disposables", ("Vape Pen",), ("can't answer that right now",)),
    # --- several clauses, each of which is about something
    (
        "gelato flower | the 3.5 looks good. is it indica? also are you open sunday",
        ("No, Gelato", "Sunday"),
        ("1)",),
    ),
    ("what flower u got | the first one looks fire. hows it taste", ("tastes of",), ("2)",)),
    ("pineapple express cart | whats the diff btwn the pen and the cart", ("Vape Pen", "Cartridge"), ("sorry",)),
    ("tangie gram? | damn. what sizes then", ("Vape Pen 0.3g", "Crumble 1g"), ("unclear",)),
    ("flower for sleep | which of those has the lowest thc", ("THC",), ("2)", "sorry")),
    ("ice cream cake or do si dos, which one is cheaper for an 8th", ("The cheapest is Ice Cream Cake",), ()),
    ("can i get 2 oz in one day? also grape ape cart price", ("28.5 g", "Grape Ape Cartridge"), ("56g", "order")),
    ("my shatter went all sugary, is it still good? and what crumble do you have", ("Crumble",), ("Shatter",)),
    ("my cart is leaking | i lost the receipt tho", ("exchanged", "receipt"), ("purchases",)),
    ("my cart is leaking | i lost the receipt tho | so what do i do", ("staff",), ("sorry. Reply",)),
    ("new phone number, how do i update it. also did my refund go thru", ("rest of it",), ()),
    ("are you open this weekend | n new years", ("New Year's Day",), ("don't know",)),
    # --- several of several things
    ("2 meltaways cinnamon and 1 galaxy bar | only 1 of the meltaways", ("In all: $38",), ("2 x",)),
    ("2 meltaways cinnamon and 1 galaxy bar | take off the galaxy bar", ("2 x Cinnamon", "$40"), ("Galaxy",)),
    ("2 eighths of gelato and a pack of gummies under 80", ("more than $80",), ()),
    ("2 eighths and a pack of gummies under 80", ("2 x", "fits under $80"), ("1)",)),
    # --- what stays of a wish, and what goes
    ("sour diesel 14g | and a preroll of the same", ("Sour Diesel Pre-Roll",), ("14g",)),
    ("wat prerolls u got | ganja gold ones", ("Pre-Roll",), ("Cartridge", "Pen")),
    ("only cbd, no thc | not to smoke. to eat or drink", ("THC 0mg",), ("THC 100mg",)),
    ("chocolate edibles | something for my wife, she doesnt care for chocolate", ("1)",), ("Chocolate",)),
]

#: The same for a customer that the shop knows.
KNOWN: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("what do i usually get | whats its thc", ("THC",), ("bought",)),
    ("what did i buy last time | how much is the first one now", ("$",), ("total",)),
    (
        "what strain is my usual gram, is it indica or what. and do u have it in a preroll",
        ("hybrid", "Pre-Roll"),
        (),
    ),
    ("whats that bath thing i always get | how many of those have i bought", ("You bought",), ("Your visits",)),
    ("recommend me smth new im bored of my usual | hmm thats kinda strong for me", ("Start low",), ("90",)),
    ("what can i get off with my points | and if i wait til i have 300", ("300 points are $15",), ("1)",)),
]
