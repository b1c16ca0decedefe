"""What the columns of a query can be traced to: kinds of personal data, and the relations that a name may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from motabot.boundary import Json, JsonMapping

Kinds = frozenset[str]
Node = JsonMapping

OPEN: Final[Kinds] = frozenset()
UNKNOWN: Final[Kinds] = frozenset({"text"})
#: Marks beside the kinds, which `personal` takes off: a column of a table, a value that the query makes up row by
#: row, and a piece of a value.
COLUMN: Final[Kinds] = frozenset({"*column"})
MADE: Final[Kinds] = frozenset({"*made"})
PIECE: Final[Kinds] = frozenset({"*piece"})
_MARKS: Final = COLUMN | MADE | PIECE


def personal(kinds: Kinds) -> Kinds:
    """The kinds without marks."""
    return kinds - _MARKS


@dataclass(frozen=True)
class Item:
    """One thing in a FROM clause.

    Attributes:
        alias: What the query calls it.
        columns: Names and kinds, in order.
        is_loose: Whether it may have other columns, of unknown names.
        kinds: What those may contain.
    """

    alias: str
    columns: tuple[tuple[str, Kinds], ...]
    is_loose: bool = False
    kinds: Kinds = OPEN

    @property
    def every(self) -> Kinds:
        return self.kinds.union(*(kinds for _name, kinds in self.columns))

    def column(self, name: str) -> Kinds | None:
        found = [kinds for known, kinds in self.columns if known == name]
        return OPEN.union(*found) if found else None

    def called(self, alias: str, names: Sequence[str]) -> Item:
        """The same under another name, its first columns renamed."""
        columns = [(names[n] if n < len(names) else name, kinds) for n, (name, kinds) in enumerate(self.columns)]
        columns += [(name, self.kinds) for name in names[len(columns) :]]
        return Item(alias, tuple(columns), self.is_loose, self.kinds)

    def with_kinds(self, more: Kinds) -> Item:
        """The same, each column with further kinds."""
        columns = tuple((name, kinds | more) for name, kinds in self.columns)
        return Item(self.alias, columns, self.is_loose, self.kinds | more)


@dataclass(frozen=True)
class Frame:
    """The FROM clause of one SELECT: what can be named, and what `*` expands to (None: unknown)."""

    items: tuple[Item, ...] = ()
    star: tuple[tuple[str, Kinds], ...] | None = ()


@dataclass(frozen=True)
class QueryScope:
    """What an expression can name: frames from the innermost outwards, and the CTEs."""

    frames: tuple[Frame, ...] = ()
    ctes: Mapping[str, Item] = field(default_factory=dict)

    def inside(self, frame: Frame) -> QueryScope:
        return QueryScope((frame, *self.frames), self.ctes)

    def item(self, names: Sequence[str]) -> Item | None:
        """The relation that the last of some names means."""
        every = (item for frame in self.frames for item in frame.items)
        return next((item for item in every if names and item.alias == names[-1]), None)

    def column(self, names: Sequence[str]) -> Kinds:
        """What the column of a name may contain."""
        if not names:
            return UNKNOWN
        if len(names) > 1:
            item = self.item(names[-2:-1])
            if item is None:
                return UNKNOWN
            found = item.column(names[-1])
            return item.every if found is None else found
        beside: Kinds = OPEN
        for frame in self.frames:
            matches = [found for item in frame.items if (found := item.column(names[0])) is not None]
            if matches:
                return beside.union(*matches)
            beside = beside.union(*(item.kinds for item in frame.items if item.is_loose))
            rows = [item for item in frame.items if item.alias == names[0]]
            if rows:
                return beside | rows[0].every
        return beside or UNKNOWN


def renamed(item: Item, cte: Node) -> Item:
    """The relation of a CTE, under its name."""
    is_loose = item.is_loose or bool(cte.get("search_clause") or cte.get("cycle_clause"))
    named = item.called(str(cte["ctename"]), names_of(cte.get("aliascolnames", ())))
    return Item(named.alias, named.columns, is_loose, item.every if is_loose else OPEN)


# -- the grammar's nodes


def names_of(nodes: Iterable[Node]) -> list[str]:
    """The words of a list of strings."""
    return [str(node["String"].get("sval", "")) for node in nodes if "String" in node]


def items_of(node: Node) -> list[Json]:
    """The nodes of a list."""
    return list(node.get("List", {}).get("items", ()))


def function_name(call: Node) -> str:
    """The name of the function that a call means."""
    return (names_of(call.get("funcname", ())) or [""])[-1]


def name_of(value: Node) -> str:
    """The name that PostgreSQL gives a column without one."""
    kind = next(iter(value), "")
    fields: Node = value.get(kind, {})
    if kind == "ColumnRef":
        return (names_of(fields["fields"]) or [""])[-1]
    if kind == "FuncCall":
        return function_name(fields)
    if kind == "TypeCast":
        return name_of(fields.get("arg", {})) or (names_of(fields["typeName"].get("names", ())) or [""])[-1]
    if kind == "SubLink" and fields.get("subLinkType") == "EXPR_SUBLINK":
        targets = fields["subselect"]["SelectStmt"].get("targetList", [])
        return (targets[0]["ResTarget"].get("name") or name_of(targets[0]["ResTarget"]["val"])) if targets else ""
    if kind == "A_Indirection":
        return (names_of(fields["indirection"]) or [""])[-1]
    return {"CaseExpr": "case", "CoalesceExpr": "coalesce", "A_ArrayExpr": "array", "RowExpr": "row"}.get(kind, "")
