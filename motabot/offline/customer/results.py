"""What tools returned: its products, visits and sizes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from motabot.agent.models.base import ModelRequest
from motabot.boundary import Json, JsonMapping, JsonObject
from motabot.catalog.sizes import find_size, without_measures
from motabot.customers.context import TurnContext
from motabot.text.normalize import normal
from motabot.text.regex import regex

#: The id of a call that looks at one of several candidates begins with this.
CLOSER = "closer/"
#: The tool that lists purchases.
PURCHASES = "list_my_purchases"
#: How many products of a long list a reply names, and how many of one that it names whole.
SHOWN = 3
WHOLE = 5
#: Fewer recommendations than this are all that there are.
_MOST_RECOMMENDED = 10

Product = JsonMapping


def results_of(request: ModelRequest) -> JsonObject:
    """Tool results by the id of their call, which begins with the key of the request that asked for them."""
    return {
        message.tool_call_id: json.loads(message.content, parse_float=Decimal)
        for message in request.messages
        if message.role == "tool" and message.tool_call_id
    }


def products_of(result: Json) -> list[JsonObject]:
    """The products in one result."""
    if not isinstance(result, dict):
        return []
    if isinstance(result.get("product"), dict):
        return [result["product"]]
    found: Sequence[Json] = result.get("products") or result.get("favorites") or result.get("candidates") or []
    return [product for product in found if isinstance(product, dict)]


def has_all(results: Sequence[JsonMapping]) -> bool:
    """Whether all products that fit were returned. Recommendations do not say how many more there are."""
    found = [(len(products_of(each)), each.get("total")) for each in results]
    return all(number < _MOST_RECOMMENDED if total is None else number >= total for number, total in found)


def one_each(results: Sequence[JsonMapping]) -> list[JsonObject]:
    """The first product of each result that has any, each product once."""
    return once([products[0] for result in results if (products := products_of(result))])


def once(products: Sequence[JsonObject]) -> list[JsonObject]:
    """Each product once: two searches may find the same."""
    kept: dict[str, JsonObject] = {}
    for each in products:
        kept.setdefault(str(each.get("sku") or each.get("name")), each)
    return list(kept.values())


def without_names(plain: str, products: Sequence[JsonMapping]) -> str:
    """A text in normal form without the products' names: "super lemon haze" asks for no lemon."""
    said = [str(each.get(part) or "") for each in products for part in ("name", "strain")]
    for name in map(normal, (*said, *map(without_measures, said))):
        plain = plain.replace(name, " ") if name else plain
    return plain


def bought_last(context: TurnContext, results: JsonMapping) -> list[str]:
    """The products of the last visit that a reply described, in this turn or the one before."""
    before = next((each.result for each in context.last_shown if each.tool == PURCHASES), {})
    usable = [each for each in (results.get("last_visit"), before) if isinstance(each, dict)]
    visits = [visit for each in usable for visit in each.get("visits") or [] if not visit.get("refund")]
    items = visits[0]["items"] if visits else []
    return list(dict.fromkeys(str(item["name"]) for item in items if item.get("name")))


def look_closer(results: JsonMapping) -> Iterator[tuple[str, str, JsonObject]]:
    """If a name fits several products of one strain, look at one of them in full."""
    several = {
        key: result["candidates"]
        for key, result in results.items()
        if key.startswith("details") and isinstance(result, dict) and _is_one_strain(result.get("candidates"))
    }
    for (key, _), product in zip(several.items(), comparable(list(several.values())), strict=True):
        yield f"{CLOSER}{key}", "show_product", {"name": product["sku"]}


def comparable(of_names: Sequence[Sequence[JsonObject]]) -> list[JsonObject]:
    """The first product of each name; of one kind and the smallest common size, where there is one."""
    of_names = [[each for each in named if each.get("available", True)] or named for named in of_names]
    forms = [[(each.get("category"), find_size(str(each.get("name")))) for each in named] for named in of_names]
    common = [form for form in forms[0] if all(form in others for others in forms)] if len(forms) > 1 else []
    alike = [form for form in common if form[0] == common[0][0] and form[1] is not None]
    shared = min(alike, key=lambda form: form[1].amount if form[1] else 0, default=None)
    return [
        named[known.index(shared)] if shared else named[0]
        for named, known in zip(of_names, forms, strict=True)
        if named
    ]


def _is_one_strain(candidates: Sequence[JsonMapping] | None) -> bool:
    if not candidates:
        return False
    strain = candidates[0]["strain"]
    return strain is not None and 2 * sum(each["strain"] == strain for each in candidates) > len(candidates)


def sizes_of(result: JsonMapping, products: Sequence[JsonMapping]) -> list[JsonObject]:
    """The sizes of the one product in the reply, if it has several, the smallest first."""
    if len(products) != 1:
        return []
    told = (products[0]["category"], products[0]["strain"])
    kin = [each for each in result.get("candidates", ()) if (each["category"], each["strain"]) == told]
    sized = {size: each for each in kin if each["available"] and (size := find_size(each["name"]))}
    sizes = [{"size": str(size), "price": sized[size]["price"]} for size in sorted(sized, key=lambda s: s.amount)]
    return sizes if len(sizes) > 1 else []


#: What a search's note says was dropped, and which words match nothing in the catalog.
_LET_GO = regex(r"but for: ([^.]+(?:\.\d+[^.]*)*)\.")
_UNKNOWN = regex(
    r"Nothing in the catalog is called ([^.]+)\.|The catalog has no (?!category|effect)\w+ \"([^\"]+)\""
)
_READ_AS = regex(r'Read "([^"]+)" as (\S[^.]*)\.')


@dataclass(frozen=True)
class Note:
    """What the notes of some searches say.

    Attributes:
        unmet: What was dropped because nothing meets it, in the catalog's words: "Indica", "at most $40", "28g".
        unknown: Words that match nothing in the catalog.
        guessed: Words that were read as something else.
        is_gone: Whether what was found is not available now.
        is_least: Whether what was found is what was shown before, and nothing is milder.
    """

    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    is_gone: bool = False
    is_least: bool = False

    @classmethod
    def of(cls, results: Sequence[JsonMapping]) -> Note:
        """Read the notes of several results."""
        notes = " ".join(str(result.get("note") or "") for result in results)
        unknown = [word for found in _UNKNOWN.findall(notes) for word in (found[0] or found[1]).split(", ")]
        return cls(
            unmet=tuple(dict.fromkeys(part for found in _LET_GO.findall(notes) for part in found.split(", "))),
            unknown=tuple(dict.fromkeys(unknown)),
            guessed=tuple(dict.fromkeys(words for words, _ in _READ_AS.findall(notes))),
            is_gone="Not available at the moment" in notes,
        )
