"""What a staff query may be: one SELECT over the nine tables, of functions that only read what they are given.

PostgreSQL's own grammar reads the query (`pglast`), and the whole tree is walked: a function is looked at wherever
it stands, FROM included. What is not known to be harmless is refused, in words that help to write it otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pglast.parser import ParseError, parse_sql_json

from motabot.db.storable import storable
from motabot.errors import QueryRefused

#: The tables that staff may read.
TABLES: Final = frozenset(
    "customers transactions transaction_items products staff customer_visit_patterns customer_product_affinity"
    " messages leads".split()
)
_MOST_CHARACTERS: Final = 20_000
_MOST_NODES: Final = 5_000
_DEEPEST: Final = 300

FUNCTIONS: Final = frozenset(
    word
    for line in (Path(__file__).parent / "functions.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
#: Their second argument says how much they make: only a small constant is let through.
_GROWING: Final = frozenset({"lpad", "rpad"})
_MOST_PADDING: Final = 1_000

_NODES: Final = frozenset(
    """
    A_ArrayExpr A_Const A_Expr A_Indices A_Indirection A_Star Alias BitString BoolExpr Boolean BooleanTest
    CaseExpr CaseWhen CoalesceExpr CollateClause ColumnDef ColumnRef CommonTableExpr Float FuncCall GroupingFunc
    GroupingSet Integer JoinExpr JsonAggConstructor JsonArrayAgg JsonArrayConstructor JsonFormat JsonFuncExpr
    JsonKeyValue JsonObjectAgg JsonObjectConstructor JsonOutput JsonReturning JsonValueExpr List MinMaxExpr
    NamedArgExpr NullTest RangeFunction RangeSubselect RangeTableSample RangeVar ResTarget RowExpr
    SQLValueFunction SelectStmt SortBy String SubLink TypeCast TypeName WindowDef CTECycleClause CTESearchClause
    """.split()
)
_TIMES: Final = frozenset(
    f"SVFOP_{name}"
    for name in (
        "CURRENT_DATE CURRENT_TIME CURRENT_TIME_N CURRENT_TIMESTAMP CURRENT_TIMESTAMP_N LOCALTIME LOCALTIME_N"
        " LOCALTIMESTAMP LOCALTIMESTAMP_N"
    ).split()
)
_TYPES: Final = frozenset(
    """
    bool boolean bpchar char character date datemultirange daterange float4 float8 int2 int4 int4range int8
    int8range integer interval json jsonb jsonpath numeric nummultirange numrange text time timestamp timestamptz
    timetz tsquery tsrange tstzrange tsvector uuid varchar record bytea bit varbit decimal
    """.split()
)
_SAMPLES: Final = frozenset({"bernoulli", "system"})
_STATEMENTS: Final = {
    "InsertStmt": "INSERT",
    "UpdateStmt": "UPDATE",
    "DeleteStmt": "DELETE",
    "MergeStmt": "MERGE",
    "ExplainStmt": "EXPLAIN",
    "CopyStmt": "COPY",
    "DoStmt": "DO",
    "VariableSetStmt": "SET",
    "CallStmt": "CALL",
}


def check(sql: str) -> str:
    """Read a query and say whether it may run.

    Args:
        sql: One SELECT; a semicolon at its end is taken off.

    Returns:
        The query as it may run.

    Raises:
        QueryRefused: It may not; the message says why and how to write it otherwise.
    """
    query = storable(sql).strip().rstrip(";").strip()
    if not query:
        raise QueryRefused("The query is empty. Write one SELECT.")
    if len(query) > _MOST_CHARACTERS:
        raise QueryRefused(f"The query is longer than {_MOST_CHARACTERS} characters.")
    try:
        statements = json.loads(parse_sql_json(query)).get("stmts", [])
    except ParseError as error:
        raise QueryRefused(f"PostgreSQL cannot read the query: {error.args[0]}.") from None
    except RecursionError:
        raise QueryRefused("The query is nested too deeply. Write it flatter, with CTEs.") from None
    if len(statements) != 1:
        raise QueryRefused(f"There are {len(statements)} statements. Write exactly one SELECT.")
    tree = statements[0]["stmt"]
    if "SelectStmt" not in tree:
        kind = next(iter(tree))
        raise QueryRefused(f"{_STATEMENTS.get(kind, kind)} is not allowed. Only SELECT is.")
    nodes = list(_walk(tree, 0))
    if len(nodes) > _MOST_NODES:
        raise QueryRefused("The query is too large. Write a smaller one.")
    named = frozenset(str(node["ctename"]) for kind, node in nodes if kind == "CommonTableExpr")
    for kind, node in nodes:
        _look_at(kind, node, named)
    return query


def _walk(tree: Any, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node of the tree with its kind, or with its field's name where the tree does not say the kind."""
    if depth > _DEEPEST:
        raise QueryRefused("The query is nested too deeply. Write it flatter, with CTEs.")
    if isinstance(tree, list):
        for item in tree:
            yield from _walk(item, depth + 1)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if isinstance(value, dict):
                yield key, value
            yield from _walk(value, depth + 1)


