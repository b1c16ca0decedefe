"""The results of one request's searches: the products that fit it, and what a reply says of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.index import singular
from motabot.catalog.sizes import find_size, without_measures
from motabot.catalog.sort_words import SORT_NAMES, SORTS
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES
from motabot.offline.customer import arguments, measuring
from motabot.offline.customer.families import all_sizes, family_of, one_of_each
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import (
    CLOSER,
    SHOWN,
    WHOLE,
    Note,
    Product,
    comparable,
    has_all,
    once,
    one_each,
    products_of,
    sizes_of,
)
from motabot.offline.customer.slots import VALUE, Slots
from motabot.offline.customer.usual import meant_by
from motabot.text.normalize import normal
from motabot.text.regex import regex

_WHOLE = regex(r"\.0+\b")
#: Asks for so many products to choose from.
_HOW_MANY = regex(
    r"\b(?:which|show me|recommend|suggest|pick|top|recomiendame|cuales) (?:me )?(?:your |ur |the |las |los )?"
    r"([12]|one|two|un[oa]|dos)\b(?! ?(?:g|gr|grams?|mg|oz|pack|pk|[358]|is|are|es|of)\b)"
    r"|\b([12]|one|two|una?|dos) (?:\w+ )?(?:options?|opciones|opcion|choices?|suggestions?|ideas?|picks?)\b"
)
#: "The 2 cheapest", "the cheapest two".
_MOST_OF = regex(
    r"\b([1-3]|one|two|three|dos|tres) (?:mas )?"
    r"(?:cheapest|strongest|mildest|weakest|lightest|priciest|barat|fuerte|suave|economic|leve)\w*"
    r"|\b(?:cheapest|strongest|mildest|weakest|priciest) ([23]|two|three)\b(?! ?(?:g|gr|grams?|mg|packs?|pk|5)\b)"
)
_NUMBERS = {"two": 2, "dos": 2, "2": 2, "three": 3, "tres": 3, "3": 3}
#: How many others are named when something is missing.
_OTHERS = 4
#: A bound one cent below full dollars: it means "less than" the next dollar.
_CENTS = regex(r"\$(\d+)\.99\b")
#: Kinds of goods that a strain comes in, the ones that people mean by its name first.
_KINDS = ("Flower", "Pre-Rolls", "Vapes", "Concentrates")
#: A product with CBD of at least this share of its THC is balanced.
_BALANCED = Decimal("0.7")


@dataclass(frozen=True)
class Goods:
    """The results of one request's searches.

    Attributes:
        usable: The results that are not errors.
        products: Those that the reply names, if it has room for all of them.
        note: What it says of the rest of the wish.
        sizes: The sizes of the only product.
        total: How many fit in all; None if that is not known.
        is_cut: Whether there are more than those products.
    """

    usable: Sequence[JsonMapping]
    products: Sequence[Product]
    note: JsonObject
    sizes: Sequence[JsonObject] = ()
    total: int | None = None
    is_cut: bool = False

    @property
    def result(self) -> JsonMapping | None:
        """The first result that is not an error."""
        return self.usable[0] if self.usable else None

    @classmethod
    def of(cls, wanted: Request, results: JsonMapping, shown: Sequence[Product]) -> Goods:
        """The products for a request, without those that it does not want."""
        got = {key: result for key, result in results.items() if key.partition("/")[0] == wanted.key}
        usable = [result for result in got.values() if isinstance(result, dict) and "error" not in result]
        note = Note.of(usable)
        if wanted.intent == "details":
            names = wanted.slots.names
            missing = [key.partition("/")[2] for key, result in got.items() if "error" in result]
            unknown = [*(names[int(n)] for n in missing if n.isdigit()), *wanted.slots.unknown]
            note = replace(note, unknown=tuple(dict.fromkeys((*note.unknown, *unknown))))
        closer = [results.get(f"{CLOSER}{key}", result) for key, result in got.items()]
        if wanted.intent == "details" and any(f"{CLOSER}{key}" in results for key in got):
            products = one_each(closer)
            sizes = sizes_of(usable[0], products) if len(usable) == 1 else []
            return cls(usable, products, _told(note), sizes)
        if len(usable) > 1:
            return cls(usable, _of_names(usable, wanted.slots), _told(_of_any(note, usable)))
        if forms := products_of(results.get(wanted.forms_key)):
            any_form = Slots(names=wanted.slots.names, knows_names=True)
            named = _listed(_exactly(forms, any_form), any_form)
            return cls(usable, named[:SHOWN], {**_told(replace(note, unmet=())), "is_other_form": True})
        if wanted.intent == "usual":
            favorites = [product for result in usable for product in products_of(result)]
            skus = {product.get("sku") for product in wanted.meant}
            named = [product for product in favorites if product.get("sku") in skus]
            meant = named or meant_by(wanted.query, wanted.slots, favorites) or favorites
            return cls(usable, meant[:SHOWN], _told(note))
        old = {product.get("sku") for product in shown} if arguments.wants_more(wanted, shown) else set()
        old |= {product.get("sku") for product in shown} if wanted.slots.wants_new else set()
        found = [product for result in usable for product in products_of(result) if product.get("sku") not in old]
        if wanted.slots.wants_others and not wanted.slots.size:  # another size is not another product
            known = {family_of(product) for product in shown}
            found = [product for product in found if family_of(product) not in known]
        alike, note = measuring.beside(found, wanted, results, shown, note)
        found = list(alike)
        fit = _exactly([product for product in found if _fits(product, wanted.slots)], wanted.slots)
        if wanted.slots.may_have_thc and fit:
            pure = [product for product in fit if not product.get("thc")]
            note = note if pure else replace(note, unmet=(*note.unmet, "at most 0 THC"))
            fit = pure or fit
        note = replace(note, unknown=_phrases(note.unknown, wanted.slots.unknown))
        if wanted.slots.category == "Accessories" and (note.guessed or note.unmet or note.unknown):
            return cls(usable, (), {**_told(note), "others": _names(found)})  # a lighter is not a bong
        same = {product.get("sku") for product in fit[:SHOWN]} <= {product.get("sku") for product in shown}
        note = replace(note, is_least=bool(fit and shown) and same and wanted.slots.is_mild)
        if found and not fit and not wanted.slots.more_cbd:
            if wanted.slots.pack is None:
                return cls(usable, (), _told(note))
            return cls(
                usable, found[:SHOWN], _told(replace(note, unmet=tuple(dict.fromkeys((*note.unmet, "pack")))))
            )
        listed = _listed(fit, wanted.slots)
        if most := _asked_for(wanted):
            return cls(usable, listed[:most], _told(note), all_sizes(listed[0]) if len(listed[:most]) == 1 else ())
        of_one = all_sizes(listed[0]) if len(listed) == 1 else ()
        if note.unmet or note.unknown or wanted.slots.is_open:
            return cls(usable, listed[:SHOWN], _told(note), of_one)
        told = listed[: WHOLE if len(listed) <= WHOLE else SHOWN]
        total = len(listed) if has_all(usable) and not old else None
        return cls(usable, told, _told(note), of_one, total, is_cut=len(told) < len(listed))


def _asked_for(wanted: Request) -> int | None:
    """How many products a request asks for, if it says so: "the 2 cheapest", "which 2", "the cheapest one"."""
    if found := _MOST_OF.search(wanted.query):
        return _NUMBERS.get(found[1] or found[2], 1)
    if wanted.only_first:
        return 1
    said = _HOW_MANY.search(wanted.query)
    return _NUMBERS.get(next(filter(None, said.groups())), 1) if said else None


def lacks_name(result: JsonMapping) -> bool:
    """Whether a search found only products of other names than the one it was for."""
    return any(_kind_of(each) == "word" for each in Note.of([result]).unmet)


def _of_names(usable: Sequence[JsonMapping], wish: Slots) -> list[JsonObject]:
    """One product for each of several names: the one of that very name ("kush", not "bubba kush") or the first."""
    found = [products_of(result) for result in usable]
    if len(found) != len(wish.names):
        return one_each(usable)
    of_name = []
    for name, products in zip(wish.names, found, strict=True):
        exact = [each for each in products if normal(without_measures(str(each.get("name")))).startswith(name)]
        of_name.append(exact or products)
    return once(comparable(of_name))


def _of_any(note: Note, results: Sequence[JsonMapping]) -> Note:
    """The note on several names. What one of them meets is there: "a pen of this or of that"."""
    return replace(note, unmet=()) if any(not Note.of([each]).unmet for each in results) else note


def _exactly(products: Sequence[Product], wish: Slots) -> Sequence[Product]:
    """The one whose whole name was said ("gelato 3.5g"); otherwise all, for a strain one of each kind first."""
    named = [product for product in products if normal(str(product.get("name"))) == normal(wish.query)]
    if named and wish.knows_names:
        return named
    if not wish.knows_names or wish.category or wish.sort or wish.is_brand:
        return products
    of_kind: Counter[str] = Counter()
    places: list[tuple[int, int]] = []
    for product in products:
        kind = str(product.get("category"))
        of_kind[kind] += 1
        places.append((of_kind[kind], _KINDS.index(kind) if kind in _KINDS else len(_KINDS)))
    return [products[n] for n in sorted(range(len(products)), key=lambda n: places[n])]


def _names(products: Sequence[Product]) -> list[str]:
    """The names of a few products of the kind, to offer instead."""
    return list(dict.fromkeys(str(product["name"]) for product in products))[:_OTHERS]


def _listed(products: Sequence[Product], wish: Slots) -> Sequence[Product]:
    """What a list names: one of several sizes, unless a size is asked for; with its sizes, if it was named.

    If the text does not say what is wanted, each product is of another strain.
    """
    if wish.size or wish.pack is not None:
        return products
    listed = one_of_each(products, cheapest=wish.sort not in {"price_high", VALUE} and wish.min_price is None)
    if wish.is_open:
        strains = {each.get("strain") or each.get("sku"): each for each in reversed(listed)}
        listed = [each for each in listed if any(each is one for one in strains.values())]
    return listed if wish.knows_names else [{**each, "sizes": []} for each in listed]


def _phrases(words: Sequence[str], runs: Sequence[str]) -> tuple[str, ...]:
    """Unknown words as the customer wrote them together: "moon rocks"."""
    told = [next((run for run in runs if word in run.split()), word) for word in words]
    return tuple(dict.fromkeys(told))


def _fits(product: Product, wish: Slots) -> bool:
    """Whether a product meets the conditions that a search cannot express."""
    words = {singular(word) for word in normal(str(product.get("name"))).split()}
    if words & {singular(word) for each in wish.avoid if arguments.is_sort(each) for word in _sort_words(each)}:
        return False
    if product.get("category") != "Accessories" and any(_names_it(each, words) for each in wish.avoid):
        return False
    if arguments.is_too_much(product, wish):
        return False
    cbd, thc = Decimal(str(product.get("cbd") or 0)), Decimal(str(product.get("thc") or 0))
    is_rich = cbd > 0 and cbd >= _BALANCED * thc
    if (wish.more_cbd and not is_rich) or (wish.no_cbd and is_rich):
        return False
    if wish.is_balanced and not (thc and _BALANCED * cbd <= thc):
        return False
    if not _is_sized(product, wish):
        return False
    wanted = f" {wish.pack or ''} pack".replace("  ", " ")
    return wish.pack is None or wanted in f" {normal(str(product.get('name')))}"


def _names_it(unwanted: str, words: set[str]) -> bool:
    """Whether a product's name has an unwanted word such as "peppermint"; its list of flavors may lack it."""
    return {singular(word) for word in normal(unwanted).split()} <= words


