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
