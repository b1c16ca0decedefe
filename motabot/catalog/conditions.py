"""What a product must meet: fragments of SQL over the view `products`, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from motabot.catalog.index import Named

Kind = Literal[
    "category",
    "brand",
    "strain",
    "effect",
    "flavor",
    "terpene",
    "flower_type",
    "size",
    "sort",
    "word",
    "price",
    "thc",
    "strength",
    "avoid",
]

NamedColumn = Literal["category", "brand", "strain", "effect", "flavor"]

#: Many names at once: hashed in every plan, as `= any` of a parameter is not once the statement is prepared.
NAME: Final = "p.name in (select unnest(cast({} as text[])))"
COLUMN: Final = {
    "category": "p.category = any(cast({} as text[]))",
    "brand": "p.brand = any(cast({} as text[]))",
    "strain": "p.strain = any(cast({} as text[]))",
    "effect": "p.effects && cast({} as text[])",
    "flavor": "p.flavors && cast({} as text[])",
}


@dataclass(frozen=True)
class Condition:
    """One thing that a product must meet: a fragment of SQL with its parameters, and the words for it."""

    kind: Kind
    said: str
    sql: str
    parameters: dict[str, object]


@dataclass
class ProductQuery:
    """What was understood of a request.

    Attributes:
        conditions: What a product must meet.
        notes: Sentences on what had to be guessed.
        unknown: Words that match nothing in the catalog.
        favored: Names of products that say what was asked for. They come first if no other order is wanted.
    """

    conditions: list[Condition] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    favored: list[str] = field(default_factory=list)

    @property
    def is_mild(self) -> bool:
        """Whether something mild is wanted."""
        return any(each.kind == "strength" and each.said == "mild" for each in self.conditions)

    def add(self, kind: Kind, said: str, *alternatives: tuple[str, object]) -> None:
        """Want one of several alternatives, each a fragment whose ``{}`` is its parameter."""
        names = [f"w{len(self.conditions)}_{number}" for number in range(len(alternatives))]
        parts = [sql.format(f":{name}") for name, (sql, _) in zip(names, alternatives, strict=True)]
        values = {name: value for name, (_, value) in zip(names, alternatives, strict=True)}
        self.conditions.append(Condition(kind, said, f"({' or '.join(parts)})", values))

    def note_guess(self, words: str, found: Named) -> None:
        """Say so if a misspelling was corrected."""
        if not found.sure:
            self.notes.append(f'Read "{words}" as {found.label}.')
