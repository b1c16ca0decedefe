"""The catalog's own words: names, brands, strains, categories, effects, flavors, and finding them in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rapidfuzz import fuzz, process

from motabot.agent.tools import CustomerTools
from motabot.boundary import JsonMapping
from motabot.catalog.sizes import Size, find_size
from motabot.catalog.strength import Strengths
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, NEGATIVES
from motabot.catalog.word_table import Table
from motabot.db.queries import read_sql
from motabot.text.normalize import normal

_SQL = read_sql(__package__, "index")
_COLUMNS = ("names", "brands", "strains", "categories", "effects", "flavors", "negatives", "helps_with")
#: How alike two spellings must be, of 100, and how long a word must be to be read with a slip at all.
_ALIKE, _SHORTEST = 82.0, 4


@dataclass(frozen=True)
class Named:
    """Something in the catalog that a text names.

    Attributes:
        values: Its spellings in the catalog.
        label: One of them, for messages.
        sure: False when a misspelling was forgiven.
    """

    values: tuple[str, ...]
    label: str
    sure: bool = True


class CatalogColumn:
    """The values of one searchable column, by their normal form and, where people have other words, by meaning."""

    def __init__(self, values: Iterable[str], table: Table | None = None) -> None:
        spellings: dict[str, list[str]] = defaultdict(list)
        meanings: dict[str, list[str]] = defaultdict(list)
        for value in values:
            spellings[normal(value)].append(value)
            meaning = table.first(value) if table else None
            if meaning:
                meanings[meaning].append(value)
        spellings.pop("", None)
        self.table = table
        self.spellings: Mapping[str, list[str]] = spellings
        self._meanings = meanings

    def exact(self, plain: str) -> Named | None:
        """The value whose normal form this is."""
        found = self.spellings.get(plain)
        return Named(tuple(found), found[0]) if found else None

    def meant(self, name: str) -> Named | None:
        """The values that mean a name of the column's vocabulary ("Aroused": the catalog may say "Horny")."""
        names = self.table.kinds(name) if self.table else (name,)
        found = [value for each in names for value in self._meanings.get(each, ())]
        return Named(tuple(found), found[0] if len(found) == 1 else name) if found else None

    def alike(self, plain: str) -> Named | None:
        """The value that a normal form misspells."""
        if len(plain) < _SHORTEST:
            return None
        best = process.extractOne(plain, self.spellings.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is None:
            return None
        found = self.spellings[best[0]]
        return Named(tuple(found), found[0], sure=False)

    def resolve(self, text: str) -> Named | None:
        """What a text that should name one value names: by its spelling, by its meaning, by likeness."""
        plain = normal(text)
        if found := self.exact(plain):
            return found
        if self.table:
            for match in self.table.matches(text):
                if found := self.meant(match.name):
                    return Named(found.values, found.label, match.exact)
        return self.alike(plain)

    @property
    def labels(self) -> list[str]:
        """The values, for a sentence that lists them."""
        return [found[0] for found in self.spellings.values()]


@dataclass(frozen=True)
class CatalogIndex:
    """All searchable words of a catalog.

    Attributes:
        best_rated: The skus of a few well-rated products of each category, for recommendations outside the habit.
        popular: The skus of what many people buy, each with how many do against the first of its category.
        demand: Each category's share of what people buy.
        strengths: Up to which THC a product counts as mild.
    """

    names: CatalogColumn
    brands: CatalogColumn
    strains: CatalogColumn
    categories: CatalogColumn
    effects: CatalogColumn
    flavors: CatalogColumn
    negatives: CatalogColumn
    helps_with: CatalogColumn
    best_rated: tuple[str, ...]
    popular: Mapping[str, float]
    demand: Mapping[str, float]
    strengths: Strengths

    @cached_property
    def name_words(self) -> Mapping[str, list[str]]:
        """Product names by the words in them; plural and singular are one word."""
        words: dict[str, list[str]] = defaultdict(list)
        for plain, names in self.names.spellings.items():
            for word in {singular(word) for word in plain.split()}:
                words[word].extend(names)
        return words

    @cached_property
    def sizes(self) -> Mapping[Size, list[str]]:
        """Product names by the size that is in them."""
        sizes: dict[Size, list[str]] = defaultdict(list)
        for names in self.names.spellings.values():
            for name in names:
                if size := find_size(name):
                    sizes[size].append(name)
        return sizes

    def with_word(self, word: str) -> tuple[str, ...]:
        """The names that contain a word."""
        return tuple(self.name_words.get(singular(word), ()))


def singular(word: str) -> str:
    """A word without the plural's ending, roughly: "gummies" and "gummy" become the same."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def get_index(ctx: CustomerTools) -> CatalogIndex:
    """The catalog's words, at most a minute old. Prices and availability are never kept."""
    # an expired turn sees an empty catalog, which is true of that turn alone
    return ctx.memo.get(
        __name__, lambda: arrange(ctx.one(_SQL) or {}), keep=lambda index: bool(index.names.spellings)
    )


def arrange(words: JsonMapping) -> CatalogIndex:
    """An index of the catalog's words.

    Args:
        words: What `sql/index.sql` gives, by name.
    """
    tables = {"categories": CATEGORIES, "effects": EFFECTS, "flavors": FLAVORS, "negatives": NEGATIVES}
    columns = {name: CatalogColumn(words[name], tables.get(name)) for name in _COLUMNS}
    return CatalogIndex(
        **columns,
        best_rated=tuple(words["best_rated"]),
        popular=words["popular"],
        demand=words["demand"],
        strengths=Strengths.of(
            (category, Decimal(str(thc)), count) for category, thc, count in words.get("strengths", ())
        ),
    )
