"""Understands a customer's free words: names of the catalog, shop talk, and misspellings of either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from motabot.catalog.conditions import COLUMN, NAME, NamedColumn, ProductQuery
from motabot.catalog.filler import FILLER
from motabot.catalog.flavors import named_for, told_effect
from motabot.catalog.index import CatalogIndex, Named
from motabot.catalog.query import want_mild, want_type, want_word
from motabot.catalog.sizes import SIZES, Size, find_size, without_measures
from motabot.catalog.sorts import want_sorts
from motabot.catalog.strength import wants_mild, without_mild
from motabot.catalog.vocabulary import CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, TERPENES
from motabot.catalog.word_table import Table
from motabot.text.normalize import normal

_LONGEST_NAME = 6
_TERPENE: Final = "exists (select 1 from unnest(p.terpenes) t where lower(t) = lower({}))"


def want_words(wanted: ProductQuery, index: CatalogIndex, query: str) -> None:
    """Want what a customer's free words say."""
    if (named := index.names.exact(normal(query))) and not _is_generic(index, normal(query)):
        wanted.add("strain", named.label, (NAME, list(named.values)))
        return
    is_mild = wants_mild(query)
    words = _Words(without_mild(without_measures(query)) if is_mild else normal(without_measures(query)))
    words.take_phrases(lambda phrase: _want_name(wanted, index, phrase))
    if size := find_size(query):
        words.take(SIZES)
        _want_size(wanted, index, size)
    _want_categories(wanted, index, words.take_all(CATEGORIES))
    if is_mild and not any(condition.kind == "strength" for condition in wanted.conditions):
        want_mild(wanted, index)
    for name in list(words.take(FLOWER_TYPES))[:1]:
        want_type(wanted, name)
    for name in words.take(TERPENES):
        wanted.add("terpene", name, (_TERPENE, name))
    for name, said in words.take(EFFECTS).items():
        _want_meaning(
            wanted,
            "effect",
            said,
            index.effects.meant(name),
            also_named=index.with_word(said),
            told=told_effect(index, name),
        )
    for name, said in words.take(FLAVORS).items():
        _want_meaning(wanted, "flavor", said, index.flavors.meant(name), also_named=named_for(index, name, said))
    words.drop(FILLER)
    words.take_phrases(lambda phrase: want_word(wanted, index, phrase) or _want_alike(wanted, index, phrase))
    wanted.unknown.extend(words)


def _is_generic(index: CatalogIndex, plain: str) -> bool:
    """Whether other names contain all words of a name: "Lighter" is a kind of goods, too."""
    return len(set.intersection(*(set(index.with_word(word)) for word in plain.split()))) > 1


class _Words:
    """The words of a request that are still to be explained, in runs: what is taken out leaves a gap."""

    def __init__(self, plain: str) -> None:
        self._runs = [plain.split()]

    def __iter__(self) -> Iterator[str]:
        return (word for run in self._runs for word in run)

    def take(self, table: Table) -> dict[str, str]:
        """Take a table's words out: each name that was meant, with the words that said it first."""
        taken: dict[str, str] = {}
        for name, said in self.take_all(table):
            taken.setdefault(name, said)
        return taken

    def take_all(self, table: Table) -> list[tuple[str, str]]:
        """The same, with all words that said a name."""
        taken: list[tuple[str, str]] = []
        left: list[list[str]] = []
        for text in map(" ".join, self._runs):
            end = 0
            for match in table.matches(text):
                taken.append((match.name, match.words))
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


def _want_name(wanted: ProductQuery, index: CatalogIndex, phrase: str) -> bool:
    """Want the brand or strain of exactly this name. A lone word of shop talk is left to the vocabulary."""
    if " " not in phrase and (phrase in FILLER or _is_shop_talk(phrase)):
        return False
    found: list[tuple[NamedColumn, Named]] = []
    if strain := index.strains.exact(phrase):
        found.append(("strain", strain))
    if brand := index.brands.exact(phrase):
        found.append(("brand", brand))
    if not found:
        return False
    kind, first = found[0]
    named = index.with_word(phrase)  # "CBD" may be a brand, and appear in other names as well
    alternatives: list[tuple[str, object]] = [(COLUMN[column], list(value.values)) for column, value in found]
    wanted.add(kind, first.label, *alternatives, *([(NAME, list(named))] if named else []))
    return True


def _is_shop_talk(word: str) -> bool:
    tables = (CATEGORIES, EFFECTS, FLAVORS, FLOWER_TYPES, SIZES)
    return any(match.exact for table in tables for match in table.matches(word))


def _want_size(wanted: ProductQuery, index: CatalogIndex, size: Size) -> None:
    wanted.add("size", str(size), (NAME, list(index.sizes.get(size, ()))))


def _want_categories(wanted: ProductQuery, index: CatalogIndex, meant: Sequence[tuple[str, str]]) -> None:
    """Want one of these kinds of product, each with the words that named it."""
    found = {name: column for name, _ in meant if (column := index.categories.meant(name))}
    if found:
        values = [value for named in found.values() for value in named.values]
        wanted.add("category", " or ".join(named.label for named in found.values()), (COLUMN["category"], values))
    want_sorts(wanted, index, [(name, said) for name, said in meant if name in found])
    for name, said in meant:
        if name not in found and not want_word(wanted, index, said):
            wanted.unknown.append(said)


def _want_meaning(
    wanted: ProductQuery,
    kind: NamedColumn,
    said: str,
    meant: Named | None,
    also_named: tuple[str, ...] = (),
    told: tuple[str, ...] = (),
) -> None:
    alternatives: list[tuple[str, object]] = []
    if meant:
        alternatives.append((COLUMN[kind], list(meant.values)))
    if also_named:
        alternatives.append((NAME, list(also_named)))
        wanted.favored.extend(also_named)
    if told and alternatives:
        alternatives.append((NAME, list(told)))
    if alternatives:
        wanted.add(kind, meant.label if meant else said, *alternatives)
    else:
        wanted.unknown.append(said)


def _want_alike(wanted: ProductQuery, index: CatalogIndex, phrase: str) -> bool:
    """Want the strain or brand that a phrase misspells."""
    found: list[tuple[NamedColumn, Named]] = []
    if strain := index.strains.alike(phrase):
        found.append(("strain", strain))
    if brand := index.brands.alike(phrase):
        found.append(("brand", brand))
    if not found:
        return False
    kind, named = max(found, key=lambda entry: fuzz.ratio(phrase, normal(entry[1].label)))
    wanted.add(kind, named.label, (COLUMN[kind], list(named.values)))
    wanted.note_guess(phrase, named)
    return True
