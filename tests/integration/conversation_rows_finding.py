"""Texts that look for goods, over the demo's catalog: what the reply says, and what it does not say."""

from __future__ import annotations

FINDING: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # --- measured by a product
    ("any flower cheaper than gelato", ("Harlequin 3.5g",), ("1) Gelato", " 1g $")),
    ("a cart cheaper than the tangie pen", ("Grape Ape Cartridge 0.5g $22",), ("Tangie",)),
    ("is there a drink stronger than the earl grey tea", ("THC 100mg",), ("Earl Grey",)),
    ("a drink as strong as the mini donut", ("THC 100mg",), ("THC 75mg", "Donut")),
    ("gummies about the same strength as the earl grey tea", ("nothing as strong", "50mg"), ()),
    ("preroll mas fuerte que el de og kush", ("Blue Dream Infused",), ("OG Kush",)),
    ("anything stronger than zkittlez?", ('don\'t see "zkittlez"',), ("1)",)),
    ("whats similar to durban poison but not as pricey", ("1)",), ("Durban",)),
    # --- how many there are in all
    ("what gummies do you have", ("Fruit Punch", "Tropical", "4)"), (" of ",)),
    ("show me every chocolate you carry", ("3 of ", "ask me for more"), ()),
    ("cuales cartuchos indica hay", ("Bubba Kush", "Grape Ape"), ("Hay mas",)),
    # --- one serving at most for a first time
    ("busco algo suave es mi primera vez, tipo chocolate", ("THC 0mg",), ("20mg $13", "50mg $")),
    (
        "first time ever, which gummies should i get",
        ("no gummies that mild",),
        ("THC 50mg", "THC 100mg", "THC 20mg"),
    ),
    ("my mom is 70 never tried weed, something sweet for her?", ("THC 0mg",), ("Pre-Roll", "3.5g")),
    ("im a first timer, any drinks", ("THC 0mg",), ("THC 30mg", "THC 34mg")),
    # --- no anxiety is no wish for what is weak
    ("tienen algo de energia pero que no ponga paranoico", ("1)",), ("No tengo", "THC 0mg")),
    # --- sorts, packs, ends
    ("oye que mota es la mas perrona en onza", ("Ice Cream Cake 28g",), ("oye",)),
    ("oye tienen hachís? a como", ("Bubble Hash",), ("No veo",)),
    ("flor con mas de 28 porciento", ("THC 28",), ("THC 2%", "THC 23")),
    ("what scrubs do you have", ("Sugar Scrub",), ("don't know",)),
    ("whats ur cheapest preroll pack", ("5-Pack",), ("1g $",)),
    ("bro cuanto por el pack de 5 de sour diesel", ("Sour Diesel Pre-Roll 5-Pack", "$36"), ("5 x",)),
    ("a sublingual with equal cbd and thc please", ("CBD Balanced Spray",), ("Anytime",)),
    ("brownies but not over 50mg", ("THC 50mg",), ("THC 100mg", "at least")),
    ("something fruity to vape", ("Grape Ape",), ("I have no",)),
    ("is blue dream fruity", ("Yes: Blue Dream",), ()),
    ("r ur bath bombs in stock?", ('don\'t see "bath bombs"',), ("Yes, we have",)),
    ("any drops or tinctures under 45?", ("Tincture $25",), (". Tinctures",)),
    ("is there any flower above 30%?", ("Ice Cream Cake",), ("THC 2", "THC 1")),
    ("do u have 1:1 anything", ("CBD Balanced Spray",), ("couldn't find",)),
    ("tienen pluma de og kush o de sour diesel", ("OG Kush Vape Pen",), ("no tengo",)),
    ("help me find a chill vape thats not too $$$", ("Grape Ape",), ("$31.50",)),
    ("nothing sativa. indica prerolls only, 2 of em", ("Pre-Roll",), ("I have no", "Vape Pen")),
    ("algo pa no dormirme en el jale, sin fumar", ("Energy",), ("Pre-Roll",)),
    ("edibles in the 10-20 mg range plz", ("THC 10mg", "THC 20mg"), ("THC 0mg", "THC 50mg")),
    ("any tea w no thc", ("Hemp CBD Infused Tea",), ("Earl Grey",)),
    # --- weights, compounds and forms
    ("price on northern lights 3.5 and 14", ("$29.50", "$104"), ("14 x", "before tax")),
    ("which is cheaper per gram, the 28 of blue dream or 28 of ak 47", ("is AK-47 28g",), ("28 x",)),
    ("what edibles have less than 30mg total", ("10mg",), ("1 x",)),
    ("do you have any lemonade drinks?", ("Lemonade 75mg",), ("Tea",)),
    ("wax pens under 30?", ("Vape Pen",), ("I have no",)),
    ("gummies but not sour gummies", ("Tropical Twist",), ("Sour", "I have no")),
    ("any chocolate besides milk chocolate", ("Chocolate",), ("Milk", "No, I have")),
    ("do any of ur vapes have more cbd than thc", ("couldn't find any vapes",), ("A ratio",)),
    ("do you carry any cbd drops that dont really get you high?", ("CBD 500mg",), ("Capsule",)),
    ("que tienen para dormir? algo que no este muy caro porfa", ("$8",), ("$25",)),
    ("cual cartucho esta mas barato y ke sea de medio gramo", ("Grape Ape Cartridge 0.5g $22",), ("0.5g: 1)",)),
    ("ay wax o shatter de sativa abajo de 35", ("Harlequin Shatter 0.5g",), ("$56.50",)),
    ("quiero una crema que no tenga thc", ("No tengo",), ("THC 400mg",)),
    ("got any gg4 in eighths or is it just carts", ("Gorilla Glue #4 3.5g",), ("none in 3.5g",)),
    ("do you have anything lavender i can rub on my feet", ("Lavender",), ("I have none",)),
    ("want a hybrid thats more sleepy than energetic, 3.5", ("Gorilla Glue #4 3.5g",), ("I have no",)),
]
