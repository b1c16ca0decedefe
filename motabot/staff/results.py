"""The results of a conversation, which later queries and actions can name: `result1`, `result2` ...

A query that names one reads exactly the rows that people saw, whatever changed since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from motabot.boundary import Cell, JsonMapping
from motabot.db.literal import literal
from motabot.staff.origins import Kinds
from motabot.text.regex import regex

_NAMED: Final = regex(r"\bresult(\d+)\b")
_WITH: Final = regex(r"\s*with\s+(recursive\s+)?", re.IGNORECASE)
#: Types whose values are written as PostgreSQL reads them; all others are handed on as text.
_TYPES: Final = frozenset(
    "bool int2 int4 int8 numeric float4 float8 date timestamp timestamptz time interval uuid".split()
)
_FIRST_ROWS: Final = 3


@dataclass(frozen=True)
class Kept:
    """A result that was kept.

    Attributes:
        name: `result1` ...
        table: The table as people see it.
        kinds: What each column may contain about people.
        shown: The first rows as the model saw them.
    """

    name: str
    table: JsonMapping
    kinds: Sequence[Sequence[str]]
    shown: Sequence[Sequence[Cell]]

    def memo(self) -> str:
        """What the model reads about it in later turns."""
        names = ", ".join(column["name"] for column in self.table["columns"])
        first = json.dumps(list(self.shown[:_FIRST_ROWS]), default=str, ensure_ascii=False)
        return f"[{self.name} “{self.table['title']}”: {len(self.table['rows'])} rows; {names}; first {first}]"


class Results:
    """The results of one conversation, in order."""

    def __init__(self, kept: Iterable[Kept] = (), made: int = 0) -> None:
        """
        Args:
            kept: Those of earlier turns that are still remembered.
            made: How many the conversation has made so far.
        """
        self._kept = {each.name: each for each in kept}
        self._made = made

    def tables(self) -> list[JsonMapping]:
        """The tables that are remembered."""
        return [kept.table for kept in self._kept.values()]

    def add(self, table: JsonMapping, kinds: Sequence[Kinds], shown: Sequence[Sequence[Cell]]) -> Kept:
        """Keep a result under the next name."""
        self._made += 1
        kept = Kept(f"result{self._made}", table, [sorted(each) for each in kinds], shown[:_FIRST_ROWS])
        self._kept[kept.name] = kept
        return kept

    @property
    def relations(self) -> dict[str, list[tuple[str, Kinds]]]:
        """The results as relations whose columns are classified."""
        return {
            name: [
                (column["name"], frozenset(kinds))
                for column, kinds in zip(kept.table["columns"], kept.kinds, strict=True)
            ]
            for name, kept in self._kept.items()
        }

    def expand(self, query: str, words: str = "") -> str:
        """A query in which the results that it names are tables of their rows.

        Args:
            query: A SELECT, or the name of a result alone.
            words: Where else columns are named: a template of a text. Other columns are left out.
        """
        alone = query.strip().rstrip(";")
        if alone in self._kept:
            query = f"select * from {alone}"
        named = [
            name for found in dict.fromkeys(_NAMED.findall(query)) if (name := f"result{found}") in self._kept
        ]
        if not named:
            return query
        only = None if not words else f"{words} member_id customer_id"
        tables = ", ".join(f"{name} as ({_values(self._kept[name].table, only)})" for name in named)
        opening = _WITH.match(query)
        if opening is None:
            return f"with {tables} {query}"
        recursive = "recursive " if opening[1] else ""
        return f"with {recursive}{tables}, {query[opening.end() :]}"


def _values(table: JsonMapping, only: str | None) -> str:
    columns = list(enumerate(table["columns"]))
    if only is not None:
        columns = [
            (n, each) for n, each in columns if re.search(rf"\b{re.escape(each['name'])}\b", only)
        ] or columns
    names = ", ".join('"' + column["name"].replace('"', '""') + '"' for _n, column in columns)
    if not table["rows"]:
        nothing = ", ".join(f"null::{_type(column)}" for _n, column in columns)
        return f"select * from (select {nothing}) as v ({names}) where false"
    rows = [
        "(" + ", ".join(_typed(row[n], column if place == 0 else None) for n, column in columns) + ")"
        for place, row in enumerate(table["rows"])
    ]
    return f"select * from (values {', '.join(rows)}) as v ({names})"


def _typed(value: Cell, column: JsonMapping | None) -> str:
    """A value as SQL; the first row's say their type."""
    said = "null" if value is None else literal(str(value))
    return said if column is None else f"{said}::{_type(column)}"


def _type(column: JsonMapping) -> str:
    return str(column["type"]) if column["type"] in _TYPES else "text"
