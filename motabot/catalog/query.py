"""Understands what a customer asks of the catalogue, in a customer's words.

First names of the catalogue (`motabot.catalog.index`), then shop talk (`motabot.catalog.vocabulary`), then
misspellings of either. Each thing understood becomes one `Condition`, a fragment of SQL over the view `products`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from rapidfuzz import fuzz, process

from motabot.catalog.index import Column, Named, Shelf
from motabot.catalog.strength import wants_mild, without_mild
from motabot.catalog.vocabulary import (
    CATEGORIES,
    EFFECTS,
    FILLER,
    FLAVORS,
    FLOWER_TYPES,
    NEGATIVES,
    SIZES,
    SORTS,
    Size,
    Table,
    find_size,
    normal,
    without_measures,
)

Kind = Literal[
    "category",
    "brand",
    "strain",
    "effect",
    "flavor",
    "flower_type",
    "size",
    "word",
    "price",
    "thc",
    "strength",
    "avoid",
]

_LONGEST_NAME = 6
_LISTED = 20
#: Many names at once: hashed in every plan, as `= any` of a parameter is not once the statement is prepared.
_NAME: Final = "p.name in (select unnest(cast({} as text[])))"
_HELPS_WITH: Final = "p.helps_with && cast({} as text[])"
_FLOWER_TYPE: Final = "lower(p.flower_type) = lower({})"
#: Up to each category's own limit; a product without THC content, or of a category without a limit, is not meant.
_MILD: Final = "p.thc_content <= (cast({} as jsonb) ->> p.category)::numeric and p.name not ilike '%infused%'"
_FIGURE: Final = {"price": "p.retail_price", "thc": "p.thc_content"}
_COLUMN: Final = {
    "category": "p.category = any(cast({} as text[]))",
    "brand": "p.brand = any(cast({} as text[]))",
    "strain": "p.strain = any(cast({} as text[]))",
    "effect": "p.effects && cast({} as text[])",
    "flavor": "p.flavors && cast({} as text[])",
}

#: Side effects that go together.
_UNEASY: Final = frozenset({"Paranoid", "Anxious"})

NamedColumn = Literal["category", "brand", "strain", "effect", "flavor"]


@dataclass(frozen=True)
class Condition:
    """One thing that a product must meet: a fragment of SQL with its parameters, and how to speak of it."""

    kind: Kind
    said: str
    sql: str
    parameters: dict[str, object]


@dataclass
class Wish:
    """What was understood of a request.

    Attributes:
        conditions: What a product must meet.
        notes: Sentences on what had to be guessed.
        unknown: Words that nothing in the catalogue answers to.
    """

    conditions: list[Condition] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, kind: Kind, said: str, *alternatives: tuple[str, object]) -> None:
        """Want one of several alternatives, each a fragment whose ``{}`` stands for its parameter."""
        names = [f"w{len(self.conditions)}_{number}" for number in range(len(alternatives))]
        parts = [sql.format(f":{name}") for name, (sql, _) in zip(names, alternatives, strict=True)]
        values = {name: value for name, (_, value) in zip(names, alternatives, strict=True)}
        self.conditions.append(Condition(kind, said, f"({' or '.join(parts)})", values))

    def note_guess(self, words: str, found: Named) -> None:
        """Say so where a misspelling was forgiven."""
        if not found.sure:
            self.notes.append(f'Read "{words}" as {found.label}.')


def want_type(wish: Wish, flower_type: str) -> None:
    """Want Indica, Sativa or Hybrid."""
    wish.add("flower_type", flower_type, (_FLOWER_TYPE, flower_type))


def want_range(wish: Wish, kind: Literal["price", "thc"], least: Decimal | None, most: Decimal | None) -> None:
    """Want a price, in dollars, or a THC content, in the catalogue's figures, within bounds."""
    for bound, sign, said in ((least, ">=", "at least"), (most, "<=", "at most")):
        if bound is not None:
            amount = f"${bound}" if kind == "price" else f"{bound} THC"
            wish.add(kind, f"{said} {amount}", (f"{_FIGURE[kind]} {sign} {{}}", bound))


def want_at_most(wish: Wish, most: Decimal) -> None:
    """Want no more THC than this, in the catalog's figures. Never relaxed."""
    wish.add("strength", f"at most {most} THC", ("p.thc_content <= {}", most))


def want_mild(wish: Wish, shelf: Shelf) -> None:
    """Want what is mild for the categories that are wanted, or among everything. Never relaxed.

    The categories must be wanted before.
    """
    has_category = any(condition.kind == "category" for condition in wish.conditions)
    limits = shelf.strengths.in_category if has_category else shelf.strengths.anywhere
    wish.add("strength", "mild", (_MILD, json.dumps({category: str(most) for category, most in limits.items()})))


