"""The words for sorts within a kind of product: gummies, carts, shatter."""

from __future__ import annotations

from typing import Final

from motabot.catalog.word_table import Table

#: Batteries that a cartridge is screwed on.
BATTERIES = (
    *("510 battery", "510 batteries", "vape battery", "vape batteries", "cart battery", "pen battery"),
    *("510 bateria", "bateria 510", "baterias", "510 thread battery", "510 thread batteries"),
    *("510 batterys", "510 batery", "510 batterie", "batterys", "vape batterys", "batery", "baterys", "510s"),
)
#: Sorts within a kind that people ask for by name, each by the word that is in products' names.
SORTS: Final = Table(
    {
        "gummy": ("gummy", "gummies", "gummi", "gummys", "gomita", "gomitas", "goma", "gomas"),
        "baked": ("baked goods", "baked good", "something baked", "pastry", "pastries", "horneado", "horneados"),
        "chocolate": ("chocolate bar", "chocolate bars", "chocolates"),
        "brownie": ("brownie", "brownies"),
        "mint": ("mints",),
        "capsule": ("capsule", "capsules", "capsula", "capsulas", "cbd caps", "thc caps", "caps"),
        "soda": ("soda",),
        "cartridge": ("cart", "carts", "cartridge", "cartridges", "cartidge", "cartucho", "cartuchos"),
        "pen": ("pen", "pens", "all in one", "all in ones", "disposable", "disposables", "pluma", "plumas"),
        "drink": ("drink", "drinks", "beverage", "beverages", "seltzer", "seltzers", "bebida", "bebidas"),
        "lemonade": ("lemonade", "lemonades", "limonada", "limonadas"),
        "cookie": ("galleta", "galletas", "cookies"),
        "juice": ("juice", "juices", "jugo", "jugos"),
        "tea": ("tea", "teas"),
        "donut": ("donut", "donuts", "dona", "donas"),
        "cupcake": ("cupcake", "cupcakes"),
        "truffle": ("truffle", "truffles", "trufa", "trufas"),
        "pod": ("pod", "pods"),
        "shatter": ("shatter",),
        "wax": ("wax", "cera", "ceras"),
        "crumble": ("crumble",),
        "budder": ("budder", "badder"),
        "resin": ("resin", "live resin", "resina"),
        "rosin": ("rosin", "live rosin"),
        "diamond": ("diamonds",),
        "oil": ("oil", "oils", "aceite", "aceites"),
        "hash": ("hash", "bubble hash", "hachis", "hashish"),
        "kief": ("kief",),
        "rso": ("rso",),
        "blunt": ("blunt", "blunts"),
        "cone": ("cone", "cones", "raw cones", "empty cones", "paper cones"),
        "paper": (
            "papers",
            "rolling papers",
            "papel",
            "papelitos",
            "papeles",
            "sabana para forjar",
            "sabanas para forjar",
            "sabana",
            "sabanas",
            "papelillo",
            "papelillos",
            "papel para forjar",
        ),
        "grinder": ("grinder", "grinders", "moledor"),
        "pipe": ("pipe", "pipes", "pipa", "pipas"),
        "rig": ("rig", "rigs"),
        "torch": ("torch",),
        "wrap": ("wraps",),
        "charger": ("charger", "chargers", "cargador"),
        "tool": ("dab tool", "dab tools"),
        "jar": ("stash jar",),
        "bong": ("bong", "bongs"),
        "lighter": ("lighter", "lighters", "encendedor", "encendedores", "mechero", "mecheros"),
        "battery": ("battery", "batteries", "bateria", "pila", *BATTERIES),
        "tray": ("tray", "trays", "rolling tray", "rolling trays", "charola", "charolas"),
        "bomb": ("bath bomb", "bath bombs"),
        "patch": ("patch", "patches"),
        "lozenge": ("lozenge", "lozenges"),
        "sauce": ("sauce",),
        "distillate": ("distillate",),
        "lotion": ("lotion", "lotions"),
        "soak": ("bath soak", "bath soaks", "soak", "soaks"),
        "bath": (
            *("bath salts", "soaking salts", "baths", "banera", "tina de bano", "sales de bano", "sal de bano"),
            *("sales para bano", "sales para el bano", "sales para la tina", "sales para tina", "sal para bano"),
            *("algo de bano", "cosas de bano", "productos de bano", "para el bano", "para banarse"),
            *("for the bath", "for a bath", "for my bath", "bath stuff", "a bath thing", "bath things"),
            *("bath products", "bath tub", "bathtub", "bath lover", "bath lovers", "bath gift"),
        ),
        "scrub": ("scrub", "scrubs", "exfoliante", "exfoliantes"),
        "rub": ("rub",),
        "salve": ("salve", "salves"),
        "balm": ("balm", "balms", "balsamo"),
    }
)

#: Sorts whose products say several words: what is drunk is also called a soda or a tea.
SORT_NAMES: Final = {
    "bath": ("bath", "soak", "soaking", "salts"),
    "baked": ("brownie", "cookie", "donut", "gingerbread", "cupcake", "muffin", "cake", "pie", "biscuit"),
    "drink": (
        "drink",
        "beverage",
        "juice",
        "soda",
        "tonic",
        "tea",
        "lemonade",
        "seltzer",
        "coffee",
        "water",
        "shot",
    ),
}
