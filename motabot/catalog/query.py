"""Understands what a customer asks of the catalog, in a customer's words.

First names of the catalog (`motabot.catalog.index`), then shop talk (`motabot.catalog.vocabulary`), then
misspellings of either. Each thing understood becomes one `Condition`, a fragment of SQL over the view `products`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal

from rapidfuzz import fuzz, process

from motabot.catalog.conditions import COLUMN, NAME, Condition, NamedColumn, ProductQuery
from motabot.catalog.flavors import named_for, told_effect
from motabot.catalog.index import CatalogColumn, CatalogIndex, Named
from motabot.catalog.sort_words import SORTS
from motabot.catalog.sorts import names_of, want_sorts
from motabot.catalog.strength import EXTRACTS
from motabot.catalog.vocabulary import CATEGORIES, FLAVORS, FLOWER_TYPES, NEGATIVES, find_category
from motabot.text.normalize import normal

_LISTED = 20
_HELPS_WITH: Final = "p.helps_with && cast({} as text[])"
_FLOWER_TYPE: Final = "lower(p.flower_type) = lower({})"
#: Up to each category's own limit; a product without THC content, or of a category without a limit, is not meant.
#: What is infused is stronger than its figure says, unless it has no THC.
_MILD: Final = (
    "p.thc_content <= (cast({} as jsonb) ->> p.category)::numeric"
    " and (p.thc_content = 0 or p.name not ilike '%infused%')"
)
_FIGURE: Final = {"price": "p.retail_price", "thc": "p.thc_content"}

#: What products' names tell of how a thing is made or packed.
_TRAITS: Final = frozenset(("infused", "pack", "packs", "mini", "minis"))
#: Side effects that go together.
_UNEASY: Final = frozenset({"Paranoid", "Anxious"})


def want_type(wanted: ProductQuery, flower_type: str | None) -> None:
    """Want Indica, Sativa or Hybrid; None: any."""
    if flower_type is not None:
        wanted.add("flower_type", flower_type, (_FLOWER_TYPE, flower_type))


def want_range(
    wanted: ProductQuery, kind: Literal["price", "thc"], least: Decimal | None, most: Decimal | None
) -> None:
    """Want a price, in dollars, or a THC content, in the catalog's figures, within bounds."""
    for bound, sign, said in ((least, ">=", "at least"), (most, "<=", "at most")):
        if bound is not None:
            amount = f"${bound}" if kind == "price" else f"{bound} THC"
            wanted.add(kind, f"{said} {amount}", (f"{_FIGURE[kind]} {sign} {{}}", bound))


def want_at_most(wanted: ProductQuery, most: Decimal | None) -> None:
    """Want no more THC than this, in the catalog's figures; None: any. Never relaxed."""
    if most is not None:
        wanted.add("strength", f"at most {most} THC", ("p.thc_content <= {}", most))


def want_mild(wanted: ProductQuery, index: CatalogIndex) -> None:
    """Want what is mild for the categories that are wanted, or among everything. Never relaxed.

    The categories must be wanted before. Accessories have no strength.
    """
    named = [value for each in wanted.conditions if each.kind == "category" for value in _values(each)]
    kinds = {find_category(name) for name in named}
    if kinds == {"Accessories"}:
        return
    if kinds & EXTRACTS and not any(name in index.strengths.in_category for name in named):
        wanted.notes.append("That kind is not for a first time, and none of it is mild: say so plainly.")
    is_met = any(name in index.strengths.in_category for name in named)
    limits = index.strengths.in_category if is_met else index.strengths.anywhere
    wanted.add("strength", "mild", (_MILD, json.dumps({category: str(most) for category, most in limits.items()})))


def _values(condition: Condition) -> list[str]:
    """The names of the categories that a condition allows."""
    return [str(name) for names in condition.parameters.values() if isinstance(names, list) for name in names]


def want_value(wanted: ProductQuery, kind: NamedColumn, said: str, index: CatalogIndex) -> str | None:
    """Want the value of a column that some words name; of several effects, all.

    An effect may also be told by a product's name: "Night Capsules" are for sleep.

    Returns:
        None, or a sentence saying that the catalog has no such value, and which ones it has.
    """
    column = _column(index, kind)
    found = [column.resolve(part) for part in _each(said, column)]
    known = [value for value in found if value is not None]
    if not known:
        labels = column.labels
        if len(labels) > _LISTED:
            labels = [label for label, _, _ in process.extract(said, labels, scorer=fuzz.WRatio, limit=3)]
        return f'The catalog has no {kind} "{said}".' + (f" There is: {', '.join(labels)}." if labels else "")
    for value in known:
        named = told_effect(index, value.label) if kind == "effect" else ()
        alternatives: list[tuple[str, object]] = [(COLUMN[kind], list(value.values))]
        wanted.add(kind, value.label, *alternatives, *([(NAME, list(named))] if named else []))
        wanted.note_guess(said, value)
    return None