def want_value(wish: Wish, kind: NamedColumn, said: str, column: Column) -> str | None:
    """Want the value of a column that some words name; of several effects, all.

    Returns:
        None, or a sentence saying that the catalogue has no such value, and which ones it has.
    """
    found = [column.resolve(part) for part in _each(said, column)]
    known = [value for value in found if value is not None]
    if not known:
        labels = column.labels
        if len(labels) > _LISTED:
            labels = [label for label, _, _ in process.extract(said, labels, scorer=fuzz.WRatio, limit=3)]
        return f'The catalogue has no {kind} "{said}".' + (f" There is: {', '.join(labels)}." if labels else "")
    for value in known:
        wish.add(kind, value.label, (_COLUMN[kind], list(value.values)))
        wish.note_guess(said, value)
    return None


def _each(said: str, column: Column) -> list[str]:
    """The several values that one argument names ("sleepy and relaxed"), as the words that name them."""
    if column.table is None or column.exact(normal(said)):
        return [said]
    return [match.words for match in column.table.matches(said)] or [said]


def avoid(wish: Wish, shelf: Shelf, said: str) -> None:
    """Want nothing that has this effect, side effect, flavor or kind. Never relaxed.

    Who does not want to feel paranoid does not want to feel anxious either, and the other way round.
    """
    excluded = [
        (f"({sql}) is not true", list(found.values))
        for sql, column in (
            (_COLUMN["effect"], shelf.effects),
            ("p.negatives && cast({} as text[])", shelf.negatives),
            (_COLUMN["flavor"], shelf.flavors),
            (_COLUMN["category"], shelf.categories),
        )
        if (found := column.resolve(said))
    ]
    if _UNEASY.intersection(NEGATIVES.all(said)):
        uneasy = [value for name in _UNEASY if (found := shelf.negatives.meant(name)) for value in found.values]
        excluded.append(("(p.negatives && cast({} as text[])) is not true", uneasy))
    for sql, values in excluded:
        wish.add("avoid", said, (sql, values))
    if not excluded:
        wish.notes.append(f'Nothing in the catalogue is described as "{said}".')


def want_category(wish: Wish, shelf: Shelf, said: str) -> str | None:
    """Want a kind of product, as `want_value` does, and the special sort of it that the words name."""
    problem = want_value(wish, "category", said, shelf.categories)
    if problem is None and not shelf.categories.exact(normal(said)):
        for match in CATEGORIES.matches(said):
            if match.exact:
                _want_sort(wish, shelf, match.name, match.words)
    return problem


def want_words(wish: Wish, shelf: Shelf, query: str) -> None:
    """Want what a customer's free words say."""
    if named := shelf.names.exact(normal(query)):
        wish.add("strain", named.label, (_NAME, list(named.values)))
        return
    is_mild = wants_mild(query)
    words = _Words(without_mild(without_measures(query)) if is_mild else normal(without_measures(query)))
    words.take_phrases(lambda phrase: _want_name(wish, shelf, phrase))
    if size := find_size(query):
        words.take(SIZES)
        _want_size(wish, shelf, size)
    _want_categories(wish, shelf, words.take(CATEGORIES))
    if is_mild and not any(condition.kind == "strength" for condition in wish.conditions):
        want_mild(wish, shelf)
    for name in list(words.take(FLOWER_TYPES))[:1]:
        want_type(wish, name)
    for name, said in words.take(EFFECTS).items():
        _want_meaning(wish, "effect", said, shelf.effects.meant(name))
    for name, said in words.take(FLAVORS).items():
        _want_meaning(wish, "flavor", said, shelf.flavors.meant(name), also_named=shelf.with_word(said))
    words.drop(FILLER)
    words.take_phrases(lambda phrase: _want_word(wish, shelf, phrase) or _want_alike(wish, shelf, phrase))
    wish.unknown.extend(words)


