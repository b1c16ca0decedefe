"""Makes the trimmed copies in `data/kushy` from the data set's own exports.

    python -m scripts.clean_kushy FOLDER

FOLDER holds ``strains.csv``, ``products.csv`` and ``brands.csv`` of the Kushy data set. What is left out and
``data/kushy/README.md`` says what is changed; this module shows how.
"""

from __future__ import annotations

import contextlib
import csv
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).parents[1] / "motabot" / "demo" / "data" / "kushy"

Row = dict[str, str]

#: The export's categories, in order of what they are told by, and the kind of product each one is.
_KINDS = {
    "Concentrate,Shatter": "Shatter",
    "Concentrate,Crumble": "Crumble",
    "Concentrate,Wax": "Wax",
    "Concentrate,Oil": "Oil",
    "Concentrate,Bubble Hash": "Bubble Hash",
    "Concentrate,Kief": "Kief",
    "Vapes": "Cartridge",
    "Edibles,Chocolate": "Chocolate",
    "Edibles,Candy": "Gummies",
    "Edibles,Drink": "Drink",
    "Edibles,Pill": "Capsules",
    "Edibles,Snack": "Snack",
    "Edibles": "Baked",
    "Tincture": "Tincture",
    "Topical": "Topical",
}
#: Kinds that are named for their strain; what the export gives as the strain of the others is filler.
_EXTRACTS = {"Shatter", "Crumble", "Wax", "Oil", "Bubble Hash", "Kief", "Cartridge"}
#: What a name of the other kinds must say to be understood, and the word that says it where the name does not;
#: without such a word the listing is left out.
_SAYS = {
    "Chocolate": (r"chocolate|truffle|fudge|cocoa|cacao", "Chocolate"),
    "Gummies": (r"gumm|mint|caramel|truffle|chew|lozenge|drop", ""),
    "Drink": (
        r"tea\b|soda|coffee|drink|lemonade|shot|water|juice|cocoa|latte|tonic|milk|cappuccino|chai|ale\b",
        "Drink",
    ),
    "Capsules": (r"caps|tabs?\b", "Capsules"),
    "Snack": (
        r"bar|pretzel|cracker|almond|nuts?\b|chips?\b|granola|jerky|popcorn|brittle|trail|crisps|dried|bites",
        "",
    ),
    "Baked": (
        r"cookie|brownie|cake|bread|\bbar|pie\b|pies\b|muffin|donut|macaroon|scone|snap|blondie|biscott|butter",
        "",
    ),
    "Tincture": (r"tincture|drops|spray|elixir", "Tincture"),
    "Topical": (
        r"balm|salve|lotion|cream|creme|rub\b|soap|scrub|soak|bath|butter|stick|gel\b|massage|salts|bomb",
        "",
    ),
}
_NEGATIVES = {"Dry Mouth", "Dry Eyes", "Paranoid", "Anxious", "Dizzy", "Headache"}
_RENAMED = {"Horny": "Aroused"}
_DROPPED = {"Ammonia", "NULL", ""}