def _is_sized(product: Product, wish: Slots) -> bool:
    """Whether the package is as much bigger or smaller than those shown as the text wants."""
    if wish.less_than is None and wish.more_than is None:
        return True
    size = find_size(str(product.get("name")))
    if size is None:
        return False
    return (wish.less_than is None or size.amount < wish.less_than) and (
        wish.more_than is None or size.amount > wish.more_than
    )


def _sort_words(unwanted: str) -> Sequence[str]:
    """The words of products' names that mean an unwanted sort."""
    return (*unwanted.split(), *SORT_NAMES.get(SORTS.first(unwanted) or "", ()))


def _told(note: Note) -> JsonObject:
    """A note for a template: each condition that was dropped, with its kind."""
    is_range = any(each.startswith("at least $") for each in note.unmet)
    said = [_CENTS.sub(lambda found: f"${int(found[1]) + 1}", each) for each in note.unmet]
    unmet = [each for each in said if not (is_range and each.startswith("at most $"))]
    return {
        "unmet": [
            {"kind": _kind_of(each), "said": _WHOLE.sub("", each.removeprefix("at most "))} for each in unmet
        ],
        "unknown": list(note.unknown),
        "guessed": list(note.guessed),
        "is_gone": note.is_gone,
        "is_least": note.is_least,
        "is_other_form": False,
        "others": [],
    }


def _kind_of(unmet: str) -> str:
    if unmet.startswith("at least $"):
        return "range"
    if unmet.startswith("at "):
        return "price" if "$" in unmet else "thc"
    if unmet == "pack":
        return "pack"
    if find_size(unmet):
        return "size"
    if unmet in SORTS.words or " or " in unmet:
        return "sort"
    if CATEGORIES.first(unmet):
        return "category"
    for kind, table in (("type", FLOWER_TYPES), ("effect", EFFECTS), ("flavor", FLAVORS)):
        if unmet in table.words:
            return kind
    return "word"
