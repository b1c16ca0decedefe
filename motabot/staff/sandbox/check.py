"""What a staff query may be: one SELECT over the readable tables, with functions that only read their arguments.

PostgreSQL's own grammar reads the query (libpg_query, through `pgparse`), and the whole tree is walked. Names are
resolved with scope, as PostgreSQL does it: a CTE hides a table only where the CTE is visible. What is not known to
be harmless is refused, with words that help to rewrite the query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pgparse

from motabot.boundary import Json, JsonObject
from motabot.db.storable import storable
from motabot.errors import QueryRefused
from motabot.staff.sandbox.grammar import FIELDS, NODES, SAMPLES, STATEMENTS, TIMES
from motabot.staff.sandbox.sizes import GROWING, filling_problem, format_problem, is_short, length
from motabot.staff.sandbox.surface import (
    BOUNDED_SCHEMA,
    FUNCTIONS,
    READABLE,
    SYSTEM_COLUMNS,
    TABLES,
    TYPES,
    is_hidden_call,
    readable_names,
    schema_of,
)

__all__ = ["TABLES", "check", "qualify"]

_MOST_CHARACTERS: Final = 20_000
_MOST_NODES: Final = 5_000
_MOST_CALLS: Final = 500
_TOO_DEEP: Final = "The query is nested too deeply. Write it flatter, with CTEs."


def check(sql: str) -> str:
    """Read a query and say whether it may run.

    Args:
        sql: One SELECT; a trailing semicolon is removed.

    Returns:
        The query as it may run.

    Raises:
        QueryRefused: It may not; the message says why and how to rewrite it.
    """
    query = storable(sql).strip().rstrip(";").strip()
    if not query:
        raise QueryRefused("The query is empty. Write one SELECT.")
    if len(query) > _MOST_CHARACTERS:
        raise QueryRefused(f"The query is longer than {_MOST_CHARACTERS} characters.")
    walk = _Walk()
    walk.select(_parse(query))
    if walk.problems:
        raise QueryRefused(walk.problems[0])
    return query


def qualify(query: str) -> str:
    """The query with a schema before every table, and with bounded versions of functions that make long values.

    The session that runs it looks up functions and operators in `pg_catalog` alone, so that no user-defined
    function is called; without a schema it would not find the tables. What cannot be read is returned as it is.
    """
    walk = _Walk()
    try:
        walk.select(_parse(query))
    except QueryRefused:
        return query
    raw = query.encode()
    for position, words in sorted(walk.insertions, reverse=True):
        raw = raw[:position] + words.encode() + raw[position:]
    return raw.decode()


def _parse(query: str) -> JsonObject:
    """The tree of the one SELECT that the query is."""
    try:
        statements = pgparse.parse(query)
    except pgparse.PGQueryError as error:
        raise QueryRefused(f"PostgreSQL cannot read the query: {error.args[0]}.") from None
    except RecursionError:
        raise QueryRefused(_TOO_DEEP) from None
    except ValueError:  # UnicodeError among them
        raise QueryRefused("PostgreSQL cannot read the query: it has characters that are not text.") from None
    if len(statements) != 1:
        raise QueryRefused(f"There are {len(statements)} statements. Write exactly one SELECT.")
    tree: JsonObject = statements[0]["stmt"]
    if "SelectStmt" not in tree:
        kind = next(iter(tree))
        raise QueryRefused(f"{STATEMENTS.get(kind, kind)} is not allowed. Only SELECT is.")
    return tree["SelectStmt"]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Seen:
    """A node of the tree.

    Attributes:
        kind: Its kind, or the field that holds it where the tree does not say the kind.
        node: Its fields.
        ctes: Names of the CTEs that are visible here.
        shown: Whether its value is a column of the result or is turned into text, and combined with nothing.
    """

    kind: str
    node: JsonObject
    ctes: frozenset[str]
    shown: bool = False


@dataclass
class _Walk:
    """Visits every node of a query once.

    Attributes:
        problems: Why the query may not run.
        insertions: Words to insert, by their position in the query's bytes.
    """

    problems: list[str] = field(default_factory=list)
    insertions: list[tuple[int, str]] = field(default_factory=list)

    def select(self, tree: JsonObject) -> None:
        """Visit a whole SELECT. An explicit stack holds what is left, so that no query is too deep for it."""
        left = [_Seen("SelectStmt", tree, frozenset(), shown=tree.get("op", "SETOP_NONE") == "SETOP_NONE")]
        nodes = calls = 0
        while left:
            seen = left.pop()
            nodes += 1
            calls += seen.kind == "FuncCall"
            if nodes > _MOST_NODES or calls > _MOST_CALLS:
                self.problems.append("The query is too large. Write a smaller one.")
                return
            if problem := self._look_at(seen):
                self.problems.append(problem)
            left.extend(_in_select(seen) if seen.kind == "SelectStmt" else _inside(seen))

    def _look_at(self, seen: _Seen) -> str | None:
        kind, node = seen.kind, seen.node
        match kind:
            case "RangeVar":
                return self._look_at_table(node, seen.ctes)
            case "FuncCall":
                return self._look_at_function(seen)
            case "typeName" | "TypeName":
                return _look_at_type(node)
            case "ColumnRef":
                return _look_at_column(_names(node.get("fields", [])))
            case "A_Indirection":
                return _look_at_column(["", *_names(node.get("indirection", []))])
            case "A_Expr":
                return _look_at_operator(node.get("name", []))
            case "SubLink":
                return _look_at_operator(node.get("operName", []))
            case "SortBy":
                return _look_at_operator(node.get("useOp", []))
            case "SQLValueFunction" if node.get("op") not in TIMES:
                return "Who is logged in is not part of the data. Leave it out."
            case "RangeTableSample" if not set(_names(node.get("method", []))) <= SAMPLES:
                return "TABLESAMPLE takes BERNOULLI or SYSTEM."
        return None if kind in NODES or kind in FIELDS else _refuse_node(kind)

    def _look_at_table(self, node: JsonObject, ctes: frozenset[str]) -> str | None:
        name, schema = str(node.get("relname")), node.get("schemaname")
        if schema is None and not node.get("catalogname"):
            if name in ctes:
                return None
            if home := schema_of(name):
                self.insertions.append((int(node.get("location", 0)), f"{home}."))
                return None
            return f"There is no table {name} to read. The tables are: {readable_names()}."
        if node.get("catalogname") or name not in READABLE.get(str(schema), ()):
            return f"{schema}.{name} cannot be read. The tables are: {readable_names()}."
        return None

    def _look_at_function(self, seen: _Seen) -> str | None:
        names = _names(seen.node.get("funcname", []))
        if not names or len(names) > 2 or (len(names) == 2 and names[0] != "pg_catalog"):
            return f"{'.'.join(names)}() cannot be called: write functions without a schema."
        name, arguments = names[-1], seen.node.get("args") or []
        if name not in FUNCTIONS:
            return (
                f"{name}() is not among the functions that may be called. Aggregates, window functions,"
                " arithmetic, text, dates, arrays, JSON and text search are."
            )
        if name == "pg_typeof" and not seen.shown:
            return "pg_typeof() may only be a column of the result, or be written as pg_typeof(...)::text."
        if name == "format":
            return format_problem(arguments)
        if name == "regexp_replace" and length(arguments[2:3]) > 100:
            return "regexp_replace() takes a quoted text of at most 100 characters as its replacement here."
        if name in GROWING and not is_short(name, arguments):
            if len(names) == 2:
                return f"Write {name}() without a schema."
            self.insertions.append((int(seen.node.get("location", 0)), f"{BOUNDED_SCHEMA}."))
        return None


def _in_select(seen: _Seen) -> Iterator[_Seen]:
    """The nodes of a SELECT. A CTE sees those before it, and with RECURSIVE all of its WITH, itself included."""
    node, ctes = seen.node, seen.ctes
    clause = node.get("withClause", {})
    bodies = [cte["CommonTableExpr"] for cte in clause.get("ctes", ())]
    if clause.get("recursive"):
        ctes |= {str(body["ctename"]) for body in bodies}
    for body in bodies:
        yield _Seen("CommonTableExpr", body, ctes)
        ctes |= {str(body["ctename"])}
    for name, value in node.items():
        if name == "withClause":
            continue
        if name in ("larg", "rarg"):
            yield _Seen("SelectStmt", value, ctes)
        elif name == "targetList" and seen.shown:
            for target in value:
                yield from _inside(_Seen("ResTarget", target["ResTarget"], ctes, shown=True))
        else:
            yield from _nodes_of(name, value, ctes)


def _inside(seen: _Seen) -> Iterator[_Seen]:
    """The nodes directly inside a node that is not a SELECT."""
    if seen.kind == "TypeCast" and _names(seen.node["typeName"].get("names", []))[-1:] in (["text"], ["varchar"]):
        yield from _nodes_of("arg", seen.node.get("arg", {}), seen.ctes, shown=True)
        yield _Seen("typeName", seen.node["typeName"], seen.ctes)
        return
    shown = seen.shown and seen.kind in ("ResTarget", "val", "arg")
    for name, value in seen.node.items():
        yield from _nodes_of(name, value, seen.ctes, shown=shown)


def _nodes_of(name: str, value: Json, ctes: frozenset[str], *, shown: bool = False) -> Iterator[_Seen]:
    """A field's node, or all nodes of its list."""
    if isinstance(value, dict):
        yield _Seen(name, value, ctes, shown)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                for kind, node in item.items():
                    yield from _nodes_of(kind, node, ctes)
            elif isinstance(item, list):
                yield from _nodes_of(name, item, ctes)