def _column(index: CatalogIndex, kind: NamedColumn) -> CatalogColumn:
    columns: dict[NamedColumn, CatalogColumn] = {
        "category": index.categories,
        "effect": index.effects,
        "flavor": index.flavors,
        "strain": index.strains,
        "brand": index.brands,
    }
    return columns[kind]


def _each(said: str, column: CatalogColumn) -> list[str]:
    """The several values that one argument names ("sleepy and relaxed"), as the words that name them."""
    if column.table is None or column.exact(normal(said)):
        return [said]
    return [match.words for match in column.table.matches(said)] or [said]


def avoid(wanted: ProductQuery, index: CatalogIndex, said: str) -> None:
    """Want nothing that has this effect, side effect, flavor, kind, strain or brand. Never relaxed.

    A customer who does not want to feel paranoid does not want to feel anxious either, and the other way around.
    """
    names = _named_unwanted(index, said)
    if names:
        wanted.add("avoid", said, (f"not {NAME}", names))
    if names and any(match.exact for match in SORTS.matches(said)):
        return
    excluded: list[tuple[str, object]] = [
        (f"({sql}) is not true", list(found.values))
        for sql, column in (
            (COLUMN["effect"], index.effects),
            ("p.negatives && cast({} as text[])", index.negatives),
            (COLUMN["flavor"], index.flavors),
            (COLUMN["category"], index.categories),
        )
        if (found := column.resolve(said)) and (found.sure or not names)
    ]
    excluded += [
        (f"({sql}) is not true", list(found.values))
        for sql, column in ((COLUMN["strain"], index.strains), (COLUMN["brand"], index.brands))
        if (found := column.exact(normal(said)))
    ]
    if _UNEASY.intersection(NEGATIVES.all(said)):
        uneasy = [value for name in _UNEASY if (found := index.negatives.meant(name)) for value in found.values]
        excluded.append(("(p.negatives && cast({} as text[])) is not true", uneasy))
    if flower_type := FLOWER_TYPES.first(said):
        excluded.append((f"({_FLOWER_TYPE}) is not true", flower_type))
    for sql, values in excluded:
        wanted.add("avoid", said, (sql, values))
    if not excluded and not names:
        wanted.notes.append(f'Nothing in the catalog is described as "{said}".')


def _named_unwanted(index: CatalogIndex, said: str) -> list[str]:
    """The names of products that say an unwanted sort, trait or flavor: "no gummies" leaves other edibles."""
    sort = next((match.name for match in SORTS.matches(said) if match.exact), None)
    if sort is not None:
        return names_of(index, sort)
    if normal(said) in _TRAITS:
        return list(index.with_word(said))
    flavor = next((match.name for match in FLAVORS.matches(said) if match.exact), None)
    return list(named_for(index, flavor, said)) if flavor else []


def want_category(wanted: ProductQuery, index: CatalogIndex, said: str) -> str | None:
    """Want a kind of product, as `want_value` does, and the special sort of it that the words name."""
    problem = want_value(wanted, "category", said, index)
    if problem is None and not index.categories.exact(normal(said)):
        want_sorts(wanted, index, [(each.name, each.words) for each in CATEGORIES.matches(said) if each.exact])
    return problem


def want_named(
    wanted: ProductQuery, index: CatalogIndex, category: str | None, values: Mapping[NamedColumn, str | None]
) -> str | None:
    """Want a kind of product, and values of other columns. What is None is not asked for.

    Returns:
        None, or a sentence about the first thing that the catalog does not have, as `want_value` says it.
    """
    problems = [want_category(wanted, index, category)] if category else []
    for kind, said in values.items():
        if said and not (kind == "flavor" and want_flavor(wanted, index, said)):
            problems.append(want_value(wanted, kind, said, index))
    return next(filter(None, problems), None)


def want_flavor(wanted: ProductQuery, index: CatalogIndex, said: str) -> bool:
    """Want the flavors that some words name, listed with a product or told by its name.

    Returns:
        Whether the catalog has all of them.
    """
    found: list[tuple[str, Named | None, tuple[str, ...]]] = []
    for match in FLAVORS.matches(said):
        meant, named = index.flavors.meant(match.name), named_for(index, match.name, match.words)
        found.append((match.name, meant, named))
    if not found or not all(meant or named for _, meant, named in found):
        return False
    for name, meant, named in found:
        listed: list[tuple[str, object]] = [(COLUMN["flavor"], list(meant.values))] if meant else []
        told: list[tuple[str, object]] = [(NAME, list(named))] if named else []
        wanted.add("flavor", meant.label if meant else name, *listed, *told)
        wanted.favored.extend(named)
    return True


def want_word(wanted: ProductQuery, index: CatalogIndex, word: str) -> bool:
    """Want products with this word in their name or, untold, under the search key helps_with."""
    if " " in word:
        return False
    if names := index.with_word(word):
        wanted.add("word", word, (NAME, list(names)))
    elif key := index.helps_with.exact(word):
        wanted.add("effect", word, (_HELPS_WITH, list(key.values)))
    else:
        return False
    return True
