"""Where the columns of a query's result come from: which kinds of personal data each may contain.

PostgreSQL's own grammar parses the query, and every expression is traced back to its columns, through aliases,
functions, sub-selects, CTEs and JSON. What cannot be traced counts as everything nearby. Comparisons and counts
end a trace: their results say something about people, but name nobody. If a query spells a value out by them
(`motabot.staff.probes`), nothing of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pgparse

from motabot.staff import probes
from motabot.staff.expressions import Expressions
from motabot.staff.origins import (
    COLUMN,
    MADE,
    OPEN,
    UNKNOWN,
    Frame,
    Item,
    Kinds,
    Node,
    QueryScope,
    function_name,
    items_of,
    name_of,
    names_of,
    personal,
    renamed,
)
from motabot.staff.probes import Probes

#: Set-returning functions of more than one column.
_COLUMNS: Final = dict.fromkeys(("json_each", "jsonb_each", "json_each_text", "jsonb_each_text"), ("key", "value"))


@dataclass(frozen=True)
class TracedQuery:
    """The traced columns of a query.

    Attributes:
        kinds: What each column of the result may contain.
        spells: Whether the query spells personal values out; then every column counts as personal.
    """

    kinds: list[Kinds]
    spells: bool = False


class Lineage:
    """Traces the columns of queries back to relations whose columns are classified."""

    def __init__(
        self, relations: Mapping[tuple[str, str], Sequence[tuple[str, Kinds]]], path: Sequence[str]
    ) -> None:
        """
        Args:
            relations: Columns of each relation in order, by schema and name, with the kinds of data they hold.
            path: Schemas in which a name without one is looked up.
        """
        self._relations = relations
        self._path = path

    def kinds(
        self, query: str, width: int, results: Mapping[str, Sequence[tuple[str, Kinds]]] | None = None
    ) -> list[Kinds]:
        """What each column of a query's result may contain.

        Args:
            query: One SELECT that may run.
            width: How many columns the result has.
            results: Further relations that the query may name.
        """
        return self.trace(query, width, results).kinds

    def trace(
        self, query: str, width: int, results: Mapping[str, Sequence[tuple[str, Kinds]]] | None = None
    ) -> TracedQuery:
        """The same, and whether the query spells a personal value out; the arguments are those of `kinds`."""
        named = {name: _of_table(name, columns) for name, columns in (results or {}).items()}
        seen = Probes()
        walk = _Walk(self._relations, self._path, seen)
        columns = walk.select(pgparse.parse(query)[0]["stmt"]["SelectStmt"], QueryScope((), named))
        if seen.found:
            return TracedQuery([UNKNOWN] * width, spells=True)
        if columns.is_loose or len(columns.columns) != width:
            every = personal(columns.every)
            return TracedQuery([every | UNKNOWN if columns.is_loose else every] * width)
        return TracedQuery([personal(kinds) for _name, kinds in columns.columns])


class _Walk:
    """The statements of one query."""

    def __init__(
        self,
        relations: Mapping[tuple[str, str], Sequence[tuple[str, Kinds]]],
        path: Sequence[str],
        seen: Probes,
    ) -> None:
        self._relations = relations
        self._path = path
        self._seen = seen
        self._of = Expressions(self.select, seen).of

    def select(self, node: Node, scope: QueryScope) -> Item:
        """A SELECT as an item: the columns of its result."""
        scope = self._with(node.get("withClause"), scope)
        if node.get("valuesLists"):
            rows = [[self._value(cell, scope) for cell in items_of(row)] for row in node["valuesLists"]]
            columns = [OPEN.union(*cells) for cells in zip(*rows, strict=False)]
            return Item("", tuple((f"column{n}", kinds) for n, kinds in enumerate(columns, 1)))
        if node.get("op", "SETOP_NONE") != "SETOP_NONE":
            left, right = self._arm(node["larg"], scope), self._arm(node["rarg"], scope)
            pairs = zip(left.columns, right.columns, strict=False)
            both = tuple((name, kinds | others) for (name, kinds), (_name, others) in pairs)
            return Item("", both, left.is_loose or right.is_loose, left.kinds | right.kinds)
        frame = self._from(node.get("fromClause", ()), scope)
        inside = scope.inside(frame)
        found = self._targets(node.get("targetList", ()), inside, frame)
        self._of([node.get(part, {}) for part in ("whereClause", "havingClause")], inside)  # for their tests
        self._seen.size(self._of([node.get(part, {}) for part in ("limitCount", "limitOffset")], inside))
        return found

    def _arm(self, node: Node, scope: QueryScope) -> Item:
        """A part of a UNION: one without FROM is a row of VALUES."""
        item = self.select(node, scope)
        if node.get("fromClause") or not node.get("targetList"):
            return item
        cells = [self._value(target["ResTarget"].get("val", {}), scope) for target in node["targetList"]]
        return Item("", tuple((name, kinds) for (name, _kinds), kinds in zip(item.columns, cells, strict=True)))

    def _value(self, cell: Node, scope: QueryScope) -> Kinds:
        """A cell of VALUES: the query makes up its letters and numbers."""
        kinds = self._of(cell, scope)
        return kinds if personal(kinds) or not probes.has_short(cell) else kinds | MADE

    def _targets(self, targets: Iterable[Node], scope: QueryScope, frame: Frame) -> Item:
        columns: list[tuple[str, Kinds]] = []
        loose: Kinds | None = None
        for target in targets:
            value = target["ResTarget"].get("val", {})
            star = self._star(value, scope, frame)
            if star is None:
                columns.append((target["ResTarget"].get("name") or name_of(value), self._of(value, scope)))
            elif isinstance(star, frozenset):
                loose = (loose or OPEN) | star
            else:
                columns.extend(star)
        return Item("", tuple(columns), loose is not None, loose or OPEN)

    def _star(self, value: Node, scope: QueryScope, frame: Frame) -> tuple[tuple[str, Kinds], ...] | Kinds | None:
        """The columns that `*`, `alias.*` or `(row).*` expands to; only kinds if they cannot be counted."""
        if "A_Indirection" in value and any("A_Star" in each for each in value["A_Indirection"]["indirection"]):
            fields = value["A_Indirection"].get("arg", {}).get("ColumnRef", {}).get("fields", [])
            item = scope.item(names_of(fields))
            return item.columns if item and not item.is_loose else self._of(value, scope) | UNKNOWN
        fields = value.get("ColumnRef", {}).get("fields", [])
        if not fields or "A_Star" not in fields[-1]:
            return None
        if len(fields) == 1:
            return frame.star if frame.star is not None else OPEN.union(*(item.every for item in frame.items))
        item = scope.item(names_of(fields[:-1])[-1:])
        if item is None:
            return UNKNOWN
        return item.every if item.is_loose else item.columns

    def _with(self, clause: Node | None, scope: QueryScope) -> QueryScope:
        if not clause:
            return scope
        ctes = dict(scope.ctes)
        for each in clause.get("ctes", ()):
            cte = each["CommonTableExpr"]
            inner = cte["ctequery"]["SelectStmt"]
            if clause.get("recursive") and inner.get("op", "SETOP_NONE") != "SETOP_NONE":
                first = self.select(inner["larg"], QueryScope(scope.frames, ctes))
                ctes[cte["ctename"]] = renamed(first.with_kinds(MADE), cte)
                for _round in range(len(_KINDS_THERE_ARE)):  # until nothing new can come round
                    ctes[cte["ctename"]] = renamed(self.select(inner, QueryScope(scope.frames, dict(ctes))), cte)
            else:
                ctes[cte["ctename"]] = renamed(self.select(inner, QueryScope(scope.frames, ctes)), cte)
        return QueryScope(scope.frames, ctes)

    # -- FROM

    def _from(self, clause: Iterable[Node], scope: QueryScope) -> Frame:
        frame = Frame()
        for node in clause:
            added = self._source(node, scope.inside(frame))
            star = None if frame.star is None or added.star is None else (*frame.star, *added.star)
            frame = Frame((*frame.items, *added.items), star)
        return frame

    def _source(self, node: Node, scope: QueryScope) -> Frame:
        kind, fields = next(iter(node.items()))
        if kind == "JoinExpr":
            return self._join(fields, scope)
        if kind == "RangeVar":
            item = self._table(fields, scope)
        elif kind == "RangeSubselect":
            item = self.select(fields["subquery"]["SelectStmt"], scope)
        elif kind == "RangeTableSample":
            return self._source(fields["relation"], scope)
        elif kind == "RangeFunction":
            item = self._function(fields, scope)
        else:  # JSON_TABLE and whatever else makes rows out of a value
            names = [each["JsonTableColumn"].get("name", "") for each in fields.get("columns", ())
                     if "JsonTableColumn" in each]  # fmt: skip
            made = self._of(fields, scope)
            item = Item("", tuple((name, made) for name in names), is_loose=True, kinds=made)
        alias = fields.get("alias", {})
        item = item.called(
            alias.get("aliasname") or fields.get("relname", ""), names_of(alias.get("colnames", ()))
        )
        return Frame((item,), None if item.is_loose else item.columns)

    def _join(self, node: Node, scope: QueryScope) -> Frame:
        left = self._source(node["larg"], scope)
        right = self._source(node["rarg"], scope.inside(left))
        shared = names_of(node.get("usingClause", ()))
        self._of(node.get("quals", {}), scope.inside(left).inside(right))  # for its tests
        star = None
        if left.star is not None and right.star is not None:
            if node.get("isNatural"):
                shared = [name for name, _kinds in left.star if name in dict(right.star)]
            both = [(name, dict(left.star).get(name, OPEN) | dict(right.star).get(name, OPEN)) for name in shared]
            rest = [each for each in (*left.star, *right.star) if each[0] not in shared]
            star = (*both, *rest)
        items = (*left.items, *right.items)
        if alias := node.get("alias"):
            every = OPEN.union(*(item.every for item in items))
            whole = Item("", star or (), is_loose=star is None, kinds=every if star is None else OPEN)
            items = (whole.called(alias["aliasname"], names_of(alias.get("colnames", ()))),)
        return Frame(items, star)

    def _table(self, node: Node, scope: QueryScope) -> Item:
        name, schema = str(node["relname"]), node.get("schemaname")
        if schema is None and name in scope.ctes:
            return scope.ctes[name]
        for each in (schema,) if schema else self._path:
            if (each, name) in self._relations:
                return _of_table(name, self._relations[each, name])
        return Item(name, (), is_loose=True, kinds=UNKNOWN)

    def _function(self, node: Node, scope: QueryScope) -> Item:
        """A function in FROM: its columns contain what its arguments do."""
        columns: list[tuple[str, Kinds]] = []
        defined = [each["ColumnDef"]["colname"] for each in node.get("coldeflist", ())]
        scalar = node.get("alias", {}).get("aliasname", "")  # which names the column of a function that has one
        for each in node.get("functions", ()):
            call = items_of(each)[0]
            name = function_name(call.get("FuncCall", {}))
            kinds = self._of(call, scope)
            columns += [(known, kinds) for known in defined or _COLUMNS.get(name) or [scalar or name]]
        if node.get("ordinality"):
            columns.append(("ordinality", OPEN))
        return Item("", tuple(columns))


#: As many rounds as kinds can be added one by one to a recursive CTE.
_KINDS_THERE_ARE: Final = ("name", "phone", "email", "member", "text")


def _of_table(name: str, columns: Sequence[tuple[str, Kinds]]) -> Item:
    return Item(name, tuple((column, kinds or COLUMN) for column, kinds in columns))
