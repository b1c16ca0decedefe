"""What a reply tells of each product: what its kind of line always tells, and each fact that the text asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from motabot.boundary import JsonMapping, JsonObject
from motabot.catalog.vocabulary import EFFECTS, FLAVORS, NEGATIVES
from motabot.catalog.word_table import Table
from motabot.offline.customer import bounds
from motabot.offline.customer.arguments import FETCHED
from motabot.offline.customer.facts import asked, spelled_out
from motabot.offline.customer.requests import Request
from motabot.offline.customer.results import Product, products_of, without_names
from motabot.offline.customer.slots import Slots
from motabot.text.normalize import normal

#: What a line of a list tells, one of a comparison, and the description of one product.
_OF_LIST = frozenset(("price", "thc"))
_OF_COMPARISON = _OF_LIST | {"type", "effects", "flavor"}
_OF_ONE = _OF_COMPARISON | {"brand"}
#: Facts that take room; a short reply tells them only if they are asked for.
_LONG = frozenset(("effects", "flavor"))
#: Facts that only the full record of a product has.
_IN_FULL = frozenset(("terpenes", "downside", "origin"))
#: The id of a call that looks at a product in full begins with this.
_FULL = "full/"
#: The id of a search for packs begins with this.
_PACKS = "packs/"
#: The traits of products: the field, and the words for them.
_TRAITS: tuple[tuple[str, Table], ...] = (("effects", EFFECTS), ("flavors", FLAVORS), ("negatives", NEGATIVES))


class LineKind(NamedTuple):
    """The kind of line that tells of a product.

    Attributes:
        is_described: Whether products are described or compared, and not only listed.
        is_one: Whether it is the only product of the reply to a request.
        is_brief: Whether the reply must be short.
    """

    is_described: bool
    is_one: bool
    is_brief: bool = False


def asked_of(wanted: Request, whole: str) -> frozenset[str]:
    """The facts that a text asks of the products of one of its requests.

    Args:
        wanted: The request. Facts may be asked anywhere in the text of what is named.
        whole: The text in normal form.
    """
    said = whole if wanted.slots.knows_names else wanted.query
    for name in wanted.slots.names:
        said = said.replace(name, " ")
    return asked(said) | wanted.asks


def told_facts(facts: Iterable[str], wish: Slots, line: LineKind) -> frozenset[str]:
    """The facts that a line tells.

    Args:
        facts: Those that the text asks for.
        wish: What the text wants: a type, an effect or a flavor that all products of a list have is not repeated.
        line: The kind of line.
    """
    of_all = {"type": wish.flower_type, "effects": wish.effect, "flavor": wish.flavor}
    extra = {fact for fact in facts if line.is_described or not of_all.get(fact)}
    extra |= {"cbd"} if wish.more_cbd else set()
    usual = _OF_ONE if line.is_one else _OF_COMPARISON if line.is_described else _OF_LIST
    return frozenset(extra | (usual - _LONG if line.is_brief else usual))


def needs_full(facts: frozenset[str]) -> bool:
    """Whether only the full record of a product has some of these facts."""
    return bool(facts & _IN_FULL)


def look_up_in_full(products: Sequence[Product]) -> Iterator[tuple[str, str, JsonObject]]:
    """The calls for the full records of products."""
    for each in products:
        if "terpenes" not in each:
            yield f"{_FULL}{each['sku']}", "show_product", {"name": each["sku"]}


def in_words(product: Product, results: JsonMapping, plain: str) -> JsonObject:
    """A product as templates tell of it: in full, if it was looked up so, and first the traits that are asked for.

    Args:
        product: As a list has it.
        results: What was looked up, by the ids of the calls.
        plain: The text in normal form, without the products' names.
    """
    looked_up = results.get(f"{_FULL}{product.get('sku')}")
    full = looked_up.get("product") if isinstance(looked_up, dict) else None
    told = spelled_out({**product, **(full or {})})
    for field, table in _TRAITS:
        if values := told.get(field):
            told[field] = sorted(values, key=lambda value: value not in table.all(plain))
    return told


def look_up_packs(plain: str, wish: Slots) -> Iterator[tuple[str, str, JsonObject]]:
    """The searches for the packs of what a text compares, if it asks for them: "do either come in a 5 pack"."""
    if (number := bounds.pack(plain)) is not None:
        for place, name in enumerate(wish.names):
            query = f"{name} {number or ''} pack"
            yield f"{_PACKS}{place}", "search_products", {"query": query, "limit": FETCHED}


def packs(plain: str, wish: Slots, results: JsonMapping) -> JsonObject | None:
    """The packs that what a text compares comes in, if they were looked up.

    Returns:
        The `number` in a pack, the products `having` it and the names `lacking` it; None if the text asks for
        none.
    """
    number = bounds.pack(plain)
    found: dict[str, JsonObject | None] = {}
    for place, name in enumerate(wish.names if number is not None else ()):
        told = map(spelled_out, products_of(results.get(f"{_PACKS}{place}")))
        named = [each for each in told if each.get("available", True) and _is_of(each, name)]
        found[name] = next((each for each in named if each["pack"] and number in {0, each["pack"]}), None)
    if not found:
        return None
    having = [each for each in found.values() if each]
    return {"number": number, "having": having, "lacking": [name.title() for name in found if not found[name]]}


def _is_of(product: Product, name: str) -> bool:
    """Whether a name is of the product itself or of its strain."""
    return any(f" {name} " in f" {normal(str(product.get(part)))} " for part in ("name", "strain"))


def traits(plain: str, products: Sequence[Product]) -> list[JsonObject]:
    """Which of some products have the traits that a text names: "which is better for sleep".

    Returns:
        For each trait its `word`, `kind`, the names of those `having` it and `lacking` it, and the one that lists
        it `first`, if all have it.
    """
    plain = without_names(plain, products)
    strains = [str(each.get("strain") or each["name"]) for each in products]
    names = strains if len({*strains}) == len(products) else [str(each["name"]) for each in products]
    found: list[JsonObject] = []
    for kind, table in _TRAITS:
        if any(each.get(kind) is None for each in products):
            continue
        for word in dict.fromkeys(table.all(plain)):
            said = table.kinds(word)
            found_at = [[n for n, value in enumerate(each[kind]) if value in said] for each in products]
            places = [min(each, default=None) for each in found_at]
            having = [name for name, place in zip(names, places, strict=True) if place is not None]
            ranks = sorted(place for place in places if place is not None)
            is_first = len(ranks) == len(products) > 1 and ranks[0] < ranks[1]
            found.append(
                {
                    "word": word,
                    "kind": kind,
                    "having": having,
                    "lacking": [name for name in names if name not in having],
                    "first": names[places.index(ranks[0])] if is_first else None,
                }
            )
    return found
