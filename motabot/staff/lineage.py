"""Where the columns of a query's result come from: which kinds of personal data each may hold.

The query is read by PostgreSQL's own grammar, and every expression is followed back to the columns it is made of,
through aliases, functions, sub-selects, CTEs and JSON. What cannot be followed counts as everything that stands
near it. Comparisons and counts end a trail: their results say something about people, and name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pgparse

from motabot.boundary import JsonMapping

Kinds = frozenset[str]
Node = JsonMapping

OPEN: Final[Kinds] = frozenset()
UNKNOWN: Final[Kinds] = frozenset({"text"})
_PLACEHOLDER: Final = re.compile(r"\[([a-z]+)\d+\]")
#: Functions whose result names nobody, whatever they are given.
_COUNTING: Final = frozenset(
    """
    count row_number rank dense_rank percent_rank cume_dist ntile length char_length character_length octet_length
    bit_length cardinality array_length array_ndims array_upper array_lower jsonb_array_length json_array_length
    num_nulls num_nonnulls bool_and bool_or every starts_with regexp_like similarity word_similarity
    strict_word_similarity levenshtein levenshtein_less_equal pg_typeof jsonb_typeof json_typeof jsonb_path_exists
    jsonb_exists isfinite generate_subscripts
    """.split()
)
_COMPARING: Final = frozenset("= <> != < > <= >= ~ ~* !~ !~* ~~ ~~* !~~ !~~* @> <@ && ? ?| ?& @@ @?".split())
_COMPARING_KINDS: Final = frozenset(
    "AEXPR_OP_ANY AEXPR_OP_ALL AEXPR_DISTINCT AEXPR_NOT_DISTINCT AEXPR_IN AEXPR_LIKE AEXPR_ILIKE AEXPR_SIMILAR"
    " AEXPR_BETWEEN AEXPR_NOT_BETWEEN AEXPR_BETWEEN_SYM AEXPR_NOT_BETWEEN_SYM".split()
)
#: Nodes whose value is true, false or a constant of the system.
_PLAIN: Final = frozenset({"NullTest", "BooleanTest", "BoolExpr", "GroupingFunc", "SQLValueFunction"})
#: Set-returning functions of more than one column.
_COLUMNS: Final = dict.fromkeys(("json_each", "jsonb_each", "json_each_text", "jsonb_each_text"), ("key", "value"))


@dataclass(frozen=True)
class Item:
    """One thing in a FROM clause.

    Attributes:
        alias: What the query calls it.
        columns: Names and kinds, in order.
        is_loose: It may have columns besides, of names that are not known here.
        kinds: What those may hold.
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


@dataclass(frozen=True)
class Frame:
    """The FROM clause of one SELECT: what can be named, and what `*` stands for (None: unknown)."""

    items: tuple[Item, ...] = ()
    star: tuple[tuple[str, Kinds], ...] | None = ()


@dataclass(frozen=True)
class Scope:
    """What an expression can name: frames from the innermost outwards, and the CTEs."""

    frames: tuple[Frame, ...] = ()
    ctes: Mapping[str, Item] = field(default_factory=dict)

    def inside(self, frame: Frame) -> Scope:
        return Scope((frame, *self.frames), self.ctes)