_UNFIT = re.compile(
    # what makes a health claim
    r"pain|relie[fv]|heal|ptsd|therap|cure|inflam|anxi|arthr|cancer|remed|migraine|cramp|medi|meds|farmaceut|rx\b|doctor|\bdr\b|"
    r"\bache|sleep|stress|detox|anti-|immun|nausea|repair|pharm|wellness|patient|\bpm\b|nurse|insomn|aphrodis|chemo|pet\b|"
    # what may appeal to minors
    r"\bbear|worm|lolli|sucker|\bpop|candy|candies|pez\b|pebbles|charms|coolade|kool|starburst|z?skittle|zkittle|"
    r"nerds|trix\b|cap'?n|captain|batman|monster|toot|rancher|scooby|smurf|barney|patch|kids?\b|reese|oreo|twix|"
    r"kit ?kat|cereal|krispy|crispy treat|kitty|zomb|cartoon|wonka|willy|disney|mario|pok[eé]|pikachu|teddy|"
    r"unicorn|dino|fairy|toy|sugar daddy|juicy fruit|bubble ?gum|fruit loop|froot|crunch berr|jelly|juice box|"
    r"sponge|simpson|santa|elmo|gushers|snickers|m&m|jolly|sour straw|\bring|lunchbox|nutella|birthday|rainbow|"
    r"krispie|crispy|kandy|cotton|yummy|budd(y|ies)\b|sicle|marshmallow|sour belt|treat|happy|fun\b|"
    # what a shop would not put on a shelf sign
    r"fuck|shit|piss|dick|bitch|cunt|nipple|\bass\b|tits|cum\b|sex|orgasm|whore|hooker|nigg|jesus|god\b|allah|"
    # not a single product, or a name that the shop must not use
    r"sample|disposable|variety|assort|test|bulk|wholesale|trim\b|clone|seed|shirt|hat\b|gift|unknown|null|"
    r"&|\bx\b|house\b|mixed?\b|pack\b|donation|edible$|flavor",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s+-\s+(Shatter|Wax|Crumble|Oil|Water Hash|Kief|Vaporizer Cartridge|Vaporizer Disposable|Pre-roll|Hash)\s*$",
    re.I,
)
_MEASURE = re.compile(
    r"[(\[]?\s*\b[\d,.]+\s*-?(mg|gr?|grams?|oz|ml|pk|ct|pc|pieces?|x)\b\.?\s*0?(thc|cbd)?\s*[)\]]?", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?")


def main(folder: Path) -> None:
    """Read the exports in a folder and write the trimmed copies."""
    strains = _strains(_read(folder / "strains.csv"))
    products = _read(folder / "products.csv")
    _write("strains.csv", strains)
    _write("products.csv", _listings(products))
    _write("brands.csv", _brands(_read(folder / "brands.csv"), products))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, rows: Iterable[Row]) -> None:
    ordered = sorted(rows, key=lambda row: tuple(row.values()))
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def _strains(rows: list[Row]) -> Iterator[Row]:
    names = {int(row["id"]): _clean(row["name"]) for row in rows}
    seen: set[str] = set()
    for row in rows:
        name, felt = _clean(row["name"]), _words(row["effects"])
        effects = [word for word in felt if word not in _NEGATIVES]
        if not effects or row["type"] not in {"Indica", "Sativa", "Hybrid"} or not _is_fit(name) or name in seen:
            continue
        seen.add(name)
        yield {
            "name": name,
            "type": row["type"],
            "parents": "|".join(parent for parent in _parents(row["crosses"], names) if parent != name),
            "effects": "|".join(effects),
            "negatives": "|".join(word for word in felt if word in _NEGATIVES),
            "helps_with": "|".join(_words(row["ailment"])),
            "flavors": "|".join(_words(row["flavor"])),
        }


def _parents(crosses: str, names: dict[int, str]) -> Iterator[str]:
    """Names of the strains that were crossed.

    The ids in `crosses` are those of before three rows were deleted, as lineages that everybody knows show:
    Jack Herer's "370,268,174" are now 368 (Skunk #1), 266 (Northern Lights #5) and 173 (Haze).
    """
    for written in crosses.split(","):
        if written.strip().isdigit() and (old := int(written)):
            name = names.get(old - (1 if old <= 260 else 2 if old <= 440 else 3), "")
            if name and _is_fit(name):
                yield name


def _listings(rows: list[Row]) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        kind = next((kind for prefix, kind in _KINDS.items() if row["category"].startswith(prefix)), "")
        brand = _brand(row["brand"])
        if not kind or not brand or _UNFIT.search(_SUFFIX.sub("", row["name"])):
            continue
        name = _product_name(row["name"], kind, brand)
        if not _is_fit(name) or (kind, name.casefold()) in seen:
            continue
        seen.add((kind, name.casefold()))
        yield {
            "kind": kind,
            "name": name,
            "brand": brand,
            "thc_mg": "" if kind in _EXTRACTS else _milligrams(row["thc"]),
            "cbd_mg": "" if kind in _EXTRACTS else _milligrams(row["cbd"]),
        }


