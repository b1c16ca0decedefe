"""The words of figures: operators, measures, flags and nouns (`data/operators.toml`, `data/measures.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_DATA = Path(__file__).with_name("data")


class _WordsTable(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Relation(_WordsTable):
    """A view that figures are taken from.

    Attributes:
        sql: The view, with the alias `f`.
        key: What a row is about.
        day, moment: When it happened, as a day of the shop and as a moment; "": it has no time.
        member, sku: The customer and the product of a row, or "".
        columns: Columns to group and filter by.
        en, es: The basis of its figures, in a few words.
    """

    sql: str
    key: str
    day: str = ""
    moment: str = ""
    member: str = ""
    sku: str = ""
    columns: tuple[str, ...] = ()
    en: str = ""
    es: str = ""


class Measure(_WordsTable):
    """A figure.

    Attributes:
        words: What asks for it.
        en, es: The column's name and title.
        agg: sum, count (of different values), row (one value per row), or ratio (`sql` says how).
        rows: The worth of a row, by relation; the first is the usual one.
        sql: The whole aggregate of a ratio, by relation.
        money: Whether it is in dollars.
        per: What it is averaged over if the question does not say.
        value: The measure that its average is about, if the question gives an amount of it.
    """

    words: tuple[str, ...]
    en: str
    es: str
    agg: str
    rows: Mapping[str, str] = {}
    sql: Mapping[str, str] = {}
    money: bool = False
    per: str = ""
    value: str = ""

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations that have it, the usual one first."""
        return tuple(self.sql or self.rows)


class Flag(_WordsTable):
    """A yes-or-no property of rows, by relation."""

    words: tuple[str, ...]
    en: str
    es: str
    rows: Mapping[str, str]


class _Measures(_WordsTable):
    relation: Mapping[str, Relation]
    measure: Mapping[str, Measure]
    flag: Mapping[str, Flag]
    column: Mapping[str, str]
    noun: Mapping[str, tuple[str, ...]]


class _Operators(_WordsTable):
    op: Mapping[str, tuple[str, ...]]
    compare: Mapping[str, tuple[str, ...]]
    verb: Mapping[str, tuple[str, ...]]
    idle: Mapping[str, str]


@dataclass(frozen=True)
class FigureLexicon:
    """The meanings of words, and the figures that exist.

    Attributes:
        senses: Meanings of phrases, each as kind and name.
        idle: Filler words.
        longest: The most words of a phrase.
    """

    relations: Mapping[str, Relation]
    measures: Mapping[str, Measure]
    flags: Mapping[str, Flag]
    columns: Mapping[str, str]
    senses: Mapping[str, tuple[tuple[str, str], ...]]
    idle: frozenset[str]
    longest: int
    vocabulary: frozenset[str] = field(default_factory=frozenset)


@cache
def lexicon() -> FigureLexicon:
    """The lexicon, read once."""
    figures = _Measures.model_validate(_read("measures"))
    operators = _Operators.model_validate(_read("operators"))
    senses: dict[str, list[tuple[str, str]]] = {}

    def learn(kind: str, named: Mapping[str, Iterable[str]]) -> None:
        for name, phrases in named.items():
            for phrase in phrases:
                meant = senses.setdefault(phrase, [])
                if (kind, name) not in meant:
                    meant.append((kind, name))

    learn("noun", figures.noun)
    learn("measure", {name: each.words for name, each in figures.measure.items()})
    learn("flag", {name: each.words for name, each in figures.flag.items()})
    learn("verb", operators.verb)
    learn("op", operators.op)
    learn("compare", operators.compare)
    idle = frozenset(word for words in operators.idle.values() for word in words.split())
    return FigureLexicon(
        figures.relation,
        figures.measure,
        figures.flag,
        figures.column,
        {phrase: tuple(meant) for phrase, meant in senses.items()},
        idle,
        max(phrase.count(" ") + 1 for phrase in senses),
        frozenset(word for phrase in senses for word in phrase.split()),
    )


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
