"""Sorts within a kind of product, found by the words of products' names: "gummies", "shatter", "drinks"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motabot.catalog.conditions import COLUMN, NAME, ProductQuery
from motabot.catalog.index import CatalogIndex
from motabot.catalog.sort_words import SORT_NAMES, SORTS

#: Sorts that catalogs often do not name. Where no name says them, the whole kind is meant.
_OFTEN_UNSAID: Final = frozenset(("cartridge", "pen", "gummy", "pod", "drink", "lotion"))


def want_sorts(wanted: ProductQuery, index: CatalogIndex, meant: Sequence[tuple[str, str]]) -> None:
    """Want the sorts that some words name, any of them.

    Args:
        wanted: The query, which wants the kinds already.
        index: The catalog's words.
        meant: Kinds of product, each with the words that named it.
    """
    whole: list[str] = []
    labels: list[str] = []
    names: list[str] = []
    for category, said in meant:
        sort = SORTS.first(said)
        if sort is None:
            whole.append(category)
        elif named := names_of(index, sort):
            labels.append(sort)
            names.extend(named)
        elif sort in _OFTEN_UNSAID:
            wanted.notes.append(f'Read "{said}" as {category}.')
        else:
            wanted.unknown.append(said)
    sorted_kinds = {category for category, said in meant if SORTS.first(said)}
    if names:  # of "disposable vapes" the first word says which vapes
        whole = [name for name in whole if name not in sorted_kinds]
        columns = [found for name in whole if (found := index.categories.meant(name))]
        others = [(COLUMN["category"], list(column.values)) for column in columns]
        wanted.add("sort", " or ".join(dict.fromkeys(labels)), (NAME, names), *others)


def names_of(index: CatalogIndex, sort: str) -> list[str]:
    """The names of products that say a sort, in any of its words."""
    said = [word for word in SORTS.words[sort] if " " not in word]
    words = dict.fromkeys((sort, *said, *SORT_NAMES.get(sort, ())))
    return list(dict.fromkeys(name for word in words for name in index.with_word(word)))