class Lineage:
    """Follows the columns of queries back to relations whose columns are classified."""

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
        """What each column of a query's result may hold.

        Args:
            query: One SELECT that may run.
            width: How many columns the result has.
            results: Further relations that the query may name.
        """
        named = {name: Item(name, tuple(columns)) for name, columns in (results or {}).items()}
        columns = self._select(pgparse.parse(query)[0]["stmt"]["SelectStmt"], Scope((), named))
        if columns.is_loose or len(columns.columns) != width:
            return [columns.every | UNKNOWN if columns.is_loose else columns.every] * width
        return [kinds for _name, kinds in columns.columns]

    # -- statements

    def _select(self, node: Node, scope: Scope) -> Item:
        """A SELECT as an item: the columns of its result."""
        scope = self._with(node.get("withClause"), scope)
        if node.get("valuesLists"):
            rows = [[self._of(cell, scope) for cell in _items(row)] for row in node["valuesLists"]]
            columns = [OPEN.union(*cells) for cells in zip(*rows, strict=False)]
            return Item("", tuple((f"column{n}", kinds) for n, kinds in enumerate(columns, 1)))
        if node.get("op", "SETOP_NONE") != "SETOP_NONE":
            left, right = self._select(node["larg"], scope), self._select(node["rarg"], scope)
            pairs = zip(left.columns, right.columns, strict=False)
            both = tuple((name, kinds | others) for (name, kinds), (_name, others) in pairs)
            return Item("", both, left.is_loose or right.is_loose, left.kinds | right.kinds)
        frame = self._from(node.get("fromClause", ()), scope)
        return self._targets(node.get("targetList", ()), scope.inside(frame), frame)

    def _targets(self, targets: Iterable[Node], scope: Scope, frame: Frame) -> Item:
        columns: list[tuple[str, Kinds]] = []
        loose: Kinds | None = None
        for target in targets:
            value = target["ResTarget"].get("val", {})
            star = self._star(value, scope, frame)
            if star is None:
                columns.append((target["ResTarget"].get("name") or _name_of(value), self._of(value, scope)))
            elif isinstance(star, frozenset):
                loose = (loose or OPEN) | star
            else:
                columns.extend(star)
        return Item("", tuple(columns), loose is not None, loose or OPEN)

    def _star(self, value: Node, scope: Scope, frame: Frame) -> tuple[tuple[str, Kinds], ...] | Kinds | None:
        """The columns that `*`, `alias.*` or `(row).*` stands for; kinds alone where they cannot be counted."""
        if "A_Indirection" in value and any("A_Star" in each for each in value["A_Indirection"]["indirection"]):
            fields = value["A_Indirection"].get("arg", {}).get("ColumnRef", {}).get("fields", [])
            item = _item_named(_names(fields), scope)
            return item.columns if item and not item.is_loose else self._of(value, scope) | UNKNOWN
        fields = value.get("ColumnRef", {}).get("fields", [])
        if not fields or "A_Star" not in fields[-1]:
            return None
        if len(fields) == 1:
            return frame.star if frame.star is not None else OPEN.union(*(item.every for item in frame.items))
        item = _item_named(_names(fields[:-1])[-1:], scope)
        if item is None:
            return UNKNOWN
        return item.every if item.is_loose else item.columns

    def _with(self, clause: Node | None, scope: Scope) -> Scope:
        if not clause:
            return scope
        ctes = dict(scope.ctes)
        for each in clause.get("ctes", ()):
            cte = each["CommonTableExpr"]
            inner = cte["ctequery"]["SelectStmt"]
            if clause.get("recursive") and inner.get("op", "SETOP_NONE") != "SETOP_NONE":
                ctes[cte["ctename"]] = _renamed(self._select(inner["larg"], Scope(scope.frames, ctes)), cte)
                for _round in range(len(_KINDS_THERE_ARE)):  # until nothing new can come round
                    ctes[cte["ctename"]] = _renamed(self._select(inner, Scope(scope.frames, dict(ctes))), cte)
            else:
                ctes[cte["ctename"]] = _renamed(self._select(inner, Scope(scope.frames, ctes)), cte)
        return Scope(scope.frames, ctes)

    # -- FROM

    def _from(self, clause: Iterable[Node], scope: Scope) -> Frame:
        frame = Frame()
        for node in clause:
            added = self._source(node, scope.inside(frame))
            star = None if frame.star is None or added.star is None else (*frame.star, *added.star)
            frame = Frame((*frame.items, *added.items), star)
        return frame

    def _source(self, node: Node, scope: Scope) -> Frame:
        kind, fields = next(iter(node.items()))
        if kind == "JoinExpr":
            return self._join(fields, scope)
        if kind == "RangeVar":
            item = self._table(fields, scope)
        elif kind == "RangeSubselect":
            item = self._select(fields["subquery"]["SelectStmt"], scope)
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
        item = _aliased(
            item, alias.get("aliasname") or fields.get("relname", ""), _names(alias.get("colnames", ()))
        )
        return Frame((item,), None if item.is_loose else item.columns)

    def _join(self, node: Node, scope: Scope) -> Frame:
        left = self._source(node["larg"], scope)
        right = self._source(node["rarg"], scope.inside(left))
        shared = _names(node.get("usingClause", ()))
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
            items = (_aliased(whole, alias["aliasname"], _names(alias.get("colnames", ()))),)
        return Frame(items, star)

    def _table(self, node: Node, scope: Scope) -> Item:
        name, schema = str(node["relname"]), node.get("schemaname")
        if schema is None and name in scope.ctes:
            return scope.ctes[name]
        for each in (schema,) if schema else self._path:
            if (each, name) in self._relations:
                return Item(name, tuple(self._relations[each, name]))
        return Item(name, (), is_loose=True, kinds=UNKNOWN)

    def _function(self, node: Node, scope: Scope) -> Item:
        """A function in FROM: its columns hold what its arguments do."""
        columns: list[tuple[str, Kinds]] = []
        defined = [each["ColumnDef"]["colname"] for each in node.get("coldeflist", ())]
        scalar = node.get("alias", {}).get("aliasname", "")  # which names the column of a function that has one
        for each in node.get("functions", ()):
            call = _items(each)[0]
            name = _function_name(call.get("FuncCall", {}))
            kinds = self._of(call, scope)
            columns += [(known, kinds) for known in defined or _COLUMNS.get(name) or [scalar or name]]
        if node.get("ordinality"):
            columns.append(("ordinality", OPEN))
        return Item("", tuple(columns))

    # -- expressions

    def _of(self, node: Any, scope: Scope) -> Kinds:
        """What the value of an expression may hold."""
        if isinstance(node, Sequence) and not isinstance(node, str):
            return OPEN.union(*(self._of(each, scope) for each in node))
        if not isinstance(node, Mapping):
            return OPEN
        return OPEN.union(*(self._kind(kind, fields, scope) for kind, fields in node.items()))

    def _kind(self, kind: str, fields: Any, scope: Scope) -> Kinds:
        if kind in _PLAIN:
            return OPEN
        if kind == "A_Const":
            return frozenset(_PLACEHOLDER.findall(str(fields.get("sval", {}).get("sval", ""))))
        if kind == "ColumnRef":
            return _resolved(_names(fields["fields"]), scope)
        if kind == "SelectStmt":
            return self._select(fields, scope).every
        if kind == "SubLink":
            is_value = fields.get("subLinkType") in ("EXPR_SUBLINK", "ARRAY_SUBLINK")
            return self._of(fields["subselect"], scope) if is_value else OPEN
        if kind == "FuncCall":
            return self._call(fields, scope)
        if kind == "A_Expr":
            return self._operator(fields, scope)
        if kind == "CaseExpr":
            results = [each["CaseWhen"]["result"] for each in fields.get("args", ())]
            return self._of([*results, fields.get("defresult", {})], scope)
        if kind == "A_Indirection":
            return self._attribute(fields, scope)
        return self._of(fields, scope)

    def _call(self, fields: Node, scope: Scope) -> Kinds:
        if _function_name(fields) in _COUNTING:
            return OPEN
        ordered = fields.get("agg_order", ()) if fields.get("agg_within_group") else ()
        return self._of([*fields.get("args", ()), *ordered], scope)

    def _operator(self, fields: Node, scope: Scope) -> Kinds:
        kind, name = fields.get("kind"), (_names(fields.get("name", ())) or [""])[-1]
        if kind in _COMPARING_KINDS or (kind == "AEXPR_OP" and name in _COMPARING):
            return OPEN
        if kind == "AEXPR_NULLIF":
            return self._of(fields.get("lexpr", {}), scope)
        return self._of([fields.get("lexpr", {}), fields.get("rexpr", {})], scope)

    def _attribute(self, fields: Node, scope: Scope) -> Kinds:
        names = _names(fields["indirection"])
        item = _item_named(_names(fields.get("arg", {}).get("ColumnRef", {}).get("fields", ())), scope)
        found = item.column(names[0]) if item and len(names) == 1 else None
        return self._of(fields.get("arg", {}), scope) if found is None else found