def _refuse_node(kind: str) -> str:
    if statement := STATEMENTS.get(kind):
        return f"{statement} is not allowed, not even inside a CTE. Only SELECT is."
    if kind == "intoClause":
        return "SELECT INTO would make a table. Leave INTO out."
    if kind == "LockingClause":
        return "FOR UPDATE and FOR SHARE take locks. Leave them out."
    return f"This query uses {kind}, which is not allowed. Write it with plain SQL."


def _look_at_column(names: list[str]) -> str | None:
    if hidden := SYSTEM_COLUMNS.intersection(names):
        return f"{min(hidden)} is a column of PostgreSQL's own and not part of the data. Leave it out."
    for name in names[1:]:
        if is_hidden_call(name):
            return f".{name} would call the function {name}(), which is not allowed. Name the column otherwise."
    return None


def _look_at_operator(name: list[Json]) -> str | None:
    if len(_names(name)) > 1:
        return "OPERATOR(schema.name) is not allowed. Write the operator itself."
    return None


def _look_at_type(node: JsonObject) -> str | None:
    names = _names(node.get("names", []))
    schema, name = (names[0] if len(names) > 1 else None), (names[-1] if names else "")
    if name and (schema not in (None, "pg_catalog") or name.lstrip("_") not in TYPES):
        return f"The type {'.'.join(names)} cannot be used here."
    return filling_problem(name, node.get("typmods") or [])


def _names(parts: list[Json]) -> list[str]:
    return [str(part["String"].get("sval", "")) for part in parts if "String" in part]
