"""Shop talk: the words people use, in English and Spanish, and the word that a catalog uses for the same.

Plain tables and one way of matching them. Every table maps a name to the words that mean it; words are
matched as whole words, longest first, without regard to case, accents and hyphens, and a slip of the finger
in a long word is forgiven. What is under `NOT_MEANT` looks like one of a table's words and is not.

Names of strains, brands and products are not here: they are the catalog's (`motabot.catalog.search`), and should
be looked for first, because "Ice Cream Cake" is not an edible and "Blue Dream" not a color.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

from pydantic import WithJsonSchema

from motabot.catalog.sort_words import BATTERIES, SORT_NAMES, SORTS
from motabot.catalog.word_table import NOT_MEANT, Match, Table

#: What the words of a kind say of another kind behind them: "live resin carts" are vapes.
_MADE_OF: Final = {
    "Concentrates": ("Vapes", "Edibles", "Pre-Rolls", "Tinctures", "Topicals"),
    "Tinctures": ("Edibles",),
    "Flower": ("Pre-Rolls",),
}
#: Those of them that say nothing more: every cartridge is filled with an oil.
_UNSAID: Final = frozenset(("wax", "dab", "dabs", "oil", "oils", "concentrate", "extract", "cbd oil", "flower"))
_PAIR: Final = 2


def _heads(found: list[Match]) -> list[Match]:
    """Of two kinds that stand together, the one that the other describes: "lemonade drinks" are lemonades."""
    runs: list[list[Match]] = []
    for match in found:
        if runs and runs[-1][-1].end + 1 == match.start:
            runs[-1].append(match)
        else:
            runs.append([match])
    return [match for run in runs for match in (_head(*run) if len(run) == _PAIR else run)]


def _head(first: Match, last: Match) -> list[Match]:
    if last.name in _MADE_OF.get(first.name, ()) and first.words != "flor":
        is_said = first.words not in _UNSAID  # "live" and "resin" are left for the search to find
        return [last if is_said else replace(last, start=first.start)]
    if first.name == last.name and (_is_wide(first) or _is_wide(last)):
        return [replace(last if _is_wide(first) else first, start=first.start, end=last.end)]
    return [first, last]


def _is_wide(match: Match) -> bool:
    """Whether a word for a kind names no sort of it, or one that has several."""
    sort = SORTS.first(match.words)
    return sort is None or sort in SORT_NAMES


#: Kinds of product. A shop's own category names are understood through the same words.
CATEGORIES: Final = Table(
    {
        "Flower": (
            "flower", "flowers", "bud", "buds", "nug", "nugs", "smalls", "shake", "popcorn bud", "flor",
            "flores", "cogollo", "cogollos", "en mono", "monos",
        ),
        "Pre-Rolls": (
            "pre roll", "pre rolls", "preroll", "prerolls", "prerolled", "pre rolled", "joint", "joints", "j",
            "js", "doobie", "doobies", "blunt", "blunts", "cone", "cones", "infused pre roll", "porro",
            "porros", "porrito", "porritos", "jay", "jays", "prerolado", "prerolados", "preroles",
            "prerol", "cigarro", "cigarros", "toque", "toques", "churro", "churros", "churrito", "gallo",
            "gallos", "spliff", "spliffs", "dogwalker", "dogwalkers",
        ),
        "Vapes": (
            "vape", "vapes", "vaporizer", "vaporizers", "cart", "carts", "cartridge", "cartridges", "cartidge",
            "vape cart", "vape carts", "vape cartridge", "vape cartridges", "vape pen", "vape pens", "dab pen",
            "all in one", "all in ones", "pen", "pens", "pod", "pods", "510", "disposable", "disposables",
            "vapeador", "vapeadores", "vaper", "vapers", "vapeadorcito", "carrito", "carritos",
            "cartucho", "cartuchos", "vaporizador", "vaporizadores", "pluma", "plumas",
        ),
        "Edibles": (
            "edible", "edibles", "eddies", "baked goods", "baked good", "something baked", "pastry",
            "pastries",
            "horneado", "horneados", "chocolate bars", "goma", "gomas", "refresco", "refrescos",
            "gummy", "gummies", "gummi", "gummys", "chocolate bar", "chocolates", "candy",
            "candies", "brownie", "brownies", "mints", "lozenge", "lozenges", "drink", "drinks", "beverage",
            "beverages", "soda", "capsule", "capsules", "cbd caps", "thc caps", "caps", "chews",
            "comestible", "comestibles", "gomita",
            "gomitas", "jugo", "jugos", "limonada", "limonadas", "trufa", "trufas", "capsula", "capsulas",
            "dulce", "dulces", "bebida", "bebidas", "seltzer", "seltzers", "lemonade", "lemonades",
            "tonic", "galleta", "galletas", "truffle", "truffles", "dona", "donas", "snack", "snacks", "juice",
            "juices", "tea", "teas", "cookies", "donut", "donuts", "cupcake", "cupcakes",
        ),
        "Concentrates": (
            "concentrate", "concentrates", "dab", "dabs", "wax", "shatter", "crumble", "budder", "badder",
            "resin", "live resin", "rosin", "live rosin", "diamonds", "hash", "bubble hash", "kief", "sauce",
            "extract", "extracts", "rso", "hachis", "hashish", "aceites", "ceras", "resinas",
             "hash oil", "sugar wax", "concentrado", "concentrados", "cera",
            "extracto", "extractos", "resina", "distillate", "oil", "oils", "aceite",
        ),
        "Tinctures": (
            "cbd oil", "aceite de cbd", "under the tongue", "under my tongue", "under your tongue",
            "under her tongue", "under his tongue", "under tongue", "bajo la lengua", "debajo de la lengua",
            "abajo de la lengua", "sublinguals", "sublinguales", "droppers",
             "dropper", "tincture", "tinctures", "drops", "sublingual", "tintura",
            "tinturas", "gotas",
        ),
        "Topicals": (
            "sales para bano", "sales para el bano", "sales para la tina",
            "sales para tina", "sal para bano",
            "bath lover", "bath lovers", "bath gift", "algo de bano", "cosas de bano",
            "productos de bano", "sales de bano", "sal de bano", "para el bano",
            "topical", "topicals", "lotion", "lotions", "balm", "balms", "salve", "salves", "ointment",
            "bath bomb", "bath bombs", "bath soak", "bath soaks", "soaks", "bath salts", "bath stuff",
            "a bath thing", "bath things", "bath products",
            "bath tub", "bathtub", "for the bath", "for a bath", "for my bath",
            "banera", "tina de bano", "para banarse",
            "soaking salts", "baths", "soak", "scrub", "scrubs", "exfoliante", "exfoliantes",
            "patch", "patches",
            "topical cream", "body cream", "rubs", "topico", "topicos", "crema", "cremas", "pomada",
            "pomadas", "pomo", "pomos", "gel", "geles", "balsamo",
            "creams", "hand cream", "muscle cream", "rub", "cream for", "unguento",
        ),
        "Accessories": (
            "accessory", "accessories", "gear", "papers", "rolling papers", "grinder", "grinders", "pipe",
            "pipes", "bong", "bongs", "lighter", "lighters",
            "battery", "batteries", *BATTERIES, "tray", "trays", "rolling tray", "rolling trays",
            "raw cones", "empty cones", "paper cones", "charola", "charolas", "rig", "rigs", "dab tool",
            "dab tools", "torch", "wraps", "charger", "chargers", "stash jar", "accesorio",
            "accesorios", "papel", "papelitos", "papeles", "bateria",
            "pila", "encendedor", "encendedores", "mechero", "mecheros", "moledor",
            "sabana para forjar", "sabanas para forjar", "sabana", "sabanas", "papelillo", "papelillos",
            "papel para forjar", "pipa", "pipas", "cargador",
        ),
        NOT_MEANT: (
            "candle", "candles", "new drop", "new drops", "pipe down", "gin and tonic", "wraps up",
            "tropical", "my rig", "park the rig", "drive a rig", "driving a rig", "big rig",
        ),
    },
    heads=_heads,
)  # fmt: skip

#: Effects as a catalog lists them.
EFFECTS: Final = Table(
    {
        "Sleepy": (
            "sleepy", "sleep", "sleeping", "bedtime", "knock me out", "knockout", "couch lock", "couchlock",
            "drowsy", "night time", "nighttime", "at night", "for the night", "sueno", "dormir", "dormirme",
            "somnoliento", "para la noche", "fall asleep", "duerma", "dormirse", "dormirnos",
            "insomnia", "insomnio", "conciliar el sueno", "knocking me out", "knock you out", "knocks you out",
            "knocks me out", "for bed", "before bed", "go to bed", "put me to sleep", "zzz", "knock out",
            "asleep", "falling asleep", "dormido", "dormida", "dormidos", "dormidas", "duerman", "planchado",
            "planchada", "planchados", "noqueado", "noqueada", "tumbado", "tumbada", "tumbados", "tumbadas",
        ),
        "Relaxed": (
            "relaxed", "relax", "relaxing", "relaxation", "chill", "chilling", "chillin", "chilled", "chill out",
            "calm", "calming", "nerves", "nervios",
            "mellow", "unwind", "unwinding", "wind down", "laid back", "relajado", "relajada",
            "relajar", "relajarme", "relajarse", "relajarnos", "relaje", "relajo", "relajantes", "relajante",
            "tranquilo", "tranquila", "calmado",
        ),
        "Focused": (
            "focused", "focus", "focusing", "concentration", "clear headed", "clear head", "productive",
            "enfocado", "enfocada", "enfoque", "concentracion", "concentrarme",
        ),
        "Energetic": (
            "energetic", "energy", "energizing", "energized", "energised", "energising", "daytime", "day time",
            "wake and bake", "wake me up", "awake", "pick me up", "energia", "energetico",
            "energetica", "activo", "activa", "active", "activen", "para el dia", "for the day", "para arriba",
            "pa arriba", "parriba",
            "in the morning", "para la manana", "pa el dia", "despierto", "despierta",
        ),
        "Creative": ("creative", "creativity", "artsy", "inspired", "creativo", "creativa", "creatividad"),
        "Happy": (
            "happy", "happiness", "good mood", "cheerful", "feliz", "felicidad", "contento", "contenta",
            "alegre",
        ),
        "Giggly": (
            "giggly", "giggle", "giggles", "giggling", "laugh",
            "laughing", "laughs", "funny", "reir", "risa", "risas",
            "risueno", "risuena", "carcajada", "carcajadas", "reirme", "reirnos", "reirse", "hacer reir", "rias",
        ),
        "Uplifted": (
            "uplifted", "uplifting", "uplift", "upbeat", "mood boost", "levantar el animo", "animado",
            "animada",
        ),
        "Euphoric": ("euphoric", "euphoria", "blissful", "euforico", "euforica", "euforia"),
        "Hungry": ("hungry", "hunger", "munchies", "the munchies", "hambre", "hambriento", "apetito"),
        "Talkative": ("talkative", "chatty", "social", "sociable", "for a party", "platicador", "conversador"),
        "Tingly": ("tingly", "tingling", "tingle", "body buzz", "body high", "hormigueo"),
        "Aroused": ("aroused", "arousing", "horny", "sexy", "in the mood", "excitado", "excitada"),
        NOT_MEANT: (
            "happy hour", "happy birthday", "happy with", "not happy", "im happy", "i am happy", "happy to",
            "happy holidays", "happy new year", "happy friday", "happy 420", "social media", "social security",
            "no sleep", "calm down", "content", "contents", "alcohol content",
            *(f"{hour} in the morning" for hour in range(1, 13)),
        ),
    }
)  # fmt: skip

#: An effect as a tool's argument: a model sees the vocabulary's words, and other words for them are understood.
Effect = Annotated[
    str, WithJsonSchema({"type": "string", "enum": sorted(name for name in EFFECTS.words if name != NOT_MEANT)})
]

#: Side effects as a catalog lists them under `negatives`.
NEGATIVES: Final = Table(
    {
        "Dry Mouth": ("dry mouth", "cottonmouth", "cotton mouth", "boca seca"),
        "Dry Eyes": ("dry eyes", "red eyes", "ojos secos", "ojos rojos"),
        "Paranoid": (
            "paranoid", "paranoia", "paranoico", "paranoica",
            "paniqueado", "paniqueada", "malviajado", "malviajada",
        ),
        "Anxious": (
            "anxious", "anxiety", "jittery", "jitters", "racy", "nervous", "ansiedad", "ansioso", "ansiosa",
        ),
        "Dizzy": ("dizzy", "dizziness", "spinny", "lightheaded", "mareado", "mareada", "mareo", "mareos"),
        "Headache": ("headache", "headaches", "dolor de cabeza"),
    }
)  # fmt: skip

#: Flavors as a catalog lists them.
FLAVORS: Final = Table(
    {
        "Earthy": ("earthy", "earth", "terroso", "tierra"),
        "Sweet": (
            "sweet", "sweeter", "sweetest", "sugary", "like candy", "candy flavor", "candy flavored",
            "candy taste", "like dessert", "sabor a dulce", "sabe a dulce", "sepa a dulce",
            "dulzura", "dulcecito",
        ),
        "Citrus": ("citrus", "citrusy", "citric", "citrico", "citricos"),
        "Lemon": ("lemon", "lemony", "limon"),
        "Lime": ("lime", "limey", "lima"),
        "Orange": ("orange", "tangerine", "naranja", "mandarina"),
        "Berry": ("berry", "berries", "frutos rojos", "bayas"),
        "Blueberry": ("blueberry", "blueberries", "arandano", "arandanos"),
        "Strawberry": ("strawberry", "strawberries", "fresa", "fresas", "frutilla", "frutillas"),
        "Grape": ("grape", "grapes", "grapey", "uva", "uvas"),
        "Pineapple": ("pineapple", "pina"),
        "Mango": ("mango", "mangos", "mangoes"),
        "Apple": ("apple", "apples", "manzana"),
        "Peach": ("peach", "peaches", "peachy", "durazno", "melocoton"),
        "Tropical": ("tropical", "tropicales"),
        "Fruit": (
            "fruity", "fruit", "fruits", "fruitier", "frutal", "frutales", "afrutado", "afrutada", "frutas",
            "a fruta",
        ),
        "Pine": ("pine", "piney", "pino"),
        "Woody": ("woody", "wood", "madera"),
        "Diesel": ("diesel", "gas", "gassy", "fuel"),
        "Skunk": ("skunk", "skunky", "pungent", "zorrillo"),
        "Cheese": ("cheese", "cheesy", "queso"),
        "Pepper": ("pepper", "peppery", "pimienta"),
        "Spicy": ("spicy", "spiced", "picante", "especiado"),
        "Mint": ("mint", "minty", "menthol", "menta"),
        "Lavender": ("lavender", "lavanda"),
        "Rose": ("rose", "rosa"),
        "Flowery": ("floral", "flowery"),
        "Vanilla": ("vanilla", "vainilla"),
        "Honey": ("honey", "miel"),
        "Coffee": ("coffee", "mocha", "cafe"),
        "Chocolate": ("chocolate", "chocolatey", "cocoa"),
        "Herbal": ("herbal", "herby"),
        "Nutty": ("nutty", "nuez"),
        NOT_MEANT: ("gas station", "gas money", "gas up", "flower", "flowers", "flor", "flores"),
    },
    wide={
        "Fruit": (
            "Tropical", "Berry", "Blueberry", "Strawberry", "Grape", "Pineapple", "Mango", "Apple", "Peach",
            "Orange",
        ),
    },
)  # fmt: skip

#: Terpenes as a catalog lists them.
TERPENES: Final = Table(
    {
        "Limonene": ("limonene", "limoneno"),
        "Myrcene": ("myrcene", "mirceno"),
        "Pinene": ("pinene", "pineno"),
        "Caryophyllene": ("caryophyllene", "cariofileno"),
        "Linalool": ("linalool", "linalol"),
        "Humulene": ("humulene", "humuleno"),
        "Terpinolene": ("terpinolene", "terpinoleno"),
    }
)

FLOWER_TYPES: Final = Table(
    {
        "Indica": ("indica", "indicas", "indica dominant"),
        "Sativa": ("sativa", "sativas", "sativa dominant"),
        "Hybrid": ("hybrid", "hybrids", "hibrido", "hibrida", "hibridos", "50 50"),
    }
)  # fmt: skip


def find_category(text: str) -> str | None:
    """The kind of product that a text names first ("a cart" -> "Vapes")."""
    return CATEGORIES.first(text)