#: Fields that hold a node whose kind follows from the field.
_FIELDS: Final = frozenset(
    """
    stmt val args arg lexpr rexpr typeName alias whereClause havingClause larg rarg withClause over agg_filter
    limitOffset limitCount subselect subquery ctequery defresult expr result quals join_using_alias node
    startOffset endOffset bounds boundVal lidx uidx ival fval sval boolval bsval testexpr relation repeatable
    raw_expr
    formatted_expr format output returning context_item pathspec on_empty on_error key value func constructor
    name_location xpr search_clause cycle_clause cycle_mark_value cycle_mark_default
    """.split()
)


def _look_at(kind: str, node: dict[str, Any], named: frozenset[str]) -> None:
    if kind == "typeName" or kind == "TypeName":
        _look_at_type(node)
    elif kind in _FIELDS:
        return
    elif kind not in _NODES:
        statement = _STATEMENTS.get(kind)
        if statement:
            raise QueryRefused(f"{statement} is not allowed, not even inside a CTE. Only SELECT is.")
        if kind == "intoClause":
            raise QueryRefused("SELECT INTO would make a table. Leave INTO out.")
        if kind == "LockingClause":
            raise QueryRefused("FOR UPDATE and FOR SHARE take locks. Leave them out.")
        raise QueryRefused(f"This query uses {kind}, which is not allowed. Write it with plain SQL.")
    elif kind == "RangeVar":
        _look_at_table(node, named)
    elif kind == "FuncCall":
        _look_at_function(node)
    elif kind == "A_Expr":
        _look_at_operator(node.get("name", []))
    elif kind == "SubLink":
        _look_at_operator(node.get("operName", []))
    elif kind == "SortBy":
        _look_at_operator(node.get("useOp", []))
    elif kind == "SQLValueFunction" and node.get("op") not in _TIMES:
        raise QueryRefused("Who is logged in is not a matter of the data. Leave it out.")
    elif kind == "RangeTableSample" and _names(node.get("method", []))[-1:] not in [[name] for name in _SAMPLES]:
        raise QueryRefused("TABLESAMPLE knows BERNOULLI and SYSTEM.")


def _look_at_table(node: dict[str, Any], named: frozenset[str]) -> None:
    name, schema = str(node.get("relname")), node.get("schemaname")
    if node.get("catalogname") or schema not in (None, "public"):
        raise QueryRefused(f"{schema}.{name} cannot be read. The tables are: {', '.join(sorted(TABLES))}.")
    if name not in TABLES and not (schema is None and name in named):
        raise QueryRefused(f"There is no table {name} to read. The tables are: {', '.join(sorted(TABLES))}.")


def _look_at_function(node: dict[str, Any]) -> None:
    names = _names(node.get("funcname", []))
    if len(names) > 2 or (len(names) == 2 and names[0] != "pg_catalog") or not names:
        raise QueryRefused(f"{'.'.join(names)}() cannot be called: functions stand without a schema.")
    if names[-1] not in FUNCTIONS:
        raise QueryRefused(
            f"{names[-1]}() is not among the functions that may be called. Aggregates, window functions,"
            " arithmetic, text, dates, arrays, JSON and text search are."
        )
    if names[-1] in _GROWING:
        width = (node.get("args") or [{}, {}])[1:2]
        constant = width[0].get("A_Const", {}).get("ival", {}).get("ival") if width else None
        if not isinstance(constant, int) or constant > _MOST_PADDING:
            raise QueryRefused(f"{names[-1]}() takes a number of at most {_MOST_PADDING} as its width here.")


def _look_at_operator(name: list[Any]) -> None:
    if len(_names(name)) > 1:
        raise QueryRefused("OPERATOR(schema.name) is not allowed. Write the operator itself.")


def _look_at_type(node: dict[str, Any]) -> None:
    names = _names(node.get("names", []))
    schema, name = (names[0] if len(names) > 1 else None), (names[-1] if names else "")
    if name and (schema not in (None, "pg_catalog") or name.lstrip("_") not in _TYPES):
        raise QueryRefused(f"The type {'.'.join(names)} cannot be used here.")


def _names(parts: list[Any]) -> list[str]:
    return [str(part["String"].get("sval", "")) for part in parts if "String" in part]