def _product_name(written: str, kind: str, brand: str) -> str:
    """The name without the brand, sizes and the kind; for an extract this is its strain."""
    name = _IN_BRACKETS.sub("", _MEASURE.sub(" ", _clean(_SUFFIX.sub("", written))))
    name = re.sub(rf"^{re.escape(brand)}\s*[-:]*\s*", "", name, flags=re.IGNORECASE)
    parts = [part.strip(" -.,:;|/\"'") for part in re.split(r"\s+-+\s*|\s*-+\s+|:", name)]
    parts = [part for part in parts if part]
    if kind in _EXTRACTS:
        return parts[0] if len(parts) == 1 else ""
    # "Truffle - Dark Mint" reads better as "Dark Mint Truffle"
    turned = len(parts) == 2 and len(parts[0].split()) <= 2
    name = re.sub(
        r"\bgumm(ie|y)\b", "Gummies", " ".join(reversed(parts) if turned else parts), flags=re.IGNORECASE
    )
    name = re.sub(r"\b(\w+)( \1\b)+", r"\1", name, flags=re.IGNORECASE)
    pattern, word = _SAYS[kind]
    if not re.search(pattern, name, re.IGNORECASE):
        name = f"{name} {word}" if word else ""
    is_whole = len(name.split()) > 1 and not re.search(r"^\d|\b\d\d?$", name)
    return name if is_whole else ""


def _brands(rows: list[Row], products: list[Row]) -> Iterator[Row]:
    """Californian brands of flower and of hardware, and those that sell pre-rolls."""
    found: set[tuple[str, str]] = set()
    for row in rows:
        is_local = row["location"].strip().casefold() in {"ca", "california"}
        for theirs, ours in (("Flower", "Flower"), ("Batteries", "Accessories")):
            if is_local and theirs in row["category"] and (name := _brand(row["name"])):
                found.add((ours, name))
    for row in products:
        if row["category"].startswith("Flowers,Pre-Roll") and (name := _brand(row["brand"])):
            found.add(("Pre-Rolls", name))
    for category, name in found:
        if category != "Flower" or not re.search(
            r"roll|extract|oil|concentr|edible|kitchen|vap|wax", name, re.IGNORECASE
        ):
            yield {"category": category, "name": name}


def _brand(written: str) -> str:
    name = _IN_BRACKETS.sub("", _clean(written)).strip(" -.,/")
    if name.isupper() and len(name) > 5:
        name = name.title()
    fits = not re.search(_UNFIT.pattern.replace("&|", ""), name, re.IGNORECASE)
    return name if fits and name.isascii() and 2 < len(name) <= 28 else ""


def _is_fit(name: str) -> bool:
    """Whether a name can stand on a shelf: short, in plain letters, with a word in it, and nothing unfit."""
    return (
        2 < len(name) <= 38
        and name.isascii()
        and bool(re.search(r"[A-Za-z]{3}", name))
        and not re.search(r"[<>{}\\/;_*@$%\"=+]|  ", name)
        and not _UNFIT.search(name)
    )


def _clean(text: str) -> str:
    """Text with misread UTF-8 (as Windows-1252) corrected, quotes made plain and spaces made single."""
    with contextlib.suppress(UnicodeError):  # then it was no UTF-8
        text = text.encode("cp1252").decode("utf-8")
    return " ".join(text.replace("’", "'").replace("™", "").replace("®", "").split()).strip()


def _words(text: str) -> list[str]:
    words = [word.strip() for word in text.split(",")]
    return list(dict.fromkeys(_RENAMED.get(word, word) for word in words if word not in _DROPPED))


def _milligrams(text: str) -> str:
    found = re.fullmatch(r"([\d,]+)(\.\d+)?\s*mg", text.strip())
    return str(int(found[1].replace(",", ""))) if found else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
