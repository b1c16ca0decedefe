"""Finds products: those that meet a product query, and those that a name means.

One SELECT finds the products that meet every condition of a product query. Where none does, the least important
condition is dropped, and the note says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz, process

from motabot.agent.tools import CustomerTools
from motabot.boundary import JsonObject
from motabot.catalog.conditions import Condition, Kind, ProductQuery
from motabot.catalog.index import CatalogIndex
from motabot.catalog.view import PRODUCT_COLUMNS
from motabot.text.normalize import normal

Sort = Literal["best", "price_low", "price_high", "thc_high", "thc_low"]

_ORDER: Final[dict[Sort, str]] = {
    "best": "p.leafly_rating desc nulls last, p.retail_price, p.name, p.sku",
    "price_low": "p.retail_price nulls last, p.leafly_rating desc nulls last, p.name, p.sku",
    "price_high": "p.retail_price desc nulls last, p.leafly_rating desc nulls last, p.name, p.sku",
    "thc_high": "p.thc_content desc nulls last, p.leafly_rating desc nulls last, p.name, p.sku",
    "thc_low": "p.thc_content nulls last, p.leafly_rating desc nulls last, p.name, p.sku",
}
#: What is dropped first if nothing meets every condition.
_DISPENSABLE: Final[tuple[Kind, ...]] = (
    "word", "terpene", "price", "size", "flavor", "flower_type", "effect", "thc", "sort", "category", "strain",
    "brand",
)  # fmt: skip
#: How alike a name must be, of 100, to be the one that was meant, and to be offered instead.
_CLOSE, _NEAR = 86.0, 60.0
#: Conditions that alone do not answer a request whose rest was not understood.
_SAYS_LITTLE: Final = frozenset({"size", "price", "thc"})


@dataclass(frozen=True)
class SearchResult:
    """The result of a search: rows with `PRODUCT_COLUMNS`, out of how many, and a note about it."""

    rows: list[JsonObject]
    total: int
    note: str | None


def search(ctx: CustomerTools, wanted: ProductQuery, sort: Sort, limit: int) -> SearchResult:
    """Find the available products that meet a product query; failing that, those that come closest."""
    notes = list(wanted.notes)
    if wanted.unknown:
        notes.append(f"Nothing in the catalog is called {', '.join(wanted.unknown)}.")
        if all(condition.kind in _SAYS_LITTLE for condition in wanted.conditions):
            return SearchResult([], 0, " ".join(notes))
    favored = wanted.favored if sort == "best" else ()
    rows, total = _select(ctx, wanted.conditions, sort, limit, favored=favored)
    if not rows:
        rows, total, why = _come_closest(ctx, wanted.conditions, sort, limit)
        notes.append(why)
    return SearchResult(rows, total, " ".join(notes) or None)


def list_matching(ctx: CustomerTools, wanted: ProductQuery, limit: int) -> list[JsonObject]:
    """The available products that meet every condition of a product query, the best rated first."""
    return _select(ctx, wanted.conditions, "best", limit)[0]


def _come_closest(
    ctx: CustomerTools, conditions: Sequence[Condition], sort: Sort, limit: int
) -> tuple[list[JsonObject], int, str]:
    """Let go one kind of condition after the other, the least important first; last, availability.

    The bound for those who are new to it is never let go. The note names it: "none of that strain" would be false.
    """
    mild = " of what is mild enough for somebody new to it" * any(
        each.kind == "strength" and each.said == "mild" for each in conditions
    )
    for kind in _DISPENSABLE:
        kept = [condition for condition in conditions if condition.kind != kind]
        if not kept or len(kept) == len(conditions):
            continue
        rows, total = _select(ctx, kept, "price_low" if kind == "price" else sort, limit)
        if rows:
            without = ", ".join(condition.said for condition in conditions if condition.kind == kind)
            return rows, total, f"Nothing available{mild} meets all of it; these do but for: {without}."
    rows, total = _select(ctx, conditions, sort, limit, available=False)
    if rows:
        return rows, total, "Not available at the moment."
    return [], 0, "Nothing in the catalog meets this."


def _select(
    ctx: CustomerTools,
    conditions: Sequence[Condition],
    sort: Sort,
    limit: int,
    *,
    available: bool = True,
    favored: Sequence[str] = (),
) -> tuple[list[JsonObject], int]:
    met = " and ".join(["p.is_active" if available else "p.is_active is not true", *(c.sql for c in conditions)])
    parameters: dict[str, object] = {"limit": limit}
    first = ""
    if favored:
        first, parameters["favored"] = "(p.name = any(cast(:favored as text[]))) desc, ", [*favored]
    for condition in conditions:
        parameters |= condition.parameters
    rows = ctx.rows(
        f"select {PRODUCT_COLUMNS}, count(*) over () as total from products p where {met}"
        f" order by {first}{_ORDER[sort]} limit :limit",
        **parameters,
    )
    return rows, (rows[0]["total"] if rows else 0)


def find_named(ctx: CustomerTools, index: CatalogIndex, said: str, *, limit: int = 8) -> list[JsonObject]:
    """The products that a name may mean, available ones first, then closest; none if nothing is similar.

    Args:
        said: A product's name, whole or in part, with or without its brand; its sku; or its strain.
        limit: How many at most.
    """
    plain = normal(said)
    names = _names_meant(index, plain)
    strain = None if names else index.strains.exact(plain)
    if not names and not strain:
        names = _names_alike(index, plain)
        strain = None if names else index.strains.alike(plain)
    return ctx.rows(
        f"select {PRODUCT_COLUMNS} from products p"
        " where p.name = any(cast(:names as text[])) or p.strain = any(cast(:strains as text[]))"
        " or p.sku = :sku"
        " order by (p.sku = :sku) desc nulls last, p.is_active desc nulls last,"
        " array_position(cast(:names as text[]), p.name), p.retail_price, p.name, p.sku limit :limit",
        names=names,
        strains=list(strain.values) if strain else [],
        sku=said.strip(),
        limit=limit,
    )


def _names_meant(index: CatalogIndex, plain: str) -> list[str]:
    """Names in the catalog that are a normal form, or else contain all its words; shorter ones first."""
    if same := index.names.exact(plain):
        return list(same.values)
    brand = next((label for label in index.brands.spellings if f" {label} " in f" {plain} "), "")
    words = [word for word in plain.split() if word not in brand.split()] or plain.split()
    containing = [set(index.with_word(word)) for word in words]
    return sorted(set.intersection(*containing), key=lambda name: (len(name), name)) if containing else []


def _names_alike(index: CatalogIndex, plain: str) -> list[str]:
    """Names in the catalog that a normal form misspells."""
    keys = index.names.spellings.keys()
    alike = process.extract(plain, keys, scorer=fuzz.ratio, limit=5, score_cutoff=_CLOSE)
    return [name for key, _, _ in alike for name in index.names.spellings[key]]


def near_names(index: CatalogIndex, said: str) -> list[str]:
    """Up to three names of the catalog that look a little like a text, to offer instead."""
    found = process.extract(
        normal(said), index.names.spellings.keys(), scorer=fuzz.token_set_ratio, limit=3, score_cutoff=_NEAR
    )
    return [index.names.spellings[key][0] for key, _, _ in found]