#: As many rounds as kinds can be added one by one to a recursive CTE.
_KINDS_THERE_ARE: Final = ("name", "phone", "email", "member", "text")


def _resolved(names: Sequence[str], scope: Scope) -> Kinds:
    """What the column of a name may hold."""
    if not names:
        return UNKNOWN
    if len(names) > 1:
        item = _item_named(names[-2:-1], scope)
        if item is None:
            return UNKNOWN
        found = item.column(names[-1])
        return item.every if found is None else found
    beside: Kinds = OPEN
    for frame in scope.frames:
        matches = [found for item in frame.items if (found := item.column(names[0])) is not None]
        if matches:
            return beside.union(*matches)
        beside = beside.union(*(item.kinds for item in frame.items if item.is_loose))
        rows = [item for item in frame.items if item.alias == names[0]]
        if rows:
            return beside | rows[0].every
    return beside or UNKNOWN


def _item_named(names: Sequence[str], scope: Scope) -> Item | None:
    if not names:
        return None
    every = (item for frame in scope.frames for item in frame.items)
    return next((item for item in every if item.alias == names[-1]), None)


def _aliased(item: Item, alias: str, names: Sequence[str]) -> Item:
    """An item under another name, its first columns renamed."""
    columns = [(names[n] if n < len(names) else name, kinds) for n, (name, kinds) in enumerate(item.columns)]
    columns += [(name, item.kinds) for name in names[len(columns) :]]
    return Item(alias, tuple(columns), item.is_loose, item.kinds)