class _Words:
    """The words of a request that are still to be explained, in runs: what is taken out leaves a gap."""

    def __init__(self, plain: str) -> None:
        self._runs = [plain.split()]

    def __iter__(self) -> Iterator[str]:
        return (word for run in self._runs for word in run)

    def take(self, table: Table) -> dict[str, str]:
        """Take a table's words out: each name that was meant, with the words that said it."""
        taken: dict[str, str] = {}
        left: list[list[str]] = []
        for text in map(" ".join, self._runs):
            end = 0
            for match in table.matches(text):
                taken.setdefault(match.name, match.words)
                left.append(text[end : match.start].split())
                end = match.end
            left.append(text[end:].split())
        self._runs = left
        return taken

    def take_phrases(self, accepts: Callable[[str], bool]) -> None:
        """Take out every phrase that is accepted, longer ones first."""
        for length in range(_LONGEST_NAME, 0, -1):
            left: list[list[str]] = []
            for run in self._runs:
                start = end = 0
                while end + length <= len(run):
                    if accepts(" ".join(run[end : end + length])):
                        left.append(run[start:end])
                        start = end = end + length
                    else:
                        end += 1
                left.append(run[start:])
            self._runs = left

    def drop(self, fillers: frozenset[str]) -> None:
        """Forget words that ask for nothing, and bare numbers."""
        self._runs = [[word for word in run if word not in fillers and not word.isdigit()] for run in self._runs]


def _want_name(wish: Wish, shelf: Shelf, phrase: str) -> bool:
    """Want the brand or strain of exactly this name. A lone word of shop talk is left to the vocabulary."""
    if " " not in phrase and (phrase in FILLER or _is_shop_talk(phrase)):
        return False
    found: list[tuple[NamedColumn, Named]] = []
    if strain := shelf.strains.exact(phrase):
        found.append(("strain", strain))
    if brand := shelf.brands.exact(phrase):
        found.append(("brand", brand))
    if not found:
        return False
    kind, first = found[0]
    named = shelf.with_word(phrase)  # "CBD" may be a brand, and stand in other names as well
    alternatives: list[tuple[str, object]] = [(_COLUMN[column], list(value.values)) for column, value in found]
    wish.add(kind, first.label, *alternatives, *([(_NAME, list(named))] if named else []))
    return True


def _is_shop_talk(word: str) -> bool:
    tables = (CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, SIZES)
    return any(match.exact for table in tables for match in table.matches(word))


def _want_size(wish: Wish, shelf: Shelf, size: Size) -> None:
    wish.add("size", str(size), (_NAME, list(shelf.sizes.get(size, ()))))


def _want_categories(wish: Wish, shelf: Shelf, meant: dict[str, str]) -> None:
    """Want one of these kinds of product."""
    found = {name: column for name in meant if (column := shelf.categories.meant(name))}
    if found:
        values = [value for named in found.values() for value in named.values]
        wish.add("category", " or ".join(named.label for named in found.values()), (_COLUMN["category"], values))
    for name, said in meant.items():
        if name in found:
            _want_sort(wish, shelf, name, said)
        elif not _want_word(wish, shelf, said):
            wish.unknown.append(said)


def _want_sort(wish: Wish, shelf: Shelf, category: str, said: str) -> None:
    """Want the sort that the words name, by its name in products' names: "gummies", "shatter", "carts"."""
    sort = SORTS.first(said)
    if sort is not None and not _want_word(wish, shelf, sort):
        wish.notes.append(f'Read "{said}" as {category}.')


def _want_meaning(
    wish: Wish, kind: NamedColumn, said: str, meant: Named | None, also_named: tuple[str, ...] = ()
) -> None:
    alternatives: list[tuple[str, object]] = []
    if meant:
        alternatives.append((_COLUMN[kind], list(meant.values)))
    if also_named:
        alternatives.append((_NAME, list(also_named)))
    if alternatives:
        wish.add(kind, meant.label if meant else said, *alternatives)
    else:
        wish.unknown.append(said)


def _want_word(wish: Wish, shelf: Shelf, word: str) -> bool:
    """Want products with this word in their name or, untold, under the search key helps_with."""
    if " " in word:
        return False
    if names := shelf.with_word(word):
        wish.add("word", word, (_NAME, list(names)))
    elif key := shelf.helps_with.exact(word):
        wish.add("effect", word, (_HELPS_WITH, list(key.values)))
    else:
        return False
    return True


def _want_alike(wish: Wish, shelf: Shelf, phrase: str) -> bool:
    """Want the strain or brand that a phrase misspells."""
    found: list[tuple[NamedColumn, Named]] = []
    if strain := shelf.strains.alike(phrase):
        found.append(("strain", strain))
    if brand := shelf.brands.alike(phrase):
        found.append(("brand", brand))
    if not found:
        return False
    kind, named = max(found, key=lambda entry: fuzz.ratio(phrase, normal(entry[1].label)))
    wish.add(kind, named.label, (_COLUMN[kind], list(named.values)))
    wish.note_guess(phrase, named)
    return True