def _renamed(item: Item, cte: Node) -> Item:
    is_loose = item.is_loose or bool(cte.get("search_clause") or cte.get("cycle_clause"))
    renamed = _aliased(item, str(cte["ctename"]), _names(cte.get("aliascolnames", ())))
    return Item(renamed.alias, renamed.columns, is_loose, item.every if is_loose else OPEN)


def _names(nodes: Iterable[Node]) -> list[str]:
    return [str(node["String"].get("sval", "")) for node in nodes if "String" in node]


def _items(node: Node) -> list[Any]:
    return list(node.get("List", {}).get("items", ()))


def _function_name(call: Node) -> str:
    return (_names(call.get("funcname", ())) or [""])[-1]


def _name_of(value: Node) -> str:
    """The name that PostgreSQL gives a column without one."""
    kind = next(iter(value), "")
    fields: Node = value.get(kind, {})
    if kind == "ColumnRef":
        return (_names(fields["fields"]) or [""])[-1]
    if kind == "FuncCall":
        return _function_name(fields)
    if kind == "TypeCast":
        return _name_of(fields.get("arg", {})) or (_names(fields["typeName"].get("names", ())) or [""])[-1]
    if kind == "SubLink" and fields.get("subLinkType") == "EXPR_SUBLINK":
        targets = fields["subselect"]["SelectStmt"].get("targetList", [])
        return (targets[0]["ResTarget"].get("name") or _name_of(targets[0]["ResTarget"]["val"])) if targets else ""
    if kind == "A_Indirection":
        return (_names(fields["indirection"]) or [""])[-1]
    return {"CaseExpr": "case", "CoalesceExpr": "coalesce", "A_ArrayExpr": "array", "RowExpr": "row"}.get(kind, "")
